//! Broken JSON: what is still there, and what is said about it.

use expect_test::{Expect, expect};

use super::*;

/// Shows the tree of a text, and its errors as `line:column text-of-the-range message`.
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&picture(text));
}

fn picture(text: &str) -> String {
    let pieces = read(text);
    let mut out = match pieces.frame.root(0) {
        Some(root) => format!("{root:?}\n"),
        None => "nothing\n".to_owned(),
    };
    let mut errors: Vec<_> = pieces.frame.errors.to_vec();
    for (range, part) in &pieces.parts {
        out += &format!("  {:?}\n", part.root(range.start).unwrap());
        errors.extend(part.errors.iter().map(|error| SyntaxError {
            range: error.range.start + range.start..error.range.end + range.start,
            ..error.clone()
        }));
    }
    errors.sort_by_key(|error| error.range.start);
    for error in errors {
        let before = &text[..error.range.start];
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        out += &format!("{line}:{column} {:?} {}\n", &text[error.range], error.message);
    }
    out
}

const MACHINE: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": {
      "Type": "Task",
      "Retry": [
        {
          "ErrorEquals": ["E"],
          "MaxAttempts": 1
        }
      ],
      "Next": "B"
    },
    "B": {
      "Type": "Succeed"
    }
  }
}"#;

fn broken(from: &str, to: &str) -> String {
    assert!(MACHINE.contains(from), "{from:?}");
    MACHINE.replacen(from, to, 1)
}

#[test]
fn a_valid_document_has_a_part_for_each_state() {
    check(
        MACHINE,
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Task", "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Next": "B"}
              "B": {"Type": "Succeed"}
        "#]],
    );
}

#[test]
fn a_missing_comma() {
    check(
        &broken("\"A\",", "\"A\""),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Task", "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Next": "B"}
              "B": {"Type": "Succeed"}
            1:16 "\n  \"States\"" a comma is missing between these members
        "#]],
    );
}

#[test]
fn a_key_being_typed() {
    check(
        &broken("\"Next\": \"B\"", "\"Ne"),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Task", "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Ne": <missing>}
              "B": {"Type": "Succeed"}
            11:6 "\"Ne" the string is not closed: a double quote is missing
        "#]],
    );
    check(
        &broken("\"Type\": \"Task\",", "\"Type\":"),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": <missing>, "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Next": "B"}
              "B": {"Type": "Succeed"}
            4:13 "" a value is missing after the colon
        "#]],
    );
    check(
        &broken("\"Type\": \"Task\",", "\"Type\""),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": <missing>, "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Next": "B"}
              "B": {"Type": "Succeed"}
            4:12 "" a colon and a value are missing after the key
        "#]],
    );
}

#[test]
fn an_open_string_costs_one_line() {
    check(
        &broken("\"Task\"", "\"Task"),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Task", "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Next": "B"}
              "B": {"Type": "Succeed"}
            4:14 "\"Task" the string is not closed: a double quote is missing
        "#]],
    );
    check(
        &broken("\"Type\": \"Task\"", "\"Type: \"Task\""),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type: ": <Task>, "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Next": "B"}
              "B": {"Type": "Succeed"}
            4:14 "Task" a colon is missing after the key
        "#]],
    );
}

#[test]
fn an_open_bracket_costs_no_other_state() {
    check(
        &broken("      \"Next\": \"B\"\n    },", "      \"Next\": \"B\""),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Task", "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Next": "B"}
              "B": {"Type": "Succeed"}
            11:17 "" a `}` is missing here: the `{` is not closed
        "#]],
    );
    check(
        &broken("\n      ],", ""),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Task", "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Next": "B"}
              "B": {"Type": "Succeed"}
            9:9 "" a `]` is missing here: the `[` is not closed
        "#]],
    );
    check(
        &broken("\"Task\"", "{\"Task\""),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": {"Task": <missing>}, "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Next": "B"}
              "B": {"Type": "Succeed"}
            4:21 "" a colon and a value are missing after the key
        "#]],
    );
    check(
        &broken("    },\n    \"B\"", "    }\n    },\n    \"B\""),
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Task", "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Next": "B"}
              "B": {"Type": "Succeed"}
            13:4 "}" no bracket is open that this `}` could close
        "#]],
    );
    check(
        &MACHINE[..MACHINE.len() - 4],
        expect![[r#"
            {"StartAt": "A", "States": {}}
              "A": {"Type": "Task", "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Next": "B"}
              "B": {"Type": "Succeed"}
            15:5 "" a `}` is missing here: the `{` is not closed
        "#]],
    );
}

#[test]
fn what_other_languages_allow() {
    check(
        "{a: 1, 'b': 'c', \"d\": True, \"e\": [1,], // x\n \"f\": 05, \"g\": /* y */ NaN\n}",
        expect![[r#"
            {"a": 1, "b": "c", "d": true, "e": [1], "f": <05>, "g": <NaN>}
            0:1 "a" the key `a` must stand in double quotes
            0:7 "'b'" JSON takes double quotes only
            0:22 "True" write `true`, not `True`
            0:35 "," the last member takes no comma after it
            0:39 "// x" JSON has no comments; a `Comment` field can hold the text
            1:6 "05" `05` is no number of JSON
            1:15 "/* y */" JSON has no comments; a `Comment` field can hold the text
            1:23 "NaN" the text `NaN` must stand in double quotes
        "#]],
    );
    check(
        "{\"a\": ${Max}, \"b\": [${x}, 1]}",
        expect![[r#"
        {"a": <${Max}>, "b": [<${x}>, 1]}
        0:6 "${Max}" `${Max}` stands without quotes: this is JSON only after it has been replaced
        0:20 "${x}" `${x}` stands without quotes: this is JSON only after it has been replaced
    "#]],
    );
}

#[test]
fn strings_and_their_escapes() {
    check(
        r#"["\u00e9\ud83d\ude00\n\"", "C:\data", "\u12", "a	b"]"#,
        expect![[r#"
        ["é😀\n\"", "C:\\data", "�", "a\tb"]
        0:30 "\\d" `\d` is no escape of JSON; write `\\` for a backslash
    "#]],
    );
}

#[test]
fn documents_that_are_none() {
    check(
        "  \n",
        expect![[r#"
            nothing
        "#]],
    );
    check(
        "{} {}",
        expect![[r#"
        {}
        0:3 "{" a second document begins here; keep one state machine to a file
    "#]],
    );
    check(
        "{}\n}",
        expect![[r#"
        {}
        1:0 "}" no bracket is open that this `}` could close
    "#]],
    );
    check(
        "\u{feff}{}",
        expect![[r#"
        {}
        0:0 "\u{feff}" a byte-order mark stands before the document; save the file without it
    "#]],
    );
}

#[test]
fn deep_nesting_is_bounded() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[", ""), ("{\"a\":[", "")] {
        let text = open.repeat(50_000) + "1" + &close.repeat(50_000);
        let pieces = read(&text);
        assert!(pieces.frame.len() <= 4 * MAX_DEPTH);
        assert!(!pieces.frame.errors.is_empty());
    }
}
