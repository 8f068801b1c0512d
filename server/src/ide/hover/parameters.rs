//! What a parameter of a call, or a member nested in one, takes.

use super::{Hover, about, is_plain_scalar, literals, models};
use crate::asl::{CallView, Expected};
use crate::catalog::integrations::{Action, Bound, Kind, Shape};
use crate::config::Config;
use crate::ide::locate::Located;
use crate::ide::markdown::codes;

/// As many words fit into a hover.
const WORDS: usize = 24;

pub(super) fn hover(call: &CallView, located: &Located, config: &Config) -> Option<Hover> {
    let action = call.action()?;
    let node = located.node;
    let is_key = located.is_key();
    let expected = call.expected(&action, if is_key { node.parent()? } else { node })?;
    if is_key {
        let mut markdown = member_text(&action, &expected)?;
        if node.text().ends_with(".$") {
            markdown += "\n\nThe key ends in `.$`: its value is a path or an intrinsic function.";
        }
        markdown += &models::of_member(config, call, &action, node).unwrap_or_default();
        return Some(about(node, markdown));
    }
    if !is_plain_scalar(node) || !call.is_literal(node) {
        return None;
    }
    let page = member_text(&action, &expected);
    let told = match expected.shape.enum_values().any(|it| it == node.text()) {
        true => Some(format!("`{}`", node.text())),
        false => {
            let unit = || literals::with_unit(expected.member?.1.name, node);
            literals::text(node).or_else(unit)
        }
    };
    let markdown = match (told, page) {
        (Some(told), Some(page)) => format!("{told}\n\n{page}"),
        (told, page) => told.or(page)?,
    };
    Some(about(node, markdown))
}

/// The page of a parameter or member. None for elements of lists and values of maps: they have no name.
pub fn member_text(action: &Action, expected: &Expected) -> Option<String> {
    let (parent, member) = expected.member?;
    let shape = expected.shape;
    let mut facts = vec![type_text(&shape)];
    facts.extend(bounds_text(&shape));
    if member.required {
        facts.push("required".into());
    }
    if member.deprecated {
        facts.push("deprecated".into());
    }
    if member.sensitive {
        facts.push("sensitive".into());
    }
    if let Some(default) = action.default_value(member.name).filter(|_| expected.is_parameter) {
        facts.push(format!("default `{default}`"));
    }
    let mut text = format!("**{}** – {}", member.name, facts.join(" · "));
    if expected.is_parameter {
        if let Some(note) = action.parameter_note(member.name) {
            text += &format!("\n\n{note}");
        }
        if let Some(group) = action.one_of().iter().find(|group| group.iter().any(|it| it == member.name)) {
            text += &format!("\n\nOne of {} is needed.", codes(group.iter().map(String::as_str), WORDS));
        }
    }
    if member.idempotency_token {
        text += "\n\nMakes a repeated call harmless; one is made up when it is missing.";
    }
    if member.own {
        text += "\n\nA parameter of the integration, not of the API.";
    } else if !member.confirmed {
        text += "\n\nThe API has it; whether this integration takes it is not documented.";
    }
    text += &values_text(&shape);
    let url = if expected.is_parameter {
        Some(action.parameter_url(&member))
    } else {
        action.member_url(&parent, &member)
    };
    match url {
        Some(url) if url == action.guide_url() => text += &format!("\n\n[Step Functions guide]({url})"),
        Some(url) => text += &format!("\n\n[API reference]({url})"),
        None => {}
    }
    Some(text)
}

/// The type in a few words.
pub(super) fn type_text(shape: &Shape) -> String {
    let nested = |inner: Option<Shape>| inner.map(|it| word(&it)).unwrap_or_default();
    match shape.kind() {
        Kind::List => format!("list of {}", nested(shape.item())),
        Kind::Map => format!("map of {}", nested(shape.value())),
        _ => word(shape),
    }
}

fn word(shape: &Shape) -> String {
    match shape.kind() {
        Kind::Structure => format!("object `{}`", shape.name().unwrap_or_default()).replace(" ``", ""),
        Kind::List => "lists".into(),
        Kind::Map => "maps".into(),
        Kind::String if shape.enum_values().len() > WORDS => {
            format!("one of {} words", shape.enum_values().len())
        }
        Kind::String if shape.enum_values().len() > 0 => "one of a few words".into(),
        Kind::String => "text".into(),
        Kind::Integer | Kind::Long => "whole number".into(),
        Kind::Float | Kind::Double => "number".into(),
        Kind::Boolean => "`true` or `false`".into(),
        Kind::Timestamp => "timestamp".into(),
        Kind::Blob => "bytes as text".into(),
        Kind::Document | Kind::Json => "any JSON".into(),
    }
}

fn bounds_text(shape: &Shape) -> Option<String> {
    let number = |bound: Bound| match bound {
        Bound::Whole(it) => it.to_string(),
        Bound::Fraction(it) => it.to_string(),
    };
    let unit = match shape.kind() {
        Kind::String | Kind::Blob => " character",
        Kind::List => " element",
        Kind::Map => " member",
        _ => "",
    };
    let counted = |bound: Bound| match bound {
        Bound::Whole(1) => format!("1{unit}"),
        _ if unit.is_empty() => number(bound),
        _ => format!("{}{unit}s", number(bound)),
    };
    // A length from 0 or a number of any size says nothing.
    match shape.bounds() {
        (Some(least), Some(most)) => Some(format!("{} to {}", number(least), counted(most))),
        (Some(Bound::Whole(0)), None) if !unit.is_empty() => None,
        (Some(least), None) if unit.is_empty() => Some(format!("from {}", number(least))),
        (Some(least), None) => Some(format!("at least {}", counted(least))),
        (None, Some(most)) => Some(format!("up to {}", counted(most))),
        (None, None) => None,
    }
}

/// The words it may be, or what it holds.
fn values_text(shape: &Shape) -> String {
    let inner = shape.item().or_else(|| shape.value());
    let words = |shape: &Shape| codes(shape.enum_values(), WORDS);
    if shape.enum_values().len() > 0 {
        return format!("\n\nOne of {}", words(shape));
    }
    if let Some(keys) = shape.key().filter(|it| it.enum_values().len() > 0) {
        return format!("\n\nThe keys are {}", words(&keys));
    }
    if let Some(inner) = inner.filter(|it| it.enum_values().len() > 0) {
        return format!("\n\nEach is one of {}", words(&inner));
    }
    if let Some(pattern) = shape.pattern() {
        // A bar or a back-tick would end the code mark or the cell.
        return if pattern.contains('`') { String::new() } else { format!("\n\nMatches `{pattern}`") };
    }
    let structure = if shape.kind() == Kind::Structure { Some(*shape) } else { inner };
    let Some(structure) = structure.filter(|it| it.members().len() > 0) else { return String::new() };
    let needed: Vec<&str> = structure.members().filter(|it| it.required).map(|it| it.name).collect();
    let others: Vec<&str> = structure.members().filter(|it| !it.required).map(|it| it.name).collect();
    let holder = if inner.is_some() { "Each" } else { "It" };
    let (needed, others) = (needed.into_iter(), others.into_iter());
    if structure.is_union() {
        return format!("\n\n{holder} has one of {}", codes(needed.chain(others), WORDS));
    }
    match (needed.len(), others.len()) {
        (0, _) => format!("\n\n{holder} may have {}", codes(others, WORDS)),
        (_, 0) => format!("\n\n{holder} needs {}", codes(needed, WORDS)),
        _ => format!("\n\n{holder} needs {}, and may have {}", codes(needed, WORDS), codes(others, WORDS)),
    }
}
