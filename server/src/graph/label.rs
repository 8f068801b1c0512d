//! What is written on states and transitions, in few words.

use asl_grammar::tree::{Kind, Node};

use crate::asl::{self, StateView, is_expression, short_resource};
use crate::catalog::states::StateType;

/// Longer texts are cut: nobody reads them in a drawing.
const LONGEST: usize = 400;
/// Conditions deeper than that are not written out.
const DEEPEST: usize = 6;

/// What a state does.
pub fn detail(state: &StateView) -> String {
    let value = state.value();
    let text = |name: &str| value.get(name).map(scalar).filter(|text| !text.is_empty());
    let detail = match state.state.kind {
        Some(StateType::Task) => text("Resource").map(|resource| {
            let short = short_resource(&resource);
            match function(value) {
                Some(function) if short.starts_with("lambda:invoke") => format!("{short} · {function}"),
                _ => short.to_owned(),
            }
        }),
        Some(StateType::Wait) => match (text("Seconds"), text("SecondsPath")) {
            (Some(seconds), _) if seconds.bytes().all(|it| it.is_ascii_digit()) => {
                Some(format!("{seconds} s"))
            }
            (Some(seconds), _) | (None, Some(seconds)) => Some(seconds),
            (None, None) => text("Timestamp").or_else(|| text("TimestampPath")),
        },
        Some(StateType::Fail) => text("Error").or_else(|| text("ErrorPath")),
        None => text("Type"),
        Some(StateType::Map) => text("ItemsPath").or_else(|| text("Items")),
        _ => None,
    };
    cut(bare(&detail.unwrap_or_default()))
}

/// The function that a state invokes, without the beginning of its ARN.
fn function(state: Node) -> Option<String> {
    let given = state.get("Parameters").or_else(|| state.get("Arguments"))?;
    let name = given.get("FunctionName")?.as_str()?;
    Some(name.rsplit_once(":function:").map_or(name, |(_, name)| name).to_owned())
}

/// When a rule of a Choice state matches.
pub fn condition(rule: Node) -> String {
    if let Some(condition) = rule.get("Condition") {
        return cut(bare(&scalar(condition)));
    }
    let mut out = String::new();
    comparison(rule, 0, &mut out);
    cut(&out)
}

fn comparison(rule: Node, depth: usize, out: &mut String) {
    if depth > DEEPEST || out.len() > LONGEST {
        *out += "…";
        return;
    }
    let joined = |list: Node, word: &str, out: &mut String| {
        for (index, inner) in list.items().enumerate() {
            if index > 0 {
                *out += word;
            }
            let nested = inner.get("And").or_else(|| inner.get("Or")).is_some();
            *out += if nested { "(" } else { "" };
            comparison(inner, depth + 1, out);
            *out += if nested { ")" } else { "" };
            if out.len() > LONGEST {
                return;
            }
        }
    };
    for member in rule.members() {
        match member.name() {
            "And" => return joined(member.value, " and ", out),
            "Or" => return joined(member.value, " or ", out),
            "Not" => {
                *out += "not (";
                comparison(member.value, depth + 1, out);
                *out += ")";
                return;
            }
            "Variable" | "Next" | "Comment" | "Assign" | "Output" => {}
            operator => {
                let variable = rule.get("Variable").map(scalar).unwrap_or_default();
                *out += &variable;
                *out += &operation(operator, member.value);
                return;
            }
        }
    }
    *out += &rule.get("Variable").map(scalar).unwrap_or_default();
}

/// ` = 5`, ` is present`.
fn operation(operator: &str, value: Node) -> String {
    if let Some(what) = operator.strip_prefix("Is").filter(|what| !what.is_empty()) {
        let not = if value.as_bool() == Some(false) { "not " } else { "" };
        return format!(" is {not}{}", what.to_lowercase());
    }
    let name = operator.strip_suffix("Path").unwrap_or(operator);
    let comparisons = [
        ("LessThanEquals", "≤"),
        ("GreaterThanEquals", "≥"),
        ("LessThan", "<"),
        ("GreaterThan", ">"),
        ("Equals", "="),
        ("Matches", "matches"),
    ];
    let found = comparisons.iter().find(|(suffix, _)| name.ends_with(suffix));
    let quoted = value.kind() == Kind::String && !operator.ends_with("Path");
    let shown = if quoted { format!("\"{}\"", value.text()) } else { scalar(value) };
    format!(" {} {shown}", found.map_or(operator, |(_, sign)| sign))
}

/// The errors that a catcher catches.
pub fn errors(catcher: Node) -> String {
    let mut names = String::new();
    for name in catcher.get("ErrorEquals").into_iter().flat_map(Node::items) {
        if names.len() > LONGEST {
            break;
        }
        if !names.is_empty() {
            names += ", ";
        }
        names += &scalar(name);
    }
    cut(&names)
}

fn scalar(node: Node) -> String {
    match node.kind() {
        Kind::Object | Kind::Array if asl::is_unknown(node) => "${…}".to_owned(),
        Kind::Object => "{…}".to_owned(),
        Kind::Array => "[…]".to_owned(),
        _ => cut(node.text()),
    }
}

/// An expression without its delimiters.
fn bare(text: &str) -> &str {
    if is_expression(text) { text[2..text.len() - 2].trim() } else { text }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}
