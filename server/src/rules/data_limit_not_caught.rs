use asl_grammar::tree::Node;
use asl_grammar::write::{self, Value};

use super::common::{error_lists, error_names, integration, is_lambda};
use crate::catalog::errors::{ALL, DATA_LIMIT_EXCEEDED};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, PlaceView, Report};

rule! {
    /// # Result that is too large is not caught
    ///
    /// A result of more than 262,144 bytes fails with `States.DataLimitExceeded`, and `States.ALL` does not take
    /// that one: it needs an entry that names it. This state can give as much: it calls a function or another
    /// server, reads lists, or gathers the results of many.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::lambda:invoke",
    ///     "Parameters": { "FunctionName": "${Report}" },
    ///     "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "B" }],
    ///                                 ^^^^^^^^^^^^ `States.ALL` does not take `States.DataLimitExceeded`
    ///     "Next": "B"
    ///   },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::lambda:invoke",
    ///     "Parameters": { "FunctionName": "${Report}" },
    ///     "Catch": [{ "ErrorEquals": ["States.DataLimitExceeded"], "Next": "B" }, { "ErrorEquals": ["States.ALL"], "Next": "B" }],
    ///     "Next": "B"
    ///   },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fails yaml
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Task
    ///     Resource: arn:aws:states:::aws-sdk:s3:listObjectsV2
    ///     Catch:
    ///       - ErrorEquals: [States.ALL]
    ///                       ^^^^^^^^^^ `States.ALL` does not take `States.DataLimitExceeded`
    ///         Next: B
    ///     Next: B
    ///   B:
    ///     Type: Succeed
    /// ```
    ///
    /// ```asl fixed yaml
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Task
    ///     Resource: arn:aws:states:::aws-sdk:s3:listObjectsV2
    ///     Catch:
    ///       - ErrorEquals: ["States.DataLimitExceeded"]
    ///         Next: B
    ///       - ErrorEquals: [States.ALL]
    ///         Next: B
    ///     Next: B
    ///   B:
    ///     Type: Succeed
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sns:publish",
    ///     "Parameters": { "TopicArn": "${Topic}", "Message": "done" },
    ///     "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "B" }],
    ///     "Next": "B"
    ///   },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static DATA_LIMIT_NOT_CAUGHT = { "data-limit-not-caught", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(may_be_large) {
        for list in error_lists(&place).filter(|list| list.name() == "Catch") {
            let mut names = list.value.items().flat_map(error_names);
            let Some(entry) = list.value.items().last().filter(|_| !place.is_damaged()) else { continue };
            let all = error_names(entry).find(|name| name.text() == ALL);
            let Some(all) = all.filter(|_| !names.any(|name| name.text() == DATA_LIMIT_EXCEEDED)) else {
                continue;
            };
            let message = format!("`{ALL}` does not take `{DATA_LIMIT_EXCEEDED}`");
            let finding = report.at(all, message);
            if let Some(next) = entry.get("Next").and_then(|next| next.as_str()) {
                let value = Value::object([
                    ("ErrorEquals", Value::texts([DATA_LIMIT_EXCEEDED])),
                    ("Next", Value::text(next)),
                ]);
                let edit = write::insert_item_before(local.source, entry, &value);
                finding.fix(format!("Catch it, too, and go to `{next}`"), [edit], false);
            }
        }
    }
}

fn may_be_large(place: &PlaceView) -> bool {
    match place.place.object {
        Object::State(StateType::Map | StateType::Parallel) => true,
        Object::State(StateType::Task) => place.node.get("Resource").is_some_and(reads_much),
        _ => false,
    }
}

fn reads_much(resource: Node) -> bool {
    let lists = ["get", "list", "query", "scan", "batchGet", "search", "select", "invoke"];
    let action = resource.as_str().and_then(integration).and_then(|it| it.rsplit(':').next());
    is_lambda(resource) || action.is_some_and(|action| lists.iter().any(|verb| action.starts_with(verb)))
}
