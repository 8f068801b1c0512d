use crate::catalog::fields::Object;
use crate::check::{Local, Report};

use super::common::whole_number;

rule! {
    /// # MaxDelaySeconds below IntervalSeconds
    ///
    /// `IntervalSeconds` is the first pause between attempts, `MaxDelaySeconds` the longest one. A longest pause that
    /// is shorter than the first cannot be what is meant.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 10, "MaxDelaySeconds": 5 }],
    ///                                                                                  ^ the longest pause (5 s) is shorter than the first one (10 s)
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [{ "ErrorEquals": ["Busy"], "IntervalSeconds": 10, "MaxDelaySeconds": 60 }],
    ///   "End": true
    /// } } }
    /// ```
    pub static RETRY_DELAY_CAP = { "retry-delay-cap", Warning, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::Retrier) {
        let number = |name: &str| place.node.get(name).and_then(|value| Some((value, whole_number(value)?)));
        let (Some((interval, first)), Some((cap, longest))) =
            (number("IntervalSeconds"), number("MaxDelaySeconds"))
        else {
            continue;
        };
        // Zero is out of bounds, which is said elsewhere.
        if 0 < longest && longest < first {
            report
                .at(cap, format!("the longest pause ({longest} s) is shorter than the first one ({first} s)"))
                .related(interval.range(), "the first pause");
        }
    }
}
