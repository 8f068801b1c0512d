use super::wrong_type::describe;
use crate::asl::expressions::{Parsed, Role};
use crate::asl::{is_expression, is_unknown};
use crate::catalog::fields::Value;
use crate::check::{Local, Report};

rule! {
    /// # `.$` key without path or function
    ///
    /// In a payload template a key that ends in `.$` says that its value is to be evaluated: a path, a variable or an
    /// intrinsic function. Anything else makes AWS refuse the definition. Take the `.$` away to hand the value on as
    /// it stands.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "kind.$": "express", "size.$": 3 },
    ///                             ^^^^^^^^^ `kind.$` takes a path or an intrinsic function, not `express`
    ///                                                  ^ `size.$` takes a path or an intrinsic function, not a number
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "kind": "express", "size": 3 },
    ///   "End": true
    /// } } }
    /// ```
    pub static DOLLAR_KEY_NEEDS_PATH = { "dollar-key-needs-path", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for it in local.live().filter(|it| it.expression.role == Role::Template) {
        let Some(key) = it.key else { continue };
        let text = it.node.as_str();
        // `RoleArn.$` is a field of its own, with a type.
        let typed = matches!(it.expression.field.value, Value::Path(_)) && text.is_none();
        if !matches!(it.expression.parsed, Parsed::None) || is_unknown(it.node) || typed {
            continue;
        }
        let found = match text {
            Some("") => "an empty text".to_owned(),
            Some(text) if is_expression(text) => "JSONata".to_owned(),
            Some(text) if text.chars().count() <= 40 => format!("`{text}`"),
            _ => describe(it.node).to_owned(),
        };
        let message = format!("`{}` takes a path or an intrinsic function, not {found}", key.text());
        let finding = report.at(it.node, message);
        let dotted = |text: &str| {
            text.contains('.')
                && text.split('.').all(|name| !name.is_empty() && name.chars().all(char::is_alphanumeric))
        };
        if let Some(text) = text.filter(|text| dotted(text)) {
            let at = it.node.content().start;
            finding.replace(format!("Change to `$.{text}`"), at..at, "$.", false);
        }
        if key.text().len() > 2 && !text.is_some_and(is_expression) {
            let end = key.content().end;
            finding.replace("Remove `.$` from the key", end - 2..end, "", false);
        }
    }
}
