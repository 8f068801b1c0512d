//! Verdict, code and position of JSONata 2.0.6, on its own suite and on mutations of it.

use asl_grammar::jsonata;
use serde_json::Value;

use crate::shared::cases;

type Answer = (Option<String>, Option<u64>);

fn ours(expression: &str) -> Answer {
    match jsonata::parse(expression).errors().first() {
        Some(error) => (Some(error.code.as_str().to_owned()), error.position.map(u64::from)),
        None => (None, None),
    }
}

fn reference(verdict: &Value) -> Answer {
    let code = verdict["code"].as_str().map(str::to_owned);
    (code, verdict["position"].as_u64())
}

fn disagreements(cases: &[Value], compare: impl Fn(&Answer, &Answer) -> bool) -> Vec<String> {
    let differ = |case: &Value| {
        let expression = case["expr"].as_str()?;
        let (ours, reference) = (ours(expression), reference(&case["v206"]));
        (!compare(&ours, &reference)).then(|| format!("{expression:?}: {ours:?}, reference {reference:?}"))
    };
    cases.iter().filter_map(differ).collect()
}

#[test]
fn suite_verdict_code_and_position() {
    let cases = cases("expr_cases.json");
    let wrong = disagreements(&cases, |ours, reference| ours == reference);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn mutants_code_and_position() {
    let cases = cases("expr_mutants.json");
    let codes = disagreements(&cases, |ours, reference| ours.0 == reference.0);
    let both = disagreements(&cases, |ours, reference| ours == reference);
    eprintln!("{} mutants: {} codes, {} codes or positions differ", cases.len(), codes.len(), both.len());
    assert!(codes.len() * 1000 <= cases.len(), "{}", codes.join("\n"));
    assert!(both.len() * 1000 <= cases.len(), "{}", both.join("\n"));
}
