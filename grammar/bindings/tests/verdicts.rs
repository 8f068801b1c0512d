//! JSONata against the verdicts of its reference implementation.
//!
//! A grammar gives the context-free verdict. Out of its reach are the errors that the reference finds after parsing or
//! by looking at a value, listed in `BEYOND`: such a text counts as well-formed here, and the server reports it.
//! The version is 2.2, because the grammar knows `??` and `?:` on purpose.

use asl_grammar_editors::{JSONATA, JSONATA_JSON};
use serde_json::Value;

use crate::support::{Reader, read, shape, shared};

const BEYOND: [&str; 8] = [
    "S0102", // a number too large for a double
    "S0209", // a filter behind a group-by
    "S0210", // two group-bys
    "S0213", // a literal as a step of a path
    "S0215", // `@` behind a filter
    "S0216", // `@` behind an order-by
    "S0217", // a `%` with nothing to climb from
    "S0401", // a signature whose types do not fit
];

#[test]
fn the_suite_of_the_reference() {
    let Some(tally) = tally("expr/expr_cases.json") else { return };
    assert_eq!(tally.valid_accepted, tally.valid, "every valid text is accepted");
    assert_eq!(tally.agreed, tally.all, "and every verdict is right");
    assert_eq!(tally.unequal, 0, "and the escaped spelling gives the same tree");
}

#[test]
fn mutants_of_the_suite() {
    let Some(tally) = tally("expr/expr_mutants.json") else { return };
    assert!(tally.agreed * 1000 >= tally.all * 994, "at least 99.4 %: {} of {}", tally.agreed, tally.all);
    assert_eq!(tally.valid_accepted, tally.valid, "every valid text is accepted");
    assert_eq!(tally.unequal, 0, "the escaped spelling gives the same verdict and tree");
}

#[derive(Default)]
struct Tally {
    all: usize,
    agreed: usize,
    valid: usize,
    valid_accepted: usize,
    unequal: usize,
}

fn tally(file: &str) -> Option<Tally> {
    let json: Value = serde_json::from_str(&read(&shared(file)?)).expect("the shared data is JSON");
    let (mut plain, mut escaped) = (Reader::new(JSONATA), Reader::new(JSONATA_JSON));
    let mut tally = Tally::default();
    for case in json["cases"].as_array().expect("a list of cases") {
        let text = case["expr"].as_str().expect("a text");
        let verdict = &case["v222"];
        let valid = verdict["valid"] == true;
        let expected = valid || verdict["code"].as_str().is_some_and(|it| BEYOND.contains(&it));
        let tree = plain.accept(text);
        tally.all += 1;
        tally.valid += usize::from(valid);
        tally.valid_accepted += usize::from(valid && tree.is_some());
        if tree.is_some() == expected {
            tally.agreed += 1;
        } else {
            println!("{} {}: {text:?}", if expected { "refused" } else { "accepted" }, verdict["code"]);
        }

        // The same text as it would stand in a JSON document.
        let source = serde_json::to_string(&format!("{{%{text}%}}")).expect("strings are JSON");
        let embedded = escaped.accept(&source);
        if tree.as_ref().map(shape) != embedded.as_ref().map(shape) {
            tally.unequal += 1;
            println!("differs when escaped: {source}");
        }
    }
    println!(
        "{file}: {} of {} valid texts accepted, {} of {} verdicts right ({:.2} %), {} differ when escaped",
        tally.valid_accepted,
        tally.valid,
        tally.agreed,
        tally.all,
        100.0 * tally.agreed as f64 / tally.all as f64,
        tally.unequal,
    );
    Some(tally)
}
