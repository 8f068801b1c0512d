//! From a decoded string to its source and back: whatever way a string is written, every place inside of it has its
//! place in the document, and the places come in the same order.

use asl_grammar::syntax::{Format, Syntax};
use asl_grammar::text::Text;
use proptest::prelude::*;

/// A document with one string, and what it stands for.
fn check(format: Format, document: &str, expected: &str) {
    let text = Text::new(document);
    let syntax = Syntax::new(format, &text);
    assert!(syntax.errors().is_empty(), "{document:?}: {:?}", syntax.errors());
    let node = syntax.root().and_then(|root| root.get("A")).expect("the string is there");
    assert_eq!(node.as_str(), Some(expected), "{document:?}");
    let ends = expected.char_indices().map(|(at, _)| at).chain([expected.len()]);
    let places: Vec<(usize, usize)> = ends.map(|at| (at, node.source_offset(at))).collect();
    for pair in places.windows(2) {
        let ((from, outer), (to, next)) = (pair[0], pair[1]);
        assert!(outer < next, "{document:?}: {from} and {to} stand in one place");
        assert_eq!(node.inner_offset(outer), from, "{document:?}: from {from} to {outer} and back");
        let range = node.source_range(from..to);
        assert!(range.start == outer && range.end <= next && !range.is_empty(), "{document:?}: {range:?}");
        // Whatever stands between two characters belongs to the first one, or to nothing.
        for between in outer..next {
            let inner = node.inner_offset(between);
            assert!((from..=to).contains(&inner), "{document:?}: {between} to {inner}");
        }
    }
    let mut last = 0;
    for outer in 0..=document.len() {
        let inner = node.inner_offset(outer);
        assert!(last <= inner && expected.is_char_boundary(inner), "{document:?}: {outer} to {inner}");
        last = inner;
    }
}

fn json(source: &str) -> String {
    format!("{{ \"é\": 1, \"A\": \"{source}\", \"B\": 2 }}")
}

fn yaml(value: &str) -> String {
    format!("é: 1\nA: {value}\nB: 2\n")
}

#[derive(Clone, Debug)]
struct Piece {
    decoded: char,
    how: u8,
}

fn pieces(characters: &'static [char], most: usize) -> impl Strategy<Value = Vec<Piece>> {
    let piece = (prop::sample::select(characters), any::<u8>());
    prop::collection::vec(piece.prop_map(|(decoded, how)| Piece { decoded, how }), 0..most)
}

fn decoded(pieces: &[Piece]) -> String {
    pieces.iter().map(|it| it.decoded).collect()
}

