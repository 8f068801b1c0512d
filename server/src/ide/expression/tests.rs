//! Each row shows the text with the cursor, and below it what the cursor is in: the role, the code up to the cursor and
//! behind it, and the range of the code in the document.

use expect_test::{Expect, expect};

use super::*;
use crate::fixture::at_cursor;

fn check(source: &str, expected: Expect) {
    let (analysis, offset) = at_cursor(source);
    let shown = at(&analysis, offset).map_or("nothing".to_owned(), |inside| {
        let (before, after) = inside.code().split_at(inside.offset as usize);
        let range = inside.range(Span::new(0, inside.offset));
        let kept = if inside.expression.is_some() { "" } else { ", unfinished" };
        assert_eq!(range.end, offset, "the way back leads to the cursor");
        let written = analysis.text.slice(range);
        format!(
            "{} {:?}, {:?}{kept}: {before:?}|{after:?} is {written:?}",
            inside.field.name, inside.role, inside.quoting
        )
    });
    expected.assert_eq(&shown);
}

fn json(member: &str, expected: Expect) {
    check(
        &format!(r#"{{"QueryLanguage": "JSONata", "States": {{"A": {{"Type": "Pass", {member}}}}}}}"#),
        expected,
    );
}

fn path(member: &str, expected: Expect) {
    check(&format!(r#"{{"States": {{"A": {{"Type": "Task", {member}}}}}}}"#), expected);
}

fn yaml(lines: &str, expected: Expect) {
    check(&format!("QueryLanguage: JSONata\nStates:\n  A:\n    Type: Pass\n{lines}"), expected);
}

#[test]
fn whole_expressions() {
    json(
        r#""Output": "{% $sum(<|>$x) %}""#,
        expect![[r#"Output Jsonata, Double: " $sum("|"$x) " is " $sum(""#]],
    );
    json(
        r#""Output": {"a": ["{% 'é\n' & \"<|>b\" %}"]}"#,
        expect![[r#"Output Jsonata, Double: " 'é\n' & \""|"b\" " is " 'é\\n' & \\\"""#]],
    );
    json(r#""Output": "{%<|> 1 %}""#, expect![[r#"Output Jsonata, Double: ""|" 1 " is """#]]);
    json(r#""Output": "{<|>% 1 %}""#, expect!["nothing"]);
    json(r#""Output": "{% 1 %}<|>""#, expect!["nothing"]);
    json(r#""Output": <|>"{% 1 %}""#, expect!["nothing"]);
    json(r#""Comment": "{% <|>1 %}""#, expect!["nothing"]);
    path(r#""InputPath": "$.a<|>.b""#, expect![[r#"InputPath Path(Path), Double: "$.a"|".b" is "$.a""#]]);
    path(
        r#""Parameters": {"a": {"b.$": "States.Format('\"{}', $<|>)"}}"#,
        expect![[
            r#"Parameters Template, Double: "States.Format('\"{}', $"|")" is "States.Format('\\\"{}', $""#
        ]],
    );
    path(r#""Parameters": {"a": "$<|>"}"#, expect![[r#"Parameters Payload, Double: "$"|"" is "$""#]]);
    path(r#""Resource": "arn<|>""#, expect!["nothing"]);
}

#[test]
fn unfinished_expressions() {
    json(
        r#""Output": "{% $sum(<|>""#,
        expect![[r#"Output Jsonata, Double, unfinished: " $sum("|"" is " $sum(""#]],
    );
    json(
        "\"Output\": \"{% $sum(<|>\n",
        expect![[r#"Output Jsonata, Double, unfinished: " $sum("|"" is " $sum(""#]],
    );
    json(
        "\"Output\": \"{% $sum(1, <|>\n \"End\": true",
        expect![[r#"Output Jsonata, Double, unfinished: " $sum(1, "|"" is " $sum(1, ""#]],
    );
    json(
        "\"Output\": \"{% $sum(\\\"a\\\" <|>\n \"End\": true",
        expect![[r#"Output Jsonata, Double, unfinished: " $sum(\"a\" "|"" is " $sum(\\\"a\\\" ""#]],
    );
    json(
        "\"Output\": \"{% \\\"<|>\n",
        expect![[r#"Output Jsonata, Double, unfinished: " \""|"" is " \\\"""#]],
    );
    json(
        r#""Output": "{% $sum(<|>, "End": true"#,
        expect![[r#"Output Jsonata, Double, unfinished: " $sum("|", " is " $sum(""#]],
    );
    json(r#""Output": "<|>""#, expect![[r#"Output Jsonata, Double, unfinished: ""|"" is """#]]);
    check(
        r#"{"QueryLanguage": "JSONata", "States": {"A": {"Arguments": {"a": "{% $sum(<|>"#,
        expect![[r#"Arguments Jsonata, Double, unfinished: " $sum("|"" is " $sum(""#]],
    );
    path(r#""InputPath": "<|>""#, expect![[r#"InputPath Path(Path), Double: ""|"" is """#]]);
    path(
        r#""Parameters": {"a.$": "States.<|>""#,
        expect![[r#"Parameters Template, Double: "States."|"" is "States.""#]],
    );
}

#[test]
fn yaml_strings() {
    yaml(
        "    Output: \"{% $sum(\\\"a\\\" <|>) %}\"\n",
        expect![[r#"Output Jsonata, Double: " $sum(\"a\" "|") " is " $sum(\\\"a\\\" ""#]],
    );
    yaml(
        "    Output: '{% $x = ''a'' <|>%}'\n",
        expect![[r#"Output Jsonata, Single: " $x = 'a' "|"" is " $x = ''a'' ""#]],
    );
    yaml(
        "    Output: |-\n      {% (\n        $x<|>;\n      ) %}\n",
        expect![[r#"Output Jsonata, Block: " (\n  $x"|";\n) " is " (\n        $x""#]],
    );
    yaml(
        "    Output: >-\n      {% (\n      $x<|>;\n      ) %}\n    End: true\n",
        expect![[r#"Output Jsonata, Block: " ( $x"|"; ) " is " (\n      $x""#]],
    );
    yaml(
        "    Output: |-\n      {% (\n        <|>\n    End: true\n",
        expect![[r#"Output Jsonata, Block, unfinished: " (\n        "|"" is " (\n        ""#]],
    );
    yaml(
        "    Output: |\n      {% $f(1,   <|>\n    End: true\n",
        expect![[r#"Output Jsonata, Block, unfinished: " $f(1,   "|"" is " $f(1,   ""#]],
    );
    yaml("    Output: |\n      {% $f(1) %}\n    <|>\n", expect!["nothing"]);
    yaml(
        "    Output: \"{% $sum(\\\"a\\\",<|>\n    End: true\n",
        expect![[r#"Output Jsonata, Double, unfinished: " $sum(\"a\","|"" is " $sum(\\\"a\\\",""#]],
    );
    yaml(
        "    Output: '{% $sum(<|>\n    End: true\n",
        expect![[r#"Output Jsonata, Single, unfinished: " $sum("|"" is " $sum(""#]],
    );
    yaml(
        "    Output:\n      a:\n      - \"{% $sum(<|>\n    End: true\n",
        expect![[r#"Output Jsonata, Double, unfinished: " $sum("|"" is " $sum(""#]],
    );
    check(
        "States:\n  A:\n    Type: Wait\n    SecondsPath: $.<|>\n",
        expect![[r#"SecondsPath Path(Reference), Plain: "$."|"" is "$.""#]],
    );
    check(
        "States:\n  A:\n    Type: Task\n    Parameters:\n      a.$: $$.Ex<|>\n",
        expect![[r#"Parameters Template, Plain: "$$.Ex"|"" is "$$.Ex""#]],
    );
}

/// The last line of a document, with and without a line break behind it, and with nothing that could be read around it.
#[test]
fn unfinished_ends_of_yaml() {
    yaml(
        "    Output: \"{% $sum(<|>",
        expect![[r#"Output Jsonata, Double, unfinished: " $sum("|"" is " $sum(""#]],
    );
    yaml(
        "    Output: \"{% $sum(<|>\n",
        expect![[r#"Output Jsonata, Double, unfinished: " $sum("|"" is " $sum(""#]],
    );
    yaml(
        "    Output: \"{% $sum(1, <|>\n\n",
        expect![[r#"Output Jsonata, Double, unfinished: " $sum(1, "|"" is " $sum(1, ""#]],
    );
    yaml(
        "    Output:\n      a: '{% $sum(<|>\n",
        expect![[r#"Output Jsonata, Single, unfinished: " $sum("|"" is " $sum(""#]],
    );
    check(
        "States:\n  A:\n    Type: Pass\n    Parameters:\n      a: 1\n      b.$: \"States.<|>\n",
        expect![[r#"Parameters Template, Double: "States."|"" is "States.""#]],
    );
    check(
        "States:\n  A:\n    Type: Task\n    Parameters:\n      b.$: \"States.<|>\n",
        expect![[r#"Parameters Template, Double: "States."|"" is "States.""#]],
    );
}
