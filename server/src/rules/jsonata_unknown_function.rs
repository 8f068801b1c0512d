use asl_grammar::jsonata::{query, scope};

use crate::catalog::functions::{JSONATA, Origin, jsonata};
use crate::check::{Local, Report};
use crate::suggest::nearest;

rule! {
    /// # Call of a function that does not exist
    ///
    /// JSONata has no built-in function of that name, and the expression does not define one. AWS accepts the
    /// definition, and the state fails with `States.QueryEvaluationError` when it runs. Variables of the machine hold
    /// data, never functions.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "name": "{% $toUpper($states.input.name) %}" },
    ///                           ^^^^^^^^ there is no function `$toUpper`; did you mean `$uppercase`?
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "name": "{% $uppercase($states.input.name) %}" },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "n": "{% $states.input.names ~> $shuffel %}" },
    ///                                               ^^^^^^^^ there is no function `$shuffel`; did you mean `$shuffle`?
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "n": "{% ( $twice := function($x) { $x * 2 }; $twice($states.input.n) ) %}" },
    ///   "End": true
    /// } } }
    /// ```
    pub static JSONATA_UNKNOWN_FUNCTION = { "jsonata-unknown-function", Warning, Local(check), fixable }
}

/// What the function is called elsewhere, and here.
const ELSEWHERE: [(&str, &str); 14] = [
    ("toUpper", "uppercase"),
    ("toUpperCase", "uppercase"),
    ("upper", "uppercase"),
    ("toLower", "lowercase"),
    ("toLowerCase", "lowercase"),
    ("lower", "lowercase"),
    ("len", "length"),
    ("size", "count"),
    ("toString", "string"),
    ("stringify", "string"),
    ("toNumber", "number"),
    ("concat", "append"),
    ("avg", "average"),
    ("randomSeeded", "random"),
];

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.jsonata().filter(|(_, tree)| tree.text().contains('$')) {
        let mut bound = None;
        for call in query::calls(tree) {
            let Some(name) = call.name.filter(|name| !name.is_empty() && jsonata(name).is_none()) else {
                continue;
            };
            let scopes = bound.get_or_insert_with(|| scope::scopes(tree));
            let span = query_span(tree, call.callee, name);
            let local_function = scopes
                .references
                .iter()
                .any(|it| it.name == name && it.binding.is_some() && tree.span(it.node).start == span.start);
            if local_function {
                continue;
            }
            let elsewhere = ELSEWHERE.iter().find(|(from, _)| *from == name).map(|(_, to)| *to);
            let known = JSONATA.iter().filter(|it| it.origin != Origin::Removed);
            let known = known.map(|it| it.name.trim_start_matches('$'));
            let defined = scopes.bindings.iter().map(|it| it.name);
            let near = elsewhere.or_else(|| nearest(name, known.chain(defined)));
            let hint = near.map(|near| format!("; did you mean `${near}`?")).unwrap_or_default();
            let range = it.range(span);
            let message = format!("there is no function `${name}`{hint}");
            let finding = report.on(it.node, range.clone(), message);
            if let Some(near) = near {
                finding.replace(format!("Change to `${near}`"), range, format!("${near}"), false);
            }
        }
    }
}

/// The variable that is called: a callee may have `[]` behind it.
pub(super) fn query_span(
    tree: &asl_grammar::jsonata::Tree,
    callee: asl_grammar::jsonata::NodeId,
    name: &str,
) -> asl_grammar::span::Span {
    let start = tree.span(callee).start;
    asl_grammar::span::Span::new(start, start + name.len() as u32 + 1)
}
