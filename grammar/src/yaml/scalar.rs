//! The text and the type of YAML scalars.

use std::borrow::Cow;

use tree_sitter::Node as Raw;

use crate::map::OffsetMap;
use crate::tree::Kind;

pub(super) struct Scalar<'t> {
    pub kind: Kind,
    pub text: Cow<'t, str>,
    pub quoted: bool,
    pub map: Option<OffsetMap>,
    /// Where the scalar ends, when tree-sitter's node goes on (block scalars).
    pub end: Option<usize>,
}

/// The scalar that a node stands for. None when the node is no scalar.
pub(super) fn decode<'t>(source: &'t str, node: Raw) -> Option<Scalar<'t>> {
    let range = node.byte_range();
    let text = &source[range.clone()];
    match node.kind() {
        "plain_scalar" => {
            if !text.contains(['\n', '\r']) {
                let (kind, text) = resolve(text);
                return Some(Scalar { kind, text, quoted: false, map: None, end: None });
            }
            let (text, map) = fold_flow(text, range.start, |_, _| None);
            Some(Scalar { kind: Kind::String, text: text.into(), quoted: false, map: Some(map), end: None })
        }
        "double_quote_scalar" | "single_quote_scalar" => {
            let inner = text.get(1..text.len().checked_sub(1)?)?;
            let double = node.kind() == "double_quote_scalar";
            let plain = !inner.contains(['\n', '\r', '\\', '\'']);
            if plain {
                return Some(Scalar {
                    kind: Kind::String,
                    text: inner.into(),
                    quoted: true,
                    map: None,
                    end: None,
                });
            }
            let escape = if double { double_escape } else { single_escape };
            let (text, map) = fold_flow(inner, range.start + 1, escape);
            Some(Scalar { kind: Kind::String, text: text.into(), quoted: true, map: Some(map), end: None })
        }
        "block_scalar" => {
            let (text, map, end) = block(source, range);
            Some(Scalar {
                kind: Kind::String,
                text: text.into(),
                quoted: false,
                map: Some(map),
                end: Some(end),
            })
        }
        _ => None,
    }
}

/// The type of a plain scalar, by the core schema of YAML 1.2.
fn resolve(text: &str) -> (Kind, Cow<'_, str>) {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return (Kind::Null, text.into()),
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => {
            return (Kind::Bool, text.to_ascii_lowercase().into());
        }
        _ => {}
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(number) =
            text.strip_prefix(prefix).and_then(|digits| i64::from_str_radix(digits, radix).ok())
        {
            return (Kind::Number, number.to_string().into());
        }
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let numeric = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'-' | b'+'))
        && text.parse::<f64>().is_ok();
    match numeric {
        true => (Kind::Number, text.strip_prefix('+').unwrap_or(text).into()),
        false => (Kind::String, text.into()),
    }
}

/// What may stand between two lines of a text.
const BLANK: [char; 4] = [' ', '\t', '\n', '\r'];

/// Decodes an escape at the beginning of a text: the characters it stands for, and its length.
type Escape = fn(&str, usize) -> Option<(String, usize)>;

/// Text of a plain or quoted scalar: line breaks fold into blanks, escapes are decoded.
fn fold_flow(text: &str, offset: usize, escape: Escape) -> (String, OffsetMap) {
    let mut out = String::with_capacity(text.len());
    let mut map = OffsetMap::default();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        if let Some((decoded, len)) = escape(&text[at..], at) {
            map.push(decoded.len(), offset + at, len);
            out.push_str(&decoded);
            at += len;
            continue;
        }
        let rest = &text[at..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest[blanks..].starts_with(['\n', '\r']) {
            let len = rest.len() - rest.trim_start_matches(BLANK).len();
            let breaks = rest[..len].matches('\n').count().max(1);
            let folded = if breaks == 1 { " ".to_owned() } else { "\n".repeat(breaks - 1) };
            map.push(folded.len(), offset + at, len);
            out.push_str(&folded);
            at += len;
            continue;
        }
        out.push(next);
        map.push(next.len_utf8(), offset + at, next.len_utf8());
        at += next.len_utf8();
    }
    (out, map)
}

fn single_escape(text: &str, _: usize) -> Option<(String, usize)> {
    text.starts_with("''").then(|| ("'".to_owned(), 2))
}

fn double_escape(text: &str, _: usize) -> Option<(String, usize)> {
    let escaped = text.strip_prefix('\\')?;
    let first = escaped.chars().next()?;
    let hex = |len: usize| {
        let code = u32::from_str_radix(escaped.get(1..1 + len)?, 16).ok()?;
        Some((char::from_u32(code).unwrap_or('\u{fffd}').to_string(), 2 + len))
    };
    let simple = match first {
        '0' => "\0",
        'a' => "\u{7}",
        'b' => "\u{8}",
        't' | '\t' => "\t",
        'n' => "\n",
        'v' => "\u{b}",
        'f' => "\u{c}",
        'r' => "\r",
        'e' => "\u{1b}",
        ' ' => " ",
        '"' => "\"",
        '/' => "/",
        '\\' => "\\",
        'N' => "\u{85}",
        '_' => "\u{a0}",
        'L' => "\u{2028}",
        'P' => "\u{2029}",
        'x' => return hex(2),
        'u' => return surrogates(escaped).or_else(|| hex(4)),
        'U' => return hex(8),
        // A line that goes on: the break and the indentation are nothing; empty lines are line feeds.
        '\n' | '\r' => {
            let rest = escaped.trim_start_matches(BLANK);
            let breaks = escaped[..escaped.len() - rest.len()].matches('\n').count();
            return Some(("\n".repeat(breaks.saturating_sub(1)), text.len() - rest.len()));
        }
        _ => return Some(("\\".to_owned(), 1)),
    };
    Some((simple.to_owned(), 1 + first.len_utf8()))
}

