//! The parsers of the server against the grammars of the editors: the same texts are right, and names, variables,
//! literals and calls reach from the same place to the same place.
//!
//! The texts are those of the corpus tests, those of the shared data where it is there, and made ones. The two may differ
//! in what is listed in `BEYOND`, and in this, of which nothing is made: `??` and `?:`, which the server reports as too
//! new; a regular expression right behind an opening bracket, and a slash right behind an order, `[]`, a transform or the
//! body of a function.

mod made;

use std::collections::BTreeSet;

use asl_grammar::span::Span;
use asl_grammar::{intrinsic, jsonata, path};
use asl_grammar_editors::{ASLPATH, JSONATA};
use proptest::prelude::*;
use serde_json::Value;
use tree_sitter::{Node, Tree};

use crate::corpus::inputs;
use crate::support::{Reader, read, shared};

/// What the reference finds after parsing, or by looking at a value: out of a grammar's reach.
const BEYOND: [jsonata::Code; 8] = [
    jsonata::Code::S0102,
    jsonata::Code::S0209,
    jsonata::Code::S0210,
    jsonata::Code::S0213,
    jsonata::Code::S0215,
    jsonata::Code::S0216,
    jsonata::Code::S0217,
    jsonata::Code::S0401,
];

/// A kind of thing, and where it stands.
type Extents = BTreeSet<(&'static str, usize, usize)>;

#[test]
fn corpus_of_jsonata() {
    let texts = inputs("tree-sitter-jsonata/test/corpus", "jsonata");
    let texts: Vec<String> = texts.into_iter().filter(|text| is_of_2_0(text)).collect();
    compare(&texts, 1_000, jsonata_server, jsonata_editor);
}

#[test]
fn suite_of_the_reference() {
    compare(&expressions("expr/expr_cases.json"), 1_000, jsonata_server, jsonata_editor);
}

#[test]
fn mutants_of_the_suite() {
    compare(&expressions("expr/expr_mutants.json"), 999, jsonata_server, jsonata_editor);
}

#[test]
fn corpus_of_paths_and_intrinsic_functions() {
    let texts = inputs("tree-sitter-asl-path/test/corpus", "aslpath");
    // What a template fills in is nothing to the server's parsers.
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.contains("${")).collect();
    compare(&texts, 1_000, path_server, path_editor);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn made_jsonata(text in made::jsonata()) {
        compare(&[text], 1_000, jsonata_server, jsonata_editor);
    }

    #[test]
    fn made_paths(text in made::path()) {
        compare(&[text], 1_000, path_server, path_editor);
    }

    #[test]
    fn made_intrinsic_functions(text in made::intrinsic()) {
        compare(&[text], 1_000, path_server, path_editor);
    }
}

