use super::conversion::literal;
use crate::asl::expressions::{Role, is_other_template};
use crate::asl::{is_expression, placeholders};
use crate::catalog::fields::Value;
use crate::check::{Local, Report};

rule! {
    /// # Delimiters that do not make an expression
    ///
    /// A string is an expression when it begins with `{%` and ends with `%}`, with nothing around them. This one has
    /// such marks, but stays plain text: a blank or other text stands outside of them, or one of them is missing. AWS
    /// accepts that, and the text is handed on with its marks. Put text into the expression: `{% 'Total ' & $n %}`.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": {
    ///     "n": " {% $states.input.n %}",
    ///          ^^^^^^^^^^^^^^^^^^^^^^^^ this stays plain text: an expression begins with `{%` and ends with `%}`
    ///     "text": "Total {% $states.input.n %}"
    ///             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this stays plain text: an expression begins with `{%` and ends with `%}`
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": {
    ///     "n": "{% $states.input.n %}",
    ///     "text": "{% 'Total ' & ($states.input.n) %}"
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    pub static JSONATA_DELIMITERS = { "jsonata-delimiters", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for it in local.expressions().filter(|it| it.expression.role == Role::Jsonata) {
        let text = it.text();
        let marked = text.contains("{%") || text.contains("%}") || is_other_template(text);
        // Where text makes no sense at all, that is reported.
        let top = it.key.is_some_and(|key| key.text() == it.expression.field.name);
        let refused = top && !takes_text(it.expression.field.value);
        if !marked || is_expression(text) || refused || placeholders(text).next().is_some() {
            continue;
        }
        let message = "this stays plain text: an expression begins with `{%` and ends with `%}`";
        let finding = report.at(it.node, message);
        if let Some((title, expression)) = repaired(text) {
            finding.replace(title, it.node.range(), literal(&expression), false);
        }
    }
}

fn takes_text(value: Value) -> bool {
    matches!(
        value,
        Value::Payload
            | Value::Assignments
            | Value::Text
            | Value::ErrorName
            | Value::Condition
            | Value::RoleArn
    )
}

/// The expression that was probably meant.
fn repaired(text: &str) -> Option<(&'static str, String)> {
    let trimmed = text.trim();
    if is_other_template(trimmed) {
        let inner = trimmed[2..trimmed.len() - 2].trim();
        return Some(("Change the marks", format!("{{% {inner} %}}")));
    }
    if is_expression(trimmed) && trimmed[2..].find("%}") == Some(trimmed.len() - 4) {
        return Some(("Remove the blanks around the marks", trimmed.to_owned()));
    }
    match (trimmed.matches("{%").count(), trimmed.matches("%}").count()) {
        (1, 0) if trimmed.starts_with("{%") => {
            let inner = trimmed.trim_end_matches(['}', '%']).trim_end();
            Some(("Close the expression with `%}`", format!("{inner} %}}")))
        }
        (0, 1) if trimmed.ends_with("%}") => {
            let inner = trimmed.trim_start_matches(['{', '%']).trim_start();
            Some(("Open the expression with `{%`", format!("{{% {inner}")))
        }
        (opened, closed) if opened == closed && opened > 0 => {
            let mut pieces = Vec::new();
            let mut rest = text;
            while let Some((before, after)) = rest.split_once("{%") {
                let (code, behind) = after.split_once("%}")?;
                pieces.extend(quoted(before)?);
                pieces.push(format!("({})", code.trim()));
                rest = behind;
            }
            pieces.extend(quoted(rest)?);
            Some(("Join text and values in one expression", format!("{{% {} %}}", pieces.join(" & "))))
        }
        _ => None,
    }
}

/// A piece of text as a literal; nothing for an empty one, None for one with quotes or backslashes.
fn quoted(text: &str) -> Option<Option<String>> {
    let plain = !text.contains(['\'', '\\', '\n']);
    plain.then(|| (!text.is_empty()).then(|| format!("'{text}'")))
}
