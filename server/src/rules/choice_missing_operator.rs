use asl_grammar::write::{self, Value};

use super::common::{is_jsonpath_rule, tests};
use crate::catalog::fields::Object;
use crate::check::{Local, Report};

rule! {
    /// # Rule without operator
    ///
    /// A choice rule in JSONPath either compares a `Variable` by one operator, such as `NumericEquals` or
    /// `IsPresent`, or combines other rules by `And`, `Or` or `Not`. This one does neither. AWS refuses the
    /// definition.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Variable": "$.n", "Next": "D" }] },
    ///                                        ^ the rule tests nothing; add an operator such as `NumericEquals`
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Variable": "$.n", "IsPresent": true, "Next": "D" }] },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static CHOICE_MISSING_OPERATOR = { "choice-missing-operator", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(is_jsonpath_rule) {
        // A misspelt operator is reported as an unknown field, a `Condition` as one of the other language.
        let explained = place.members().any(|(member, field)| match field {
            Some(_) => member.name() == "Condition",
            None => {
                !(place.place.object == Object::NestedRule
                    && matches!(member.name(), "Next" | "Assign" | "Output"))
            }
        });
        if explained || place.is_damaged() || tests(&place).next().is_some() {
            continue;
        }
        let message = match place.has("Variable") {
            true => "the rule tests nothing; add an operator such as `NumericEquals`",
            false => "the rule tests nothing; add `Variable` with an operator, or `And`, `Or` or `Not`",
        };
        let finding = report.on(place.node, place.node.open(), message);
        if let Some(variable) = place.node.member("Variable") {
            let edit = write::insert_after(local.source, variable, "IsPresent", &Value::plain(true));
            finding.fix("Add `IsPresent`", [edit], false);
        }
    }
}