/// At least so many of a thousand verdicts must agree; where both accept a text, so must all extents.
fn compare(
    texts: &[String],
    per_mille: usize,
    server: impl Fn(&str) -> Option<Extents>,
    editor: impl Fn(&str) -> Option<Extents>,
) {
    let (mut agreed, mut things, mut wrong) = (0, 0, Vec::new());
    for text in texts {
        match (server(text), editor(text)) {
            (Some(server), Some(editor)) => {
                agreed += 1;
                things += server.len();
                if server != editor {
                    let only = |these: &Extents, others: &Extents| {
                        let these = these.difference(others);
                        these
                            .map(|(kind, start, end)| format!("{kind} `{}`", &text[*start..*end]))
                            .collect::<Vec<_>>()
                    };
                    wrong.push(format!(
                        "{text:?}: the server alone has {:?}, the editors alone {:?}",
                        only(&server, &editor),
                        only(&editor, &server)
                    ));
                }
            }
            (None, None) => agreed += 1,
            (server, _) => {
                println!(
                    "only the {} it: {text:?}",
                    if server.is_some() { "server accepts" } else { "editors accept" }
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
    println!("{agreed} of {} verdicts agree, {things} things stand in the same places", texts.len());
    assert!(agreed * 1_000 >= texts.len() * per_mille, "{agreed} of {} verdicts agree", texts.len());
}

fn expressions(file: &str) -> Vec<String> {
    let Some(file) = shared(file) else { return Vec::new() };
    let json: Value = serde_json::from_str(&read(&file)).expect("the shared data is JSON");
    let cases = json["cases"].as_array().expect("a list of cases").iter();
    let texts = cases.filter_map(|case| case["expr"].as_str());
    texts.filter(|text| is_of_2_0(text)).map(str::to_owned).collect()
}

/// Has it none of the operators that came later?
fn is_of_2_0(text: &str) -> bool {
    !text.contains("??") && !text.contains("?:")
}

fn jsonata_server(text: &str) -> Option<Extents> {
    use jsonata::NodeKind;
    let tree = jsonata::parse(text);
    if tree.errors().iter().any(|error| !BEYOND.contains(&error.code)) {
        return None;
    }
    let kinds = tree.ids().filter_map(|id| {
        let kind = match tree.kind(id) {
            // The word `function` of a lambda.
            NodeKind::Name if is_word_of_lambda(&tree, id) => return None,
            NodeKind::Name => "name",
            NodeKind::Variable | NodeKind::Context | NodeKind::Root => "variable",
            NodeKind::String => "string",
            NodeKind::Number => "number",
            NodeKind::Regex => "regex",
            NodeKind::Call | NodeKind::Partial => "call",
            NodeKind::Lambda => "lambda",
            _ => return None,
        };
        let span = tree.span(id);
        Some((kind, span.start as usize, span.end as usize))
    });
    Some(kinds.collect())
}

fn is_word_of_lambda(tree: &jsonata::Tree, id: jsonata::NodeId) -> bool {
    tree.parent(id).is_some_and(|parent| {
        tree.kind(parent) == jsonata::NodeKind::Lambda && tree.children(parent).first() == Some(&id)
    })
}

fn jsonata_editor(text: &str) -> Option<Extents> {
    let tree = Reader::new(JSONATA).accept(text)?;
    Some(extents(&tree, |node| {
        Some(match node.kind() {
            "name" | "quoted_name" => "name",
            "variable" | "function" | "parameter" => "variable",
            "string" => "string",
            "number" => "number",
            "regex" => "regex",
            "call" => "call",
            "lambda" => "lambda",
            _ => return None,
        })
    }))
}

fn path_server(text: &str) -> Option<Extents> {
    let mut found = Extents::new();
    if text.starts_with('$') {
        let path = path::parse(text);
        if !path.errors.is_empty() {
            return None;
        }
        add_path(text, &path, &mut found);
        return Some(found);
    }
    let tree = intrinsic::parse(text);
    if !tree.errors().is_empty() {
        return None;
    }
    for id in tree.ids() {
        let node = tree.node(id);
        let kind = match &node.kind {
            intrinsic::NodeKind::Call(call) => {
                found.insert(("function", call.name.start as usize, call.name.end as usize));
                "call"
            }
            intrinsic::NodeKind::String(_) => "string",
            intrinsic::NodeKind::Number(_) => "number",
            intrinsic::NodeKind::Path(path) => {
                add_path(text, path, &mut found);
                continue;
            }
            _ => continue,
        };
        found.insert((kind, node.span.start as usize, node.span.end as usize));
    }
    Some(found)
}

fn add_path(text: &str, path: &path::Path, found: &mut Extents) {
    for path in path.all() {
        let mut add = |kind, span: Span| found.insert((kind, span.start as usize, span.end as usize));
        add("path", path.span);
        add("root", path.root_span);
        for segment in &path.segments {
            let bare = !text[..segment.inner.start as usize].ends_with(['\'', '"']);
            match segment.kind {
                path::SegmentKind::Name(_) | path::SegmentKind::Function if bare => {
                    add("name", segment.inner);
                }
                path::SegmentKind::Index(_) => {
                    add("index", segment.inner);
                }
                _ => {}
            }
        }
    }
}

fn path_editor(text: &str) -> Option<Extents> {
    let tree = Reader::new(ASLPATH).accept(text)?;
    Some(extents(&tree, |node| {
        let in_call = || node.parent().is_some_and(|it| it.kind() == "arguments");
        let alone_in_brackets = || {
            let strings = |parent: Node| {
                (0..parent.named_child_count() as u32)
                    .filter(|at| parent.named_child(*at).is_some_and(|it| it.kind() == "integer"))
                    .count()
            };
            node.parent()
                .is_some_and(|it| matches!(it.kind(), "subscript" | "descendant") && strings(it) == 1)
        };
        Some(match node.kind() {
            "path" | "context_path" | "variable_path" | "item_path" => "path",
            "root" | "context" | "variable" | "item" => "root",
            "name" => "name",
            "integer" if alone_in_brackets() => "index",
            "call" => "call",
            "function" => "function",
            "string" if in_call() => "string",
            "number" if in_call() => "number",
            _ => return None,
        })
    }))
}

fn extents(tree: &Tree, kind: impl Fn(Node) -> Option<&'static str>) -> Extents {
    let mut found = Extents::new();
    let mut waiting = vec![tree.root_node()];
    while let Some(node) = waiting.pop() {
        if node.is_named()
            && let Some(kind) = kind(node)
        {
            found.insert((kind, node.start_byte(), node.end_byte()));
        }
        waiting.extend((0..node.child_count() as u32).filter_map(|index| node.child(index)));
    }
    found
}
