//! Inside the languages in strings.

use expect_test::{Expect, expect};

use super::{accept, complete};
use crate::catalog::functions::{INTRINSICS, JSONATA};
use crate::fixture::at_cursor;

/// The labels that are offered; those of the functions as one word.
fn labels(source: &str) -> String {
    let (analysis, offset) = at_cursor(source);
    let items = complete(&analysis, offset).items;
    let is_function = |label: &str| JSONATA.iter().chain(&INTRINSICS).any(|it| it.name == label);
    let functions = items.iter().filter(|item| is_function(&item.label)).count();
    let mut shown: Vec<String> =
        items.iter().filter(|item| !is_function(&item.label)).map(|item| item.label.clone()).collect();
    if functions > 0 {
        shown.push(format!("{functions} functions"));
    }
    for item in &items {
        assert_eq!(item.range.end, offset, "an edit ends at the cursor");
    }
    shown.join(" ")
}

fn state(language: &str, members: &str) -> String {
    format!(r#"{{"QueryLanguage": "{language}", "StartAt": "A", "States": {{"A": {{{members}}}}}}}"#)
}

/// What is offered in a state of that language.
fn check(language: &str, members: &str, expected: Expect) {
    expected.assert_eq(&labels(&state(language, members)));
}

fn jsonata(members: &str, expected: Expect) {
    check("JSONata", members, expected);
}

fn path(members: &str, expected: Expect) {
    check("JSONPath", members, expected);
}

/// The text with a snippet in place of the cursor, as it would be inserted.
fn snippet(source: &str, label: &str) -> String {
    let (analysis, offset) = at_cursor(source);
    let items = complete(&analysis, offset).items;
    let item = items.into_iter().find(|item| item.label == label).expect(label);
    item.snippet.unwrap_or(format!("(plain) {}", item.text))
}

#[test]
fn places_of_an_expression() {
    jsonata(
        r#""Type": "Pass", "Output": "{% <|> %}""#,
        expect!["$states $states.input $states.context true false null function 69 functions"],
    );
    jsonata(
        r#""Type": "Pass", "Output": "{% $<|>"#,
        expect!["$states $states.input $states.context 69 functions"],
    );
    jsonata(
        r#""Type": "Pass", "Output": "{% $sum(<|>""#,
        expect!["$states $states.input $states.context true false null function 69 functions"],
    );
    jsonata(
        r#""Type": "Pass", "Output": "{% $x & <|> %}""#,
        expect!["$states $states.input $states.context true false null function 69 functions"],
    );
    jsonata(r#""Type": "Pass", "Output": "{% $x.<|> %}""#, expect![[""]]);
    jsonata(
        r#""Type": "Pass", "Output": "{% $x.$<|> %}""#,
        expect!["$states $states.input $states.context 69 functions"],
    );
    jsonata(r#""Type": "Pass", "Output": "{% 'a<|>' %}""#, expect![[""]]);
    jsonata(r#""Type": "Pass", "Output": "{% \"a<|> %}""#, expect![[""]]);
    jsonata(r#""Type": "Pass", "Output": "{% /* $<|> */ 1 %}""#, expect![[""]]);
    jsonata(r#""Type": "Pass", "Output": "{% 1<|> %}""#, expect![[""]]);
    jsonata(r#""Type": "Pass", "Output": "{% function($<|>"#, expect![[""]]);
    jsonata(r#""Type": "Pass", "Output": "{% a#$<|>"#, expect![[""]]);
    jsonata(r#""Type": "Pass", "Output": "{% ($<|> := 1) %}""#, expect![[""]]);
    jsonata(r#""Type": "Pass", "Output": "{% '\<|>n' %}""#, expect![[""]]);
}

#[test]
fn operators_behind_a_value() {
    let output = |code: &str, expected: Expect| {
        jsonata(&format!(r#""Type": "Pass", "Output": "{{% {code} %}}""#), expected);
    };
    output("$x <|>", expect!["and or in & ~> ? : = != < <= > >= + - * / %"]);
    output("($x <|>)", expect!["and or in & ~> ? : = != < <= > >= + - * / %"]);
    output("a.b[0] <|> $y", expect!["and or in & ~> ? : = != < <= > >= + - * / %"]);
    output("$x a<|>", expect!["and or in"]);
    output("$f(1)o<|>", expect!["and or in"]);
    output("$x $<|>", expect!["$states $states.input $states.context 69 functions"]);
    output("$x <|> & 1", expect![[""]]);
    output("$x <|>in y", expect![[""]]);
    output("'a'<|>", expect![[""]]);
    output("function($v) <|>", expect![[""]]);
    output(
        "$x & a<|>",
        expect!["$states $states.input $states.context true false null function 69 functions"],
    );
    let yaml =
        "QueryLanguage: JSONata\nStates:\n  A:\n    Type: Pass\n    Output: |-\n      {% $x\n        <|>\n";
    expect!["and or in & ~> ? : = != < <= > >= + - * / %"].assert_eq(&labels(yaml));
    accept(
        &state("JSONata", r#""Type": "Pass", "Output": "{% $x an<|>y $y %}""#),
        "and",
        expect![[
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{% $x and $y %}"}}}"#
        ]],
    );
    let choose = state("JSONata", r#""Type": "Pass", "Output": "{% $x <|> %}""#);
    expect!["? $1 : $2"].assert_eq(&snippet(&choose, "? :"));
}

#[test]
fn members_of_states_by_place() {
    jsonata(r#""Type": "Task", "Output": "{% $states.<|> %}""#, expect!["input context result"]);
    jsonata(r#""Type": "Task", "Arguments": {"a": "{% $states.<|> %}"}"#, expect!["input context"]);
    jsonata(r#""Type": "Task", "Catch": [{"Output": "{% $states.<|>"#, expect!["input context errorOutput"]);
    jsonata(
        r#""Type": "Task", "Catch": [{"Assign": {"e": "{% $states.errorOutput.<|>"#,
        expect!["Error Cause"],
    );
    jsonata(
        r#""Type": "Task", "Output": "{% $states.context.<|>"#,
        expect!["Execution State StateMachine Task"],
    );
    jsonata(
        r#""Type": "Map", "ItemSelector": "{% $states.context.<|>"#,
        expect!["Execution State StateMachine Map"],
    );
    jsonata(
        r#""Type": "Map", "ItemSelector": "{% $states.context.Map.Item.<|>"#,
        expect!["Index Key Value Source"],
    );
    jsonata(
        r#""Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Arguments": "{% $states.context.Ta<|>"#,
        expect!["Execution State StateMachine Task"],
    );
    jsonata(
        r#""Type": "Task", "Output": "{% $states.context.Execution.<|> & 'x' %}""#,
        expect!["Id Input Name RoleArn StartTime RedriveCount RedriveTime"],
    );
    jsonata(r#""Type": "Task", "Output": "{% $states.context.Execution.Input.<|>"#, expect![[""]]);
    jsonata(r#""Type": "Task", "Output": "{% $states.result.<|>"#, expect![[""]]);
}

#[test]
fn local_names() {
    jsonata(
        r#""Type": "Pass", "Output": "{% ($a := 1; $f := function($x) { $x + <|> }; $b := 2) %}""#,
        expect!["$x $a $b $f $states $states.input $states.context true false null function 69 functions"],
    );
    jsonata(
        r#""Type": "Pass", "Output": "{% $map([1], function($v, $i) { $<|>"#,
        expect!["$v $i $states $states.input $states.context 69 functions"],
    );
    jsonata(
        r#""Type": "Pass", "Output": "{% ($a := 1; $<|>"#,
        expect!["$a $states $states.input $states.context 69 functions"],
    );
    jsonata(
        r#""Type": "Pass", "Output": "{% ($a := $<|>"#,
        expect!["$a $states $states.input $states.context 69 functions"],
    );
}

const VARIABLES: &str = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
  "A": {"Type": "Choice", "Default": "C", "Choices": [{"Condition": true, "Next": "B", "Assign": {"some": 1}}], "Assign": {"all": 1, "some": 2}},
  "B": {"Type": "Pass", "Assign": {"late": 1, "all": 2}, "Next": "C"},
  "C": {"Type": "Pass", "Output": "{% CURSOR %}", "End": true, "Assign": {"own": 1}}}}"#;

#[test]
fn variables_of_the_workflow() {
    let source = VARIABLES.replace("CURSOR", "$<|>");
    let (analysis, offset) = at_cursor(&source);
    let items = complete(&analysis, offset).items;
    let variables = items.iter().filter(|item| item.detail.contains("assigned"));
    let shown: Vec<String> = variables.map(|item| format!("{} {}", item.label, item.detail)).collect();
    expect![[r#"
        $all assigned by `A`, `B`
        $late perhaps assigned by `B`
        $some assigned by `A`"#]]
    .assert_eq(&shown.join("\n"));
    let source = VARIABLES.replace("CURSOR", "$states.context.<|>");
    assert!(!labels(&source).contains("$all"));
}

#[test]
fn accepting_replaces_the_word() {
    let pass = |expression: &str| state("JSONata", &format!(r#""Type": "Pass", "Output": "{expression}""#));
    accept(
        &pass("{% $st<|> %}"),
        "$states.input",
        expect![[
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{% $states.input %}"}}}"#
        ]],
    );
    accept(
        &pass("{% $states.in<|>xx.order %}"),
        "input",
        expect![[
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{% $states.input.order %}"}}}"#
        ]],
    );
    accept(
        &pass("{% '\\n' & \\\"\\\" & $upper<|>(x) %}"),
        "$uppercase",
        expect![[
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{% '\n' & \"\" & $uppercase(x) %}"}}}"#
        ]],
    );
    accept(
        &pass("{% $uu<|> %}"),
        "$uuid",
        expect![[
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{% $uuid() %}"}}}"#
        ]],
    );
    accept(
        &pass("{% sub<|> %}"),
        "$substring",
        expect![[
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{% $substring %}"}}}"#
        ]],
    );
    let shown = [
        ("{% sub<|> %}", "$substring"),
        ("{% $ma<|> %}", "$map"),
        ("{% $<|> %}", "$now"),
        ("{% $<|>(x) %}", "$uppercase"),
        ("{% fun<|> %}", "function"),
        ("{% ($add := function($a, $b) { $a + $b }; <|>) %}", "$add"),
    ];
    let shown = shown.map(|(expression, label)| snippet(&pass(expression), label));
    expect![[r#"
        \$substring(${1:str}, ${2:start})$0
        \$map(${1:array}, function(\$v) { ${2:\$v} \})$0
        \$now($1)$0
        (plain) $uppercase
        function(${1:\$v}) { ${2:\$v} \}$0
        \$add($1)$0"#]]
    .assert_eq(&shown.join("\n"));
}

#[test]
fn paths_and_intrinsic_functions() {
    path(r#""Type": "Pass", "InputPath": "<|>""#, expect!["$ $. $$."]);
    path(r#""Type": "Pass", "ResultPath": "$<|>""#, expect!["$ $."]);
    path(r#""Type": "Pass", "InputPath": "$.<|>""#, expect![[""]]);
    path(r#""Type": "Pass", "InputPath": "$order.<|>""#, expect![[""]]);
    path(r#""Type": "Pass", "InputPath": "$$.<|>"#, expect!["Execution State StateMachine"]);
    path(r#""Type": "Pass", "InputPath": "$$.Exec<|>"#, expect!["Execution State StateMachine"]);
    path(
        r#""Type": "Pass", "InputPath": "$$.Execution.<|>"#,
        expect!["Id Input Name RoleArn StartTime RedriveCount RedriveTime"],
    );
    path(r#""Type": "Pass", "Parameters": {"a.$": "<|>"}"#, expect!["$ $. $$. 18 functions"]);
    path(r#""Type": "Pass", "Parameters": {"a.$": "States.<|>"}"#, expect!["18 functions"]);
    path(r#""Type": "Pass", "Parameters": {"a.$": "States.Format('<|>')"}"#, expect![[""]]);
    path(
        r#""Type": "Pass", "Parameters": {"a.$": "States.Format('{}', <|>"}"#,
        expect!["$ $. $$. 18 functions"],
    );
    path(r#""Type": "Pass", "Parameters": {"a.$": "States.Format('{}', $$.Map.<|>"}"#, expect![[""]]);
    path(r#""Type": "Pass", "Parameters": {"a": "<|>"}"#, expect![[""]]);
    path(r#""Type": "Fail", "CausePath": "<|>""#, expect!["$ $. $$. 7 functions"]);
    path(r#""Type": "Map", "ItemSelector": {"a.$": "$$.Map.Item.<|>"}"#, expect!["Index Key Value Source"]);
    path(r#""Type": "Choice", "Choices": [{"Variable": "<|>"}]"#, expect!["$ $. $$."]);
}

#[test]
fn variables_in_paths() {
    let machine = r#"{"StartAt": "A", "States": {
      "A": {"Type": "Pass", "Assign": {"order.$": "$.order"}, "Next": "B"},
      "B": {"Type": "Pass", FIELD, "End": true}}}"#;
    let shown = [
        "\"InputPath\": \"$o<|>\"",
        "\"ResultPath\": \"$o<|>\"",
        "\"Parameters\": {\"a.$\": \"States.Array($o<|>.id",
    ];
    let shown = shown.map(|field| labels(&machine.replace("FIELD", field)));
    expect![[r#"
        $ $. $$. $order
        $ $.
        $ $order"#]]
    .assert_eq(&shown.join("\n"));
}

#[test]
fn accepting_in_paths() {
    let template =
        |text: &str| state("JSONPath", &format!(r#""Type": "Pass", "Parameters": {{"a.$": "{text}"}}"#));
    accept(
        &template("States.Ha<|>"),
        "States.Hash",
        expect![[
            r#"{"QueryLanguage": "JSONPath", "StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "States.Hash"}}}}"#
        ]],
    );
    accept(
        &template("States.Format('\\\"{}', $$.Ex<|>)"),
        "Execution",
        expect![[
            r#"{"QueryLanguage": "JSONPath", "StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "States.Format('\"{}', $$.Execution)"}}}}"#
        ]],
    );
    accept(
        &template("<|>"),
        "$$.",
        expect![[
            r#"{"QueryLanguage": "JSONPath", "StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "$$."}}}}"#
        ]],
    );
    let shown =
        ["States.Format", "States.Hash", "States.ArrayRange", "States.JsonMerge", "States.UUID", "$."];
    let shown = shown.map(|label| snippet(&template("<|>"), label));
    expect![[r#"
        States.Format('${1:{\}}', ${2:\$.args})$0
        States.Hash(${1:\$.data}, '${2:SHA-256}')$0
        States.ArrayRange(${1:1}, ${2:10}, ${3:1})$0
        States.JsonMerge(${1:\$.json1}, ${2:\$.json2}, ${3:false})$0
        States.UUID()$0
        \$.$1"#]]
    .assert_eq(&shown.join("\n"));
    let yaml = "States:\n  A:\n    Type: Pass\n    Parameters:\n      a.$: 'States.<|>'\n";
    expect![[r#"States.Format(''${1:{\}}'', ${2:\$.args})$0"#]].assert_eq(&snippet(yaml, "States.Format"));
}

#[test]
fn an_expression_can_begin() {
    jsonata(r#""Type": "Pass", "Output": "<|>""#, expect!["{% %}"]);
    jsonata(r#""Type": "Pass", "Output": <|>"#, expect!["{% %}"]);
    jsonata(r#""Type": "Pass", "Output": {"a": <|>}"#, expect!["{% %}"]);
    jsonata(r#""Type": "Pass", "Comment": "<|>""#, expect![[""]]);
    path(r#""Type": "Pass", "InputPath": <|>"#, expect!["$ $. $$."]);
    path(r#""Type": "Pass", "Parameters": {"a.$": <|>}"#, expect!["$ $. $$. States."]);
    accept(
        &state("JSONata", r#""Type": "Pass", "Output": "<|>""#),
        "{% %}",
        expect![[
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{%  %}"}}}"#
        ]],
    );
    accept(
        &state("JSONata", r#""Type": "Pass", "Output": "{<|>""#),
        "{% %}",
        expect![[
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{%  %}"}}}"#
        ]],
    );
    accept(
        &state("JSONata", r#""Type": "Pass", "Output": <|>"#),
        "{% %}",
        expect![[
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": "{%  %}"}}}"#
        ]],
    );
    accept(
        "QueryLanguage: JSONata\nStates:\n  A:\n    Type: Pass\n    Output: <|>\n",
        "{% %}",
        expect![[r#"
            QueryLanguage: JSONata
            States:
              A:
                Type: Pass
                Output: "{%  %}"
        "#]],
    );
    accept(
        "States:\n  A:\n    Type: Pass\n    InputPath: <|>\n",
        "$$.",
        expect![[r#"
        States:
          A:
            Type: Pass
            InputPath: "$$."
    "#]],
    );
}

#[test]
fn strings_of_yaml() {
    let head = "QueryLanguage: JSONata\nStates:\n  A:\n    Type: Pass\n";
    let accept =
        |lines: &str, label: &str, expected: Expect| accept(&format!("{head}{lines}"), label, expected);
    accept(
        "    Output: |-\n      {% (\n        $st<|>\n      ) %}\n",
        "$states.input",
        expect![[r#"
        QueryLanguage: JSONata
        States:
          A:
            Type: Pass
            Output: |-
              {% (
                $states.input
              ) %}
    "#]],
    );
    accept(
        "    Output: |-\n      {% (\n        <|>\n    End: true\n",
        "$now",
        expect![[r#"
        QueryLanguage: JSONata
        States:
          A:
            Type: Pass
            Output: |-
              {% (
                $now
            End: true
    "#]],
    );
    accept(
        "    Output: '{% ''a'' & $no<|> %}'\n",
        "$now",
        expect![[r#"
        QueryLanguage: JSONata
        States:
          A:
            Type: Pass
            Output: '{% ''a'' & $now %}'
    "#]],
    );
    accept(
        "    Output: \"{% \\\"a\\\" & $no<|> %}\"\n",
        "$now",
        expect![[r#"
        QueryLanguage: JSONata
        States:
          A:
            Type: Pass
            Output: "{% \"a\" & $now %}"
    "#]],
    );
    accept(
        "    Output: >-\n      {% $states.\n      in<|> %}\n",
        "input",
        expect![[r#"
        QueryLanguage: JSONata
        States:
          A:
            Type: Pass
            Output: >-
              {% $states.
              input %}
    "#]],
    );
}
