use std::collections::HashSet;

use super::undefined_variable::{judged, may_report, on};
use crate::asl::Machine;
use crate::asl::variables::Known;
use crate::check::Report;

rule! {
    /// # Variable not assigned on every way
    ///
    /// Some ways to this state assign the variable, others do not; on those the state fails when it runs. A catcher
    /// sets only what its own `Assign` says, and so does a choice rule. Assign the variable on the other ways too, or
    /// before the ways part, or ask with `$exists`.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "Vip?", "States": {
    ///   "Vip?": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "Condition": "{% $states.input.vip %}", "Next": "Gold" }],
    ///     "Default": "Use"
    ///   },
    ///   "Gold": { "Type": "Pass", "Assign": { "rate": 2 }, "Next": "Use" },
    ///   "Use": { "Type": "Pass", "Output": "{% $rate %}", "End": true }
    ///                                          ^^^^^ not every way to `Use` assigns the variable `$rate`
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "Vip?", "States": {
    ///   "Vip?": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "Condition": "{% $states.input.vip %}", "Next": "Gold" }],
    ///     "Assign": { "rate": 1 },
    ///     "Default": "Use"
    ///   },
    ///   "Gold": { "Type": "Pass", "Assign": { "rate": 2 }, "Next": "Use" },
    ///   "Use": { "Type": "Pass", "Output": "{% $rate %}", "End": true }
    /// } }
    /// ```
    pub static POSSIBLY_UNDEFINED_VARIABLE = { "possibly-undefined-variable", Warning, Machine(check) }
}

/// So many findings get a full explanation.
const EXPLAINED: usize = 20;

fn check(machine: &Machine, report: &mut Report) {
    let Some(variables) = judged(machine) else { return };
    // One word about a variable is enough in a state.
    let mut said = HashSet::new();
    for it in variables.uses.iter().filter(|it| it.known == Known::Perhaps && may_report(it)) {
        // Whoever asks for it somewhere knows of the other ways.
        if variables.asked.contains(it.name) || !said.insert((it.state, it.name)) {
            continue;
        }
        let state = machine.state(it.state).name();
        let name = it.name;
        let finding = on(it, report, format!("not every way to `{state}` assigns the variable `${name}`"));
        let scopes: Vec<usize> = variables.visible(machine, it.scope as usize).collect();
        let seen = scopes.iter().flat_map(|scope| variables.assigns(*scope, name)).take(3);
        for by in seen {
            finding.related(by.key.range(), format!("`{name}` is assigned here"));
        }
        // Looking for the way takes a walk through the scope, which a thousand findings are not worth.
        if said.len() <= EXPLAINED
            && let Some(from) = variables.way_without(machine, it.state, name)
        {
            let message = format!("the way from here to `{state}` does not assign `{name}`");
            finding.related(machine.state(from).key().range(), message);
        }
    }
}
