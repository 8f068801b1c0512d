//! Text to tokens, one at a time. The parser says whether it stands behind an operand, because only that decides
//! whether `/` divides or starts a regular expression.

use super::errors::Code;
use crate::span::Span;

/// What a token is, as the parser sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    End,
    Name,
    QuotedName,
    Variable,
    String,
    Number,
    Literal,
    Regex,
    And,
    Or,
    In,
    Dot,
    DotDot,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Comma,
    Semicolon,
    Colon,
    Bind,
    Question,
    At,
    Hash,
    Plus,
    Minus,
    Star,
    StarStar,
    Slash,
    Percent,
    Pipe,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Caret,
    Ampersand,
    Chain,
    Bang,
    Tilde,
}

impl Kind {
    /// How strongly the token binds to the operand on its left; 0 for one that cannot follow an operand.
    pub(super) fn binding_power(self) -> u8 {
        match self {
            Kind::OpenParen | Kind::OpenBracket | Kind::At | Kind::Hash => 80,
            Kind::Dot => 75,
            Kind::OpenBrace => 70,
            Kind::Star | Kind::Slash | Kind::Percent => 60,
            Kind::Plus | Kind::Minus | Kind::Ampersand => 50,
            Kind::Equal
            | Kind::NotEqual
            | Kind::Less
            | Kind::LessEqual
            | Kind::Greater
            | Kind::GreaterEqual
            | Kind::In
            | Kind::Chain
            | Kind::Caret => 40,
            Kind::And => 30,
            Kind::Or => 25,
            Kind::Question => 20,
            Kind::Bind => 10,
            _ => 0,
        }
    }

    /// Whether an expression can begin with the token.
    pub(super) fn starts_operand(self) -> bool {
        matches!(
            self,
            Kind::Name
                | Kind::QuotedName
                | Kind::Variable
                | Kind::String
                | Kind::Number
                | Kind::Literal
                | Kind::Regex
                | Kind::And
                | Kind::Or
                | Kind::In
                | Kind::OpenParen
                | Kind::OpenBracket
                | Kind::OpenBrace
                | Kind::Minus
                | Kind::Star
                | Kind::StarStar
                | Kind::Percent
                | Kind::Pipe
        )
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Lexeme {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// A fault the scanner met, `at` where the reference would point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) at: u32,
    pub(super) span: Span,
}

pub(super) struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    pub(super) offset: usize,
    /// Filled while scanning; the parser takes them after every token.
    pub(super) faults: Vec<Fault>,
    pub(super) comments: Vec<Span>,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b)
}

