use asl_grammar::write::{self, Value};

use super::common::{is_jsonpath_rule, tests};
use crate::catalog::fields::operator;
use crate::check::{Local, Report};

rule! {
    /// # Comparison without Variable
    ///
    /// The rule has a comparison operator, but no `Variable` that says what to compare. AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "NumericEquals": 1, "Next": "D" }] },
    ///                                        ^ `NumericEquals` needs a `Variable` to compare
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Variable": "$.value", "NumericEquals": 1, "Next": "D" }] },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static CHOICE_MISSING_VARIABLE = { "choice-missing-variable", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(is_jsonpath_rule) {
        // A misspelt `Variable` is reported as an unknown field; a group of rules beside it as a second test.
        let misspelt = place.members().any(|(member, field)| {
            field.is_none() && crate::suggest::nearest(member.name(), ["Variable"]).is_some()
        });
        let tests: Vec<_> = tests(&place).collect();
        let [test, ..] = tests.as_slice() else { continue };
        let grouped = tests.iter().any(|test| operator(test.name()).is_none());
        if place.has("Variable") || place.is_damaged() || misspelt || grouped {
            continue;
        }
        let message = format!("`{}` needs a `Variable` to compare", test.name());
        let finding = report.on(place.node, place.node.open(), message);
        let edit = write::insert_before(local.source, *test, "Variable", &Value::text("$.value"));
        finding.fix("Add `Variable`", [edit], false);
    }
}
