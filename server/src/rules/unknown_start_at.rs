use asl_grammar::write::{self};

use crate::asl::{Machine, has_placeholder};
use crate::check::Report;
use crate::suggest::nearest;

rule! {
    /// # StartAt names no state
    ///
    /// `StartAt` is the name of a state in `States` beside it, letter for letter. As long as it is none, no state of
    /// this machine can be reached.
    ///
    /// ```asl fails
    /// { "StartAt": "Frist", "States": { "First": { "Type": "Succeed" } } }
    ///              ^^^^^^^ there is no state `Frist` to start at; did you mean `First`?
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "First", "States": { "First": { "Type": "Succeed" } } }
    /// ```
    pub static UNKNOWN_START_AT = { "unknown-start-at", Error, Machine(check), fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    for (index, scope) in machine.scopes.iter().enumerate() {
        let Some(start) = scope.start_at else { continue };
        let Some(name) = start.as_str().filter(|name| !has_placeholder(name)) else { continue };
        if !scope.named || scope.states.is_empty() || machine.find(index, name).is_some() {
            continue;
        }
        let names = || scope.states.iter().map(|state| machine.state(*state).name());
        let near = nearest(name, names());
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        let finding = report.at(start, format!("there is no state `{name}` to start at{hint}"));
        if let Some(elsewhere) = machine.named(name).next() {
            finding.related(
                machine.state(elsewhere).key().range(),
                "the state of that name stands in another scope",
            );
        }
        let set = |name: &str| [Some(write::set_text(machine.source, start, name))];
        if let Some(near) = near {
            finding.fix(format!("Change to `{near}`"), set(near), true);
        } else if let Some(first) = names().next() {
            finding.fix(format!("Start at `{first}`"), set(first), false);
        }
    }
}
