use super::conversion::{literal, to_path};
use crate::asl::expressions::Role;
use crate::asl::is_expression;
use crate::check::{Fix, Local, Report};

rule! {
    /// # JSONata string where it is plain text
    ///
    /// The state speaks JSONPath, so nobody evaluates `{% … %}`: the text is handed on as it stands, marks included.
    /// Give the state (or the machine) `"QueryLanguage": "JSONata"` and use the fields of that language, or write a
    /// path.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "id": "{% $states.input.id %}" },
    ///                         ^^^^^^^^^^^^^^^^^^^^^^^^ this stays plain text: the query language of the state is JSONPath
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "id.$": "$.id" },
    ///   "End": true
    /// } } }
    /// ```
    pub static JSONATA_IN_JSONPATH_STATE = { "jsonata-in-jsonpath-state", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for it in local.expressions() {
        let plain = matches!(it.expression.role, Role::Payload | Role::Static | Role::Text);
        if !plain || !is_expression(it.text()) {
            continue;
        }
        let message = "this stays plain text: the query language of the state is JSONPath";
        let finding = report.at(it.node, message);
        let state = it.place.state.map(|state| local.node(local.fragment.states[state as usize].value));
        if let Some(language) = state.and_then(|state| state.member("QueryLanguage")) {
            finding.related(language.node.range(), "the query language is set here");
        }
        let path = it.expression.jsonata().and_then(to_path);
        if let (Role::Payload, Some(path), Some(key)) = (it.expression.role, path, it.key) {
            let end = key.content().end;
            let edit = |range, text: &str| asl_grammar::text::Edit { range, text: text.to_owned() };
            finding.fixes.push(Fix {
                title: format!("Change to the path `{path}`"),
                edits: vec![edit(end..end, ".$"), edit(it.node.range(), &literal(&path))],
                safe: false,
            });
        }
    }
}
