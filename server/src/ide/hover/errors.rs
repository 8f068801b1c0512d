//! Error names in `ErrorEquals` and `Error`: what they mean, who raises them, what takes them.

use std::ops::Range;

use asl_grammar::tree::{Kind, Node};

use super::{Hover, about};
use crate::asl::{CallView, is_unknown};
use crate::catalog::errors::{self, ErrorName, error_name, service_error, status_words};
use crate::catalog::fields::Value;
use crate::catalog::integrations::resource::Kind as ResourceKind;
use crate::catalog::integrations::{Action, Service, services};
use crate::ide::locate::{Located, place_of};
use crate::ide::markdown::{code, codes};

/// As many names fit into a line, and as many calls of a Map or Parallel state are looked at.
const NAMES: usize = 6;
const CALLS: usize = 40;

pub(super) fn hover(located: &Located) -> Option<Hover> {
    let node = located.node;
    if node.kind() != Kind::String || located.is_key() || node.text().is_empty() || is_unknown(node) {
        return None;
    }
    let raised = match located.field() {
        Some((_, member, field)) if field.value == Value::ErrorName => {
            (member.value == node).then_some(true)?
        }
        _ => in_list(located).then_some(false)?,
    };
    let name = node.text();
    if super::is_expression(name) {
        return None;
    }
    Some(about(node, text(located, name, raised)))
}

/// Is the node an element of `ErrorEquals`?
fn in_list(located: &Located) -> bool {
    let found = || {
        let list = located.node.parent().filter(|it| it.kind() == Kind::Array)?;
        let member = list.parent()?.as_member()?;
        let place = place_of(located.placed.fragment, member.node.parent()?)?;
        Some(place.object.field(member.name())?.value == Value::ErrorNames)
    };
    found().unwrap_or_default()
}

fn text(located: &Located, name: &str, raised: bool) -> String {
    let calls = calls(located);
    let actions: Vec<Action> = calls.iter().filter_map(CallView::action).collect();
    if let Some(known) = error_name(name) {
        return predefined(name, known);
    }
    if name.starts_with(errors::RESERVED_PREFIX) {
        return format!(
            "{} – not known\n\nNames that begin with `States.` belong to the language.",
            code(name)
        );
    }
    let (mut text, reference) = match service_of(name, &actions) {
        Some(service) => of_service(name, &service, &actions),
        None => (of_ones_own(located, name, raised, &calls, &actions), None),
    };
    if !raised {
        text += "\n\n`States.TaskFailed` and `States.ALL` take it too.";
    }
    if let Some(url) = reference {
        text += &format!("\n\n[API reference]({url})");
    }
    text + &format!("\n\n[Documentation]({})", errors::LINK)
}

fn predefined(name: &str, error: &ErrorName) -> String {
    let mut text = format!("**{name}** – error of the language\n\n{}", error.summary);
    if let Some(words) = status_words(name).filter(|_| error.is_pattern()) {
        text += &format!(" The status stands for “{words}”.");
    }
    let takers = match (error.in_all, error.in_task_failed) {
        _ if !error.catchable && !error.retriable => "",
        _ if error.is_wildcard() => "",
        (true, true) => "\n\n`States.TaskFailed` and `States.ALL` take it too.",
        (true, false) => "\n\n`States.ALL` takes it too.",
        (false, _) => "",
    };
    text + takers + &format!("\n\n[Documentation]({})", errors::LINK)
}

/// The service whose errors begin so. One that the state calls comes first.
fn service_of(name: &str, actions: &[Action]) -> Option<Service> {
    let (prefix, _) = name.split_once('.')?;
    let called = actions.iter().map(|it| it.service);
    called.chain(services()).find(|it| it.error_prefix == prefix)
}

