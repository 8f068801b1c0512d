//! The parameters of a call, and what is nested in them: keys and values, as the catalogue knows them.

use asl_grammar::spot::Slot;
use asl_grammar::tree::{Kind as NodeKind, Node};

use super::docs::{Docs, ELEMENT};
use super::write::{Skeleton, key, literal, text};
use super::{Completion, Context, Kind};
use crate::asl::{CallView, Expected, Language, plain_key};
use crate::catalog::integrations::{Action, Kind as ShapeKind, Shape};

pub(super) fn complete(context: &Context, call: &CallView, at: Node, items: &mut Vec<Completion>) {
    let Some(action) = call.action() else { return };
    let is_root = call.given().is_some_and(|given| at == given.node || at == given.value);
    // A member stands for a value that is still to come.
    let expected = match is_root {
        true => action.input().map(|shape| Expected { shape, member: None, is_parameter: false }),
        false => call.expected(&action, at),
    };
    let Some(expected) = expected else { return };
    match (context.spot.slot, at.kind()) {
        (Slot::Key, _) => keys(context, call, &action, &expected, is_root, items),
        (Slot::Value, _) => {
            let Some(name) = context.spot.key.map(Node::text).filter(|it| plain_key(it) == *it) else {
                return;
            };
            if let Some(expected) = expected.inside(name, is_root) {
                values(context, &expected.shape, items);
            }
        }
        (Slot::Item, _) => {
            let Some(element) = expected.element() else { return };
            // Behind the dash of a block the keys of the element begin.
            if context.spot.block && element.shape.kind() == ShapeKind::Structure {
                keys(context, call, &action, &element, false, items);
            } else {
                values(context, &element.shape, items);
            }
        }
    }
}

fn keys(
    context: &Context,
    call: &CallView,
    action: &Action,
    expected: &Expected,
    is_root: bool,
    items: &mut Vec<Completion>,
) {
    let present = present(context);
    let shape = expected.shape;
    if let Some(words) = shape.key() {
        let skeleton = shape.value().map_or(TEXT, |value| skeleton(&value));
        let free = words.enum_values().filter(|word| !present.contains(word));
        items.extend(free.map(|word| key(context, word, &skeleton)));
        return;
    }
    // Exactly one member of a union is given.
    if shape.is_union() && !present.is_empty() {
        return;
    }
    let mut members: Vec<_> = shape.members().filter(|it| !present.contains(&it.name)).collect();
    members.sort_by_key(|it| (!it.required, it.deprecated));
    let base = path(context, call, is_root);
    let with_paths = call.language() != Some(Language::Jsonata);
    for member in members {
        let Some(inner) = expected.inside(member.name, is_root) else { continue };
        let mut item = key(context, member.name, &skeleton(&inner.shape));
        let required = if member.required { "required · " } else { "" };
        item.detail = format!("{required}{}", inner.shape.describe());
        let path = base.iter().cloned().chain([member.name.to_owned()]).collect();
        item.docs = Docs::Member { action: action.full_name(), path };
        item.deprecated = member.deprecated;
        item.first = member.required;
        let docs = item.docs.clone();
        items.push(item);
        if with_paths {
            let mut path = key(context, &format!("{}.$", member.name), &PATH);
            path.detail = format!("{required}path or intrinsic function");
            path.docs = docs;
            path.deprecated = member.deprecated;
            path.first = member.required;
            items.push(path);
        }
    }
}

/// The steps from the parameters as a whole to the object around the cursor.
fn path(context: &Context, call: &CallView, is_root: bool) -> Vec<String> {
    let root = call.given().map(|it| it.value);
    let node = context.spot.container.or(context.spot.key.and_then(Node::parent)).filter(|_| !is_root);
    let mut steps = Vec::new();
    // Behind the dash of a block the keys of an element begin.
    if context.spot.slot == Slot::Item {
        steps.push(ELEMENT.to_owned());
    }
    for step in node.into_iter().flat_map(Node::ancestors).take_while(|it| Some(*it) != root) {
        match step.parent() {
            _ if step.as_member().is_some() => {
                steps.extend(step.as_member().map(|it| plain_key(it.name()).to_owned()));
            }
            Some(parent) if parent.kind() == NodeKind::Array => steps.push(ELEMENT.to_owned()),
            _ => {}
        }
    }
    steps.reverse();
    steps
}

/// The keys that the object around the cursor has, but for the one that is being typed.
fn present<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let Some(container) = context.spot.container.filter(|it| it.kind() == NodeKind::Object) else {
        return Vec::new();
    };
    let typed = context.spot.typed.start;
    let others =
        container.members().filter(|it| !it.key.touches(context.offset) || it.key.range().end < typed);
    others.map(|it| plain_key(it.name())).collect()
}

fn values(context: &Context, shape: &Shape, items: &mut Vec<Completion>) {
    items.extend(shape.enum_values().map(|word| text(context, word, Kind::Value)));
    if shape.kind() == ShapeKind::Boolean && context.spot.quote.is_none() {
        items.extend(["true", "false"].map(|word| literal(context, word)));
    }
}

const TEXT: Skeleton = Skeleton::plain("\"$1\"", ": $1");
const PATH: Skeleton = Skeleton::plain("\"\\$$1\"", ": \\$$1");

/// The beginning of a value of this shape.
fn skeleton(shape: &Shape) -> Skeleton {
    let is_text = |it: Shape| !matches!(it.kind(), ShapeKind::Structure | ShapeKind::List | ShapeKind::Map);
    let (json, yaml) = match shape.kind() {
        ShapeKind::Structure | ShapeKind::Map | ShapeKind::Json | ShapeKind::Document => ("{$1}", ":\n  $1"),
        ShapeKind::List => match shape.item() {
            Some(item) if item.kind() == ShapeKind::Structure => ("[{$1}]", ":\n  - $1"),
            Some(item) if item.kind() == ShapeKind::String && is_text(item) => ("[\"$1\"]", ":\n  - $1"),
            _ => ("[$1]", ":\n  - $1"),
        },
        ShapeKind::Integer | ShapeKind::Long | ShapeKind::Float | ShapeKind::Double => ("${1:0}", ": ${1:0}"),
        ShapeKind::Boolean => ("$1true", ": $1true"),
        ShapeKind::String | ShapeKind::Timestamp | ShapeKind::Blob => return TEXT,
    };
    Skeleton::plain(json, yaml)
}
