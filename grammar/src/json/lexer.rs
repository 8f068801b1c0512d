//! Tokens of JSON and of what people type instead: single quotes, bare words, comments, `${…}`.
//!
//! A string ends at the line break at the latest, so a forgotten quote costs one line.

use std::ops::Range;

use crate::map::OffsetMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Object,
    Array,
}

impl Bracket {
    pub fn open(self) -> char {
        if self == Bracket::Object { '{' } else { '[' }
    }

    pub fn close(self) -> char {
        if self == Bracket::Object { '}' } else { ']' }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open(Bracket),
    Close(Bracket),
    Colon,
    Comma,
    String { closed: bool },
    SingleQuoted,
    Number,
    Word,
    Placeholder,
    Comment,
    Junk,
    End,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub start: usize,
    pub end: usize,
    /// Line of its first byte, counted from where the lexer began.
    pub line: u32,
    /// Where that line begins.
    pub line_start: usize,
}

impl Token {
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// May a value begin with this token?
    pub fn begins_value(&self) -> bool {
        use TokenKind::*;
        matches!(self.kind, Open(_) | String { .. } | SingleQuoted | Number | Word | Placeholder | Junk)
    }
}

pub(super) struct Lexer<'t> {
    source: &'t str,
    position: usize,
    line: u32,
    line_start: usize,
}

