//! The fields of the object around the cursor that are not there yet.

use super::write::{Skeleton, key};
use super::{Completion, Context};
use crate::catalog::fields::{Field, Value};
use crate::ide::hover::field_text;

pub(super) fn complete(context: &Context, items: &mut Vec<Completion>) {
    let Some((object, language)) = context.object() else { return };
    let present: Vec<&str> = match context.spot.container {
        // The key that is being typed does not count.
        Some(container) => container
            .members()
            .filter(|member| {
                !member.key.touches(context.offset) || member.key.range().end < context.spot.typed.start
            })
            .map(|member| member.name())
            .collect(),
        None => Vec::new(),
    };
    for field in object.fields() {
        let excluded =
            present.contains(&field.name) || field.excludes.iter().any(|name| present.contains(name));
        let other_language = language.is_some_and(|language| !language.takes(field));
        if excluded || other_language || ends_already(field, &present) {
            continue;
        }
        let mut item = key(context, field.name, &skeleton(field));
        item.detail = if field.required { "required".into() } else { String::new() };
        item.docs = field_text(field);
        item.deprecated = field.deprecated.is_some();
        item.first = field.required;
        items.push(item);
    }
}

/// A state goes on or ends.
fn ends_already(field: &Field, present: &[&str]) -> bool {
    match field.name {
        "Next" => present.contains(&"End"),
        "End" => present.contains(&"Next"),
        _ => false,
    }
}

fn skeleton(field: &Field) -> Skeleton {
    // A default that means "no bound" is not what somebody has in mind who writes the field.
    let default = field.default.filter(|default| default.len() <= 4);
    if let (Value::Integer { .. } | Value::Number { .. }, Some(default)) = (field.value, default) {
        let json = format!("${{1:{default}}}");
        return Skeleton { yaml: format!(": {json}").into(), json: json.into() };
    }
    let (json, yaml) = match field.value {
        Value::Boolean if field.name == "End" => ("true", ": true"),
        Value::Boolean | Value::Condition => ("$1true", ": $1true"),
        Value::Integer { min: 0, .. } => ("${1:0}", ": ${1:0}"),
        Value::Integer { .. } | Value::Number { .. } => ("${1:1}", ": ${1:1}"),
        Value::Object(_) | Value::States | Value::PayloadObject | Value::Assignments => ("{$1}", ":\n  $1"),
        Value::List { .. } => ("[{$1}]", ":\n  - $1"),
        Value::ErrorNames | Value::Texts => ("[\"$1\"]", ":\n  - $1"),
        Value::Items => ("[$1]", ": $1"),
        Value::Payload | Value::AnyJson => ("{$1}", ":\n  $1"),
        _ => ("\"$1\"", ": $1"),
    };
    Skeleton::plain(json, yaml)
}
