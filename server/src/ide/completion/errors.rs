//! The names of errors: what the service of the state reports, what the language knows, what the document has made up.

use std::collections::HashSet;

use asl_grammar::spot::Slot;
use asl_grammar::tree::{Kind as NodeKind, Node};

use super::write::{literal, text};
use super::{Completion, Context, Kind};
use crate::asl::{CallView, Language, Placed, is_unknown};
use crate::catalog::errors::{self, ERRORS, ErrorName, RESERVED_PREFIX, TASK_FAILED, error_name};
use crate::catalog::fields::{Field, Object, Value};
use crate::catalog::integrations::resource::Kind as ResourceKind;
use crate::catalog::integrations::{Action, Integration, Pattern, action, services};
use crate::catalog::states::StateType;
use crate::ide::locate::placed_of;

/// Of the calls inside a Parallel or Map, so many are asked for their errors.
const MOST_CALLS: usize = 8;

pub(super) fn complete(context: &Context, field: &Field, items: &mut Vec<Completion>) {
    if field.value == Value::ErrorName {
        for name in own_names(context) {
            let mut item = text(context, name, Kind::Error);
            item.detail = "named elsewhere in this document".into();
            items.push(item);
        }
        return;
    }
    let mut seen = HashSet::new();
    let Some(entry) = Entry::of(context) else { return };
    let mut offer = |name: &str, detail: String, docs: &str| {
        if entry.can_match(name) && seen.insert(name.to_owned()) {
            let mut item = entry.item(context, name);
            item.detail = detail;
            item.docs = docs.to_owned().into();
            items.push(item);
        }
    };
    for (service, name) in entry.reported() {
        let known = error_name(&name).map_or("", |it| it.summary);
        offer(&name, service, known);
    }
    for error in ERRORS.iter().filter(|it| entry.raises(it)) {
        offer(error.name, "any state".into(), error.summary);
    }
    for name in entry.raised_inside() {
        offer(name, "raised inside this state".into(), "");
    }
    for name in own_names(context) {
        offer(name, "named elsewhere in this document".into(), "");
    }
}

/// A retrier or catcher, with what decides which errors it may name.
struct Entry<'a> {
    placed: Placed<'a>,
    state: Node<'a>,
    kind: Option<StateType>,
    language: Option<Language>,
    is_retrier: bool,
    /// Names of the same `ErrorEquals`, without the one that is being typed.
    beside: Vec<&'a str>,
    /// Names of the entries before it.
    before: Vec<&'a str>,
    is_last: bool,
    /// The value is the list itself, which is still to come.
    wants_list: bool,
}

impl<'a> Entry<'a> {
    fn of(context: &Context<'a>) -> Option<Entry<'a>> {
        let spot = &context.spot;
        let wants_list = spot.slot == Slot::Value;
        let container = spot.container?;
        let node = if wants_list { container } else { container.parent()?.parent()? };
        let placed = placed_of(context.analysis, node)?;
        let place = context.place(node)?;
        let list = node.parent().filter(|it| it.kind() == NodeKind::Array);
        let entries: Vec<Node> = list.into_iter().flat_map(Node::items).collect();
        let index = entries.iter().position(|it| *it == node).unwrap_or(entries.len());
        let names = |entry: Node<'a>| {
            let names = entry.get("ErrorEquals").into_iter().flat_map(Node::items);
            names.filter(|it| it.as_str().is_some())
        };
        let state = placed.fragment.states.get(place.state? as usize)?;
        Some(Entry {
            placed,
            state: placed.node(state.value),
            kind: state.kind,
            language: place.language,
            is_retrier: place.object == Object::Retrier,
            beside: names(node).filter(|it| !it.touches(context.offset)).map(Node::text).collect(),
            before: entries.iter().take(index).flat_map(|it| names(*it)).map(Node::text).collect(),
            is_last: index + 1 >= entries.len(),
            wants_list,
        })
    }

    /// Would the name be of use here? A wildcard that is not alone is refused, what an earlier entry takes never comes.
    fn can_match(&self, name: &str) -> bool {
        let shadowing = |names: &[&str]| {
            names.contains(&TASK_FAILED) && error_name(name).is_none_or(|it| it.in_task_failed)
        };
        !self.beside.contains(&name)
            && !self.before.contains(&name)
            && !self.beside.contains(&errors::ALL)
            && !shadowing(&self.before)
            && (name != errors::ALL || self.beside.is_empty() && self.is_last)
    }

    fn item(&self, context: &Context, name: &str) -> Completion {
        if !self.wants_list {
            return text(context, name, Kind::Error);
        }
        let mut item = literal(context, &format!("[\"{name}\"]"));
        item.label = name.to_owned();
        item.filter = name.to_owned();
        item.kind = Kind::Error;
        item
    }

