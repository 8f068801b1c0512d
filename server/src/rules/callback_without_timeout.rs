use asl_grammar::write::{self, Value};

use super::common::{is_activity, pattern};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

const BOUNDS: [&str; 4] =
    ["TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"];

rule! {
    /// # Callback or activity without a bound
    ///
    /// The task waits for somebody to send its token back, or for a worker to take it up. If nobody does, it waits
    /// for a year. `TimeoutSeconds` or `HeartbeatSeconds` ends that with an error that can be caught.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    ///                                                ^^^^^^^^^^^^^^^^^ nothing in this state bounds the wait; add `TimeoutSeconds` or `HeartbeatSeconds`
    ///   "Parameters": { "QueueUrl": "${Queue}", "MessageBody": { "token.$": "$$.Task.Token" } },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    ///   "TimeoutSeconds": 3600,
    ///   "Parameters": { "QueueUrl": "${Queue}", "MessageBody": { "token.$": "$$.Task.Token" } },
    ///   "End": true
    /// } } }
    /// ```
    pub static CALLBACK_WITHOUT_TIMEOUT = { "callback-without-timeout", Hint, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Task)) {
        let Some(resource) = place.node.member("Resource") else { continue };
        let range = match pattern(resource.value) {
            Some((".waitForTaskToken", range)) => range,
            _ if resource.value.as_str().is_some_and(is_activity) => resource.value.range(),
            _ => continue,
        };
        if place.is_damaged() || BOUNDS.iter().any(|name| place.has(name)) {
            continue;
        }
        let message = "nothing in this state bounds the wait; add `TimeoutSeconds` or `HeartbeatSeconds`";
        let edit = write::insert_after(local.source, resource, BOUNDS[0], &Value::plain(3600));
        report.on(resource.value, range, message).fix(format!("Add `{}`", BOUNDS[0]), [edit], false);
    }
}
