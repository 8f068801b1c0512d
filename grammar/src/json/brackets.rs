//! Brackets that do not match: which one is missing, or one too many, by the indentation.

use super::lexer::{self, Bracket, Token, TokenKind};
use super::{Expect, Frame, MAX_DEPTH, Reader};
use crate::tree::{Kind, SyntaxError, SyntaxErrorKind};

impl Reader<'_> {
    pub(super) fn close(&mut self, bracket: Bracket, token: Token) {
        if !self.strict && self.is_torn(&token) {
            return self.unexpected(&token);
        }
        if self.stack.len() > 1 && self.top().bracket == Some(bracket) {
            if !self.strict && self.closes_a_sibling(&token) {
                return self.stray_bracket(bracket, &token);
            }
            self.trailing_comma();
            return self.pop(token.end);
        }
        if self.strict {
            self.mismatch = true;
            return;
        }
        let indent = self.top().indent;
        if lexer::leading_column(self.source, token.start).is_some_and(|column| column > indent) {
            // It stands further in than the line of every bracket that is open: its own was not written.
            return self.stray_bracket(bracket, &token);
        }
        match self.stack.iter().skip(1).rposition(|frame| frame.bracket == Some(bracket)) {
            Some(below) => {
                self.close_down_to(below + 1, &token);
                self.pop(token.end);
            }
            None => self.stray_bracket(bracket, &token),
        }
    }

    /// Does this bracket most likely stand in a string that has been torn apart by a quote too many? It would close what
    /// was opened on an earlier line.
    fn is_torn(&mut self, token: &Token) -> bool {
        if self.error_line != Some(token.line) || self.top().open >= token.line_start {
            return false;
        }
        let line = &self.source.as_bytes()[token.line_start..token.start];
        line.iter().filter(|byte| **byte == b'"').count() % 2 == 1 || self.quotes_after(token) % 2 == 1
    }

    fn quotes_after(&self, token: &Token) -> usize {
        let rest = self.source.as_bytes()[token.end..].iter();
        rest.take_while(|byte| !matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'"').count()
    }

    /// Does this bracket stand at the column of the members of the container it would close?
    fn closes_a_sibling(&mut self, token: &Token) -> bool {
        let column = lexer::leading_column(self.source, token.start);
        let frame = self.top();
        column.is_some() && frame.column == column && column > Some(frame.indent)
    }

    /// Closes what stands above the frame at `index`; the innermost bracket is the one reported.
    fn close_down_to(&mut self, index: usize, token: &Token) {
        let frame = self.top();
        let (Some(bracket), open) = (frame.bracket, frame.open) else { return };
        let end = self.last_end;
        self.left_open(token, bracket, open, end);
        while self.stack.len() > index + 1 {
            if self.top().expect == Expect::Colon || self.top().expect == Expect::Value {
                self.missing_value();
            }
            self.pop(end);
        }
        if matches!(self.top().expect, Expect::Colon | Expect::Value) {
            self.missing_value();
        }
    }

    pub(super) fn left_open(&mut self, token: &Token, bracket: Bracket, open: usize, end: usize) {
        if self.is_consequence(token.line) {
            return;
        }
        let at = self.at(open);
        let error = SyntaxError {
            kind: SyntaxErrorKind::Malformed,
            range: self.at(end)..self.at(end),
            message: format!(
                "a `{}` is missing here: the `{}` is not closed",
                bracket.close(),
                bracket.open()
            ),
            related: Some((at..at + 1, "opened here")),
            fix: Some(("Insert the bracket", self.at(end)..self.at(end), bracket.close().to_string())),
        };
        self.builder.error(error);
    }

    /// A key stands in an array: the array, or an object in it, was left open.
    pub(super) fn bracket_left_open(&mut self, token: Token) {
        if self.strict {
            self.mismatch = true;
            return;
        }
        let indent = self.top().indent;
        if lexer::leading_column(self.source, token.start).is_some_and(|column| column > indent) {
            return self.opening_bracket_missing(token);
        }
        match self.stack.iter().skip(1).rposition(|frame| frame.bracket == Some(Bracket::Object)) {
            Some(below) => {
                self.close_down_to(below + 1, &token);
                self.token(token);
            }
            None => self.unexpected(&token),
        }
    }

    /// A key stands further in than it may: it belongs to an object of which the bracket was not written.
    pub(super) fn opening_bracket_missing(&mut self, key: Token) {
        if self.strict {
            self.mismatch = true;
            return;
        }
        if self.stack.len() > MAX_DEPTH {
            return self.unexpected(&key);
        }
        let end = self.last_end;
        let fix = ("Insert the bracket", end..end, " {".into());
        self.malformed_with_fix(&key, end..end, "a `{` is missing here".into(), fix);
        let line = self.source[..end].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let indent = lexer::indentation(self.source, line);
        self.builder.open(Kind::Object, self.at(key.start));
        self.stack.push(Frame::new(Some(Bracket::Object), key.start, indent, Expect::Key));
        self.token(key);
    }

    /// Uses indentation to see which brackets were left open before a token that is first on its line.
    pub(super) fn resynchronise(&mut self, token: &Token) {
        let Some(column) = lexer::leading_column(self.source, token.start) else { return };
        let target = match token.kind {
            TokenKind::String { .. } | TokenKind::Word if self.is_key(token) => {
                self.frame_with_column(Bracket::Object, column)
            }
            TokenKind::Open(Bracket::Object) => self.frame_with_column(Bracket::Array, column),
            TokenKind::Close(bracket) => {
                let top = self.top();
                if top.bracket == Some(bracket) && top.indent == column {
                    None
                } else {
                    self.stack.iter().skip(1).rposition(|frame| {
                        frame.bracket == Some(bracket) && frame.indent == column && frame.open < token.start
                    })
                }
            }
            _ => None,
        };
        let Some(index) = target.map(|below| below + 1) else { return };
        if index + 1 < self.stack.len() {
            self.close_down_to(index, token);
        }
    }

    /// The innermost frame whose members stand at that column, unless the column says nothing.
    fn frame_with_column(&mut self, bracket: Bracket, column: usize) -> Option<usize> {
        let top = self.top();
        if top.column == Some(column) {
            return None;
        }
        self.stack.iter().skip(1).rposition(|frame| {
            frame.bracket == Some(bracket) && frame.column == Some(column) && column > frame.indent
        })
    }
}