/// The escapes that JSON has, and YAML between double quotes.
fn escaped(piece: &Piece) -> String {
    let upper = piece.how & 4 != 0;
    let units = |it: char| {
        let mut units = [0; 2];
        let units = it.encode_utf16(&mut units).iter();
        units
            .map(|unit| if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") })
            .collect::<String>()
    };
    match (piece.decoded, piece.how & 3) {
        (it, 0) => units(it),
        ('"', _) => "\\\"".to_owned(),
        ('\\', _) => "\\\\".to_owned(),
        ('/', 1) => "\\/".to_owned(),
        ('\n', _) => "\\n".to_owned(),
        ('\t', _) => "\\t".to_owned(),
        (it, _) => it.to_string(),
    }
}

/// A line break between double or single quotes, or in plain text, for a blank; two of them for a line feed.
fn folded(pieces: &[Piece], index: usize) -> Option<String> {
    let piece = &pieces[index];
    let is_text = |at: Option<usize>| {
        at.and_then(|at| pieces.get(at)).is_some_and(|it| !matches!(it.decoded, ' ' | '\n' | '\t'))
    };
    let apart = is_text(index.checked_sub(1)) && is_text(Some(index + 1));
    let margin = " ".repeat(2 + usize::from(piece.how >> 5));
    match piece.decoded {
        ' ' if apart && piece.how & 1 == 0 => Some(format!("\n{margin}")),
        '\n' if apart => Some(format!("\n\n{margin}")),
        _ => None,
    }
}

const ALL: [char; 14] = ['a', 'b', ' ', 'é', '😀', '"', '\\', '\'', '/', '\n', '\t', '$', '{', '\u{2028}'];

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_strings(pieces in pieces(&ALL, 20)) {
        let source: String = pieces.iter().map(escaped).collect();
        check(Format::Json, &json(&source), &decoded(&pieces));
    }

    #[test]
    fn yaml_in_double_quotes(pieces in pieces(&ALL, 20)) {
        let source: String = (0..pieces.len()).map(|index| {
            let piece = &pieces[index];
            let fold = folded(&pieces, index).filter(|_| piece.how & 16 == 0);
            // A blank at the end of a line would be lost.
            let escape = if matches!(piece.decoded, ' ' | '\t') { format!("\\x{:02x}", piece.decoded as u32) } else { escaped(piece) };
            let goes_on = piece.how & 24 == 24 && folded(&pieces, index).is_none();
            let breaks = pieces.get(index + 1).is_some_and(|_| folded(&pieces, index + 1).is_some());
            let go_on = if goes_on && !breaks { "\\\n   " } else { "" };
            fold.unwrap_or(escape) + go_on
        }).collect();
        check(Format::Yaml, &yaml(&format!("\"{source}\"")), &decoded(&pieces));
    }

    #[test]
    fn yaml_in_single_quotes(pieces in pieces(&['a', ' ', 'é', '😀', '"', '\\', '\'', '$', '#', ':'], 20)) {
        let source: String = (0..pieces.len()).map(|index| match pieces[index].decoded {
            '\'' => "''".to_owned(),
            it => folded(&pieces, index).unwrap_or(it.to_string()),
        }).collect();
        check(Format::Yaml, &yaml(&format!("'{source}'")), &decoded(&pieces));
    }

    #[test]
    fn yaml_without_quotes(pieces in pieces(&['a', ' ', 'é', '😀', '"', '\\', '\'', '$', '\n'], 20)) {
        let mut pieces = pieces;
        // It begins and ends with a word, and has one blank between words.
        pieces.insert(0, Piece { decoded: 'x', how: 0 });
        pieces.push(Piece { decoded: 'x', how: 0 });
        pieces.dedup_by(|a, b| matches!(a.decoded, ' ' | '\n') && matches!(b.decoded, ' ' | '\n'));
        let source: String = (0..pieces.len()).map(|index| {
            folded(&pieces, index).unwrap_or(pieces[index].decoded.to_string())
        }).collect();
        check(Format::Yaml, &yaml(&source), &decoded(&pieces));
    }

    #[test]
    fn yaml_literal_blocks(
        lines in prop::collection::vec("[a {%é😀\"'#:\\\\]{0,6}", 1..6),
        margin in 1..5usize, chomp in prop::sample::select(vec!["", "-", "+"]), indicator in any::<bool>(),
        comment in any::<bool>(), after in 0..3usize
    ) {
        let mut lines: Vec<String> = lines.into_iter().map(|line| if line.trim().is_empty() { String::new() } else { line }).collect();
        // What comes before the first word tells the margin, and behind the last one only line breaks come.
        if !indicator || lines[0].is_empty() {
            lines.insert(0, "x".to_owned());
        }
        lines.push("y".to_owned());
        let body: String = lines.iter().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{}{line}\n", " ".repeat(margin)) }).collect();
        let digit = if indicator { margin.to_string() } else { String::new() };
        let note = if comment { " # a+b - c" } else { "" };
        let value = format!("|{digit}{chomp}{note}\n{body}{}", "\n".repeat(after));
        let end = match chomp {
            "-" => String::new(),
            "+" => "\n".repeat(1 + after),
            _ => "\n".to_owned(),
        };
        let document = format!("é: 1\nA: {value}B: 2\n");
        check(Format::Yaml, &document, &(lines.join("\n") + &end));
    }

    #[test]
    fn yaml_folded_blocks(
        lines in prop::collection::vec(("[a{%é😀\"'#:]{1,3}( [a&é]{1,3}){0,2}", 0..3usize), 1..6),
        margin in 1..5usize, chomp in prop::sample::select(vec!["", "-", "+"]), indicator in any::<bool>()
    ) {
        let (mut body, mut expected) = (String::new(), String::new());
        for (index, (line, blank)) in lines.iter().enumerate() {
            let last = index + 1 == lines.len();
            let blank = if last { 0 } else { *blank };
            body += &format!("{}{line}\n{}", " ".repeat(margin), "\n".repeat(blank));
            expected += line;
            expected += &match (last, blank) {
                (true, _) => String::new(),
                (false, 0) => " ".to_owned(),
                (false, blank) => "\n".repeat(blank),
            };
        }
        let digit = if indicator { margin.to_string() } else { String::new() };
        let end = if chomp == "-" { "" } else { "\n" };
        check(Format::Yaml, &format!("é: 1\nA: >{chomp}{digit}\n{body}B: 2\n"), &(expected + end));
    }
}

#[test]
fn a_block_in_a_list_has_its_margin_from_the_list() {
    let source = "L:\n  - A: |2\n        x\n      y\n";
    let text = Text::new(source);
    let syntax = Syntax::new(Format::Yaml, &text);
    let list = syntax.root().and_then(|root| root.get("L")).expect("a list");
    let node = list.items().next().and_then(|item| item.get("A")).expect("a text");
    assert_eq!(node.as_str(), Some("  x\ny\n"));
    let text = Text::new("L:\n  - |2\n      x\n    y\n");
    let syntax = Syntax::new(Format::Yaml, &text);
    let list = syntax.root().and_then(|root| root.get("L")).expect("a list");
    assert_eq!(list.items().next().and_then(|it| it.as_str()), Some("  x\ny\n"));
}
