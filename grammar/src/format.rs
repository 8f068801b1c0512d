//! The layout of a document: where lines break, how far they are indented, and nothing else.
//!
//! Only white space changes, so every name, number, escape and comment stays as it was written. A text that cannot be
//! read is left alone: white space is all that tells what was meant.

use std::ops::Range;

use crate::syntax::{Format, Syntax};
use crate::text::{Edit, Text};
use crate::{json, yaml};

/// How a document is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// How many columns a level is indented by.
    pub indent: usize,
    /// With tabs; YAML takes none.
    pub tabs: bool,
}

impl Default for Style {
    fn default() -> Style {
        Style { indent: 2, tabs: false }
    }
}

/// What stands on one line is at most this long, if it can be helped.
pub(crate) const WIDTH: usize = 100;

/// The edits that lay a text out, by their places. None when the text has a mistake in its syntax.
pub fn format(format: Format, text: &Text, style: Style) -> Option<Vec<Edit>> {
    let syntax = Syntax::new(format, text);
    if syntax.errors().iter().any(|error| error.kind.is_malformed()) {
        return None;
    }
    let source = text.to_string();
    Some(match format {
        Format::Json => json::format::format(&source, style),
        Format::Yaml => yaml::format::format(&source, style),
    })
}

/// The edits that lay some lines out: those that hold `range`. None when the text has a mistake in its syntax.
pub fn format_range(format: Format, text: &Text, style: Style, range: Range<usize>) -> Option<Vec<Edit>> {
    let first = text.line_range(text.line_of(range.start)).start;
    let last = text.line_range(text.line_of(range.end)).end;
    let mut edits = self::format(format, text, style)?;
    edits.retain(|edit| edit.range.end > first && edit.range.start < last.max(first + 1));
    // Half of a block may belong to another one.
    let source = text.to_string();
    let certain = format == Format::Json || yaml::format::is_harmless(&source, &edits);
    Some(if certain { edits } else { Vec::new() })
}

/// The text after the edits, which are sorted and do not touch one another.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in edits {
        out.push_str(&text[done..edit.range.start]);
        out.push_str(&edit.text);
        done = edit.range.end;
    }
    out.push_str(&text[done..]);
    out
}

/// The line break that a text uses.
pub(crate) fn line_break(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
