//! A whole element of a list of objects between brackets, where nothing of it is typed yet. In a block of YAML the
//! fields are offered behind the dash.

use serde_json::{Map, Value as Json};

use super::new_states::Around;
use super::template::{elements, renamed};
use super::write::value;
use super::{Completion, Context, Kind};
use crate::asl::Language;
use crate::catalog::fields::Object;

pub(super) fn complete(context: &Context, of: Object, items: &mut Vec<Completion>) {
    let list = context.spot.container.and_then(|it| it.parent()?.parent());
    let language = list.and_then(|it| context.place(it)?.language).unwrap_or(Language::JsonPath);
    let (Some(name), None) = (name_of(of), context.spot.quote) else { return };
    let Some(template) = elements(language).into_iter().find(|it| it.name == name) else { return };
    let machine = context.analysis.machine();
    let taken = |name: &str| machine.as_ref().is_some_and(|it| it.named(name).next().is_some());
    // The states of a branch stand one step further in than `renamed` looks.
    let element = Map::from_iter([(String::new(), Json::Object(template.body.clone()))]);
    let element = renamed(&element, false, None, &taken).into_values().next().unwrap_or_default();
    let snippet = Around::of(context).layout(context).value(&element);
    let mut item = value(context, name, Kind::Snippet, &snippet);
    if let Json::Object(members) = &element {
        item.detail = members.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    }
    items.push(item);
}

fn name_of(element: Object) -> Option<&'static str> {
    Some(match element {
        Object::Branch => "Branch",
        Object::ChoiceRule => "Rule",
        Object::NestedRule => "Nested rule",
        Object::Retrier => "Retrier",
        Object::Catcher => "Catcher",
        _ => return None,
    })
}
