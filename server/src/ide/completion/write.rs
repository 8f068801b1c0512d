//! Makes the edits of completion: what is inserted fits what stands around the cursor.

use std::borrow::Cow;
use std::ops::Range;

use asl_grammar::syntax::Format;
use asl_grammar::text::Edit;

use super::{Completion, Context, Kind};

/// What stands behind a key: as it is written, with a mark where the cursor goes.
pub(super) struct Skeleton {
    pub json: Cow<'static, str>,
    pub yaml: Cow<'static, str>,
}

impl Skeleton {
    pub const fn plain(json: &'static str, yaml: &'static str) -> Skeleton {
        Skeleton { json: Cow::Borrowed(json), yaml: Cow::Borrowed(yaml) }
    }
}

/// An item for a key, with the beginning of its value.
pub(super) fn key(context: &Context, name: &str, skeleton: &Skeleton) -> Completion {
    let spot = &context.spot;
    let flow = !spot.block;
    let quote = if context.format == Format::Json || spot.quote.is_some() { "\"" } else { "" };
    let value = if flow && context.format == Format::Json {
        format!(": {}", skeleton.json)
    } else if flow {
        format!(": {}", skeleton.json.replace('"', if quote.is_empty() { "" } else { "\"" }))
    } else {
        skeleton.yaml.replace("\n", &format!("\n{}", " ".repeat(spot.column)))
    };
    let comma = if flow && spot.needs_comma_after { "," } else { "" };
    let head = format!("{quote}{name}");
    let mut item = blank(context, name, Kind::Field);
    item.filter = head.clone();
    if spot.closed {
        // The closing quote stands there already, and the edit may not reach beyond the cursor.
        item.text = head;
        let tail = if spot.colon { String::new() } else { without_marks(&value) + comma };
        let rest = spot.rest.clone();
        let inner = rest.start..rest.end - 1;
        if !inner.is_empty() {
            item.more.push(Edit { range: inner, text: String::new() });
        }
        if !tail.is_empty() {
            item.more.push(Edit { range: rest.end..rest.end, text: tail });
        }
    } else {
        drop_rest(&mut item, spot.rest.clone());
        if spot.colon {
            item.text = format!("{head}{quote}");
        } else {
            item.text = format!("{head}{quote}{}{comma}", without_marks(&value));
            item.snippet = Some(format!("{}{quote}{value}{comma}", escape(&head)));
        }
    }
    comma_before(&mut item, context);
    item
}

/// An item for a value that is a text.
pub(super) fn text(context: &Context, value: &str, kind: Kind) -> Completion {
    let spot = &context.spot;
    let json = context.format == Format::Json || !spot.block || spot.quote.is_some();
    let mut item = blank(context, value, kind);
    let content = match (json, spot.quote) {
        (true, Some('\'')) => value.replace('\'', "''"),
        (true, _) => json_content(value),
        (false, _) => value.to_owned(),
    };
    let quote = spot.quote.unwrap_or('"');
    let quoted = json || !is_plain_yaml(value);
    let head =
        if quoted { format!("{quote}{}", if json { content } else { json_content(value) }) } else { content };
    item.filter = if spot.quote.is_some() { format!("{quote}{value}") } else { value.to_owned() };
    if spot.closed {
        item.text = head;
        let inner = spot.rest.start..spot.rest.end - 1;
        if !inner.is_empty() {
            item.more.push(Edit { range: inner, text: String::new() });
        }
    } else {
        let comma = if spot.needs_comma_after { "," } else { "" };
        let close = if quoted { quote.to_string() } else { String::new() };
        item.text = format!("{head}{close}{comma}");
        drop_rest(&mut item, spot.rest.clone());
    }
    comma_before(&mut item, context);
    item
}

/// An item for a value that is written as it is: a number, `true`.
pub(super) fn literal(context: &Context, value: &str) -> Completion {
    let spot = &context.spot;
    let mut item = blank(context, value, Kind::Value);
    let comma = if spot.needs_comma_after && spot.quote.is_none() { "," } else { "" };
    item.text = format!("{value}{comma}");
    if spot.quote.is_some() {
        // Inside quotes a literal replaces them; the opening one is part of the range.
        item.filter = format!("\"{value}");
    }
    drop_rest(&mut item, spot.rest.clone());
    comma_before(&mut item, context);
    item
}

fn blank(context: &Context, label: &str, kind: Kind) -> Completion {
    Completion {
        label: label.to_owned(),
        kind,
        detail: String::new(),
        docs: String::new(),
        range: context.spot.typed.clone(),
        filter: label.to_owned(),
        text: label.to_owned(),
        snippet: None,
        more: Vec::new(),
        otherwise: Vec::new(),
        deprecated: false,
        first: false,
    }
}

fn drop_rest(item: &mut Completion, rest: Range<usize>) {
    if !rest.is_empty() {
        item.more.push(Edit { range: rest, text: String::new() });
    }
}

fn comma_before(item: &mut Completion, context: &Context) {
    if let Some(at) = context.spot.needs_comma_at {
        item.more.push(Edit { range: at..at, text: ",".into() });
    }
}

/// A skeleton as plain text: `$1` goes, `${1:0}` becomes `0`, `\\$` becomes `$`.
pub(super) fn without_marks(skeleton: &str) -> String {
    let mut out = String::new();
    let mut rest = skeleton;
    while let Some(at) = rest.find(['$', '\\']) {
        out.push_str(&rest[..at]);
        let mark = &rest[at..];
        rest = if let Some(escaped) = mark.strip_prefix('\\') {
            let next = escaped.chars().next().map_or(0, char::len_utf8);
            out.push_str(&escaped[..next]);
            &escaped[next..]
        } else if let Some((inner, after)) = mark.strip_prefix("${").and_then(|it| it.split_once('}')) {
            out.push_str(inner.split_once(':').map_or("", |(_, text)| text));
            after
        } else {
            mark[1..].trim_start_matches(|c: char| c.is_ascii_digit())
        };
    }
    out + rest
}

/// A text as part of a snippet.
pub(super) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

fn json_content(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// Can the text stand in YAML without quotes, and still be a text?
fn is_plain_yaml(text: &str) -> bool {
    let reserved = ["true", "false", "null", "~"];
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(['\n', '\r', '\t'])
        && !reserved.contains(&text.to_ascii_lowercase().as_str())
}
