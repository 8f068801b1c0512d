use expect_test::{Expect, expect};

use crate::fixture::analyse;

/// Says of every read what is known of the variable.
fn check(states: &str, expected: Expect) {
    let source = format!(r#"{{ "QueryLanguage": "JSONata", "StartAt": "A", "States": {{ {states} }} }}"#);
    let analysis = analyse(&source);
    let machine = analysis.machine().expect("a machine");
    let uses = machine.variables().uses.iter();
    let lines = uses.map(|it| format!("{} ${}: {:?}\n", machine.state(it.state).name(), it.name, it.known));
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn ways_that_part_and_meet() {
    check(
        r#"
        "A": { "Type": "Choice", "Choices": [{ "Condition": true, "Next": "B", "Assign": { "x": 1, "y": 1 } }],
               "Assign": { "x": 2 }, "Default": "B" },
        "B": { "Type": "Pass", "Output": "{% $x + $y + $z %}", "Next": "C" },
        "C": { "Type": "Pass", "Assign": { "z": "{% $z %}" }, "End": true }"#,
        expect![[r#"
            B $x: Assigned
            B $y: Perhaps
            B $z: Unassigned
            C $z: ByItself
        "#]],
    );
}

#[test]
fn a_loop_keeps_what_was_assigned_before_it() {
    check(
        r#"
        "A": { "Type": "Pass", "Assign": { "n": 0 }, "Next": "B" },
        "B": { "Type": "Pass", "Assign": { "n": "{% $n + 1 %}", "m": "{% $m %}" }, "Next": "C" },
        "C": { "Type": "Choice", "Choices": [{ "Condition": "{% $n > 3 %}", "Next": "D" }], "Default": "B" },
        "D": { "Type": "Succeed", "Output": "{% $m %}" }"#,
        expect![[r#"
            B $n: Assigned
            B $m: Perhaps
            C $n: Assigned
            D $m: Assigned
        "#]],
    );
}

#[test]
fn a_catcher_sets_only_its_own() {
    check(
        r#"
        "A": { "Type": "Task", "Resource": "r", "Assign": { "x": 1 },
               "Catch": [{ "ErrorEquals": ["States.ALL"], "Assign": { "e": 1 }, "Next": "C" }], "Next": "B" },
        "B": { "Type": "Pass", "Output": "{% $x + $e %}", "End": true },
        "C": { "Type": "Pass", "Output": "{% $x + $e %}", "End": true }"#,
        expect![[r#"
            B $x: Assigned
            B $e: Unassigned
            C $x: Unassigned
            C $e: Assigned
        "#]],
    );
}

#[test]
fn scopes_see_outwards_but_for_distributed_maps() {
    check(
        r#"
        "A": { "Type": "Pass", "Assign": { "x": 1 }, "Next": "M" },
        "M": { "Type": "Map", "ItemProcessor": { "StartAt": "N", "States": {
            "N": { "Type": "Pass", "Assign": { "i": "{% $x + $late %}" }, "End": true } } },
            "Assign": { "late": "{% $i %}" }, "Next": "D" },
        "D": { "Type": "Map", "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED" }, "StartAt": "O", "States": {
            "O": { "Type": "Pass", "Output": "{% $x %}", "End": true } } }, "End": true }"#,
        expect![[r#"
            N $x: Assigned
            N $late: Unassigned
            M $i: Unassigned
            O $x: OutOfReach
        "#]],
    );
}

#[test]
fn what_nobody_can_know_counts_as_assigned() {
    check(
        r#"
        "A": { "Type": "Pass", "Next": "${Elsewhere}" },
        "B": { "Type": "Pass", "Output": "{% $x + $never %}", "Next": "C" },
        "C": { "Type": "Pass", "Assign": { "x": 1 }, "End": true }"#,
        expect![[r#"
            B $x: Assigned
            B $never: Unassigned
        "#]],
    );
}