impl<'t> Lexer<'t> {
    pub fn new(source: &'t str) -> Lexer<'t> {
        Lexer { source, position: 0, line: 0, line_start: 0 }
    }

    /// Passes over a byte-order mark at the very beginning.
    pub fn byte_order_mark(&mut self) -> Option<Token> {
        let len = '\u{feff}'.len_utf8();
        let found = self.position == 0 && self.source.starts_with('\u{feff}');
        found.then(|| self.position = len)?;
        Some(Token { kind: TokenKind::Junk, start: 0, end: len, line: 0, line_start: 0 })
    }

    pub fn next(&mut self) -> Token {
        let bytes = self.source.as_bytes();
        while let Some(&byte) = bytes.get(self.position) {
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.line_start = self.position + 1;
                }
                b'\r' => self.line_start = self.position + 1,
                b' ' | b'\t' => {}
                _ => break,
            }
            self.position += 1;
        }
        let start = self.position;
        let (line, line_start) = (self.line, self.line_start);
        let Some(&byte) = bytes.get(start) else {
            return Token { kind: TokenKind::End, start, end: start, line, line_start };
        };
        let (kind, len) = match byte {
            b'{' => (TokenKind::Open(Bracket::Object), 1),
            b'[' => (TokenKind::Open(Bracket::Array), 1),
            b'}' => (TokenKind::Close(Bracket::Object), 1),
            b']' => (TokenKind::Close(Bracket::Array), 1),
            b':' => (TokenKind::Colon, 1),
            b',' => (TokenKind::Comma, 1),
            b'"' => self.string(start),
            b'\'' => self.single_quoted(start),
            b'/' if bytes.get(start + 1) == Some(&b'/') => (TokenKind::Comment, to_line_end(&bytes[start..])),
            b'/' if bytes.get(start + 1) == Some(&b'*') => self.block_comment(start),
            b'$' | b'#' if bytes.get(start + 1) == Some(&b'{') => self.placeholder(start),
            b'-' | b'+' | b'.' | b'0'..=b'9' => (TokenKind::Number, run(&bytes[start..], is_number_byte)),
            byte if is_word_byte(byte) => (TokenKind::Word, run(&bytes[start..], is_word_byte)),
            _ => (TokenKind::Junk, self.source[start..].chars().next().map_or(1, char::len_utf8)),
        };
        self.position = start + len;
        Token { kind, start, end: start + len, line, line_start }
    }

    fn string(&self, start: usize) -> (TokenKind, usize) {
        let bytes = &self.source.as_bytes()[start..];
        let mut at = 1;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => return (TokenKind::String { closed: true }, at + 1),
                b'\\' if !matches!(bytes.get(at + 1), None | Some(b'\n' | b'\r')) => at += 2,
                b'\n' | b'\r' => break,
                _ => at += 1,
            }
        }
        // The quote was forgotten. What follows the text on its line (blanks, the comma) is not part of it.
        let mut end = at.min(bytes.len());
        while end > 1 && matches!(bytes[end - 1], b' ' | b'\t') {
            end -= 1;
        }
        if end > 1 && bytes[end - 1] == b',' {
            end -= 1;
        }
        (TokenKind::String { closed: false }, self.before_bracket(start, end))
    }

    /// Where a string ends that was left open before `: {` or `: [` at the end of its line: a key, or its second quote.
    /// Without that bracket nothing below would be where it belongs.
    fn before_bracket(&self, start: usize, len: usize) -> usize {
        let content = &self.source[start + 1..start + len];
        let found = content.strip_suffix(['{', '[']).and_then(|rest| rest.trim_end().strip_suffix(':'));
        let Some(key) = found.map(str::trim_end) else { return len };
        let plain = !key.contains(['{', '[', '(', '"', '$', '%', '?']);
        if key.is_empty() || plain && leading_column(self.source, start).is_some() {
            1 + key.len()
        } else {
            len
        }
    }

    fn single_quoted(&self, start: usize) -> (TokenKind, usize) {
        let bytes = &self.source.as_bytes()[start..];
        let len = run(&bytes[1..], |byte| !matches!(byte, b'\'' | b'\n' | b'\r'));
        match bytes.get(1 + len) {
            Some(b'\'') => (TokenKind::SingleQuoted, len + 2),
            _ => (TokenKind::Junk, 1),
        }
    }

    fn block_comment(&mut self, start: usize) -> (TokenKind, usize) {
        let rest = &self.source[start..];
        let len = rest[2..].find("*/").map_or(rest.len(), |at| at + 4);
        let comment = &rest.as_bytes()[..len];
        self.line += comment.iter().filter(|byte| **byte == b'\n').count() as u32;
        if let Some(last) = comment.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')) {
            self.line_start = start + last + 1;
        }
        (TokenKind::Comment, len)
    }

    fn placeholder(&self, start: usize) -> (TokenKind, usize) {
        let bytes = &self.source.as_bytes()[start..];
        let len = run(bytes, |byte| !matches!(byte, b'}' | b'\n' | b'\r' | b'"'));
        match bytes.get(len) {
            Some(b'}') => (TokenKind::Placeholder, len + 1),
            _ => (TokenKind::Junk, 1),
        }
    }
}

/// The column of a token that is the first on its line.
pub(super) fn leading_column(source: &str, start: usize) -> Option<usize> {
    let before = &source.as_bytes()[..start];
    let column = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match before.len().checked_sub(column + 1).map(|at| before[at]) {
        None | Some(b'\n' | b'\r') => Some(column),
        Some(_) => None,
    }
}

/// How far a line is indented.
pub(super) fn indentation(source: &str, line_start: usize) -> usize {
    run(&source.as_bytes()[line_start..], |byte| matches!(byte, b' ' | b'\t'))
}

/// Is the next thing after `end` a colon?
pub(super) fn colon_follows(source: &str, end: usize) -> bool {
    let bytes = &source.as_bytes()[end..];
    bytes.get(run(bytes, |byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))) == Some(&b':')
}

