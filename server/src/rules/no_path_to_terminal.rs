use super::missing_terminal_state::never_ends;
use crate::asl::reach::{stuck, unreachable};
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
        let mut stuck = stuck(machine, index);
        if stuck.is_empty() {
            continue;
        }
        let dead = unreachable(machine, index);
        stuck.retain(|state| !dead.contains(state));
        stuck.truncate(MOST_STUCK);
        for group in loops(machine, &stuck).into_iter().take(MOST) {
            let Some((first, others)) = group.split_first() else { continue };
            let key = machine.state(*first).key();
            let finding = report.at(key, format!("no way leads from `{}` to an end", key.text()));
            for other in others.iter().take(5) {
                let key = machine.state(*other).key();
                finding.related(key.range(), format!("`{}` is caught as well", key.text()));
            }
        }
    }
}

/// How many stuck states of a scope are looked at, and how many loops reported: whoever has more begins with these.
const MOST_STUCK: usize = 200;
const MOST: usize = 50;

/// The stuck states in groups: a loop with all that only leads into it. The first of a group stands in the loop.
fn loops(machine: &Machine, stuck: &[StateRef]) -> Vec<Vec<StateRef>> {
    let mut groups = Vec::new();
    let mut left = stuck.to_vec();
    while !left.is_empty() && groups.len() < MOST {
        let in_a_loop =
            |state: &&StateRef| machine.reachable(machine.successors(**state)).contains(machine, **state);
        let Some(first) = left.iter().find(in_a_loop).or(left.first()).copied() else { return groups };
        let round = machine.reachable([first]);
        let mut group = vec![first];
        let mut rest = Vec::new();
        for state in left {
            let joins = || machine.reachable([state]).contains(machine, first);
            match state == first {
                true => {}
                false if round.contains(machine, state) || joins() => group.push(state),
                false => rest.push(state),
            }
        }
        left = rest;
        groups.push(group);
    }
    groups
}
