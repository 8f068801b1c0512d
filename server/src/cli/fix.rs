//! Applies the safe fixes of a document, and only those that do it good.

use std::collections::HashSet;

use asl_grammar::text::{Edit, Text};
use asl_grammar::tree::SyntaxErrorKind;

use crate::analysis::Analysis;
use crate::check::{Finding, Fix, Level};

/// A fix may uncover the next; this many times we look again.
const ROUNDS: usize = 20;
/// Fixes that do harm are looked for one by one, but not forever.
const TRIES: usize = 200;

/// The mended document, and how many fixes it took. Only findings that are `wanted` are mended.
///
/// Each step must leave fewer findings than before, no further error and no new syntax error; a step that does not is
/// not taken. A text that still cannot be parsed in the end was perhaps meant to be something else, a template for one,
/// and stays as it was. So the result is the same document or a better one.
pub fn fix(analysis: Analysis, wanted: impl Fn(&Finding) -> bool) -> (Analysis, usize) {
    match mend(&analysis, wanted) {
        Some((mended, count)) if parses(&mended) => (mended, count),
        _ => (analysis, 0),
    }
}

fn parses(analysis: &Analysis) -> bool {
    analysis.syntax.errors().iter().all(|error| error.kind != SyntaxErrorKind::Malformed)
}

fn mend(original: &Analysis, wanted: impl Fn(&Finding) -> bool) -> Option<(Analysis, usize)> {
    let mut mended: Option<Analysis> = None;
    let mut count = 0;
    let mut tries = 0;
    let mut refused = HashSet::new();
    for _ in 0..ROUNDS {
        let current = mended.as_ref().unwrap_or(original);
        let chosen = choose(current, &wanted, &refused);
        if chosen.is_empty() {
            break;
        }
        if let Some(better) = attempt(current, chosen.iter().map(|(_, fix)| fix)) {
            count += chosen.len();
            mended = Some(better);
            continue;
        }
        // One of them does harm. From the back, so that the places of the others stay right.
        for (name, fix) in chosen.into_iter().rev() {
            tries += 1;
            if tries > TRIES {
                return mended.map(|mended| (mended, count));
            }
            match attempt(mended.as_ref().unwrap_or(original), std::iter::once(&fix)) {
                Some(better) => {
                    count += 1;
                    mended = Some(better);
                }
                None => {
                    refused.insert(name);
                }
            }
        }
    }
    mended.map(|mended| (mended, count))
}

/// By which a fix is recognised in the next round.
type Name = (&'static str, String, String);

/// The first safe fix of each finding, as far as they do not touch one another.
fn choose(
    analysis: &Analysis,
    wanted: &impl Fn(&Finding) -> bool,
    refused: &HashSet<Name>,
) -> Vec<(Name, Fix)> {
    let mut fixes: Vec<(Name, Fix)> = Vec::new();
    for finding in analysis.findings().iter().filter(|it| wanted(it)) {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.safe && !fix.edits.is_empty()) else { continue };
        let name = (finding.rule.name, finding.pointer.clone(), fix.title.clone());
        if !refused.contains(&name) {
            fixes.push((name, fix.clone()));
        }
    }
    let span = |fix: &Fix| {
        let start = fix.edits.iter().map(|edit| edit.range.start).min().unwrap_or(0);
        start..fix.edits.iter().map(|edit| edit.range.end).max().unwrap_or(start)
    };
    fixes.sort_by_key(|(_, fix)| (span(fix).start, span(fix).end));
    let mut last = None;
    fixes.retain(|(_, fix)| {
        let span = span(fix);
        let free = last.is_none_or(|last| last < span.start);
        if free {
            last = Some(span.end);
        }
        free
    });
    fixes
}

/// The document with these fixes, if it is a better one.
fn attempt<'f>(analysis: &Analysis, fixes: impl Iterator<Item = &'f Fix>) -> Option<Analysis> {
    let text = apply(&analysis.text.to_string(), fixes.flat_map(|fix| &fix.edits))?;
    let mended = Analysis::new(analysis.syntax.format, Text::new(&text), analysis.config().clone());
    let errors = |it: &Analysis| it.findings().iter().filter(|it| it.level == Level::Error).count();
    let malformed = |it: &Analysis| it.syntax.errors().len();
    let better = mended.findings().len() < analysis.findings().len()
        && errors(&mended) <= errors(analysis)
        && malformed(&mended) <= malformed(analysis);
    better.then_some(mended)
}

/// The text with these edits. None when they do not fit it or one another.
fn apply<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> Option<String> {
    let mut edits: Vec<&Edit> = edits.collect();
    edits.sort_by_key(|edit| edit.range.start);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(text.get(done..edit.range.start)?);
        out.push_str(&edit.text);
        text.get(edit.range.clone())?;
        done = edit.range.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Format;

    fn fixed(text: &str) -> (String, usize) {
        let (analysis, count) =
            fix(Analysis::new(Format::Json, Text::new(text), Default::default()), |_| true);
        (analysis.text.to_string(), count)
    }

    #[test]
    fn mends_what_can_be_mended() {
        let (text, count) = fixed(
            r#"{ "StartAt": "One", "States": {
  "One": { "Type": "Pass", "Next": "Tow" },
  "Two": { "Type": "Wait", "Seconds": "5", "End": "true" }
} }"#,
        );
        assert_eq!(count, 3, "{text}");
        assert!(text.contains(r#""Next": "Two""#) && text.contains(r#""Seconds": 5, "End": true"#), "{text}");
    }

    #[test]
    fn leaves_alone_what_is_fine_or_beyond_help() {
        for text in [
            "{}",
            "[]",
            "{% for a in b %} { \"a\" 1 }, {% endfor %}",
            "{ \"StartAt\": \"A\", \"States\": { \"A\": { \"Type\": \"Succeed\" } } }",
        ] {
            let (same, count) = fixed(text);
            assert_eq!((same.as_str(), count), (text, 0));
        }
    }

    #[test]
    fn edits_that_overlap_are_refused() {
        let edit = |range, text: &str| Edit { range, text: text.to_owned() };
        assert_eq!(apply("abcd", [&edit(1..1, "X"), &edit(1..2, "Y")].into_iter()), Some("aXYcd".to_owned()));
        assert_eq!(apply("abcd", [&edit(0..3, ""), &edit(1..2, "")].into_iter()), None);
        assert_eq!(apply("é", [&edit(1..1, "x")].into_iter()), None, "inside a character");
        assert_eq!(apply("a", [&edit(5..6, "x")].into_iter()), None);
    }
}
