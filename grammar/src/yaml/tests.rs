//! YAML as people write it, whole and broken.

use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: Expect) {
    let pieces = read(text);
    let mut out = match pieces.frame.root(0) {
        Some(root) => format!("{root:?}\n"),
        None => "nothing\n".to_owned(),
    };
    let mut errors = pieces.frame.errors.clone();
    for (range, part) in &pieces.parts {
        let root = part.root(range.start).unwrap();
        assert_eq!(root.range(), *range);
        out += &format!("  {root:?}\n");
        errors.extend(part.errors.iter().map(|error| error.clone().moved_by(range.start)));
    }
    errors.sort_by_key(|error| error.range.start);
    for error in errors {
        let line = text[..error.range.start].matches('\n').count();
        out += &format!("{line} {:?} {}\n", &text[error.range], error.message);
    }
    expected.assert_eq(&out);
}

#[test]
fn scalars_have_the_types_of_the_core_schema() {
    check(
        "a: [x, 1, -2.5, 1e3, 0x1F, true, False, null, ~, '1', \"t\", yes, 2016-03-14, 1.2.3]\nb:\nc: 'it''s'\nd: \"a\\n\\u00e9\\x41\"",
        expect![[r#"
            {"a": ["x", 1, -2.5, 1e3, 31, true, false, null, ~, "1", "t", "yes", "2016-03-14", "1.2.3"], "b": , "c": "it's", "d": "a\néA"}
        "#]],
    );
}

#[test]
fn blocks_and_folded_lines() {
    check(
        "a: |\n  one\n    two\n\n  three\nb: >-\n  one\n  two\n\n  three\nc: plain\n  goes on\nd: |-\n  {%\n  1\n  %}\n",
        expect![[r#"
            {"a": "one\n  two\n\nthree\n", "b": "one two\nthree", "c": "plain goes on", "d": "{%\n1\n%}"}
        "#]],
    );
}

#[test]
fn anchors_merge_keys_and_tags() {
    check(
        "a: &x\n  k: 1\n  l: [2]\nb: *x\nc:\n  <<: *x\n  k: 3\nd: !Sub \"x\"\ne: *nowhere\n",
        expect![[r#"
            {"a": {"k": 1, "l": [2]}, "b": {"k": 1, "l": [2]}, "c": {"k": 3, "l": [2]}, "d": <x>, "e": <*nowhere>}
            8 "*nowhere" no anchor above is named `nowhere`
        "#]],
    );
    check(
        "a: &x 1\nb: *x\nc: &x 2\nd: *x\ne: &y\n  k: *y\n  <<: *y\nf: *z\ng: &z 3\n",
        expect![[r#"
            {"a": 1, "b": 1, "c": 2, "d": 2, "e": {"k": <*y>}, "f": <*z>, "g": 3}
            5 "*y" no anchor above is named `y`
            7 "*z" no anchor above is named `z`
        "#]],
    );
    let laughs: String = (0..30)
        .map(|level| {
            format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", "))
                .replace("*a-1", "lol")
        })
        .collect();
    assert!(read(&laughs).frame.len() < 2 * MAX_ALIASED, "aliases are bounded");
}

const MACHINE: &str = "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n  B:\n    Type: Succeed\n";

#[test]
fn each_state_is_a_part() {
    check(
        MACHINE,
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Pass", "Next": "B"}
              "B": {"Type": "Succeed"}
        "#]],
    );
    check(
        "StartAt: A\nStates: {A: {Type: Pass}, B: {}}\n",
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Pass"}
              "B": {}
        "#]],
    );
}

fn broken(from: &str, to: &str) -> String {
    assert!(MACHINE.contains(from));
    MACHINE.replacen(from, to, 1)
}

#[test]
fn a_line_being_typed_costs_no_state() {
    check(
        &broken("Next: B", "Nex"),
        expect![[r#"
        {"StartAt": "A", "States": {}}
          "A": {"Type": "Pass", "Nex": <missing>}
          "B": {"Type": "Succeed"}
        4 "Nex" a colon and a value are missing after the key
    "#]],
    );
    check(
        &broken("Type: Pass", "Type:Pass"),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Pass", "Next": "B"}
              "B": {"Type": "Succeed"}
            3 "Type:Pass" a blank is missing after the colon
        "#]],
    );
    check(
        &broken("Pass", "\"Pass"),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Pass", "Next": "B"}
              "B": {"Type": "Succeed"}
            3 "\"Pass" the string is not closed: a quote is missing
        "#]],
    );
    check(
        &broken("    Next", "   Next"),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Pass", "Next": "B"}
              "B": {"Type": "Succeed"}
            4 "Next: B" this line is indented differently from those around it
        "#]],
    );
    check(
        &broken("    Next", "\tNext"),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Pass", "Next": "B"}
              "B": {"Type": "Succeed"}
            4 "Next: B" YAML is indented with blanks, not with tabs
        "#]],
    );
    check(
        &broken("Pass", "a: b"),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": <missing>, "Next": "B"}
              "B": {"Type": "Succeed"}
            3 "Type: a: b" a text that contains a colon and a blank must stand in quotes
        "#]],
    );
}

#[test]
fn documents_that_are_none() {
    check(
        "# only a comment\n",
        expect![[r#"
            nothing
        "#]],
    );
    check(
        "a: 1\n---\nb: 2\n",
        expect![[r#"
        {"a": 1}
        1 "---" a second document begins here; keep one state machine to a file
    "#]],
    );
}

/// tree-sitter's scanner ends the process when there are more indentations than it can keep.
#[test]
fn no_nesting_ends_the_process() {
    let stairs = |count: usize, content: &str| -> String {
        (0..count).map(|depth| format!("{}{content}\n", " ".repeat(depth))).collect()
    };
    for depth in [100, 115, 120, 125, 130, 200, 240, 250, 252, 253, 254, 260, 300, 2_000] {
        for piece in [
            "- ", "? ", "a: ", ": ", "- a: ", "? - ", "{ ", "[ ", "[a: ", "{a: ", "&a ", "!a - ", "-\t",
            "a:\t", "'a': ", "\"a\" : ", "|\n ",
        ] {
            read(&piece.repeat(depth));
            read(&format!("StartAt: A\nStates: {}", piece.repeat(depth)));
            read(&format!("[{}", piece.repeat(depth)));
        }
        for content in ["a:", "-", "- a:", "?", "- - a:", "a: |", "? a"] {
            read(&stairs(depth, content));
        }
    }
    let pieces = read(&"- ".repeat(300));
    assert_eq!(pieces.frame.errors[0].message, "this is nested too deeply to be read");
}

#[test]
fn brackets_between_quotes_nest_nothing() {
    let many = "[{".repeat(2_000);
    let refused = |text: &str| nested_too_deeply(text).is_some();
    for text in [
        format!("a: '{many}'"),
        format!("a: \"\\\"{many}\""),
        format!("- {{a: 'it''s', 'b':\"{many}\"}}"),
        format!("{{\"a\": \"{}\", \"b\": [1]}}", many.replace('{', "]]")),
    ] {
        assert!(!refused(&text) && read(&text).frame.errors.is_empty(), "{}", &text[..20]);
    }
    for text in [
        format!("a: {many}"),
        format!("a: don't {many} can't"),
        format!("a: '{many}"),
        format!("a: \"]]]\" {many}"),
        format!("a: ['{}', {many}", "]".repeat(9_000)),
        format!("a: '{}'", many.repeat(50)),
    ] {
        assert!(refused(&text), "{}", &text[..20]);
    }
}
