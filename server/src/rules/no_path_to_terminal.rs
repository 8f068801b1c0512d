use std::collections::{HashMap, HashSet};

use super::missing_terminal_state::never_ends;
use super::unreachable_state::unreachable;
use crate::asl::{Machine, StateRef};
use crate::check::Report;

rule! {
    /// # No way out of a loop
    ///
    /// From this state, an execution can never come to an end: it goes round for ever, until it times out or has used
    /// up its history of 25,000 events. One of the states of the loop needs a way out.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Variable": "$.x", "IsPresent": true, "Next": "Done" }], "Default": "P1" },
    ///   "P1": { "Type": "Pass", "Next": "P2" },
    ///   ^^^^ no way leads from `P1` to an end
    ///   "P2": { "Type": "Pass", "Next": "P1" },
    ///   "Done": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Variable": "$.x", "IsPresent": true, "Next": "Done" }], "Default": "P1" },
    ///   "P1": { "Type": "Pass", "Next": "Q" },
    ///   "Done": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static NO_PATH_TO_TERMINAL = { "no-path-to-terminal", Warning, Machine(check) }
}

fn check(machine: &Machine, report: &mut Report) {
    for (index, scope) in machine.scopes.iter().enumerate() {
        if scope.damaged || never_ends(machine, index) {
            continue;
        }
        let mut stuck = stuck_states(machine, index);
        if stuck.is_empty() {
            continue;
        }
        let dead: HashSet<StateRef> = unreachable(machine, index).into_iter().collect();
        stuck.retain(|state| !dead.contains(state));
        // One report a loop: on its first state in the text, with everything that is caught in it.
        while let Some(first) = first_of_a_loop(machine, &stuck) {
            let group = connected(machine, first, &stuck);
            let key = machine.state(first).key();
            let finding = report.at(key, format!("no way leads from `{}` to an end", key.text()));
            for other in scope.states.iter().filter(|other| group.contains(other) && **other != first).take(5) {
                let key = machine.state(*other).key();
                finding.related(key.range(), format!("`{}` is caught as well", key.text()));
            }
            stuck.retain(|state| !group.contains(state));
        }
    }
}

/// The states of a scope from which no end can be reached, in the order of the text.
fn stuck_states(machine: &Machine, index: usize) -> Vec<StateRef> {
    let states = &machine.scopes[index].states;
    let mut waiting: Vec<StateRef> = states.iter().copied().filter(|state| machine.may_end(*state)).collect();
    if waiting.len() == states.len() {
        return Vec::new();
    }
    let mut before: HashMap<StateRef, Vec<StateRef>> = HashMap::with_capacity(states.len());
    for state in states {
        for next in machine.successors(*state) {
            before.entry(next).or_default().push(*state);
        }
    }
    let mut free: HashSet<StateRef> = waiting.iter().copied().collect();
    while let Some(state) = waiting.pop() {
        for previous in before.get(&state).into_iter().flatten() {
            if free.insert(*previous) {
                waiting.push(*previous);
            }
        }
    }
    states.iter().copied().filter(|state| !free.contains(state)).collect()
}

/// The first stuck state that stands in a loop itself; the others only lead into one.
fn first_of_a_loop(machine: &Machine, stuck: &[StateRef]) -> Option<StateRef> {
    stuck.iter().copied().find(|state| reachable(machine, *state, stuck).contains(state)).or(stuck.first().copied())
}

/// The stuck states that a state leads to.
fn reachable(machine: &Machine, from: StateRef, stuck: &[StateRef]) -> HashSet<StateRef> {
    let mut reached = HashSet::new();
    let mut waiting = vec![from];
    while let Some(state) = waiting.pop() {
        for next in machine.successors(state).filter(|next| stuck.contains(next)) {
            if reached.insert(next) {
                waiting.push(next);
            }
        }
    }
    reached
}

/// Everything that leads into the loop of `first`, and the loop itself.
fn connected(machine: &Machine, first: StateRef, stuck: &[StateRef]) -> HashSet<StateRef> {
    let mut group = reachable(machine, first, stuck);
    group.insert(first);
    loop {
        let more: Vec<StateRef> = stuck
            .iter()
            .copied()
            .filter(|state| !group.contains(state) && machine.successors(*state).any(|next| group.contains(&next)))
            .collect();
        if more.is_empty() {
            return group;
        }
        group.extend(more);
    }
}
