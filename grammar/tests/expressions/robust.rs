//! Nothing that can be typed panics, hangs or leaves the text.

use std::time::Instant;

use asl_grammar::jsonata::{self, query, scope};
use asl_grammar::span::Span;
use asl_grammar::{intrinsic, path};
use proptest::prelude::*;

use crate::shared::cases;

fn assert_inside(text: &str, span: Span) {
    assert!(span.start <= span.end, "{span:?} in {text:?}");
    assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
}

fn check_jsonata(text: &str) {
    let tree = jsonata::parse(text);
    for id in tree.ids() {
        let node = tree.node(id);
        assert_inside(text, node.span);
        assert_inside(text, node.anchor);
        assert!(text.is_char_boundary(node.close as usize), "{node:?} in {text:?}");
        for &child in tree.children(id) {
            assert!(child < id);
            assert_eq!(tree.parent(child), Some(id));
            assert!(node.span.covers(tree.span(child)), "{node:?}, {:?} in {text:?}", tree.node(child));
        }
        tree.name(id);
    }
    for pair in tree.tokens().windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{pair:?} in {text:?}");
    }
    for error in tree.errors() {
        assert_inside(text, error.span);
        assert!(!error.message.is_empty());
        if let Some(slip) = error.slip {
            assert_inside(text, slip.span);
        }
    }
    for path in query::member_paths(&tree) {
        assert_inside(text, path.span);
    }
    query::calls(&tree);
    query::context_uses(&tree);
    let scopes = scope::scopes(&tree);
    for binding in &scopes.bindings {
        assert_inside(text, binding.scope);
    }
    for offset in [0, text.len() / 2, text.len()] {
        query::node_at(&tree, offset as u32);
        query::call_at(&tree, offset as u32);
        scope::visible_at(&tree, offset as u32);
    }
}

fn check_path(text: &str) {
    let path = path::parse(text);
    for path in path.all() {
        assert_inside(text, path.span);
        assert_inside(text, path.root_span);
        for segment in &path.segments {
            assert_inside(text, segment.span);
            assert_inside(text, segment.inner);
        }
    }
    for error in &path.errors {
        assert_inside(text, error.span);
    }
}

fn check_intrinsic(text: &str) {
    let tree = intrinsic::parse(text);
    for id in tree.ids() {
        let node = tree.node(id);
        assert_inside(text, node.span);
        if let intrinsic::NodeKind::String(literal) = &node.kind {
            let escapes = literal.escapes.iter().map(|escape| escape.span);
            escapes.chain(literal.placeholders.iter().copied()).for_each(|span| assert_inside(text, span));
        }
    }
    for error in tree.errors() {
        assert_inside(text, error.span);
    }
    for offset in 0..=text.len() as u32 {
        tree.call_at(offset);
        tree.node_at(offset);
    }
}

#[test]
fn what_is_nested_too_deeply_lies_inside_of_what_holds_it() {
    for piece in ["f(", "a[", "{a: ", "(", "-", "[", "a ? "] {
        check_jsonata(&format!("{}é 0].a", piece.repeat(210)));
    }
}

#[test]
fn what_is_not_closed_ends_with_the_text() {
    for text in ["$['", "$['é", "$['é'", "$[\"é\\", "$['é\\'", "$[?(@.é == 'é"] {
        check_path(text);
    }
    let path = path::parse("$['é");
    assert_eq!(path.segments[0].inner.text("$['é"), "é");
}

