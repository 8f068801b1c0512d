use asl_grammar::jsonata::{query, scope};

use super::intrinsic_arity::arguments;
use super::jsonata_unknown_function::query_span;
use crate::catalog::functions::{Origin, jsonata};
use crate::check::{Local, Report};

rule! {
    /// # Wrong number of arguments for a built-in
    ///
    /// The function takes more or fewer arguments. AWS accepts the definition, and the state fails with
    /// `States.QueryEvaluationError` when it runs. Behind a step (`name.$length()`) and behind `~>` the first argument
    /// comes from the left.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "code": "{% $substring($states.input.code) %}" },
    ///                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `$substring` takes 2 or 3 arguments, not 1
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "code": "{% $states.input.code ~> $substring(1) %}", "n": "{% $states.input.code.$length() %}" },
    ///   "End": true
    /// } } }
    /// ```
    pub static JSONATA_ARITY = { "jsonata-arity", Warning, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in
        local.jsonata().filter(|(_, tree)| tree.text().contains('$') && tree.errors().is_empty())
    {
        for call in query::calls(tree) {
            let Some(function) = call.name.and_then(jsonata) else { continue };
            if function.origin == Origin::Removed || function.accepts(call.arguments, call.has_context) {
                continue;
            }
            let span = query_span(tree, call.callee, call.name.unwrap_or(""));
            let own = scope::scopes(tree)
                .references
                .iter()
                .any(|it| it.binding.is_some() && tree.span(it.node).start == span.start);
            if !own {
                let message =
                    format!("`{}` takes {}, not {}", function.name, arguments(function), call.arguments);
                report.on(it.node, it.range(tree.span(call.node)), message);
            }
        }
    }
}
