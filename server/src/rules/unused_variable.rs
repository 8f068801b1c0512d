use asl_grammar::write;

use super::undefined_variable::judged;
use crate::asl::Machine;
use crate::check::Report;

rule! {
    /// # Variable never read
    ///
    /// No expression that can see the variable reads it. That harms nothing, but mostly a name is misspelt, or the
    /// variable is left over.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Assign": { "count": 1 }, "Next": "B" },
    ///                                      ^^^^^^^ the variable `count` is never read
    ///   "B": { "Type": "Pass", "Output": "{% 1 %}", "End": true }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Next": "B" },
    ///   "B": { "Type": "Pass", "Output": "{% 1 %}", "End": true }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Assign": { "count": 1 }, "Next": "B" },
    ///   "B": { "Type": "Pass", "Parameters": { "n.$": "$count" }, "End": true }
    /// } }
    /// ```
    pub static UNUSED_VARIABLE = { "unused-variable", Hint, Machine(check), fixable, unnecessary }
}

fn check(machine: &Machine, report: &mut Report) {
    let Some(variables) = judged(machine) else { return };
    if variables.reads_unknown {
        return;
    }
    for it in &variables.assigned {
        if variables.is_used(it.scope as usize, it.name) || it.name.is_empty() {
            continue;
        }
        let finding = report.at(it.key, format!("the variable `{}` is never read", it.name));
        let Some(member) = it.key.parent() else { continue };
        let Some(object) = member.parent() else { continue };
        // Up to the next member, or from the end of the one before.
        let members: Vec<_> = object.members().map(|member| member.node).collect();
        let Some(index) = members.iter().position(|other| *other == member) else { continue };
        let own = member.range();
        let range = match (members.get(index + 1), index.checked_sub(1)) {
            (Some(next), _) => own.start..next.start(),
            (None, Some(before)) => members[before].range().end..own.end,
            (None, None) => {
                finding.fix("Remove the variable", [object.parent().and_then(write::remove)], false);
                continue;
            }
        };
        finding.replace("Remove the variable", range, "", false);
    }
}
