//! A highlight run over a document, with the queries as an editor gets them and in the way an editor runs them: what is
//! injected lies above its host, and what is smaller above what is larger.
//!
//! By hand, because `tree-sitter-highlight` loses track where a node of the host and one of the injection begin at the
//! same place, as the quote and the mark `{%` do. Also used by the example that draws the picture.

use std::fs;
use std::ops::Range;
use std::path::Path;

use asl_grammar_editors::{ASLPATH, ASLPATH_JSON, JSONATA, JSONATA_JSON};
use tree_sitter::{Language, Node, Parser, Query, QueryCursor, StreamingIterator, Tree};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editor {
    Neovim,
    Helix,
}

/// The pieces of the document in their order, each with the capture that colours it.
pub fn paint(document: &str, language: &str, editor: Editor) -> Vec<(Range<usize>, Option<String>)> {
    let mut names = Vec::new();
    let mut painted = vec![None; document.len()];
    paint_layer(document, language, editor, None, &mut names, &mut painted);
    let mut pieces: Vec<(Range<usize>, Option<String>)> = Vec::new();
    let mut start = 0;
    for end in 1..=painted.len() {
        if end == painted.len() || painted[end] != painted[start] {
            pieces.push((start..end, painted[start].map(|(name, _): (usize, usize)| names[name].clone())));
            start = end;
        }
    }
    pieces
}

/// Every byte gets the capture that is last on it, and the place of that capture, which tells pieces apart.
fn paint_layer(
    document: &str,
    language: &str,
    editor: Editor,
    within: Option<Node>,
    names: &mut Vec<String>,
    painted: &mut [Option<(usize, usize)>],
) {
    let tree = parse(document, language, within);
    let mut captures = Vec::new();
    let query = query(editor, language, "highlights").expect("each language has highlights");
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.captures(&query, tree.root_node(), document.as_bytes());
    while let Some((it, index)) = matches.next() {
        let capture = it.captures[*index];
        let name = query.capture_names()[capture.index as usize];
        if !name.starts_with('_') {
            captures.push((capture.node.byte_range(), name));
        }
    }
    // A stable sort: of two captures on the same range the later one stays above.
    captures.sort_by_key(|(range, _)| std::cmp::Reverse(range.len()));
    for (range, name) in captures {
        let index = names.iter().position(|it| it == name).unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        });
        let start = range.start;
        painted[range].fill(Some((index, start)));
    }

    let Some(query) = self::query(editor, language, "injections") else { return };
    let content = query.capture_index_for_name("injection.content").expect("an injection has a content");
    let mut matches = cursor.matches(&query, tree.root_node(), document.as_bytes());
    while let Some(it) = matches.next() {
        let setting = |key: &str| query.property_settings(it.pattern_index).iter().find(|it| &*it.key == key);
        let language = setting("injection.language").and_then(|it| it.value.as_deref()).expect("a language");
        assert!(setting("injection.include-children").is_some(), "all our injections are of whole strings");
        for node in it.nodes_for_capture_index(content) {
            paint_layer(document, language, editor, Some(node), names, painted);
        }
    }
}

fn parse(document: &str, language: &str, within: Option<Node>) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&self::parser(language)).expect("the binding takes our ABI");
    if let Some(node) = within {
        parser.set_included_ranges(&[node.range()]).expect("one range cannot overlap");
    }
    parser.parse(document, None).expect("a language is set and nothing cancels")
}

fn query(editor: Editor, language: &str, kind: &str) -> Option<Query> {
    let path = Path::new(&queries(editor)).join(language).join(format!("{kind}.scm"));
    let text = fs::read_to_string(&path).ok()?;
    Some(Query::new(&parser(language), &text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// The parser that an editor uses for a language of ours.
pub fn parser(language: &str) -> Language {
    match language {
        "asl" => tree_sitter_json::LANGUAGE.into(),
        "asl_yaml" | "asl-yaml" => tree_sitter_yaml::LANGUAGE.into(),
        "jsonata" => JSONATA.into(),
        "jsonata_json" => JSONATA_JSON.into(),
        "aslpath" => ASLPATH.into(),
        "aslpath_json" => ASLPATH_JSON.into(),
        other => panic!("no language {other}"),
    }
}

/// The folders of an editor's queries.
pub fn queries(editor: Editor) -> String {
    let name = format!("{editor:?}").to_lowercase();
    format!("{}/../../editors/{name}/queries", env!("CARGO_MANIFEST_DIR"))
}
