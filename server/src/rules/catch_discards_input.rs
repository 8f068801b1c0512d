use std::collections::HashMap;

use asl_grammar::path::{Root, SegmentKind};
use asl_grammar::tree::Node;
use asl_grammar::write::{self, Value};

use crate::asl::{Cause, ExpressionView, Language, Machine, StateRef};
use crate::check::Report;

rule! {
    /// # Catcher that throws the input away
    ///
    /// A catcher without `ResultPath` hands on nothing but the error: `$` is then `{ "Error": …, "Cause": … }`. The
    /// state that it leads to reads something else, which is gone, and fails. With `"ResultPath": "$.error"` the error
    /// is added to the input.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sns:publish",
    ///     "Parameters": { "TopicArn": "${Topic}", "Message.$": "$.text" },
    ///     "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "B" }],
    ///               ^ only the error goes on to `B`, which reads `$.order`
    ///     "Next": "B"
    ///   },
    ///   "B": { "Type": "Pass", "Parameters": { "order.$": "$.order" }, "End": true }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sns:publish",
    ///     "Parameters": { "TopicArn": "${Topic}", "Message.$": "$.text" },
    ///     "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "B" }],
    ///     "Next": "B"
    ///   },
    ///   "B": { "Type": "Pass", "Parameters": { "order.$": "$.order" }, "End": true }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sns:publish",
    ///     "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "B" }],
    ///     "End": true
    ///   },
    ///   "B": { "Type": "Pass", "Parameters": { "why.$": "$.Cause" }, "End": true }
    /// } }
    /// ```
    pub static CATCH_DISCARDS_INPUT = { "catch-discards-input", Hint, Machine(check), off, fixable }
}

/// Fields whose paths are evaluated over the input of the state.
const OF_INPUT: [&str; 9] = [
    "InputPath",
    "Parameters",
    "ItemSelector",
    "ItemsPath",
    "SecondsPath",
    "TimestampPath",
    "ErrorPath",
    "CausePath",
    "Variable",
];

fn check(machine: &Machine, report: &mut Report) {
    let mut reads: Option<HashMap<StateRef, (Node, String)>> = None;
    for state in machine.states() {
        for ((transition, target), found) in machine.transitions(state).zip(machine.targets(state)) {
            let catcher = target.parent().and_then(|member| member.parent());
            let (Cause::Catch(_), Some(found), Some(catcher)) = (transition.cause, found, catcher) else {
                continue;
            };
            let jsonpath = machine.data(state).language == Some(Language::JsonPath);
            if !jsonpath || catcher.get("ResultPath").is_some() {
                continue;
            }
            let reads = reads.get_or_insert_with(|| reads_of(machine));
            let Some((node, text)) = reads.get(&found) else { continue };
            let name = machine.state(found).name();
            let message = format!("only the error goes on to `{name}`, which reads `{text}`");
            let finding = report.on(catcher, catcher.open(), message);
            finding.related(node.range(), "this is gone then");
            let names = catcher.member("ErrorEquals");
            let value = Value::text("$.error");
            let edit = names.and_then(|it| write::insert_after(machine.source, it, "ResultPath", &value));
            finding.fix("Add the error to the input", [edit], false);
        }
    }
}

/// For each state something that it reads from its input and that is no part of an error.
fn reads_of<'a>(machine: &Machine<'a>) -> HashMap<StateRef, (Node<'a>, String)> {
    let mut reads = HashMap::new();
    for (fragment, placed) in machine.fragments.iter().enumerate() {
        for it in placed.expressions() {
            let (Some(state), Some(text)) = (it.place.state, reads_input(&it)) else { continue };
            reads.entry(StateRef { fragment: fragment as u32, state }).or_insert((it.node, text));
        }
    }
    reads
}

fn reads_input(it: &ExpressionView) -> Option<String> {
    let path = it.expression.path().filter(|path| path.root == Root::Input && path.errors.is_empty())?;
    let first = path.segments.first()?;
    let SegmentKind::Name(name) = &first.kind else { return None };
    let guarded = it.node.ancestors().nth(2).is_some_and(|rule| rule.get("IsPresent").is_some());
    let reads = OF_INPUT.contains(&it.expression.field.name) && !matches!(name.as_str(), "Error" | "Cause");
    (reads && !guarded && !it.expression.templated).then(|| format!("$.{name}"))
}