fn ends_name(byte: u8) -> bool {
    is_space(byte)
        || matches!(
            byte,
            b'.' | b'['
                | b']'
                | b'{'
                | b'}'
                | b'('
                | b')'
                | b','
                | b'@'
                | b'#'
                | b';'
                | b':'
                | b'?'
                | b'+'
                | b'-'
                | b'*'
                | b'/'
                | b'%'
                | b'|'
                | b'='
                | b'<'
                | b'>'
                | b'^'
                | b'&'
                | b'!'
                | b'~'
        )
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Lexer<'t> {
        Lexer { text, bytes: text.as_bytes(), offset: 0, faults: Vec::new(), comments: Vec::new() }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.offset + ahead).copied().unwrap_or(0)
    }

    fn fault(&mut self, code: Code, at: usize, start: usize, end: usize) {
        self.faults.push(Fault { code, at: at as u32, span: Span::new(start as u32, end as u32) });
    }

    /// The next token; `after_operand` makes `/` a division.
    pub(super) fn next(&mut self, after_operand: bool) -> Lexeme {
        self.skip_blanks();
        let start = self.offset;
        if start >= self.bytes.len() {
            return Lexeme { kind: Kind::End, span: Span::at(start as u32) };
        }
        let kind = match self.peek(0) {
            b'/' if !after_operand => self.regex(),
            b'"' | b'\'' => self.string(),
            b'`' => self.quoted_name(),
            b'0'..=b'9' => self.number(),
            byte => match operator(byte, self.peek(1)) {
                Some((kind, length)) => {
                    self.offset += length;
                    kind
                }
                None => self.name(),
            },
        };
        Lexeme { kind, span: Span::new(start as u32, self.offset as u32) }
    }

    fn skip_blanks(&mut self) {
        loop {
            while self.offset < self.bytes.len() && is_space(self.peek(0)) {
                self.offset += 1;
            }
            if self.peek(0) != b'/' || self.peek(1) != b'*' {
                return;
            }
            let start = self.offset;
            let end = match self.text.get(start + 2..).and_then(|rest| rest.find("*/")) {
                Some(found) => start + 2 + found + 2,
                None => {
                    self.fault(Code::S0106, start, start, self.bytes.len());
                    self.bytes.len()
                }
            };
            self.offset = end;
            let span = Span::new(start as u32, end as u32);
            // A token read twice must not list its comments twice.
            if self.comments.last().is_none_or(|last| last.end <= span.start) {
                self.comments.push(span);
            }
        }
    }

    fn name(&mut self) -> Kind {
        let start = self.offset;
        while self.offset < self.bytes.len() && !ends_name(self.peek(0)) {
            self.offset += 1;
        }
        let word = self.bytes.get(start..self.offset).unwrap_or_default();
        match word {
            [b'$', ..] => Kind::Variable,
            b"and" => Kind::And,
            b"or" => Kind::Or,
            b"in" => Kind::In,
            b"true" | b"false" | b"null" => Kind::Literal,
            _ => Kind::Name,
        }
    }

    fn quoted_name(&mut self) -> Kind {
        let start = self.offset;
        match self.text.get(start + 1..).and_then(|rest| rest.find('`')) {
            Some(found) => self.offset = start + 1 + found + 1,
            None => {
                // Only the word behind the quote is the name, so the brackets around it keep their meaning.
                self.offset += 1;
                while self.offset < self.bytes.len() && !ends_name(self.peek(0)) {
                    self.offset += 1;
                }
                self.fault(Code::S0105, self.bytes.len(), start, self.offset);
            }
        }
        Kind::QuotedName
    }

    fn digits(&mut self) {
        while self.peek(0).is_ascii_digit() {
            self.offset += 1;
        }
    }

    fn number(&mut self) -> Kind {
        let start = self.offset;
        if self.peek(0) == b'0' {
            self.offset += 1;
        } else {
            self.digits();
        }
        if self.peek(0) == b'.' && self.peek(1).is_ascii_digit() {
            self.offset += 1;
            self.digits();
        }
        if matches!(self.peek(0), b'e' | b'E') {
            let sign = usize::from(matches!(self.peek(1), b'+' | b'-'));
            if self.peek(1 + sign).is_ascii_digit() {
                self.offset += 1 + sign;
                self.digits();
            }
        }
        let digits = self.text.get(start..self.offset).unwrap_or("0");
        if !digits.parse::<f64>().is_ok_and(f64::is_finite) {
            self.fault(Code::S0102, start, start, self.offset);
        }
        Kind::Number
    }

    fn string(&mut self) -> Kind {
        let start = self.offset;
        let quote = self.peek(0);
        self.offset += 1;
        while self.offset < self.bytes.len() {
            match self.peek(0) {
                b'\\' => self.escape(),
                byte if byte == quote => {
                    self.offset += 1;
                    return Kind::String;
                }
                _ => self.offset += 1,
            }
        }
        self.fault(Code::S0101, self.bytes.len(), start, self.bytes.len());
        Kind::String
    }

    fn escape(&mut self) {
        let start = self.offset;
        let next = start + 1;
        match self.peek(1) {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.offset += 2,
            b'u' => {
                let hex = self.bytes.get(next + 1..).unwrap_or_default().iter().take(4);
                let digits = hex.take_while(|byte| byte.is_ascii_hexdigit()).count();
                self.offset += 2 + digits;
                if digits < 4 {
                    self.fault(Code::S0104, next, start, next + 1);
                }
            }
            _ => {
                let end = match self.text.get(next..).and_then(|rest| rest.chars().next()) {
                    Some(character) => next + character.len_utf8(),
                    None => next,
                };
                self.offset = end;
                self.fault(Code::S0103, next, start, end);
            }
        }
    }

    fn regex(&mut self) -> Kind {
        let start = self.offset;
        self.offset += 1;
        let mut depth = 0i32;
        let mut escaped = false;
        let mut after_backslash = false;
        while self.offset < self.bytes.len() {
            let byte = self.peek(0);
            match byte {
                b'/' if depth == 0 && !escaped => {
                    if self.offset == start + 1 {
                        self.fault(Code::S0301, self.offset, start, self.offset + 1);
                    }
                    self.offset += 1;
                    while matches!(self.peek(0), b'i' | b'm') {
                        self.offset += 1;
                    }
                    return Kind::Regex;
                }
                // A bracket counts unless the byte before it is a backslash, escaped itself or not.
                b'(' | b'[' | b'{' if !after_backslash => depth += 1,
                b')' | b']' | b'}' if !after_backslash => depth -= 1,
                _ => {}
            }
            after_backslash = byte == b'\\';
            escaped = after_backslash && !escaped;
            self.offset += 1;
        }
        self.fault(Code::S0302, self.bytes.len(), start, self.bytes.len());
        Kind::Regex
    }
}

fn operator(byte: u8, next: u8) -> Option<(Kind, usize)> {
    let kind = match (byte, next) {
        (b'.', b'.') => return Some((Kind::DotDot, 2)),
        (b':', b'=') => return Some((Kind::Bind, 2)),
        (b'!', b'=') => return Some((Kind::NotEqual, 2)),
        (b'>', b'=') => return Some((Kind::GreaterEqual, 2)),
        (b'<', b'=') => return Some((Kind::LessEqual, 2)),
        (b'*', b'*') => return Some((Kind::StarStar, 2)),
        (b'~', b'>') => return Some((Kind::Chain, 2)),
        (b'.', _) => Kind::Dot,
        (b'[', _) => Kind::OpenBracket,
        (b']', _) => Kind::CloseBracket,
        (b'{', _) => Kind::OpenBrace,
        (b'}', _) => Kind::CloseBrace,
        (b'(', _) => Kind::OpenParen,
        (b')', _) => Kind::CloseParen,
        (b',', _) => Kind::Comma,
        (b'@', _) => Kind::At,
        (b'#', _) => Kind::Hash,
        (b';', _) => Kind::Semicolon,
        (b':', _) => Kind::Colon,
        (b'?', _) => Kind::Question,
        (b'+', _) => Kind::Plus,
        (b'-', _) => Kind::Minus,
        (b'*', _) => Kind::Star,
        (b'/', _) => Kind::Slash,
        (b'%', _) => Kind::Percent,
        (b'|', _) => Kind::Pipe,
        (b'=', _) => Kind::Equal,
        (b'<', _) => Kind::Less,
        (b'>', _) => Kind::Greater,
        (b'^', _) => Kind::Caret,
        (b'&', _) => Kind::Ampersand,
        (b'!', _) => Kind::Bang,
        (b'~', _) => Kind::Tilde,
        _ => return None,
    };
    Some((kind, 1))
}
