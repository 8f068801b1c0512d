//! What public projects write is accepted.

use asl_grammar::jsonata;

use crate::shared::corpus_expressions;

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
