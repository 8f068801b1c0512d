//! Values that are one of a few words, or of a form that is hard to remember.

use super::fits::word_fits;
use super::write::{literal, text};
use super::{Completion, Context, Kind};
use crate::catalog::fields::{Field, Value};

/// What a timestamp looks like: the second one says its distance from UTC.
const TIMESTAMPS: [&str; 2] = ["2030-01-31T09:00:00Z", "2030-01-31T09:00:00+01:00"];

pub(super) fn complete(context: &Context, field: &Field, items: &mut Vec<Completion>) {
    match field.value {
        Value::Enum(allowed) => {
            for choice in allowed.iter().filter(|it| word_fits(context, field, it.value)) {
                let mut item = text(context, choice.value, Kind::Value);
                item.docs = choice.summary.to_owned().into();
                if field.default == Some(choice.value) {
                    item.detail = "default".into();
                }
                items.push(item);
            }
            if field.name == "Type" {
                super::new_states::types(context, items);
            }
        }
        Value::Boolean if context.spot.quote.is_none() => {
            items.extend(["true", "false"].map(|value| literal(context, value)));
        }
        Value::Timestamp => {
            for example in TIMESTAMPS {
                let mut item = text(context, example, Kind::Value);
                item.detail = "an example of the form".into();
                items.push(item);
            }
        }
        _ => {}
    }
}
