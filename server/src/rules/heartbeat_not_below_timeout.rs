use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

use super::common::whole_number;

rule! {
    /// # Heartbeat not shorter than timeout
    ///
    /// A task that sends no heartbeat for `HeartbeatSeconds` fails before its `TimeoutSeconds` are over; that makes
    /// sense only when the heartbeat is the shorter one. The language demands it, and AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:eu-west-1:111122223333:activity:Approve",
    ///   "TimeoutSeconds": 60,
    ///   "HeartbeatSeconds": 60,
    ///                       ^^ the heartbeat (60 s) must be shorter than the timeout (60 s)
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:eu-west-1:111122223333:activity:Approve",
    ///   "TimeoutSeconds": 60,
    ///   "HeartbeatSeconds": 20,
    ///   "End": true
    /// } } }
    /// ```
    pub static HEARTBEAT_NOT_BELOW_TIMEOUT = { "heartbeat-not-below-timeout", Error, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Task)) {
        let number = |name: &str| place.node.get(name).and_then(|value| Some((value, whole_number(value)?)));
        let (Some((heartbeat, beat)), Some((timeout, limit))) =
            (number("HeartbeatSeconds"), number("TimeoutSeconds"))
        else {
            continue;
        };
        if beat >= limit && limit > 0 {
            report
                .at(
                    heartbeat,
                    format!("the heartbeat ({beat} s) must be shorter than the timeout ({limit} s)"),
                )
                .related(timeout.range(), "the timeout");
        }
    }
}
