use super::conversion::{literal, to_jsonata};
use crate::asl::expressions::{Role, is_template_key};
use crate::check::{Fix, Local, Report};

rule! {
    /// # Key ending in `.$` in a JSONata state
    ///
    /// In a JSONPath state `.$` at the end of a key says that the value is to be evaluated. A JSONata state does not
    /// know that mark: the key comes out with it, and the value as the text it is. Write the plain key, and an
    /// expression `{% … %}` as its value.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "id.$": "$.order.id" },
    ///               ^^^^^^ `id.$` keeps its `.$`: the query language of the state is JSONata
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "id": "{% $states.input.order.id %}" },
    ///   "End": true
    /// } } }
    /// ```
    pub static DOLLAR_KEY_IN_JSONATA = { "dollar-key-in-jsonata", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for it in local.expressions().filter(|it| it.expression.role == Role::Jsonata) {
        let Some(key) = it.key.filter(|key| is_template_key(*key)) else { continue };
        let message = format!("`{}` keeps its `.$`: the query language of the state is JSONata", key.text());
        let finding = report.at(key, message);
        let end = key.content().end;
        let edit = |range, text: String| asl_grammar::text::Edit { range, text };
        let mut edits = vec![edit(end - 2..end, String::new())];
        if it.expression.jsonata().is_none() {
            let Some(jsonata) = to_jsonata(&it) else { continue };
            edits.push(edit(it.node.range(), literal(&jsonata)));
        }
        if key.text().len() > 2 {
            finding.fixes.push(Fix { title: "Change to JSONata".into(), edits, safe: false });
        }
    }
}
