use expect_test::{Expect, expect};

use crate::fixture::analyse;

/// Lists the expressions of a document: place, role, what was made of them, and the text that was parsed.
fn check(source: &str, expected: Expect) {
    let analysis = analyse(source);
    let machine = analysis.machine().expect("a machine");
    let mut out = String::new();
    for it in machine.fragments.iter().flat_map(|placed| placed.expressions()) {
        let kind = match &it.expression.parsed {
            super::Parsed::None => "nothing",
            super::Parsed::Jsonata(_) => "jsonata",
            super::Parsed::Path(_) => "path",
            super::Parsed::Intrinsic(_) => "intrinsic",
        };
        let live = if it.expression.is_live() { "" } else { ", text" };
        let templated = if it.expression.templated { ", templated" } else { "" };
        let whole = asl_grammar::span::Span::new(0, it.code().len() as u32);
        assert_eq!(it.offset(it.range(whole).start), 0);
        let source = &source[it.range(whole)];
        out += &format!(
            "{:?} {}: {kind}{live}{templated} {source}\n",
            it.place.object, it.expression.field.name
        );
    }
    expected.assert_eq(&out);
}

#[test]
fn jsonata_stands_where_the_fields_take_it() {
    check(
        r#"{ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
            "Type": "Task", "Comment": "{% 1 %}", "Resource": "{% 2 %}",
            "Arguments": { "a": [{ "b": "{% 'é\n' & $x %}" }, "plain", "$.x", "{% 3"] },
            "TimeoutSeconds": "{% 4 %}",
            "Retry": [{ "ErrorEquals": ["{% 5 %}"] }],
            "Catch": [{ "ErrorEquals": ["States.ALL"], "Output": "{% 6 %}", "Assign": { "y": "{% '${z}' & ${z} %}" }, "Next": "A" }],
            "InputPath": "$.x",
            "Output": "{% '${z}' %}", "End": true
        } } }"#,
        expect![[r#"
            State(Task) Arguments: jsonata  'é\n' & $x 
            State(Task) Arguments: path, text $.x
            State(Task) Arguments: nothing, text {% 3
            State(Task) TimeoutSeconds: jsonata  4 
            Catcher Output: jsonata  6 
            Catcher Assign: jsonata, templated  '${z}' & ${z} 
            State(Task) Output: jsonata  '${z}' 
        "#]],
    );
}

#[test]
fn paths_stand_in_their_fields_and_in_templates() {
    check(
        r#"{ "StartAt": "A", "States": { "A": {
            "Type": "Map", "InputPath": "$.a", "ResultPath": null,
            "ItemSelector": { "a.$": "$$.Map.Item.Value", "b": { "c.$": "States.UUID()", "d": "$.x" }, "e": "$5", "f.$": 1 },
            "ItemProcessor": { "StartAt": "B", "States": { "B": {
                "Type": "Pass", "Result": { "g.$": "$.x" }, "Assign": { "h.$": "$.${x}" }, "Parameters": "{% 1 %}", "End": true
            } } },
            "End": true
        } } }"#,
        expect![[r#"
            State(Map) InputPath: path $.a
            State(Map) ItemSelector: path $$.Map.Item.Value
            State(Map) ItemSelector: intrinsic States.UUID()
            State(Map) ItemSelector: path, text $.x
            State(Map) ItemSelector: nothing, text $5
            State(Map) ItemSelector: nothing 1
            State(Pass) Result: path, text $.x
            State(Pass) Assign: path, templated $.${x}
            State(Pass) Parameters: jsonata, text  1 
        "#]],
    );
}

#[test]
fn nothing_is_read_in_a_language_that_nobody_knows() {
    check(
        r#"{ "QueryLanguage": "SQL", "StartAt": "A", "States": { "A": { "Type": "Pass", "Output": "{% 1 %}", "InputPath": "$" } } }"#,
        expect![""],
    );
}
