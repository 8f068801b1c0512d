//! Broken lines: what they are mended to, and what is said of them.

use expect_test::{Expect, expect};

use super::mend;

/// Shows the mended text, and what is said, as `line message`.
fn check(source: &str, expected: Expect) {
    let Some(mended) = mend(source) else { return expected.assert_eq("nothing to mend\n") };
    let mut out = mended.text.clone();
    for error in &mended.errors {
        let line = source[..error.range.start].matches('\n').count() + 1;
        out += &format!("{line} {:?} {}\n", &source[error.range.clone()], error.message);
    }
    expected.assert_eq(&out);
}

#[test]
fn a_line_goes_where_the_lines_that_follow_fit() {
    check(
        "A:\n  Type: Pass\n   Next: B\n  End: x\nB:\n  Type: Fail\n",
        expect![[r#"
            A:
              Type: Pass
              Next: B
              End: x
            B:
              Type: Fail
            3 "Next: B" this line is indented differently from those around it
        "#]],
    );
    check(
        "A:\n    Type: Pass\n  Next: B\n  End: x\nB:\n  Type: Fail\n",
        expect![[r#"
            A:
              Type: Pass
              Next: B
              End: x
            B:
              Type: Fail
            2 "Type: Pass" this line is indented differently from those around it
        "#]],
    );
    check(
        "A:\n  Type: Pass\n Parameters:\n    x: 1\n    y: 1\n  Next: B\nB:\n  Type: Fail\n",
        expect![[r#"
            A:
              Type: Pass
              Parameters:
                x: 1
                y: 1
              Next: B
            B:
              Type: Fail
            3 "Parameters:" this line is indented differently from those around it
        "#]],
    );
    check(
        "A:\n  Type: Pass\n\tNext: B\nB:\n  Type: Fail\n",
        expect![[r#"
            A:
              Type: Pass
              Next: B
            B:
              Type: Fail
            3 "Next: B" YAML is indented with blanks, not with tabs
        "#]],
    );
}

#[test]
fn what_is_open_is_closed_in_its_line() {
    check(
        "A: [a, b\nB: {a: 1\nC: \"x\nD: 'y\nE: {\n  a: 1\nF: [\n  1,\n  2\nG: x\n",
        expect![[r#"
            A: [a, b]
            B: {a: 1}
            C: "x"
            D: 'y'
            E: #{
              a: 1
            F: [
              1,
              2]
            G: x
            1 "[a, b" the bracket is not closed
            2 "{a: 1" the bracket is not closed
            3 "\"x" the string is not closed: a quote is missing
            4 "'y" the string is not closed: a quote is missing
            5 "{" the bracket is not closed
            7 "[\n  1,\n  2" the bracket is not closed
        "#]],
    );
}

#[test]
fn a_key_gets_its_colon() {
    check(
        "A\n  Type: Pass\n  Next B\n  Result:1\n  En\nB:\n  Ne\n  Type: Fail\n",
        expect![[r#"
            A:
              Type: Pass
              Next: B
              Result: 1
              En:
            B:
              Ne:
              Type: Fail
            1 "A" a colon is missing after the key
            3 "Next B" a colon is missing after the key
            4 "Result:1" a blank is missing after the colon
            5 "En" a colon and a value are missing after the key
            7 "Ne" a colon and a value are missing after the key
        "#]],
    );
    check(
        "Branches:\n- StartAt: A\n  Sta\n- StartAt\n  States: x\n",
        expect![[r#"
            Branches:
            - StartAt: A
              Sta:
            - StartAt:
              States: x
            3 "Sta" a colon and a value are missing after the key
            4 "- StartAt" a colon and a value are missing after the key
        "#]],
    );
}

#[test]
fn a_value_that_cannot_be_read_leaves_its_key() {
    check(
        "A: b: c\nB: @x\nC: \"x\" y\nD: [a}\nE: ]\n- : x\n",
        expect![[r#"
            A: #b: c
            B: #@x
            C: #"x" y
            D: #[a}
            E: #]

            1 "A: b: c" a text that contains a colon and a blank must stand in quotes
            2 "B: @x" a text that begins with this character must stand in quotes
            3 "C: \"x\" y" this line does not fit here; look at its indentation, quotes and brackets
            4 "D: [a}" this line does not fit here; look at its indentation, quotes and brackets
            5 "E: ]" this line does not fit here; look at its indentation, quotes and brackets
            6 "- : x" this line does not fit here; look at its indentation, quotes and brackets
        "#]],
    );
}

/// What is valid has nothing to be mended, or a second mistake would be found wherever there is one.
#[test]
fn what_is_valid_stays_as_it_is() {
    let examples = [
        include_str!("../../../../tests/examples/crawl.asl.yaml"),
        include_str!("../../../../tests/examples/publish.asl.yaml"),
        include_str!("../../../../tests/editors/cases/orders.asl.yaml"),
        include_str!("../../../../tests/golden/machine.asl.yaml"),
        "# a\n---\na: &x\n  k: 1\nb: *x\nc:\n  <<: *x\nd: !Sub \"x\"\ne: !Join\n- ','\n- [a,\n   b]\nf: 'a\n  b: c'\n",
        "a: |\n  one: [\n\n  two: \"\nb: >-\n    x\n   \nc:\n- - 1\n  - 2\n- k: v\n  l: w\n-\n  m: n\nd: text that\n  goes on\n",
        "a:\n  {\n    b: [1,\n    2]\n  }\n\"c\": d # e: f\n'g' : http://x#y\nh:\n  text in a line of its own\ni: a:b\n...\n",
    ];
    for example in examples {
        check(example, expect![["nothing to mend\n"]]);
    }
}

#[test]
fn keys_of_every_kind_are_known() {
    check(
        "A:\n  :pk:\n    S.$: $.x\n  --day: 1\n  <<: 2\n  'a: b': 3\n  \"#n\": 4\n  /path: 5\n  $x: 6\n  a b: 7\n  x.$: 8\n  ~: 9\n  é: 10\n  Ne\n  End: true\n",
        expect![[r##"
            A:
              :pk:
                S.$: $.x
              --day: 1
              <<: 2
              'a: b': 3
              "#n": 4
              /path: 5
              $x: 6
              a b: 7
              x.$: 8
              ~: 9
              é: 10
              Ne:
              End: true
            14 "Ne" a colon and a value are missing after the key
        "##]],
    );
}

#[test]
fn a_line_has_one_mistake() {
    let mended =
        mend("A:\n  \"Comm\n  Type: Pass\n  End: true\nB:\n  Type: Fail\n").expect("a quote is open");
    let said: Vec<_> = mended.errors.iter().map(|error| (error.range.clone(), &*error.message)).collect();
    assert_eq!(said, [(5..10, "a colon and a value are missing after the key")]);
}
