//! What fields of the language mean, and the values that are one of a few words.

use asl_grammar::tree::Kind;

use crate::catalog::fields::{Field, Languages, Value};
use crate::catalog::states::StateType;
use crate::ide::locate::Located;

/// The key of a field.
pub(super) fn key_text(located: &Located) -> Option<String> {
    let (_, _, field) = located.field().filter(|_| located.is_key())?;
    Some(field_text(field))
}

/// A value that is one of a few words.
pub(super) fn value_text(located: &Located) -> Option<String> {
    let (_, member, field) = located.field()?;
    if member.value != located.node || located.node.kind() != Kind::String {
        return None;
    }
    let text = located.node.text();
    if field.name == "Type"
        && let Some(kind) = StateType::from_name(text)
    {
        return Some(format!(
            "**{} state**\n\n{}\n\n[Documentation]({})",
            kind.name(),
            kind.summary(),
            kind.link()
        ));
    }
    let Value::Enum(allowed) = field.value else { return None };
    let choice = allowed.iter().find(|it| it.value == text)?;
    Some(format!("`{}` – {}", choice.value, choice.summary))
}

/// The page of a field: what it holds, in which language, what it does.
pub fn field_text(field: &Field) -> String {
    let mut facts = vec![holds(field.value)];
    if field.nullable {
        facts.push("or `null`".into());
    }
    if field.jsonata {
        facts.push("or a JSONata expression".into());
    }
    let mut facts = facts.join(" ");
    if field.required {
        facts += " · required";
    }
    match field.languages {
        Languages::Both => {}
        Languages::JsonPath => facts += " · JSONPath only",
        Languages::Jsonata => facts += " · JSONata only",
    }
    if field.distributed {
        facts += " · Distributed Map only";
    }
    if let Some(default) = field.default {
        facts += &format!(" · default `{default}`");
    }
    let mut text = format!("**{}** – {facts}\n\n{}", field.name, field.summary);
    if let Some(instead) = field.deprecated {
        text += &format!("\n\nDeprecated: use `{instead}`.");
    }
    if let Value::Enum(allowed) = field.value {
        text += "\n";
        for choice in allowed {
            text += &format!("\n- `{}` – {}", choice.value, choice.summary);
        }
    }
    if !field.excludes.is_empty() {
        let names: Vec<String> = field.excludes.iter().map(|name| format!("`{name}`")).collect();
        text += &format!("\n\nNot together with {}.", names.join(", "));
    }
    text + &format!("\n\n[Documentation]({})", field.link)
}

fn holds(value: Value) -> String {
    let bounds = |min: Option<String>, max: Option<String>| match (min, max) {
        (Some(min), Some(max)) => format!(" from {min} to {max}"),
        (Some(min), None) => format!(" from {min}"),
        (None, Some(max)) => format!(" up to {max}"),
        (None, None) => String::new(),
    };
    match value {
        Value::Integer { min, max } => {
            format!("whole number{}", bounds(Some(min.to_string()), max.map(|max| max.to_string())))
        }
        Value::Number { min, max } => {
            format!("number{}", bounds(min.map(|min| min.to_string()), max.map(|max| max.to_string())))
        }
        Value::Text | Value::ErrorName => "text".into(),
        Value::Enum(_) => "one of a few words".into(),
        Value::Boolean => "`true` or `false`".into(),
        Value::StateName => "name of a state".into(),
        Value::Path(_) => "path".into(),
        Value::Payload => "any JSON".into(),
        Value::PayloadObject => "object".into(),
        Value::Assignments => "object of variables".into(),
        Value::AnyJson => "any plain JSON".into(),
        Value::Object(_) => "object".into(),
        Value::List { .. } => "list of objects".into(),
        Value::States => "states by their names".into(),
        Value::ErrorNames => "list of error names".into(),
        Value::Texts => "list of texts".into(),
        Value::Timestamp => "timestamp".into(),
        Value::Pattern => "text with `*` for any characters".into(),
        Value::Resource | Value::Action(_) => "ARN".into(),
        Value::RoleArn => "ARN of a role".into(),
        Value::Label => "label".into(),
        Value::Condition => "`true`, `false`".into(),
        Value::Items => "array or object".into(),
        Value::JsonPointer => "JSON pointer".into(),
    }
}
