mod placeholder;

use asl_grammar::text::Edit;
use asl_grammar::write::{self, Value};

use crate::asl::{Language, Machine};
use crate::catalog::fields::{Field, Object};
use crate::check::{Local, PlaceView, Report};

rule! {
    /// # Required field missing
    ///
    /// A field that the object cannot do without is not there; AWS refuses the definition. All fields that one
    /// object lacks are named together.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///                               ^^^ a Task state needs `Resource`
    ///   "Type": "Task",
    ///   "Catch": [{ "ErrorEquals": ["States.ALL"] }],
    ///             ^ a catcher needs `Next`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "States": {
    /// ^ the machine needs `StartAt`
    ///   "A": {
    ///   ^^^ a Map state needs `ItemProcessor`
    ///     "Type": "Map",
    ///     "Retry": [{}],
    ///               ^ a retrier needs `ErrorEquals`
    ///     "Catch": [{ "ErrorEquals": ["Busy"] }],
    ///               ^ a catcher needs `Next`
    ///     "Next": "B"
    ///   },
    ///   "B": { "Comment": "Too late", "Seconds": 3, "End": true }
    ///   ^^^ a state needs `Type`
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Map",
    ///     "ItemProcessor": {
    ///       "StartAt": "A step",
    ///       "States": {
    ///         "A step": {
    ///           "Type": "Pass",
    ///           "End": true
    ///         }
    ///       }
    ///     },
    ///     "Retry": [{ "ErrorEquals": ["States.ALL"] }],
    ///     "Catch": [{ "ErrorEquals": ["Busy"], "Next": "B" }],
    ///     "Next": "B"
    ///   },
    ///   "B": { "Type": "Wait", "Comment": "Too late", "Seconds": 3, "End": true }
    /// } }
    /// ```
    ///
    /// ```asl fails yaml
    /// StartAt: A
    /// States:
    ///   A:
    ///   ^ a Parallel state needs `Branches`
    ///     Type: Parallel
    ///     End: true
    /// ```
    ///
    /// ```asl fixed yaml
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Parallel
    ///     Branches:
    ///       - StartAt: A step
    ///         States:
    ///           A step:
    ///             Type: Pass
    ///             End: true
    ///     End: true
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sns:publish",
    ///     "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "B" }],
    ///     "End": true
    ///   },
    ///   "B": { "Type": "Fail" }
    /// } }
    /// ```
    pub static MISSING_REQUIRED_FIELD = { "missing-required-field", Error, Both(check, check_machine), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        // What a writer configuration lacks is a matter of result-writer-incomplete.
        if place.is_damaged() || place.place.object == Object::WriterConfig {
            continue;
        }
        let missing: Vec<&str> = missing(&place);
        // The states of the document stand in pieces of their own: see below.
        if missing.is_empty() || place.place.object == Object::Machine && missing == ["StartAt"] {
            continue;
        }
        let message = format!("{} needs {}", place.place.object.title(), list(&missing));
        let new: Option<Vec<(String, Value)>> = missing
            .iter()
            .map(|name| Some(((*name).to_owned(), placeholder::placeholder(local, &place, name)?)))
            .collect();
        let edit = new.and_then(|new| insert(local, &place, &new));
        report.owner(&place, message).fix(format!("Add {}", list(&missing)), [edit], false);
    }
}

/// The machine knows its states, and with them the one to start at.
fn check_machine(machine: &Machine, report: &mut Report) {
    let scope = &machine.scopes[0];
    if scope.damaged || scope.node.get("StartAt").is_some() || scope.node.get("States").is_none() {
        return;
    }
    let message = format!("{} needs `StartAt`", Object::Machine.title());
    let finding = report.on(scope.node, scope.node.open(), message);
    if let (Some(first), Some(states)) = (scope.states.first(), scope.node.member("States")) {
        let name = machine.state(*first).name();
        let edit = write::insert_before(machine.source, states, "StartAt", &Value::text(name));
        finding.fix(format!("Start at `{name}`"), [edit], false);
    }
}

/// Where people look for it: the type first, what a state does behind it, where it goes on to last.
fn insert(local: &Local, place: &PlaceView, new: &[(String, Value)]) -> Option<Edit> {
    match (new, place.node.member("Type")) {
        ([(name, value)], Some(kind)) => write::insert_after(local.source, kind, name, value),
        ([(name, value)], None) if name == "Next" => write::append(local.source, place.node, name, value),
        _ => write::prepend(local.source, place.node, new),
    }
}

fn missing<'a>(place: &PlaceView) -> Vec<&'a str> {
    let applies = |field: &&Field| match place.language() {
        Some(language) => language.takes(field),
        None => field.languages.in_jsonpath() && field.languages.in_jsonata(),
    };
    let required = place.place.object.fields().iter().filter(|field| field.required).filter(applies);
    let mut missing: Vec<&str> = required.map(|field| field.name).filter(|name| !place.has(name)).collect();
    // Fields of which the object needs one, or which it needs together with another.
    match place.place.object {
        Object::State(crate::catalog::states::StateType::Map)
            if !place.has("ItemProcessor") && !place.has("Iterator") =>
        {
            missing.push("ItemProcessor");
        }
        Object::Credentials if !place.has("RoleArn") && !place.has("RoleArn.$") => missing.push("RoleArn"),
        Object::ResultWriter
            if (place.has("Parameters") || place.has("Arguments"))
                && !place.has("Resource")
                && !missing.contains(&"Resource") =>
        {
            missing.push("Resource");
        }
        // A rule of the other language is reported as such; what it lacks in this one is a consequence.
        Object::ChoiceRule if place.language() == Some(Language::Jsonata) && is_jsonpath_rule(place) => {
            missing.retain(|name| *name != "Condition");
        }
        _ => {}
    }
    missing
}

fn is_jsonpath_rule(place: &PlaceView) -> bool {
    place.members().any(|(_, field)| field.is_some_and(|field| !field.languages.in_jsonata()))
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
