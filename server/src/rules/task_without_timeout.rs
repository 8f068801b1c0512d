use asl_grammar::write::{self, Value};

use super::common::{is_activity, pattern};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Task without TimeoutSeconds
    ///
    /// A task that says nothing waits for its answer up to 99,999,999 seconds, and the execution with it. A timeout a
    /// little above what the work takes turns a hanging call into an error that can be retried or caught.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///   ^^^ the task `A` has no `TimeoutSeconds`
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::lambda:invoke",
    ///     "Parameters": { "FunctionName": "${Worker}" },
    ///     "End": true
    ///   }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::lambda:invoke",
    ///     "TimeoutSeconds": 60,
    ///     "Parameters": { "FunctionName": "${Worker}" },
    ///     "End": true
    ///   }
    /// } }
    /// ```
    pub static TASK_WITHOUT_TIMEOUT = { "task-without-timeout", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Task)) {
        if place.has("TimeoutSeconds") || place.has("TimeoutSecondsPath") || place.is_damaged() {
            continue;
        }
        let Some(resource) = place.node.member("Resource") else { continue };
        // Those that wait for somebody are callback-without-timeout.
        let callback = pattern(resource.value).is_some_and(|(ending, _)| ending == ".waitForTaskToken");
        if callback || resource.value.as_str().is_some_and(is_activity) {
            continue;
        }
        let name = place.key.map_or("", |key| key.text());
        let edit = write::insert_after(local.source, resource, "TimeoutSeconds", &Value::plain(60));
        report.owner(&place, format!("the task `{name}` has no `TimeoutSeconds`")).fix(
            "Add `TimeoutSeconds`",
            [edit],
            false,
        );
    }
}
