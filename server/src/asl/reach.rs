//! Which states can be reached, and which lead to an end.

use super::{Cause, Ends, Machine, StateRef, StateSet, has_placeholder};
use crate::suggest::nearest;

/// The states of a scope that no way leads to, as far as that can be told.
pub fn unreachable(machine: &Machine, index: usize) -> Vec<StateRef> {
    let scope = &machine.scopes[index];
    let start = scope.start_at.and_then(|start| start.as_str()).and_then(|name| machine.find(index, name));
    let Some(start) = start.filter(|_| !scope.damaged) else { return Vec::new() };
    // A machine that never ends is reported as a whole.
    if index == 0 && scope.states.iter().all(|state| machine.data(*state).ends == Ends::No) {
        return Vec::new();
    }
    let reached = machine.reachable([start]);
    let missed = || scope.states.iter().copied().filter(|state| !reached.contains(machine, *state));
    if missed().next().is_none() {
        return Vec::new();
    }
    // A target that is unknown could be any state, and one that is misspelt was meant to be one.
    let mut meant = Vec::new();
    let mut comparisons = COMPARISONS;
    for state in scope.states.iter().copied().filter(|state| reached.contains(machine, *state)) {
        for ((_, target), found) in machine.transitions(state).zip(machine.targets(state)) {
            if has_placeholder(target.text()) {
                return Vec::new();
            }
            if found.is_none() {
                let Some(left) = comparisons.checked_sub(scope.states.len()) else { return Vec::new() };
                comparisons = left;
                let names = scope.states.iter().map(|state| machine.state(*state).name());
                meant.extend(nearest(target.text(), names).and_then(|name| machine.find(index, name)));
            }
        }
        if machine.data(state).kind.is_none() || lacks_a_target(machine, state) {
            return Vec::new();
        }
    }
    // A second state of the same name is reported by itself.
    let own = |state: &StateRef| {
        let key = machine.state(*state).key();
        key.as_str().is_some_and(|name| machine.find(index, name) == Some(*state))
    };
    let excused = machine.reachable(meant.into_iter().filter(|state| !reached.contains(machine, *state)));
    missed().filter(own).filter(|state| !excused.contains(machine, *state)).collect()
}

/// How many names unknown targets may be compared with before we give up saying what is unreachable.
const COMPARISONS: usize = 50_000;

/// Says the state that it goes on, but not where to in a way that can be understood?
fn lacks_a_target(machine: &Machine, state: StateRef) -> bool {
    let data = machine.data(state);
    if data.ends != Ends::Unclear {
        return false;
    }
    let value = machine.state(state).value();
    let unclear = |name: &str, cause: Cause| {
        value.get(name).is_some() && !data.transitions.iter().any(|transition| transition.cause == cause)
    };
    unclear("Next", Cause::Next) || unclear("Default", Cause::Default)
}

/// The states of a scope from which no end can be reached, in the order of the text.
pub fn stuck(machine: &Machine, index: usize) -> Vec<StateRef> {
    let states = &machine.scopes[index].states;
    let mut free = StateSet::new(machine);
    let mut waiting: Vec<StateRef> = states.iter().copied().filter(|state| machine.may_end(*state)).collect();
    if waiting.len() == states.len() {
        return Vec::new();
    }
    for state in &waiting {
        free.insert(machine, *state);
    }
    let mut before: Vec<Vec<StateRef>> = vec![Vec::new(); machine.state_count()];
    for state in states {
        for next in machine.successors(*state) {
            before[machine.number(next) as usize].push(*state);
        }
    }
    while let Some(state) = waiting.pop() {
        for previous in &before[machine.number(state) as usize] {
            if free.insert(machine, *previous) {
                waiting.push(*previous);
            }
        }
    }
    states.iter().copied().filter(|state| !free.contains(machine, *state)).collect()
}
