//! A YAML document that is read state by state is what it is when it is read as a whole.

use proptest::prelude::*;

use super::super::*;

/// Whether the text has an outline and is in order; then both ways of reading it agree.
fn agrees(text: &str) -> bool {
    let Ok(syntax) = Syntax::by_outline(text, &[]) else { return false };
    let whole = Syntax::whole(Format::Yaml, text, yaml::read(text), &[]);
    assert!(syntax.frame == whole.frame, "{text}");
    let parts = |syntax: &Syntax| -> Vec<_> {
        syntax.parts.iter().map(|part| (part.range.clone(), part.content.tree.clone())).collect()
    };
    assert!(parts(&syntax) == parts(&whole), "{text}");
    true
}

const MACHINE: &str = r#"---
# What it is for.
Comment: >-
  Sells things
  to people.
StartAt: A
States: # all of them
  # The first.
  A:
    Type: Pass   # passes
    Next: "Bé"

  "Bé":
    Type: Choice
    Choices:
    - Variable: $.x
      IsNull: true
      Next: A
    Default: Cé
    Comment: |+
      # this is text

  Cé:
    Type: Task
    Parameters: {
      a: 1,
      "b": ['x: y', "z"]}
    Retry:
      - ErrorEquals: [States.ALL]
    # The end.
    End: true

  # Nothing more.
TimeoutSeconds: 5
"#;

#[test]
fn documents_in_order_are_read_by_their_outline() {
    for text in [
        MACHINE.to_owned(),
        MACHINE.replace('\n', "\r\n"),
        MACHINE.replace("TimeoutSeconds: 5\n", ""),
        MACHINE.replace("---\n", ""),
        "States:\n A: {Type: Pass}\n B: # c\n\n# c\nStartAt: A".to_owned(),
        "StartAt: A\nStates:\n    A:\n        Type: Succeed".to_owned(),
    ] {
        assert!(agrees(&text), "{text}");
    }
}

#[test]
fn documents_out_of_the_ordinary_are_read_as_a_whole() {
    for text in [
        // A flow mapping and a text that reach below the key they belong to.
        "States:\n  A: {\n  Type: Pass\n  }\n  B: {}",
        "States:\n  A:\n    Comment: \"x\n  B: y\"\n  C: {}",
        // Names that go from state to state.
        "States:\n  A: &a\n    Type: Pass\n  B: *a",
        "States:\n  A:\n    <<: *a\nx: &a\n  Type: Pass",
        "States:\n  - A: {}",
        "States: {A: {}}",
        "States:\n  A: {}\nStates:\n  B: {}",
        "States:\n  A: {}\n---\nStates:\n  B: {}",
        "States:\n  ? A\n  : {}",
        "States:\n    A:\n      Type: Pass\n  B: {}",
        "States:\n  A: {}\n  B: |\n",
        "  StartAt: A\n  States:\n    A: {}",
        "{States: {}}",
        "States:",
        "",
    ] {
        assert!(!agrees(text), "{text}");
    }
}

#[test]
fn an_edit_in_one_state_keeps_the_trees_of_the_others() {
    let old = Syntax::new(Format::Yaml, &Text::new(MACHINE));
    for (from, to, kept) in [
        ("Next: \"Bé\"", "Next: C", [false, true, true]),
        ("StartAt: A", "StartAt: A\nVersion: '1.0'", [true, true, true]),
        ("Type: Task", "Type: 'Task", [true, true, false]),
        ("Default: Cé", "Defa", [true, false, true]),
    ] {
        let new = Syntax::update(&Text::new(&MACHINE.replace(from, to)), None, &old);
        let found =
            old.parts.iter().map(|part| new.parts.iter().any(|it| Arc::ptr_eq(&it.content, &part.content)));
        assert_eq!(found.collect::<Vec<_>>(), kept, "{to}");
    }
}

/// Lines as they may stand in a state or around it, some of them broken.
fn any_line() -> impl Strategy<Value = String> {
    let contents = prop::sample::select(vec![
        "",
        "# c",
        "A:",
        "B: {}",
        "'Q r':",
        "- x",
        "- a: 1",
        "-",
        "k: v",
        "k: 'a",
        "b'",
        "k: |",
        "k: >-",
        "k: |+",
        "text",
        "k: {a: [1",
        "], b: 2}",
        "}",
        "k: \"x\\",
        "y\"",
        "? k",
        ": v",
        "k: &x v",
        "k: *x",
        "k: !Sub v",
        "\tk: v",
        "States:",
        "Comment: c",
        "---",
        "...",
        "k: a b",
        "é: 😀",
        "k:  # c",
        "k: v  ",
        "\"k\": v",
        "<<: {a: 1}",
        "k : v",
        "[a]: b",
        "@x",
    ]);
    ((0..5usize), contents).prop_map(|(depth, content)| format!("{}{content}", " ".repeat(2 * depth)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn any_lines_are_the_same_both_ways(lines in prop::collection::vec(any_line(), 0..12)) {
        agrees(&lines.join("\n"));
        agrees(&format!("StartAt: A\nStates:\n  A:\n    Type: Pass\n{}\n  Z:\n    Type: Fail\n", lines.join("\n")));
    }

    #[test]
    fn any_edits_are_the_same_both_ways(edits in prop::collection::vec((0..MACHINE.lines().count(), any_line()), 1..4)) {
        let mut lines: Vec<&str> = MACHINE.lines().collect();
        for (at, line) in &edits {
            lines[*at] = line;
        }
        agrees(&lines.join("\n"));
    }
}
