//! What a field, a value or a state means.

use std::ops::Range;

use asl_grammar::tree::Kind;

use super::locate::{Located, locate, named_state};
use super::symbols::short_resource;
use crate::analysis::Analysis;
use crate::asl::{Cause, Machine, StateRef};
use crate::catalog::fields::{Field, Languages, Value};
use crate::catalog::states::StateType;

pub struct Hover {
    /// What the text is about.
    pub range: Range<usize>,
    pub markdown: String,
}

pub fn hover(analysis: &Analysis, offset: usize) -> Option<Hover> {
    let located = locate(analysis, offset)?;
    if let Some(machine) = analysis.machine()
        && let Some(named) = named_state(&machine, &located)
        && let Some(state) = named.state
    {
        return Some(Hover { range: located.node.range(), markdown: state_text(&machine, state) });
    }
    let markdown = value_text(&located).or_else(|| key_text(&located))?;
    Some(Hover { range: located.node.range(), markdown })
}

/// The key of a field.
fn key_text(located: &Located) -> Option<String> {
    let (_, _, field) = located.field().filter(|_| located.is_key())?;
    Some(field_text(field))
}

/// A value that is one of a few words.
fn value_text(located: &Located) -> Option<String> {
    let (_, member, field) = located.field()?;
    if member.value != located.node || located.node.kind() != Kind::String {
        return None;
    }
    let text = located.node.text();
    if field.name == "Type"
        && let Some(kind) = StateType::from_name(text)
    {
        return Some(format!(
            "**{} state**\n\n{}\n\n[Documentation]({})",
            kind.name(),
            kind.summary(),
            kind.link()
        ));
    }
    let Value::Enum(allowed) = field.value else { return None };
    let choice = allowed.iter().find(|it| it.value == text)?;
    Some(format!("`{}` – {}", choice.value, choice.summary))
}

/// The page of a field: what it holds, in which language, what it does.
pub fn field_text(field: &Field) -> String {
    let mut facts = vec![holds(field.value)];
    if field.nullable {
        facts.push("or `null`".into());
    }
    if field.jsonata {
        facts.push("or a JSONata expression".into());
    }
    let mut facts = facts.join(" ");
    if field.required {
        facts += " · required";
    }
    match field.languages {
        Languages::Both => {}
        Languages::JsonPath => facts += " · JSONPath only",
        Languages::Jsonata => facts += " · JSONata only",
    }
    if field.distributed {
        facts += " · Distributed Map only";
    }
    if let Some(default) = field.default {
        facts += &format!(" · default `{default}`");
    }
    let mut text = format!("**{}** – {facts}\n\n{}", field.name, field.summary);
    if let Some(instead) = field.deprecated {
        text += &format!("\n\nDeprecated: use `{instead}`.");
    }
    if let Value::Enum(allowed) = field.value {
        text += "\n";
        for choice in allowed {
            text += &format!("\n- `{}` – {}", choice.value, choice.summary);
        }
    }
    if !field.excludes.is_empty() {
        let names: Vec<String> = field.excludes.iter().map(|name| format!("`{name}`")).collect();
        text += &format!("\n\nNot together with {}.", names.join(", "));
    }
    text + &format!("\n\n[Documentation]({})", field.link)
}

fn holds(value: Value) -> String {
    let bounds = |min: Option<String>, max: Option<String>| match (min, max) {
        (Some(min), Some(max)) => format!(" from {min} to {max}"),
        (Some(min), None) => format!(" from {min}"),
        (None, Some(max)) => format!(" up to {max}"),
        (None, None) => String::new(),
    };
    match value {
        Value::Integer { min, max } => {
            format!("whole number{}", bounds(Some(min.to_string()), max.map(|max| max.to_string())))
        }
        Value::Number { min, max } => {
            format!("number{}", bounds(min.map(|min| min.to_string()), max.map(|max| max.to_string())))
        }
        Value::Text | Value::ErrorName => "text".into(),
        Value::Enum(_) => "one of a few words".into(),
        Value::Boolean => "`true` or `false`".into(),
        Value::StateName => "name of a state".into(),
        Value::Path(_) => "path".into(),
        Value::Payload => "any JSON".into(),
        Value::PayloadObject => "object".into(),
        Value::Assignments => "object of variables".into(),
        Value::AnyJson => "any plain JSON".into(),
        Value::Object(_) => "object".into(),
        Value::List { .. } => "list of objects".into(),
        Value::States => "states by their names".into(),
        Value::ErrorNames => "list of error names".into(),
        Value::Texts => "list of texts".into(),
        Value::Timestamp => "timestamp".into(),
        Value::Pattern => "text with `*` for any characters".into(),
        Value::Resource | Value::Action(_) => "ARN".into(),
        Value::RoleArn => "ARN of a role".into(),
        Value::Label => "label".into(),
        Value::Condition => "`true`, `false`".into(),
        Value::Items => "array or object".into(),
        Value::JsonPointer => "JSON pointer".into(),
    }
}