/// What is known of an error of a service, and the page of the API where it is listed.
fn of_service(name: &str, service: &Service, actions: &[Action]) -> (String, Option<String>) {
    let mut text = format!("{} – error of {}", code(name), service.title);
    let meaning = service_error(name).map(str::to_owned);
    let status =
        || status_words(name).map(|words| format!("The service answered with this status: {words}."));
    if let Some(meaning) = meaning.or_else(status) {
        text += &format!("\n\n{meaning}");
    }
    let of_service: Vec<&Action> =
        actions.iter().filter(|it| it.service.error_prefix == service.error_prefix).collect();
    let raisers: Vec<&&Action> =
        of_service.iter().filter(|it| it.errors().iter().any(|error| error == name)).collect();
    let list = |actions: &[&Action]| {
        let mut names: Vec<String> = actions.iter().map(|it| it.full_name()).collect();
        names.sort();
        names.dedup();
        codes(names.iter().map(String::as_str), NAMES)
    };
    let reference = raisers.first().and_then(|it| it.api_url());
    if !raisers.is_empty() {
        let raisers: Vec<&Action> = raisers.iter().map(|it| **it).collect();
        text += &format!("\n\nListed among the errors of {}", list(&raisers));
    } else if !of_service.is_empty() {
        text += &format!("\n\nNot among the listed errors of {}; others may come.", list(&of_service));
    } else if let Some(action) = actions.first().filter(|it| !it.service.error_prefix.is_empty()) {
        text += &format!(
            "\n\nThis state calls {}, whose errors begin with `{}.`",
            code(&action.full_name()),
            action.service.error_prefix
        );
    }
    (text, reference)
}

/// An error that the workflow itself or the code it runs has named.
fn of_ones_own(
    located: &Located,
    name: &str,
    raised: bool,
    calls: &[CallView],
    actions: &[Action],
) -> String {
    let mut text = format!("{} – error of one's own", code(name));
    if raised {
        text += "\n\nThe execution fails with this name; inside a branch or an item processor, `Retry` and `Catch` of \
                 the state around it can name it.";
        return text;
    }
    let raisers = fail_states(located, name);
    if !raisers.is_empty() {
        text += &format!("\n\nRaised by {}", codes(raisers.iter().copied(), NAMES));
    }
    let runs_function = calls.iter().any(|it| it.parsed().kind == ResourceKind::LambdaFunction)
        || actions.iter().any(|it| it.service.token == "lambda" && it.name() == "invoke");
    if runs_function {
        text += "\n\nA Lambda function reports what its code throws by the name of its type.";
    } else if calls.iter().any(|it| it.parsed().kind == ResourceKind::Activity)
        || calls.iter().any(|it| it.parsed().part(&it.parsed().pattern) == Some(".waitForTaskToken"))
    {
        text += "\n\nWhoever completes the task names its error in `SendTaskFailure`.";
    }
    text
}

/// The Fail states inside the state that raise an error of that name. Those beside it end the execution: nobody takes
/// their errors.
fn fail_states<'a>(located: &Located<'a>, name: &str) -> Vec<&'a str> {
    let Some(range) = state_range(located) else { return Vec::new() };
    let placed = &located.placed;
    let states = placed.fragment.states.iter();
    let inside = states.filter(|state| range.contains(&placed.node(state.key).start()));
    let raising =
        inside.filter(|state| placed.node(state.value).get("Error").and_then(Node::as_str) == Some(name));
    raising.map(|state| placed.node(state.key).text()).collect()
}

/// What the state calls to which the list of errors belongs; of a Map or Parallel state, what is called inside.
fn calls<'a>(located: &Located<'a>) -> Vec<CallView<'a>> {
    let Some(range) = state_range(located) else { return Vec::new() };
    let inside = |call: &CallView| range.contains(&call.resource().start());
    located.placed.calls().filter(inside).take(CALLS).collect()
}

/// The value of the state that the node stands in.
fn state_range(located: &Located) -> Option<Range<usize>> {
    let fragment = located.placed.fragment;
    let state = located.node.ancestors().find_map(|node| place_of(fragment, node)?.state)?;
    Some(located.placed.node(fragment.states.get(state as usize)?.value).range())
}
