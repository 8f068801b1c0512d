use asl_grammar::text::Edit;
use asl_grammar::write::{self, Value};

use crate::asl::{Ends, Machine, StateRef, StateView};
use crate::check::Report;

rule! {
    /// # State goes nowhere
    ///
    /// A Task, Parallel, Map, Pass or Wait state says what comes after it: `Next` with the name of a state, or
    /// `"End": true`. (`"End": false` alone says nothing.)
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": { "Type": "Pass" } } }
    ///                               ^^^ the state `A` goes nowhere; add `Next`, or `End` with `true`
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Wait", "Seconds": 5 },
    ///   ^^^ the state `A` goes nowhere; add `Next`, or `End` with `true`
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Wait", "Seconds": 5, "Next": "B" },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed 2
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Wait", "Seconds": 5, "End": true },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fails yaml
    /// StartAt: A
    /// States:
    ///   A:
    ///   ^ the state `A` goes nowhere; add `Next`, or `End` with `true`
    ///     Type: Pass
    ///     End: false
    ///   B:
    ///     Type: Succeed
    /// ```
    ///
    /// ```asl fixed yaml
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Pass
    ///     Next: B
    ///   B:
    ///     Type: Succeed
    /// ```
    pub static MISSING_TRANSITION = { "missing-transition", Error, Machine(check), fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    for scope in &machine.scopes {
        let following = scope.states.iter().copied().map(Some).skip(1).chain([None]);
        for (state, following) in scope.states.iter().copied().zip(following) {
            if goes_nowhere(machine, state) {
                let view = machine.state(state);
                let name = view.name();
                let message = format!("the state `{name}` goes nowhere; add `Next`, or `End` with `true`");
                let finding = report.on(view.value(), view.key().range(), message);
                if let Some(following) = following.map(|it| machine.state(it).name()) {
                    let edit = say(machine, view, "Next", Value::text(following));
                    finding.fix(format!("Go on to `{following}`"), [edit], false);
                }
                finding.fix("End here", [say(machine, view, "End", Value::plain(true))], false);
            }
        }
    }
}

fn goes_nowhere(machine: &Machine, state: StateRef) -> bool {
    let data = machine.data(state);
    if data.ends != Ends::Unclear || !data.kind.is_some_and(|kind| kind.takes_next()) {
        return false;
    }
    let value = machine.state(state).value();
    // An `End` that is neither true nor false is reported by itself.
    let end = value.get("End").is_none_or(|end| end.as_bool() == Some(false));
    end && value.get("Next").is_none() && !machine.is_damaged(state)
}

/// Adds the transition, in the place of an `End` that says nothing.
fn say(machine: &Machine, state: StateView, name: &str, value: Value) -> Option<Edit> {
    match state.value().member("End") {
        Some(end) => write::replace_member(machine.source, end, name, &value),
        None => write::append(machine.source, state.value(), name, &value),
    }
}
