use super::arguments::{Argument, each};
use crate::asl::{has_placeholder, plain_key};
use crate::check::{Local, Report};
use asl_grammar::tree::Kind;

rule! {
    /// # Argument the integration does not take
    ///
    /// The service has no parameter of that name. AWS refuses some of them when the machine is created; the others
    /// fail when the state runs. Step Functions writes all names with a capital letter (`JobName`), also where the API
    /// writes `jobName`.
    ///
    /// Payloads that belong to you (`Payload`, `Input`, `MessageBody`, the keys of maps) are not looked at.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::batch:submitJob",
    ///   "Parameters": {
    ///     "jobName.$": "$.name",
    ///     ^^^^^^^^^^^ `jobName` is written `JobName`
    ///     "JobDefinition": "work",
    ///     "JobQueue": "main",
    ///     "ContainerOverrides": { "Comand": ["run"] }
    ///                             ^^^^^^^^ `ContainerOverrides` has no member `Comand`; did you mean `Command`?
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::batch:submitJob",
    ///   "Parameters": {
    ///     "JobName.$": "$.name",
    ///     "JobDefinition": "work",
    ///     "JobQueue": "main",
    ///     "ContainerOverrides": { "Command": ["run"] }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    pub static UNKNOWN_INTEGRATION_ARGUMENT = { "unknown-integration-argument", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    each(local, |argument| {
        if !argument.is_structure() {
            return;
        }
        for member in argument.value.members().filter(|it| it.key.as_str().is_some()) {
            let name = plain_key(member.name());
            if argument.expected.shape.member(name).is_some() {
                refused(argument, name, member.key, report);
                continue;
            }
            // A key without a value is being typed.
            let unfinished = member.value.kind() == Kind::Missing;
            if unfinished
                || name.is_empty()
                || has_placeholder(name)
                || name.starts_with("Fn::")
                || name == "<<"
            {
                continue;
            }
            let near = argument.expected.shape.nearest_members(name);
            let near: Vec<&str> = near.into_iter().filter(|it| !argument.has(it)).collect();
            let what = if argument.is_root { "parameter" } else { "member" };
            let same = near.first().is_some_and(|it| fold(it) == fold(name));
            let message = match near.first() {
                Some(near) if same => format!("`{name}` is written `{near}`"),
                Some(near) => format!("{} has no {what} `{name}`; did you mean `{near}`?", argument.title()),
                None => format!("{} has no {what} `{name}`", argument.title()),
            };
            let finding = report.at(member.key, message);
            let suffix = &member.name()[name.len()..];
            for near in near {
                let text = format!("{near}{suffix}");
                finding.replace(format!("Rename to `{text}`"), member.key.content(), text, same);
            }
        }
    });
}

/// Some parameters are refused together with a pattern.
fn refused(argument: &Argument, name: &str, key: asl_grammar::tree::Node, report: &mut Report) {
    let Some(pattern) = argument.call.pattern().filter(|_| argument.is_root) else { return };
    if argument.action.is_refused(name, pattern) {
        let message = format!("{} takes no `{name}` together with `{}`", argument.title(), pattern.suffix());
        report.at(key, message);
    }
}

fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_')).collect::<String>().to_ascii_lowercase()
}
