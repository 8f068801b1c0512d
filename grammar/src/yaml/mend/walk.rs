//! Goes through the lines of a YAML text: what each is, and whether it fits into what is open.

use std::ops::Range;

use super::super::{describe_line, end_of_quoted, lacks_blank_after_colon};
use super::Patch;

/// How many lines a quoted text or a bracket may go on for.
const MAX_LINES: usize = 200;

const MISFIT: &str = "this line does not fit here; look at its indentation, quotes and brackets";
const OPEN_BRACKET: &str = "the bracket is not closed";

pub(super) struct Lines<'t> {
    source: &'t str,
    lines: Vec<Line<'t>>,
}

#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub start: usize,
    /// Without the line break and the blanks before it.
    pub text: &'t str,
    /// How far it is indented.
    pub column: usize,
}

impl<'t> Lines<'t> {
    pub fn new(source: &'t str) -> Lines<'t> {
        let mut start = 0;
        let lines = source.split_inclusive('\n').map(|whole| {
            let text = whole.trim_end_matches(['\n', '\r', ' ', '\t']);
            let column = text.len() - text.trim_start_matches([' ', '\t']).len();
            let line = Line { start, text, column };
            start += whole.len();
            line
        });
        Lines { source, lines: lines.collect() }
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn get(&self, index: usize) -> Option<Line<'t>> {
        self.lines.get(index).copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Line<'t>> {
        self.lines.iter()
    }

    /// The next line behind `index` that says something.
    pub fn next_entry(&self, index: usize) -> Option<Line<'t>> {
        self.lines.iter().skip(index + 1).find(|line| !line.is_blank()).copied()
    }

    /// Is the text at `column` of a line rather a key, by what follows?
    fn begins_block(&self, index: usize, column: usize, text: &str) -> bool {
        let word = text.starts_with(|c: char| c.is_alphanumeric());
        self.next_entry(index).filter(|_| word).is_some_and(|next| {
            next.column >= column && (key_end(next.content()).is_some() || next.is_dash())
        })
    }

    /// How many lines from `index` on, and no more than `limit`, belong to a value of something at `parent`.
    fn within(&self, index: usize, parent: usize, limit: usize) -> usize {
        let inside = |line: &&Line| line.text.is_empty() || line.column > parent;
        self.lines.iter().skip(index).take(limit).take_while(inside).count()
    }
}

impl<'t> Line<'t> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn content_range(&self) -> Range<usize> {
        self.start + self.column..self.end()
    }

    pub fn is_blank(&self) -> bool {
        self.content().is_empty() || self.content().starts_with('#')
    }

    pub fn has_tab(&self) -> bool {
        !self.is_blank() && self.text[..self.column].contains('\t')
    }

    fn is_dash(&self) -> bool {
        self.content() == "-" || self.content().starts_with("- ")
    }

    fn content(&self) -> &'t str {
        &self.text[self.column..]
    }
}

/// The line does not fit into what is open.
pub(super) struct Misplaced;

/// What is open at some place between the lines.
#[derive(Clone, Default)]
pub(super) struct Walk {
    blocks: Vec<Block>,
    /// How many things look odd: a key without a value or that is there twice, a text among blocks.
    pub odd: usize,
}

/// A mapping or sequence.
#[derive(Clone, Copy)]
struct Block {
    column: usize,
    sequence: bool,
    /// The last entry has no value yet.
    awaiting: bool,
    /// The last entry is plain text, which may go on in the next line.
    text: bool,
    /// The lines of its first and of its last entry.
    first: usize,
    last: usize,
    /// How many entries there are, as long as all of them are blocks.
    blocks: Option<usize>,
    /// Its first keys, hashed.
    keys: [u32; 6],
}

/// A value, where it stands, and what it is the value of.
struct Place {
    line: usize,
    start: usize,
    /// Where its key or dash stands: the column, and the offset.
    parent: usize,
    key: usize,
}

