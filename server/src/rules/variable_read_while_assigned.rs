use super::undefined_variable::{judged, may_report, on};
use crate::asl::Machine;
use crate::asl::variables::Known;
use crate::check::Report;

rule! {
    /// # Variable read in the state that first assigns it
    ///
    /// All expressions of a state see the variables as they were when the state began; what `Assign` sets can be seen
    /// from the next state on. No state before this one assigns the variable, so the state fails when it runs.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Assign": { "price": 1, "double": "{% $price * 2 %}" }, "Next": "B" },
    ///                                                                ^^^^^^ `$price` gets its first value when this state is done
    ///   "B": { "Type": "Pass", "Output": "{% $price + $double %}", "End": true }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Assign": { "count": 1 }, "Next": "B" },
    ///   "B": { "Type": "Pass", "Assign": { "count": "{% $count + 1 %}" }, "End": true }
    /// } }
    /// ```
    pub static VARIABLE_READ_WHILE_ASSIGNED = { "variable-read-while-assigned", Warning, Machine(check) }
}

fn check(machine: &Machine, report: &mut Report) {
    let Some(variables) = judged(machine) else { return };
    for it in variables.uses.iter().filter(|it| it.known == Known::ByItself && may_report(it)) {
        let name = it.name;
        let finding = on(it, report, format!("`${name}` gets its first value when this state is done"));
        let own = variables.assigns(it.scope as usize, name).find(|by| by.state == it.state);
        if let Some(by) = own {
            finding.related(by.key.range(), format!("`{name}` is assigned here"));
        }
    }
}
