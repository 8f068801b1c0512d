//! How long parsing takes. Run with `cargo test --release -p asl-grammar -- --ignored --nocapture median`.

use std::hint::black_box;
use std::time::Instant;

use asl_grammar::{intrinsic, jsonata, path};

use crate::shared::{cases, corpus_expressions, strings_of_valid_documents};

fn report(name: &str, texts: &[String], parse: impl Fn(&str)) {
    let time = |text: &String| {
        // The best of several: the machine does other things too.
        let runs = (0..20).map(|_| {
            let started = Instant::now();
            parse(black_box(text));
            started.elapsed()
        });
        runs.min().unwrap_or_default()
    };
    let mut times: Vec<_> = texts.iter().map(time).collect();
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let bytes: usize = texts.iter().map(String::len).sum();
    eprintln!(
        "{name}: {} texts of {} bytes on average, median {:?}, 90 % {:?}, 99 % {:?}",
        texts.len(),
        bytes / texts.len().max(1),
        at(50),
        at(90),
        at(99)
    );
}

#[test]
#[ignore = "a measurement"]
fn median_time_of_an_expression() {
    let texts = |name: &str| -> Vec<String> {
        cases(name).iter().filter_map(|case| case["expr"].as_str().map(str::to_owned)).collect()
    };
    let strings = strings_of_valid_documents();
    let starting = |prefix: &str| -> Vec<String> {
        strings.iter().filter(|(_, text)| text.starts_with(prefix)).map(|(_, text)| text.clone()).collect()
    };
    let parse = |text: &str| {
        black_box(jsonata::parse(text));
    };
    report("JSONata of the corpus", &corpus_expressions(), parse);
    report("JSONata suite", &texts("expr_cases.json"), parse);
    report("JSONata mutants", &texts("expr_mutants.json"), parse);
    report("paths of the corpus", &starting("$"), |text| {
        black_box(path::parse(text));
    });
    report("intrinsics of the corpus", &starting("States."), |text| {
        black_box(intrinsic::parse(text));
    });
}
