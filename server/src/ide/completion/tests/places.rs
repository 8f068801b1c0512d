//! A table of places: what must be offered at each of them, and what must not.
//!
//! Each file of the folder holds documents. Behind a line `== title` comes a document with places `«1»`, `«2»`, …, then
//! for each place a line `«1» + offered, - not offered`, or `«1» nothing`, or `«1» = all that is offered`. Labels stand
//! between commas. Whatever is offered can be accepted: the text has no syntax error then that it did not have before.

use super::{applied, complete};
use crate::analysis::Analysis;
use crate::fixture::analyse;

/// So many items are tried at each place.
const TRIED: usize = 12;

const FILES: [(&str, &str); 8] = [
    ("fields", include_str!("places/fields.txt")),
    ("states", include_str!("places/states.txt")),
    ("errors", include_str!("places/errors.txt")),
    ("choice", include_str!("places/choice.txt")),
    ("map", include_str!("places/map.txt")),
    ("calls", include_str!("places/calls.txt")),
    ("texts", include_str!("places/texts.txt")),
    ("broken", include_str!("places/broken.txt")),
];

#[test]
#[allow(clippy::print_stdout)]
fn every_place_offers_what_it_should() {
    let mut complaints = Vec::new();
    let mut count = 0;
    for (file, source) in FILES {
        let before = count;
        for case in source.split("\n== ").skip(1) {
            let (title, body) = case.split_once('\n').expect("a title, then a document");
            let at = body.find("\n«").filter(|at| is_expectation(&body[at + 1..]));
            let at = at.or_else(|| find_expectations(body)).expect("expectations below the document");
            let (document, expectations) = body.split_at(at + 1);
            for line in expectations.lines().filter(|it| it.starts_with('«')) {
                count += 1;
                let (mark, wanted) = line.split_at(line.find('»').unwrap() + "»".len());
                if let Err(complaint) = check(document, mark, wanted.trim()) {
                    complaints.push(format!("{file}: {title}: {line}\n    {complaint}"));
                }
            }
        }
        println!("{file}: {} places", count - before);
    }
    println!("{count} places");
    assert!(complaints.is_empty(), "{}\n{} of {count}", complaints.join("\n"), complaints.len());
}

/// `«1» + …`: a place of a document has something else behind it.
fn is_expectation(line: &str) -> bool {
    let rest = line.split_once('»').map_or("", |(_, rest)| rest);
    [" + ", " - ", " = ", " nothing"].iter().any(|it| rest.starts_with(it))
}

fn find_expectations(body: &str) -> Option<usize> {
    let starts = body.match_indices("\n«").map(|(at, _)| at);
    starts.into_iter().find(|at| is_expectation(&body[at + 1..]))
}

fn check(document: &str, mark: &str, wanted: &str) -> Result<(), String> {
    let offset = without_places(document.split(mark).next().unwrap_or_default()).len();
    if !document.contains(mark) {
        return Err("no such place".into());
    }
    let analysis = analyse(&without_places(document));
    let items = complete(&analysis, offset).items;
    let labels: Vec<&str> = items.iter().map(|it| it.label.as_str()).collect();
    if let Some(all) = wanted.strip_prefix("= ") {
        let all: Vec<&str> = all.split(',').map(str::trim).collect();
        if all != labels {
            return Err(format!("offered: {labels:?}"));
        }
    } else if wanted == "nothing" {
        if !labels.is_empty() {
            return Err(format!("offered: {labels:?}"));
        }
    } else {
        for label in wanted.split(", ").map(str::trim) {
            let (sign, label) = label.split_at(2);
            if (sign == "+ ") != labels.contains(&label) {
                return Err(format!("{sign}{label}: offered: {labels:?}"));
            }
        }
    }
    sound(&analysis, &items, offset)
}

/// Accepting leaves the text sound.
fn sound(analysis: &Analysis, items: &[super::Completion], offset: usize) -> Result<(), String> {
    let text = analysis.text.to_string();
    let before = analysis.syntax.errors().len();
    let step = items.len() / TRIED + 1;
    for item in items.iter().step_by(step) {
        if item.range.end != offset || item.range.start > offset {
            return Err(format!("{} does not end at the cursor", item.label));
        }
        let after = applied(&text, item);
        let format = analysis.syntax.format;
        let again = Analysis::new(format, asl_grammar::text::Text::new(&after), analysis.config().clone());
        if again.syntax.errors().len() > before {
            return Err(format!("{} breaks the text:\n{after}\n{:?}", item.label, again.syntax.errors()));
        }
    }
    Ok(())
}

fn without_places(document: &str) -> String {
    let mut text = String::new();
    let mut rest = document;
    while let Some((before, after)) = rest.split_once('«') {
        text.push_str(before);
        rest = after.split_once('»').map_or("", |(_, rest)| rest);
    }
    text + rest
}
