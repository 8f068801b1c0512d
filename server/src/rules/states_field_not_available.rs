use asl_grammar::jsonata::query;

use crate::asl::expressions::Outcome;
use crate::catalog::fields::Object;
use crate::check::{Local, Report};

rule! {
    /// # `$states.result` or `$states.errorOutput` where it does not exist
    ///
    /// The result exists when a Task, Parallel or Map state has done its work: in its `Output` and `Assign`. The error
    /// exists in the `Output` and `Assign` of a catcher. AWS refuses the definition when they are used elsewhere.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sqs:sendMessage",
    ///   "Arguments": { "QueueUrl": "{% $states.result.url %}", "MessageBody": "hello" },
    ///                                  ^^^^^^^^^^^^^^ `$states.result` does not exist here, only in `Output` and `Assign` of a Task, Parallel or Map state
    ///   "Output": "{% $states.result %}",
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sqs:sendMessage",
    ///   "Arguments": { "QueueUrl": "{% $states.input.url %}", "MessageBody": "hello" },
    ///   "Output": "{% $states.result %}",
    ///   "End": true
    /// } } }
    /// ```
    pub static STATES_FIELD_NOT_AVAILABLE = { "states-field-not-available", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.jsonata().filter(|(_, tree)| tree.text().contains("$states")) {
        // A state whose type is not known may have a result.
        if it.place.object == Object::UntypedState {
            continue;
        }
        for path in query::member_paths(tree).into_iter().filter(|path| path.name == "states") {
            let Some(member) = path.segments.first() else { continue };
            let (message, instead) = match (member.name.as_str(), it.outcome()) {
                ("result", Outcome::None | Outcome::Error) => {
                    let instead = if it.outcome() == Outcome::Error { "errorOutput" } else { "input" };
                    let places = "only in `Output` and `Assign` of a Task, Parallel or Map state";
                    (format!("`$states.result` does not exist here, {places}"), instead)
                }
                ("errorOutput", Outcome::None | Outcome::Result) => {
                    let places = "only in `Output` and `Assign` of a catcher";
                    (format!("`$states.errorOutput` does not exist here, {places}"), "input")
                }
                _ => continue,
            };
            let range = it.range(tree.span(path.variable).to(member.span));
            let finding = report.on(it.node, range, message);
            let title = format!("Change to `$states.{instead}`");
            finding.replace(title, it.range(member.span), instead, false);
        }
    }
}
