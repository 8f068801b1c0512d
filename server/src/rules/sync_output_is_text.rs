use super::common::{integration, pattern};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # .sync of startExecution returns text
    ///
    /// `states:startExecution.sync` gives the input and output of the other execution as JSON in a string, which has
    /// to be parsed before a path can reach into it. `.sync:2` gives them as JSON.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::states:startExecution.sync",
    ///                                                      ^^^^^ with `.sync` the output of the other execution is a string of JSON
    ///   "Parameters": { "StateMachineArn": "${Child}" },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::states:startExecution.sync:2",
    ///   "Parameters": { "StateMachineArn": "${Child}" },
    ///   "End": true
    /// } } }
    /// ```
    pub static SYNC_OUTPUT_IS_TEXT = { "sync-output-is-text", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Task)) {
        let Some(resource) = place.node.get("Resource") else { continue };
        let starts = resource.as_str().and_then(integration) == Some("states:startExecution");
        if let Some((".sync", range)) = pattern(resource).filter(|_| starts) {
            report
                .on(
                    resource,
                    range.clone(),
                    "with `.sync` the output of the other execution is a string of JSON",
                )
                .replace("Change to `.sync:2`", range, ".sync:2", false);
        }
    }
}
