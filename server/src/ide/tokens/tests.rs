use expect_test::{Expect, expect};

use super::{Modifiers, tokens};
use crate::fixture::analyse;

/// Each token with its type; `+` a declaration, `*` of the language, `**` and nobody can assign it.
fn shown(source: &str) -> String {
    let analysis = analyse(source);
    let mut out = String::new();
    let mut line = usize::MAX;
    for token in tokens(&analysis, 0..source.len()) {
        let now = analysis.text.line_of(token.range.start);
        if now != line && !out.is_empty() {
            out += "\n";
        }
        line = now;
        let mark = match token.modifiers {
            Modifiers::DECLARATION => "+",
            Modifiers::LIBRARY => "*",
            Modifiers::PROVIDED => "**",
            _ => "",
        };
        let text = source[token.range.clone()].replace('\n', "⏎");
        out += &format!("{text}:{:?}{mark}  ", token.kind);
    }
    out.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn check(source: &str, expected: Expect) {
    expected.assert_eq(&shown(source));
}

#[test]
fn states_words_and_resources() {
    check(
        r#"{ "StartAt": "A", "QueryLanguage": "JSONPath", "States": {
            "A": { "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:getObject.waitForTaskToken",
                "Retry": [{ "ErrorEquals": ["States.Timeout", "Mine"], "JitterStrategy": "FULL" }],
                "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "B" }], "Next": "Nowhere" },
            "B": { "Type": "Task", "QueryLanguage": "JSONnet", "Resource": "arn:aws:lambda:us-east-1:1:function:f", "Comment": "A", "Next": "A" },
            "M": { "Type": "Map", "ItemProcessor": { "ProcessorConfig": { "Mode": "INLINE" }, "StartAt": "N",
                "States": { "N": { "Type": "Choice", "Choices": [{ "Next": "N" }], "Default": "A" } } } }
        } }"#,
        expect![[r#"
            A:Class  JSONPath:EnumMember
            A:Class+  Task:EnumMember  s3:Namespace  getObject:Method  waitForTaskToken:Decorator
            States.Timeout:EnumMember**  FULL:EnumMember
            States.ALL:EnumMember**  B:Class
            B:Class+  Task:EnumMember  f:Function  A:Class
            M:Class+  Map:EnumMember  INLINE:EnumMember  N:Class
            N:Class+  Choice:EnumMember  N:Class
        "#]],
    );
}

#[test]
fn paths_and_intrinsic_functions() {
    check(
        r#"{ "StartAt": "A", "States": { "A": { "Type": "Pass",
            "InputPath": "$.a['b c'][0][*]..d",
            "OutputPath": "$$.Execution.Input.order",
            "Assign": { "x.$": "$x[?(@.price < 10)].length()",
                "y": { "z.$": "States.Format('{} \\{{}', $.n, States.Foo(1.5, null, $$.Map.Item.Nope))" } },
            "Parameters": { "plain": "$.a", "u.$": "$['a','b'][1:2]", "t": "${Placeholder}" }
        } } }"#,
        expect![[r#"
            A:Class  A:Class+  Pass:EnumMember
            $:Variable**  a:Property  b c:Property  0:Number  *:Operator  ..:Operator  d:Property
            $$:Variable**  Execution:Property**  Input:Property**  order:Property
            x:Variable+  $x:Variable  @:Variable**  price:Property  length:Function*
            y:Variable+  States.Format:Function*  ':String  {}:Macro   \\{:String  {}:Macro  ':String  $:Variable**  n:Property  States.Foo:Function  1.5:Number  null:Keyword  $$:Variable**  Map:Property**  Item:Property**  Nope:Property
            $:Variable**  1:2:Number
        "#]],
    );
}

#[test]
fn jsonata() {
    check(
        r#"{ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": { "Type": "Pass",
            "Assign": { "x": "{% $states.input.order & \"\u00e9\" & 'a' %}" },
            "Output": "{% ( $f := function($v, $i)<n:n> { $v * $i + $x }; $map($states.context.Execution.Id, $f) ~> $sum; $f(1, $x) ) %}",
            "Comment": "{% $no %}"
        }, "B": { "Type": "Choice", "Choices": [{ "Condition": "{% `a b`[$ > 1 and true].$mine(/x/i, $$) /* note */ %}", "Next": "A" }] } } }"#,
        expect![[r#"
            JSONata:EnumMember  A:Class  A:Class+  Pass:EnumMember
            x:Variable+  $states:Variable**  input:Property**  order:Property  &:Operator  \"\u00e9\":String  &:Operator  'a':String
            $f:Variable+  :=:Operator  function:Keyword  $v:Parameter+  $i:Parameter+  <:Operator  n:Type  n:Type  >:Operator  $v:Parameter  *:Operator  $i:Parameter  +:Operator  $x:Variable  $map:Function*  $states:Variable**  context:Property**  Execution:Property**  Id:Property**  $f:Variable  ~>:Operator  $sum:Function*  $f:Function  1:Number  $x:Variable
            B:Class+  Choice:EnumMember  `a b`:Property  $:Variable**  >:Operator  1:Number  and:Keyword  true:Keyword  $mine:Function  /x/i:Regexp  $$:Variable**  /* note */:Comment  A:Class
        "#]],
    );
}

#[test]
fn every_style_of_yaml() {
    check(
        "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A: &a\n    Type: Pass\n    Assign:\n      'it': >-\n        {% 'one\n        two' &\n          $it %}\n    Output: '{% \"it''s\" & $it %}'\n    Next: \"\\u0042\"\n  B:\n    <<: *a\n    Next: A\n",
        expect![[r#"
            JSONata:EnumMember
            A:Class
            A:Class+
            Pass:EnumMember
            it:Variable+
            'one⏎        two':String
            &:Operator
            $it:Variable
            "it''s":String  &:Operator  $it:Variable
            \u0042:Class
            B:Class+
            A:Class
        "#]],
    );
}

#[test]
fn unfinished_text_keeps_its_colours() {
    check(
        r#"{ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": { "Output": "{% $sum($states.in", "#,
        expect![[r#"
            JSONata:EnumMember  A:Class  A:Class+
        "#]],
    );
    check(
        r#"{ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": { "Type": "Pass", "Output": "{% $sum($states. %}" "#,
        expect![[r#"
            JSONata:EnumMember  A:Class  A:Class+  Pass:EnumMember  $sum:Function*  $states:Variable**
        "#]],
    );
}

#[test]
fn a_range_gives_its_part() {
    let source =
        "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n  B:\n    Type: Pass\n    Next: A\n";
    let analysis = analyse(source);
    let all = tokens(&analysis, 0..source.len());
    let start = source.find("  B:").unwrap();
    let part = tokens(&analysis, start..source.len());
    assert_eq!(part, all[all.len() - part.len()..]);
    assert_eq!(part.len(), 3);
}