/// Text made of the pieces of the languages.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "$",
        "$$",
        "$x",
        "$states",
        ".",
        "..",
        "input",
        "a",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        ":",
        ":=",
        ";",
        ",",
        "?",
        "@",
        "#",
        "^",
        "~>",
        "~",
        "!",
        "=",
        "!=",
        "<",
        ">",
        "&",
        "+",
        "-",
        "*",
        "**",
        "/",
        "%",
        "1",
        "2.5e3",
        "'t'",
        "\"é",
        "\\",
        "'",
        "`n`",
        "function",
        "λ",
        "and",
        "in",
        " ",
        "\n",
        "/*",
        "*/",
        "//",
        "true",
        "😀",
        "States.Format(",
        "{}",
        "\\'",
        "?(",
        "@.b",
        "==",
        "&&",
        "\u{a0}",
        "\\u00e9",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A whole expression with some of its characters deleted, doubled or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let expressions = vec![
        "$map($states.input.items[price > 10], function($v, $i)<n:n>{ $v.name & ' é' & $i })",
        "($x := [1..3]; {'a': $x ~> $sum(?), `b`: $x^(>n).m{k: v}} ~> |a|{'c': 1}, ['d']|)",
        "a#$i@$x.%.b ? /[a-z]/i : -1.5e3 /* note */",
        "$$.a[?(@.b == 'c' && !(@.d in [1,2]))]['x','y'][1:2]..z.length()",
        "States.Format('{} \\'{}\\'', $.a[0], States.Array(1, null, $v.w))",
    ];
    let change =
        (any::<prop::sample::Index>(), 0..3u8, prop::sample::select(vec!['(', ')', '\'', '$', '.', 'é']));
    (prop::sample::select(expressions), prop::collection::vec(change, 1..4)).prop_map(|(text, changes)| {
        let mut characters: Vec<char> = text.chars().collect();
        for (index, how, new) in changes {
            if characters.is_empty() {
                break;
            }
            let at = index.index(characters.len());
            match how {
                0 => drop(characters.remove(at)),
                1 => characters.insert(at, new),
                _ => characters.truncate(at + 1),
            }
        }
        characters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_text(text in any::<String>()) {
        check_jsonata(&text);
        check_path(&format!("${text}"));
        check_intrinsic(&format!("States.Format({text}"));
    }

    #[test]
    fn mutations(text in mutated()) {
        check_jsonata(&text);
        check_path(&text);
        check_intrinsic(&text);
    }

    #[test]
    fn pieces_of_the_languages(text in pieces()) {
        check_jsonata(&text);
        check_path(&text);
        check_path(&format!("$[?({text}"));
        check_intrinsic(&text);
        check_intrinsic(&format!("States.Format({text}"));
    }
}

#[test]
fn mutated_expressions() {
    for case in cases("expr_mutants.json").iter().chain(&cases("expr_cases.json")) {
        if let Some(text) = case["expr"].as_str() {
            check_jsonata(text);
        }
    }
}

#[test]
fn pathological_text_is_bounded() {
    let repeated = |piece: &str| piece.repeat(200_000 / piece.len());
    let pieces = [
        "(",
        "[",
        "{",
        "$f(",
        "{'a':",
        "-",
        "!",
        "a.",
        "a+",
        "a?",
        "a?b:",
        "$x:=",
        "function($x){",
        "|",
        "|a|",
        "a[",
        "a^(",
        "%.",
        "%+",
        "a.%",
        "'",
        "/",
        "/*",
        "\\",
        "a ",
        "a b ",
        ") ",
        "1,",
        ";",
        "..",
        "=",
        "==",
        "&&",
        "||",
        "??",
        "?:",
        "[[1]",
        "$x@$y",
        "($x:=1);$x;",
        "a{b:c}",
        "a[b]",
        "a[]",
        "a.(%)",
        "\"\\u",
    ];
    let (deep, long) = ("(".repeat(10_000), "a+".repeat(1 << 19));
    let texts = pieces.iter().map(|piece| repeated(piece)).chain([deep, long]);
    // Nothing is said about the clock: growth with the square of the length would take minutes here.
    for text in texts {
        let one = Instant::now();
        let tree = jsonata::parse(&text);
        assert!(tree.errors().len() <= jsonata::MAX_ERRORS);
        assert!(tree.ids().len() <= 2 * text.len() + 2);
        query::call_at(&tree, text.len() as u32);
        query::calls(&tree);
        query::context_uses(&tree);
        query::node_at(&tree, text.len() as u32);
        scope::scopes(&tree);
        let shown: String = text.chars().take(12).collect();
        eprintln!("{shown:14} {:?}", one.elapsed());
        path::parse(&format!("$.{text}"));
        path::parse(&format!("$[?({text}"));
        intrinsic::parse(&format!("States.Array({text}"));
    }
}

#[test]
fn deep_text_is_refused() {
    let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(jsonata::parse(&nested(jsonata::MAX_DEPTH as usize - 1)).errors().is_empty());
    for text in [nested(jsonata::MAX_DEPTH as usize), nested(10_000), "(".repeat(10_000)] {
        let codes: Vec<_> = jsonata::parse(&text).errors().iter().map(|error| error.code).collect();
        assert_eq!(codes, [jsonata::Code::TooDeep]);
    }
    let codes: Vec<_> =
        jsonata::parse(&"a+".repeat(1 << 19)).errors().iter().map(|error| error.code).collect();
    assert_eq!(codes, [jsonata::Code::TooLong]);
}
