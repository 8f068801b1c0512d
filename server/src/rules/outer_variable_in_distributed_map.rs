use super::undefined_variable::{judged, may_report, on};
use crate::asl::Machine;
use crate::asl::variables::Known;
use crate::check::Report;

rule! {
    /// # Distributed Map child reads a parent variable
    ///
    /// The children of a Distributed Map are executions of their own, and see no variables from outside. Hand the
    /// value over with `ItemSelector` or `BatchInput`, and read it from the input.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Assign": { "limit": 5 }, "Next": "Each" },
    ///   "Each": {
    ///     "Type": "Map",
    ///     "ItemProcessor": {
    ///       "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///       "StartAt": "B",
    ///       "States": { "B": { "Type": "Pass", "Output": "{% $limit %}", "End": true } }
    ///                                                        ^^^^^^ a child of a Distributed Map does not see the variable `$limit`
    ///     },
    ///     "End": true
    ///   }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Assign": { "limit": 5 }, "Next": "Each" },
    ///   "Each": {
    ///     "Type": "Map",
    ///     "ItemSelector": { "limit": "{% $limit %}" },
    ///     "ItemProcessor": {
    ///       "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///       "StartAt": "B",
    ///       "States": { "B": { "Type": "Pass", "Output": "{% $states.input.limit %}", "End": true } }
    ///     },
    ///     "End": true
    ///   }
    /// } }
    /// ```
    pub static OUTER_VARIABLE_IN_DISTRIBUTED_MAP = { "outer-variable-in-distributed-map", Warning, Machine(check) }
}

fn check(machine: &Machine, report: &mut Report) {
    let Some(variables) = judged(machine) else { return };
    for it in variables.uses.iter().filter(|it| it.known == Known::OutOfReach && may_report(it)) {
        let name = it.name;
        let finding =
            on(it, report, format!("a child of a Distributed Map does not see the variable `${name}`"));
        if let Some(by) = variables.assigned.iter().find(|by| by.name == name && by.scope < it.scope) {
            finding.related(by.key.range(), format!("`{name}` is assigned here, outside of the Map"));
        }
        let scopes = variables.visible(machine, it.scope as usize);
        let child = scopes.last().map(|scope| machine.scopes[scope].node);
        if let Some(mode) = child.and_then(|child| child.get("ProcessorConfig")?.member("Mode")) {
            finding.related(mode.node.range(), "the Map is distributed");
        }
    }
}
