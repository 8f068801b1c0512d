use asl_grammar::write::{self, Value};

use super::dead_choice_rule::constant;
use super::duplicate_state_name::RENAMED;
use crate::asl::Machine;
use crate::catalog::states::StateType;
use crate::check::Report;

rule! {
    /// # Choice without Default
    ///
    /// When no rule matches and there is no `Default`, the execution fails with `States.NoChoiceMatched`, and a
    /// Choice state has no `Catch`. If that is what is meant, a `Default` that leads to a Fail state says so in words
    /// of your own.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "D" }] },
    ///   ^^^ the Choice state `Q` has no `Default`
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "D" }], "Default": "No choice matched" },
    ///   "No choice matched": { "Type": "Fail", "Error": "NoChoiceMatched" },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "D" }],
    ///     "Default": "D"
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static CHOICE_WITHOUT_DEFAULT = { "choice-without-default", Information, Machine(check), off, fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    let mut added = 0;
    for state in machine.states().filter(|state| machine.data(*state).kind == Some(StateType::Choice)) {
        let view = machine.state(state);
        let (Some(choices), Some(language)) = (view.value().member("Choices"), view.state.language) else {
            continue;
        };
        let always = choices.value.items().any(|rule| constant(rule, language) == Some(true));
        if always || view.value().get("Default").is_some() || machine.is_damaged(state) {
            continue;
        }
        let message = format!("the Choice state `{}` has no `Default`", view.name());
        let finding = report.on(view.value(), view.key().range(), message);
        added += 1;
        let Some(name) = machine.free_name("No choice matched").filter(|_| added <= RENAMED) else {
            continue;
        };
        let fail = Value::object([("Type", Value::text("Fail")), ("Error", Value::text("NoChoiceMatched"))]);
        let default = write::insert_after(machine.source, choices, "Default", &Value::text(name.as_str()));
        let place = machine.family(machine.scope_of(state)).zip(machine.member(state));
        let state =
            place.and_then(|(family, member)| family.insert_after(machine.source, member, &name, &fail));
        finding.fix("Add a `Default` that fails", [default, state], false);
    }
}
