//! What is said of a mistake, and that it is said once.

use std::ops::Range;

use super::Reader;
use super::lexer::{Bracket, Token};
use crate::tree::{SyntaxError, SyntaxErrorKind};

/// So many tokens without a mistake, and the reader has found its way again.
const CALM: usize = 3;

impl Reader<'_> {
    pub(super) fn unexpected(&mut self, token: &Token) {
        self.malformed(token, token.range(), format!("`{}` cannot stand here", self.text(token)));
    }

    pub(super) fn malformed(&mut self, token: &Token, range: Range<usize>, message: String) {
        self.report(SyntaxErrorKind::Malformed, token, range, message, None);
    }

    pub(super) fn malformed_with_fix(
        &mut self,
        token: &Token,
        range: Range<usize>,
        message: String,
        (title, place, new): (&'static str, Range<usize>, String),
    ) {
        self.report(SyntaxErrorKind::Malformed, token, range, message, Some((title, place, new)));
    }

    pub(super) fn stray_bracket(&mut self, bracket: Bracket, token: &Token) {
        let message = format!("no bracket is open that this `{}` could close", bracket.close());
        let fix = ("Delete it", token.range(), String::new());
        self.report(SyntaxErrorKind::StrayBracket, token, token.range(), message, Some(fix));
    }

    /// One line, one report: what follows on the line of a mistake is mostly its consequence, and so is what comes
    /// before the reader has found its way again.
    pub(super) fn is_consequence(&mut self, line: u32) -> bool {
        let calm = std::mem::take(&mut self.calm);
        calm < CALM || self.error_line.replace(line) == Some(line)
    }

    fn report(
        &mut self,
        kind: SyntaxErrorKind,
        token: &Token,
        range: Range<usize>,
        message: String,
        fix: Option<(&'static str, Range<usize>, String)>,
    ) {
        if self.forgiven == Some(range.start) || self.is_consequence(token.line) {
            return;
        }
        let fix = fix.map(|(title, place, new)| (title, self.at(place.start)..self.at(place.end), new));
        let range = self.at(range.start)..self.at(range.end);
        self.builder.error(SyntaxError { kind, range, message, related: None, fix });
    }

    pub(super) fn push_error(&mut self, kind: SyntaxErrorKind, range: Range<usize>, message: String) {
        let range = self.at(range.start)..self.at(range.end);
        self.builder.error(SyntaxError { kind, range, message, related: None, fix: None });
    }

    pub(super) fn forget_errors_of(&mut self, line: u32) {
        if self.error_line != Some(line) {
            return;
        }
        if self.builder.errors().last().is_some_and(|error| error.kind.is_malformed()) {
            self.builder.errors().pop();
            self.error_line = None;
            self.calm = usize::MAX;
        }
    }
}
