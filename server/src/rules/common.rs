//! Questions that several rules ask.

use std::ops::Range;

use asl_grammar::tree::{Kind, Member, Node};

use crate::asl::{Language, is_unknown};
use crate::catalog::fields::{Object, Value, operator};
use crate::catalog::states::StateType;
use crate::check::{Local, PlaceView};
use crate::config::MachineType;

/// The arrays of retriers and of catchers that a state has.
pub(super) fn error_lists<'a>(place: &PlaceView<'a>) -> impl Iterator<Item = Member<'a>> + use<'a> {
    let state = match place.place.object {
        Object::State(StateType::Task | StateType::Map | StateType::Parallel) => Some(place.node),
        _ => None,
    };
    let members = state.into_iter().flat_map(Node::members);
    members.filter(|member| member.key.as_str().is_some() && matches!(member.name(), "Retry" | "Catch"))
}

/// The error names of a retrier or catcher that can be read.
pub(super) fn error_names<'a>(entry: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    let names = entry.get("ErrorEquals").into_iter().flat_map(Node::items);
    names.filter(|name| name.as_str().is_some() && !is_unknown(*name))
}

/// The payloads of a place: what its fields hold that is not the language's.
pub(super) fn payloads<'a>(place: &PlaceView<'a>) -> impl Iterator<Item = Node<'a>> + use<'a> {
    place.members().filter_map(|(member, field)| match field?.value {
        Value::Payload | Value::PayloadObject | Value::Assignments | Value::AnyJson | Value::Items => {
            Some(member.value)
        }
        _ => None,
    })
}

/// A value and all values in it.
pub(super) fn descendants<'a>(value: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    let mut waiting = vec![value];
    std::iter::from_fn(move || {
        let node = waiting.pop()?;
        waiting.extend(node.children());
        Some(node)
    })
}

/// Why a state runs in an Express workflow.
pub(super) enum Express<'a> {
    /// The configuration says so.
    Machine,
    /// It belongs to the children of a Distributed Map; this is their `ExecutionType`.
    Children(Node<'a>),
}

pub(super) fn express<'a>(local: &'a Local, place: &PlaceView) -> Option<Express<'a>> {
    let mut state = place.place.state?;
    loop {
        let Some(scope) = local.fragment.states[state as usize].scope else {
            return (local.machine_type == MachineType::Express).then_some(Express::Machine);
        };
        let scope = &local.fragment.scopes[scope as usize];
        if scope.distributed {
            let kind = local.node(scope.node).get("ProcessorConfig")?.get("ExecutionType")?;
            return (kind.as_str() == Some("EXPRESS")).then_some(Express::Children(kind));
        }
        state = scope.owner;
    }
}

/// How a Map works on its items. None when that cannot be told.
#[derive(Clone, Copy)]
pub(super) enum Mode<'a> {
    Inline { processor: Member<'a> },
    Distributed,
}

pub(super) fn map_mode<'a>(map: Node<'a>) -> Option<Mode<'a>> {
    let processor = map.member("ItemProcessor").or_else(|| map.member("Iterator"))?;
    if processor.value.kind() != Kind::Object || is_unknown(processor.value) {
        return None;
    }
    let Some(config) = processor.value.get("ProcessorConfig") else {
        return (!processor.value.is_damaged()).then_some(Mode::Inline { processor });
    };
    if config.kind() != Kind::Object || is_unknown(config) {
        return None;
    }
    match config.get("Mode").map(Node::as_str) {
        None if config.is_damaged() => None,
        None | Some(Some("INLINE")) => Some(Mode::Inline { processor }),
        Some(Some("DISTRIBUTED")) => Some(Mode::Distributed),
        Some(_) => None,
    }
}

/// The ending of the `Resource` of a task that says how the task waits, with its place.
pub(super) fn pattern(resource: Node) -> Option<(&'static str, Range<usize>)> {
    let text = resource.as_str()?;
    if !(text.contains(":states:") || crate::asl::has_placeholder(text)) {
        return None;
    }
    let found =
        [".waitForTaskToken", ".sync:2", ".sync"].into_iter().find(|ending| text.ends_with(ending))?;
    Some((found, resource.source_range(text.len() - found.len()..text.len())))
}

/// The ARN of an activity.
pub(super) fn is_activity(resource: &str) -> bool {
    let mut parts = resource.split(':');
    parts.next() == Some("arn") && parts.nth(1) == Some("states") && parts.nth(2) == Some("activity")
}

/// The ARN of a Lambda function.
pub(super) fn is_function(resource: &str) -> bool {
    let mut parts = resource.split(':');
    parts.next() == Some("arn") && parts.nth(1) == Some("lambda") && parts.nth(2) == Some("function")
}

/// Does a task call a Lambda function?
pub(super) fn is_lambda(resource: Node) -> bool {
    resource.as_str().is_some_and(|text| is_function(text) || integration(text) == Some("lambda:invoke"))
}

/// The service and action of `arn:aws:states:::service:action`, without what says how to wait.
pub(super) fn integration(resource: &str) -> Option<&str> {
    let rest = resource.strip_prefix("arn:")?;
    let (_, rest) = rest.split_once(":states:::")?;
    Some(
        [".waitForTaskToken", ".sync:2", ".sync"]
            .iter()
            .find_map(|end| rest.strip_suffix(end))
            .unwrap_or(rest),
    )
}

/// What a task hands to its service: `Parameters`, or `Arguments` in a JSONata state.
pub(super) fn arguments<'a>(place: &PlaceView<'a>) -> Option<Member<'a>> {
    let name = if place.language() == Some(Language::Jsonata) { "Arguments" } else { "Parameters" };
    place.node.member(name)
}

/// A number that is written as a whole one.
pub(super) fn whole_number(value: Node) -> Option<u64> {
    if value.kind() == Kind::Number { value.text().parse().ok() } else { None }
}

/// `a.b` of the path `$.a.b`, if the path goes along plain names only.
pub(super) fn plain_path(path: &str) -> Option<&str> {
    let rest = path.strip_prefix('$')?;
    let steps = match rest.strip_prefix('.') {
        Some(steps) => steps,
        None if rest.is_empty() => return Some(""),
        None => return None,
    };
    let plain = |step: &str| {
        step.starts_with(|c: char| c.is_ascii_alphabetic())
            && step.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !matches!(step, "and" | "or" | "in" | "true" | "false" | "null")
    };
    steps.split('.').all(plain).then_some(steps)
}

/// The JSONata that reads what a plain path reads.
pub(super) fn path_to_jsonata(path: &str) -> Option<String> {
    match plain_path(path)? {
        "" => Some("$states.input".to_owned()),
        steps => Some(format!("$states.input.{steps}")),
    }
}

/// A rule of a Choice state in JSONPath, at any depth.
pub(super) fn is_jsonpath_rule(place: &PlaceView) -> bool {
    matches!(place.place.object, Object::ChoiceRule | Object::NestedRule)
        && place.language() == Some(Language::JsonPath)
        && !is_unknown(place.node)
}

/// What a choice rule tests by: its comparison operators and its `And`, `Or` and `Not`.
pub(super) fn tests<'a>(rule: &PlaceView<'a>) -> impl Iterator<Item = Member<'a>> + use<'a> {
    rule.node
        .members()
        .filter(|member| operator(member.name()).is_some() || matches!(member.name(), "And" | "Or" | "Not"))
}
