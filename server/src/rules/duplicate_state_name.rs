use asl_grammar::text::Edit;
use asl_grammar::write::{self};

use crate::asl::{Machine, StateRef};
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
    /// ```asl fixed
    /// { "StartAt": "Both", "States": { "Both": {
    ///   "Type": "Parallel",
    ///   "Branches": [
    ///     { "StartAt": "Work", "States": { "Work": { "Type": "Succeed" } } },
    ///     { "StartAt": "Work 2", "States": { "Work 2": { "Type": "Succeed" } } }
    ///   ],
    ///   "End": true
    /// } } }
    /// ```
    pub static DUPLICATE_STATE_NAME = { "duplicate-state-name", Error, Machine(check), fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    let mut renamed = 0;
    for state in machine.states() {
        let key = machine.state(state).key();
        let Some(first) = machine.named(key.text()).next().filter(|first| *first != state) else { continue };
        if key.as_str().is_none() || machine.scope_of(first) == machine.scope_of(state) {
            continue;
        }
        let finding =
            report.at(key, format!("another state of this machine is called `{}` already", key.text()));
        finding.related(machine.state(first).key().range(), "the other one stands here");
        // With many of them nobody renames one by one.
        renamed += 1;
        if let Some(name) = machine.free_name(key.text()).filter(|_| renamed <= RENAMED) {
            finding.fix(format!("Rename to `{name}`"), rename(machine, state, &name), false);
        }
    }
}

/// How many findings of a kind offer a new name, which takes a look at the whole scope.
pub(super) const RENAMED: usize = 50;

/// Gives a state another name wherever it is mentioned.
pub(super) fn rename(machine: &Machine, state: StateRef, name: &str) -> Vec<Option<Edit>> {
    let mentions = machine.mentions(state).into_iter();
    mentions.map(|node| Some(write::set_text(machine.source, node, name))).collect()
}
