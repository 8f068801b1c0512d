use crate::asl::Machine;
use crate::check::Report;

rule! {
    /// # Target lives in another scope
    ///
    /// The machine, each branch of a Parallel and the processor of a Map are worlds of their own: a state leads to
    /// states of the same one only. To leave a branch, end it; the Parallel or Map state then goes on by its own
    /// `Next`.
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": {
    ///   "Each": {
    ///     "Type": "Map",
    ///     "ItemProcessor": { "StartAt": "Row", "States": { "Row": { "Type": "Pass", "Next": "Done" } } },
    ///                                                                                       ^^^^^^ the state `Done` stands in another scope; a state leads only to states beside it
    ///     "Next": "Done"
    ///   },
    ///   "Done": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "Each", "States": {
    ///   "Each": {
    ///     "Type": "Map",
    ///     "ItemProcessor": { "StartAt": "Row", "States": { "Row": { "Type": "Pass", "End": true } } },
    ///     "Next": "Done"
    ///   },
    ///   "Done": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static NEXT_INTO_OTHER_SCOPE = { "next-into-other-scope", Error, Machine(check) }
}

fn check(machine: &Machine, report: &mut Report) {
    for state in machine.states() {
        let scope = machine.scope_of(state);
        for ((_, target), found) in machine.transitions(state).zip(machine.targets(state)) {
            let name = target.text();
            if found.is_some() || machine.scopes[scope].damaged {
                continue;
            }
            let Some(elsewhere) = machine.named(name).next() else { continue };
            let message =
                format!("the state `{name}` stands in another scope; a state leads only to states beside it");
            let there = machine.state(elsewhere).key().range();
            report.at(target, message).related(there, format!("`{name}` stands here"));
        }
    }
}
