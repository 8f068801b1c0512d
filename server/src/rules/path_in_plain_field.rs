use super::missing_dollar_suffix::seems_evaluated;
use crate::asl::expressions::Role;
use crate::check::{Local, Report};

rule! {
    /// # Path in a field that takes text
    ///
    /// The field holds a text that is used as it stands; its twin that ends in `Path` holds a path. AWS accepts the
    /// definition with a warning, and the execution then fails with an error that is called `$.error`, or compares
    /// with the text `$.limit`.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Fail",
    ///   "Error": "$.error"
    ///            ^^^^^^^^^ `Error` takes text, and `$.error` is a path for `ErrorPath`
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Fail",
    ///   "ErrorPath": "$.error"
    /// } } }
    /// ```
    pub static PATH_IN_PLAIN_FIELD = { "path-in-plain-field", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for it in local.expressions().filter(|it| it.expression.role == Role::Text && seems_evaluated(it)) {
        let field = it.expression.field.name;
        let twin = format!("{field}Path");
        if it.place.object.field(&twin).is_none() {
            continue;
        }
        let what = if it.expression.path().is_some() { "a path" } else { "an intrinsic function" };
        let message = format!("`{field}` takes text, and `{}` is {what} for `{twin}`", it.text());
        let finding = report.at(it.node, message);
        if let Some(key) = it.key.filter(|_| local.node(it.place.node).member(&twin).is_none()) {
            finding.replace(format!("Rename to `{twin}`"), key.content(), twin, true);
        }
    }
}
