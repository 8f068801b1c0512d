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
    for (index, scope) in machine.scopes.iter().enumerate() {
        for state in unreachable(machine, index) {
            let key = machine.state(state).key();
            let finding = report.at(key, format!("no way leads from the start to `{}`", key.text()));
            // With thousands of dead states nobody reads the references.
            let others = scope.states.iter().take(MANY).filter(|other| **other != state);
            let references = others.flat_map(|other| machine.transitions(*other)).map(|(_, target)| target);
            for target in references.filter(|target| target.text() == key.text()).take(3) {
                finding.related(target.range(), "this leads here, but cannot be reached itself");
            }
        }
    }
}

const MANY: usize = 200;

/// The states of a scope that no way leads to, as far as that can be told.
pub(super) fn unreachable(machine: &Machine, index: usize) -> Vec<StateRef> {
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
