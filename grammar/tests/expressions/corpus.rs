//! What public projects write is accepted.

use asl_grammar::{intrinsic, jsonata, path};

use crate::shared::{corpus_expressions, strings_of_valid_documents};

#[test]
fn jsonata_of_valid_documents_is_accepted() {
    let expressions = corpus_expressions();
    let refused: Vec<_> = expressions
        .iter()
        .filter_map(|text| Some((text, jsonata::parse(text).errors().first()?.clone())))
        .collect();
    eprintln!("{} expressions", expressions.len());
    assert!(refused.is_empty(), "{refused:#?}");
}

/// The distinct strings that are evaluated in JSONPath states, placeholders of templates left out.
fn evaluated() -> Vec<String> {
    let is_evaluated = |key: &str| key.ends_with(".$") || key.ends_with("Path") || key == "Variable";
    let strings = strings_of_valid_documents().into_iter();
    let texts =
        strings.filter(|(key, text)| is_evaluated(key) && !text.contains("${") && !text.starts_with("{%"));
    texts.map(|(_, text)| text).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

#[test]
fn paths_of_valid_documents_are_accepted() {
    let paths: Vec<String> = evaluated().into_iter().filter(|text| text.starts_with('$')).collect();
    let refused: Vec<_> =
        paths.iter().filter_map(|text| Some((text, path::parse(text).errors.first()?.clone()))).collect();
    eprintln!("{} paths, {} refused", paths.len(), refused.len());
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn intrinsics_of_valid_documents_are_accepted() {
    let calls: Vec<String> = evaluated().into_iter().filter(|text| text.starts_with("States.")).collect();
    let refused: Vec<_> = calls
        .iter()
        .filter_map(|text| Some((text, intrinsic::parse(text).errors().first()?.clone())))
        .collect();
    eprintln!("{} calls, {} refused", calls.len(), refused.len());
    assert!(refused.is_empty(), "{refused:#?}");
}
