use super::conversion::{literal, to_jsonata};
use crate::asl::expressions::{Parsed, Role, is_template_key};
use crate::check::{Local, Report};

rule! {
    /// # JSONPath or intrinsic text in a JSONata state
    ///
    /// The state speaks JSONata, so only `{% … %}` is evaluated: a path or a call of `States.Format` is handed on as
    /// the text it is. Write `$states.input` for `$`, `$states.context` for `$$`, and a function of JSONata for the
    /// intrinsic function.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": {
    ///     "id": "$.order.id",
    ///           ^^^^^^^^^^^^ `$.order.id` stays plain text: the query language of the state is JSONata
    ///     "text": "States.Format('{} items', $.count)"
    ///             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `States.Format('{} items', $.count)` stays plain text: the query language of the state is JSONata
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": {
    ///     "id": "{% $states.input.order.id %}",
    ///     "text": "{% $states.input.count & ' items' %}"
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "version": "$LATEST", "price": "$5.00" },
    ///   "End": true
    /// } } }
    /// ```
    pub static JSONPATH_IN_JSONATA_STATE = { "jsonpath-in-jsonata-state", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for it in local.expressions().filter(|it| it.expression.role == Role::Jsonata && !it.expression.templated)
    {
        // Its key is what is reported.
        if it.key.is_some_and(is_template_key)
            || !matches!(it.expression.parsed, Parsed::Path(_) | Parsed::Intrinsic(_))
        {
            continue;
        }
        let message = format!("`{}` stays plain text: the query language of the state is JSONata", it.text());
        let finding = report.at(it.node, message);
        if let Some(jsonata) = to_jsonata(&it) {
            finding.replace(format!("Change to `{jsonata}`"), it.node.range(), literal(&jsonata), false);
        }
    }
}
