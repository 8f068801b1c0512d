use super::common::whole_number;
use crate::asl::Machine;
use crate::catalog::states::StateType;
use crate::check::Report;

rule! {
    /// # Timeout above that of the machine
    ///
    /// The whole execution ends with `States.Timeout` after the `TimeoutSeconds` of the machine. A task that may take
    /// longer than that never gets to its own timeout, and so never to its `Retry` or `Catch`.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "TimeoutSeconds": 60, "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "TimeoutSeconds": 300,
    ///                     ^^^ the execution ends after 60 s, before this timeout does
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "TimeoutSeconds": 600, "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "TimeoutSeconds": 300,
    ///   "End": true
    /// } } }
    /// ```
    pub static TIMEOUT_EXCEEDS_MACHINE = { "timeout-exceeds-machine", Hint, Machine(check), off }
}

fn check(machine: &Machine, report: &mut Report) {
    let Some(whole) = machine.scopes[0].node.get("TimeoutSeconds") else { return };
    let Some(limit) = whole_number(whole) else { return };
    for state in machine.states().filter(|state| machine.data(*state).kind == Some(StateType::Task)) {
        // The children of a Distributed Map are executions of their own, but the Map Run ends with the machine.
        let Some(value) = machine.state(state).value().get("TimeoutSeconds") else { continue };
        if whole_number(value).is_some_and(|seconds| seconds > limit) {
            report
                .at(value, format!("the execution ends after {limit} s, before this timeout does"))
                .related(whole.range(), "the timeout of the machine");
        }
    }
}
