//! Whatever is accepted leaves the document as sound as it was: at places all over real definitions, whole and broken.

use std::path::Path;
use std::sync::Arc;

use asl_grammar::span::Span;
use asl_grammar::text::{Edit, Text};
use asl_lsp::analysis::{Analysis, Format};
use asl_lsp::ide::completion::{Completion, complete, plain_text};
use asl_lsp::ide::expression;
use asl_lsp::ide::hover::hover;

use crate::shared::{csv, shared};

/// Places in all, and items at each of them.
const PLACES: usize = 2000;
const ITEMS: usize = 10;

#[test]
fn accepting_leaves_the_text_sound() {
    let Some(folder) = shared("corpus") else { return };
    let index = std::fs::read_to_string(folder.join("index.csv")).unwrap();
    let mut random = Random(88_172_645_463_325_252);
    let documents: Vec<(String, String)> = csv(&index)
        .into_iter()
        .skip(1)
        .filter_map(|row| Some((row[0].clone(), std::fs::read_to_string(folder.join(&row[0])).ok()?)))
        .filter(|(path, text)| {
            text.len() <= 100_000 && {
                let analysis = analyse(path, text);
                analysis.syntax.errors().is_empty() && analysis.looks_like_machine()
            }
        })
        .collect();
    let each = PLACES.div_ceil(documents.len().max(1));
    let (mut places, mut offering, mut applied, mut bad) = (0, 0, 0, Vec::new());
    for (path, whole) in &documents {
        for turn in 0..each {
            let (text, offset) = place(whole, turn, &mut random);
            let analysis = analyse(path, &text);
            let before = analysis.syntax.errors().len();
            hover(&analysis, offset);
            let found = complete(&analysis, offset);
            places += 1;
            offering += usize::from(!found.items.is_empty());
            assert!(!found.incomplete || found.items.len() < 200);
            for item in found.items.iter().take(ITEMS) {
                applied += 1;
                let sound = accept(&text, item)
                    .is_some_and(|after| analyse(path, &after).syntax.errors().len() <= before);
                if !sound {
                    bad.push(format!("{path}:{offset} turn {turn} {}", item.label));
                }
            }
        }
    }
    println!("{applied} items accepted at {places} places ({offering} with items), {} badly", bad.len());
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// Whatever is accepted inside an expression, in whole text and in text that is cut off at the cursor, makes no new
/// mistake in it.
#[test]
fn accepting_leaves_expressions_sound() {
    let Some(folder) = shared("corpus") else { return };
    let index = std::fs::read_to_string(folder.join("index.csv")).unwrap();
    let mut random = Random(88_172_645_463_325_252);
    let (mut places, mut applied, mut bad) = (0, 0, Vec::new());
    for row in csv(&index).into_iter().skip(1) {
        let Ok(text) = std::fs::read_to_string(folder.join(&row[0])) else { continue };
        if text.len() > 30_000 || random.below(3) > 0 {
            continue;
        }
        let analysis = analyse(&row[0], &text);
        for (cursor, end) in words(&analysis, &mut random) {
            let cut = format!("{}{}", &text[..cursor], &text[end..]);
            for text in [text.clone(), cut] {
                let analysis = analyse(&row[0], &text);
                let Some(before) = mistakes(&analysis, cursor) else { continue };
                let found = complete(&analysis, cursor);
                places += 1;
                for _ in 0..ITEMS.min(found.items.len()) {
                    let item = &found.items[random.below(found.items.len())];
                    // A path that is only begun: `$.`.
                    if item.label.ends_with('.') {
                        continue;
                    }
                    for inserted in
                        [Some(item.text.clone()), item.snippet.as_deref().map(filled)].into_iter().flatten()
                    {
                        // Without its arguments, an intrinsic function is there for a client that has no snippets.
                        if item.label.starts_with("States.")
                            && !inserted.contains('(')
                            && item.snippet.is_some()
                        {
                            continue;
                        }
                        applied += 1;
                        let after = accept_as(&text, item, &inserted).map(|after| analyse(&row[0], &after));
                        if after
                            .and_then(|after| mistakes(&after, item.range.start))
                            .is_none_or(|it| it > before)
                        {
                            let line = text[..cursor].rsplit('\n').next().unwrap_or_default();
                            bad.push(format!("{}:{cursor} {line} <- {inserted}", row[0]));
                        }
                    }
                }
            }
        }
    }
    println!("{applied} items accepted at {places} places, {} of them badly", bad.len());
    assert!(bad.is_empty(), "{}", bad[..bad.len().min(50)].join("\n"));
}

/// Some offsets behind or in words of the expressions, with the end of the expression's text.
fn words(analysis: &Analysis, random: &mut Random) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let pieces = (0..=analysis.syntax.parts.len()).filter_map(|index| analysis.placed(index));
    for view in pieces.flat_map(|placed| placed.expressions()).filter(|view| view.expression.is_live()) {
        let code = view.code();
        let starts: Vec<usize> = code.match_indices(['$', '.']).map(|(at, _)| at + 1).collect();
        let Some(&at) = starts.get(random.below(starts.len())) else { continue };
        let word = code[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(code.len() - at);
        let inner = at + random.below(word + 1);
        if code.is_char_boundary(inner) {
            let span = Span::new(inner as u32, code.len() as u32);
            let range = view.range(span);
            found.push((range.start, range.end.max(range.start)));
        }
    }
    let step = found.len() / PLACES + 1;
    found.into_iter().step_by(step).collect()
}

/// The syntax errors of the expression at an offset.
fn mistakes(analysis: &Analysis, offset: usize) -> Option<usize> {
    let inside = expression::at(analysis, offset)?;
    let jsonata = inside.jsonata().map(|tree| tree.errors().len());
    let call = inside.intrinsic().map(|tree| tree.errors().len());
    jsonata.or(call).or(inside.path().map(|path| path.errors.len()))
}

/// A snippet with its proposals, without its marks.
fn filled(snippet: &str) -> String {
    let mut out = String::new();
    let mut rest = snippet.chars().peekable();
    while let Some(next) = rest.next() {
        match next {
            '\\' if rest.peek().is_some_and(|next| "\\$}".contains(*next)) => out.extend(rest.next()),
            '$' if rest.next_if_eq(&'{').is_some() => while rest.next().is_some_and(|next| next != ':') {},
            '$' if rest.peek().is_some_and(char::is_ascii_digit) => {
                rest.next();
            }
            '}' => {}
            next => out.push(next),
        }
    }
    out
}

fn analyse(path: &str, text: &str) -> Analysis {
    let extension = Path::new(path).extension().and_then(|it| it.to_str());
    let format = if matches!(extension, Some("yaml" | "yml")) { Format::Yaml } else { Format::Json };
    Analysis::new(format, Text::new(text), Arc::default())
}

/// A place in a document: somewhere, in a word that something is known of, or where a line has just been begun.
fn place(whole: &str, turn: usize, random: &mut Random) -> (String, usize) {
    let words = ["Resource", "Parameters", "Arguments", "Next", "ErrorEquals", "Type", "States", "Choices"];
    let mut offset = random.below(whole.len());
    if turn % 3 == 1 {
        let word = words[random.below(words.len())];
        let found: Vec<usize> = whole.match_indices(word).map(|(at, _)| at).collect();
        if !found.is_empty() {
            offset = found[random.below(found.len())] + random.below(80);
        }
    }
    offset = boundary(whole, offset);
    if turn % 3 < 2 {
        return (whole.to_owned(), offset);
    }
    // A new line, indented like the one above it, with nothing or with a letter.
    let line_start = whole[..offset].rfind('\n').map_or(0, |at| at + 1);
    let line_end = whole[offset..].find('\n').map_or(whole.len(), |at| offset + at);
    let line = &whole[line_start..line_end];
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let begun = ["", "\"", "N", "\"T"][random.below(4)];
    let text = format!("{}\n{indent}{begun}{}", &whole[..line_end], &whole[line_end..]);
    (text, line_end + 1 + indent.len() + begun.len())
}

fn boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0)
}

fn accept(text: &str, item: &Completion) -> Option<String> {
    if let Some(whole) = &item.whole {
        let mut after = text.to_owned();
        after.replace_range(item.range.start..whole.end, &plain_text(&whole.snippet));
        let before = item.more.iter().filter(|it| it.range.end <= item.range.start);
        before.for_each(|it| after.replace_range(it.range.clone(), &it.text));
        return Some(after);
    }
    let inserted = item.snippet.as_deref().map_or(item.text.clone(), plain_text);
    accept_as(text, item, &inserted)
}

fn accept_as(text: &str, item: &Completion, inserted: &str) -> Option<String> {
    let mut edits = item.more.clone();
    edits.push(Edit { range: item.range.clone(), text: inserted.to_owned() });
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
