use expect_test::{Expect, expect};

use super::*;
use crate::fixture::analyse;

/// The nodes and edges of a drawing, without their places.
fn check(source: &str, expected: Expect) {
    let graph = graph(&analyse(source));
    let name = |node: usize| {
        let node = &graph.nodes[node];
        if node.name.is_empty() { format!("({})", node.kind.name()) } else { node.name.clone() }
    };
    let mut out = String::new();
    for (index, node) in graph.nodes.iter().enumerate() {
        let group = node.group.map(|group| {
            let group = &graph.groups[group];
            format!(" in {} of {}", group.kind.name(), name(group.owner))
        });
        let kind = match node.kind {
            NodeKind::State(Some(kind)) => kind.name(),
            other => other.name(),
        };
        let marks: String = node.marks().map(|mark| format!(" {mark}")).collect();
        let detail = if node.detail.is_empty() { "" } else { ": " };
        out +=
            &format!("{}{} [{kind}{detail}{}]{marks}\n", name(index), group.unwrap_or_default(), node.detail);
    }
    for edge in &graph.edges {
        let kind = edge.kind.name();
        let title = if edge.title.is_empty() { String::new() } else { format!(" ({})", edge.title) };
        let dead = if edge.dead { " dead" } else { "" };
        out += &format!("{} -{kind}-> {}{title}{dead}\n", name(edge.from), name(edge.to));
    }
    expected.assert_eq(&out);
}

#[test]
fn states_and_their_transitions() {
    check(
        r#"{"StartAt": "Q", "States": {
            "Q": {"Type": "Choice", "Choices": [
                {"Variable": "$.n", "NumericGreaterThanEquals": 5, "Next": "T"},
                {"And": [{"Variable": "$.a", "IsPresent": false}, {"Not": {"Variable": "$.b", "StringEquals": "x"}}], "Next": "Q"}],
                "Default": "F"},
            "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"},
                "Catch": [{"ErrorEquals": ["A", "B"], "Next": "F"}], "End": true},
            "F": {"Type": "Fail", "Error": "Bad"}}}"#,
        expect![[r#"
            Q [Choice]
            T [Task: lambda:invoke · f]
            F [Fail: Bad]
            (start) [start]
            (end) [end]
            (start) -start-> Q
            Q -choice-> T ($.n ≥ 5)
            Q -choice-> Q ($.a is not present and not ($.b = "x"))
            Q -default-> F (Default)
            T -catch-> F (A, B)
            T -end-> (end)
        "#]],
    );
}

#[test]
fn branches_and_processors_are_groups() {
    check(
        "StartAt: P
States:
  P:
    Type: Parallel
    Branches:
    - StartAt: A
      States:
        A: {Type: Pass, End: true}
    - StartAt: M
      States:
        M:
          Type: Map
          Items: '{% $xs %}'
          ItemProcessor:
            StartAt: W
            States:
              W: {Type: Wait, Seconds: 5, Next: A}
          End: true
    Next: Done
  Done: {Type: Succeed}
",
        expect![[r#"
            P [Parallel]
            Done [Succeed]
            A in branch of P [Pass]
            M in branch of P [Map: $xs]
            W in processor of M [Wait: 5 s]
            (start) [start]
            (start) in branch of P [start]
            (end) in branch of P [end]
            (start) in branch of P [start]
            (end) in branch of P [end]
            (start) in processor of M [start]
            A in processor of M [missing]
            (start) -start-> P
            P -next-> Done
            (start) -start-> A
            A -end-> (end)
            (start) -start-> M
            M -end-> (end)
            (start) -start-> W
            W -next-> A
        "#]],
    );
}

#[test]
fn what_is_wrong_is_marked() {
    check(
        r#"{"StartAt": "A", "States": {
            "A": {"Type": "Choice", "Choices": [{"Next": "B", "Condition": "{% $x %}"}, {"Next": "${Later}"}], "Default": "Gone"},
            "B": {"Type": "Pass", "Next": "C"},
            "C": {"Type": "Pass", "Next": "B"},
            "C": {"Type": "Succeed"}}}"#,
        expect![[r#"
            A [Choice]
            B [Pass] endless
            C [Pass] endless
            C [Succeed] duplicate
            (start) [start]
            ${Later} [unknown]
            Gone [missing]
            (start) -start-> A
            A -choice-> B ($x)
            A -choice-> ${Later}
            A -default-> Gone (Default)
            B -next-> C
            C -next-> B
        "#]],
    );
    check(
        r#"{"StartAt": "A", "States": {
            "A": {"Type": "Pass", "End": true},
            "B": {"Type": "Pass", "Next": "A"}}}"#,
        expect![[r#"
            A [Pass]
            B [Pass] dead
            (start) [start]
            (end) [end]
            (start) -start-> A
            A -end-> (end)
            B -next-> A dead
        "#]],
    );
}

#[test]
fn what_is_there_of_a_broken_document_is_drawn() {
    check(
        r#"{"StartAt": "A", "States": {
            "A": {"Type": "Pass", "Next": "B"},
            "B": {"Type": "Task", "Next": ,
            "C": {"Next": "A"#,
        expect![[r#"
            A [Pass]
            B [Task]
            C [state]
            (start) [start]
            (start) -start-> A
            A -next-> B
            C -next-> A
        "#]],
    );
    for nothing in ["", "{", "[]", "a: 1", "{\"States\": 5}"] {
        let graph = graph(&analyse(nothing));
        assert!(graph.nodes.is_empty() && graph.edges.is_empty(), "{nothing}");
    }
}

#[test]
fn names_are_not_taken_for_markdown_by_mermaid() {
    let source = r##"{"StartAt": "1. Check", "States": {
        "1. Check": {"Type": "Choice", "Choices": [{"Variable": "$.at", "StringEquals": "https://a", "Next": "- \"Undo\""}]},
        "- \"Undo\"": {"Type": "Wait", "Seconds": 1.5}}}"##;
    let expected = expect![[r##"
        flowchart TD
        n0{"#8203;1. Check"}
        n1["#8203;- #34;Undo#34;<br/>1.5"]
        n2((" "))
        n2 --> n0
        n0 -->|"#36;.at = #34;https:#8203;//a#34;"| n1
    "##]];
    expected.assert_eq(&mermaid::mermaid(&graph(&analyse(source))));
}
