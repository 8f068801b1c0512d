//! Tells where the states of a document are from its indentation alone, so that each can be read by itself.
//!
//! Only documents laid out as people lay them out have an outline: block mappings down to the states. What stands in a
//! state is not looked into. Where a state reaches further than its indentation says (a bracket or a quote that is closed
//! below), it is broken when it is read by itself; then the text has to be read as a whole.

use std::ops::Range;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outline {
    /// What stands before the states, and what behind them.
    pub frame: [Range<usize>; 2],
    /// From the key of one to the line with the next.
    pub states: Vec<Range<usize>>,
}

struct Line<'t> {
    start: usize,
    /// Where the next line starts.
    next: usize,
    column: usize,
    content: &'t str,
}

impl Line<'_> {
    fn is_states(&self) -> bool {
        let rest = self.content.strip_prefix("States:");
        rest.is_some_and(|rest| {
            rest.trim_start().is_empty() || rest.trim_start().starts_with('#') && rest.starts_with(' ')
        })
    }

    /// Other first characters begin something else, or what only a parser can tell.
    fn begins_member(&self) -> bool {
        self.content.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '_' | '$' | '('))
    }

    /// An item of a list may stand at the column of the key that holds the list.
    fn continues(&self) -> bool {
        self.content.starts_with("- ") || self.content == "-"
    }
}

/// The lines on which something stands. What looks like a comment may be one of a block of text, which is as good: it
/// stands deeper than a key.
fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut next = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = next;
        next += line.len();
        let content = line.trim_start_matches(' ');
        let column = line.len() - content.len();
        let content = content.trim_end();
        (!content.is_empty() && !content.starts_with('#')).then_some(Line { start, next, column, content })
    })
}

/// None when indentation alone does not tell.
pub(crate) fn outline(text: &str) -> Option<Outline> {
    let mut begun = false;
    let mut region: Option<Range<usize>> = None;
    let mut inside = false;
    let mut column = 0;
    let mut starts = Vec::new();
    for line in lines(text) {
        if line.column == 0 {
            if line.content == "---" && !begun {
                begun = true;
                continue;
            }
            begun = true;
            if let Some(region) = region.as_mut().filter(|_| inside) {
                region.end = line.start;
            }
            inside = line.is_states();
            if inside && region.replace(line.next..text.len()).is_some() || !line.begins_member() {
                return None;
            }
        } else if inside {
            if starts.is_empty() {
                column = line.column;
            }
            if line.column == column && line.begins_member() {
                starts.push(line.start + column);
            } else if line.column < column
                || line.column == column && (!line.continues() || starts.is_empty())
            {
                return None;
            }
        } else if !begun {
            return None;
        }
    }
    let region = region.filter(|_| !starts.is_empty())?;
    let ends = starts.iter().skip(1).map(|next| next - column).chain([region.end]);
    let states = starts.iter().zip(ends).map(|(start, end)| *start..end).collect();
    Some(Outline { frame: [0..region.start, region.end..text.len()], states })
}
