//! The fields of the object around the cursor that are not there yet.

use asl_grammar::spot::Slot;

use super::docs::Docs;
use super::fits::field_fits;
use super::write::{Skeleton, key};
use super::{Completion, Context};
use crate::catalog::fields::{Field, Value};

pub(super) fn complete(context: &Context, items: &mut Vec<Completion>) {
    let Some((object, language)) = context.object() else { return };
    let present: Vec<&str> = match context.spot.container {
        // The key that is being typed does not count.
        Some(container) if context.spot.slot == Slot::Key => container
            .members()
            .filter(|member| {
                !member.key.touches(context.offset) || member.key.range().end < context.spot.typed.start
            })
            .map(|member| member.name())
            .collect(),
        _ => Vec::new(),
    };
    let node = context.spot.container.filter(|_| context.spot.slot == Slot::Key);
    for field in object.fields() {
        let other_language = language.is_some_and(|language| !language.takes(field));
        if other_language || !field_fits(object, node, field, &present) {
            continue;
        }
        let mut item = key(context, field.name, &skeleton(field));
        item.detail = if field.required { "required".into() } else { String::new() };
        item.docs = Docs::Field(object, field);
        item.deprecated = field.deprecated.is_some();
        item.first = field.required;
        items.push(item);
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
        Value::Boolean => ("$1true", ": $1true"),
        Value::Condition => ("\"{% ${1:true} %\\}\"", ": \"{% ${1:true} %\\}\""),
        Value::Path(_) => ("\"\\$$1\"", ": \\$$1"),
        Value::Timestamp => ("\"${1:2030-01-31T09:00:00Z}\"", ": \"${1:2030-01-31T09:00:00Z}\""),
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