/// Two `\uXXXX` that make one character, as JSON writes them.
fn surrogates(escaped: &str) -> Option<(String, usize)> {
    let high = u32::from_str_radix(escaped.get(1..5)?, 16).ok()?;
    let low =
        u32::from_str_radix(escaped.get(5..7).filter(|mark| *mark == "\\u").and(escaped.get(7..11))?, 16)
            .ok()?;
    let pair = matches!(high, 0xD800..0xDC00) && matches!(low, 0xDC00..0xE000);
    let code = pair.then(|| 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))?;
    Some((char::from_u32(code)?.to_string(), 12))
}

/// Text of a literal (`|`) or folded (`>`) block, with the place where it ends.
fn block(source: &str, range: std::ops::Range<usize>) -> (String, OffsetMap, usize) {
    let text = &source[range.start..end_of_block(source, range.end)];
    let header_len = text.find('\n').map_or(text.len(), |at| at + 1);
    let header = &text[..header_len];
    let folded = header.starts_with('>');
    let marks = header.split('#').next().unwrap_or_default();
    let (keep, strip) = (marks.contains('+'), marks.contains('-'));
    let lines: Vec<(usize, &str)> = text[header_len..]
        .split_inclusive('\n')
        .scan(header_len, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        })
        .collect();
    let indented = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let said = marks.chars().find_map(|mark| mark.to_digit(10)).map(|digit| digit as usize);
    let indent = match said {
        Some(said) => margin(source, range.start) + said,
        None => lines.iter().find(|(_, line)| !line.trim().is_empty()).map_or(0, |(_, line)| indented(line)),
    };
    let last = lines.iter().rposition(|(_, line)| !line.trim().is_empty());
    let Some(last) = last else {
        return (String::new(), OffsetMap::default(), range.start + header.trim_end().len());
    };
    let mut out = String::new();
    let mut map = OffsetMap::default();
    let mut end = range.start;
    let mut more_indented = false;
    for (index, (start, line)) in lines[..=last].iter().enumerate() {
        let body = line.trim_end_matches(['\n', '\r']);
        let skip = indent.min(body.len() - body.trim_start_matches(' ').len());
        let content = &body[skip..];
        let at = range.start + start + skip;
        out.push_str(content);
        map.push(content.len(), at, content.len());
        end = at + content.len();
        let break_len = line.len() - body.len();
        if index == last {
            // The end of the text is no line break.
            if !strip && break_len > 0 {
                out.push('\n');
                map.push(1, end, break_len);
            }
            break;
        }
        // In a folded block the break between two lines of text is a blank.
        let next = lines[index + 1].1.get(indent..).unwrap_or("");
        more_indented = if content.is_empty() { more_indented } else { content.starts_with([' ', '\t']) };
        let fold = folded && !content.is_empty() && !more_indented && !next.starts_with([' ', '\t']);
        let joined = match fold {
            false => "\n",
            true if next.trim().is_empty() => "",
            true => " ",
        };
        out.push_str(joined);
        map.push(joined.len(), end, break_len);
    }
    if keep {
        for (start, line) in lines[last + 1..].iter().filter(|(_, line)| line.ends_with(['\n', '\r'])) {
            let content = line.trim_end_matches(['\n', '\r']).len();
            out.push('\n');
            map.push(1, range.start + start + content, line.len() - content);
        }
    }
    (out, map, end)
}

/// tree-sitter leaves out what comes behind the last word of a block: the rest of its line, and empty lines.
fn end_of_block(source: &str, last_word: usize) -> usize {
    let line_end = |from: usize| source[from..].find('\n').map_or(source.len(), |found| from + found + 1);
    let mut end = if source[..last_word].ends_with('\n') { last_word } else { line_end(last_word) };
    while end < source.len() && source[end..line_end(end)].trim().is_empty() {
        end = line_end(end);
    }
    end
}

/// The indentation of what a block belongs to: the column of its key, or of the dash right before it.
fn margin(source: &str, header: usize) -> usize {
    let start = source[..header].rfind('\n').map_or(0, |found| found + 1);
    let line = &source[start..header];
    let mut column = line.len() - line.trim_start_matches(' ').len();
    while let Some(behind) = line[column..].strip_prefix('-').filter(|it| it.starts_with(' ')) {
        if behind.trim().is_empty() {
            break;
        }
        column = line.len() - behind.trim_start_matches(' ').len();
    }
    column
}
