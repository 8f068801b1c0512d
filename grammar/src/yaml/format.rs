//! The layout of YAML, as far as it is certain to mean the same: the indentation of blocks, one space behind the colon
//! of a key and the dash of an element, no blanks at the end of a line, one line break at the end of the text.
//!
//! What is in scalars and flow collections moves with the line on which they begin and stays as it is otherwise. In
//! the end the text is read once more: an edit that would change a value is not made.

use std::ops::Range;

use tree_sitter::Node as Raw;

use super::{deadline, parse};
use crate::format::{Style, apply, line_break};
use crate::syntax::{Format, Syntax};
use crate::text::{Edit, Text};
use crate::tree::{Kind, Node};

/// The text is one that can be read. Edits that make room for others are not made: what has been laid out stays so.
pub(crate) fn format(text: &str, style: Style) -> Vec<Edit> {
    let is_steady = |edits: &Vec<Edit>| {
        edits.is_empty() || {
            let after = apply(text, edits);
            harmless(&after, style).next().is_none_or(|more| more.is_empty())
        }
    };
    harmless(text, style).find(is_steady).unwrap_or_default()
}

/// All that there is to do, and less and less of it, as far as the text is sure to mean the same.
fn harmless(text: &str, style: Style) -> impl Iterator<Item = Vec<Edit>> {
    let indentation = reindent(text, style.indent).unwrap_or_default();
    let (blanks, end) = trim(text, &scalar_rows(text).unwrap_or_default());
    let all = |parts: &[&[Edit]]| {
        let mut edits: Vec<Edit> = parts.concat();
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        edits.retain(|edit| text[edit.range.clone()] != edit.text);
        edits
    };
    let attempts = [
        all(&[&indentation, &blanks, &end]),
        all(&[&indentation, &blanks]),
        all(&[&blanks, &end]),
        all(&[&blanks]),
    ];
    attempts.into_iter().filter(move |edits| is_harmless(text, edits))
}

/// Means the text the same after the edits?
pub(crate) fn is_harmless(text: &str, edits: &[Edit]) -> bool {
    let read = |text: &str| Syntax::new(Format::Yaml, &Text::new(text));
    edits.is_empty() || same(&read(text), &read(&apply(text, edits)))
}

/// Do both say the same, apart from where it stands?
fn same(a: &Syntax, b: &Syntax) -> bool {
    let roots = |syntax: &Syntax| syntax.parts.len();
    let equal = |a: Option<Node>, b: Option<Node>| match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => same_value(a, b),
        _ => false,
    };
    a.errors().len() == b.errors().len()
        && roots(a) == roots(b)
        && equal(a.root(), b.root())
        && a.parts.iter().zip(&b.parts).all(|(a, b)| equal(a.root(), b.root()))
}

fn same_value(a: Node, b: Node) -> bool {
    let mut waiting = vec![(a, b)];
    while let Some((a, b)) = waiting.pop() {
        // What is opaque is kept as it is written, with its indentation.
        let alike = match a.kind() {
            Kind::Opaque => a.text().split_whitespace().eq(b.text().split_whitespace()),
            _ => a.text() == b.text(),
        };
        if a.kind() != b.kind() || a.is_quoted() != b.is_quoted() || !alike {
            return false;
        }
        let (mut a, mut b) = (a.children(), b.children());
        loop {
            match (a.next(), b.next()) {
                (None, None) => break,
                (Some(a), Some(b)) => waiting.push((a, b)),
                _ => return false,
            }
        }
    }
    true
}

/// The rows of a text, without their line breaks.
fn rows(text: &str) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = content.strip_suffix('\r').unwrap_or(content);
        rows.push(start..start + content.len());
        start += line.len();
    }
    rows
}

/// Blanks at the ends of lines, and what stands at the end of the text.
fn trim(text: &str, scalar: &[bool]) -> (Vec<Edit>, Vec<Edit>) {
    let mut blanks = Vec::new();
    let end = text.trim_end_matches([' ', '\t', '\r', '\n']).len();
    for (row, line) in rows(text).into_iter().enumerate() {
        let kept = line.start + text[line.clone()].trim_end_matches([' ', '\t']).len();
        if kept < line.end && line.end <= end && !scalar.get(row).copied().unwrap_or(false) {
            blanks.push(Edit { range: kept..line.end, text: String::new() });
        }
    }
    // The line breaks at the end of a block scalar may be part of it.
    let open = text[..end].matches('\n').count();
    let last = match end {
        0 => Vec::new(),
        _ if scalar.get(open).copied().unwrap_or(false) => Vec::new(),
        _ => vec![Edit { range: end..text.len(), text: line_break(text).into() }],
    };
    (blanks, last)
}

/// Where a row belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Other,
    /// A key or a dash of that collection stands first.
    First(usize),
    /// Something that is a value in that collection.
    Within(usize),
    /// It goes on with what begins on an earlier row.
    With(usize),
    /// The content of a block scalar that begins on an earlier row.
    Scalar(usize),
    Comment,
}

