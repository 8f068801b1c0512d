//! Inserts members into an object in the style of the text around them.

use asl_grammar::text::Edit;
use asl_grammar::tree::{Kind, Node};

use crate::check::Local;

/// Puts members before those that the object has. The values are written as JSON on one line, which YAML takes too.
pub(super) fn members(local: &Local, object: Node, new: &[(String, String)]) -> Option<Edit> {
    if object.kind() != Kind::Object || local.is_damaged(object) || new.is_empty() {
        return None;
    }
    let range = object.range();
    let first = object.members().next().map(|member| member.key.start());
    if local.source.slice(object.open()) == "{" {
        let written: Vec<String> = new
            .iter()
            .map(|(name, value)| format!("{}: {value}", serde_json::Value::from(name.as_str())))
            .collect();
        let at = range.start + 1;
        let Some(first) = first else {
            let inside = at..range.end.saturating_sub(1).max(at);
            let blank = local.source.slice(inside.clone()).trim().is_empty();
            return blank.then(|| Edit { range: inside, text: format!(" {} ", written.join(", ")) });
        };
        let gap = local.source.slice(at..first);
        let gap = if gap.trim().is_empty() { gap } else { " ".to_owned() };
        let text = match gap.as_str() {
            "" => format!("{}, ", written.join(", ")),
            gap => written.iter().map(|it| format!("{gap}{it},")).collect(),
        };
        return Some(Edit { range: at..at, text });
    }
    let first = first.filter(|first| *first == range.start)?;
    let before = local.source.line_before(first);
    let indent: String = before.chars().map(|c| if c.is_whitespace() { c } else { ' ' }).collect();
    // A key that follows its parent on one line is no block.
    if !before.trim_matches([' ', '\t', '-']).is_empty() {
        return None;
    }
    let text = new.iter().map(|(name, value)| format!("{name}: {value}\n{indent}")).collect();
    Some(Edit { range: first..first, text })
}
