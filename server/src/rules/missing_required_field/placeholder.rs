//! What to put in the place of a field that is missing: a value that is valid there, to be filled in.

use asl_grammar::tree::{Kind, Node};
use asl_grammar::write::Value;

use crate::asl::Language;
use crate::catalog::errors;
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, PlaceView};

/// None where no value would be better than another.
pub(super) fn placeholder(local: &Local, place: &PlaceView, field: &str) -> Option<Value> {
    Some(match (place.place.object, field) {
        (_, "Type") => Value::text(likely_type(place.node).name()),
        (Object::ItemReader, "Resource") => Value::text("arn:aws:states:::s3:getObject"),
        (Object::ResultWriter, "Resource") => Value::text("arn:aws:states:::s3:putObject"),
        (_, "Resource") => Value::text("arn:aws:states:::lambda:invoke"),
        (_, "Branches") => Value::List(vec![Value::object(machine(&inner_name(place)))]),
        (_, "ItemProcessor") => Value::object(machine(&inner_name(place))),
        (_, "StartAt") => Value::text(start_at(place)),
        (_, "States") => states(&start_at(place)),
        (_, "Choices") => Value::List(vec![rule(place)?]),
        (_, "Next") => Value::text(target(local, place)?),
        (_, "Condition") => Value::text(CONDITION),
        (_, "ErrorEquals") => Value::texts([error_name(place.node)?]),
        (_, "RoleArn") => Value::text("${RoleArn}"),
        _ => return None,
    })
}

const CONDITION: &str = "{% $exists($states.input.value) %}";

/// By the fields that it has.
fn likely_type(state: Node) -> StateType {
    let has = |names: &[&str]| names.iter().any(|name| state.member(name).is_some());
    match () {
        () if has(&["Resource"]) => StateType::Task,
        () if has(&["Choices"]) => StateType::Choice,
        () if has(&["Branches"]) => StateType::Parallel,
        () if has(&["ItemProcessor", "Iterator"]) => StateType::Map,
        () if has(&["Seconds", "SecondsPath", "Timestamp", "TimestampPath"]) => StateType::Wait,
        () if has(&["Error", "ErrorPath", "Cause", "CausePath"]) => StateType::Fail,
        () if has(&["Next", "End"]) => StateType::Pass,
        () => StateType::Succeed,
    }
}

/// A name for the only state inside a Parallel or Map state, where names may not repeat those outside.
fn inner_name(place: &PlaceView) -> String {
    format!("{} step", place.key.map_or("", Node::text))
}

fn machine(name: &str) -> [(&'static str, Value); 2] {
    [("StartAt", Value::text(name)), ("States", states(name))]
}

fn states(name: &str) -> Value {
    let pass = Value::object([("Type", Value::text("Pass")), ("End", Value::plain(true))]);
    Value::object([(name, pass)])
}

/// The first state, the one that is said to be first, or a new one.
fn start_at(place: &PlaceView) -> String {
    let said = place.node.get("StartAt").and_then(Node::as_str);
    let first = place.node.get("States").and_then(|states| states.members().next());
    said.or(first.map(|first| first.name())).unwrap_or("Start").to_owned()
}

/// A rule that leads to the `Default`, the only state that the Choice is known to lead to.
fn rule(place: &PlaceView) -> Option<Value> {
    let target = place.node.get("Default")?.as_str()?;
    Some(match place.language()? {
        Language::Jsonata => {
            Value::object([("Condition", Value::text(CONDITION)), ("Next", Value::text(target))])
        }
        Language::JsonPath => Value::object([
            ("Variable", Value::text("$.value")),
            ("IsPresent", Value::plain(true)),
            ("Next", Value::text(target)),
        ]),
    })
}

/// Where the state itself goes on to, for a rule or catcher of it.
fn target<'a>(local: &'a Local, place: &PlaceView<'a>) -> Option<&'a str> {
    let state = local.node(place.state()?.value);
    ["Next", "Default"].iter().find_map(|name| state.get(name)?.as_str())
}

/// All errors, in the last entry of its list; elsewhere those that a task makes.
fn error_name(entry: Node) -> Option<&'static str> {
    let list = entry.parent().filter(|list| list.kind() == Kind::Array)?;
    Some(if list.items().last() == Some(entry) { errors::ALL } else { errors::TASK_FAILED })
}
