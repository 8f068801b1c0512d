use asl_grammar::tree::{Kind, Node};
use asl_grammar::write::{self, Value as New};

use crate::asl::Machine;
use crate::catalog::errors;
use crate::catalog::fields::{Object, Value};
use crate::check::{Level, Local, Report};

rule! {
    /// # Empty list or object
    ///
    /// `States`, `Branches`, `Choices`, `And`, `Or` and `ErrorEquals` hold at least one element. (`Retry` and `Catch`
    /// may be empty.) AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Parallel", "Branches": [], "End": true }
    ///                                          ^^ `Branches` is empty
    /// } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "${Worker}",
    ///   "Retry": [
    ///     { "ErrorEquals": [] },
    ///                      ^^ `ErrorEquals` is empty
    ///     { "ErrorEquals": ["Busy"] }
    ///   ],
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "${Worker}",
    ///   "Retry": [
    ///     { "ErrorEquals": ["Busy"] }
    ///   ],
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Parallel",
    ///   "Branches": [{ "StartAt": "B", "States": { "B": { "Type": "Succeed" } } }],
    ///   "End": true
    /// } } }
    /// ```
    pub static EMPTY_COLLECTION = { "empty-collection", Error, Both(check, check_states), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object != Object::Machine) {
        for (member, field) in place.members() {
            let empty = match field.map(|field| field.value) {
                Some(Value::List { min: 1.., .. } | Value::ErrorNames) => is_empty(member.value, Kind::Array),
                Some(Value::States) => is_empty(member.value, Kind::Object),
                _ => false,
            };
            if empty && !place.is_damaged() {
                let finding = report.at(member.value, format!("`{}` is empty", member.name()));
                // An element of a list that says nothing without it can go.
                let element = place.key.is_none().then_some(place.node);
                if let Some(edit) = element.and_then(write::remove) {
                    finding.fix("Remove this entry", [Some(edit)], false);
                } else if member.name() == "ErrorEquals" {
                    let text = New::texts([errors::ALL]).inline();
                    finding.replace("Take every error", member.value.range(), text, false);
                }
            }
            if let Some(Value::ErrorNames) = field.map(|field| field.value) {
                for item in member.value.items().filter(|item| item.as_str() == Some("")) {
                    let finding = report.at(item, "this error name is empty");
                    finding.level(Level::Warning).fix("Remove the empty name", [write::remove(item)], false);
                }
            }
        }
    }
}

/// The states of the document stand in pieces of their own.
fn check_states(machine: &Machine, report: &mut Report) {
    let scope = &machine.scopes[0];
    if let Some(states) = scope.node.get("States").filter(|states| states.kind() == Kind::Object)
        && scope.states.is_empty()
        && !scope.damaged
    {
        report.at(states, "`States` is empty");
    }
}

fn is_empty(value: Node, kind: Kind) -> bool {
    value.kind() == kind && value.children().next().is_none()
}
