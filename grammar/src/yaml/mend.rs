//! Broken YAML: what has to be changed so that the rest can be read.
//!
//! tree-sitter's recovery is no contract: after an open bracket or a line that is indented wrongly it may take half of
//! a document apart. So where it finds an error, the lines are gone through by what everybody writes (keys, dashes and
//! values, one to a line), and each line that does not fit is mended: a bracket or quote is closed, a colon inserted, a
//! line moved to another column. Which line and which column is decided by what follows: the move that lets most lines
//! fit. A value that cannot be read becomes a comment, so that its key is still there.

mod walk;

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::VecDeque;
use std::ops::Range;

use crate::tree::{SyntaxError, SyntaxErrorKind};

use super::{describe_line, malformed};
use walk::{Line, Lines, Misplaced, Walk};

/// How many lines may stand wrong, and how many mistakes there may be, before the text counts as something else than
/// YAML.
const MAX_FAULTS: usize = 24;
const MAX_ERRORS: usize = 100;
/// How many lines are tried behind a line that is moved.
const AHEAD: usize = 40;
/// How many lines before a fault are kept in mind, and how many of them are tried: one may be its cause.
const BEHIND: usize = 1_000;
const TRIED: usize = 6;
/// How many lines are gone through to find out which are to be moved.
const PATIENCE: usize = 200_000;

#[derive(Debug, Default)]
pub(super) struct Mended {
    pub text: String,
    /// With the ranges of the source.
    pub errors: Vec<SyntaxError>,
    /// Where lines begin (in `text`) that hold a key of which the value cannot be read.
    pub unread: Vec<usize>,
    /// Where pieces of `text` begin, where they stand in the source, and how long they are there.
    pieces: Vec<(usize, usize, usize)>,
}

/// Mends a text. None when there is nothing that could be mended here.
pub(super) fn mend(source: &str) -> Option<Mended> {
    let lines = Lines::new(source);
    let mut patch = Patch::default();
    let mut mender = Mender { lines: &lines, columns: vec![None; lines.len()], patience: PATIENCE.into() };
    mender.run(&mut patch)?;
    (!patch.edits.is_empty()).then(|| patch.apply(source))
}

impl Mended {
    /// The place in the source of an offset in the mended text.
    pub fn source(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(start, _, _)| *start <= at).saturating_sub(1);
        self.pieces.get(index).map_or(at, |(start, source, len)| source + (at - start).min(*len))
    }
}

/// What is changed in a text, and what is said about it.
#[derive(Default)]
struct Patch {
    edits: Vec<(Range<usize>, String)>,
    errors: Vec<SyntaxError>,
    unread: Vec<usize>,
}

impl Patch {
    fn edit(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    fn error(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.errors.push(malformed(range, message.into()));
    }

    /// Says something about a line of which nobody knows what it belongs to.
    fn misplaced(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.errors
            .push(SyntaxError { kind: SyntaxErrorKind::Misplaced, ..malformed(range, message.into()) });
    }

    /// Forgets what has been said of the lines from `start` on.
    fn forget(&mut self, start: usize) {
        self.edits.retain(|(range, _)| range.start < start);
        self.errors.retain(|error| error.range.start < start);
        self.unread.retain(|line| *line < start);
    }

    fn apply(mut self, source: &str) -> Mended {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        self.errors.sort_by_key(|error| (error.range.start, error.range.end));
        // What is said of a line first is said of it.
        self.errors.dedup_by(|next, error| {
            let same = next.range == error.range;
            if same && next.kind == SyntaxErrorKind::Misplaced {
                error.kind = SyntaxErrorKind::Misplaced;
            }
            same
        });
        let mut mended = Mended { errors: self.errors, ..Mended::default() };
        let mut at = 0;
        for (range, text) in self.edits {
            if range.start < at {
                continue;
            }
            mended.take(source, at..range.start);
            // What is written anew stands where the old text stood.
            mended.pieces.push((mended.text.len(), range.start, range.len()));
            mended.text += &text;
            at = range.end;
        }
        mended.take(source, at..source.len());
        mended.unread = self.unread.into_iter().map(|line| mended.place(line)).collect();
        mended.unread.sort_unstable();
        mended
    }
}

impl Mended {
    fn take(&mut self, source: &str, range: Range<usize>) {
        self.pieces.push((self.text.len(), range.start, range.len()));
        self.text += &source[range];
    }

