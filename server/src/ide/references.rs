//! All places that name a state or a variable.

use std::ops::Range;

use asl_grammar::tree::Node;

use super::locate::{locate, named_state};
use super::variables::{Occurrence, variable_at};
use crate::analysis::Analysis;
use crate::asl::Machine;

pub struct References {
    /// The key of the state, if there is one; what gives the variable a value.
    pub definitions: Vec<Range<usize>>,
    /// What leads to the state, or reads the variable, in the order of the text.
    pub uses: Vec<Range<usize>>,
}

pub fn references(analysis: &Analysis, offset: usize) -> Option<References> {
    let machine = analysis.machine()?;
    let located = locate(analysis, offset)?;
    if let Some(named) = named_state(&machine, &located) {
        return Some(References {
            definitions: named.state.map(|state| machine.state(state).key().range()).into_iter().collect(),
            uses: uses(&machine, named.scope, named.name).into_iter().map(Node::range).collect(),
        });
    }
    let variable = variable_at(analysis, &machine, &located, offset)?;
    let (definitions, uses): (Vec<_>, Vec<_>) = variable.occurrences.into_iter().partition(|it| it.writes);
    let range = |occurrences: Vec<_>| occurrences.into_iter().map(|it: Occurrence| it.range).collect();
    Some(References { definitions: range(definitions), uses: range(uses) })
}

/// The transitions of a scope, and its `StartAt`, that name a state.
pub(super) fn uses<'a>(machine: &Machine<'a>, scope: usize, name: &str) -> Vec<Node<'a>> {
    let start = machine.scopes[scope].start_at.into_iter();
    let targets =
        machine.scopes[scope].states.iter().flat_map(|state| machine.transitions(*state).map(|(_, it)| it));
    let mut uses: Vec<Node> = start.chain(targets).filter(|node| node.as_str() == Some(name)).collect();
    uses.sort_by_key(|node| node.start());
    uses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::at_cursor;

    #[test]
    fn every_kind_of_transition_counts_but_only_in_its_scope() {
        let (analysis, offset) = at_cursor(
            r#"{"StartAt": "A", "States": {
                "A": {"Type": "Choice", "Choices": [{"Next": "B"}], "Default": "B"},
                "<|>B": {"Type": "Task", "Catch": [{"Next": "B"}], "Comment": "B", "Next": "M"},
                "M": {"Type": "Map", "ItemProcessor": {"StartAt": "B", "States": {}}, "Next": "B"}
            }}"#,
        );
        let found = references(&analysis, offset).unwrap();
        assert_eq!(found.definitions.len(), 1);
        assert_eq!(found.uses.len(), 4);
    }

    /// The text with `[=` and `=]` around what gives a value, `[` and `]` around what reads it.
    fn check(source: &str, expected: &str) {
        let (analysis, offset) = at_cursor(source);
        let found = references(&analysis, offset).unwrap_or(References { definitions: vec![], uses: vec![] });
        let definitions = found.definitions.into_iter().map(|it| (it, "[=", "=]"));
        let mut marks: Vec<_> = definitions.chain(found.uses.into_iter().map(|it| (it, "[", "]"))).collect();
        marks.sort_by_key(|(range, ..)| range.start);
        let mut text = analysis.text.to_string();
        for (range, open, close) in marks.into_iter().rev() {
            text.insert_str(range.end, close);
            text.insert_str(range.start, open);
        }
        assert_eq!(text, expected);
    }

    #[test]
    fn a_variable_is_read_in_its_scope_and_in_those_inside() {
        check(
            r#"{"StartAt": "A", "States": {
                "A": {"Type": "Pass", "Assign": {"<|>x": 1, "y.$": "$x"}, "Next": "M"},
                "M": {"Type": "Map", "ItemSelector": {"i.$": "$x.of"}, "ItemProcessor": {"StartAt": "B", "States": {
                    "B": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $x & ($x := 1; $x) & '$x' %}", "End": true}}},
                    "Assign": {"x.$": "States.Array($x[0], $.x)"}, "Next": "D"},
                "D": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "E", "States": {
                    "E": {"Type": "Pass", "InputPath": "$x", "End": true}}}, "End": true}
            }}"#,
            r#"{"StartAt": "A", "States": {
                "A": {"Type": "Pass", "Assign": {"[=x=]": 1, "y.$": "[$x]"}, "Next": "M"},
                "M": {"Type": "Map", "ItemSelector": {"i.$": "[$x].of"}, "ItemProcessor": {"StartAt": "B", "States": {
                    "B": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% [$x] & ($x := 1; $x) & '$x' %}", "End": true}}},
                    "Assign": {"[=x=].$": "States.Array([$x][0], $.x)"}, "Next": "D"},
                "D": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "E", "States": {
                    "E": {"Type": "Pass", "InputPath": "$x", "End": true}}}, "End": true}
            }}"#,
        );
    }

    #[test]
    fn the_branches_of_a_parallel_state_do_not_share_their_variables() {
        check(
            r#"{"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"x": 1}, "End": true}, "A2": {"Type": "Pass", "InputPath": "$x<|>"}}},
                {"StartAt": "B", "States": {"B": {"Type": "Pass", "Assign": {"x": 1}, "OutputPath": "$x", "End": true}}}
            ], "OutputPath": "$x", "End": true}}}"#,
            r#"{"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"[=x=]": 1}, "End": true}, "A2": {"Type": "Pass", "InputPath": "[$x]"}}},
                {"StartAt": "B", "States": {"B": {"Type": "Pass", "Assign": {"x": 1}, "OutputPath": "$x", "End": true}}}
            ], "OutputPath": "$x", "End": true}}}"#,
        );
    }

    #[test]
    fn what_an_expression_binds_stays_in_it() {
        let yaml = |code: &str| {
            format!(
                "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    Output: >-\n      {{% {code}\n      %}}\n    Next: B\n  B:\n    Type: Succeed\n    Output: '{{% $v %}}'\n"
            )
        };
        check(
            &yaml("$map($a, function($v,\n        $i) { $<|>v.b(function($v) { $v }) & $v })"),
            &yaml("$map($a, function([=$v=],\n        $i) { [$v].b(function($v) { $v }) & [$v] })"),
        );
        check(
            &yaml("($n := 1; $n := $n<|> + 1; ($n := 3; $n); $n)"),
            &yaml("([=$n=] := 1; [=$n=] := [$n] + 1; ($n := 3; $n); [$n])"),
        );
        check(&yaml("a@$x.b#$i[$<|>i = 1]"), &yaml("a@$x.b#[=$i=][[$i] = 1]"));
        check(&yaml("$<|>v"), &yaml("[$v]").replace("'{% $v", "'{% [$v]"));
        check(&yaml("$sum<|>($v) & $sum"), &yaml("[$sum]($v) & [$sum]"));
    }

    #[test]
    fn broken_text_is_no_reason_to_give_up() {
        check(
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
                "A": {"Type": "Pass", "Assign": {"x": 1, "y": "{% $sum($<|>x, %}"}, "Next":"#,
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
                "A": {"Type": "Pass", "Assign": {"[=x=]": 1, "y": "{% $sum([$x], %}"}, "Next":"#,
        );
    }
}
