use asl_grammar::write::{self, Value};

use super::arguments::{Argument, each, list};
use crate::asl::plain_key;
use crate::catalog::integrations::{Kind, Member, Shape};
use crate::check::{Local, Report};
use crate::suggest::nearest;

rule! {
    /// # Required argument missing
    ///
    /// The service needs a parameter that is not there, neither as a value nor as a path (`QueueUrl.$`). Some
    /// integrations are refused for it when the machine is created; the others fail when the state runs.
    ///
    /// Nothing is said when the parameters are made by one expression, or come from a placeholder.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::batch:submitJob.sync",
    ///   "Parameters": {
    ///   ^^^^^^^^^^^^ `batch:submitJob` needs `JobQueue`
    ///     "JobName": "nightly",
    ///     "JobDefinition.$": "$.definition",
    ///     "ContainerOverrides": {
    ///       "ResourceRequirements": [{ "Type": "VCPU" }]
    ///                                ^ an element of `ResourceRequirements` needs `Value`
    ///     }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::batch:submitJob.sync",
    ///   "Parameters": {
    ///     "JobQueue": "",
    ///     "JobName": "nightly",
    ///     "JobDefinition.$": "$.definition",
    ///     "ContainerOverrides": {
    ///       "ResourceRequirements": [{ "Value": "", "Type": "VCPU" }]
    ///     }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Parameters": { "Subject": "done" },
    ///   ^^^^^^^^^^^^ `sns:publish` needs `Message`, and `TopicArn`, `TargetArn` or `PhoneNumber`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails yaml
    /// StartAt: A
    /// QueryLanguage: JSONata
    /// States:
    ///   A:
    ///     Type: Task
    ///     Resource: arn:aws:states:::sqs:sendMessage
    ///     Arguments:
    ///     ^^^^^^^^^ `sqs:sendMessage` needs `QueueUrl` and `MessageBody`
    ///       DelaySeconds: 5
    ///     End: true
    /// ```
    ///
    /// ```asl fixed yaml
    /// StartAt: A
    /// QueryLanguage: JSONata
    /// States:
    ///   A:
    ///     Type: Task
    ///     Resource: arn:aws:states:::sqs:sendMessage
    ///     Arguments:
    ///       QueueUrl: ""
    ///       MessageBody: {}
    ///       DelaySeconds: 5
    ///     End: true
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "QueryLanguage": "JSONata", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Arguments": { "PhoneNumber": "{% $states.input.phone %}", "Message": "done" },
    ///   "End": true
    /// } } }
    /// ```
    pub static MISSING_INTEGRATION_ARGUMENT = { "missing-integration-argument", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    each(local, |argument| {
        if !argument.is_structure() || argument.value.is_damaged() || has_unknown_keys(argument) {
            return;
        }
        let shape = argument.expected.shape;
        let absent = |name: &str| !argument.has(name) && !is_meant(argument, name);
        let required: Vec<&str> = shape
            .members()
            .filter(|it| it.required && it.confirmed)
            .map(|it| it.name)
            .filter(|it| absent(it))
            .collect();
        let mut needs = list(&required, "and");
        let groups = if argument.is_root { one_of(argument) } else { Vec::new() };
        let mut insert: Vec<&str> = required;
        for group in groups.iter().filter(|group| group.iter().all(|name| absent(name))) {
            needs = if needs.is_empty() {
                list(group, "or")
            } else {
                format!("{needs}, and {}", list(group, "or"))
            };
            insert.extend(group.first());
        }
        if needs.is_empty() {
            return;
        }
        let range = argument.key.map_or_else(|| argument.value.open(), |key| key.range());
        let finding = report.on(argument.value, range, format!("{} needs {needs}", argument.title()));
        let new: Vec<(String, Value)> = insert
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), placeholder(&shape.member(name)?.shape()?))))
            .collect();
        let edit = write::prepend(local.source, argument.value, &new);
        finding.fix(format!("Insert {}", list(&insert, "and")), [edit], false);
    });
}

/// Groups of parameters of which one is needed.
fn one_of<'m>(argument: &Argument<'_, 'm>) -> Vec<Vec<&'m str>> {
    if argument.action.full_name() == "sns:publish" {
        return vec![vec!["TopicArn", "TargetArn", "PhoneNumber"]];
    }
    argument.action.one_of().iter().map(|group| group.iter().map(String::as_str).collect()).collect()
}

/// May a key stand for any other: a placeholder, a function of a template?
fn has_unknown_keys(argument: &Argument) -> bool {
    argument.value.members().any(|member| {
        let name = member.name();
        crate::asl::has_placeholder(name) || name.starts_with("Fn::") || name == "<<"
    })
}

/// Is there a key that is this one but for a mistake? That is reported by itself.
fn is_meant(argument: &Argument, name: &str) -> bool {
    let unknown = argument.value.members().map(|it| plain_key(it.name()));
    let mut unknown = unknown.filter(|key| argument.expected.shape.member(key).is_none());
    unknown.any(|key| nearest(key, [name]).is_some())
}

/// A value of the right type, to be filled in.
fn placeholder(shape: &Shape) -> Value {
    match shape.kind() {
        Kind::Structure => structure(shape),
        Kind::Map | Kind::Json | Kind::Document => Value::object([]),
        Kind::List => Value::List(Vec::new()),
        Kind::Integer | Kind::Long | Kind::Float | Kind::Double => Value::plain(0),
        Kind::Boolean => Value::plain(false),
        Kind::String | Kind::Timestamp | Kind::Blob => Value::text(""),
    }
}

/// With the plain members that it needs, or the only one it has; whoever fills them in sees what else there is.
fn structure(shape: &Shape) -> Value {
    let members: Vec<Member> = shape.members().collect();
    let needed = members.iter().filter(|member| member.required || members.len() == 1);
    Value::object(needed.filter_map(|member| {
        let shape = member.shape()?;
        let value = if shape.kind() == Kind::Structure { Value::object([]) } else { placeholder(&shape) };
        Some((member.name, value))
    }))
}
