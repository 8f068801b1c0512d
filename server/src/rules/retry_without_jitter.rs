use asl_grammar::text::Edit;
use asl_grammar::write::{self, Value};

use super::common::whole_number;
use crate::asl::is_unknown;
use crate::catalog::fields::Object;
use crate::check::{Local, Report};

rule! {
    /// # Retry without jitter
    ///
    /// When many executions fail at once, they also retry at once, and fail again. `"JitterStrategy": "FULL"` spreads
    /// the attempts over the pause.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [{ "ErrorEquals": ["States.ALL"] }],
    ///             ^ the attempts of many executions come all at once
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [{ "ErrorEquals": ["States.ALL"], "JitterStrategy": "FULL" }],
    ///   "End": true
    /// } } }
    /// ```
    pub static RETRY_WITHOUT_JITTER = { "retry-without-jitter", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::Retrier) {
        let never = place.node.get("MaxAttempts").and_then(whole_number) == Some(0);
        if never || place.is_damaged() || is_unknown(place.node) {
            continue;
        }
        let message = "the attempts of many executions come all at once";
        match place.node.get("JitterStrategy") {
            None => {
                let full = Value::text("FULL");
                let edit = write::append(local.source, place.node, "JitterStrategy", &full);
                report.owner(&place, message).fix("Add `JitterStrategy`", [edit], false);
            }
            Some(value) if value.as_str() == Some("NONE") => {
                let edit = Edit { range: value.content(), text: "FULL".into() };
                report.at(value, message).fix("Change to `FULL`", [Some(edit)], false);
            }
            Some(_) => {}
        }
    }
}
