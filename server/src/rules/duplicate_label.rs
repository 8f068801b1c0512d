use std::collections::HashMap;

use asl_grammar::tree::Node;

use crate::asl::{Machine, is_unknown};
use crate::catalog::states::StateType;
use crate::check::Report;

rule! {
    /// # Label used twice
    ///
    /// The label of a Distributed Map is part of the ARN of its Map Runs, so each one in a machine, at whatever
    /// depth, needs its own. AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "E1", "States": {
    ///   "E1": { "Type": "Map", "Label": "rows", "Next": "E2", "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "A",
    ///     "States": { "A": { "Type": "Pass", "End": true } }
    ///   } },
    ///   "E2": { "Type": "Map", "Label": "rows", "End": true, "ItemProcessor": {
    ///                                   ^^^^^^ the label `rows` belongs to `E1` already
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "B",
    ///     "States": { "B": { "Type": "Pass", "End": true } }
    ///   } }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "E1", "States": {
    ///   "E1": { "Type": "Map", "Label": "rows", "Next": "E2", "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "A",
    ///     "States": { "A": { "Type": "Pass", "End": true } }
    ///   } },
    ///   "E2": { "Type": "Map", "Label": "rows-2", "End": true, "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "B",
    ///     "States": { "B": { "Type": "Pass", "End": true } }
    ///   } }
    /// } }
    /// ```
    pub static DUPLICATE_LABEL = { "duplicate-label", Error, Machine(check), fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    let mut labels: Vec<(&str, Node)> = machine
        .states()
        .filter(|state| machine.data(*state).kind == Some(StateType::Map))
        .filter_map(|state| {
            let view = machine.state(state);
            Some((view.name(), view.value().get("Label")?))
        })
        .filter(|(_, label)| label.as_str().is_some_and(|text| !text.is_empty()) && !is_unknown(*label))
        .collect();
    labels.sort_by_key(|(_, label)| label.start());
    let taken: Vec<&str> = labels.iter().map(|(_, label)| label.text()).collect();
    let mut first: HashMap<&str, (&str, Node)> = HashMap::new();
    for (owner, label) in &labels {
        let text = label.text();
        let Some((earlier, other)) = first.get(text) else {
            first.insert(text, (owner, *label));
            continue;
        };
        let finding = report.at(*label, format!("the label `{text}` belongs to `{earlier}` already"));
        finding.related(other.range(), "used here first");
        let free = (2..100).map(|n| format!("{text}-{n}")).find(|name| !taken.contains(&name.as_str()));
        if let Some(free) = free {
            finding.replace(format!("Change to `{free}`"), label.content(), free.clone(), false);
        }
    }
}
