//! Completions are shown applied to the text.

use expect_test::{Expect, expect};

mod calls;
mod expressions;
mod places;
mod templates;

use super::*;
use crate::fixture::at_cursor;

/// The labels that are offered.
fn labels(source: &str) -> Vec<String> {
    let (analysis, offset) = at_cursor(source);
    complete(&analysis, offset).items.into_iter().map(|item| item.label).collect()
}

/// The text after one of the items has been accepted. It has no syntax error that was not there before.
fn accept(source: &str, label: &str, expected: Expect) {
    let (analysis, offset) = at_cursor(source);
    let items = complete(&analysis, offset).items;
    let item = items.iter().find(|item| item.label == label).unwrap_or_else(|| {
        panic!("{label} is not among {:?}", items.iter().map(|it| &it.label).collect::<Vec<_>>())
    });
    let text = applied(&analysis.text.to_string(), item);
    assert_eq!(item.range.end, offset, "an edit ends at the cursor");
    expected.assert_eq(&text);
    let after =
        Analysis::new(analysis.syntax.format, asl_grammar::text::Text::new(&text), Default::default());
    assert_eq!(after.syntax.errors(), [], "{text}");
}

/// A text after an item has been accepted, by an editor that inserts no snippets.
fn applied(text: &str, item: &Completion) -> String {
    let mut text = text.to_owned();
    if let Some(whole) = item.whole.as_ref().filter(|_| item.text.is_empty()) {
        text.replace_range(item.range.start..whole.end, &plain_text(&whole.snippet));
        return text;
    }
    let mut edits = item.more.clone();
    edits.push(Edit { range: item.range.clone(), text: item.text.clone() });
    // The main edit comes first where two meet.
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    for edit in edits.iter().rev() {
        text.replace_range(edit.range.clone(), &edit.text);
    }
    text
}

