//! Texts for tests, with marks: `<|>` is the cursor, a line of `^^^ message` points at the line above it.

use std::ops::Range;
use std::sync::Arc;

use asl_grammar::text::Text;

use crate::analysis::{Analysis, Format};

/// A text whose marks have been taken out.
pub struct Marked {
    pub text: String,
    /// What the `^^^` lines point at, with their messages.
    pub marks: Vec<(Range<usize>, String)>,
}

impl Marked {
    pub fn new(source: &str) -> Marked {
        let mut text = String::new();
        let mut marks = Vec::new();
        let mut line_start = 0;
        for line in source.split_inclusive('\n') {
            let trimmed = line.trim_start();
            if !trimmed.starts_with('^') {
                line_start = text.len();
                text.push_str(line);
                continue;
            }
            let column = line.chars().count() - trimmed.chars().count();
            let carets = trimmed.chars().take_while(|c| *c == '^').count();
            let byte = |column: usize| {
                let above = &text[line_start..];
                line_start
                    + above
                        .char_indices()
                        .nth(column)
                        .map_or(above.trim_end_matches('\n').len(), |(at, _)| at)
            };
            marks.push((byte(column)..byte(column + carets), trimmed[carets..].trim().to_owned()));
        }
        marks.sort_by_key(|(range, _)| range.start);
        Marked { text, marks }
    }

    /// Compares findings with the marks. A finding of no width is marked by one caret, one of several lines by its
    /// part on the first line.
    pub fn assert_findings(&self, what: &str, found: &[(Range<usize>, String)]) {
        let mut shown: Vec<_> = found
            .iter()
            .map(|(range, message)| {
                let line_end =
                    self.text[range.start..].find('\n').map_or(self.text.len(), |at| range.start + at);
                let end = range.end.min(line_end.max(range.start));
                (range.start..end, message.clone())
            })
            .collect();
        shown.sort_by_key(|(range, _)| range.start);
        let same = shown.len() == self.marks.len()
            && shown.iter().zip(&self.marks).all(|((range, message), (mark, expected))| {
                range.start == mark.start
                    && (range.end == mark.end || range.is_empty())
                    && message == expected
            });
        assert!(
            same,
            "{what}\n--- expected\n{}\n--- found\n{}",
            self.render(&self.marks),
            self.render(&shown)
        );
    }

    fn render(&self, marks: &[(Range<usize>, String)]) -> String {
        let mut out = String::new();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            out.push_str(line);
            let range = start..start + line.len();
            for (mark, message) in marks.iter().filter(|(mark, _)| range.contains(&mark.start)) {
                let column = self.text[start..mark.start].chars().count();
                let width = self.text[mark.clone()].chars().count().max(1);
                out += &format!("{}{} {message}\n", " ".repeat(column), "^".repeat(width));
            }
            start = range.end;
        }
        out
    }
}

/// Takes the cursor out of a text.
pub fn cursor(source: &str) -> (String, usize) {
    let offset = source.find("<|>").expect("the fixture marks the cursor with <|>");
    (source.replacen("<|>", "", 1), offset)
}

/// Analyses a text, as YAML when it does not begin like JSON.
pub fn analyse(source: &str) -> Analysis {
    let format = if source.trim_start().starts_with(['{', '[']) { Format::Json } else { Format::Yaml };
    Analysis::new(format, Text::new(source), Arc::default())
}

/// Analyses a text with a cursor in it.
pub fn at_cursor(source: &str) -> (Analysis, usize) {
    let (text, offset) = cursor(source);
    (analyse(&text), offset)
}
