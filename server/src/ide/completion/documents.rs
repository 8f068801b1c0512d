//! Whole documents, where there is nothing yet.

use serde_json::Value as Json;

use super::docs::Docs;
use super::new_states::Around;
use super::template::{self, Template};
use super::write::{members, value};
use super::{Completion, Context, Kind};
use crate::asl::Language;

/// In an empty document, or between the brackets of an empty object.
pub(super) fn complete(context: &Context, items: &mut Vec<Completion>) {
    for language in [Language::Jsonata, Language::JsonPath] {
        for template in template::documents(language) {
            items.push(item(context, &template, language));
        }
    }
}

fn item(context: &Context, template: &Template, language: Language) -> Completion {
    let label = format!("{} in {}", template.name, language.name());
    let around = Around::of(context);
    let layout = around.layout(context);
    let inside = context.spot.block || context.spot.container.is_some();
    let mut item = match inside {
        true => {
            let snippet = layout.members(template.body);
            members(context, &label, Kind::Snippet, &snippet, (&around.before, &around.after))
        }
        false => value(context, &label, Kind::Snippet, &layout.value(&Json::Object(template.body.clone()))),
    };
    item.detail = "new document".into();
    item.docs = Docs::Template { name: template.name.to_owned(), language, format: context.format };
    item
}
