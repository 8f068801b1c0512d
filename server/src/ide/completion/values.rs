//! Values that are one of a few words.

use super::write::{literal, text};
use super::{Completion, Context, Kind};
use crate::catalog::fields::{Field, Value};

pub(super) fn complete(context: &Context, field: &Field, items: &mut Vec<Completion>) {
    match field.value {
        Value::Enum(allowed) => {
            for choice in allowed {
                let mut item = text(context, choice.value, Kind::Value);
                item.docs = choice.summary.to_owned();
                items.push(item);
            }
        }
        Value::Boolean if context.spot.quote.is_none() => {
            items.extend(["true", "false"].map(|value| literal(context, value)));
        }
        _ => {}
    }
}
