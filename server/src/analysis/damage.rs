//! Half-written documents: one mistake in the text, and what is said about it.

use expect_test::{Expect, expect};

use crate::check::Level;
use crate::fixture::analyse;

const JSON: &str = r#"{
  "StartAt": "Fetch",
  "States": {
    "Fetch": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": {
        "FunctionName": "f"
      },
      "Retry": [
        {
          "ErrorEquals": [
            "Busy"
          ],
          "MaxAttempts": 2
        }
      ],
      "Next": "Choose"
    },
    "Choose": {
      "Type": "Choice",
      "Choices": [
        {
          "Variable": "$.a",
          "IsNull": true,
          "Next": "Fetch"
        },
        {
          "Variable": "$.b",
          "IsNull": true,
          "Next": "Done"
        }
      ],
      "Default": "Done"
    },
    "Done": {
      "Type": "Succeed"
    }
  }
}
"#;

/// Shows what is said about a text, as `line code: message`, counting lines from 1 as editors do.
fn check(text: &str, expected: Expect) {
    let analysis = analyse(text);
    let findings = analysis.findings().iter().filter(|finding| finding.level <= Level::Warning);
    let said = findings.map(|finding| {
        let line = text[..finding.range.start].matches('\n').count() + 1;
        format!("{line} {}: {}\n", finding.rule.name, finding.message)
    });
    expected.assert_eq(&said.collect::<String>());
}

/// The text with its first `from` replaced.
fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from:?}");
    text.replacen(from, to, 1)
}

#[test]
fn a_missing_bracket_is_one_mistake() {
    check(JSON, expect![[""]]);
    check(
        &with(JSON, "\"Parameters\": {", "\"Parameters\":"),
        expect![[r#"
            7 json-syntax: a `{` is missing here
        "#]],
    );
    check(
        &with(JSON, "        {\n          \"ErrorEquals\"", "          \"ErrorEquals\""),
        expect![[r#"
            10 json-syntax: a `{` is missing here
        "#]],
    );
    check(
        &with(JSON, "      },\n      \"Retry\"", "      \"Retry\""),
        expect![[r#"
            8 json-syntax: a `}` is missing here: the `{` is not closed
        "#]],
    );
    check(
        &with(JSON, "    \"Choose\": {\n", ""),
        expect![[r#"
            34 json-syntax: no bracket is open that this `}` could close
        "#]],
    );
}

#[test]
fn a_bracket_too_many_is_one_mistake() {
    check(
        &with(JSON, "\"States\": {", "\"States\": { {"),
        expect![[r#"
            3 json-syntax: a key in double quotes is missing here
        "#]],
    );
    check(
        &with(JSON, "      },\n", "      },\n      },\n"),
        expect![[r#"
            10 json-syntax: no bracket is open that this `}` could close
        "#]],
    );
}

#[test]
fn a_quote_takes_nothing_with_it_but_its_line() {
    check(
        &with(JSON, "\"Choices\": [", "Choices\": ["),
        expect![[r#"
            22 json-syntax: the string is not closed: a double quote is missing
        "#]],
    );
    check(
        &with(JSON, "\"Choices\": [", "\"Choices: ["),
        expect![[r#"
            22 json-syntax: the string is not closed: a double quote is missing
        "#]],
    );
    check(
        &with(JSON, "\"Type\": \"Choice\"", "\"Type: \"Choice\""),
        expect![[r#"
            21 json-syntax: a colon is missing after the key
        "#]],
    );
    check(
        &with(JSON, "\"Type\": \"Choice\"", "\"Type\": \"Choice"),
        expect![[r#"
            21 json-syntax: the string is not closed: a double quote is missing
        "#]],
    );
}

#[test]
fn a_key_being_typed_is_one_mistake() {
    check(
        &with(JSON, "\"Default\": \"Done\"", "\"Default\": \"Done\",\n      Ne"),
        expect![[r#"
            35 json-syntax: the key `Ne` must stand in double quotes
        "#]],
    );
    check(
        &with(JSON, "      \"Default\"", "      \"Ne\n      \"Default\""),
        expect![[r#"
            34 json-syntax: the string is not closed: a double quote is missing
        "#]],
    );
    check(
        &with(JSON, "\"Default\": \"Done\"", "\"Default\": \"Done\"\n      \"Ne\""),
        expect![[r#"
            34 json-syntax: a comma is missing between these members
        "#]],
    );
}

#[test]
fn a_text_that_ends_too_early_is_one_mistake() {
    for end in
        ["\"Fetch\": {", "\"Parameters\"", "\"FunctionName\": ", "\"Bus", "[\n        {", "\"Choose\": {\n"]
    {
        let cut = JSON.find(end).unwrap() + end.len();
        let analysis = analyse(&JSON[..cut]);
        let said: Vec<_> = analysis.findings().iter().map(|it| &it.message).collect();
        assert_eq!(said.len(), 1, "cut behind {end:?}: {said:?}");
    }
}

/// Whether the last lines of a document make it one in JSONata nobody knows who cannot read them.
#[test]
fn the_query_language_may_follow() {
    let text = r#"{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Arguments": {}, "End": true },
    "B": { "Type": "Pass", "End": true }
  },
"#;
    check(
        text,
        expect![[r#"
            6 json-syntax: a `}` is missing here: the `{` is not closed
        "#]],
    );
}

#[test]
fn what_is_wrong_elsewhere_is_still_told() {
    let wrong = with(JSON, "\"MaxAttempts\": 2", "\"MaxAttempt\": 2");
    check(
        &with(&wrong, "\"Choices\": [", "Choices\": ["),
        expect![[r#"
            15 unknown-field: a retrier has no field `MaxAttempt`; did you mean `MaxAttempts`?
            22 json-syntax: the string is not closed: a double quote is missing
        "#]],
    );
    check(
        &with(&wrong, "      \"Default\"", "      \"Ne\n      \"Default\""),
        expect![[r#"
            15 unknown-field: a retrier has no field `MaxAttempt`; did you mean `MaxAttempts`?
            34 json-syntax: the string is not closed: a double quote is missing
        "#]],
    );
}