/// A state: what it is, what it calls, where it leads and what leads to it.
fn state_text(machine: &Machine, state: StateRef) -> String {
    let view = machine.state(state);
    let mut text = format!("**{}**", view.name());
    if let Some(kind) = view.state.kind {
        text += &format!(" – {} state", kind.name());
    }
    if let Some(resource) = view.value().get("Resource").and_then(|resource| resource.as_str()) {
        text += &format!("\n\ncalls `{}`", short_resource(resource));
    }
    if let Some(comment) = view.value().get("Comment").and_then(|comment| comment.as_str()) {
        text += &format!("\n\n{comment}");
    }
    let onward: Vec<String> = machine
        .transitions(state)
        .map(|(transition, target)| match transition.cause {
            Cause::Next => format!("`{}`", target.text()),
            Cause::Default => format!("`{}` (default)", target.text()),
            Cause::Choice(index) => format!("`{}` (rule {})", target.text(), index + 1),
            Cause::Catch(index) => format!("`{}` (catcher {})", target.text(), index + 1),
        })
        .collect();
    if !onward.is_empty() {
        text += &format!("\n\nleads to {}", onward.join(", "));
    }
    let scope = machine.scope_of(state);
    let mut before: Vec<&str> = machine.scopes[scope]
        .states
        .iter()
        .filter(|other| machine.transitions(**other).any(|(_, target)| target.text() == view.name()))
        .map(|other| machine.state(*other).name())
        .collect();
    before.dedup();
    let starts = machine.scopes[scope].start_at.and_then(|start| start.as_str()) == Some(view.name());
    if starts {
        text += "\n\nstarts its scope";
    }
    if !before.is_empty() {
        let names: Vec<String> = before.iter().map(|name| format!("`{name}`")).collect();
        text += &format!("\n\nfollows {}", names.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::at_cursor;
    use expect_test::{Expect, expect};

    fn check(source: &str, expected: Expect) {
        let (analysis, offset) = at_cursor(source);
        let shown = hover(&analysis, offset);
        expected.assert_eq(&shown.map_or("nothing".into(), |hover| hover.markdown));
    }

    #[test]
    fn states_by_their_key_and_by_what_leads_to_them() {
        let machine = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B!"},
            "B?": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Next": "A", "Catch": [{"Next": "B"}]}}}"#;
        let shown = |cursor: &str| {
            let source = machine.replace(cursor, "<|>").replace(['!', '?'], "");
            let (analysis, offset) = at_cursor(&source);
            hover(&analysis, offset).map(|hover| hover.markdown)
        };
        assert_eq!(shown("!"), shown("?"));
        expect![[r#"
            **B** – Task state

            calls `sns:publish`

            leads to `A`, `B` (catcher 1)

            follows `A`, `B`"#]]
        .assert_eq(&shown("?").unwrap());
    }

    #[test]
    fn fields_and_their_values() {
        check(
            r#"{"States": {"A": {"Type": "Task", "Retry": [{"Jitter<|>Strategy": "FULL"}]}}}"#,
            expect![[r#"
                **JitterStrategy** – one of a few words · default `NONE`

                Whether waits are randomised, so that many executions do not retry at the same moment.

                - `NONE` – Waits exactly as long as computed.
                - `FULL` – Waits a random time between zero and the computed delay.

                [Documentation](https://states-language.net/spec.html#retrying-after-error)"#]],
        );
        check(
            r#"{"States": {"A": {"Type": "Wa<|>it"}}}"#,
            expect![[r#"
            **Wait state**

            Pauses for a number of seconds or until a moment, then hands its input on.

            [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html)"#]],
        );
        check(r#"{"States": {"A": {"Type": "Task", "Parameters": {"Ne<|>xt": 1}}}}"#, expect![["nothing"]]);
    }
}
