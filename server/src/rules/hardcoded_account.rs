use std::ops::Range;

use super::common::{descendants, payloads};
use crate::catalog::fields::Value;
use crate::check::{Local, Report};

rule! {
    /// # Literal account
    ///
    /// The number of an AWS account stands in an ARN or in the address of a queue, so the definition works in that
    /// account only. A placeholder such as `${WorkerArn}`, filled in by the template around it, works in all.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "arn:aws:lambda:eu-west-1:111122223333:function:Worker" },
    ///                                                             ^^^^^^^^^^^^ this works in the account 111122223333 only
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "arn:aws:lambda:eu-west-1:${AWS::AccountId}:function:Worker" },
    ///   "End": true
    /// } } }
    /// ```
    pub static HARDCODED_ACCOUNT = { "hardcoded-account", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        let fields = place.members().filter_map(|(member, field)| match field?.value {
            Value::Resource | Value::Action(_) | Value::RoleArn => Some(member.value),
            _ => None,
        });
        for value in fields.chain(payloads(&place).flat_map(descendants)) {
            let Some(text) = value.as_str() else { continue };
            if let Some(range) = account(text) {
                let message = format!("this works in the account {} only", &text[range.clone()]);
                let range = value.source_range(range);
                report.on(value, range.clone(), message).replace(
                    "Change to `${AWS::AccountId}`",
                    range,
                    "${AWS::AccountId}",
                    false,
                );
            }
        }
    }
}

/// Where an ARN or the address of a queue names an account.
fn account(text: &str) -> Option<Range<usize>> {
    let (start, after) = if text.starts_with("arn:") {
        let start = text.match_indices(':').nth(3)?.0 + 1;
        (start, ':')
    } else if text.starts_with("https://") && text.contains("sqs") {
        let host = "https://".len();
        (host + text[host..].find('/')? + 1, '/')
    } else {
        return None;
    };
    let end = start + text[start..].find(after)?;
    let digits = &text[start..end];
    (digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(start..end)
}
