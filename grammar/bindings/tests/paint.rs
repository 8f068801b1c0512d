//! A highlight run over a document, with the queries as an editor gets them.
//!
//! Also used by the example that draws the picture.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use asl_grammar_editors::{ASLPATH, ASLPATH_JSON, JSONATA, JSONATA_JSON};
use tree_sitter::Language;
use tree_sitter_highlight::{HighlightConfiguration, HighlightEvent, Highlighter};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editor {
    Neovim,
    Helix,
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
    format!("{}/../editors/{name}/queries", env!("CARGO_MANIFEST_DIR"))
}

/// The pieces of the document in their order, each with the innermost capture that covers it.
pub fn paint(document: &str, language: &str, editor: Editor) -> Vec<(Range<usize>, Option<String>)> {
    let folder = queries(editor);
    let mut configurations: HashMap<&str, HighlightConfiguration> =
        [language, "jsonata_json", "aslpath", "aslpath_json"]
            .map(|name| (name, configuration(&folder, name)))
            .into_iter()
            .collect();
    let mut names: Vec<String> =
        configurations.values().flat_map(|it| it.names()).map(|it| it.to_string()).collect();
    names.retain(|it| !it.starts_with('_') && !it.starts_with("injection") && !it.starts_with("local"));
    names.sort();
    names.dedup();
    for configuration in configurations.values_mut() {
        configuration.configure(&names);
    }

    let mut highlighter = Highlighter::new();
    let events = highlighter
        .highlight(&configurations[language], document.as_bytes(), None, |name| configurations.get(name))
        .expect("the parser and its queries belong together");
    let mut pieces = Vec::new();
    let mut stack = Vec::new();
    for event in events {
        match event.expect("nothing cancels") {
            HighlightEvent::HighlightStart(highlight) => stack.push(highlight.0),
            HighlightEvent::HighlightEnd => {
                stack.pop();
            }
            HighlightEvent::Source { start, end } => {
                pieces.push((start..end, stack.last().map(|it| names[*it].clone())));
            }
        }
    }
    pieces
}

fn configuration(folder: &str, language: &str) -> HighlightConfiguration {
    let read = |kind: &str| {
        let path = Path::new(folder).join(language).join(format!("{kind}.scm"));
        fs::read_to_string(path).unwrap_or_default()
    };
    // Locals are left out: what their captures are called differs between the editors and this library.
    HighlightConfiguration::new(parser(language), language, &read("highlights"), &read("injections"), "")
        .unwrap_or_else(|error| panic!("{folder}/{language}: {error}"))
}
