//! Reads JSON into a [`Tree`], whatever state it is in.
//!
//! Start at [`read`]. Text is read strictly first: brackets mean what they say, and indentation means nothing, so a
//! valid document can never be misread. Only when the brackets do not match is it read again, now trusting the
//! indentation: a key at the column of an outer object's keys closes what was left open before it.

mod brackets;
pub(crate) mod format;
mod lexer;
mod reports;

use std::ops::Range;

use lexer::{Bracket, Lexer, Token, TokenKind};

use crate::map::OffsetMap;
use crate::tree::{Builder, Kind, SyntaxError, SyntaxErrorKind, Tree};

/// Values nested deeper than this are passed over, so that nobody who walks a tree can run out of stack.
pub const MAX_DEPTH: usize = 200;

/// What a text holds: the tree of the document, and one tree for each state of its `States` object.
///
/// In `frame` the `States` object has no members; they are the `parts`, each a tree whose root is a member.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    pub frame: Tree,
    pub parts: Vec<(Range<usize>, Tree)>,
    /// The meaning of a part may depend on text outside of it (YAML aliases).
    pub entangled: bool,
    /// Each part was read by itself: its tree depends on its text alone.
    pub strict: bool,
}

/// The text that the inside of a double-quoted string stands for, with the way back to the source, in which it begins
/// at `offset`. Faults are passed over.
pub fn unescape(content: &str, offset: usize) -> (String, OffsetMap) {
    let (text, map, _) = lexer::decode(content, offset);
    let verbatim = || {
        let mut map = OffsetMap::default();
        map.push(content.len(), offset, content.len());
        map
    };
    (text.into_owned(), map.unwrap_or_else(verbatim))
}

/// Reads a whole document.
pub(crate) fn read(text: &str) -> Pieces {
    let strict = Reader::document(text, true).run();
    strict.unwrap_or_else(|| Reader::document(text, false).run().unwrap_or_default())
}

/// Reads one member (`"key": value`) that stands at `base`, and adds it to `builder`. None when its brackets or
/// quotes do not match, so that where it ends depends on what follows.
pub(crate) fn read_member(text: &str, base: usize, builder: Builder) -> Option<Builder> {
    Reader::member(text, base, builder).run_member()
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Expect {
    /// A value, in an array or at the root.
    Item,
    Key,
    Colon,
    /// The value of a member.
    Value,
    /// A comma or the end of the container.
    Comma,
}

#[derive(Debug)]
struct Frame {
    /// None at the root.
    bracket: Option<Bracket>,
    open: usize,
    /// Indentation of the line with the opening bracket.
    indent: usize,
    /// Column of the first key (or item) that stands first on its line.
    column: Option<usize>,
    expect: Expect,
    /// The comma before the place where we are.
    comma: Option<Range<usize>>,
    /// Its members are the parts of the document.
    states: bool,
}

struct Reader<'t> {
    source: &'t str,
    base: usize,
    lexer: Lexer<'t>,
    builder: Builder,
    part_start: usize,
    parts: Vec<(Range<usize>, Tree)>,
    stack: Vec<Frame>,
    strict: bool,
    /// Split the members of `States` off into trees of their own.
    split: bool,
    /// Strict reading failed.
    mismatch: bool,
    last_end: usize,
    error_line: Option<u32>,
    /// How many tokens have been read since the last mistake.
    calm: usize,
    /// Where a string was left open: what is missing right behind it needs no report of its own.
    forgiven: Option<usize>,
}

