//! The call and the argument under the cursor, in documents that end at the cursor: at places in the expressions of
//! real definitions, each put into a small document of its own.

use std::sync::Arc;

use asl_grammar::jsonata::{self, query};
use asl_grammar::text::Text;
use asl_lsp::analysis::{Analysis, Format};
use asl_lsp::catalog::functions;
use asl_lsp::ide::{expression, signature};

use crate::shared::{csv, shared};

/// Every so many places are looked at.
const STEP: usize = 5;

#[test]
fn calls_in_documents_cut_anywhere() {
    let (mut places, mut calls, mut wrong) = (0, 0, Vec::new());
    for (number, code) in expressions().iter().enumerate() {
        let offsets = (number % STEP..=code.len()).step_by(STEP).filter(|at| code.is_char_boundary(*at));
        for cut in offsets.map(|at| &code[..at]) {
            let tree = jsonata::parse(cut);
            let expected = query::call_at(&tree, cut.len() as u32).and_then(|site| {
                let function = functions::jsonata(tree.variable_name(site.callee)?)?;
                Some(function.typed_label())
            });
            for (format, text) in documents(cut) {
                let analysis = Analysis::new(format, Text::new(&text), Arc::default());
                places += 1;
                let inside = expression::at(&analysis, text.len());
                if inside.as_ref().map(|inside| inside.before()) != Some(cut) {
                    wrong.push(format!("{text:?} is read as {:?}", inside.map(|it| it.before().to_owned())));
                    continue;
                }
                let found = signature::signature(&analysis, text.len());
                calls += usize::from(expected.is_some());
                // A function of the expression's own may go by the name of one that is built in.
                let own = found.as_ref().is_some_and(|it| it.docs.contains("of this expression"));
                if found.map(|it| it.label) != expected && !own {
                    wrong.push(format!("{text:?}: not {expected:?}"));
                }
            }
        }
    }
    println!("{places} places, {calls} of them in calls, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(30)].join("\n"));
}

/// The text in a string of JSON, in quotes of YAML and in a block, none of them finished.
fn documents(cut: &str) -> Vec<(Format, String)> {
    let escaped = serde_json::to_string(cut).unwrap();
    let escaped = &escaped[1..escaped.len() - 1];
    let json = format!(
        "{{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"A\", \"States\": {{\"A\": {{\"Type\": \"Pass\", \"Output\": \"{{%{escaped}"
    );
    let head = "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    Output: ";
    let mut documents = vec![(Format::Json, json), (Format::Yaml, format!("{head}\"{{%{escaped}"))];
    // A block keeps no blanks at its ends, and takes the indentation of its first line.
    if cut.trim_end() == cut {
        documents.push((Format::Yaml, format!("{head}|-\n      {{%{}", cut.replace('\n', "\n      "))));
    }
    documents
}

/// The expressions of real definitions, each once.
fn expressions() -> Vec<String> {
    let Some(folder) = shared("corpus") else { return Vec::new() };
    let index = std::fs::read_to_string(folder.join("index.csv")).unwrap();
    let mut found = std::collections::BTreeSet::new();
    for row in csv(&index).into_iter().skip(1).filter(|row| !row[0].ends_with("ml")) {
        let Ok(text) = std::fs::read_to_string(folder.join(&row[0])) else { continue };
        let analysis = Analysis::new(Format::Json, Text::new(&text), Arc::default());
        let pieces = (0..=analysis.syntax.parts.len()).filter_map(|index| analysis.placed(index));
        found.extend(
            pieces
                .flat_map(|placed| placed.expressions())
                .filter(|view| view.expression.jsonata().is_some_and(|tree| tree.errors().is_empty()))
                .map(|view| view.code().to_owned())
                .filter(|code| code.len() < 600),
        );
    }
    found.into_iter().collect()
}
