use asl_grammar::text::Edit;
use asl_grammar::tree::Member;
use asl_grammar::write::{self, Value};

use super::common::{Mode, map_mode};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Distributed field on an inline Map
    ///
    /// Reading from S3, batching, writing results, labels and tolerated failures belong to the Distributed Map. This
    /// Map is inline, because its `ItemProcessor` has no `ProcessorConfig` with `"Mode": "DISTRIBUTED"`; there the
    /// field has no effect, or the execution fails.
    ///
    /// Make the Map distributed, or leave the field out.
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ToleratedFailurePercentage": 5,
    ///   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `ToleratedFailurePercentage` works on a Distributed Map only, and this one is inline
    ///   "ItemProcessor": {
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ToleratedFailurePercentage": 5,
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": {
    ///       "Mode": "DISTRIBUTED",
    ///       "ExecutionType": "STANDARD"
    ///     },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    pub static DISTRIBUTED_ONLY_FIELD = { "distributed-only-field", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Map)) {
        let Some(Mode::Inline { processor }) = map_mode(place.node) else { continue };
        let fields: Vec<Member> = place
            .members()
            .filter(|(_, field)| field.is_some_and(|field| field.distributed))
            .map(|(member, _)| member)
            .collect();
        let [first, others @ ..] = fields.as_slice() else { continue };
        let message = format!("`{}` works on a Distributed Map only, and this one is inline", first.name());
        let finding = report.at(first.key, message);
        for other in others {
            finding.related(other.key.range(), "so does this one");
        }
        let config = processor.value.member("ProcessorConfig");
        finding.related(config.unwrap_or(processor).key.range(), "the Map is inline by this");
        finding.fix("Make the Map distributed", distribute(local, processor, config), false);
    }
}

fn distribute(local: &Local, processor: Member, config: Option<Member>) -> Vec<Option<Edit>> {
    let mode = || Value::text("DISTRIBUTED");
    let kind = || Value::text("STANDARD");
    let Some(config) = config else {
        let value = Value::object([("Mode", mode()), ("ExecutionType", kind())]);
        let first = processor.value.members().next();
        let edit =
            first.and_then(|first| write::insert_before(local.source, first, "ProcessorConfig", &value));
        return vec![edit];
    };
    let mut edits = Vec::new();
    match config.value.get("Mode") {
        Some(word) => edits.push(Some(Edit { range: word.content(), text: "DISTRIBUTED".into() })),
        None => edits.push(write::append(local.source, config.value, "Mode", &mode())),
    }
    if let Some(word) = config.value.member("Mode").filter(|_| config.value.get("ExecutionType").is_none()) {
        edits.push(write::insert_after(local.source, word, "ExecutionType", &kind()));
    }
    edits
}