    /// What the calls of the state report, with the service that does.
    fn reported(&self) -> Vec<(String, String)> {
        let range = self.state.range();
        let inside = |call: &CallView<'a>| match self.kind {
            Some(StateType::Parallel | StateType::Map) => {
                range.start <= call.resource().start() && call.resource().range().end <= range.end
            }
            _ => call.owner_node() == self.state,
        };
        let mut asked = HashSet::new();
        let actions = self.placed.calls().filter(inside).filter_map(|it| called(&it));
        let actions = actions.filter(|it| asked.insert(it.full_name())).take(MOST_CALLS);
        actions
            .flat_map(|action| {
                let title = action.service.title;
                action.errors().into_iter().map(move |name| (title.to_owned(), name))
            })
            .collect()
    }

    /// The errors of Fail states that stand inside this state.
    fn raised_inside(&self) -> impl Iterator<Item = &'a str> {
        let (placed, range) = (self.placed, self.state.range());
        let states = placed.fragment.states.iter().filter(|it| it.kind == Some(StateType::Fail));
        let errors = states.filter_map(move |it| placed.node(it.value).get("Error"));
        let errors = errors.filter(move |it| range.start < it.start() && it.start() < range.end);
        errors.filter(|it| !is_unknown(*it)).filter_map(Node::as_str).filter(|it| is_own(it))
    }

    /// Can a state of this type and language fail so?
    fn raises(&self, error: &ErrorName) -> bool {
        let usable = if self.is_retrier { error.retriable } else { error.catchable };
        let is = |kind| self.kind.is_none_or(|it| it == kind);
        let holds_states = is(StateType::Parallel) || is(StateType::Map);
        let in_language = |language| holds_states || self.language.is_none_or(|it| it == language);
        usable
            && !error.is_pattern()
            && match error.name {
                "States.HeartbeatTimeout" => holds_states || is(StateType::Task) && self.has_heartbeat(),
                "States.QueryEvaluationError" => in_language(Language::Jsonata),
                "States.IntrinsicFailure"
                | "States.ParameterPathFailure"
                | "States.ResultPathMatchFailure" => in_language(Language::JsonPath),
                "States.BranchFailed" => is(StateType::Parallel),
                "States.NoChoiceMatched" => holds_states,
                "States.ExceedToleratedFailureThreshold"
                | "States.ItemReaderFailed"
                | "States.ResultWriterFailed" => {
                    is(StateType::Map) && super::fits::map_mode(self.state) != Some(super::fits::Mode::Inline)
                }
                name if name.starts_with(errors::HTTP_PREFIX) => self.calls_http(),
                _ => true,
            }
    }

    /// Somebody else sends heartbeats: the worker of an activity, or whoever has the token.
    fn has_heartbeat(&self) -> bool {
        let given = |name| self.state.member(name).is_some();
        let call = self.placed.calls().find(|it| it.owner_node() == self.state);
        given("HeartbeatSeconds")
            || given("HeartbeatSecondsPath")
            || call.is_none_or(|it| {
                it.pattern().is_none_or(|it| it == Pattern::WaitForTaskToken)
                    || matches!(it.parsed().kind, ResourceKind::Activity | ResourceKind::Placeholder)
            })
    }

    fn calls_http(&self) -> bool {
        let range = self.state.range();
        self.placed.calls().any(|it| {
            it.parsed().kind == ResourceKind::HttpEndpoint
                && range.start <= it.resource().start()
                && it.resource().start() < range.end
        })
    }
}

/// The action that is called; a function by its own ARN fails as `lambda:invoke` does.
fn called(call: &CallView) -> Option<Action> {
    match call.parsed().kind {
        ResourceKind::LambdaFunction => action(Integration::Optimized, "lambda", "invoke"),
        _ => call.action(),
    }
}

/// The names that the document has made up, in `ErrorEquals` and in Fail states.
fn own_names<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let analysis = context.analysis;
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    for placed in (0..=analysis.syntax.parts.len()).filter_map(|it| analysis.placed(it)) {
        for place in &placed.fragment.places {
            let node = placed.node(place.node);
            let found: Vec<Node> = match place.object {
                Object::Retrier | Object::Catcher => {
                    node.get("ErrorEquals").into_iter().flat_map(Node::items).collect()
                }
                Object::State(StateType::Fail) => node.get("Error").into_iter().collect(),
                _ => continue,
            };
            let found = found.into_iter().filter(|it| !it.touches(context.offset) && !is_unknown(*it));
            let found = found.filter_map(Node::as_str).filter(|it| is_own(it));
            names.extend(found.filter(|it| seen.insert(*it)));
        }
    }
    names
}

fn is_own(name: &str) -> bool {
    let of_service = name.split_once('.').is_some_and(|(it, _)| services().any(|s| s.error_prefix == it));
    !name.is_empty() && !of_service && !name.starts_with(RESERVED_PREFIX) && !name.contains("{%")
}
