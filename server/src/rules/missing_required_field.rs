use crate::asl::Language;
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
    pub static MISSING_REQUIRED_FIELD = { "missing-required-field", Error, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        // What a writer configuration lacks is a matter of result-writer-incomplete.
        if place.is_damaged() || place.place.object == Object::WriterConfig {
            continue;
        }
        let missing: Vec<&str> = missing(&place);
        if !missing.is_empty() {
            let message = format!("{} needs {}", place.place.object.title(), list(&missing));
            report.owner(&place, message);
        }
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
