use std::collections::HashMap;

use asl_grammar::text::Edit;
use asl_grammar::write::{self};

use super::duplicate_state_name::RENAMED;
use crate::asl::{Machine, StateRef};
use crate::catalog::states::StateType;
use crate::check::Report;

rule! {
    /// # Pass that does nothing
    ///
    /// The Pass state changes nothing and sets nothing, and only one state leads to it: that one could name the next
    /// state itself. (Where several ways join, an empty Pass has its use.)
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Result": 1, "Next": "B" },
    ///   "B": { "Type": "Pass", "Next": "C" },
    ///   ^^^ the Pass state `B` does nothing
    ///   "C": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Result": 1, "Next": "C" },
    ///   "C": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Result": 1, "Next": "C" },
    ///   "C": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static EMPTY_PASS = { "empty-pass", Hint, Machine(check), off, fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    let mut found = 0;
    let mut ways: HashMap<StateRef, usize> = HashMap::new();
    for state in machine.states() {
        for next in machine.successors(state) {
            *ways.entry(next).or_default() += 1;
        }
    }
    for state in machine.states().filter(|state| machine.data(*state).kind == Some(StateType::Pass)) {
        let view = machine.state(state);
        let idle = view
            .value()
            .members()
            .all(|it| matches!(it.name(), "Type" | "Comment" | "Next" | "QueryLanguage"));
        if idle && view.value().get("Next").is_some() && ways.get(&state).is_none_or(|ways| *ways < 2) {
            let message = format!("the Pass state `{}` does nothing", view.name());
            let finding = report.at(view.key(), message);
            found += 1;
            if found <= RENAMED {
                finding.fix("Go on without it", bypass(machine, state), false);
            }
        }
    }
}

/// Takes a state out and leads what led to it on to its `Next`.
fn bypass(machine: &Machine, state: StateRef) -> Vec<Option<Edit>> {
    let view = machine.state(state);
    let next = view.value().get("Next").and_then(|next| next.as_str()).filter(|next| *next != view.name());
    let Some(next) = next else { return vec![None] };
    let outside = machine.mentions(state).into_iter().skip(1).filter(|node| {
        let range = view.value().range();
        !range.contains(&node.start())
    });
    let led = outside.map(|node| Some(write::set_text(machine.source, node, next)));
    let family = machine.family(machine.scope_of(state));
    let removal = family.zip(machine.member(state)).and_then(|(family, member)| family.remove(&[member]));
    removal.into_iter().flatten().map(Some).chain(led).collect()
}
