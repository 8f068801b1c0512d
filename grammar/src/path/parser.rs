//! The steps of a path. Filters are in `filter`.

use super::{Error, ErrorKind, MAX_DEPTH, Path, Root, Segment, SegmentKind};
use crate::span::Span;

/// Where the path stands, which decides where its bare names end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Alone in its string.
    Whole,
    /// Among the arguments of an intrinsic function, or in a filter.
    Inside,
}

pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) offset: usize,
    pub(super) depth: u32,
    pub(super) errors: Vec<Error>,
    pub(super) nested: Vec<Path>,
    pub(super) unquoted: Vec<Span>,
}

/// The functions a path may end in.
const FUNCTIONS: [&str; 14] = [
    "length", "size", "min", "max", "avg", "sum", "stddev", "keys", "concat", "append", "first", "last",
    "index", "count",
];

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Parser<'t> {
        Parser { text, offset: 0, depth: 0, errors: Vec::new(), nested: Vec::new(), unquoted: Vec::new() }
    }

    pub(super) fn whole(mut self) -> Path {
        if !self.text.starts_with('$') {
            return self.no_path();
        }
        let mut path = self.path(Place::Whole);
        let rest = self.rest();
        if !rest.trim_start_matches([' ', '\t', '\n', '\r']).is_empty() && self.errors.is_empty() {
            let blank = rest.starts_with([' ', '\t', '\n', '\r']);
            let span = Span::new(self.at(), self.text.len() as u32);
            let message = match self.peek() {
                _ if blank => "a blank ends the path; write a name with blanks as `['…']`".to_owned(),
                Some(other) => format!("`{other}` cannot stand here; write an unusual name as `['…']`"),
                None => "the path is complete before the end of the text".to_owned(),
            };
            self.error(ErrorKind::Trailing, span, message);
        }
        path.errors = self.errors;
        path
    }

    pub(super) fn argument(mut self, start: u32) -> Path {
        self.offset = start as usize;
        let mut path = self.path(Place::Inside);
        path.errors = self.errors;
        path
    }

    fn no_path(mut self) -> Path {
        let text = self.text;
        let span = Span::new(0, text.len() as u32);
        let word = |character: char| character.is_alphanumeric() || "._-[]'*".contains(character);
        let (kind, message) = if text.is_empty() {
            (ErrorKind::NoRoot, "the path is empty; `$` stands for the whole input".to_owned())
        } else if text.starts_with("{%") {
            let message = "this is a JSONata expression, and a JSONPath is wanted here";
            (ErrorKind::JsonataText, message.to_owned())
        } else if text.starts_with("States.") && text.contains('(') {
            let message = "this is a call of an intrinsic function, and a path is wanted here";
            (ErrorKind::IntrinsicCall, message.to_owned())
        } else if text.trim_start().starts_with('$') {
            (ErrorKind::NoRoot, "remove the blank before `$`".to_owned())
        } else if text.chars().all(word) {
            let dot = if text.starts_with(['.', '[']) { "" } else { "." };
            (ErrorKind::NoRoot, format!("a path begins with `$`: write `${dot}{text}`"))
        } else {
            (ErrorKind::NoRoot, "a path begins with `$`".to_owned())
        };
        self.error(kind, span, message);
        Path {
            root: Root::None,
            span,
            root_span: Span::at(0),
            segments: Vec::new(),
            nested: Vec::new(),
            unquoted: Vec::new(),
            errors: self.errors,
        }
    }

    /// A path from its `$` or `@` on.
    pub(super) fn path(&mut self, place: Place) -> Path {
        let start = self.offset;
        let root = self.root();
        let root_span = self.span_from(start);
        let (outer_nested, outer_unquoted) =
            (std::mem::take(&mut self.nested), std::mem::take(&mut self.unquoted));
        let mut segments = Vec::new();
        while self.step(place, &mut segments) {}
        Path {
            root,
            span: self.span_from(start),
            root_span,
            segments,
            nested: std::mem::replace(&mut self.nested, outer_nested),
            unquoted: std::mem::replace(&mut self.unquoted, outer_unquoted),
            errors: Vec::new(),
        }
    }

    fn root(&mut self) -> Root {
        if self.take('@') {
            return Root::Item;
        }
        if !self.take('$') {
            return Root::None;
        }
        match self.peek() {
            Some('$') => {
                self.offset += 1;
                Root::Context
            }
            Some(first) if first.is_alphabetic() || first == '_' => {
                self.take_while(|character| character.is_alphanumeric() || character == '_');
                Root::Variable
            }
            _ => Root::Input,
        }
    }

    /// Reads one step; false when none follows.
    fn step(&mut self, place: Place, segments: &mut Vec<Segment>) -> bool {
        let mut start = self.offset;
        if self.peek() == Some('[') {
            let segment = self.bracket(start);
            segments.push(segment);
            return true;
        }
        if !self.take('.') {
            return false;
        }
        if self.take('.') {
            segments.push(self.segment(SegmentKind::Descent, start, Span::new(start as u32, self.at())));
            start = self.offset;
        }
        let segment = match self.peek() {
            Some('[') => self.bracket(start),
            Some('*') => {
                self.offset += 1;
                let inner = Span::new(self.at() - 1, self.at());
                self.segment(SegmentKind::Wildcard, start, inner)
            }
            _ => self.bare_name(start, place),
        };
        segments.push(segment);
        true
    }

    pub(super) fn segment(&self, kind: SegmentKind, start: usize, inner: Span) -> Segment {
        Segment { kind, span: self.span_from(start), inner, unusual: false }
    }

    fn bare_name(&mut self, start: usize, place: Place) -> Segment {
        let from = self.offset;
        let mut name = String::new();
        let mut unusual = false;
        while let Some(character) = self.peek() {
            if character == '\\' {
                self.offset += 1;
                let Some(escaped) = self.peek() else { break };
                self.offset += escaped.len_utf8();
                name.push(escaped);
                continue;
            }
            match character {
                '_' | '-' => {}
                _ if character.is_alphanumeric() || !character.is_ascii() => {}
                ':' | '/' | '#' | '%' | '+' | ';' | '$' | '@' => unusual = true,
                '{' | '}' | '^' | '`' if place == Place::Whole => unusual = true,
                _ => break,
            }
            name.push(character);
            self.offset += character.len_utf8();
        }
        let inner = self.span_from(from);
        if inner.is_empty() {
            let message = match self.peek() {
                None => "a name is missing after `.`: remove the dot or complete the path".to_owned(),
                Some(other) => format!("a name is missing between `.` and `{other}`"),
            };
            let end = self.peek().map_or(0, char::len_utf8) as u32;
            self.error(ErrorKind::Step, Span::new(self.at(), self.at() + end), message);
            return self.segment(SegmentKind::Missing, start, inner);
        }
        if self.peek() == Some('(') {
            return self.function(start, inner, &name);
        }
        Segment { unusual, ..self.segment(SegmentKind::Name(name), start, inner) }
    }

    fn function(&mut self, start: usize, inner: Span, name: &str) -> Segment {
        if !FUNCTIONS.contains(&name) {
            let message = format!("`{name}` is not a function of paths");
            self.error(ErrorKind::Step, inner, message);
        }
        let open = self.at();
        self.offset += 1;
        loop {
            self.blanks();
            match self.peek() {
                Some(')') => {
                    self.offset += 1;
                    break;
                }
                Some(',') => self.offset += 1,
                None => {
                    self.unclosed(open, ")");
                    break;
                }
                Some(_) => {
                    if !self.value() {
                        self.skip_to(')');
                    }
                }
            }
        }
        self.segment(SegmentKind::Function, start, inner)
    }

    /// `[ … ]`, read from its bracket; `start` is where the step began.
    fn bracket(&mut self, start: usize) -> Segment {
        let open = self.at();
        self.offset += 1;
        self.blanks();
        let from = self.offset;
        let kind = match self.peek() {
            Some('*') => {
                self.offset += 1;
                SegmentKind::Wildcard
            }
            Some('?') => {
                self.offset += 1;
                self.filter();
                SegmentKind::Filter
            }
            Some('(') => {
                self.skip_to(')');
                self.take(')');
                SegmentKind::Script
            }
            Some('\'' | '"') => self.quoted_names(),
            Some('-' | ':' | '0'..='9') => self.numbers(),
            _ => SegmentKind::Missing,
        };
        let mut inner = self.span_from(from);
        if matches!(kind, SegmentKind::Name(_)) {
            // Without its quotes; the second may be missing.
            let bare = Span::new(inner.start + 1, inner.end);
            let closed = bare.text(self.text).ends_with(['\'', '"']);
            inner = Span::new(bare.start, bare.end - u32::from(closed));
        }
        self.blanks();
        if self.take(']') {
            if kind == SegmentKind::Missing {
                let span = Span::new(open, self.at());
                self.error(
                    ErrorKind::Step,
                    span,
                    "write a name in quotes or an index between the brackets".to_owned(),
                );
            }
            return self.segment(kind, start, inner);
        }
        match self.peek() {
            None => self.unclosed(open, "]"),
            Some(_) => {
                let wrong = self.offset;
                self.skip_to(']');
                let span = self.span_from(wrong);
                let wrong = span.text(self.text);
                let message = match kind {
                    SegmentKind::Missing => format!("put the name between quotes: `['{wrong}']`"),
                    _ => format!("expected `]`, found `{wrong}`"),
                };
                self.error(ErrorKind::Step, span, message);
                if !self.take(']') {
                    self.unclosed(open, "]");
                }
            }
        }
        self.segment(kind, start, inner)
    }

    fn quoted_names(&mut self) -> SegmentKind {
        let mut first = None;
        let mut count = 0;
        while let Some(name) = self.quoted() {
            count += 1;
            first.get_or_insert(name);
            let after = self.offset;
            self.blanks();
            if !self.take(',') {
                self.offset = after;
                break;
            }
            self.blanks();
            if !matches!(self.peek(), Some('\'' | '"')) {
                let span = Span::at(self.at());
                self.error(ErrorKind::Step, span, "a name in quotes is missing after the comma".to_owned());
                break;
            }
        }
        match first {
            Some(name) if count == 1 => SegmentKind::Name(name),
            Some(_) => SegmentKind::Union,
            None => SegmentKind::Missing,
        }
    }

    /// A text in quotes, without them and without its escapes.
    pub(super) fn quoted(&mut self) -> Option<String> {
        let quote = self.peek().filter(|quote| matches!(quote, '\'' | '"'))?;
        let open = self.at();
        self.offset += 1;
        let mut value = String::new();
        while let Some(character) = self.peek() {
            self.offset += character.len_utf8();
            if character == quote {
                return Some(value);
            }
            let character = match character {
                '\\' => {
                    let Some(escaped) = self.peek() else { break };
                    self.offset += escaped.len_utf8();
                    escaped
                }
                other => other,
            };
            value.push(character);
        }
        self.unclosed(open, if quote == '"' { "\"" } else { "'" });
        Some(value)
    }

    /// `3`, `-1`, `0,1`, `1:3`, `:2`, `1:9:2`
    fn numbers(&mut self) -> SegmentKind {
        let start = self.offset;
        let (mut numbers, mut colons, mut commas) = (Vec::new(), 0, 0);
        loop {
            self.blanks();
            let from = self.offset;
            self.take('-');
            self.take_while(|character| character.is_ascii_digit());
            if self.offset > from {
                numbers.push(self.text.get(from..self.offset).and_then(|digits| digits.parse::<i64>().ok()));
            }
            let after = self.offset;
            self.blanks();
            if self.take(':') {
                colons += 1;
            } else if self.take(',') {
                commas += 1;
            } else {
                self.offset = after;
                break;
            }
        }
        let valid = numbers.iter().all(Option::is_some);
        match (numbers.as_slice(), colons, commas) {
            (&[Some(index)], 0, 0) => SegmentKind::Index(index),
            ([_, ..], 1 | 2, 0) if valid => SegmentKind::Slice,
            (_, 0, 1..) if valid && numbers.len() == commas + 1 => SegmentKind::Union,
            _ => {
                let span = self.span_from(start);
                let message = "write an index `[0]`, a list `[0,1]` or a range `[0:2]`".to_owned();
                self.error(ErrorKind::Step, span, message);
                SegmentKind::Index(0)
            }
        }
    }

    // The text.

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.offset..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn at(&self) -> u32 {
        self.offset as u32
    }

    pub(super) fn span_from(&self, start: usize) -> Span {
        Span::new(start as u32, self.offset as u32)
    }

    pub(super) fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.offset += wanted.len_utf8();
        }
        found
    }

    pub(super) fn take_while(&mut self, belongs: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.offset += rest.find(|character| !belongs(character)).unwrap_or(rest.len());
    }

    pub(super) fn blanks(&mut self) {
        self.take_while(|character| matches!(character, ' ' | '\t' | '\n' | '\r'));
    }

    pub(super) fn skip_to(&mut self, end: char) {
        let rest = self.rest();
        self.offset += rest.find(end).unwrap_or(rest.len());
    }

    pub(super) fn error(&mut self, kind: ErrorKind, span: Span, message: String) {
        if self.errors.len() < 16 {
            self.errors.push(Error { kind, span, message });
        }
    }

    pub(super) fn unclosed(&mut self, open: u32, close: &str) {
        let opening = self.text.get(open as usize..).and_then(|rest| rest.chars().next()).unwrap_or('[');
        let span = Span::new(open, self.text.len() as u32);
        self.error(ErrorKind::Unclosed, span, format!("`{opening}` is not closed: add `{close}`"));
    }

    /// Runs `read` one level deeper, or reports that the text is nested too deeply and skips the rest.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            let span = Span::new(self.at(), self.text.len() as u32);
            self.error(
                ErrorKind::TooDeep,
                span,
                format!("the path is nested more than {MAX_DEPTH} levels deep"),
            );
            self.offset = self.text.len();
            return None;
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        Some(value)
    }
}
