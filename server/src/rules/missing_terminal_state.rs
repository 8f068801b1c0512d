use crate::asl::{Ends, Machine};
use crate::check::Report;

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
    /// ```asl passes
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Next": "B" },
    ///   "B": { "Type": "Pass", "End": true }
    /// } }
    /// ```
    pub static MISSING_TERMINAL_STATE = { "missing-terminal-state", Error, Machine(check) }
}

fn check(machine: &Machine, report: &mut Report) {
    if let Some(key) = machine.scopes[0].states_key.filter(|_| never_ends(machine, 0)) {
        report.at(key, "no state ends the machine; give one `End` with `true`");
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
