//! Whatever is accepted leaves the document as sound as it was: at places in and around the calls of real definitions.

use std::path::Path;
use std::sync::Arc;

use asl_grammar::text::{Edit, Text};
use asl_lsp::analysis::{Analysis, Format};
use asl_lsp::ide::completion::{Completion, complete};
use asl_lsp::ide::hover::hover;

use crate::shared::{csv, shared};

/// Places in a document, and items at each of them.
const PLACES: usize = 12;
const ITEMS: usize = 8;

#[test]
fn accepting_leaves_the_text_sound() {
    let Some(folder) = shared("corpus") else { return };
    let index = std::fs::read_to_string(folder.join("index.csv")).unwrap();
    let mut random = Random(88_172_645_463_325_252);
    let (mut places, mut applied, mut bad) = (0, 0, Vec::new());
    for row in csv(&index).into_iter().skip(1) {
        let Ok(text) = std::fs::read_to_string(folder.join(&row[0])) else { continue };
        let analysis = analyse(&row[0], &text);
        let before = analysis.syntax.errors().len();
        if text.len() > 100_000 || before > 0 || !analysis.looks_like_machine() {
            continue;
        }
        for offset in calls(&text, &mut random) {
            hover(&analysis, offset);
            let found = complete(&analysis, offset);
            places += 1;
            assert!(!found.incomplete || found.items.len() < 200);
            for _ in 0..ITEMS.min(found.items.len()) {
                let item = &found.items[random.below(found.items.len())];
                applied += 1;
                let sound = accept(&text, item)
                    .is_some_and(|after| analyse(&row[0], &after).syntax.errors().len() <= before);
                if !sound {
                    bad.push(format!("{}:{offset} {}", row[0], item.label));
                }
            }
        }
    }
    println!("{applied} items accepted at {places} places, {} of them badly", bad.len());
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

fn analyse(path: &str, text: &str) -> Analysis {
    let extension = Path::new(path).extension().and_then(|it| it.to_str());
    let format = if matches!(extension, Some("yaml" | "yml")) { Format::Yaml } else { Format::Json };
    Analysis::new(format, Text::new(text), Arc::default())
}

/// Some offsets on the lines of Resources, and in what follows `Parameters` and `Arguments`.
fn calls(text: &str, random: &mut Random) -> Vec<usize> {
    let mut found = Vec::new();
    for (word, reach) in [("Resource", 80), ("Parameters", 300), ("Arguments", 300)] {
        for (at, _) in text.match_indices(word) {
            let mut offset = (at + random.below(reach)).min(text.len());
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            found.push(offset);
        }
    }
    let step = found.len() / PLACES + 1;
    found.into_iter().step_by(step).collect()
}

fn accept(text: &str, item: &Completion) -> Option<String> {
    let mut edits = item.more.clone();
    edits.push(Edit { range: item.range.clone(), text: item.text.clone() });
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    if edits.windows(2).any(|pair| pair[0].range.end > pair[1].range.start) {
        return None;
    }
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.range.clone(), &edit.text);
    }
    Some(text)
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }
}
