use crate::asl::Machine;
use crate::check::Report;

rule! {
    /// # State name used twice in the machine
    ///
    /// The name of a state is unique in the whole definition, also across branches and item processors: the history
    /// of an execution knows states by their name alone. AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "Both", "States": { "Both": {
    ///   "Type": "Parallel",
    ///   "Branches": [
    ///     { "StartAt": "Work", "States": { "Work": { "Type": "Succeed" } } },
    ///     { "StartAt": "Work", "States": { "Work": { "Type": "Succeed" } } }
    ///                                      ^^^^^^ another state of this machine is called `Work` already
    ///   ],
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "Both", "States": { "Both": {
    ///   "Type": "Parallel",
    ///   "Branches": [
    ///     { "StartAt": "Left", "States": { "Left": { "Type": "Succeed" } } },
    ///     { "StartAt": "Right", "States": { "Right": { "Type": "Succeed" } } }
    ///   ],
    ///   "End": true
    /// } } }
    /// ```
    pub static DUPLICATE_STATE_NAME = { "duplicate-state-name", Error, Machine(check) }
}

fn check(machine: &Machine, report: &mut Report) {
    for state in machine.states() {
        let key = machine.state(state).key();
        let Some(first) = machine.named(key.text()).next().filter(|first| *first != state) else { continue };
        if key.as_str().is_none() || machine.scope_of(first) == machine.scope_of(state) {
            continue;
        }
        report
            .at(key, format!("another state of this machine is called `{}` already", key.text()))
            .related(machine.state(first).key().range(), "the other one stands here");
    }
}
