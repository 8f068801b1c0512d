//! Renames a state with everything that leads to it.

use std::ops::Range;

use asl_grammar::syntax::Format;
use asl_grammar::text::Edit;
use asl_grammar::tree::Node;

use super::locate::{locate, named_state};
use super::references::uses;
use crate::analysis::Analysis;
use crate::catalog::limits;

pub struct Target {
    /// The name at the cursor, without its quotes.
    pub range: Range<usize>,
    pub name: String,
}

/// What would be renamed at an offset.
pub fn prepare(analysis: &Analysis, offset: usize) -> Option<Target> {
    let machine = analysis.machine()?;
    let named = named_state(&machine, &locate(analysis, offset)?)?;
    named.state?;
    if is_alias(analysis, named.node) {
        return None;
    }
    Some(Target { range: named.node.content(), name: named.name.to_owned() })
}

/// The edits that give a state another name, or the reason why it cannot have that name.
pub fn rename(analysis: &Analysis, offset: usize, name: &str) -> Result<Vec<Edit>, String> {
    let nothing = || "there is no state here that could be renamed".to_owned();
    let machine = analysis.machine().ok_or_else(nothing)?;
    let located = locate(analysis, offset).ok_or_else(nothing)?;
    let named = named_state(&machine, &located).ok_or_else(nothing)?;
    let state = named.state.ok_or_else(nothing)?;
    if name.is_empty() || name.chars().count() > limits::STATE_NAME_CHARACTERS {
        return Err(format!("the name of a state has 1 to {} characters", limits::STATE_NAME_CHARACTERS));
    }
    if name != named.name && machine.named(name).next().is_some() {
        return Err(format!("another state of this machine is called `{name}` already"));
    }
    let mut nodes = uses(&machine, named.scope, named.name);
    nodes.push(machine.state(state).key());
    // What an alias stands for is renamed where it is written.
    nodes.retain(|node| !is_alias(analysis, *node));
    nodes.sort_by_key(|node| node.start());
    Ok(nodes.into_iter().map(|node| replacement(analysis, node, name)).collect())
}

/// Does only an alias of YAML (`*name`) stand here?
fn is_alias(analysis: &Analysis, node: Node) -> bool {
    analysis.syntax.format == Format::Yaml && analysis.text.is(node.start()..node.start() + 1, "*")
}

fn replacement(analysis: &Analysis, node: Node, name: &str) -> Edit {
    match (analysis.syntax.format, node.is_quoted()) {
        (Format::Json, true) => Edit { range: node.content(), text: json_content(name) },
        (Format::Json, false) => Edit { range: node.range(), text: format!("\"{}\"", json_content(name)) },
        (Format::Yaml, quoted) => {
            let range = node.range();
            let single = quoted && analysis.text.slice(range.start..range.start + 1) == "'";
            let text = match (quoted, single) {
                (true, true) if !name.contains(char::is_control) => format!("'{}'", name.replace('\'', "''")),
                (false, _) if is_plain(name) => name.to_owned(),
                _ => format!("\"{}\"", json_content(name)),
            };
            Edit { range, text }
        }
    }
}

/// Needs the text no quotes in YAML?
fn is_plain(name: &str) -> bool {
    let reserved = ["true", "false", "null", "~", "yes", "no", "on", "off"];
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | '(' | ')'))
        && !name.ends_with(' ')
        && !reserved.contains(&name.to_ascii_lowercase().as_str())
}

/// A text as it stands between the quotes of JSON.
fn json_content(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::at_cursor;

    fn renamed(source: &str, name: &str) -> Result<String, String> {
        let (analysis, offset) = at_cursor(source);
        let mut text = analysis.text.to_string();
        for edit in rename(&analysis, offset, name)?.into_iter().rev() {
            text.replace_range(edit.range, &edit.text);
        }
        Ok(text)
    }

    #[test]
    fn the_state_and_all_that_leads_to_it() {
        assert_eq!(
            renamed(r#"{"StartAt": "A<|>", "States": {"A": {"Next": "A"}, "B": {"Next": "A"}}}"#, "say \"é\"").unwrap(),
            r#"{"StartAt": "say \"é\"", "States": {"say \"é\"": {"Type": "", "Next": "say \"é\""}, "B": {"Next": "say \"é\""}}}"#
                .replace(r#""Type": "", "#, "")
        );
        assert_eq!(
            renamed("StartAt: A\nStates:\n  <|>A:\n    Next: 'A'\n", "is: it").unwrap(),
            "StartAt: \"is: it\"\nStates:\n  \"is: it\":\n    Next: 'is: it'\n"
        );
    }

    #[test]
    fn an_alias_stays_what_it_is() {
        assert_eq!(
            renamed(
                "StartAt: &s A\nStates:\n  <|>A: &a\n    Next: 'A'\n  B:\n    <<: *a\n    Default: *s\n",
                "C\u{7}"
            )
            .unwrap(),
            "StartAt: &s \"C\\u0007\"\nStates:\n  \"C\\u0007\": &a\n    Next: \"C\\u0007\"\n  B:\n    <<: *a\n    Default: *s\n"
        );
    }

    #[test]
    fn names_that_cannot_be() {
        let source = r#"{"StartAt": "A<|>", "States": {"A": {}, "B": {}}}"#;
        assert_eq!(renamed(source, "B").unwrap_err(), "another state of this machine is called `B` already");
        assert!(renamed(source, "").is_err());
        assert!(renamed(r#"{"StartAt": "Q<|>", "States": {"A": {}}}"#, "x").is_err());
    }
}