/// A block mapping or sequence, with its column now and then.
#[derive(Clone, Copy)]
struct Block {
    old: usize,
    new: usize,
    mapping: bool,
}

#[derive(Default)]
struct Plan {
    blocks: Vec<Block>,
    rows: Vec<Row>,
    /// Between a colon or a dash and what follows it.
    gaps: Vec<Edit>,
}

/// Which rows hold the inside of a scalar.
fn scalar_rows(text: &str) -> Option<Vec<bool>> {
    let plan = plan(text, 2)?;
    Some(plan.rows.iter().map(|row| matches!(row, Row::Scalar(_) | Row::With(_))).collect())
}

/// The edits that indent blocks. None when there is something in the text of which that is not certain.
fn reindent(text: &str, indent: usize) -> Option<Vec<Edit>> {
    let Plan { blocks, rows: belongs, gaps } = plan(text, indent)?;
    let lines = rows(text);
    let column = |row: usize| lines[row].len() - text[lines[row].clone()].trim_start_matches(' ').len();
    let mut moved: Vec<isize> = Vec::with_capacity(lines.len());
    for row in &belongs {
        moved.push(match *row {
            Row::First(block) | Row::Within(block) => blocks[block].new as isize - blocks[block].old as isize,
            Row::With(first) | Row::Scalar(first) => moved[first],
            Row::Other | Row::Comment => 0,
        });
    }
    // A comment belongs to what follows it, or to what it follows when it stands in the same column as that.
    let mut before = Vec::with_capacity(belongs.len());
    for (row, belongs) in belongs.iter().enumerate() {
        let last = before.last().copied().flatten();
        before.push(if matches!(belongs, Row::First(_)) { Some(row) } else { last });
    }
    let mut next = None;
    for row in (0..belongs.len()).rev() {
        match belongs[row] {
            Row::Comment => {
                let same = |it: &usize| column(*it) == column(row);
                let anchor = next.filter(same).or(before[row].filter(same)).or(next).or(before[row]);
                moved[row] = anchor.map_or(0, |it| moved[it]);
            }
            Row::First(_) => next = Some(row),
            _ => {}
        }
    }
    let mut edits = gaps;
    // The block scalar that we are in, by its row, and its indentation.
    let mut scalar = (usize::MAX, 0);
    for (row, line) in lines.iter().enumerate() {
        let content = &text[line.clone()];
        let indentation = column(row);
        if content.starts_with('\t') || content[indentation..].starts_with('\t') {
            return None;
        }
        let blank = content.len() == indentation;
        let moved = (indentation as isize + moved[row]).max(0) as usize;
        let wanted = match belongs[row] {
            Row::Scalar(first) if blank => {
                if scalar.0 != first {
                    let text_row = (first + 1..lines.len()).find(|it| lines[*it].len() > column(*it));
                    scalar = (first, text_row.map_or(0, column));
                }
                // Only what is longer than the indentation of the scalar is text.
                if indentation > scalar.1 { moved } else { indentation.min(moved) }
            }
            _ if blank => indentation,
            _ => moved,
        };
        if wanted != indentation {
            edits.push(Edit { range: line.start..line.start + indentation, text: " ".repeat(wanted) });
        }
    }
    Some(edits)
}

/// Goes through the tree once, from the front to the back.
fn plan(text: &str, indent: usize) -> Option<Plan> {
    let tree = parse(text, &[], deadline())?;
    if tree.root_node().has_error() || text.replace("\r\n", "").contains('\r') {
        return None;
    }
    let count = rows(text).len();
    let mut plan = Plan { rows: vec![Row::Other; count + 1], ..Plan::default() };
    // The blocks around, with how deep they are in the tree.
    let mut around: Vec<(u32, usize)> = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let (node, depth) = (cursor.node(), cursor.depth());
        while around.last().is_some_and(|(of, _)| *of >= depth) {
            around.pop();
        }
        let block = around.last().map(|(_, block)| *block);
        plan.node(text, node, block, indent)?;
        if matches!(node.kind(), "block_mapping" | "block_sequence") {
            around.push((depth, plan.blocks.len() - 1));
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                plan.rows.truncate(count);
                return Some(plan);
            }
        }
    }
}

