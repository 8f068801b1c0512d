//! Edits upon edits, told as edits of the text that stood at the beginning.

use std::collections::VecDeque;
use std::ops::Range;

use asl_grammar::text::Edit;

/// What has become of a text.
pub(super) struct Patch {
    len: usize,
    pieces: VecDeque<Piece>,
}

enum Piece {
    /// A part of the first text.
    Kept(Range<usize>),
    New(String),
}

impl Patch {
    /// Of a text of that many bytes, as it is.
    pub fn new(len: usize) -> Patch {
        Patch { len, pieces: VecDeque::from([Piece::Kept(0..len)]) }
    }

    /// Applies edits of the text as it is now. They are sorted and do not overlap.
    pub fn apply(&mut self, edits: &[Edit]) {
        let mut rest = std::mem::take(&mut self.pieces);
        let mut at = 0;
        for edit in edits {
            advance(&mut rest, edit.range.start.saturating_sub(at), |piece| self.pieces.push_back(piece));
            advance(&mut rest, edit.range.len(), drop);
            self.pieces.push_back(Piece::New(edit.text.clone()));
            at = edit.range.end;
        }
        self.pieces.append(&mut rest);
    }

    /// All that was done, as edits of the first text.
    pub fn edits(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let (mut at, mut text) = (0, String::new());
        let end = Piece::Kept(self.len..self.len);
        for piece in self.pieces.iter().chain([&end]) {
            match piece {
                Piece::New(new) => text += new,
                Piece::Kept(range) => {
                    if range.start > at || !text.is_empty() {
                        edits.push(Edit { range: at..range.start, text: std::mem::take(&mut text) });
                    }
                    at = range.end;
                }
            }
        }
        edits
    }
}

/// Takes so many bytes off the front and hands them on.
fn advance(pieces: &mut VecDeque<Piece>, mut len: usize, mut hand_on: impl FnMut(Piece)) {
    while len > 0 {
        let Some(piece) = pieces.pop_front() else { return };
        let size = match &piece {
            Piece::Kept(range) => range.len(),
            Piece::New(text) => text.len(),
        };
        if size <= len {
            len -= size;
            hand_on(piece);
            continue;
        }
        let (head, tail) = match piece {
            Piece::Kept(range) => {
                let middle = range.start + len;
                (Piece::Kept(range.start..middle), Piece::Kept(middle..range.end))
            }
            Piece::New(mut text) => {
                let tail = text.split_off(len);
                (Piece::New(text), Piece::New(tail))
            }
        };
        hand_on(head);
        pieces.push_front(tail);
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(text: &str, edits: &[Edit]) -> String {
        let mut text = text.to_owned();
        for edit in edits.iter().rev() {
            text.replace_range(edit.range.clone(), &edit.text);
        }
        text
    }

    #[test]
    fn edits_upon_edits_are_edits_of_the_first_text() {
        let edit = |range, text: &str| Edit { range, text: text.to_owned() };
        let first = "one two three";
        let rounds = [
            vec![edit(0..3, "1"), edit(4..4, "and "), edit(8..13, "3")],
            // The text is now `1 and two 3`.
            vec![edit(2..5, "&"), edit(9..9, "!")],
            // `1 & two! 3`: one edit takes away what an earlier one has put in, and more.
            vec![edit(0..3, ""), edit(6..10, "o.")],
        ];
        let mut patch = Patch::new(first.len());
        assert_eq!(patch.edits(), []);
        let mut text = first.to_owned();
        for edits in rounds {
            text = applied(&text, &edits);
            patch.apply(&edits);
            assert_eq!(applied(first, &patch.edits()), text);
        }
        assert_eq!(text, " two.");
    }
}
