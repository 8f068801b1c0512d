use super::resource_problems::report;
use crate::catalog::integrations::Reason;
use crate::check::{Local, Report};

rule! {
    /// # Resource is not a usable ARN
    ///
    /// A Task calls what its `Resource` names: a Lambda function, an activity, or an integration of the form
    /// `arn:aws:states:::service:action`. Anything else, such as the ARN of a queue, a table or another state machine,
    /// is refused when the machine is created. To use such a thing, call the integration of its service and name it
    /// in the parameters.
    ///
    /// Parts that hold a placeholder (`${…}`, `#{…}`) are not looked at.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states::sns:publish",
    ///                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the ARN lacks colons: three stand before the service
    ///     "Next": "B"
    ///   },
    ///   "B": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
    ///                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a Task does not call a thing of `sqs` by its ARN
    ///     "End": true
    ///   }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sns:publish",
    ///     "Next": "B"
    ///   },
    ///   "B": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sqs:sendMessage",
    ///     "End": true
    ///   }
    /// } }
    /// ```
    pub static INVALID_RESOURCE_ARN = { "invalid-resource-arn", Error, Local(check), fixable }
}

fn check(local: &Local, out: &mut Report) {
    use Reason::*;
    report(local, out, |reason| {
        matches!(reason, NotAnArn | MissingColons | Spaces | BadPartition | NotCallable | Incomplete)
    });
}
