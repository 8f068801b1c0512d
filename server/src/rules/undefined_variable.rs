use std::collections::HashSet;

use crate::asl::variables::{Known, Use, Variables};
use crate::asl::{Language, Machine};
use crate::catalog::functions::jsonata;
use crate::check::{Finding, Report};
use crate::suggest::nearest;

rule! {
    /// # Variable never assigned
    ///
    /// No state that can run before this one assigns the variable. AWS accepts the definition, and the state fails
    /// when it runs. A state sees the variables of its own scope and of the scopes around it, as they were when it
    /// began; branches and item processors keep theirs to themselves.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Assign": { "count": 1 }, "Next": "B" },
    ///   "B": { "Type": "Pass", "Output": "{% $cuont %}", "End": true }
    ///                                        ^^^^^^ no state assigns the variable `$cuont`; did you mean `$count`?
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Assign": { "count": 1 }, "Next": "B" },
    ///   "B": { "Type": "Pass", "Output": "{% $count %}", "End": true }
    /// } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Choice", "Choices": [{ "Variable": "$count", "NumericEquals": 1, "Next": "B" }], "Default": "B" },
    ///                                                       ^^^^^^ no state assigns the variable `$count`
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Choice", "Choices": [{ "Variable": "$count", "IsPresent": true, "Next": "B" }], "Default": "B" },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Output": "{% $exists($limit) ? $limit : 10 %}", "End": true }
    /// } }
    /// ```
    pub static UNDEFINED_VARIABLE = { "undefined-variable", Warning, Machine(check), fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    let Some(variables) = judged(machine) else { return };
    for it in variables.uses.iter().filter(|it| it.known == Known::Unassigned && may_report(it)) {
        let name = it.name;
        let elsewhere: Vec<_> = variables.assigned.iter().filter(|by| by.name == name).take(3).collect();
        let message = match elsewhere.as_slice() {
            [] => {
                let visible: HashSet<usize> = variables.visible(machine, it.scope as usize).collect();
                let seen = variables.assigned.iter().filter(|by| visible.contains(&(by.scope as usize)));
                let near = nearest(name, seen.map(|by| by.name).chain(["states"]));
                let hint = near.map(|near| format!("; did you mean `${near}`?")).unwrap_or_default();
                let message = format!("no state assigns the variable `${name}`{hint}");
                let finding = on(it, report, message);
                if let Some(near) = near.filter(|near| *near != "states" || is_jsonata(it)) {
                    let range = it.expression.range(it.read.span);
                    finding.replace(format!("Change to `${near}`"), range, format!("${near}"), false);
                }
                if !is_jsonata(it) {
                    let at = it.expression.range(it.read.span).start + 1;
                    finding.replace(format!("Change to the path `$.{name}`"), at..at, ".", false);
                }
                continue;
            }
            [first, ..]
                if variables
                    .visible(machine, it.scope as usize)
                    .any(|scope| scope == first.scope as usize) =>
            {
                format!("no state that runs before this one assigns the variable `${name}`")
            }
            _ => format!("`${name}` is assigned only in a scope that this state does not stand in"),
        };
        let finding = on(it, report, message);
        for by in elsewhere {
            finding.related(by.key.range(), format!("`{name}` is assigned here"));
        }
    }
}

fn is_jsonata(it: &Use) -> bool {
    it.expression.place.language == Some(Language::Jsonata)
}

pub(super) fn on<'r>(it: &Use, report: &'r mut Report, message: String) -> &'r mut Finding {
    report.on(it.expression.node, it.expression.range(it.read.span), message)
}

/// The variables of a machine in which every assignment can be read.
pub(super) fn judged<'m, 'a>(machine: &'m Machine<'a>) -> Option<&'m Variables<'a>> {
    let variables = machine.variables();
    let damaged = machine.scopes.first().is_none_or(|scope| scope.damaged);
    (!variables.assigns_unknown && !damaged).then_some(variables)
}

/// Is it a variable of the machine, and does nobody ask whether it exists?
pub(super) fn may_report(it: &Use) -> bool {
    // An unknown function is reported as such. The names of known ones are no variables unless assigned.
    let function = is_jsonata(it) && jsonata(it.name).is_some();
    !it.read.called
        && !it.read.guarded
        && !function
        && !it.expression.expression.templated
        && it.name != "states"
}
