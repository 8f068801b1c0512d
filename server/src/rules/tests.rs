//! Runs the examples that stand in the pages of the rules, and keeps the list and the reference honest.

use std::sync::Arc;

use asl_grammar::text::Text;

use super::{ALL, Rule};
use crate::analysis::{Analysis, Format};
use crate::check::Finding;
use crate::config::Config;
use crate::fixture::Marked;

/// A fenced block of a rule's page.
struct Example {
    kind: String,
    text: String,
}

fn examples(rule: &Rule) -> Vec<Example> {
    let mut found = Vec::new();
    let mut open: Option<Example> = None;
    for line in rule.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) if info.starts_with("asl") => {
                open = Some(Example { kind: info[3..].trim().to_owned(), text: String::new() });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(example), None) => {
                example.text.push_str(line);
                example.text.push('\n');
            }
            (None, _) => {}
        }
    }
    found
}

/// What this one rule says about a text, the rule switched on.
fn run(rule: &Rule, text: &str, kind: &str) -> Vec<Finding> {
    let mut config = Config::default();
    config.rules.insert(rule.name, Some(rule.level));
    if kind.contains("express") {
        config.machine_type = crate::config::MachineType::Express;
    }
    let format = if kind.contains("yaml") { Format::Yaml } else { Format::Json };
    let analysis = Analysis::new(format, Text::new(text), Arc::new(config));
    let found = analysis.findings().iter().filter(|finding| finding.rule.name == rule.name);
    let found: Vec<Finding> = found.cloned().collect();
    let fixes = found.iter().any(|finding| !finding.fixes.is_empty());
    assert!(rule.fixable || !fixes, "{} has a fix and does not say so", rule.name);
    found
}

pub(super) fn check_examples(rule: &'static Rule) {
    let examples = examples(rule);
    let mut failing: Option<Marked> = None;
    let (mut fails, mut passes) = (0, 0);
    for example in &examples {
        match example.kind.split(' ').next() {
            Some("fails") => {
                fails += 1;
                if example.kind.contains("nested") {
                    assert_eq!(run(rule, &nested(&example.text, 21), "").len(), 1);
                    assert_eq!(run(rule, &nested(&example.text, 20), "").len(), 0);
                    continue;
                }
                let mut marked = Marked::new(&example.text);
                if example.kind.contains("large") {
                    marked.text += &" ".repeat(1_100_000 - marked.text.len());
                }
                let found = run(rule, &marked.text, &example.kind);
                let said: Vec<_> = found.iter().map(|it| (it.range.clone(), it.message.clone())).collect();
                marked.assert_findings(rule.name, &said);
                failing = Some(marked);
            }
            Some("passes") => {
                let found = run(rule, &example.text, &example.kind);
                assert!(found.is_empty(), "{}: the good example is flagged: {found:#?}", rule.name);
                passes += 1;
            }
            Some("fixed") => {
                let broken = failing.as_ref().expect("an example that fails stands before the fixed one");
                // `fixed 2` shows the second fix.
                let which = example.kind.split(' ').find_map(|word| word.parse().ok()).unwrap_or(1);
                let fixed = fix_all(rule, &broken.text, &example.kind, which);
                assert_eq!(fixed, example.text, "{}: after its fix", rule.name);
                let left = run(rule, &fixed, &example.kind);
                assert!(left.is_empty(), "{}: the fix leaves {left:#?}", rule.name);
            }
            other => panic!("{}: what is an example that {other:?}?", rule.name),
        }
    }
    assert!(fails > 0, "{} has no failing example", rule.name);
    assert!(
        passes > 0 || examples.iter().any(|it| it.kind.starts_with("fixed")),
        "{} has no good example",
        rule.name
    );
    let fixed = examples.iter().any(|it| it.kind.starts_with("fixed"));
    assert_eq!(rule.fixable, fixed, "{}: a rule is fixable when an example shows its fix", rule.name);
    assert!(rule.title() != rule.name, "{} has no heading", rule.name);
}

fn fix_all(rule: &Rule, text: &str, kind: &str, which: usize) -> String {
    let mut edits: Vec<_> = run(rule, text, kind)
        .into_iter()
        .filter_map(|it| it.fixes.into_iter().nth(which - 1))
        .flat_map(|fix| fix.edits)
        .collect();
    edits.sort_by_key(|edit| edit.range.start);
    let mut text = text.to_owned();
    for edit in edits.into_iter().rev() {
        text.replace_range(edit.range, &edit.text);
    }
    text
}

/// Puts a machine into that many Parallel states.
fn nested(machine: &str, levels: usize) -> String {
    (0..levels).fold(machine.to_owned(), |inner, level| {
        format!(
            r#"{{"StartAt": "P{level}", "States": {{"P{level}": {{"Type": "Parallel", "Branches": [{inner}], "End": true}}}}}}"#
        )
    })
}

#[test]
fn codes_are_unique_words() {
    for (index, rule) in ALL.iter().enumerate() {
        assert!(rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.name);
        assert!(ALL[index + 1..].iter().all(|other| other.name != rule.name), "{} stands twice", rule.name);
    }
}

/// The reference is made from the rules. This test rewrites it, and fails when it was stale.
#[test]
fn the_reference_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
    let fresh = crate::rules::reference();
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    if stored != fresh {
        std::fs::write(path, fresh).unwrap();
        panic!("docs/rules.md was stale and has been written anew; commit it");
    }
}
