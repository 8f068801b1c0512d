use crate::asl::{Machine, has_placeholder};
use crate::check::Report;
use crate::suggest::nearest;

rule! {
    /// # Target state does not exist
    ///
    /// `Next`, `Default` and the `Next` of choice rules and catchers name a state of the same machine, letter for
    /// letter. AWS refuses a definition in which a name leads nowhere.
    ///
    /// ```asl fails
    /// { "StartAt": "One", "States": {
    ///   "One": { "Type": "Pass", "Next": "Tow" },
    ///                                    ^^^^^ there is no state `Tow`; did you mean `Two`?
    ///   "Two": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "One", "States": {
    ///   "One": { "Type": "Pass", "Next": "Two" },
    ///   "Two": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static UNKNOWN_NEXT_STATE = { "unknown-next-state", Error, Machine(check), fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    for state in machine.states() {
        let scope = machine.scope_of(state);
        for (_, target) in machine.transitions(state) {
            let name = target.text();
            if !machine.named(name).is_empty() || has_placeholder(name) || machine.scopes[scope].damaged {
                continue;
            }
            let names = machine.scopes[scope].states.iter().map(|state| machine.state(*state).name());
            let near = nearest(name, names);
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let finding = report.at(target, format!("there is no state `{name}`{hint}"));
            if let Some(near) = near {
                finding.replace(format!("Change to `{near}`"), super::unknown_field::content(target), near, true);
            }
        }
    }
}
