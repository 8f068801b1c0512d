use asl_grammar::write::{self, Value};

use super::common::{error_names, is_lambda};
use crate::catalog::errors::{ALL, TASK_FAILED};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

/// Errors of the Lambda service that pass by themselves.
pub(super) const TRANSIENT: [&str; 4] = [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
];

rule! {
    /// # Retry of a Lambda task without its transient errors
    ///
    /// The Lambda service itself fails now and then, with `Lambda.ServiceException`, `Lambda.AWSLambdaException`,
    /// `Lambda.SdkClientException` or `Lambda.TooManyRequestsException`. AWS recommends to retry all four; the
    /// `Retry` of this task leaves some of them out.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "${Worker}" },
    ///   "Retry": [{ "ErrorEquals": ["Busy"] }],
    ///   ^^^^^^^ `Retry` leaves out `Lambda.ServiceException`, `Lambda.AWSLambdaException`, `Lambda.SdkClientException`, `Lambda.TooManyRequestsException`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "${Worker}" },
    ///   "Retry": [{ "ErrorEquals": ["Busy"] }, { "ErrorEquals": ["States.ALL"] }],
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "${Worker}" },
    ///   "Retry": [{ "ErrorEquals": ["Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException"] }],
    ///   ^^^^^^^ `Retry` leaves out `Lambda.TooManyRequestsException`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "${Worker}" },
    ///   "Retry": [{ "ErrorEquals": ["Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException"] }, { "ErrorEquals": ["Lambda.TooManyRequestsException"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 2, "JitterStrategy": "FULL" }],
    ///   "End": true
    /// } } }
    /// ```
    pub static LAMBDA_RETRY_TRANSIENT = { "lambda-retry-transient", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Task)) {
        let lambda = place.node.get("Resource").is_some_and(is_lambda);
        let Some(retry) = place.node.member("Retry").filter(|_| lambda && !place.is_damaged()) else {
            continue;
        };
        let names: Vec<&str> = retry.value.items().flat_map(error_names).map(|name| name.text()).collect();
        let missing: Vec<&str> = TRANSIENT.into_iter().filter(|name| !names.contains(name)).collect();
        // An empty list is a decision, and so is one that takes everything.
        let decided = names.is_empty() || names.iter().any(|name| *name == ALL || *name == TASK_FAILED);
        if missing.is_empty() || decided {
            continue;
        }
        let listed: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
        let edit = write::append_item(local.source, retry.value, &retrier(&missing));
        report.at(retry.key, format!("`Retry` leaves out {}", listed.join(", "))).fix(
            "Retry these errors too",
            [edit],
            false,
        );
    }
}

/// A retrier with values that suit most services.
pub(super) fn retrier(names: &[&str]) -> Value {
    Value::object([
        ("ErrorEquals", Value::texts(names.iter().copied())),
        ("IntervalSeconds", Value::plain(1)),
        ("MaxAttempts", Value::plain(3)),
        ("BackoffRate", Value::plain(2)),
        ("JitterStrategy", Value::text("FULL")),
    ])
}
