use crate::asl::is_unknown;
use crate::catalog::fields::Value;
use crate::check::{Level, Local, Report};
use crate::suggest::nearest;

rule! {
    /// # Value not in the list
    ///
    /// The field takes one of a few words, and this is none of them. Case matters. AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [{ "ErrorEquals": ["States.ALL"], "JitterStrategy": "full" }],
    ///                                                                ^^^^^^ `JitterStrategy` is `NONE` or `FULL`, not `full`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [{ "ErrorEquals": ["States.ALL"], "JitterStrategy": "FULL" }],
    ///   "End": true
    /// } } }
    /// ```
    pub static INVALID_ENUM_VALUE = { "invalid-enum-value", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        for (member, field) in place.members() {
            let Some(field) = field.filter(|field| field.name != "Type") else { continue };
            let Value::Enum(allowed) = field.value else { continue };
            let Some(text) = member.value.as_str().filter(|_| !is_unknown(member.value)) else { continue };
            if allowed.iter().any(|it| it.value == text) {
                continue;
            }
            let names: Vec<String> = allowed.iter().map(|it| format!("`{}`", it.value)).collect();
            let names = match names.split_last() {
                Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
                _ => names.concat(),
            };
            let finding = report.at(member.value, format!("`{}` is {names}, not `{text}`", field.name));
            if field.name == "Version" {
                finding.level(Level::Warning);
            }
            let values = || allowed.iter().map(|it| it.value);
            let delimiter = match text {
                "," => Some("COMMA"),
                ";" => Some("SEMICOLON"),
                "\t" => Some("TAB"),
                "|" => Some("PIPE"),
                " " => Some("SPACE"),
                _ => None,
            };
            let meant = delimiter.filter(|word| values().any(|it| it == *word));
            if let Some(near) = meant.or_else(|| nearest(text, values())) {
                let range = member.value.content();
                finding.replace(format!("Change to `{near}`"), range, near, true);
            }
        }
    }
}
