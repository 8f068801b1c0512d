//! What fields of the language mean, and their values.

use asl_grammar::tree::{Kind, Node};

use super::{Hover, about, is_plain_scalar, literals, retries};
use crate::asl::Language;
use crate::catalog::fields::{Field, Languages, Object, Value};
use crate::catalog::states::StateType;
use crate::ide::locate::Located;
use crate::ide::markdown::codes;

/// As many fields of a state are named.
const FIELDS: usize = 24;

pub(super) fn hover(located: &Located) -> Option<Hover> {
    let (place, member, field) = located.field()?;
    if located.is_key() {
        return Some(about(
            member.key,
            with(told(place.object, member.node, field), page(field, place.language)),
        ));
    }
    if member.value != located.node || !is_plain_scalar(located.node) {
        return None;
    }
    Some(about(located.node, value_text(place.object, place.language, member.node, field)?))
}

/// What a value says, then the page of its field.
fn value_text(object: Object, language: Option<Language>, member: Node, field: &Field) -> Option<String> {
    let value = member.as_member()?.value;
    let text = value.text();
    if field.name == "Type"
        && let Some(kind) = StateType::from_name(text)
    {
        return Some(state_type_text(kind, language));
    }
    match field.value {
        Value::Enum(allowed) => {
            let choice = allowed.iter().find(|it| it.value == text)?;
            Some(format!("`{}` – {}\n\n[Documentation]({})", choice.value, choice.summary, field.link))
        }
        Value::Integer { .. } | Value::Number { .. } if value.kind() == Kind::Number => {
            Some(with(told(object, member, field), page(field, language)))
        }
        Value::Boolean | Value::Condition if value.kind() == Kind::Bool => Some(page(field, language)),
        Value::Timestamp => Some(with(literals::timestamp(value), page(field, language))),
        Value::RoleArn => Some(with(literals::text(value), page(field, language))),
        Value::Pattern | Value::Label | Value::JsonPointer => Some(page(field, language)),
        Value::Path(_) if value.kind() == Kind::Null => Some(page(field, language)),
        _ => literals::text(value),
    }
}

/// What the value of a field comes to.
fn told(object: Object, member: Node, field: &Field) -> Option<String> {
    let value = member.as_member()?.value;
    let waits = ["IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds", "JitterStrategy"];
    if object == Object::Retrier && waits.contains(&field.name) {
        return retries::schedule(member.parent()?);
    }
    match field.value {
        Value::Timestamp => literals::timestamp(value),
        Value::Integer { .. } if field.name.ends_with("Seconds") => literals::seconds(value),
        _ => None,
    }
}

fn with(told: Option<String>, page: String) -> String {
    match told {
        Some(told) => format!("{told}\n\n{page}"),
        None => page,
    }
}

fn state_type_text(kind: StateType, language: Option<Language>) -> String {
    let fields = Object::State(kind).fields().iter();
    let fields = fields
        .filter(|it| it.name != "Type" && it.deprecated.is_none())
        .filter(|it| language.is_none_or(|language| language.takes(it)));
    let (needed, others): (Vec<&Field>, Vec<&Field>) = fields.partition(|it| it.required);
    let list = |fields: &[&Field]| codes(fields.iter().map(|it| it.name), FIELDS);
    let mut text = format!("**{} state**\n\n{}", kind.name(), kind.summary());
    if !needed.is_empty() {
        text += &format!("\n\nNeeds {}", list(&needed));
    }
    text += &format!("\n\nTakes {}", list(&others));
    text + &format!("\n\n[Documentation]({})", kind.link())
}

/// The page of a field: what it holds, in which language, what it does.
pub fn field_text(field: &Field) -> String {
    page(field, None)
}

/// The same where the query language is known: what another one would take is not told.
fn page(field: &Field, language: Option<Language>) -> String {
    let mut facts = vec![holds(field.value)];
    if field.nullable {
        facts.push("or `null`".into());
    }
    if field.jsonata && language != Some(Language::JsonPath) {
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