impl Walk {
    /// The columns of what is open, from the outside.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.blocks.iter().map(|block| block.column)
    }

    /// The lines by which it came to this, from the inside: one of them may stand wrong.
    pub fn makers(&self) -> impl Iterator<Item = usize> {
        self.blocks.iter().rev().flat_map(|block| [block.last, block.first])
    }

    /// The column of what an entry at `column` would belong to.
    pub fn parent(&self, column: usize) -> Option<usize> {
        self.columns().take_while(|open| *open < column).last()
    }

    /// Does the entry before this place wait for a value that would stand further in?
    pub fn awaits(&self) -> bool {
        self.blocks.last().is_some_and(|top| top.awaiting)
    }

    /// Takes the line at `index` as if it stood at `column`; gives the line behind its value. None where something
    /// begins that is not looked at.
    pub fn step(
        &mut self,
        lines: &Lines,
        index: usize,
        column: usize,
        patch: &mut Patch,
    ) -> Result<Option<usize>, Misplaced> {
        let Some(line) = lines.get(index) else { return Ok(None) };
        if line.is_blank() {
            return Ok(Some(index + 1));
        }
        if line.text.starts_with("---") || line.text.starts_with("...") {
            return Ok(self.blocks.is_empty().then_some(index + 1));
        }
        let content = line.content();
        let mut at = 0;
        while let Some(rest) =
            content[at..].strip_prefix('-').filter(|it| it.is_empty() || it.starts_with(' '))
        {
            self.place(index, column + at, true)?;
            self.set(true, false);
            if rest.is_empty() {
                return Ok(Some(index + 1));
            }
            let start = line.start + line.column + at;
            let parent = column + at;
            at = content.len() - rest.trim_start().len();
            let is_text = key_end(&content[at..]).is_none() && !content[at..].starts_with("- ");
            if is_text && !lines.begins_block(index, column + at, &content[at..]) {
                let place = Place { line: index, start: line.start + line.column + at, parent, key: start };
                return Ok(Some(self.value(lines, place, patch)));
            }
        }
        let start = line.start + line.column + at;
        let body = &content[at..];
        if body.starts_with("? ") || self.blocks.is_empty() && body.starts_with(['{', '[', '%', '"']) {
            return Ok(None);
        }
        let column = column + at;
        if let Some(end) = key_end(body) {
            self.place(index, column, false)?;
            self.key(&body[..end]);
            let place = Place { line: index, start: start + end, parent: column, key: start };
            return Ok(Some(self.value(lines, place, patch)));
        }
        let typed = lines.begins_block(index, column, body);
        if let Some(top) = self.blocks.last().filter(|top| at == 0 && column > top.column) {
            if top.text {
                return Ok(Some(index + 1));
            }
            if top.awaiting && !typed {
                let place = Place { line: index, start, parent: top.column, key: start };
                return Ok(Some(self.value(lines, place, patch)));
            }
        }
        let behind = body.trim_start_matches([',', '"', '\'', '[', '{', ']', '}']);
        if let Some(end) = key_end(behind.trim_start()).filter(|_| behind.len() < body.len()) {
            // Without what stands before it, this is a key.
            let junk = body.len() - behind.len();
            let blanks = behind.len() - behind.trim_start().len();
            self.place(index, column + blanks, false)?;
            patch.edit(start..start + junk, "");
            patch.misplaced(line.content_range(), MISFIT);
            let key = start + junk + blanks;
            let place = Place { line: index, start: key + end, parent: column + blanks, key };
            return Ok(Some(self.value(lines, place, patch)));
        }
        let waiting = self.blocks.last().is_some_and(|top| top.awaiting && top.column == column);
        if waiting && lines.next_entry(index).is_some_and(|next| next.column > column || next.is_dash()) {
            // What follows belongs to the key before this one.
            patch.edit(line.content_range(), "");
            patch.error(line.content_range(), "a colon and a value are missing after the key");
            return Ok(Some(index + 1));
        }
        self.place(index, column, false)?;
        Ok(Some(self.unfinished_key(lines, Place { line: index, start, parent: column, key: start }, patch)))
    }

    /// Keeps a key in mind, to see whether it is there twice.
    fn key(&mut self, name: &str) {
        let hash = name.bytes().fold(17u32, |hash, byte| hash.wrapping_mul(31) ^ u32::from(byte)) | 1;
        let Some(top) = self.blocks.last_mut() else { return };
        if top.keys.contains(&hash) {
            self.odd += 1;
        } else if let Some(free) = top.keys.iter_mut().find(|key| **key == 0) {
            *free = hash;
        }
    }

    /// Finds the block that an entry belongs to, or opens it.
    fn place(&mut self, index: usize, column: usize, sequence: bool) -> Result<(), Misplaced> {
        let block = Block {
            column,
            sequence,
            awaiting: false,
            text: false,
            first: index,
            last: index,
            blocks: Some(0),
            keys: [0; 6],
        };
        loop {
            let Some(top) = self.blocks.last_mut() else {
                self.blocks.push(block);
                return Ok(());
            };
            let opens =
                top.awaiting && (column > top.column || column == top.column && sequence && !top.sequence);
            if opens {
                top.awaiting = false;
                self.blocks.push(block);
                return Ok(());
            }
            if column > top.column {
                return Err(Misplaced);
            }
            self.odd += usize::from(top.awaiting && !top.sequence);
            top.awaiting = false;
            if column == top.column && top.sequence == sequence {
                top.last = index;
                return Ok(());
            }
            // A sequence may stand at the column of the key it belongs to.
            if column == top.column && sequence || self.blocks.len() == 1 {
                return Err(Misplaced);
            }
            self.blocks.pop();
        }
    }

    fn set(&mut self, awaiting: bool, text: bool) {
        if let Some(top) = self.blocks.last_mut() {
            (top.awaiting, top.text) = (awaiting, text);
        }
    }

    /// Says what the entry is.
    fn entry(&mut self, is_block: bool) {
        let Some(top) = self.blocks.last_mut() else { return };
        if !is_block {
            self.odd += usize::from(top.blocks > Some(1));
        }
        top.blocks = top.blocks.filter(|_| is_block).map(|count| count + 1);
    }

    /// What follows a colon or a dash; gives the line behind it.
    fn value(&mut self, lines: &Lines, place: Place, patch: &mut Patch) -> usize {
        let line = lines.lines[place.line];
        let mut text = lines.source[place.start..line.end()].trim_start();
        // An anchor or tag stands before the value.
        while text.starts_with(['&', '!']) {
            text = text.find(' ').map_or("", |end| text[end..].trim_start());
        }
        let place = Place { start: line.end() - text.len(), ..place };
        self.set(false, false);
        match text.bytes().next() {
            None | Some(b'#') => {
                self.entry(true);
                self.set(true, false);
            }
            Some(b'|' | b'>') => {
                return place.line + 1 + lines.within(place.line + 1, place.parent, usize::MAX);
            }
            Some(b'"' | b'\'') => {
                self.entry(false);
                return self.quoted(lines, place, text, patch);
            }
            Some(b'[' | b'{') => {
                self.entry(true);
                return self.flow(lines, place, patch);
            }
            Some(b'@' | b'`' | b'%' | b']' | b'}' | b',') => {
                unread(line, &place, describe_line(line.text), patch)
            }
            Some(_) => {
                let text = text.split(" #").next().unwrap_or(text);
                if text.contains(": ") || text.ends_with(':') {
                    let message = "a text that contains a colon and a blank must stand in quotes".to_owned();
                    unread(line, &place, message, patch);
                } else {
                    self.entry(false);
                    self.set(false, true);
                }
            }
        }
        place.line + 1
    }

    fn quoted(&mut self, lines: &Lines, place: Place, text: &str, patch: &mut Patch) -> usize {
        let line = lines.lines[place.line];
        // It may go on in the lines that are indented further.
        let more = lines.within(place.line + 1, place.parent, MAX_LINES);
        let last = lines.lines[place.line + more];
        if let Some(end) = end_of_quoted(&lines.source[place.start..last.end()]).map(|end| place.start + end)
        {
            let found = lines.lines.partition_point(|line| line.start < end).saturating_sub(1);
            if !ends_value(&lines.source[end..lines.lines[found].end()]) {
                unread(line, &place, MISFIT.into(), patch);
            }
            return found + 1;
        }
        let mark = &text[..1];
        if text.ends_with('\\') {
            unread(line, &place, "the string is not closed: a quote is missing".into(), patch);
        } else {
            patch.edit(line.end()..line.end(), mark);
            patch.error(place.start..line.end(), "the string is not closed: a quote is missing");
        }
        place.line + 1
    }

    fn flow(&mut self, lines: &Lines, place: Place, patch: &mut Patch) -> usize {
        let line = lines.lines[place.line];
        let mut open = Vec::new();
        let mut last = place.line;
        let mut end = place.start;
        let read = loop {
            let current = lines.lines[last];
            let start = if last == place.line { place.start } else { current.start + current.column };
            match brackets(&lines.source[start..current.end()], &mut open) {
                Flow::Ends(at) if ends_value(&lines.source[start + at..current.end()]) => return last + 1,
                Flow::GoesOn(len) => end = if len > 0 { start + len } else { end },
                Flow::Ends(_) | Flow::Torn => break false,
            }
            let goes_on = lines.get(last + 1).is_some_and(|next| {
                next.is_blank() || next.column > place.parent || next.content().starts_with([']', '}'])
            });
            if !goes_on || last - place.line >= MAX_LINES {
                break true;
            }
            last += 1;
        };
        let alone = ends_value(&lines.source[place.start + 1..line.end()]);
        let block = lines.next_entry(place.line).is_some_and(|next| {
            let key = key_end(next.content()).is_some() && !next.text.ends_with([',', '[', '{', ']', '}']);
            next.column > place.parent && key || next.column >= place.parent && next.is_dash()
        });
        if alone && block {
            // What was to be in the bracket is written as a block.
            patch.edit(place.start..place.start, "#");
            patch.error(place.start..place.start + 1, OPEN_BRACKET);
            self.set(true, false);
            return place.line + 1;
        }
        // A placeholder cannot stand in a bracket.
        if read && !lines.source[place.start..end].contains("${") {
            let closing: String =
                open.iter().rev().map(|bracket| if *bracket == b'[' { ']' } else { '}' }).collect();
            patch.edit(end..end, closing);
            patch.error(place.start..end, OPEN_BRACKET);
            return last + 1;
        }
        unread(line, &place, MISFIT.into(), patch);
        let more = lines.within(place.line + 1, place.parent, usize::MAX);
        for line in lines.iter().skip(place.line + 1).take(more) {
            patch.edit(line.start..line.end(), "");
        }
        place.line + 1 + more
    }

    /// A line without a colon where a key is expected: somebody is typing it.
    fn unfinished_key(&mut self, lines: &Lines, place: Place, patch: &mut Patch) -> usize {
        let line = lines.lines[place.line];
        let text = &lines.source[place.start..line.end()];
        self.set(false, false);
        if lacks_blank_after_colon(text) {
            let colon = place.start + text.find(':').map_or(0, |at| at + 1);
            patch.edit(colon..colon, " ");
            patch.error(line.content_range(), "a blank is missing after the colon");
            return self.value(lines, Place { start: colon, ..place }, patch);
        }
        let named = text.trim_end_matches([',', '"', '\'', '[', '{', ']', '}']);
        if named.len() < text.len() && key_end(named) == Some(named.len()) {
            let end = place.start + named.len();
            patch.edit(end..end, " #");
            patch.misplaced(line.content_range(), MISFIT);
            self.set(true, false);
            return place.line + 1;
        }
        let word = text.find(' ').unwrap_or(text.len());
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$');
        if !text[..word].chars().all(is_key) {
            patch.edit(line.content_range(), "");
            patch.misplaced(line.content_range(), describe_line(line.text));
            return place.line + 1;
        }
        let colon_missing = "a colon is missing after the key";
        if lines.next_entry(place.line).is_some_and(|next| next.column > place.start - line.start) {
            patch.edit(line.end()..line.end(), ":");
            patch.error(line.content_range(), colon_missing);
            self.set(true, false);
            return place.line + 1;
        }
        let end = place.start + word;
        patch.edit(end..end, ":");
        if word < text.len() {
            patch.error(line.content_range(), colon_missing);
            return self.value(lines, Place { start: end, ..place }, patch);
        }
        patch.error(line.content_range(), "a colon and a value are missing after the key");
        patch.unread.push(place.key);
        place.line + 1
    }
}

