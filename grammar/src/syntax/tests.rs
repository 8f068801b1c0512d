//! Whatever is typed, the incremental result is that of a fresh read.

use proptest::prelude::*;

use super::*;

mod yaml;

const MACHINE: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Pass", "Next": "B" },
    "B": {
      "Type": "Choice",
      "Choices": [{ "Variable": "$.x", "IsNull": true, "Next": "A" }],
      "Default": "Cé"
    },
    "Cé": { "Type": "Succeed" }
  },
  "Comment": "c"
}"#;

fn picture(syntax: &Syntax) -> String {
    let mut out = format!("{:?}\n", syntax.root());
    for part in &syntax.parts {
        out += &format!("{:?} {:?}\n", part.range, part.root());
        let root = part.root().expect("a part has a root");
        out += &format!("{:?}\n", root.ancestors().map(|node| node.range()).collect::<Vec<_>>());
    }
    out + &format!("{:#?}", syntax.errors())
}

struct Session {
    text: Text,
    skeleton: Skeleton,
    syntax: Syntax,
}

impl Session {
    fn open(source: &str) -> Session {
        let text = Text::new(source);
        let skeleton = Skeleton::parse(&text, None, &|| false).expect("nobody stops it");
        let syntax = Syntax::new(Format::Json, &text);
        Session { text, skeleton, syntax }
    }

    fn edit(&mut self, range: Range<usize>, new: &str) {
        let before = self.text.clone();
        self.text.edit(range.clone(), new);
        self.skeleton.edit(&before, &self.text, range, new.len());
        self.skeleton =
            Skeleton::parse(&self.text, Some(&self.skeleton), &|| false).expect("nobody stops it");
        self.syntax = Syntax::update(&self.text, Some(&self.skeleton), &self.syntax);
    }
}

#[test]
fn an_edit_in_one_state_keeps_the_trees_of_the_others() {
    let mut session = Session::open(MACHINE);
    let before = session.syntax.parts.clone();
    let at = MACHINE.find("Pass").unwrap();
    session.edit(at..at + 4, "Task");
    let kept = |index: usize| Arc::ptr_eq(&before[index].content, &session.syntax.parts[index].content);
    assert_eq!([kept(0), kept(1), kept(2)], [false, true, true]);
    // The states below have moved down with a new line above them.
    session.edit(1..1, "\n");
    let kept = |index: usize| Arc::ptr_eq(&before[index].content, &session.syntax.parts[index].content);
    assert_eq!([kept(1), kept(2)], [true, true]);
}

#[test]
fn a_broken_line_keeps_the_trees_of_the_other_states() {
    for (from, to) in
        [("\"Next\": \"B\"", "\"Next\": "), ("\"Pass\"", "\"Pass"), ("}],", "],"), ("\"B\": {", "\"B\": ")]
    {
        let mut session = Session::open(MACHINE);
        let before = session.syntax.parts.clone();
        let at = MACHINE.find(from).unwrap();
        session.edit(at..at + from.len(), to);
        let after = &session.syntax.parts;
        assert!(after.iter().any(|part| Arc::ptr_eq(&part.content, &before[2].content)), "{from} -> {to}");
    }
}

fn any_edit() -> impl Strategy<Value = (f64, f64, String)> {
    let pieces = prop::sample::select(vec![
        "",
        "x",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\n",
        "\\",
        "é",
        "😀",
        "${x}",
        "// c\n",
        "\"Next\": ",
        "  \"Q\": {},\n",
        "\"States\": {",
        "'",
        "\u{0}",
        "\r\n",
        "\\u00e9",
    ]);
    (0.0..1.0f64, 0.0..0.05f64, pieces.prop_map(str::to_owned))
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn any_edits_give_what_a_fresh_read_gives(edits in prop::collection::vec(any_edit(), 1..25)) {
        let mut session = Session::open(MACHINE);
        for (place, share, new) in edits {
            let source = session.text.to_string();
            let start = boundary(&source, (place * source.len() as f64) as usize);
            let end = boundary(&source, (start + (share * source.len() as f64) as usize).min(source.len()));
            session.edit(start..end, &new);
            let mut model = source;
            model.replace_range(start..end, &new);
            prop_assert_eq!(session.text.to_string(), model.clone());
            let fresh = Syntax::new(Format::Json, &Text::new(&model));
            prop_assert_eq!(picture(&session.syntax), picture(&fresh));
        }
    }

    #[test]
    fn any_text_gives_ranges_inside_it(source in "[ \\n\"{}:,\\[\\]a-z0-9$\\\\é😀'*&|>#-]{0,60}") {
        for format in [Format::Json, Format::Yaml] {
            let syntax = Syntax::new(format, &Text::new(&source));
            for error in syntax.errors() {
                prop_assert!(source.get(error.range.clone()).is_some(), "{:?}", error);
            }
            for offset in 0..=source.len() {
                if let Some(node) = syntax.node_at(offset) {
                    prop_assert!(source.get(node.range()).is_some(), "{:?}", node.range());
                    let inner = node.inner_offset(offset);
                    prop_assert!(node.text().get(inner..).is_some());
                }
            }
        }
    }
}
