use super::resource_problems::report;
use crate::catalog::integrations::Reason;
use crate::check::{Local, Report};

rule! {
    /// # No such integration
    ///
    /// `arn:aws:states:::service:action` works for the few services that have an integration of their own.
    /// Everything else is called as `arn:aws:states:::aws-sdk:service:action`, with the service in lower case and the
    /// action in camel case. AWS refuses a machine with any other name.
    ///
    /// A service or an action that we do not know may be newer than our list, so in an `aws-sdk` Resource it is only a
    /// warning.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::dynamodb:query",
    ///                                            ^^^^^ `dynamodb` has no action `query`
    ///     "Next": "B"
    ///   },
    ///   "B": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::aws-sdk:secrets-manager:GetSecretValue",
    ///                                           ^^^^^^^^^^^^^^^ the service is written `secretsmanager`
    ///     "End": true
    ///   }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:query", "Next": "B" },
    ///   "B": { "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:secretsmanager:getSecretValue", "End": true }
    /// } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::ssm:getParameter",
    ///                                 ^^^ no optimized integration of `ssm` is known
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::aws-sdk:ssm:getParameter",
    ///   "End": true
    /// } } }
    /// ```
    pub static UNKNOWN_INTEGRATION = { "unknown-integration", Error, Local(check), fixable }
}

fn check(local: &Local, out: &mut Report) {
    use Reason::*;
    report(local, out, |reason| {
        matches!(
            reason,
            UnknownService | UnknownAction | WrongCasing | UnsupportedAction | StreamingAction | WrongPlace
        )
    });
}
