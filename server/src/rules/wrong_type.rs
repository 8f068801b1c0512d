use asl_grammar::text::Edit;
use asl_grammar::tree::{Kind, Node};
use asl_grammar::write;

use crate::asl::{Language, is_expression, is_unknown};
use crate::catalog::fields::{Field, Value};
use crate::check::{Level, Local, PlaceView, Report};

rule! {
    /// # Value of the wrong type
    ///
    /// The field holds something else than the language lets it hold: text where a number belongs, an object where a
    /// list belongs. AWS refuses the definition. What stands inside of such a value is not looked at.
    ///
    /// A whole number must be written as one: `5`, not `5.0` or `"5"`. In a JSONata state many fields also take an
    /// expression, `"{% … %}"`.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "TimeoutSeconds": "60",
    ///                     ^^^^ `TimeoutSeconds` takes a whole number, not a text
    ///   "Retry": { "ErrorEquals": ["States.ALL"] },
    ///            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `Retry` takes an array, not an object
    ///   "End": "true"
    ///          ^^^^^^ `End` takes `true` or `false`, not a text
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "TimeoutSeconds": 60,
    ///   "Retry": [{ "ErrorEquals": ["States.ALL"] }],
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Condition": "$states.input.n > 1", "Next": "D" }], "Default": "D" },
    ///                                                       ^^^^^^^^^^^^^^^^^^^^^ `Condition` takes `true`, `false` or an expression, not a text
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Condition": "{% $states.input.n > 1 %}", "Next": "D" }], "Default": "D" },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static WRONG_TYPE = { "wrong-type", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        for (member, field) in place.members() {
            if let Some(field) = field {
                check_field(local, &place, field, member.value, report);
            }
        }
    }
    // The members of `States` are states, whatever else they hold.
    for state in &local.fragment.states {
        let value = local.node(state.value);
        if value.kind() != Kind::Object && !is_unknown(value) {
            report.at(value, format!("a state is an object, not {}", describe(value)));
        }
    }
}

fn check_field(local: &Local, place: &PlaceView, field: &Field, value: Node, report: &mut Report) {
    if is_unknown(value) || (field.nullable && value.kind() == Kind::Null) {
        return;
    }
    let jsonata = place.language() != Some(Language::JsonPath);
    if field.jsonata && jsonata && value.as_str().is_some_and(is_expression) {
        return;
    }
    // A field of the other language is reported as such.
    if place.language().is_some_and(|language| !language.takes(field)) {
        return;
    }
    let Some(expected) = expected(field.value, value) else { return check_items(field, value, report) };
    let finding = report.at(value, format!("`{}` takes {expected}, not {}", field.name, describe(value)));
    if field.value == Value::PayloadObject && !jsonata {
        // The specification asks for an object; what AWS does with anything else is not known.
        finding.level(Level::Warning);
    }
    let range = value.range();
    match (field.value, value.kind()) {
        (Value::Integer { .. } | Value::Number { .. } | Value::Boolean | Value::Condition, Kind::String) => {
            let text = value.text();
            if expected_kind(field.value, text) {
                finding.replace("Remove the quotes", range, text.to_owned(), true);
            } else if field.value == Value::Condition && value.is_quoted() && !text.trim().is_empty() {
                let marks = [(value.content().start, "{% "), (value.content().end, " %}")];
                let edits = marks.map(|(at, text)| Some(Edit { range: at..at, text: text.into() }));
                finding.fix("Make it an expression", edits, false);
            }
        }
        (Value::List { .. }, Kind::Object) | (Value::ErrorNames | Value::Texts, Kind::String)
            if value.is_quoted() || value.kind() == Kind::Object =>
        {
            finding.fix("Wrap in an array", [Some(write::wrap_in_array(local.source, value))], true);
        }
        _ => {}
    }
}

/// The elements of lists that hold something else than objects of the language.
fn check_items(field: &Field, value: Node, report: &mut Report) {
    match field.value {
        Value::List { .. } => {
            for item in value.items().filter(|item| item.kind() != Kind::Object && !is_unknown(*item)) {
                report.at(item, format!("`{}` holds objects, not {}", field.name, describe(item)));
            }
        }
        Value::ErrorNames | Value::Texts => {
            for item in value.items().filter(|item| item.kind() != Kind::String && !is_unknown(*item)) {
                report.at(item, format!("`{}` holds texts, not {}", field.name, describe(item)));
            }
        }
        _ => {}
    }
}

/// What the field takes, if the value is not that.
fn expected(takes: Value, value: Node) -> Option<&'static str> {
    use Value::*;
    let kind = value.kind();
    let (fits, expected) = match takes {
        Text | Enum(_) | StateName | ErrorName | Timestamp | Pattern | Resource | Action(_) | Label
        | JsonPointer => (kind == Kind::String, "a text"),
        RoleArn => (kind == Kind::String, "the ARN of a role"),
        Path(_) => (kind == Kind::String, "a path"),
        Integer { .. } => (is_integer(value), "a whole number"),
        Number { .. } => (kind == Kind::Number, "a number"),
        Boolean => (kind == Kind::Bool, "`true` or `false`"),
        PayloadObject | Assignments | Object(_) | States => (kind == Kind::Object, "an object"),
        List { .. } => (kind == Kind::Array, "an array"),
        ErrorNames | Texts => (kind == Kind::Array, "an array of texts"),
        // Half an expression is reported as such.
        Condition => {
            let marked = value.as_str().is_some_and(|text| text.contains("{%") || text.contains("%}"));
            (kind == Kind::Bool || marked, "`true`, `false` or an expression")
        }
        Items => (matches!(kind, Kind::Array | Kind::Object), "an array, an object or an expression"),
        Payload | AnyJson => (true, ""),
    };
    (!fits).then_some(expected)
}

fn is_integer(value: Node) -> bool {
    value.kind() == Kind::Number && value.text().bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn expected_kind(takes: Value, text: &str) -> bool {
    match takes {
        Value::Integer { .. } => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
        Value::Number { .. } => text.parse::<f64>().is_ok_and(f64::is_finite),
        Value::Boolean | Value::Condition => matches!(text, "true" | "false"),
        _ => false,
    }
}

/// What kind of value this is, for a message.
pub fn describe(value: Node) -> &'static str {
    match value.kind() {
        Kind::Object => "an object",
        Kind::Array => "an array",
        Kind::String => "a text",
        Kind::Number if is_integer(value) => "a number",
        Kind::Number => "a number with a fraction or an exponent",
        Kind::Bool => "`true` or `false`",
        Kind::Null => "`null`",
        Kind::Member | Kind::Opaque | Kind::Missing => "this",
    }
}
