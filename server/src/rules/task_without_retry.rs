use asl_grammar::write;

use super::common::is_lambda;
use super::lambda_retry_transient::{TRANSIENT, retrier};
use crate::catalog::errors::TASK_FAILED;
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Task without Retry
    ///
    /// Calls fail now and then for reasons that pass: a throttled service, a restarting host. Without `Retry` the
    /// first such failure fails the task. For Lambda functions AWS names the errors to retry; see
    /// `lambda-retry-transient`.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///   ^^^ the task `A` has no `Retry`
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sns:publish",
    ///     "Parameters": { "TopicArn": "${Topic}", "Message": "done" },
    ///     "End": true
    ///   }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sns:publish",
    ///     "Parameters": { "TopicArn": "${Topic}", "Message": "done" },
    ///     "Retry": [
    ///       {
    ///         "ErrorEquals": ["States.TaskFailed"],
    ///         "IntervalSeconds": 1,
    ///         "MaxAttempts": 3,
    ///         "BackoffRate": 2,
    ///         "JitterStrategy": "FULL"
    ///       }
    ///     ],
    ///     "End": true
    ///   }
    /// } }
    /// ```
    pub static TASK_WITHOUT_RETRY = { "task-without-retry", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Task)) {
        if place.has("Retry") || place.is_damaged() {
            continue;
        }
        let name = place.key.map_or("", |key| key.text());
        let lambda = place.node.get("Resource").is_some_and(is_lambda);
        let names: &[&str] = if lambda { &TRANSIENT } else { &[TASK_FAILED] };
        let value = write::Value::List(vec![retrier(names)]);
        // Before what says where the state goes on, which people like to see last.
        let last = place.node.members().find(|it| matches!(it.name(), "Catch" | "Next" | "End"));
        let edit = match last {
            Some(last) if last.node != place.node.children().next().unwrap_or(last.node) => {
                write::insert_before(local.source, last, "Retry", &value)
            }
            _ => write::append(local.source, place.node, "Retry", &value),
        };
        report.owner(&place, format!("the task `{name}` has no `Retry`")).fix("Add `Retry`", [edit], false);
    }
}
