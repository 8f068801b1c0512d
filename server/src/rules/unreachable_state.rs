use crate::asl::{Cause, Ends, Machine, StateRef, has_placeholder};
use crate::check::Report;
use crate::suggest::nearest;

rule! {
    /// # State cannot be reached
    ///
    /// An execution starts at `StartAt` and follows `Next`, `Default`, `Choices` and `Catch`. No such way leads to
    /// this state, so it never runs; AWS refuses the definition. That another state which cannot be reached leads
    /// here does not help.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Succeed" },
    ///   "B": { "Type": "Pass", "Next": "C" },
    ///   ^^^ no way leads from the start to `B`
    ///   "C": { "Type": "Pass", "Next": "B" }
    ///   ^^^ no way leads from the start to `C`
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Next": "B" },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static UNREACHABLE_STATE = { "unreachable-state", Error, Machine(check), unnecessary }
}

fn check(machine: &Machine, report: &mut Report) {
    for index in 0..machine.scopes.len() {
        for state in unreachable(machine, index) {
            let key = machine.state(state).key();
            let references = machine.scopes[index].states.iter().filter(|other| **other != state).flat_map(|other| {
                machine.transitions(*other).filter(|(_, target)| target.text() == key.text()).map(|(_, target)| target)
            });
            let references: Vec<_> = references.take(3).map(|target| target.range()).collect();
            let finding = report.at(key, format!("no way leads from the start to `{}`", key.text()));
            for range in references {
                finding.related(range, "this leads here, but cannot be reached itself");
            }
        }
    }
}

/// The states of a scope that no way leads to, as far as that can be told.
pub(super) fn unreachable(machine: &Machine, index: usize) -> Vec<StateRef> {
    let scope = &machine.scopes[index];
    let start = scope.start_at.and_then(|start| start.as_str()).and_then(|name| machine.find(index, name));
    let Some(start) = start.filter(|_| !scope.damaged) else { return Vec::new() };
    // A machine that never ends is reported as a whole.
    if index == 0 && scope.states.iter().all(|state| machine.data(*state).ends == Ends::No) {
        return Vec::new();
    }
    let mut reached = std::collections::HashSet::with_capacity(scope.states.len());
    let mut waiting = vec![start];
    reached.insert(start);
    while let Some(state) = waiting.pop() {
        for next in machine.successors(state) {
            if reached.insert(next) {
                waiting.push(next);
            }
        }
    }
    if reached.len() == scope.states.len() {
        return Vec::new();
    }
    // A target that is unknown could be any state, and one that is misspelt was meant to be one.
    let mut meant = Vec::new();
    for state in &reached {
        for (_, target) in machine.transitions(*state) {
            if has_placeholder(target.text()) {
                return Vec::new();
            }
            if machine.find(index, target.text()).is_none() {
                let names = scope.states.iter().map(|state| machine.state(*state).name());
                meant.extend(nearest(target.text(), names));
            }
        }
        if machine.data(*state).kind.is_none() || lacks_a_target(machine, *state) {
            return Vec::new();
        }
    }
    let missed = scope.states.iter().copied().filter(|state| !reached.contains(state));
    // A second state of the same name is reported by itself.
    let own = |state: &StateRef| {
        let key = machine.state(*state).key();
        key.as_str().is_some_and(|name| machine.find(index, name) == Some(*state))
    };
    let missed: Vec<StateRef> = missed.filter(own).collect();
    let excused = follow(machine, missed.iter().copied().filter(|state| meant.contains(&machine.state(*state).name())));
    missed.into_iter().filter(|state| !excused.contains(state)).collect()
}

/// Says the state that it goes on, but not where to in a way that can be understood?
fn lacks_a_target(machine: &Machine, state: StateRef) -> bool {
    let value = machine.state(state).value();
    let data = machine.data(state);
    let unclear = |name: &str, cause: Cause| {
        value.get(name).is_some() && !data.transitions.iter().any(|transition| transition.cause == cause)
    };
    data.ends == Ends::Unclear && (unclear("Next", Cause::Next) || unclear("Default", Cause::Default))
}

fn follow(machine: &Machine, from: impl Iterator<Item = StateRef>) -> std::collections::HashSet<StateRef> {
    let mut waiting: Vec<StateRef> = from.collect();
    let mut reached: std::collections::HashSet<StateRef> = waiting.iter().copied().collect();
    while let Some(state) = waiting.pop() {
        for next in machine.successors(state) {
            if reached.insert(next) {
                waiting.push(next);
            }
        }
    }
    reached
}
