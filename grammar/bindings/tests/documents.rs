//! The expressions of real documents, in the spelling of the document and decoded.
//!
//! The documents are third-party text beside the repository; nothing of them is printed but what fails.

use std::collections::BTreeSet;
use std::fs;

use asl_grammar_editors::{ASLPATH, ASLPATH_JSON, JSONATA, JSONATA_JSON};
use tree_sitter::{Language, Node, Parser};

use crate::support::{Reader, read, shape, shared};

/// One string of a document: as written, and, where that is known, what it says.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    kind: Kind,
    source: String,
    text: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Jsonata,
    Path,
}

/// Marked valid, because a tool that looks at calls with a regular expression lets them pass; but there is no comma
/// between the arguments, so they are not.
const WRONG_LABELS: [&str; 2] = [
    "documentValidResultSelectorIntrinsicFunction.asl.yaml",
    "documentValidParametersIntrinsicFunction.asl.yaml",
];

#[test]
fn expressions_of_real_documents() {
    let Some(corpus) = shared("corpus") else { return };
    let mut found = BTreeSet::new();
    let mut documents = 0;
    // The columns `file` and `expected`; the file is the first one, and `valid` stands in no other column alone.
    for row in read(&corpus.join("index.csv")).lines().filter(|row| row.contains(",valid,")) {
        let Some(file) = row.split(',').next().filter(|it| it.starts_with("dev/")) else { continue };
        if WRONG_LABELS.iter().any(|it| file.ends_with(it)) {
            continue;
        }
        let Ok(text) = fs::read_to_string(corpus.join(file)) else { continue };
        documents += 1;
        if file.ends_with(".yaml") || file.ends_with(".yml") {
            collect(&text, &tree_sitter_yaml::LANGUAGE.into(), &mut found);
        } else {
            collect(&text, &tree_sitter_json::LANGUAGE.into(), &mut found);
        }
    }

    let mut jsonata = (Reader::new(JSONATA), Reader::new(JSONATA_JSON));
    let mut path = (Reader::new(ASLPATH), Reader::new(ASLPATH_JSON));
    let mut failures = Vec::new();
    let mut counts = [[0; 2]; 2];
    for Found { kind, source, text } in &found {
        let (plain, escaped) = match kind {
            Kind::Jsonata => &mut jsonata,
            Kind::Path => &mut path,
        };
        let escaped = escaped.accept(source).as_ref().map(shape);
        counts[*kind as usize][0] += 1;
        if escaped.is_none() {
            failures.push(format!("refused: {source}"));
        }
        let Some(text) = text else { continue };
        counts[*kind as usize][1] += 1;
        let plain = plain.accept(text).as_ref().map(shape);
        if plain.is_none() {
            failures.push(format!("refused, decoded: {text}"));
        } else if plain != escaped {
            failures.push(format!("another tree when decoded: {source}"));
        }
    }
    println!(
        "{documents} documents: {} JSONata expressions ({} also decoded), {} paths and calls ({} also decoded), {} failures",
        counts[0][0],
        counts[0][1],
        counts[1][0],
        counts[1][1],
        failures.len()
    );
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn collect(text: &str, language: &Language, found: &mut BTreeSet<Found>) {
    let mut parser = Parser::new();
    parser.set_language(language).expect("the binding takes the ABI of its grammars");
    let tree = parser.parse(text, None).expect("a language is set and nothing cancels");
    let mut stack = vec![tree.root_node()];
    while let Some(node) = stack.pop() {
        let mut cursor = node.walk();
        stack.extend(node.children(&mut cursor));
        if !matches!(
            node.kind(),
            "pair" | "block_mapping_pair" | "flow_pair" | "array" | "block_sequence_item"
        ) {
            continue;
        }
        let key = node.child_by_field_name("key").map_or("", |key| &text[key.byte_range()]);
        let key = key.trim_matches(['"', '\'']);
        for value in values(node) {
            let source = &text[value.byte_range()];
            if let Some(it) = found_in(key, value.kind(), source) {
                found.insert(it);
            }
        }
    }
}

/// The scalars directly in a pair or a sequence.
fn values(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    let mut values: Vec<_> = match node.kind() {
        "array" | "block_sequence_item" => node.named_children(&mut cursor).collect(),
        _ => node.child_by_field_name("value").into_iter().collect(),
    };
    for value in &mut values {
        while matches!(value.kind(), "flow_node" | "block_node") {
            let Some(inner) = value.named_child(value.named_child_count().saturating_sub(1) as u32) else {
                break;
            };
            *value = inner;
        }
    }
    values
}

fn found_in(key: &str, node: &str, source: &str) -> Option<Found> {
    let text: Option<String> = match node {
        "string" => Some(serde_json::from_str(source).ok()?),
        "plain_scalar" => Some(source.to_owned()),
        "double_quote_scalar" => serde_json::from_str(source).ok(),
        "single_quote_scalar" => Some(source[1..source.len() - 1].replace("''", "'")),
        "block_scalar" => None,
        _ => return None,
    };
    let inner = match &text {
        Some(text) => text.as_str(),
        None => source.split_once('\n')?.1.trim(),
    };
    let jsonata = inner.strip_prefix("{%").and_then(|it| it.strip_suffix("%}"));
    let kind = if jsonata.is_some() {
        Kind::Jsonata
    } else if takes_path(key) && (inner.starts_with('$') || inner.starts_with("States.")) {
        Kind::Path
    } else {
        return None;
    };
    let text = text.as_ref().map(|_| jsonata.unwrap_or(inner).to_owned());
    Some(Found { kind, source: source.to_owned(), text })
}

fn takes_path(key: &str) -> bool {
    key.ends_with(".$") || key.ends_with("Path") || key == "Variable"
}
