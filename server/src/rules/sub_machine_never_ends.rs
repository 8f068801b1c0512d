use super::missing_terminal_state::{never_ends, offer_end};
use crate::asl::Machine;
use crate::check::Report;

rule! {
    /// # Branch or item processor can never end
    ///
    /// No state of this branch or item processor ends it. AWS accepts that, but the execution then runs until it
    /// times out or has used up its history.
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemProcessor": { "StartAt": "A", "States": {
    ///                                      ^^^^^^^^ no state ends this part of `Each`; give one `End` with `true`
    ///     "A": { "Type": "Pass", "Next": "B" },
    ///     "B": { "Type": "Pass", "Next": "A" }
    ///   } },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemProcessor": { "StartAt": "A", "States": {
    ///     "A": { "Type": "Pass", "Next": "B" },
    ///     "B": { "Type": "Pass", "End": true }
    ///   } },
    ///   "End": true
    /// } } }
    /// ```
    pub static SUB_MACHINE_NEVER_ENDS = { "sub-machine-never-ends", Warning, Machine(check), fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    for (index, scope) in machine.scopes.iter().enumerate() {
        let (Some(owner), Some(key)) = (scope.owner, scope.states_key) else { continue };
        if never_ends(machine, index) {
            let owner = machine.state(owner).key();
            let message =
                format!("no state ends this part of `{}`; give one `End` with `true`", owner.text());
            let finding = report.at(key, message);
            finding.related(owner.range(), "the state that holds it");
            offer_end(machine, index, finding);
        }
    }
}
