//! From a name to what has it: a state, or the places that give a variable its value.

use std::ops::Range;

use super::locate::{locate, named_state};
use super::variables::{Owner, variable_at};
use crate::analysis::Analysis;

pub struct Definition {
    /// The name at the cursor.
    pub origin: Range<usize>,
    pub targets: Vec<Range<usize>>,
}

/// What is named at an offset. A state or variable that its own scope does not have may be found in another one: it is
/// what the author meant, and the diagnostics tell why it cannot be.
pub fn definition(analysis: &Analysis, offset: usize) -> Option<Definition> {
    let machine = analysis.machine()?;
    let located = locate(analysis, offset)?;
    if let Some(named) = named_state(&machine, &located) {
        let state = named.state.or_else(|| machine.named(named.name).next())?;
        return Some(Definition {
            origin: named.node.range(),
            targets: vec![machine.state(state).key().range()],
        });
    }
    let variable = variable_at(analysis, &machine, &located, offset)?;
    let mut targets: Vec<_> =
        variable.occurrences.iter().filter(|it| it.writes).map(|it| it.range.clone()).collect();
    if let Owner::Nobody = variable.owner {
        let assigned = machine.variables().assigned.iter().filter(|it| it.name == variable.name);
        targets.extend(assigned.map(|it| it.key.source_range(0..it.name.len())));
    }
    let origin = variable.at(offset)?.range.clone();
    (!targets.is_empty()).then_some(Definition { origin, targets })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::at_cursor;

    fn check<'s>(source: &str, expected: impl IntoIterator<Item = &'s str>) {
        let (analysis, offset) = at_cursor(source);
        let targets = definition(&analysis, offset).map_or(Vec::new(), |it| it.targets);
        let shown = targets.into_iter().map(|range| {
            let line = analysis.text.line_range(analysis.text.line_of(range.start));
            analysis.text.slice(line).trim().to_owned()
        });
        let expected: Vec<&str> = expected.into_iter().collect();
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{source}");
    }

    #[test]
    fn transitions_lead_to_states() {
        check(
            "{\"StartAt\": \"<|>A\", \"States\": {\n\"A\": {\"Type\": \"Pass\"}}}",
            Some("\"A\": {\"Type\": \"Pass\"}}}"),
        );
        check(
            "{\"StartAt\": \"A\", \"States\": {\n\"A\": {\"Next\": \"B<|>\"},\n\"B\": {}\n}}",
            Some("\"B\": {}"),
        );
        check("{\"StartAt\": \"A\", \"States\": {\n\"A\": {\"Next\": \"C<|>\"},\n\"B\": {}\n}}", None);
        check("{\"StartAt\": \"A\", \"States\": {\n\"A\": {\"Comment\": \"A<|>\"}}}", None);
        check(
            "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B<|>\n  B:\n    Type: Fail\n",
            Some("B:"),
        );
    }

    #[test]
    fn variables_lead_to_their_assignments() {
        let machine = |code: &str, path: &str| {
            r#"{"StartAt": "A", "States": {
                    "A": {"Type": "Pass", "Assign": {
                        "n": 1,
                        "m.$": "$.m"
                    }, "Next": "B"},
                    "B": {"Type": "Map", "ItemProcessor": {"StartAt": "C", "States": {
                        "C": {"Type": "Pass", "Parameters": {"x.$": "THE PATH"}, "End": true}}},
                        "Assign": {
                            "n": 2
                        }, "Next": "D"},
                    "D": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% CODE %}", "End": true}
                }}"#
            .replace("THE PATH", path)
            .replace("CODE", code)
        };
        check(&machine("$<|>n", "$.x"), ["\"n\": 1,", "\"n\": 2"]);
        check(&machine("1", "$n<|>.of[0]"), ["\"n\": 1,", "\"n\": 2"]);
        check(&machine("1", "$.x[?(@.a == $m<|>)]"), ["\"m.$\": \"$.m\""]);
        check(&machine("1", "States.Format('{}', $<|>m)"), ["\"m.$\": \"$.m\""]);
        check(&machine("$sum(<|>$other)", "$.x"), []);
        check(&machine("$<|>sum(1)", "$.x"), []);
        check(&machine("$states<|>.input", "$.x"), []);
        check(&machine("1", "$.n<|>"), []);
    }

    #[test]
    fn a_variable_out_of_reach_is_shown_where_it_is() {
        check(
            r#"{"StartAt": "M", "States": {
                "M": {"Type": "Map", "ItemProcessor": {"StartAt": "C", "States": {
                    "C": {"Type": "Pass", "Assign": {
                        "inner": 1
                    }, "End": true}}}, "OutputPath": "$inner<|>", "End": true}
            }}"#,
            ["\"inner\": 1"],
        );
    }

    #[test]
    fn what_an_expression_binds_is_found_in_it() {
        let source = "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    Assign:\n      x: 1\n    Output: |-\n      {% (\n        $x := 1;\n        $f := function($x) {\n          $INNER\n        };\n        $x\n      ) %}\n    End: true\n";
        check(&source.replace("$INNER", "$x<|>"), ["$f := function($x) {"]);
        check(&source.replace("$INNER", "1").replace("        $x\n", "        $<|>x\n"), ["$x := 1;"]);
    }
}
