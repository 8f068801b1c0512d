use asl_grammar::write;

use super::common::{integration, is_activity, is_function, pattern};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Heartbeat of a task that sends none
    ///
    /// Heartbeats come from workers of an activity and from those who hold a task token. Any other task sends none,
    /// so `HeartbeatSeconds` has no use there; `TimeoutSeconds` is what bounds it.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "HeartbeatSeconds": 30,
    ///   ^^^^^^^^^^^^^^^^^^ nobody sends heartbeats for this task
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "End": true
    /// } } }
    /// ```
    pub static HEARTBEAT_WITHOUT_CALLBACK = { "heartbeat-without-callback", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Task)) {
        let Some(resource) = place.node.get("Resource") else { continue };
        let Some(text) = resource.as_str() else { continue };
        let known = integration(text).is_some() || is_function(text);
        let callback = pattern(resource).is_some_and(|(ending, _)| ending == ".waitForTaskToken");
        if !known || callback || is_activity(text) {
            continue;
        }
        for member in
            ["HeartbeatSeconds", "HeartbeatSecondsPath"].iter().filter_map(|name| place.node.member(name))
        {
            report
                .at(member.key, "nobody sends heartbeats for this task")
                .related(resource.range(), "what the task does")
                .fix(format!("Remove `{}`", member.name()), [write::remove(member.node)], false);
        }
    }
}
