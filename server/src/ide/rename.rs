//! Renames a state with everything that leads to it, or a variable with everything that reads it.

mod variables;

use std::ops::Range;

use asl_grammar::syntax::Format;
use asl_grammar::text::Edit;
use asl_grammar::tree::Node;
use asl_grammar::write::{self, Source};

use super::locate::{Named, locate, named_state};
use super::references::uses;
use super::variables::{is_alias, variable_at};
use crate::analysis::Analysis;
use crate::asl::Machine;
use crate::catalog::limits;

pub struct Target {
    /// The name at the cursor, without its quotes and its `$`.
    pub range: Range<usize>,
    pub name: String,
}

/// What would be renamed at an offset.
pub fn prepare(analysis: &Analysis, offset: usize) -> Option<Target> {
    let machine = analysis.machine()?;
    let located = locate(analysis, offset)?;
    if is_alias(analysis, located.node) {
        return None;
    }
    match named_state(&machine, &located) {
        Some(named) => {
            named.state?;
            Some(Target { range: named.node.content(), name: named.name.to_owned() })
        }
        None => variables::prepare(&variable_at(analysis, &machine, &located, offset)?, offset),
    }
}

/// The edits that give a state or a variable another name, or the reason why it cannot have that name.
pub fn rename(analysis: &Analysis, offset: usize, name: &str) -> Result<Vec<Edit>, String> {
    let nothing = || "there is no state or variable here that could be renamed".to_owned();
    let machine = analysis.machine().ok_or_else(nothing)?;
    let located = locate(analysis, offset).ok_or_else(nothing)?;
    if let Some(named) = named_state(&machine, &located) {
        return state(analysis, &machine, &named, name).unwrap_or_else(|| Err(nothing()));
    }
    let variable = variable_at(analysis, &machine, &located, offset).ok_or_else(nothing)?;
    variables::rename(analysis, &machine, &variable, name)
}

fn state(
    analysis: &Analysis,
    machine: &Machine,
    named: &Named,
    name: &str,
) -> Option<Result<Vec<Edit>, String>> {
    let state = named.state?;
    if name.is_empty() || name.chars().count() > limits::STATE_NAME_CHARACTERS {
        let most = limits::STATE_NAME_CHARACTERS;
        return Some(Err(format!("the name of a state has 1 to {most} characters")));
    }
    if name != named.name && machine.named(name).next().is_some() {
        return Some(Err(format!("another state of this machine is called `{name}` already")));
    }
    let mut nodes = uses(machine, named.scope, named.name);
    nodes.push(machine.state(state).key());
    // What an alias stands for is renamed where it is written.
    nodes.retain(|node| !is_alias(analysis, *node));
    nodes.sort_by_key(|node| node.start());
    Some(Ok(nodes.into_iter().map(|node| replacement(analysis, node, name)).collect()))
}

