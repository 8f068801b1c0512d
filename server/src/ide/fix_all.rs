//! Applies the safe fixes of a document, and only those that do it good.

mod patch;

use std::collections::HashSet;

use asl_grammar::text::{Edit, Text};
use asl_grammar::tree::SyntaxErrorKind;

use self::patch::Patch;
use crate::analysis::Analysis;
use crate::check::{Finding, Fix, Level};

/// A fix may uncover the next; this many times we look again.
const ROUNDS: usize = 20;
/// Fixes that do harm are looked for one by one, but not forever.
const TRIES: usize = 200;

/// What became of a document.
pub struct Mended {
    pub analysis: Analysis,
    /// How many fixes it took.
    pub count: usize,
    /// The way there, from the document as it was: sorted, and no larger than they have to be.
    pub edits: Vec<Edit>,
}

/// The mended document. None when there is nothing to mend. Only findings that are `wanted` are mended.
///
/// Each step must leave fewer findings than before, or as many with fewer errors among them, no further error and no
/// new syntax error; a step that does not is not taken. What mends the text itself may bring to light what could not be read before, but in the end the same
/// holds of the whole. A text that still cannot be parsed then was perhaps meant to be something else, a template for
/// one, and stays as it was. So the result is a better document.
pub fn fix_all(original: &Analysis, wanted: impl Fn(&Finding) -> bool) -> Option<Mended> {
    let mut mended: Option<Analysis> = None;
    let mut patch = Patch::new(original.text.len());
    let mut count = 0;
    let mut tries = 0;
    let mut refused = HashSet::new();
    'rounds: for _ in 0..ROUNDS {
        let current = mended.as_ref().unwrap_or(original);
        let chosen = choose(current, &wanted, &refused);
        if chosen.is_empty() {
            break;
        }
        let edits = in_order(chosen.iter().map(|(_, fix)| fix));
        if let Some(better) = attempt(current, &edits) {
            count += chosen.len();
            patch.apply(&edits);
            mended = Some(better);
            continue;
        }
        // One of them does harm. From the back, so that the places of the others stay right.
        for (name, fix) in chosen.into_iter().rev() {
            tries += 1;
            if tries > TRIES {
                break 'rounds;
            }
            let edits = in_order([&fix]);
            match attempt(mended.as_ref().unwrap_or(original), &edits) {
                Some(better) => {
                    count += 1;
                    patch.apply(&edits);
                    mended = Some(better);
                }
                None => {
                    refused.insert(name);
                }
            }
        }
    }
    let analysis = mended.filter(|mended| parses(mended) && is_better(mended, original))?;
    Some(Mended { analysis, count, edits: patch.edits() })
}

/// Comments and placeholders are for others to take out.
fn parses(analysis: &Analysis) -> bool {
    let harmless = [SyntaxErrorKind::Comment, SyntaxErrorKind::UnquotedPlaceholder];
    analysis.syntax.errors().iter().all(|error| harmless.contains(&error.kind))
}

fn is_better(mended: &Analysis, before: &Analysis) -> bool {
    let errors = |it: &Analysis| it.findings().iter().filter(|it| it.level == Level::Error).count();
    let (left, had) = (mended.findings().len(), before.findings().len());
    let (grave, graver) = (errors(mended), errors(before));
    left <= had && grave <= graver && (left, grave) != (had, graver)
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

/// The edits of some fixes, by their places.
fn in_order<'f>(fixes: impl IntoIterator<Item = &'f Fix>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = fixes.into_iter().flat_map(|fix| fix.edits.iter().cloned()).collect();
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// The document with these edits, if it is a better one.
fn attempt(analysis: &Analysis, edits: &[Edit]) -> Option<Analysis> {
    let text = apply(&analysis.text.to_string(), edits)?;
    let mended = Analysis::new(analysis.syntax.format, Text::new(&text), analysis.config().clone());
    let (left, broken) = (mended.syntax.errors().len(), analysis.syntax.errors().len());
    (left < broken || left == broken && is_better(&mended, analysis)).then_some(mended)
}

/// The text with these edits. None when they do not fit it or one another.
fn apply(text: &str, edits: &[Edit]) -> Option<String> {
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
        let analysis = Analysis::new(Format::Json, Text::new(text), Default::default());
        match fix_all(&analysis, |_| true) {
            None => (text.to_owned(), 0),
            Some(mended) => {
                let fixed = mended.analysis.text.to_string();
                assert_eq!(apply(text, &mended.edits), Some(fixed.clone()), "the edits lead there");
                (fixed, mended.count)
            }
        }
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
    fn an_error_may_become_a_hint() {
        let (text, count) = fixed(
            r#"{ "StartAt": "Pick", "States": {
  "Pick": { "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "one" }], "Default": "One" },
  "One": { "Type": "Succeed" }
} }"#,
        );
        assert_eq!(
            (count, text.contains(r#""Next": "One""#)),
            (1, true),
            "both ways now lead to one state: {text}"
        );
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
        assert_eq!(apply("abcd", &[edit(1..1, "X"), edit(1..2, "Y")]), Some("aXYcd".to_owned()));
        assert_eq!(apply("abcd", &[edit(0..3, ""), edit(1..2, "")]), None);
        assert_eq!(apply("é", &[edit(1..1, "x")]), None, "inside a character");
        assert_eq!(apply("a", &[edit(5..6, "x")]), None);
    }
}
