//! The condition of `[?(…)]`.

use super::ErrorKind;
use super::parser::{Parser, Place};
use crate::span::Span;

const WORDS: [&str; 11] =
    ["in", "nin", "contains", "all", "size", "empty", "subsetof", "anyof", "noneof", "type", "matches"];

impl Parser<'_> {
    /// From behind the `?` to before the `]`.
    pub(super) fn filter(&mut self) {
        self.blanks();
        if self.peek() != Some('(') {
            let span = Span::at(self.at());
            self.error(ErrorKind::Filter, span, "put the filter into parentheses: `[?(…)]`".to_owned());
        }
        self.deeper(Self::condition);
    }

    /// Comparisons joined by `&&` and `||`.
    fn condition(&mut self) {
        loop {
            self.operand();
            self.blanks();
            let rest = self.rest();
            if rest.starts_with("&&") || rest.starts_with("||") {
                self.offset += 2;
            } else {
                return;
            }
        }
    }

    fn operand(&mut self) {
        self.blanks();
        self.take_while(|character| matches!(character, '!' | ' '));
        let open = self.at();
        if self.take('(') {
            self.deeper(Self::condition);
            self.blanks();
            if !self.take(')') {
                self.unclosed(open, ")");
            }
            return;
        }
        let start = self.offset;
        let is_path = matches!(self.peek(), Some('@' | '$'));
        if !self.value() {
            let end = self.peek().map_or(0, char::len_utf8) as u32;
            let span = Span::new(self.at(), self.at() + end);
            self.error(
                ErrorKind::Filter,
                span,
                "a filter compares values: write `@.name == 'text'`".to_owned(),
            );
            return;
        }
        let first = self.span_from(start);
        self.blanks();
        if self.operator() {
            self.blanks();
            if !self.value() {
                let span = Span::at(self.at());
                let message = "a value is missing after the operator of the filter".to_owned();
                self.error(ErrorKind::Filter, span, message);
            }
        } else if !is_path {
            let message = "a value alone is no condition: compare it, or test a path".to_owned();
            self.error(ErrorKind::Filter, first, message);
        }
    }

    fn operator(&mut self) -> bool {
        let rest = self.rest();
        let signs = ["===", "!==", "==", "!=", "<=", ">=", "=~", "<", ">"];
        if let Some(sign) = signs.into_iter().find(|sign| rest.starts_with(sign)) {
            self.offset += sign.len();
            return true;
        }
        let start = self.offset;
        if self.take('=') {
            let span = self.span_from(start);
            self.error(ErrorKind::Filter, span, "a filter compares with `==`, not `=`".to_owned());
            return true;
        }
        self.take_while(|character| character.is_ascii_alphabetic());
        let word = self.text.get(start..self.offset).unwrap_or("");
        if WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            return true;
        }
        if !word.is_empty() {
            let span = self.span_from(start);
            self.error(ErrorKind::Filter, span, format!("`{word}` is not an operator of filters"));
            return true;
        }
        false
    }

    /// A path, text, number, word, array, object or regular expression; false when none stands here.
    pub(super) fn value(&mut self) -> bool {
        let start = self.offset;
        match self.peek() {
            Some('@' | '$') => {
                if let Some(path) = self.deeper(|parser| parser.path(Place::Inside)) {
                    self.nested.push(path);
                }
            }
            Some('\'' | '"') => {
                self.quoted();
            }
            Some('[') => self.literal('[', ']'),
            Some('{') => self.literal('{', '}'),
            Some('/') => self.regex(),
            _ => {
                let word = |character: char| character.is_alphanumeric() || "_-+.".contains(character);
                self.take_while(word);
                let word = self.text.get(start..self.offset).unwrap_or("");
                let known = matches!(word, "true" | "false" | "null") || word.parse::<f64>().is_ok();
                if !word.is_empty() && !known {
                    let span = self.span_from(start);
                    self.unquoted.push(span);
                }
            }
        }
        self.offset > start
    }

    /// A JSON array or object, by its brackets and quotes alone.
    fn literal(&mut self, open: char, close: char) {
        let start = self.at();
        let mut depth = 0u32;
        while let Some(character) = self.peek() {
            if matches!(character, '\'' | '"') {
                self.quoted();
                continue;
            }
            self.offset += character.len_utf8();
            if character == open {
                depth += 1;
            } else if character == close {
                depth -= 1;
                if depth == 0 {
                    return;
                }
            }
        }
        self.unclosed(start, if close == ']' { "]" } else { "}" });
    }

    fn regex(&mut self) {
        let open = self.at();
        self.offset += 1;
        while let Some(character) = self.peek() {
            self.offset += character.len_utf8();
            match character {
                '\\' => {
                    if let Some(escaped) = self.peek() {
                        self.offset += escaped.len_utf8();
                    }
                }
                '/' => {
                    self.take_while(|flag| flag.is_ascii_alphabetic());
                    return;
                }
                _ => {}
            }
        }
        self.unclosed(open, "/");
    }
}