#[test]
fn fields_by_object_and_query_language() {
    assert_eq!(
        labels(r#"{"States": {"A": {"Type": "Succeed", <|>}}}"#),
        ["Comment", "QueryLanguage", "InputPath", "OutputPath"]
    );
    assert_eq!(
        labels(r#"{"QueryLanguage": "JSONata", "States": {"A": {"Type": "Succeed", <|>}}}"#),
        ["Comment", "QueryLanguage", "Output"]
    );
    assert_eq!(
        labels(r#"{"States": {"A": {"Type": "Task", "Retry": [{"ErrorEquals": [], "<|>"}]}}}"#)[0],
        "IntervalSeconds"
    );
    assert!(
        labels(r#"{"States": {"A": {"Type": "Task", "Parameters": {"<|>"}}}}"#).is_empty(),
        "payloads are data"
    );
    assert!(!labels(r#"{"States": {"A": {"Type": "Pass", "End": true, <|>}}}"#).contains(&"Next".to_owned()));
    assert!(labels("{\n  \"Com<|>\"\n}").contains(&"Comment".to_owned()));
}

#[test]
fn a_key_gets_its_quotes_colon_and_commas() {
    accept(
        "{\"States\": {\"A\": {\n  \"Type\": \"Pass\",\n  <|>\n}}}",
        "Next",
        expect![[r#"
            {"States": {"A": {
              "Type": "Pass",
              "Next": ""
            }}}"#]],
    );
    accept(
        "{\"States\": {\"A\": {\n  \"Type\": \"Pass\"\n  \"Ne<|>\"\n  \"Comment\": \"\"\n}}}",
        "Next",
        expect![[r#"
            {"States": {"A": {
              "Type": "Pass",
              "Next": "",
              "Comment": ""
            }}}"#]],
    );
    accept(
        "{\"States\": {\"A\": {\n  \"Ne<|>xx\": \"B\",\n  \"Type\": \"Pass\"\n}}}",
        "Next",
        expect![[r#"
            {"States": {"A": {
              "Next": "B",
              "Type": "Pass"
            }}}"#]],
    );
    accept(
        "{\"States\": {\"A\": {\n  \"Ne<|>\n  \"Type\": \"Pass\"\n}}}",
        "Next",
        expect![[r#"
            {"States": {"A": {
              "Next": "",
              "Type": "Pass"
            }}}"#]],
    );
    accept(
        "{\"States\": {\"A\": {\n  \"Type\": \"Pass\",\n  En<|>\n}}}",
        "End",
        expect![[r#"
            {"States": {"A": {
              "Type": "Pass",
              "End": true
            }}}"#]],
    );
}

/// What a client without snippets inserts: Neovim 0.10, for one, would leave a mark in the text.
#[test]
fn a_value_has_no_marks() {
    accept(
        r#"{"States": {"A": {"Type": "Task", "Retry": [{"MaxA<|>"}]}}}"#,
        "MaxAttempts",
        expect![[r#"{"States": {"A": {"Type": "Task", "Retry": [{"MaxAttempts": 3}]}}}"#]],
    );
}

#[test]
fn states_wherever_one_is_named() {
    let source = |field: &str| {
        format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Pass", {field}}}, "Größe \"x\"": {{}},
               "P": {{"Branches": [{{"StartAt": "Q", "States": {{"Q": {{}}}}}}]}}}}}}"#
        )
    };
    let all = ["A", "Größe \"x\"", "P"];
    for field in
        ["\"Next\": \"<|>\"", "\"Next\": <|>", "\"Next\": \"G<|>\n", "\"Catch\": [{\"Next\": \"<|>\"}]"]
    {
        let kind =
            if field.contains("Catch") { source(field).replace("Pass", "Task") } else { source(field) };
        assert_eq!(labels(&kind), all, "{field}");
    }
    assert_eq!(labels(r#"{"StartAt": "<|>", "States": {"A": {}, "B": {}}}"#), ["A", "B"]);
    let inner =
        r#"{"States": {"A": {"Type": "Parallel", "Branches": [{"StartAt": "<|>", "States": {"Q": {}}}]}}}"#;
    assert_eq!(labels(inner), ["Q"]);
    accept(
        r#"{"States": {"A": {"Type": "Pass", "Next": "G<|>"}, "Größe \"x\"": {}}}"#,
        "Größe \"x\"",
        expect![[r#"{"States": {"A": {"Type": "Pass", "Next": "Größe \"x\""}, "Größe \"x\"": {}}}"#]],
    );
    accept(
        "{\"States\": {\"A\": {\"Type\": \"Pass\",\n\"Next\": <|>\n\"Comment\": \"\"}}}",
        "A",
        expect![[r#"
            {"States": {"A": {"Type": "Pass",
            "Next": "A",
            "Comment": ""}}}"#]],
    );
}

#[test]
fn words_where_there_are_only_a_few() {
    assert!(labels(r#"{"States": {"A": {"Type": "<|>"}}}"#).contains(&"Parallel".to_owned()));
    assert_eq!(labels(r#"{"QueryLanguage": "<|>"}"#), ["JSONPath", "JSONata"]);
    assert_eq!(labels(r#"{"States": {"A": {"Type": "Pass", "End": <|>}}}"#), ["true", "false"]);
}

#[test]
fn the_same_in_yaml() {
    let machine =
        |line: &str| format!("StartAt: A\nStates:\n  A:\n    Type: Task\n{line}\n  B:\n    Type: Succeed\n");
    assert_eq!(labels(&machine("    Next: <|>")), ["A", "B"]);
    assert!(labels(&machine("    <|>")).contains(&"Resource".to_owned()));
    assert_eq!(labels(&machine("    Retry:\n      - ErrorEquals: []\n        <|>"))[0], "IntervalSeconds");
    accept(
        &machine("    Nex<|>"),
        "Next",
        expect![[r#"
            StartAt: A
            States:
              A:
                Type: Task
                Next: 
              B:
                Type: Succeed
        "#]],
    );
    accept(
        &machine("    Next: <|>"),
        "B",
        expect![[r#"
            StartAt: A
            States:
              A:
                Type: Task
                Next: B
              B:
                Type: Succeed
        "#]],
    );
    accept(
        &machine("    Next: \"<|>\""),
        "B",
        expect![[r#"
            StartAt: A
            States:
              A:
                Type: Task
                Next: "B"
              B:
                Type: Succeed
        "#]],
    );
}

#[test]
fn services_that_only_the_models_of_the_user_know() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("tomorrow/2030-01-01");
    std::fs::create_dir_all(&model).unwrap();
    std::fs::write(
        model.join("service-2.json"),
        r#"{"metadata": {"serviceId": "Tomorrow", "serviceFullName": "AWS Tomorrow"},
            "operations": {"StartDay": {"name": "StartDay"}}, "shapes": {}}"#,
    )
    .unwrap();
    let offered = |tail: &str, models: Option<String>| {
        let source =
            format!(r#"{{"States": {{"A": {{"Type": "Task", "Resource": "arn:aws:states:::{tail}<|>"}}}}}}"#);
        let (text, offset) = crate::fixture::cursor(&source);
        let config = crate::config::Config { models, ..Default::default() };
        let analysis = Analysis::new(Format::Json, asl_grammar::text::Text::new(&text), config.into());
        complete(&analysis, offset).items.into_iter().map(|item| item.label).collect::<Vec<_>>()
    };
    let models = || Some(folder.path().display().to_string());
    assert!(offered("aws-sdk:tomo", models()).contains(&"aws-sdk:tomorrow".to_owned()));
    assert!(!offered("aws-sdk:tomo", None).contains(&"aws-sdk:tomorrow".to_owned()));
    assert_eq!(offered("aws-sdk:tomorrow:", models()), ["aws-sdk:tomorrow:startDay"]);
}

#[test]
fn a_number_begins_with_its_default() {
    accept(
        r#"{"States": {"A": {"Type": "Task", "Retry": [{"ErrorEquals": ["x"], MaxAt<|>}]}}}"#,
        "MaxAttempts",
        expect![[
            r#"{"States": {"A": {"Type": "Task", "Retry": [{"ErrorEquals": ["x"], "MaxAttempts": 3}]}}}"#
        ]],
    );
}
