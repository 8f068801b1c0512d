//! Each test shows what the hover is about, between brackets, and what it says.

use expect_test::{Expect, expect};

use crate::fixture::at_cursor;
use crate::ide::hover::hover;

fn check(source: &str, expected: Expect) {
    let (analysis, offset) = at_cursor(source);
    let shown = match hover(&analysis, offset) {
        Some(hover) => format!("[{}] {}", analysis.text.slice(hover.range), hover.markdown),
        None => "nothing".to_owned(),
    };
    expected.assert_eq(&shown);
}

fn jsonata(expression: &str, expected: Expect) {
    let source = format!(
        r#"{{"QueryLanguage": "JSONata", "States": {{"A": {{"Type": "Task", "Output": "{{% {expression} %}}"}}}}}}"#
    );
    check(&source, expected);
}

/// Only the first line: what it is.
fn names(expressions: &[&str]) -> String {
    let line = |expression: &&str| {
        let source = format!(
            r#"{{"QueryLanguage": "JSONata", "States": {{"A": {{"Type": "Task", "Output": "{{% {expression} %}}"}}}}}}"#
        );
        let (analysis, offset) = at_cursor(&source);
        let hover = hover(&analysis, offset);
        let text = hover.map_or("nothing".to_owned(), |hover| {
            let first = hover.markdown.lines().next().unwrap_or_default().to_owned();
            format!("[{}] {first}", analysis.text.slice(hover.range))
        });
        format!("{expression:<28} {text}")
    };
    expressions.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn template(value: &str, expected: Expect) {
    check(
        &format!(r#"{{"States": {{"A": {{"Type": "Map", "ItemSelector": {{"a.$": "{value}"}}}}}}}}"#),
        expected,
    );
}

#[test]
fn functions() {
    jsonata(
        "$<|>substring(x, 1)",
        expect![[r#"
        [$substring] `$substring(str: string, start: number, [length: number]) → string`

        The part of a string from a zero-based position on; a negative position counts back from the end. Without `str` it takes the context item: `name.$substring(start)`.

        [Documentation](https://docs.jsonata.org/string-functions#substring)"#]],
    );
    jsonata(
        "'\\n' & \\\"\\\" & $has<|>h(x)",
        expect![[r#"
        [$hash] `$hash(str: string, algorithm: string) → string`

        The hexadecimal digest of a string by the named algorithm. Only Step Functions has it.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn)"#]],
    );
    jsonata("$nosuch<|>(x)", expect!["[$nosuch] `$nosuch` – variable, which nobody assigns"]);
}

#[test]
fn operators() {
    expect![[r#"
        $a <|>~> $b                  [~>] `a ~> $f` – chain
        $a <|>& $b                   [&] `&` – concatenate
        $a<|>.b                      [.] `a.b` – map
        $a<|>[0]                     [[] `a[…]` – filter
        $a<|>[]                      [[] `a[]` – keep as array
        $a<|>^(b)                    [^] `a^(…)` – order by
        $a^(<|>>b)                   [>] `a^(…)` – order by
        $a<|>{b: c}                  [{] `a{…}` – group by
        <|>{'b': c}                  [{] `{"a": b}` – object
        <|>[1]                       [[] `[a, b]` – array
        [1<|>..2]                    [..] `[a..b]` – range
        $a.<|>*                      [*] `*` – wildcard
        $a.<|>**                     [**] `**` – descendants
        $a <|>* 2                    [*] `*` – multiply
        $a <|>% 2                    [%] `%` – remainder
        $a.b.<|>%.c                  [%] `%` – parent
        $a<|>@$b.c                   [@] `a@$v` – bind the item
        $a<|>#$b.c                   [#] `a#$i` – bind the position
        <|>-$a                       [-] `-a` – negate
        $a <|>in $b                  [in] `a in b` – in
        $a <|>and $b                 [and] `a and b` – and
        $a <|>? b : c                [?] `a ? b : c` – condition
        $a ? b <|>: c                nothing
        $a <|>?? $b                  [??] `a ?? b` – coalesce
        $a <|>?: $b                  [?:] `a ?: b` – default
        (<|>$a := 1)                 [$a] `$a` – bound in this expression
        ($a <|>:= 1)                 [:=] `$v := a` – bind
        <|>function($x){$x}          [function] `function($a){…}` – function
        $substring(<|>?, 1)          [?] `$f(?, a)` – partial application
        $replace(x, <|>/a/, '')      [/a/] `/…/` – regular expression
        $a ~> <|>|b|{'c': 1}|        [|] `|a|b, c|` – transform
        $a.(<|>$)                    [$] `$` – context item
        <|>$$.a                      [$$] `$$` – root
        'te<|>xt'                    nothing
        $a.na<|>me                   nothing"#]]
    .assert_eq(&names(&[
        "$a <|>~> $b",
        "$a <|>& $b",
        "$a<|>.b",
        "$a<|>[0]",
        "$a<|>[]",
        "$a<|>^(b)",
        "$a^(<|>>b)",
        "$a<|>{b: c}",
        "<|>{'b': c}",
        "<|>[1]",
        "[1<|>..2]",
        "$a.<|>*",
        "$a.<|>**",
        "$a <|>* 2",
        "$a <|>% 2",
        "$a.b.<|>%.c",
        "$a<|>@$b.c",
        "$a<|>#$b.c",
        "<|>-$a",
        "$a <|>in $b",
        "$a <|>and $b",
        "$a <|>? b : c",
        "$a ? b <|>: c",
        "$a <|>?? $b",
        "$a <|>?: $b",
        "(<|>$a := 1)",
        "($a <|>:= 1)",
        "<|>function($x){$x}",
        "$substring(<|>?, 1)",
        "$replace(x, <|>/a/, '')",
        "$a ~> <|>|b|{'c': 1}|",
        "$a.(<|>$)",
        "<|>$$.a",
        "'te<|>xt'",
        "$a.na<|>me",
    ]));
}

#[test]
fn context() {
    jsonata(
        "<|>$states.input",
        expect![[r#"
        [$states] `$states` – object

        What Step Functions tells the expressions of a state.

        Members: `input`, `context`, `result`, `errorOutput`

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html)"#]],
    );
    jsonata(
        "$states.in<|>put.a",
        expect![[r#"
        [input] `$states.input` – any JSON

        The input of the state.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html)"#]],
    );
    jsonata(
        "$states.context.Execution.<|>Id",
        expect![[r#"
        [Id] `$states.context.Execution.Id` – string

        The ARN of the execution.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html)"#]],
    );
    jsonata(
        "$states.context.<|>Task.Token",
        expect![[r#"
        [Task] `$states.context.Task` – object

        The task that waits for a callback. Only in a task that waits for it: an activity, or a `Resource` with `.waitForTaskToken`.

        Members: `Token`

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html)"#]],
    );
    jsonata(
        "$states.input.<|>a",
        expect![[r#"
        [.] `a.b` – map

        Evaluates the right side for each item of the left side, and gathers what comes out.

        [Documentation](https://docs.jsonata.org/path-operators)"#]],
    );
}

#[test]
fn local_names() {
    jsonata(
        "($add := function($x, $y) { $x + $y }; $<|>add(1, 2))",
        expect![[r#"
        [$add] `$add` – function of this expression

        `$add($x, $y)`"#]],
    );
    jsonata("$map(a, function($<|>v) { $v })", expect!["[$v] `$v` – parameter of the function around"]);
    jsonata(
        "($a := $states.result.<|>b; $a)",
        expect![[r#"
        [.] `a.b` – map

        Evaluates the right side for each item of the left side, and gathers what comes out.

        [Documentation](https://docs.jsonata.org/path-operators)"#]],
    );
    jsonata(
        "($a := $states.result.b; $<|>a)",
        expect![[r#"
        [$a] `$a` – bound in this expression

        `$states.result.b`"#]],
    );
    jsonata("a#$i.($<|>i)", expect!["[$i] `$i` – the position in a step of the path, bound by `#`"]);
}

#[test]
fn variables() {
    let machine = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
  "A": {"Type": "Choice", "Default": "C", "Choices": [{"Condition": true, "Next": "B"}], "Assign": {"x": "{% $states.input.order %}"}},
  "B": {"Type": "Pass", "Assign": {"x": {"a": 1}}, "Next": "C"},
  "C": {"Type": "Pass", "Output": "{% $<|>x %}", "End": true, "Assign": {"own": 1}}}}"#;
    check(
        machine,
        expect![[r#"
        [$x] `$x` – variable, assigned on every way to this state
        - `A`: `"{% $states.input.order %}"`
        - `B`: `{"a": 1}`"#]],
    );
    check(
        &machine.replace("$<|>x", "$<|>own"),
        expect![[r#"
        [$own] `$own` – variable, assigned by this state itself, for the states behind it
        - `C`: `1`"#]],
    );
    check(
        &machine.replace("{% $<|>x %}", "").replace("\"own\"", "\"o<|>wn\""),
        expect![[r#"
        ["own"] `$own` – variable, which the states behind this one can read

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html)"#]],
    );
    check(
        &machine.replace("{% $<|>x %}", "{% $x %}").replacen("{\"x\"", "{\"x<|>\"", 1),
        expect![[r#"
        ["x"] `$x` – variable, which the states behind this one can read

        read by `C`

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html)"#]],
    );
}

#[test]
fn paths() {
    template("$<|>.a", expect!["nothing"]);
    template("$.a<|>", expect!["nothing"]);
    template(
        "$<|>$.Map.Item.Index",
        expect![[r#"
        [$$] `$$` – context object

        The context object: what is known of the execution, the state and the machine.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html)"#]],
    );
    template(
        "$$.Map.Item.Ind<|>ex",
        expect![[r#"
        [Index] `$$.Map.Item.Index` – number

        The position of the item, counted from 0. Only in a Map state and in the states of its item processor.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html)"#]],
    );
    template(
        "$.a<|>[*]",
        expect![[r#"
        [[*]] `[*]` – wildcard

        All items of an array, or all members of an object: the path gives an array.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html)"#]],
    );
    template(
        "$<|>..a",
        expect![[r#"
        [..] `..` – recursive descent

        Looks for what follows at every depth: the path gives an array.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html)"#]],
    );
    template(
        "$.a[?<|>(@.b > 1)]",
        expect![[r#"
        [[?(@.b > 1)]] `[?(…)]` – filter

        The items for which the condition holds; `@` is the item. The path gives an array.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html)"#]],
    );
    template(
        "$.a[?(<|>@.b > 1)]",
        expect![[r#"
        [@] `@` – item

        The item that the filter is looking at.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html)"#]],
    );
    template(
        "$.a<|>[1:2]",
        expect![[r#"
        [[1:2]] `[start:end]` – slice

        The items from the first position up to, not including, the second: the path gives an array.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html)"#]],
    );
    template(
        "$.a.len<|>gth()",
        expect![[r#"
        [.length()] `.length()` – function

        The number of items of an array.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html)"#]],
    );
    template("$<|>x.a", expect!["[$x] `$x` – variable, which nobody assigns"]);
}

#[test]
fn intrinsic_functions() {
    template(
        "States.Ha<|>sh($.a, 'MD5')",
        expect![[r#"
            [States.Hash] `States.Hash(data: string, algorithm: string) → string`

            The hexadecimal digest of a text by the named algorithm. May also stand in `ErrorPath` and `CausePath`.

            Calls of intrinsic functions nest at most 10 deep.

            [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html#asl-intrsc-func-hash-calc)"#]],
    );
    template(
        "States.Array(States.UU<|>ID())",
        expect![[r#"
            [States.UUID] `States.UUID() → string`

            A new random UUID (version 4). May also stand in `ErrorPath` and `CausePath`.

            Calls of intrinsic functions nest at most 10 deep.

            [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html#asl-intrsc-func-uuid-generate)"#]],
    );
    template(
        "States.Format('{} \\n {<|>}', $.a, States.Array($.b))",
        expect!["[{}] `{}` – takes the value of `States.Array($.b)`"],
    );
    template(
        "States.Format('{}', $$.Map.Item.Val<|>ue)",
        expect![[r#"
        [Value] `$$.Map.Item.Value` – any JSON

        The item itself. Only in a Map state and in the states of its item processor.

        [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html)"#]],
    );
}

#[test]
fn strings_of_yaml() {
    let head = "QueryLanguage: JSONata\nStates:\n  A:\n    Type: Pass\n";
    check(
        &format!("{head}    Output: |-\n      {{% (\n        $<|>now()\n      ) %}}\n"),
        expect![[r#"
        [$now] `$now([picture: string], [timezone: string]) → string`

        The time when the evaluation began, as a timestamp.

        [Documentation](https://docs.jsonata.org/date-time-functions#now)"#]],
    );
    check(
        &format!("{head}    Output: '{{% ''a'' & $<|>now() %}}'\n"),
        expect![[r#"
        [$now] `$now([picture: string], [timezone: string]) → string`

        The time when the evaluation began, as a timestamp.

        [Documentation](https://docs.jsonata.org/date-time-functions#now)"#]],
    );
}
