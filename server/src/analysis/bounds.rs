//! Text that is made to be too much: every language refuses it within bounds, in JSON and in YAML.

use crate::fixture::analyse;
use crate::ide::{folding, hover, references, selection, tokens};

/// What a string is said to be in a document of each format: a finding of that rule, at that string.
fn check(field: &str, text: &str, rule: &str) {
    let quoted = serde_json::Value::from(text).to_string();
    let language = if field == "a" { "JSONata" } else { "JSONPath" };
    let json = format!(
        r#"{{"QueryLanguage": "{language}", "StartAt": "A", "States": {{"A": {{"Type": "Pass", "Parameters": {{"{field}": {quoted}}}, "End": true}}}}}}"#
    );
    let yaml = |value: &str| {
        format!(
            "QueryLanguage: {language}\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    Parameters:\n      {field}: {value}\n    End: true\n"
        )
    };
    for source in [json, yaml(&quoted), yaml(&format!("|-\n        {text}"))] {
        let source = if language == "JSONata" { source.replace("Parameters", "Output") } else { source };
        let shown: String = text.chars().take(30).collect();
        let analysis = analyse(&source);
        let findings = analysis.findings();
        let said: Vec<&str> = findings.iter().map(|it| it.rule.name).collect();
        // YAML with a thousand brackets in a line is refused before anybody knows what they are.
        let refused = findings.iter().any(|it| {
            it.rule.name == rule && it.pointer.ends_with(field)
                || it.rule.name == "json-syntax" && source.starts_with('Q')
        });
        assert!(refused, "{shown}: {:?}", &said[..said.len().min(5)]);
        assert!(findings.len() < 1_000, "{shown}: {} findings", findings.len());
        let middle = source.len() / 2;
        assert!(tokens::tokens(&analysis, 0..source.len()).len() <= source.len());
        folding::folds(&analysis, folding::Options::default());
        assert!(selection::selection(&analysis, middle).len() <= 200, "{shown}");
        hover::hover(&analysis, middle);
        references::references(&analysis, middle);
    }
}

#[test]
fn jsonata() {
    for piece in ["(", "[", "{'a':", "$f(", "a[", "-", "function($x){", "a ? ", "$x := ", "a.", "\"é\" & "] {
        check("a", &format!("{{% {} %}}", piece.repeat(10_000)), "jsonata-syntax");
    }
    let deep = format!("{{% {}1{} %}}", "(".repeat(10_000), ")".repeat(10_000));
    check("a", &deep, "jsonata-syntax");
    check("a", &format!("{{% '{}' %}}", "a".repeat(1 << 20)), "jsonata-syntax");
}

#[test]
fn paths() {
    check("a.$", &format!("${}", "[?(@.a".repeat(10_000)), "invalid-json-path");
    check("a.$", &format!("${}", "[?(((".repeat(10_000)), "invalid-json-path");
    check("a.$", &format!("$.{} b", "a".repeat(1 << 20)), "invalid-json-path");
    check("a.$", &format!("${}.", "..a".repeat(10_000)), "invalid-json-path");
}

#[test]
fn intrinsic_functions() {
    check("a.$", &"States.Array(".repeat(10_000), "intrinsic-syntax");
    check("a.$", &format!("States.Array({}", "'a',".repeat(10_000)), "intrinsic-syntax");
    check("a.$", &format!("States.Array('{}", "a".repeat(1 << 20)), "intrinsic-syntax");
}
