use asl_grammar::text::Edit;
use asl_grammar::tree::Node;
use asl_grammar::write::{self, Value};

use crate::asl::{Cause, Machine};
use crate::check::Report;

rule! {
    /// # Target lives in another scope
    ///
    /// The machine, each branch of a Parallel and the processor of a Map are worlds of their own: a state leads to
    /// states of the same one only. To leave a branch, end it; the Parallel or Map state then goes on by its own
    /// `Next`.
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": {
    ///   "Each": {
    ///     "Type": "Map",
    ///     "ItemProcessor": { "StartAt": "Row", "States": { "Row": { "Type": "Pass", "Next": "Done" } } },
    ///                                                                                       ^^^^^^ the state `Done` stands in another scope; a state leads only to states beside it
    ///     "Next": "Done"
    ///   },
    ///   "Done": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Each", "States": {
    ///   "Each": {
    ///     "Type": "Map",
    ///     "ItemProcessor": { "StartAt": "Row", "States": { "Row": { "Type": "Pass", "End": true } } },
    ///     "Next": "Done"
    ///   },
    ///   "Done": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static NEXT_INTO_OTHER_SCOPE = { "next-into-other-scope", Error, Machine(check), fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    for state in machine.states() {
        let scope = machine.scope_of(state);
        for ((transition, target), found) in machine.transitions(state).zip(machine.targets(state)) {
            let name = target.text();
            if found.is_some() || !machine.scopes[scope].named {
                continue;
            }
            let Some(elsewhere) = machine.named(name).next() else { continue };
            let message =
                format!("the state `{name}` stands in another scope; a state leads only to states beside it");
            let there = machine.state(elsewhere).key().range();
            let finding = report.at(target, message);
            finding.related(there, format!("`{name}` stands here"));
            // The end of this scope leads there.
            let owner = machine.scopes[scope].owner.map(|owner| machine.state(owner).value());
            let next = owner.and_then(|owner| owner.get("Next")).and_then(|next| next.as_str());
            if next == Some(name) && transition.cause == Cause::Next {
                finding.fix("End here", [end_instead(machine, target)], true);
            }
        }
    }
}

/// Puts `"End": true` in the place of the `Next` that holds this target.
pub(super) fn end_instead(machine: &Machine, target: Node) -> Option<Edit> {
    let next = target.parent()?.as_member()?;
    write::replace_member(machine.source, next, "End", &Value::plain(true))
}