impl Plan {
    fn node(&mut self, text: &str, node: Raw, around: Option<usize>, indent: usize) -> Option<()> {
        let (start, end) = (node.start_position(), node.end_position());
        let line = &text[node.start_byte() - start.column..node.start_byte()];
        let leading = line.bytes().all(|byte| byte == b' ');
        match node.kind() {
            // An explicit key: rare, and not worth a mistake.
            "?" => return None,
            kind @ ("block_mapping" | "block_sequence") => {
                let block = self.block(text, node, around, indent, kind == "block_mapping", leading);
                self.blocks.push(block);
            }
            "block_mapping_pair" | "block_sequence_item" => {
                if leading {
                    let block = around?;
                    if self.blocks[block].old != start.column {
                        return None;
                    }
                    self.claim(start.row, Row::First(block));
                }
                self.gap(text, node);
            }
            "comment" if leading => self.claim(start.row, Row::Comment),
            "block_scalar" => {
                self.within(start.row, around, leading);
                // The last line break is none of a further row.
                let last = if end.column == 0 { end.row.saturating_sub(1) } else { end.row };
                (start.row + 1..=last).for_each(|row| self.claim(row, Row::Scalar(start.row)));
            }
            "flow_mapping"
            | "flow_sequence"
            | "double_quote_scalar"
            | "single_quote_scalar"
            | "plain_scalar" => {
                self.within(start.row, around, leading);
                (start.row + 1..=end.row).for_each(|row| self.claim(row, Row::With(start.row)));
            }
            "anchor" | "tag" | "alias" => self.within(start.row, around, leading),
            _ => {}
        }
        Some(())
    }

    /// Where a block will begin.
    fn block(
        &self,
        text: &str,
        node: Raw,
        around: Option<usize>,
        indent: usize,
        mapping: bool,
        leading: bool,
    ) -> Block {
        let old = node.start_position().column;
        let new = match around.map(|it| self.blocks[it]) {
            None => 0,
            Some(outer) if leading => {
                let flush = !mapping && outer.mapping && old == outer.old;
                outer.new + if flush { 0 } else { indent }
            }
            // Behind a dash, or behind an anchor.
            Some(outer) => match dash_before(text, node) {
                Some(_) if !outer.mapping => outer.new + 2,
                _ => outer.new + old.saturating_sub(outer.old),
            },
        };
        Block { old, new, mapping }
    }

    fn within(&mut self, row: usize, around: Option<usize>, leading: bool) {
        if let Some(block) = around.filter(|_| leading) {
            self.claim(row, Row::Within(block));
        }
    }

    /// Who comes first has the row.
    fn claim(&mut self, row: usize, as_row: Row) {
        if let Some(of @ Row::Other) = self.rows.get_mut(row) {
            *of = as_row;
        }
    }

    /// One space between a key's colon, or a dash, and a value on the same row.
    fn gap(&mut self, text: &str, node: Raw) {
        let sign = (0..node.child_count() as u32)
            .filter_map(|index| node.child(index))
            .find(|child| matches!(child.kind(), ":" | "-"));
        let value = sign.and_then(|sign| {
            std::iter::successors(sign.next_sibling(), |it| it.next_sibling()).find(|it| it.is_named())
        });
        if let (Some(sign), Some(value)) = (sign, value)
            && value.kind() != "comment"
            && value.start_position().row == sign.end_position().row
        {
            let gap = sign.end_byte()..value.start_byte();
            if !gap.is_empty() && text[gap.clone()].bytes().all(|byte| byte == b' ') && gap.len() != 1 {
                self.gaps.push(Edit { range: gap, text: " ".to_owned() });
            }
        }
    }
}

/// The dash that stands right before a node, but for blanks.
fn dash_before(text: &str, node: Raw) -> Option<usize> {
    let before = text[..node.start_byte()].trim_end_matches(' ');
    (before.len() < node.start_byte() && before.ends_with('-')).then_some(before.len())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        let formatted = |text: &str| apply(text, &format(text, Style::default()));
        let once = formatted(text);
        expected.assert_eq(&once);
        assert_eq!(formatted(&once), once, "once is enough");
    }

    #[test]
    fn blocks_are_indented() {
        check(
            "# top\nStartAt:   A\nStates:\n    # the first\n    A:\n        Type: Task   \n        Retry:\n        -   ErrorEquals:\n              - States.ALL\n            MaxAttempts: 2\n        -   x\n        # end of A\n        End: true",
            expect![[r#"
                # top
                StartAt: A
                States:
                  # the first
                  A:
                    Type: Task
                    Retry:
                    - ErrorEquals:
                        - States.ALL
                      MaxAttempts: 2
                    - x
                    # end of A
                    End: true
            "#]],
        );
    }

    #[test]
    fn scalars_and_flow_keep_what_is_in_them() {
        check(
            "a:\n      b: |\n            one  \n              two\n\n            three\n      c: {x:   1,\n          y: [ 2 ]}\n      d: \"long\n         text\"\n      e: &anchor\n           f: 'x: y'\n      g: *anchor\n      h: !Sub   '${x}'\n",
            expect![[r#"
                a:
                  b: |
                        one  
                          two

                        three
                  c: {x:   1,
                      y: [ 2 ]}
                  d: "long
                     text"
                  e: &anchor
                    f: 'x: y'
                  g: *anchor
                  h: !Sub   '${x}'
            "#]],
        );
    }

    #[test]
    fn what_is_not_certain_is_left_alone() {
        for text in ["? a\n:   b\n", "a: |\n  x", "a: |+\n  x\n\n\n", "a:\n\tb: 1\n"] {
            assert_eq!(format(text, Style::default()), [], "{text}");
        }
        check("a:\r\n    b:  1\r\n", expect!["a:\r\n  b: 1\r\n"]);
    }
}
