//! Makes the edits of completion: what is inserted fits what stands around the cursor.

use std::borrow::Cow;
use std::ops::Range;

use asl_grammar::syntax::Format;
use asl_grammar::text::Edit;

use super::{Completion, Context, Docs, Kind, Whole};

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
            let snippet = format!("{}{quote}{value}{comma}", escape(&item.text));
            item.whole = Some(Whole { end: rest.end, snippet });
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

/// An item for several lines at the place of a key: members with all that is in them, as a snippet. Where they get a line
/// of their own, `lines` says what to put around them.
pub(super) fn members(
    context: &Context,
    label: &str,
    kind: Kind,
    snippet: &str,
    around: (&str, &str),
) -> Completion {
    let spot = &context.spot;
    let comma = if spot.needs_comma_after && !spot.block { "," } else { "" };
    let (before, after) = around;
    let mut item = blank(context, label, kind);
    let quote = if context.format == Format::Json || spot.quote.is_some() { "\"" } else { "" };
    item.filter = format!("{quote}{label}");
    pieces(&mut item, context, format!("{before}{snippet}{comma}{after}"));
    comma_before(&mut item, context);
    item
}

/// An item for a value of several lines, as a snippet.
pub(super) fn value(context: &Context, label: &str, kind: Kind, snippet: &str) -> Completion {
    let spot = &context.spot;
    let mut item = blank(context, label, kind);
    let comma = if spot.needs_comma_after && !spot.block { "," } else { "" };
    item.filter = format!("{}{label}", spot.quote.map(String::from).unwrap_or_default());
    pieces(&mut item, context, format!("{snippet}{comma}"));
    comma_before(&mut item, context);
    item
}

/// A snippet that stands for all of what is typed, and for what follows of it.
fn pieces(item: &mut Completion, context: &Context, snippet: String) {
    let rest = context.spot.rest.clone();
    if rest.is_empty() {
        item.text = without_marks(&snippet);
        item.snippet = Some(snippet);
    } else {
        // Quotes that have been opened and closed must go; so must the end of a word.
        item.text = String::new();
        item.whole = Some(Whole { end: rest.end, snippet });
    }
}

/// What stands before the first letter of the line of an offset.
pub(super) fn indent_of(context: &Context, offset: usize) -> String {
    let text = &context.analysis.text;
    let line = text.slice(text.line_range(text.line_of(offset)));
    line[..line.len() - line.trim_start_matches([' ', '\t']).len()].to_owned()
}

/// One step of indentation, as the document has it.
pub(super) fn unit_of(context: &Context) -> String {
    if context.format == Format::Yaml {
        return "  ".into();
    }
    let text = &context.analysis.text;
    let lines = 1..text.line_count().min(200) + 1;
    let indents = lines.map(|line| {
        let line = text.slice(text.line_range(line));
        line[..line.len() - line.trim_start_matches([' ', '\t']).len()].to_owned()
    });
    let mut indents = indents.filter(|it| !it.is_empty() && (it.starts_with('\t') || it.len() <= 8));
    match (indents.next(), context.analysis.config().indent) {
        (Some(indent), _) if indent.starts_with('\t') => "\t".into(),
        (Some(indent), _) => indent,
        (None, indent) => " ".repeat(indent.unwrap_or(2)),
    }
}

pub(super) fn blank(context: &Context, label: &str, kind: Kind) -> Completion {
    Completion {
        label: label.to_owned(),
        kind,
        detail: String::new(),
        docs: Docs::default(),
        range: context.spot.typed.clone(),
        filter: label.to_owned(),
        text: label.to_owned(),
        snippet: None,
        whole: None,
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

/// A snippet as plain text: `$1` goes, `${1:0}` becomes `0`, `\\$` becomes `$`.
pub(super) fn without_marks(snippet: &str) -> String {
    let mut out = String::new();
    let mut chars = snippet.chars().peekable();
    // How many places are open: the bracket that ends one goes, too.
    let mut open = 0;
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '$' => {
                let bracket = chars.next_if_eq(&'{').is_some();
                while chars.next_if(char::is_ascii_digit).is_some() {}
                if bracket {
                    chars.next_if_eq(&':');
                    open += 1;
                }
            }
            '}' if open > 0 => open -= 1,
            c => out.push(c),
        }
    }
    out
}

/// A text as part of a snippet.
pub(super) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

pub(super) fn json_content(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// Can the text stand in YAML without quotes, and still be a text?
pub(super) fn is_plain_yaml(text: &str) -> bool {
    let reserved = ["true", "false", "null", "~"];
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(['\n', '\r', '\t'])
        && !reserved.contains(&text.to_ascii_lowercase().as_str())
}