/// Leaves a key without its value.
fn unread(line: Line, place: &Place, message: String, patch: &mut Patch) {
    patch.edit(place.start..place.start, "#");
    patch.error(line.content_range(), message);
    patch.unread.push(place.key);
}

/// Nothing but a comment?
fn ends_value(rest: &str) -> bool {
    rest.trim().is_empty() || rest.trim_start().starts_with('#')
}

/// Where the colon of a key ends, if the text begins with one.
fn key_end(text: &str) -> Option<usize> {
    let ends = |at: &usize| text[*at..].is_empty() || text[*at..].starts_with([' ', '\t']);
    if text.starts_with(['"', '\'']) {
        let end = end_of_quoted(text)?;
        let colon = text[end..].trim_start().strip_prefix(':')?;
        return Some(text.len() - colon.len()).filter(ends);
    }
    // A text may begin with a colon, as names in DynamoDB do, but is not empty.
    let empty = text.starts_with(':') && ends(&1);
    if empty || text.starts_with(['[', '{', '|', '>', '@', '`', '%', '#', '!', '&', '*', ',', ']', '}']) {
        return None;
    }
    let text = text.split(" #").next()?;
    text.match_indices(':').map(|(at, _)| at + 1).find(ends)
}

/// How a line with brackets ends.
enum Flow {
    /// All are closed at this offset.
    Ends(usize),
    /// Up to this offset there is something in it, and some are open.
    GoesOn(usize),
    /// A bracket or quote does not match.
    Torn,
}

fn brackets(text: &str, open: &mut Vec<u8>) -> Flow {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut end = 0;
    while let Some(&byte) = bytes.get(at) {
        let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
        let begins = matches!(before, b' ' | b'\t' | b'[' | b'{' | b',' | b':');
        match byte {
            b'"' | b'\'' if begins => match end_of_quoted(&text[at..]) {
                Some(len) => at += len - 1,
                None => return Flow::Torn,
            },
            b'#' if matches!(before, b' ' | b'\t') => break,
            b'[' | b'{' => open.push(byte),
            b']' | b'}' => {
                if open.pop() != Some(if byte == b']' { b'[' } else { b'{' }) {
                    return Flow::Torn;
                }
                if open.is_empty() {
                    return Flow::Ends(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
        end = if matches!(byte, b' ' | b'\t') { end } else { at };
    }
    Flow::GoesOn(end)
}
