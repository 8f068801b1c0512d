use asl_grammar::write::{self, Value};

use crate::asl::is_unknown;
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Level, Local, Report};

rule! {
    /// # ProcessorConfig incomplete or contradictory
    ///
    /// A Distributed Map starts a child execution for each item or batch, and `ExecutionType` says of which kind:
    /// `STANDARD` or `EXPRESS`. With `"Mode": "DISTRIBUTED"` it must be there. An inline Map starts none, so there it
    /// means nothing.
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED" },
    ///     ^^^^^^^^^^^^^^^^^ a Distributed Map needs `ExecutionType`
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
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "INLINE", "ExecutionType": "EXPRESS" },
    ///                                            ^^^^^^^^^^^^^^^ an inline Map has no child executions: `ExecutionType` means nothing here
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
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "INLINE" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    pub static PROCESSOR_CONFIG = { "processor-config", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::ProcessorConfig) {
        if place.is_damaged() || is_unknown(place.node) {
            continue;
        }
        let mode = place.node.member("Mode");
        let kind = place.node.member("ExecutionType");
        match (mode.map(|mode| mode.value.as_str()), kind) {
            (Some(Some("DISTRIBUTED")), None) => {
                let finding = report.owner(&place, "a Distributed Map needs `ExecutionType`");
                let value = Value::text("STANDARD");
                let edit =
                    mode.and_then(|mode| write::insert_after(local.source, mode, "ExecutionType", &value));
                finding.fix("Add `ExecutionType`", [edit], false);
            }
            (None | Some(Some("INLINE")), Some(kind)) if !wants_to_be_distributed(local, &place) => {
                let message = "an inline Map has no child executions: `ExecutionType` means nothing here";
                let finding = report.at(kind.key, message).level(Level::Warning);
                if let Some(mode) = mode {
                    finding.related(mode.node.range(), "the Map is inline by this");
                }
                finding.fix("Remove `ExecutionType`", [write::remove(kind.node)], false);
            }
            _ => {}
        }
    }
}

/// The Map has fields of a Distributed one: distributed-only-field says so.
fn wants_to_be_distributed(local: &Local, place: &crate::check::PlaceView) -> bool {
    let Some(state) = place.state() else { return false };
    let map = local.node(state.value);
    let object = Object::State(StateType::Map);
    map.members().any(|member| object.field(member.name()).is_some_and(|field| field.distributed))
}
