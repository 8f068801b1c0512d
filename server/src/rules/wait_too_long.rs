use super::common::{Express, express, whole_number};
use crate::catalog::fields::Object;
use crate::catalog::limits::{EXPRESS_EXECUTION_SECONDS, SECONDS, STANDARD_EXECUTION_SECONDS};
use crate::catalog::states::StateType;
use crate::check::{Level, Local, Report};

rule! {
    /// # Longer than an execution can live
    ///
    /// A Standard execution lives for a year at most, an Express one (also a child of a Distributed Map with
    /// `"ExecutionType": "EXPRESS"`) for five minutes. A longer wait is accepted, but the execution times out in it.
    ///
    /// ```asl fails express
    /// { "StartAt": "W", "States": { "W": { "Type": "Wait", "Seconds": 600, "End": true } } }
    ///                                                                 ^^^ an Express execution ends after 300 s, before this wait does
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "W", "States": { "W": { "Type": "Wait", "Seconds": 40000000, "End": true } } }
    ///                                                                 ^^^^^^^^ an execution ends after a year (31536000 s), before this wait does
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "W", "States": { "W": { "Type": "Wait", "Seconds": 600, "End": true } } }
    /// ```
    pub static WAIT_TOO_LONG = { "wait-too-long", Warning, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        let name = match place.place.object {
            Object::State(StateType::Wait) => "Seconds",
            Object::State(StateType::Task) => "TimeoutSeconds",
            _ => continue,
        };
        // Still longer is out-of-range.
        let Some(value) = place.node.get(name) else { continue };
        let Some(seconds) =
            whole_number(value).filter(|seconds| *seconds > EXPRESS_EXECUTION_SECONDS && *seconds <= SECONDS)
        else {
            continue;
        };
        match (express(local, &place), name) {
            (Some(express), _) => {
                let what = if name == "Seconds" { "wait" } else { "timeout" };
                let message = format!(
                    "an Express execution ends after {EXPRESS_EXECUTION_SECONDS} s, before this {what} does"
                );
                let finding = report.at(value, message);
                if name != "Seconds" {
                    finding.level(Level::Information);
                }
                if let Express::Children(kind) = express {
                    finding.related(kind.range(), "the executions are Express by this");
                }
            }
            (None, "Seconds") if seconds > STANDARD_EXECUTION_SECONDS => {
                report.at(
                    value,
                    format!(
                        "an execution ends after a year ({STANDARD_EXECUTION_SECONDS} s), before this wait does"
                    ),
                );
            }
            _ => {}
        }
    }
}
