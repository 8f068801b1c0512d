//! Each row shows an expression with the cursor, and the signature with the active parameter between `«»`.

use expect_test::expect;

use super::*;
use crate::fixture::at_cursor;

fn show(source: &str) -> String {
    let (analysis, offset) = at_cursor(source);
    let Some(signature) = signature(&analysis, offset) else { return "nothing".to_owned() };
    let mut label = signature.label;
    if let Some(range) = signature.active.and_then(|active| signature.parameters.get(active)) {
        label.insert(range.end, '»');
        label.insert(range.start, '«');
    }
    label
}

fn table(rows: &[&str], around: impl Fn(&str) -> String) -> String {
    rows.iter().map(|row| format!("{row:<40} {}", show(&around(row)))).collect::<Vec<_>>().join("\n")
}

#[test]
fn calls_of_jsonata() {
    let rows = [
        "$sum(<|>",
        "$sum<|>(x)",
        "$sum(x)<|>",
        "$sum(x<|>)",
        "$substring(x,<|> 1)",
        "$substring(x, 1<|>)",
        "$substring(x, $length(<|>y), 2)",
        "$substring(x, $length(y), <|>2)",
        "$substring(x, 1, 2, <|>)",
        "$substring('a,b', <|>",
        "$zip(a, b, c, <|>",
        "$uuid(<|>)",
        "$nosuch(<|>)",
        "name.$uppercase(<|>)",
        "name.$substringBefore(<|>'x')",
        "name.$substringBefore($, <|>'x')",
        "$substringBefore(?, <|>)",
        "x ~> $substringBefore(<|>)",
        "x ~> $substringBefore(?, <|>'a')",
        "($f := function($a, $b) { $a }; $f(1, <|>",
        "($f := function($a, $b) { $f(<|> }; 1)",
        "$map(x, function($v) { $sum(<|>",
        "$map(x, function($v) { $v }, <|>",
        "function($x, <|>$y) { 1 }",
        "{'a': $join(x, <|>'",
    ];
    let around = |row: &str| {
        format!(
            r#"{{"QueryLanguage": "JSONata", "States": {{"A": {{"Type": "Pass", "Output": "{{% {row} %}}"}}}}}}"#
        )
    };
    expect![[r#"
        $sum(<|>                                 $sum(«array: array») → number
        $sum<|>(x)                               nothing
        $sum(x)<|>                               nothing
        $sum(x<|>)                               $sum(«array: array») → number
        $substring(x,<|> 1)                      $substring(str: string, «start: number», [length: number]) → string
        $substring(x, 1<|>)                      $substring(str: string, «start: number», [length: number]) → string
        $substring(x, $length(<|>y), 2)          $length(«str: string») → number
        $substring(x, $length(y), <|>2)          $substring(str: string, start: number, «[length: number]») → string
        $substring(x, 1, 2, <|>)                 $substring(str: string, start: number, [length: number]) → string
        $substring('a,b', <|>                    $substring(str: string, «start: number», [length: number]) → string
        $zip(a, b, c, <|>                        $zip(array: array, «more: array…») → array
        $uuid(<|>)                               $uuid() → string
        $nosuch(<|>)                             nothing
        name.$uppercase(<|>)                     $uppercase(str: string) → string
        name.$substringBefore(<|>'x')            $substringBefore(str: string, «chars: string») → string
        name.$substringBefore($, <|>'x')         $substringBefore(str: string, «chars: string») → string
        $substringBefore(?, <|>)                 $substringBefore(str: string, «chars: string») → string
        x ~> $substringBefore(<|>)               $substringBefore(str: string, «chars: string») → string
        x ~> $substringBefore(?, <|>'a')         $substringBefore(str: string, «chars: string») → string
        ($f := function($a, $b) { $a }; $f(1, <|> $f($a, «$b»)
        ($f := function($a, $b) { $f(<|> }; 1)   $f(«$a», $b)
        $map(x, function($v) { $sum(<|>          $sum(«array: array») → number
        $map(x, function($v) { $v }, <|>         $map(array: array, function: function) → array
        function($x, <|>$y) { 1 }                nothing
        {'a': $join(x, <|>'                      $join(array: array, «[separator: string]») → string"#]].assert_eq(&table(&rows, around));
    // The same with nothing behind the cursor, not even the quote.
    let cut = |row: &str| {
        let row = row.split("<|>").next().unwrap_or_default();
        format!(
            "{{\"QueryLanguage\": \"JSONata\", \"States\": {{\"A\": {{\"Type\": \"Pass\",\n\"Output\": \"{{% {row}<|>\n"
        )
    };
    assert_eq!(table(&rows, cut), table(&rows, around));
}

#[test]
fn intrinsic_functions() {
    let rows = [
        "States.Format(<|>",
        "States.Format('{}, {}', <|>$.a",
        "States.Format('{}, {}', $.a, $.b<|>)",
        "States.ArrayContains(States.Array(1, <|>2), 3)",
        "States.ArrayContains(States.Array(1, 2), <|>3)",
        "States.Nosuch(<|>",
        "$.a[<|>0]",
    ];
    let around =
        |row: &str| format!(r#"{{"States": {{"A": {{"Type": "Pass", "Parameters": {{"a.$": "{row}"}}}}}}}}"#);
    expect![[r#"
        States.Format(<|>                        States.Format(«template: string», args: any…) → string
        States.Format('{}, {}', <|>$.a           States.Format(template: string, «args: any…») → string
        States.Format('{}, {}', $.a, $.b<|>)     States.Format(template: string, «args: any…») → string
        States.ArrayContains(States.Array(1, <|>2), 3) States.Array(«values: any…») → array
        States.ArrayContains(States.Array(1, 2), <|>3) States.ArrayContains(array: array, «value: any») → boolean
        States.Nosuch(<|>                        nothing
        $.a[<|>0]                                nothing"#]].assert_eq(&table(&rows, around));
}

#[test]
fn strings_of_yaml() {
    let around =
        |row: &str| format!("QueryLanguage: JSONata\nStates:\n  A:\n    Type: Pass\n    Output: {row}\n");
    let rows = [
        "|-\n      {% (\n        $join(x,\n        <|>\n      ) %}",
        "|-\n      {% (\n        $join(x,\n        <|>",
        "'{% $join(''a'', <|>'",
        "\"{% $join(\\\"a\\\", <|>",
    ];
    let shown: Vec<String> = rows.iter().map(|row| show(&around(row))).collect();
    expect![[r#"
        $join(array: array, «[separator: string]») → string
        $join(array: array, «[separator: string]») → string
        $join(array: array, «[separator: string]») → string
        $join(array: array, «[separator: string]») → string"#]]
    .assert_eq(&shown.join("\n"));
}
