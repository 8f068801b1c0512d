use asl_grammar::tree::{Kind, Node};
use asl_grammar::write::{self, Value};

use crate::asl::{Language, has_placeholder, is_unknown};
use crate::catalog::integrations::{Integration, Pattern};
use crate::check::{Local, Report};

rule! {
    /// # .waitForTaskToken without the token
    ///
    /// The state waits until somebody sends its token back with `SendTaskSuccess` or `SendTaskFailure`. Nobody can
    /// when the token is not among the parameters, so the state waits until it times out: a year, unless it says
    /// otherwise. Pass on `$$.Task.Token`, or `$states.context.Task.Token` in a JSONata state.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    ///                                                ^^^^^^^^^^^^^^^^^ the parameters do not pass the task token on
    ///   "Parameters": {
    ///     "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs",
    ///     "MessageBody": { "id.$": "$.id" }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    ///   "Parameters": {
    ///     "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs",
    ///     "MessageBody": { "TaskToken.$": "$$.Task.Token", "id.$": "$.id" }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    pub static MISSING_TASK_TOKEN = { "missing-task-token", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for call in local.calls() {
        let parsed = call.parsed();
        let Some(range) = parsed.pattern.clone() else { continue };
        // A Resource that is wrong, or that takes no token, is reported as such.
        let has_pattern =
            |it: &crate::catalog::integrations::Action| it.patterns().contains(&Pattern::WaitForTaskToken);
        let Some(action) = call.action().filter(has_pattern) else { continue };
        if call.pattern() != Some(Pattern::WaitForTaskToken) || call.owner_node().is_damaged() {
            continue;
        }
        let owner = call.owner_node();
        let whole = [owner.member("Parameters"), owner.member("Arguments"), owner.member("InputPath")];
        if whole.into_iter().flatten().any(|it| may_hold_token(it.key, it.value)) {
            continue;
        }
        let resource = call.resource();
        let message = "the parameters do not pass the task token on".to_owned();
        let finding = report.on(resource, resource.source_range(range), message);
        let payload = match (action.service.integration, action.service.token) {
            (Integration::Optimized, "lambda") => "Payload",
            (Integration::Optimized, "sqs") => "MessageBody",
            (Integration::Optimized, "sns") => "Message",
            (Integration::Optimized, "states") => "Input",
            _ => continue,
        };
        let Some(given) = call.given().map(|it| it.value) else { continue };
        let (name, value) = match call.language() {
            Some(Language::Jsonata) => ("TaskToken", Value::text("{% $states.context.Task.Token %}")),
            _ => ("TaskToken.$", Value::text("$$.Task.Token")),
        };
        let edit = match given.get(payload) {
            Some(object) => write::prepend(local.source, object, &[(name.to_owned(), value)]),
            None if given.member(&format!("{payload}.$")).is_none() => {
                let payload = (payload.to_owned(), Value::object([(name, value)]));
                write::prepend(local.source, given, &[payload])
            }
            None => None,
        };
        if edit.is_some() {
            finding.fix("Pass on the task token", [edit], false);
        }
    }
}

/// Could the token be in a value, or in what takes its place?
fn may_hold_token(key: Node, value: Node) -> bool {
    match value.kind() {
        Kind::Object if !is_unknown(value) => {
            value.members().any(|it| has_placeholder(it.name()) || may_hold_token(it.key, it.value))
        }
        Kind::Array => value.items().any(|it| may_hold_token(key, it)),
        Kind::String if has_placeholder(value.text()) => !is_address(key.text()) || is_token(value.text()),
        Kind::String => is_token(value.text()),
        _ => is_unknown(value),
    }
}

/// Does the key name the thing that is called? A placeholder there is no payload.
fn is_address(key: &str) -> bool {
    let ends = [
        "Arn",
        "Name",
        "Url",
        "Definition",
        "Cluster",
        "Id",
        "Queue",
        "Endpoint",
        "Subnets",
        "SecurityGroups",
    ];
    ends.iter().any(|end| key.ends_with(end))
}

/// Does a path or an expression read the token, or all that it is a part of?
fn is_token(text: &str) -> bool {
    let others = ["Execution", "StateMachine", "State", "Map"];
    let reads = |rest: &str| {
        let name = rest.trim_start_matches(['.', '[', '\'', '"', '`', ' ']);
        rest.starts_with("..") || name.len() == rest.len() || !others.iter().any(|it| name.starts_with(it))
    };
    let context = text.match_indices("$$").any(|(at, it)| reads(&text[at + it.len()..]));
    let states = text.match_indices("$states").any(|(at, it)| {
        let rest = text[at + it.len()..].trim_start_matches(['.', '[', '\'', '"', '`', ' ']);
        match rest.strip_prefix("context") {
            Some(rest) => reads(rest),
            None => !["input", "result", "errorOutput"].iter().any(|it| rest.starts_with(it)),
        }
    });
    context || states
}

#[cfg(test)]
mod tests {
    use super::is_token;

    #[test]
    fn what_reads_the_token() {
        for text in [
            "$$.Task.Token",
            "$$.Task",
            "$$",
            "$$['Task']['Token']",
            "States.Format('{}', $$.Task.Token)",
            "{% $states.context.Task.Token %}",
            "{% $states.context %}",
            "{% $merge([$states.input, {'token': $states.context.Task.Token}]) %}",
            "{% $f($states) %}",
        ] {
            assert!(is_token(text), "{text}");
        }
        for text in [
            "$.Task.Token",
            "$$.Execution.Id",
            "$$.State.Name",
            "$$['Execution'].Id",
            "{% $states.input.token %}",
            "{% $states.context.Execution.Id %}",
            "{% $states.context.StateMachine.Name & $states.context.Map.Item.Index %}",
            "token",
        ] {
            assert!(!is_token(text), "{text}");
        }
    }
}
