//! Every piece that can be inserted makes a machine about which there is nothing to complain.

use expect_test::expect;

use super::{accept, applied, complete};
use crate::asl::Language;
use crate::check::Level;
use crate::fixture::{analyse, at_cursor};
use crate::ide::completion::{Completion, Kind, template};

/// What is reported besides transitions that lead nowhere yet.
fn complaints(text: &str) -> Vec<String> {
    let analysis = analyse(text);
    let grave = analysis.findings().iter().filter(|it| it.level <= Level::Warning);
    let grave = grave.filter(|it| it.rule.name != "unknown-next-state");
    grave.map(|it| format!("{}: {}", it.rule.name, it.message)).collect()
}

/// The tab stops of a snippet, in the order of the text.
fn stops(snippet: &str) -> Vec<u32> {
    let starts = snippet.match_indices("${").filter(|(at, _)| !snippet[..*at].ends_with('\\'));
    let mut found: Vec<u32> = Vec::new();
    for (at, _) in starts {
        let digits: String = snippet[at + 2..].chars().take_while(char::is_ascii_digit).collect();
        let number = digits.parse().expect("a stop has a number");
        if !found.contains(&number) {
            found.push(number);
        }
    }
    found
}

fn snippets(source: &str) -> (String, Vec<Completion>) {
    let (analysis, offset) = at_cursor(source);
    let items = complete(&analysis, offset).items;
    let items = items.into_iter().filter(|it| it.kind == Kind::Snippet).collect();
    (analysis.text.to_string(), items)
}

#[test]
#[allow(clippy::print_stdout)]
fn patterns_and_states_are_sound() {
    let mut count = 0;
    for source in [
        "{\n  \"StartAt\": \"Begin\",\n  \"States\": {\n    <|>\n  }\n}",
        "{\n  \"StartAt\": \"Begin\",\n  \"States\": {<|>}\n}",
        "{\n  \"StartAt\": \"Begin\",\n  \"States\": {\n    \"<|>\"\n  }\n}",
        "{\n\t\"QueryLanguage\": \"JSONata\",\n\t\"StartAt\": \"Begin\",\n\t\"States\": {\n\t\t<|>\n\t}\n}",
        "StartAt: Begin\nStates:\n  <|>\n",
        "QueryLanguage: JSONata\nStartAt: Begin\nStates:\n    <|>\n",
        "QueryLanguage: JSONata\nStartAt: Begin\nStates: {<|>}\n",
    ] {
        let (text, items) = snippets(source);
        assert_eq!(items.len(), 18, "eight types and ten patterns: {source}");
        for item in items {
            count += 1;
            let snippet = item.whole.as_ref().map(|it| &it.snippet).or(item.snippet.as_ref()).unwrap();
            let stops = stops(snippet);
            assert!(stops.is_sorted(), "{}: {stops:?}", item.label);
            // States that cannot stand without what only the user knows.
            if ["Task state", "Choice state"].contains(&item.label.as_str()) {
                continue;
            }
            let after = applied(&text, &item);
            let found = complaints(&after);
            assert!(found.is_empty(), "{} in\n{after}\n{found:?}", item.label);
        }
    }
    println!("{count} snippets");
}

#[test]
fn documents_are_sound() {
    for source in ["{<|>}", "{\n  <|>\n}", "{ \"Sta<|>\" }"] {
        let (text, items) = snippets(source);
        assert_eq!(items.len(), 4, "{source}");
        for item in items {
            let after = applied(&text, &item);
            assert_eq!(complaints(&after), [""; 0], "{after}");
        }
    }
    for source in ["<|>", "Sta<|>", "\n<|>\n"] {
        let (text, items) = snippets(source);
        assert_eq!(items.len(), 4, "{source:?}");
        for item in items {
            let after = applied(&text, &item);
            assert_eq!(complaints(&after), [""; 0], "{after}");
        }
    }
    let (text, offset) = crate::fixture::cursor("<|>");
    let format = crate::analysis::Format::Json;
    let analysis =
        crate::analysis::Analysis::new(format, asl_grammar::text::Text::new(&text), Default::default());
    let items = complete(&analysis, offset).items;
    assert_eq!(items.len(), 4);
    for item in items {
        assert_eq!(complaints(&applied("", &item)), [""; 0]);
    }
}

#[test]
fn both_languages_have_the_same() {
    let names = |all: Vec<template::Template>| all.into_iter().map(|it| it.name).collect::<Vec<_>>();
    let (path, ata) = (Language::JsonPath, Language::Jsonata);
    assert_eq!(names(template::patterns(path)), names(template::patterns(ata)));
    assert_eq!(names(template::states(path)), names(template::states(ata)));
    assert_eq!(names(template::documents(path)), names(template::documents(ata)));
}