/// A fault inside a string: where, and what is wrong.
pub(super) struct StringFault {
    pub range: Range<usize>,
    pub message: String,
    pub replacement: Option<(&'static str, String)>,
}

/// The text that a string stands for, with a map when it differs from the source. `content` is what stands between
/// the quotes, at `offset`.
pub(super) fn decode(
    content: &str,
    offset: usize,
) -> (std::borrow::Cow<'_, str>, Option<OffsetMap>, Option<StringFault>) {
    let mut fault = None;
    let special = |byte: &u8| *byte == b'\\' || *byte < 0x20;
    if !content.as_bytes().iter().any(special) {
        return (content.into(), None, None);
    }
    let mut out = String::with_capacity(content.len());
    let mut map = OffsetMap::default();
    let bytes = content.as_bytes();
    let mut at = 0;
    let mut note = |range: Range<usize>, message: String, replacement| {
        fault.get_or_insert(StringFault {
            range: offset + range.start..offset + range.end,
            message,
            replacement,
        });
    };
    while at < bytes.len() {
        let plain = run(&bytes[at..], |byte| byte != b'\\' && byte >= 0x20);
        if plain > 0 {
            out.push_str(&content[at..at + plain]);
            map.push(plain, offset + at, plain);
            at += plain;
            continue;
        }
        if bytes[at] != b'\\' {
            let escaped = match bytes[at] {
                b'\t' => "\\t".to_owned(),
                byte => format!("\\u{byte:04x}"),
            };
            note(
                at..at + 1,
                format!("a control character must be written as `{escaped}` inside a string"),
                Some(("Escape the character", escaped)),
            );
            out.push(bytes[at] as char);
            map.push(1, offset + at, 1);
            at += 1;
            continue;
        }
        let (decoded, len) = match bytes.get(at + 1) {
            Some(b'"') => ('"', 2),
            Some(b'\\') => ('\\', 2),
            Some(b'/') => ('/', 2),
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{c}', 2),
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'u') => match unicode_escape(&content[at..]) {
                Some((decoded, len)) => (decoded, len),
                None => {
                    let len = 2 + run(&bytes[at + 2..], |byte| byte.is_ascii_hexdigit()).min(4);
                    if len < 6 {
                        let message = "`\\u` needs four hexadecimal digits".to_owned();
                        note(at..at + len, message, None);
                    }
                    ('\u{fffd}', len)
                }
            },
            Some(_) => {
                let len = 1 + content[at + 1..].chars().next().map_or(0, char::len_utf8);
                note(
                    at..at + len,
                    format!(
                        "`{}` is no escape of JSON; write `\\\\` for a backslash",
                        &content[at..at + len]
                    ),
                    Some(("Escape the backslash", format!("\\{}", &content[at..at + len]))),
                );
                ('\\', 1)
            }
            None => ('\\', 1),
        };
        out.push(decoded);
        map.push(decoded.len_utf8(), offset + at, len);
        at += len;
    }
    (out.into(), Some(map), fault)
}

/// Decodes `\uXXXX`, or a pair of them that makes one character.
fn unicode_escape(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| u32::from_str_radix(text.get(at..at + 4).filter(|hex| is_hex(hex))?, 16).ok();
    let first = unit(2)?;
    if let Some(single) = char::from_u32(first) {
        return Some((single, 6));
    }
    let second = (text.get(6..8) == Some("\\u")).then(|| unit(8)).flatten();
    match (first, second) {
        (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) => {
            char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00)).map(|pair| (pair, 12))
        }
        // Half a pair is legal JSON, but stands for no character.
        _ => Some(('\u{fffd}', 6)),
    }
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn run(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| !belongs(*byte)).unwrap_or(bytes.len())
}

fn to_line_end(bytes: &[u8]) -> usize {
    run(bytes, |byte| !matches!(byte, b'\n' | b'\r'))
}

fn is_number_byte(byte: u8) -> bool {
    matches!(byte, b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_')
}

fn is_word_byte(byte: u8) -> bool {
    matches!(byte, b'_' | b'$' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'.') || byte >= 0x80
}

/// Is this the number that RFC 8259 describes?
pub(super) fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let digits = |text: &str| run(text.as_bytes(), |byte| byte.is_ascii_digit());
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let len = digits(fraction);
        if len == 0 {
            return false;
        }
        rest = &fraction[len..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let len = digits(exponent);
        return len > 0 && len == exponent.len();
    }
    rest.is_empty()
}