impl<'t> Reader<'t> {
    fn new(source: &'t str, base: usize, builder: Builder, strict: bool, root: Frame) -> Reader<'t> {
        Reader {
            source,
            base,
            lexer: Lexer::new(source),
            builder,
            part_start: 0,
            parts: Vec::new(),
            stack: vec![root],
            strict,
            split: false,
            mismatch: false,
            last_end: 0,
            error_line: None,
            calm: usize::MAX,
            forgiven: None,
        }
    }

    fn document(source: &'t str, strict: bool) -> Reader<'t> {
        let root = Frame::new(None, 0, 0, Expect::Item);
        Reader { split: true, ..Reader::new(source, 0, Builder::new(0), strict, root) }
    }

    fn member(source: &'t str, base: usize, builder: Builder) -> Reader<'t> {
        let root = Frame::new(Some(Bracket::Object), 0, 0, Expect::Key);
        Reader::new(source, base, builder, true, root)
    }

    fn run(mut self) -> Option<Pieces> {
        self.read_all();
        if self.mismatch {
            return None;
        }
        Some(Pieces {
            frame: self.builder.finish(),
            parts: self.parts,
            entangled: false,
            strict: self.strict,
        })
    }

    fn run_member(mut self) -> Option<Builder> {
        self.read_all();
        let whole = self.stack.len() == 1 && self.top().expect == Expect::Comma;
        (whole && !self.mismatch).then_some(self.builder)
    }

    fn read_all(&mut self) {
        if let Some(mark) = self.lexer.byte_order_mark() {
            let message = "a byte-order mark stands before the document; save the file without it".into();
            self.malformed_with_fix(&mark, mark.range(), message, ("Delete it", mark.range(), String::new()));
        }
        loop {
            let token = self.lexer.next();
            match token.kind {
                TokenKind::End => break,
                TokenKind::Comment => self.comment(&token),
                _ => {
                    if !self.strict {
                        self.resynchronise(&token);
                    }
                    self.calm = self.calm.saturating_add(1);
                    self.token(token);
                    self.last_end = self.last_end.max(token.end);
                }
            }
            if self.mismatch {
                return;
            }
        }
        self.end();
    }

    fn token(&mut self, token: Token) {
        if !self.split && self.stack.len() == 1 && self.top().expect == Expect::Comma {
            // Only one member was promised.
            self.mismatch = true;
            return;
        }
        match self.top().expect {
            Expect::Item => self.item(token),
            Expect::Key => self.key(token),
            Expect::Colon => self.colon(token),
            Expect::Value => self.member_value(token),
            Expect::Comma => self.comma(token),
        }
    }

    fn item(&mut self, token: Token) {
        match token.kind {
            TokenKind::Close(bracket) => self.close(bracket, token),
            TokenKind::Comma if self.top().bracket.is_some() => {
                self.malformed(&token, token.range(), "a value is missing before this comma".into());
                self.top().comma = Some(token.range());
            }
            TokenKind::String { .. } if self.is_key(&token) && self.top().bracket.is_some() => {
                self.bracket_left_open(token);
            }
            _ if token.begins_value() => self.value(token),
            _ => self.unexpected(&token),
        }
    }

    fn key(&mut self, token: Token) {
        match token.kind {
            TokenKind::String { .. }
            | TokenKind::SingleQuoted
            | TokenKind::Word
            | TokenKind::Number
            | TokenKind::Placeholder => self.open_member(token),
            TokenKind::Close(bracket) => self.close(bracket, token),
            TokenKind::Comma => {
                self.malformed(&token, token.range(), "a member is missing before this comma".into());
                self.top().comma = Some(token.range());
            }
            TokenKind::Open(_) | TokenKind::Colon | TokenKind::Junk => {
                self.malformed(&token, token.range(), "a key in double quotes is missing here".into());
                // Where brackets do not match, one before a key is most likely the one too many.
                let column = lexer::leading_column(self.source, token.start);
                let open = matches!(token.kind, TokenKind::Open(_));
                let inner = self.top().column;
                if !self.strict && open && (column.is_none() || inner.is_none() || column <= inner) {
                    return;
                }
                self.begin_member(token.start);
                self.builder.leaf(Kind::Missing, self.at(token.start)..self.at(token.start), "");
                self.top().expect =
                    if token.kind == TokenKind::Colon { Expect::Value } else { Expect::Colon };
                if token.kind != TokenKind::Colon {
                    self.top().expect = Expect::Value;
                    self.token(token);
                }
            }
            TokenKind::Comment | TokenKind::End => {}
        }
    }

    fn colon(&mut self, token: Token) {
        if token.kind == TokenKind::Colon {
            self.top().expect = Expect::Value;
            return;
        }
        let key_end = self.last_end;
        let same_line = !self.source[key_end..token.start].contains(['\n', '\r']);
        if same_line && token.begins_value() && !self.is_key(&token) {
            let fix = ("Insert the colon", key_end..key_end, ":".into());
            self.malformed_with_fix(
                &token,
                key_end..token.end,
                "a colon is missing after the key".into(),
                fix,
            );
            self.value(token);
        } else {
            self.malformed(&token, key_end..key_end, "a colon and a value are missing after the key".into());
            self.missing_value();
            self.token(token);
        }
    }

    fn member_value(&mut self, token: Token) {
        match token.kind {
            TokenKind::String { .. } | TokenKind::SingleQuoted | TokenKind::Word
                if self.is_key(&token) && lexer::leading_column(self.source, token.start).is_some() =>
            {
                let column = lexer::leading_column(self.source, token.start);
                if self.top().column.is_some() && column > self.top().column {
                    return self.opening_bracket_missing(token);
                }
                let end = self.last_end;
                self.malformed(&token, end..end, "a value is missing after the colon".into());
                self.missing_value();
                self.token(token);
            }
            TokenKind::Close(_) | TokenKind::Comma => {
                let end = self.last_end;
                self.malformed(&token, end..end, "a value is missing after the colon".into());
                self.missing_value();
                self.token(token);
            }
            TokenKind::Colon => self.malformed(&token, token.range(), "this colon is one too many".into()),
            _ => self.value(token),
        }
    }

    fn comma(&mut self, token: Token) {
        let Some(bracket) = self.top().bracket else {
            return self.after_root(token);
        };
        match token.kind {
            TokenKind::Comma => {
                let frame = self.top();
                frame.comma = Some(token.range());
                frame.expect = if bracket == Bracket::Object { Expect::Key } else { Expect::Item };
            }
            TokenKind::Close(close) => self.close(close, token),
            TokenKind::String { .. } if bracket == Bracket::Array && self.is_key(&token) => {
                self.bracket_left_open(token);
            }
            TokenKind::Colon => {
                self.malformed(&token, token.range(), "a comma is expected here, not a colon".into())
            }
            _ if bracket == Bracket::Array || self.is_key(&token) || self.leads(&token) => {
                let end = self.last_end;
                let fix = ("Insert the comma", end..end, ",".into());
                let what = if bracket == Bracket::Object { "members" } else { "values" };
                let message = format!("a comma is missing between these {what}");
                self.malformed_with_fix(&token, end..token.end, message, fix);
                let frame = self.top();
                frame.comma = None;
                frame.expect = if bracket == Bracket::Object { Expect::Key } else { Expect::Item };
                self.token(token);
            }
            TokenKind::Open(_) => {
                self.malformed(
                    &token,
                    token.range(),
                    "a comma and a key are missing before this value".into(),
                );
                self.begin_member(token.start);
                self.builder.leaf(Kind::Missing, self.at(token.start)..self.at(token.start), "");
                self.top().expect = Expect::Value;
                self.token(token);
            }
            _ => self.unexpected(&token),
        }
    }

    /// Something stands after the end of the root value.
    fn after_root(&mut self, token: Token) {
        if self.strict {
            self.mismatch = true;
            return;
        }
        if self.top().comma.is_none() {
            let delete = ("Delete it", token.range(), String::new());
            match token.kind {
                TokenKind::Close(bracket) => self.stray_bracket(bracket, &token),
                TokenKind::Open(Bracket::Object) => {
                    let message = "a second document begins here; keep one state machine to a file".into();
                    self.malformed_with_fix(&token, token.range(), message, delete);
                }
                _ => {
                    let message = "nothing may follow the end of the document".into();
                    self.malformed_with_fix(&token, token.range(), message, delete);
                }
            }
            // One report is enough, whatever else follows.
            self.top().comma = Some(token.range());
        }
    }

    fn value(&mut self, token: Token) {
        let range = self.at(token.start)..self.at(token.end);
        let text = self.text(&token);
        match token.kind {
            TokenKind::Open(bracket) => return self.open(bracket, token),
            TokenKind::String { .. } | TokenKind::SingleQuoted => self.string(&token),
            TokenKind::Number => {
                let kind = if lexer::is_number(text) { Kind::Number } else { Kind::Opaque };
                if kind == Kind::Opaque {
                    let message = format!("`{text}` is no number of JSON");
                    match plain_number(text) {
                        Some(plain) => {
                            let fix = ("Write it as JSON does", token.range(), plain);
                            self.malformed_with_fix(&token, token.range(), message, fix);
                        }
                        None => self.malformed(&token, token.range(), message),
                    }
                }
                self.builder.leaf(kind, range, text);
            }
            TokenKind::Placeholder => {
                self.placeholder(&token);
                self.builder.leaf(Kind::Opaque, range, text);
            }
            TokenKind::Word => self.word(&token),
            _ => {
                self.malformed(&token, token.range(), format!("`{text}` cannot stand here"));
                self.builder.leaf(Kind::Opaque, range, text);
            }
        }
        self.value_done(token.end);
    }

    fn word(&mut self, token: &Token) {
        let range = self.at(token.start)..self.at(token.end);
        let text = self.text(token);
        match text {
            "true" | "false" => return self.builder.leaf(Kind::Bool, range, text),
            "null" => return self.builder.leaf(Kind::Null, range, text),
            _ => {}
        }
        let lower = text.to_ascii_lowercase();
        let literal = match lower.as_str() {
            "true" | "false" => Some((Kind::Bool, lower.as_str())),
            "null" | "none" | "nil" | "undefined" => Some((Kind::Null, "null")),
            _ => None,
        };
        match literal {
            Some((kind, literal)) => {
                let message = format!("write `{literal}`, not `{text}`");
                let fix = ("Write it as JSON does", token.range(), literal.to_owned());
                self.malformed_with_fix(token, token.range(), message, fix);
                self.builder.leaf(kind, range, literal);
            }
            None => {
                let message = format!("the text `{text}` must stand in double quotes");
                let fix = ("Put it in quotes", token.range(), format!("\"{text}\""));
                self.malformed_with_fix(token, token.range(), message, fix);
                self.builder.leaf(Kind::Opaque, range, text);
            }
        }
    }

    fn string(&mut self, token: &Token) {
        let source = self.source;
        let closed = token.kind != (TokenKind::String { closed: false });
        let content = token.start + 1..if closed { token.end - 1 } else { token.end };
        let (text, map, fault) = lexer::decode(&source[content.clone()], self.at(content.start));
        if !closed {
            // The line is in doubt: what was said about it before is most likely a consequence.
            self.forget_errors_of(token.line);
            self.mismatch |= self.strict;
            let fix = ("Close the string", token.end..token.end, "\"".into());
            let message = "the string is not closed: a double quote is missing".into();
            self.malformed_with_fix(token, token.range(), message, fix);
            self.forgiven = Some(token.end);
        }
        if token.kind == TokenKind::SingleQuoted {
            let message = "JSON takes double quotes only".into();
            let quoted = format!("\"{}\"", source[content].replace('"', "\\\""));
            self.malformed_with_fix(
                token,
                token.range(),
                message,
                ("Use double quotes", token.range(), quoted),
            );
        }
        if let Some(fault) = fault {
            let local = fault.range.start - self.base..fault.range.end - self.base;
            match fault.replacement {
                Some((title, new)) => {
                    self.malformed_with_fix(token, local.clone(), fault.message, (title, local, new));
                }
                None => self.malformed(token, local, fault.message),
            }
        }
        let range = self.at(token.start)..self.at(token.end);
        self.builder.string(range, true, &text, map);
    }

    fn open_member(&mut self, token: Token) {
        if let Some(column) = lexer::leading_column(self.source, token.start) {
            self.top().column.get_or_insert(column);
        }
        self.begin_member(token.start);
        match token.kind {
            TokenKind::String { .. } | TokenKind::SingleQuoted => self.string(&token),
            _ => {
                if token.kind == TokenKind::Placeholder {
                    self.placeholder(&token);
                } else {
                    let word = self.text(&token);
                    let message = format!("the key `{word}` must stand in double quotes");
                    let fix = ("Put the key in quotes", token.range(), format!("\"{word}\""));
                    self.malformed_with_fix(&token, token.range(), message, fix);
                }
                let range = self.at(token.start)..self.at(token.end);
                self.builder.string(range, false, self.text(&token), None);
            }
        }
        self.top().expect = Expect::Colon;
    }

    /// Opens a member node; in the `States` object of the document, a new part begins.
    fn begin_member(&mut self, start: usize) {
        let piece = self.top().states || (self.split && self.stack.len() == 2);
        // What is said about a piece that is read by itself must not depend on the pieces before it.
        if piece && (self.strict || self.calm > 0) {
            self.error_line = None;
            self.calm = usize::MAX;
            self.forgiven = None;
        }
        if self.top().states {
            let part = Builder::new(self.at(start));
            let frame = std::mem::replace(&mut self.builder, part);
            self.builder.outer = Some(Box::new(frame));
            self.part_start = self.at(start);
        }
        self.builder.open(Kind::Member, self.at(start));
    }

    fn open(&mut self, bracket: Bracket, token: Token) {
        if let Some(column) = lexer::leading_column(self.source, token.start) {
            self.top().column.get_or_insert(column);
        }
        if self.stack.len() > MAX_DEPTH {
            return self.skip_nested(token);
        }
        let states = self.split
            && self.builder.outer.is_none()
            && bracket == Bracket::Object
            && self.stack.len() == 2
            && self.parts.is_empty()
            && self.builder.last_key() == Some("States");
        let expect = if bracket == Bracket::Object { Expect::Key } else { Expect::Item };
        // The indentation is of use only when the brackets do not match.
        let indent = if self.strict { 0 } else { lexer::indentation(self.source, token.line_start) };
        let kind = if bracket == Bracket::Object { Kind::Object } else { Kind::Array };
        self.builder.open(kind, self.at(token.start));
        self.stack.push(Frame { states, ..Frame::new(Some(bracket), token.start, indent, expect) });
    }

    /// Passes over a value that is nested too deeply.
    fn skip_nested(&mut self, token: Token) {
        let message = format!("values nested more than {MAX_DEPTH} deep are not looked at");
        self.malformed(&token, token.range(), message);
        let mut depth = 1usize;
        let mut end = token.end;
        while depth > 0 {
            let inner = self.lexer.next();
            match inner.kind {
                TokenKind::End => {
                    self.mismatch |= self.strict;
                    break;
                }
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth -= 1,
                _ => {}
            }
            end = inner.end;
        }
        self.builder.leaf(Kind::Opaque, self.at(token.start)..self.at(end), "");
        self.last_end = end;
        self.value_done(end);
    }

    fn pop(&mut self, end: usize) {
        let end_offset = self.at(end);
        self.builder.close(end_offset);
        self.stack.pop();
        self.value_done(end);
    }

    /// A value has ended: its member ends with it.
    fn value_done(&mut self, end: usize) {
        let end = self.at(end);
        let frame = self.top();
        frame.expect = Expect::Comma;
        frame.comma = None;
        if frame.bracket != Some(Bracket::Object) {
            return;
        }
        let states = frame.states;
        self.builder.close(end);
        if states && let Some(frame) = self.builder.outer.take() {
            let part = std::mem::replace(&mut self.builder, *frame);
            self.parts.push((self.part_start..end, part.finish()));
        }
    }

    fn missing_value(&mut self) {
        let end = self.at(self.last_end);
        self.builder.leaf(Kind::Missing, end..end, "");
        self.value_done(self.last_end);
    }

    fn end(&mut self) {
        let open = self.stack.len() > 1;
        let expect = self.top().expect;
        if self.strict && (open || matches!(expect, Expect::Colon | Expect::Value)) {
            self.mismatch = true;
            return;
        }
        if matches!(expect, Expect::Colon | Expect::Value) {
            self.missing_value();
        }
        if !open {
            return;
        }
        let end = self.last_end;
        let frame = self.top();
        if let Some(bracket) = frame.bracket {
            let open = frame.open;
            let token = Token { kind: TokenKind::End, start: end, end, line: u32::MAX, line_start: end };
            self.left_open(&token, bracket, open, end);
        }
        while self.stack.len() > 1 {
            self.pop(end);
        }
    }

    fn trailing_comma(&mut self) {
        if let Some(comma) = self.top().comma.take() {
            let fix = Some(("Delete the comma", self.at(comma.start)..self.at(comma.end), String::new()));
            let error = SyntaxError {
                kind: SyntaxErrorKind::TrailingComma,
                range: self.at(comma.start)..self.at(comma.end),
                message: "the last member takes no comma after it".into(),
                related: None,
                fix,
            };
            self.builder.error(error);
        }
    }

    fn comment(&mut self, token: &Token) {
        let message = "JSON has no comments; a `Comment` field can hold the text".into();
        let range = self.with_blanks(token.range());
        let fix = Some(("Remove the comment", self.at(range.start)..self.at(range.end), String::new()));
        let range = self.at(token.start)..self.at(token.end);
        self.builder.error(SyntaxError {
            kind: SyntaxErrorKind::Comment,
            range,
            message,
            related: None,
            fix,
        });
    }

    /// A comment with the blanks that have to go with it: with its line break when it has a line of its own.
    fn with_blanks(&self, comment: Range<usize>) -> Range<usize> {
        let blank = [' ', '\t'];
        let before = self.source[..comment.start].trim_end_matches(blank);
        let behind = &self.source[comment.end..];
        let text = behind.trim_start_matches(blank);
        let ends_line = text.is_empty() || text.starts_with(['\n', '\r']);
        match before.strip_suffix('\n') {
            Some(above) if ends_line => above.strip_suffix('\r').unwrap_or(above).len()..comment.end,
            Some(_) => comment.start..comment.end + behind.len() - text.len(),
            None => before.len()..comment.end,
        }
    }

    fn placeholder(&mut self, token: &Token) {
        let message = format!(
            "`{}` stands without quotes: this is JSON only after it has been replaced",
            self.text(token)
        );
        self.push_error(SyntaxErrorKind::UnquotedPlaceholder, token.range(), message);
    }

    fn is_key(&self, token: &Token) -> bool {
        let closed = token.kind != (TokenKind::String { closed: false });
        closed && lexer::colon_follows(self.source, token.end)
    }

    fn leads(&self, token: &Token) -> bool {
        matches!(token.kind, TokenKind::String { .. } | TokenKind::Word | TokenKind::SingleQuoted)
            && lexer::leading_column(self.source, token.start).is_some()
    }

    fn text(&self, token: &Token) -> &'t str {
        &self.source[token.range()]
    }

    /// Offset in the document of an offset in the source.
    fn at(&self, local: usize) -> usize {
        self.base + local
    }

    fn top(&mut self) -> &mut Frame {
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }
}

impl Frame {
    fn new(bracket: Option<Bracket>, open: usize, indent: usize, expect: Expect) -> Frame {
        Frame { bracket, open, indent, column: None, expect, comma: None, states: false }
    }
}

/// The number that was meant: without leading zeros or plus sign, with a digit before the point.
fn plain_number(text: &str) -> Option<String> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let rest = rest.trim_start_matches('0');
    let zero = if rest.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    let plain = format!("{sign}{zero}{}", rest.strip_suffix('.').unwrap_or(rest));
    lexer::is_number(&plain).then_some(plain)
}

#[cfg(test)]
mod tests;
