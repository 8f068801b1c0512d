//! Half-written documents: one mistake in the text, and what is said about it.

use expect_test::{Expect, expect};

use crate::check::Level;
use crate::fixture::analyse;
use crate::ide::hover;

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

const YAML: &str = "\
StartAt: Fetch
States:
  Fetch:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Parameters:
      FunctionName: f
      Payload: { a: [1, 2] }
    Retry:
    - ErrorEquals: [Busy]
      MaxAttempts: 2
    Next: Choose
  Choose:
    Type: Choice
    Choices:
    - Variable: $.a
      IsNull: true
      Next: Fetch
    - Variable: $.b
      IsNull: true
      Next: Done
    Default: Done
  Done:
    Type: Succeed
";

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

/// All states are there, whatever is written in one of them.
#[test]
fn a_target_that_does_not_exist_is_still_told() {
    let wrong = with(JSON, "\"Default\": \"Done\"", "\"Default\": \"Nowhere\"");
    check(
        &with(&wrong, "\"FunctionName\"", "\"FunctionName"),
        expect![[r#"
        8 json-syntax: a colon is missing after the key
        34 unknown-next-state: there is no state `Nowhere`
    "#]],
    );
    // Here it may be one that could not be read.
    check(
        &with(&wrong, "    \"Done\": {", "    \"Done\": "),
        expect![[r#"
        36 json-syntax: a `{` is missing here
    "#]],
    );
    check(
        &wrong[..wrong.len() - 5],
        expect![[r#"
        38 json-syntax: a `}` is missing here: the `{` is not closed
    "#]],
    );
    let wrong = with(YAML, "Default: Done", "Default: Nowhere");
    check(
        &with(&wrong, "FunctionName: f", "FunctionName: [f"),
        expect![[r#"
        7 json-syntax: the bracket is not closed
        22 unknown-next-state: there is no state `Nowhere`
    "#]],
    );
    check(
        &with(&wrong, "  Done:", "   Done:"),
        expect![[r#"
        23 json-syntax: this line is indented differently from those around it
    "#]],
    );
}

#[test]
fn what_is_left_open_in_yaml_is_one_mistake() {
    check(YAML, expect![[""]]);
    for (from, to) in [
        ("Resource: arn", "Resource: [arn"),
        ("Resource: arn", "Resource: {arn"),
        ("Resource: arn", "Resource: \"arn"),
        ("Resource: arn", "Resource: 'arn"),
        ("[1, 2] }", "[1, 2]"),
        ("[1, 2] }", "[1, 2 }"),
        ("[Busy]", "[Busy"),
        ("Parameters:", "Parameters: {"),
        ("Choices:", "Choices: ["),
        ("Type: Choice", "Type: Choice: x"),
        ("Type: Choice", "Type: @x"),
        ("Type: Choice", "Type:Choice"),
        ("Type: Choice", "Type Choice"),
        ("Choose:\n", "Choose\n"),
    ] {
        one_mistake(&with(YAML, from, to));
    }
}

#[test]
fn a_line_of_yaml_that_is_indented_wrongly_is_one_mistake() {
    let places = YAML.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at < YAML.len());
    for at in places {
        let line = YAML[at..].lines().next().unwrap_or_default();
        let mut texts = vec![format!("{} {}", &YAML[..at], &YAML[at..])];
        if line.starts_with(' ') {
            texts.push(format!("{}{}", &YAML[..at], &YAML[at + 1..]));
            let content = line.trim_start();
            texts.push(format!("{}\t{content}{}", &YAML[..at], &YAML[at + line.len()..]));
        }
        for text in texts {
            // Some lines may also stand there.
            let said = analyse(&text);
            if said.findings().iter().any(|finding| finding.rule.name == "json-syntax") {
                one_mistake(&text);
            }
        }
    }
}

#[test]
fn a_key_being_typed_in_yaml_is_one_mistake() {
    for before in ["    Next: Choose", "    Default", "  Choose:", "    Type: Choice", "      Next: Done"] {
        let indent = &before[..before.len() - before.trim_start().len()];
        one_mistake(&with(YAML, before, &format!("{indent}Ne\n{before}")));
    }
    check(
        &format!("{YAML}  Last:\n    Type: Pass\n    Ne"),
        expect![[r#"
            27 json-syntax: a colon and a value are missing after the key
        "#]],
    );
}

fn one_mistake(text: &str) {
    let analysis = analyse(text);
    let said: Vec<_> = analysis.findings().iter().filter(|it| it.level <= Level::Warning).collect();
    assert!(
        said.len() == 1 && said[0].rule.name == "json-syntax",
        "{text}{:#?}",
        said.iter().map(|it| &it.message).collect::<Vec<_>>()
    );
}

#[test]
fn what_is_wrong_elsewhere_in_yaml_is_still_told() {
    let wrong = with(YAML, "MaxAttempts", "MaxAttempt");
    check(
        &with(&wrong, "    Type: Choice", "     Type: Choice"),
        expect![[r#"
            11 unknown-field: a retrier has no field `MaxAttempt`; did you mean `MaxAttempts`?
            14 json-syntax: this line is indented differently from those around it
        "#]],
    );
    check(
        &with(&wrong, "    Choices:", "    Choices: ["),
        expect![[r#"
            11 unknown-field: a retrier has no field `MaxAttempt`; did you mean `MaxAttempts`?
            15 json-syntax: the bracket is not closed
        "#]],
    );
}

/// A document without each of its brackets, quotes, commas and colons; with each line taken out, indented otherwise or
/// followed by a key that is being typed; and cut at many places.
fn damaged(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let without = |range: std::ops::Range<usize>, new: &str| {
        let mut text = text.to_owned();
        text.replace_range(range, new);
        text
    };
    let json = text.starts_with('{');
    for (at, _) in text.match_indices(['{', '}', '[', ']', '"', '\'', ',', ':']) {
        out.push(without(at..at + 1, ""));
    }
    for at in (20..text.trim_end().len()).step_by(7).filter(|at| text.is_char_boundary(*at)) {
        out.push(text[..at].to_owned());
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let here = start..start + line.len();
        start = here.end;
        out.push(without(here.clone(), ""));
        if json {
            out.push(without(here.end..here.end, &format!("{}\"Ne\n", &line[..indent])));
            out.push(without(here.end..here.end, &format!("{}Ne\n", &line[..indent])));
            continue;
        }
        out.push(without(here.end..here.end, &format!("{}Ne\n", &line[..indent])));
        out.push(without(here.start..here.start, " "));
        out.push(without(here.start..here.start, "  "));
        if indent > 0 {
            out.push(without(here.start..here.start + 1, ""));
            out.push(without(here.start..here.start + indent, "\t"));
        }
        if let Some(colon) = line.find(": ") {
            let value = here.start + colon + 2;
            out.extend(["[", "{", "\"", "'"].map(|open| without(value..value, open)));
        }
    }
    out
}

/// A measure that is to stay as good as it is: a document with one mistake nearly always gets one finding, wherever the
/// mistake is, and what is wrong elsewhere is still told.
#[test]
fn nearly_every_mistake_gets_one_finding() {
    let examples = [include_str!("../../../tests/examples/crawl.asl.yaml"), JSON, YAML];
    let (mut broken, mut flooded, mut twice) = (0, 0, 0);
    let mut worst = Vec::new();
    for text in examples.into_iter().flat_map(damaged) {
        let analysis = analyse(&text);
        let said: Vec<_> = analysis.findings().iter().filter(|it| it.level <= Level::Warning).collect();
        let syntax = said.iter().filter(|it| it.rule.name.starts_with("json-")).count();
        // Taking a line out may leave a document that can be read, and says something else.
        if syntax == 0 {
            continue;
        }
        broken += 1;
        twice += usize::from(syntax > 1);
        if said.len() > syntax {
            flooded += 1;
            worst.push((said.len(), text));
        }
    }
    worst.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let worst: Vec<_> = worst.iter().take(3).map(|(_, text)| text).collect();
    assert!(broken > 900);
    assert!(flooded * 100 < broken, "{flooded} of {broken}: {worst:#?}");
    assert!(twice * 100 < broken * 3, "{twice} of {broken}");
}

#[test]
fn nearly_always_what_is_wrong_elsewhere_is_still_told() {
    let (mut broken, mut told) = (0, 0);
    for (text, from, rest) in
        [(JSON, "\"MaxAttempts\"", "    \"Choose\""), (YAML, "MaxAttempts", "  Choose:")]
    {
        let wrong = with(text, from, &from.replace("Attempts", "Attempt"));
        let rest = wrong.find(rest).expect("the next state");
        for damaged in damaged(&wrong).iter().filter(|damaged| damaged.starts_with(&wrong[..rest])) {
            let analysis = analyse(damaged);
            let codes: Vec<_> = analysis.findings().iter().map(|it| it.rule.name).collect();
            if codes.contains(&"json-syntax") {
                broken += 1;
                told += usize::from(codes.contains(&"unknown-field"));
            }
        }
    }
    assert!(broken > 200 && told * 100 > broken * 95, "{told} of {broken}");
}

/// In the states that are whole, all is as it was.
#[test]
fn a_hover_tells_as_much_beside_a_mistake() {
    for (text, from, to) in [
        (YAML, "[Busy]", "[Busy"),
        (YAML, "FunctionName", " FunctionName"),
        (YAML, "    Retry", "     Retry"),
        (YAML, "Parameters:", "Parameters: {"),
        (YAML, "    Next: Choose", "    Ne\n    Next: Choose"),
        (JSON, "\"Parameters\": {", "\"Parameters\":"),
        (JSON, "\"Retry\": [", "Retry\": ["),
    ] {
        let whole = analyse(text);
        let broken = with(text, from, to);
        let analysis = analyse(&broken);
        for place in ["IsNull", "Default", "Succeed", "Variable"] {
            let told = |analysis: &crate::analysis::Analysis, text: &str| {
                hover::hover(analysis, text.find(place).expect(place) + 1).map(|hover| hover.markdown)
            };
            let expected = told(&whole, text);
            assert!(expected.is_some(), "{place}");
            assert_eq!(told(&analysis, &broken), expected, "{place} in {broken}");
        }
    }
}