    /// The other way: where a place of the source is now.
    fn place(&self, source: usize) -> usize {
        let index = self.pieces.partition_point(|(_, start, _)| *start <= source).saturating_sub(1);
        self.pieces.get(index).map_or(source, |(start, from, _)| start + (source - from))
    }
}

struct Mender<'l, 't> {
    lines: &'l Lines<'t>,
    /// Where lines have been moved to.
    columns: Vec<Option<usize>>,
    /// How many more lines are gone through for a trial.
    patience: Cell<usize>,
}

impl Mender<'_, '_> {
    fn run(&mut self, patch: &mut Patch) -> Option<()> {
        let mut walk = Walk::default();
        // The lines before, each with what was open there.
        let mut behind: VecDeque<(usize, Walk)> = VecDeque::new();
        let mut faults = 0;
        let mut at = 0;
        while let Some(line) = self.lines.get(at) {
            if patch.errors.len() > MAX_ERRORS {
                return None;
            }
            let before = walk.clone();
            let step = match line.has_tab() && self.columns[at].is_none() {
                true => Err(Misplaced),
                false => walk.step(self.lines, at, self.column(at), patch),
            };
            match step {
                Ok(Some(next)) => {
                    if !line.is_blank() {
                        behind.push_back((at, before));
                        behind.drain(..behind.len().saturating_sub(BEHIND));
                    }
                    at = next;
                }
                Ok(None) => break,
                Err(Misplaced) => {
                    faults += 1;
                    if faults > MAX_FAULTS {
                        return None;
                    }
                    walk = before;
                    let Some((culprit, column)) = self.culprit(at, &walk, &behind) else {
                        at = self.set_aside(at, patch);
                        continue;
                    };
                    // Once more from there: what was said of the lines in between may be different now.
                    self.columns[culprit] = Some(column);
                    while behind.back().is_some_and(|(line, _)| *line >= culprit) {
                        walk = behind.pop_back().map_or(walk, |(_, before)| before);
                    }
                    patch.forget(self.lines.get(culprit)?.start);
                    at = culprit;
                }
            }
        }
        for (line, column) in self.lines.iter().zip(&self.columns) {
            if let Some(column) = column {
                patch.edit(line.start..line.start + line.column, " ".repeat(*column));
                let message = match line.has_tab() {
                    true => "YAML is indented with blanks, not with tabs",
                    false => "this line is indented differently from those around it",
                };
                patch.misplaced(line.content_range(), message);
            }
        }
        Some(())
    }

    fn column(&self, at: usize) -> usize {
        self.columns[at].unwrap_or_else(|| self.lines.get(at).map_or(0, |line| line.column))
    }

    /// Takes a line out of the text, with those that belong to it.
    fn set_aside(&self, at: usize, patch: &mut Patch) -> usize {
        let Some(line) = self.lines.get(at) else { return at + 1 };
        patch.misplaced(line.content_range(), describe_line(line.text));
        let belongs = |next: &&Line| next.is_blank() || next.column > line.column;
        let count = 1 + self.lines.iter().skip(at + 1).take_while(belongs).count();
        for line in self.lines.iter().skip(at).take(count) {
            patch.edit(line.start..line.end(), "");
        }
        at + count
    }

    /// Which line is to be moved, and where to, so that the line at `at` fits and most of those that follow.
    fn culprit(&self, at: usize, walk: &Walk, behind: &VecDeque<(usize, Walk)>) -> Option<(usize, usize)> {
        let mut best = None;
        let above = behind.back().map(|(line, _)| self.column(*line));
        self.try_columns(at, at, walk, above, &mut best);
        if self.lines.get(at)?.has_tab() {
            return best.map(|(_, found)| found);
        }
        // The line before, those that opened what is open, and those where a block was expected or has ended.
        let mut lines: Vec<usize> = walk.makers().take(2 * TRIED).collect();
        lines.extend(behind.back().map(|(line, _)| *line));
        let ends = (1..behind.len()).rev().filter(|index| {
            let (line, before) = &behind[*index];
            before.awaits() || self.column(*line) != self.column(behind[index - 1].0)
        });
        lines.extend(ends.take(TRIED).map(|index| behind[index].0));
        lines.sort_unstable();
        lines.dedup();
        for line in lines {
            let Ok(index) = behind.binary_search_by_key(&line, |(line, _)| *line) else { continue };
            let above = index.checked_sub(1).map(|above| self.column(behind[above].0));
            self.try_columns(line, at, &behind[index].1, above, &mut best);
        }
        best.map(|(_, found)| found)
    }

    fn try_columns(
        &self,
        line: usize,
        at: usize,
        walk: &Walk,
        above: Option<usize>,
        best: &mut Option<Best>,
    ) {
        let Some(own) = self.lines.get(line).filter(|_| self.columns[line].is_none()) else { return };
        let mut columns: Vec<usize> = walk.columns().collect();
        columns.push(self.column(at));
        columns.extend(self.lines.next_entry(line).map(|next| next.column));
        columns.extend(walk.columns().last().map(|last| last + 2));
        columns.sort_unstable();
        columns.dedup();
        for column in columns.into_iter().filter(|column| own.has_tab() || *column != own.column) {
            let (reached, odd) = self.reach(line, column, walk, at + AHEAD);
            if reached <= at {
                continue;
            }
            let far = if own.has_tab() { 0 } else { own.column.abs_diff(column) };
            let stays = line == at || walk.parent(column) == walk.parent(own.column);
            let score = (reached, Reverse((odd, far)), (stays, above == Some(column)), Reverse(line), column);
            if best.as_ref().is_none_or(|(other, _)| score > *other) {
                *best = Some((score, (line, column)));
            }
        }
    }

    /// How far one comes with a line moved, and how much looks odd on the way.
    fn reach(&self, line: usize, column: usize, walk: &Walk, end: usize) -> (usize, usize) {
        let mut walk = walk.clone();
        let mut at = line;
        while at < end.min(self.lines.len()) && self.patience.get() > 0 {
            self.patience.set(self.patience.get() - 1);
            let column = if at == line { column } else { self.column(at) };
            match walk.step(self.lines, at, column, &mut Patch::default()) {
                Ok(Some(next)) => at = next,
                _ => break,
            }
        }
        (at.min(end), walk.odd)
    }
}

/// How good a move is, and the line with its new column.
type Best = (Score, (usize, usize));
/// How far one comes; how much is then odd and how far the line is moved; whether it still belongs to the same, and
/// whether it stands below the line before it. Of two that are equal the earlier line is moved, and further in.
type Score = (usize, Reverse<(usize, usize)>, (bool, bool), Reverse<usize>, usize);

#[cfg(test)]
mod tests;