#[test]
fn a_state_that_is_missing_is_made() {
    accept(
        "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": { \"Type\": \"Pass\", \"Next\": \"Later\" }\n    <|>\n  }\n}",
        "Later",
        expect![[r#"
            {
              "StartAt": "A",
              "States": {
                "A": { "Type": "Pass", "Next": "Later" },
                "Later": {
                  "Type": "Pass",
                  "End": true
                }
              }
            }"#]],
    );
    accept(
        "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: Later\n  L<|>\n",
        "Later",
        expect![[r#"
            StartAt: A
            States:
              A:
                Type: Pass
                Next: Later
              Later:
                Type: Pass
                End: true
        "#]],
    );
    accept(
        "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": { \"Type\": \"Pass\", \"Next\": \"Later\" },\n    \"Wait\": {},\n    <|>\n  }\n}",
        "Wait state",
        expect![[r#"
            {
              "StartAt": "A",
              "States": {
                "A": { "Type": "Pass", "Next": "Later" },
                "Wait": {},
                "Later": {
                  "Type": "Wait",
                  "Seconds": 60,
                  "End": true
                }
              }
            }"#]],
    );
    accept(
        "{\n  \"StartAt\": \"A\",\n  \"States\": {<|>}\n}",
        "Succeed state",
        expect![[r#"
        {
          "StartAt": "A",
          "States": {
            "A": {
              "Type": "Succeed"
            }
          }
        }"#]],
    );
}

#[test]
fn a_type_brings_its_fields() {
    accept(
        "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": {\n      \"Type\": \"<|>\"\n    }\n  }\n}",
        "Parallel with required fields",
        expect![[r#"
            {
              "StartAt": "A",
              "States": {
                "A": {
                  "Type": "Parallel",
                  "Branches": [
                    {
                      "StartAt": "Left",
                      "States": {
                        "Left": {
                          "Type": "Pass",
                          "End": true
                        }
                      }
                    },
                    {
                      "StartAt": "Right",
                      "States": {
                        "Right": {
                          "Type": "Pass",
                          "End": true
                        }
                      }
                    }
                  ],
                  "End": true
                }
              }
            }"#]],
    );
    accept(
        "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": {\n      \"Type\": \"W<|>\n      \"Comment\": \"x\"\n    }\n  }\n}",
        "Wait with required fields",
        expect![[r#"
            {
              "StartAt": "A",
              "States": {
                "A": {
                  "Type": "Wait",
                  "Seconds": 60,
                  "End": true,
                  "Comment": "x"
                }
              }
            }"#]],
    );
    accept(
        "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A:\n    Type: <|>\n",
        "Map with required fields",
        expect![[r#"
            QueryLanguage: JSONata
            StartAt: A
            States:
              A:
                Type: Map
                Items: "{% $states.input.items %}"
                ItemProcessor:
                  ProcessorConfig:
                    Mode: INLINE
                  StartAt: Each item
                  States:
                    Each item:
                      Type: Pass
                      End: true
                End: true
        "#]],
    );
}

#[test]
fn errors_go_into_lists() {
    accept(
        "{\"States\": {\"A\": {\"Type\": \"Task\", \"Retry\": [{\"ErrorEquals\": [\"Mine\" \"Sta<|>\n]}]}}}",
        "States.Timeout",
        expect![[r#"
            {"States": {"A": {"Type": "Task", "Retry": [{"ErrorEquals": ["Mine", "States.Timeout"
            ]}]}}}"#]],
    );
    accept(
        "{\"States\": {\"A\": {\"Type\": \"Task\", \"Retry\": [{\"ErrorEquals\": <|>}]}}}",
        "States.ALL",
        expect![[r#"{"States": {"A": {"Type": "Task", "Retry": [{"ErrorEquals": ["States.ALL"]}]}}}"#]],
    );
    accept(
        "States:\n  A:\n    Type: Task\n    Retry:\n      - ErrorEquals:\n          - <|>\n",
        "States.ALL",
        expect![[r#"
            States:
              A:
                Type: Task
                Retry:
                  - ErrorEquals:
                      - States.ALL
        "#]],
    );
}

#[test]
fn placeholders_get_their_bracket() {
    let machine = |text: &str| {
        format!(
            "{{\"Comment\": \"${{Stage}}\", \"States\": {{\"A\": {{\"Type\": \"Task\", \"Resource\": \"{text}\"}}}}}}"
        )
    };
    accept(
        &machine("arn:${<|>"),
        "${Stage}",
        expect![[
            r#"{"Comment": "${Stage}", "States": {"A": {"Type": "Task", "Resource": "arn:${Stage}"}}}"#
        ]],
    );
    accept(
        &machine("arn:${Sta<|>xx}:b"),
        "${Stage}",
        expect![[
            r#"{"Comment": "${Stage}", "States": {"A": {"Type": "Task", "Resource": "arn:${Stage}:b"}}}"#
        ]],
    );
}
