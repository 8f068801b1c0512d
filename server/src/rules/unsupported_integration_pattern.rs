use super::resource_problems::report;
use crate::catalog::integrations::Reason;
use crate::check::{Local, Report};

rule! {
    /// # Pattern the integration does not have
    ///
    /// The suffix of a Resource says how the state waits: `.sync` until the job is done, `.waitForTaskToken` until
    /// somebody sends the token back, nothing for the answer of the call. Not every integration has every pattern;
    /// integrations through `aws-sdk` never have `.sync`, and `.sync:2` exists for `states:startExecution` only. AWS
    /// refuses the others.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::dynamodb:getItem.sync",
    ///                                                   ^^^^^ `dynamodb:getItem` does not take `.sync`
    ///     "Next": "B"
    ///   },
    ///   "B": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::aws-sdk:glue:startJobRun.sync",
    ///                                                           ^^^^^ SDK integrations cannot wait for a job: they have no `.sync`
    ///     "End": true
    ///   }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::dynamodb:getItem",
    ///     "Next": "B"
    ///   },
    ///   "B": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::glue:startJobRun.sync",
    ///     "End": true
    ///   }
    /// } }
    /// ```
    pub static UNSUPPORTED_INTEGRATION_PATTERN = { "unsupported-integration-pattern", Error, Local(check), fixable }
}

fn check(local: &Local, out: &mut Report) {
    report(local, out, |reason| {
        matches!(reason, Reason::UnknownPattern | Reason::UnsupportedPattern | Reason::SdkSync)
    });
}
