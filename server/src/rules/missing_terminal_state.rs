use super::next_into_other_scope::end_instead;
use crate::asl::{Cause, Ends, Machine};
use crate::check::{Finding, Report};

rule! {
    /// # Machine can never end
    ///
    /// No state is a Succeed or Fail state or says `"End": true`. AWS refuses a machine that has no end.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///                   ^^^^^^^^ no state ends the machine; give one `End` with `true`
    ///   "A": { "Type": "Pass", "Next": "B" },
    ///   "B": { "Type": "Pass", "Next": "A" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Next": "B" },
    ///   "B": { "Type": "Pass", "End": true }
    /// } }
    /// ```
    pub static MISSING_TERMINAL_STATE = { "missing-terminal-state", Error, Machine(check), fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    if let Some(key) = machine.scopes[0].states_key.filter(|_| never_ends(machine, 0)) {
        let finding = report.at(key, "no state ends the machine; give one `End` with `true`");
        offer_end(machine, 0, finding);
    }
}

/// Is there no state in the scope that ends it, beyond doubt?
pub(super) fn never_ends(machine: &Machine, index: usize) -> bool {
    let scope = &machine.scopes[index];
    let endless = |state: &crate::asl::StateRef| {
        // A target that does not exist is reported by itself, and counts as a way out.
        machine.data(*state).ends == Ends::No && !machine.may_end(*state)
    };
    !scope.damaged && !scope.states.is_empty() && scope.states.iter().all(endless)
}

/// Offers to end with the last state of the scope that goes on.
pub(super) fn offer_end(machine: &Machine, scope: usize, finding: &mut Finding) {
    let states = machine.scopes[scope].states.iter().rev();
    let mut next = states.flat_map(|state| machine.transitions(*state).map(move |it| (*state, it)));
    if let Some((state, (_, target))) = next.find(|(_, (transition, _))| transition.cause == Cause::Next) {
        let title = format!("End with `{}`", machine.state(state).name());
        finding.fix(title, [end_instead(machine, target)], false);
    }
}
