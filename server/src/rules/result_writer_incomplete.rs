use asl_grammar::write::{self, Value};

use super::common::arguments;
use crate::asl::is_unknown;
use crate::catalog::fields::Object;
use crate::check::{Level, Local, PlaceView, Report};

rule! {
    /// # ResultWriter incomplete
    ///
    /// A `ResultWriter` has a destination (`Resource` with `Parameters`, or with `Arguments` in a JSONata state), a
    /// `WriterConfig` that says how the results look, or both. One that has neither says nothing, and a `Resource`
    /// without a bucket cannot be written to. AWS refuses the definition.
    ///
    /// A `WriterConfig` says both `OutputType` and `Transformation`.
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ResultWriter": {},
    ///   ^^^^^^^^^^^^^^ `ResultWriter` has neither a destination nor a `WriterConfig`
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ResultWriter": { "WriterConfig": { "OutputType": "JSON", "Transformation": "NONE" } },
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ResultWriter": { "WriterConfig": { "OutputType": "JSON" } },
    ///                     ^^^^^^^^^^^^^^ `WriterConfig` lacks `Transformation`
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ResultWriter": { "WriterConfig": { "OutputType": "JSON", "Transformation": "NONE" } },
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    pub static RESULT_WRITER_INCOMPLETE = { "result-writer-incomplete", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        // A misspelt field is reported as an unknown one.
        let unclear =
            place.is_damaged() || is_unknown(place.node) || place.members().any(|(_, field)| field.is_none());
        match place.place.object {
            Object::ResultWriter if !unclear => writer(local, &place, report),
            Object::WriterConfig if !unclear => config(local, &place, report),
            _ => {}
        }
    }
}

fn writer(local: &Local, place: &PlaceView, report: &mut Report) {
    if place.node.members().next().is_none() {
        let value = Value::object([(
            "WriterConfig",
            Value::object([("OutputType", Value::text("JSON")), ("Transformation", Value::text("NONE"))]),
        )]);
        let edit = asl_grammar::text::Edit { range: place.node.range(), text: value.inline() };
        report.owner(place, "`ResultWriter` has neither a destination nor a `WriterConfig`").fix(
            "Add a `WriterConfig`",
            [Some(edit)],
            false,
        );
        return;
    }
    // The other way round, a destination without `Resource`, is missing-required-field.
    if let Some(resource) = place.node.member("Resource")
        && arguments(place).is_none()
        && place.node.member("Parameters").or(place.node.member("Arguments")).is_none()
        && let Some(language) = place.language()
    {
        let name = if language == crate::asl::Language::Jsonata { "Arguments" } else { "Parameters" };
        let value = Value::object([("Bucket", Value::text("")), ("Prefix", Value::text(""))]);
        let edit = write::insert_after(local.source, resource, name, &value);
        report
            .owner(place, format!("`ResultWriter` has a `Resource`, but no `{name}` with the bucket"))
            .related(resource.node.range(), "the `Resource`")
            .fix(format!("Add `{name}`"), [edit], false);
    }
}

fn config(local: &Local, place: &PlaceView, report: &mut Report) {
    let missing: Vec<&str> =
        ["OutputType", "Transformation"].into_iter().filter(|name| !place.has(name)).collect();
    let message = match missing.as_slice() {
        [] => return,
        [one] => format!("`WriterConfig` lacks `{one}`"),
        [one, other, ..] => format!("`WriterConfig` lacks `{one}` and `{other}`"),
    };
    let finding = report.owner(place, message);
    // The tests of the AWS Toolkit hold a definition without it to be valid.
    if missing == ["Transformation"] {
        finding.level(Level::Warning);
    }
    let (output, transformation) = (Value::text("JSON"), Value::text("NONE"));
    let edit = match (place.node.member("OutputType"), place.node.member("Transformation")) {
        (Some(output), _) => write::insert_after(local.source, output, "Transformation", &transformation),
        (None, Some(after)) => write::insert_before(local.source, after, "OutputType", &output),
        (None, None) => Some(asl_grammar::text::Edit {
            range: place.node.range(),
            text: Value::object([("OutputType", output), ("Transformation", transformation)]).inline(),
        }),
    };
    finding.fix("Add what is missing", [edit], false);
}