fn replacement(analysis: &Analysis, node: Node, name: &str) -> Edit {
    // A bare word in JSON was meant to stand in quotes.
    if analysis.syntax.format == Format::Json && !node.is_quoted() {
        return Edit { range: node.range(), text: write::quoted(name) };
    }
    write::set_text(Source { text: &analysis.text, start: 0 }, node, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::at_cursor;

    fn renamed(source: &str, name: &str) -> Result<String, String> {
        let (analysis, offset) = at_cursor(source);
        let mut text = analysis.text.to_string();
        for edit in rename(&analysis, offset, name)?.into_iter().rev() {
            text.replace_range(edit.range, &edit.text);
        }
        Ok(text)
    }

    #[test]
    fn the_state_and_all_that_leads_to_it() {
        assert_eq!(
            renamed(r#"{"StartAt": "A<|>", "States": {"A": {"Next": "A"}, "B": {"Next": "A"}}}"#, "say \"é\"").unwrap(),
            r#"{"StartAt": "say \"é\"", "States": {"say \"é\"": {"Type": "", "Next": "say \"é\""}, "B": {"Next": "say \"é\""}}}"#
                .replace(r#""Type": "", "#, "")
        );
        assert_eq!(
            renamed("StartAt: A\nStates:\n  <|>A:\n    Next: 'A'\n", "is: it").unwrap(),
            "StartAt: \"is: it\"\nStates:\n  \"is: it\":\n    Next: 'is: it'\n"
        );
    }

    #[test]
    fn an_alias_stays_what_it_is() {
        assert_eq!(
            renamed(
                "StartAt: &s A\nStates:\n  <|>A: &a\n    Next: 'A'\n  B:\n    <<: *a\n    Default: *s\n",
                "C\u{7}"
            )
            .unwrap(),
            "StartAt: &s \"C\\u0007\"\nStates:\n  \"C\\u0007\": &a\n    Next: \"C\\u0007\"\n  B:\n    <<: *a\n    Default: *s\n"
        );
    }

    #[test]
    fn names_that_cannot_be() {
        let source = r#"{"StartAt": "A<|>", "States": {"A": {}, "B": {}}}"#;
        assert_eq!(renamed(source, "B").unwrap_err(), "another state of this machine is called `B` already");
        assert!(renamed(source, "").is_err());
        assert!(renamed(r#"{"StartAt": "Q<|>", "States": {"A": {}}}"#, "x").is_err());
    }

    #[test]
    fn a_variable_with_all_that_reads_it() {
        let source = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": {"Type": "Pass", "QueryLanguage": "JSONPath", "Assign": {"x.$": "$.a", "\u0079": 1, "z": {"x": "$x", "w.$": "States.Format('$x', $x)"}}, "Next": "P"},
            "P": {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {
                "B": {"Type": "Pass", "Output": "{% \"\\u00e9\" & $x<|>.x[$xx = $x] & $y %}", "End": true}}}], "End": true}
        }}"#;
        let expected = source.replace("<|>", "").replace("\"x.$\"", "\"total_é.$\"");
        let expected = expected
            .replace(", $x)", ", $total_é)")
            .replace("& $x.x[$xx = $x]", "& $total_é.x[$xx = $total_é]");
        assert_eq!(renamed(source, "total_é").unwrap(), expected);
        assert_eq!(renamed(source, "$total_é").unwrap(), expected, "the `$` does no harm");
        let other = source.replace("<|>", "").replace("$y %", "$<|>y %");
        let expected = source.replace("<|>", "").replace("\\u0079", "total").replace("$y %", "$total %");
        assert_eq!(renamed(&other, "total").unwrap(), expected);
    }

    #[test]
    fn a_variable_in_every_style_of_yaml() {
        let source = "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    Assign: {a: 1, 'b': '{% \"it''s\" & $a %}'}\n    Next: B\n  B: &b\n    Type: Pass\n    Output: |2-\n      {%\n          $a<|> &\n          $a %}\n    Comment: $a\n    Next: C\n  C:\n    <<: *b\n    Items: {% $a\n      + 1 %}\n";
        let expected = source
            .replace("<|>", "")
            .replace("$a ", "$yes ")
            .replace("$a &", "$yes &")
            .replace("{a: 1", "{\"yes\": 1");
        assert_eq!(renamed(source, "yes").unwrap(), expected);
    }

    #[test]
    fn what_an_expression_binds() {
        let json = |code: &str| {
            format!(
                r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{"A": {{"Type": "Pass", "Assign": {{"v": "{{% {code} %}}"}}, "Next": "B"}}, "B": {{"Type": "Succeed", "Output": "{{% $v %}}"}}}}}}"#
            )
        };
        let check = |code: &str, name: &str, expected: Result<&str, &str>| {
            let expected = expected.map(json).map_err(str::to_owned);
            assert_eq!(renamed(&json(code), name), expected, "{code}");
        };
        check(
            "$map($a, function($v<|>){ $v.x & $v })",
            "item",
            Ok("$map($a, function($item){ $item.x & $item })"),
        );
        check("($n := 1; $n := $<|>n + 1; $n)", "m", Ok("($m := 1; $m := $m + 1; $m)"));
        check("($n := 1; $m := 2; $n<|> + $m)", "m", Err("the expression binds `$m` already"));
        check(
            "($n := 1; $f := function($m){ $n<|> + $m }; $f(1))",
            "m",
            Err("`$m` means something else in this expression"),
        );
        check("($n<|> := 1; $n + $sum([1]))", "sum", Err("`$sum` means something else in this expression"));
        check("($n<|> := 1; $n)", "states", Err("the name `states` is reserved"));
        check("($n<|> := 1; $n)", "a-b", Err("`a-b` is no name for a variable: `-` cannot stand in it"));
        check("$map($a, function($v<|>){ $v })", "v", Ok("$map($a, function($v){ $v })"));
        check("$sum<|>([1])", "total", Err("there is no state or variable here that could be renamed"));
    }

    #[test]
    fn names_that_a_variable_cannot_have() {
        let source = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": {"Type": "Pass", "Assign": {"x<|>": 1, "y": 1}, "Next": "M"},
            "M": {"Type": "Map", "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass",
                "Assign": {"inner": "{% $sum($x) & ($local := 1; $x + $local) & $unknown %}"}, "End": true}}}, "End": true},
            "D": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "E", "States": {"E": {"Type": "Pass",
                "Assign": {"far": "{% $count(1) %}"}, "End": true}}}, "End": true}
        }}"#;
        let refused = |name: &str| renamed(source, name).unwrap_err();
        assert_eq!(refused("y"), "`y` is assigned already where this variable can be seen");
        assert_eq!(refused("inner"), "`inner` is assigned already where this variable can be seen");
        assert_eq!(refused("unknown"), "an expression that can see this variable uses `$unknown` already");
        assert_eq!(refused("sum"), "an expression that can see this variable uses `$sum` already");
        assert_eq!(
            refused("local"),
            "`$local` means something else in an expression that reads the variable"
        );
        assert_eq!(refused("states"), "the name `states` is reserved");
        assert_eq!(refused(""), "a variable needs a name");
        assert!(refused("1x").contains("digit"));
        assert!(refused(&"x".repeat(81)).contains("81"));
        assert!(renamed(source, "far").is_ok(), "the children of a Distributed Map see nothing of it");
        assert!(renamed(source, "count").is_ok());
        assert!(renamed(source, "x").is_ok());
    }
}
