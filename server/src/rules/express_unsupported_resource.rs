use super::common::{Express, express, is_activity, pattern};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};
use crate::config::MachineType;

rule! {
    /// # Not available in Express
    ///
    /// An Express execution, also a child of a Distributed Map with `"ExecutionType": "EXPRESS"`, lives for five
    /// minutes and cannot wait for others: no `.sync`, no `.waitForTaskToken`, no activities. And an Express machine
    /// has no Distributed Map. AWS refuses the definition.
    ///
    /// Call the service without waiting, or make the machine (or the children) Standard.
    ///
    /// ```asl fails express
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::glue:startJobRun.sync",
    ///                                                 ^^^^^ an Express execution cannot wait for a job: `.sync` is not available
    ///   "Parameters": { "JobName": "nightly" },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed express
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::glue:startJobRun",
    ///   "Parameters": { "JobName": "nightly" },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" },
    ///     "StartAt": "A",
    ///     "States": { "A": {
    ///       "Type": "Task",
    ///       "Resource": "arn:aws:states:eu-west-1:111122223333:activity:Approve",
    ///                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ an Express execution cannot wait for an activity
    ///       "End": true
    ///     } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    pub static EXPRESS_UNSUPPORTED_RESOURCE = { "express-unsupported-resource", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        match place.place.object {
            Object::State(StateType::Task) => {
                let Some(resource) = place.node.get("Resource") else { continue };
                let (Some(text), Some(express)) = (resource.as_str(), express(local, &place)) else {
                    continue;
                };
                let finding = match pattern(resource) {
                    Some((ending, range)) => {
                        let what = if ending == ".waitForTaskToken" { "a callback" } else { "a job" };
                        let message = format!(
                            "an Express execution cannot wait for {what}: `{ending}` is not available"
                        );
                        report.on(resource, range.clone(), message).replace(
                            format!("Remove `{ending}`"),
                            range,
                            "",
                            false,
                        )
                    }
                    None if is_activity(text) => {
                        report.at(resource, "an Express execution cannot wait for an activity")
                    }
                    None => continue,
                };
                if let Express::Children(kind) = express {
                    finding.related(kind.range(), "the executions are Express by this");
                }
            }
            Object::ProcessorConfig if local.machine_type == MachineType::Express => {
                let mode = place.node.get("Mode").filter(|mode| mode.as_str() == Some("DISTRIBUTED"));
                if let Some(mode) = mode {
                    report.at(mode, "an Express machine has no Distributed Map");
                }
            }
            _ => {}
        }
    }
}
