use asl_grammar::jsonata::scope;

use crate::catalog::functions::{Origin, jsonata};
use crate::check::{Local, Report};

rule! {
    /// # `$eval`
    ///
    /// JSONata has a function that evaluates a text as an expression; Step Functions does not. AWS accepts the
    /// definition, and the state fails with `States.QueryEvaluationError` when it runs. To read JSON there is `$parse`.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "order": "{% $eval($states.input.text) %}" },
    ///                            ^^^^^ Step Functions has no `$eval`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "order": "{% $parse($states.input.text) %}" },
    ///   "End": true
    /// } } }
    /// ```
    pub static JSONATA_UNSUPPORTED_FUNCTION = { "jsonata-unsupported-function", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.jsonata().filter(|(_, tree)| tree.text().contains("$eval")) {
        for reference in scope::scopes(tree).references {
            let removed = jsonata(reference.name).is_some_and(|function| function.origin == Origin::Removed);
            if !removed || reference.binding.is_some() {
                continue;
            }
            let range = it.range(tree.span(reference.node));
            let message = format!("Step Functions has no `${}`", reference.name);
            report.on(it.node, range.clone(), message).replace("Change to `$parse`", range, "$parse", false);
        }
    }
}
