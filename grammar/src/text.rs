//! The text of one document: a rope, edited in place, with positions in the encodings that editors speak.
//!
//! Everything inside the server counts bytes. Lines and columns exist only at the edge, and are made here.

use std::ops::Range;

use ropey::Rope;

/// The unit in which an editor counts columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Encoding {
    Utf8,
    #[default]
    Utf16,
}

/// A place as editors name it: both parts count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// One replacement, in bytes of the text before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub text: String,
}

/// The text of one version of a document. Cloning is cheap: the rope shares its pieces.
#[derive(Clone, Debug, Default)]
pub struct Text {
    rope: Rope,
}

impl Text {
    pub fn new(text: &str) -> Text {
        Text { rope: Rope::from_str(text) }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn char_count(&self) -> usize {
        self.rope.len_chars()
    }

    /// Nothing but white space?
    pub fn is_blank(&self) -> bool {
        self.rope.chunks().all(|piece| piece.trim().is_empty())
    }

    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// Replaces a range of bytes. A range outside the text or inside a character is moved to the nearest boundary.
    pub fn edit(&mut self, range: Range<usize>, text: &str) {
        let start = self.rope.byte_to_char(range.start.min(self.len()));
        let end = self.rope.byte_to_char(range.end.min(self.len())).max(start);
        self.rope.remove(start..end);
        self.rope.insert(start, text);
    }

    /// The text of a byte range, copied.
    pub fn slice(&self, range: Range<usize>) -> String {
        let mut out = String::with_capacity(range.len());
        for piece in self.pieces(range) {
            out.push_str(piece);
        }
        out
    }

    /// The pieces of the rope that make up a byte range, in order, without copying.
    pub fn pieces(&self, range: Range<usize>) -> impl Iterator<Item = &str> {
        let end = range.end.min(self.len());
        let start = range.start.min(end);
        self.rope.get_byte_slice(start..end).into_iter().flat_map(|slice| slice.chunks())
    }

    /// Does this text stand at that range?
    pub fn is(&self, range: Range<usize>, expected: &str) -> bool {
        range.len() == expected.len() && self.slice(range) == expected
    }

    /// The piece of the rope that holds `offset`, from `offset` on. Empty at the end of the text.
    pub fn piece_from(&self, offset: usize) -> &[u8] {
        if offset >= self.len() {
            return &[];
        }
        let (piece, start, _, _) = self.rope.chunk_at_byte(offset);
        &piece.as_bytes()[offset - start..]
    }

    /// Bytes of a line without its line break.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        if line >= self.rope.len_lines() {
            return self.len()..self.len();
        }
        let start = self.rope.line_to_byte(line);
        let slice = self.rope.line(line);
        let mut end = start + slice.len_bytes();
        let mut tail = slice.chars_at(slice.len_chars()).reversed();
        match tail.next() {
            Some('\n') => end -= if tail.next() == Some('\r') { 2 } else { 1 },
            Some('\r') => end -= 1,
            _ => {}
        }
        start..end
    }

    /// The line that holds a byte.
    pub fn line_of(&self, offset: usize) -> usize {
        self.rope.byte_to_line(offset.min(self.len()))
    }

    /// Byte offset of an editor's position. A column past the end of its line means the end of that line, a line past
    /// the end of the text means the end of the text, and a column inside a character means the start of it.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        if line >= self.rope.len_lines() {
            return self.len();
        }
        let range = self.line_range(line);
        let column = position.column as usize;
        match encoding {
            Encoding::Utf8 => {
                let offset = (range.start + column).min(range.end);
                self.rope.char_to_byte(self.rope.byte_to_char(offset))
            }
            Encoding::Utf16 => {
                let first = self.rope.byte_to_char(range.start);
                let last = self.rope.byte_to_char(range.end);
                let from = self.rope.char_to_utf16_cu(first);
                let to = self.rope.char_to_utf16_cu(last);
                self.rope.char_to_byte(self.rope.utf16_cu_to_char((from + column).min(to)))
            }
        }
    }

    /// The editor's position of a byte offset.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = offset.min(self.len());
        let line = self.rope.byte_to_line(offset);
        let start = self.rope.line_to_byte(line);
        let column = match encoding {
            Encoding::Utf8 => offset - start,
            Encoding::Utf16 => {
                self.rope.char_to_utf16_cu(self.rope.byte_to_char(offset))
                    - self.rope.char_to_utf16_cu(self.rope.byte_to_char(start))
            }
        };
        Position { line: line as u32, column: column as u32 }
    }

    /// Row and byte column as tree-sitter counts them.
    pub(crate) fn point(&self, offset: usize) -> tree_sitter::Point {
        let offset = offset.min(self.len());
        let row = self.rope.byte_to_line(offset);
        tree_sitter::Point { row, column: offset - self.rope.line_to_byte(row) }
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|piece| f.write_str(piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    #[test]
    fn counts_in_the_units_of_the_editor() {
        let text = Text::new("{\"é😀\": 1}");
        let colon = "{\"é😀\"".len();
        assert_eq!(text.position(colon, Encoding::Utf16), at(0, 6));
        assert_eq!(text.position(colon, Encoding::Utf8), at(0, colon as u32));
        assert_eq!(text.offset(at(0, 6), Encoding::Utf16), colon);
        assert_eq!(text.offset(at(0, 4), Encoding::Utf16), "{\"é".len(), "inside a surrogate pair");
    }

    #[test]
    fn every_line_break_of_the_protocol_ends_a_line() {
        let text = Text::new("a\r\nb\rc\nd");
        assert_eq!(text.line_count(), 4);
        assert_eq!(text.line_range(0), 0..1);
        assert_eq!(text.line_range(1), 3..4);
        assert_eq!(text.offset(at(0, 99), Encoding::Utf16), 1, "a column is clamped before the line break");
        assert_eq!(text.offset(at(9, 0), Encoding::Utf16), text.len());
        assert_eq!(Text::new("a\u{2028}b\u{b}c").line_count(), 1, "other breaks are ordinary characters");
    }

    #[test]
    fn an_edit_outside_the_text_is_clamped() {
        let mut text = Text::new("abc");
        text.edit(2..99, "X");
        assert_eq!(text.to_string(), "abX");
        text.edit(50..60, "Y");
        assert_eq!(text.to_string(), "abXY");
    }

    proptest! {
        #[test]
        fn positions_round_trip(source in "[a-z\r\n\t\u{0}é😀\u{feff}\u{301}\"]{0,40}") {
            let text = Text::new(&source);
            for (offset, _) in source.char_indices() {
                for encoding in [Encoding::Utf8, Encoding::Utf16] {
                    let position = text.position(offset, encoding);
                    let back = text.offset(position, encoding);
                    // The `\n` of `\r\n` belongs to the line break, where no position points.
                    prop_assert!(back == offset || source.as_bytes()[back..offset].iter().all(|b| matches!(b, b'\r' | b'\n')));
                }
            }
        }
    }
}
