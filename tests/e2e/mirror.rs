//! The editor's side of a document: edits, and where they are in lines and columns. Written apart from the server's
//! own text, so that the two can disagree.

use std::ops::Range;

use serde_json::{Value, json};

pub const YAML: &str = "Comment: é😀 of many words
StartAt: First
States:
  First:
    Type: Pass
    Next: Second
  Second:
    Type: Choice
    Choices:
      - Variable: $.a
        IsPresent: true
        Next: Third
    Default: Third
  Third:
    Type: Wait
    Seconds: 3
    End: true
";

pub struct Mirror {
    pub text: String,
    utf8: bool,
}

impl Mirror {
    pub fn new(text: &str, utf8: bool) -> Mirror {
        Mirror { text: text.to_owned(), utf8 }
    }

    /// Replaces a range of bytes; gives the change as the protocol writes it.
    pub fn replace(&mut self, range: Range<usize>, text: &str) -> Value {
        let change = json!({
            "range": { "start": self.position(range.start), "end": self.position(range.end) },
            "text": text
        });
        self.text.replace_range(range, text);
        change
    }

    pub fn whole(&mut self, text: &str) -> Value {
        self.text = text.to_owned();
        json!({ "text": text })
    }

    /// Line and column of an offset that is not inside a line break.
    pub fn position(&self, offset: usize) -> Value {
        let before = &self.text[..offset];
        let breaks = before.replace("\r\n", "\n").replace('\r', "\n");
        let line = breaks.matches('\n').count();
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let column = &before[start..];
        let character = if self.utf8 { column.len() } else { column.encode_utf16().count() };
        json!({ "line": line, "character": character })
    }
}

/// Xorshift: the same numbers everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }

    /// An edit somebody might make: typing, taking back, pasting a piece, cutting a few lines.
    pub fn edit(&mut self, text: &str, pieces: &[&str]) -> (Range<usize>, String) {
        let start = self.boundary(text);
        let end = match self.below(10) {
            0..=4 => start,
            5..=8 => next_boundary(text, start + self.below(6)),
            _ => next_boundary(text, start + self.below(200)),
        };
        let typed = [
            "\"", "{", "}", ",", ":", " ", "\n", "\r\n", "a", "é", "😀", "\u{301}", "\\", "[", "]", "-",
            "\t", "#", "/",
        ];
        let new = match self.below(10) {
            0..=2 => typed[self.below(typed.len())].to_owned(),
            3..=7 => {
                let first = self.below(pieces.len());
                pieces[first..(first + 1 + self.below(12)).min(pieces.len())].concat()
            }
            _ => String::new(),
        };
        // Neither grows nor vanishes in the long run.
        if text.len() > 4_000 {
            return (start..next_boundary(text, start + 2_000), new);
        }
        if text.len() < 100 { (start..start, pieces.concat()) } else { (start..end, new) }
    }

    fn boundary(&mut self, text: &str) -> usize {
        let at = self.below(text.len() + 1);
        next_boundary(text, at)
    }
}

/// The next place from `at` on that an editor can name.
fn next_boundary(text: &str, at: usize) -> usize {
    let inside = |at: usize| {
        !text.is_char_boundary(at) || at > 0 && text[..at].ends_with('\r') && text[at..].starts_with('\n')
    };
    (at.min(text.len())..=text.len()).find(|at| !inside(*at)).unwrap_or(text.len())
}
