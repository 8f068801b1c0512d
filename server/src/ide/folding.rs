//! What can be folded away: objects, arrays, texts of several lines, and what is in brackets in an expression.

use std::ops::Range;

use asl_grammar::jsonata::{NodeKind, TokenClass, Tree};
use asl_grammar::syntax::Format;
use asl_grammar::tree::{Kind, Node};

use crate::analysis::Analysis;
use crate::asl::ExpressionView;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// What disappears.
    pub range: Range<usize>,
    /// Its first and its last line. Where a line begins with the bracket that closes it, that line stays.
    pub lines: Range<usize>,
    pub comment: bool,
    /// How many folds are around it, about.
    depth: usize,
}

/// What an editor can do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// It folds whole lines: of two folds that begin on one line it takes the outer one.
    pub lines_only: bool,
    pub limit: Option<usize>,
}

/// The folds of a document in the order of the text; where there are too many, the outer ones.
pub fn folds(analysis: &Analysis, options: Options) -> Vec<Fold> {
    let mut finder = Finder { analysis, found: Vec::new() };
    if let Some(root) = analysis.syntax.root() {
        finder.tree(root, 0);
    }
    for part in &analysis.syntax.parts {
        if let Some(state) = part.root() {
            finder.tree(state, 2);
        }
    }
    if analysis.syntax.format == Format::Yaml {
        finder.comments();
        for index in 0..=analysis.syntax.parts.len() {
            let expressions = analysis.placed(index).into_iter().flat_map(|placed| placed.expressions());
            expressions.for_each(|view| finder.expression(view));
        }
    }
    let mut found = finder.found;
    let by_place = |fold: &Fold| (fold.lines.start, fold.range.start, usize::MAX - fold.range.end);
    found.sort_by_key(by_place);
    if options.lines_only {
        found.dedup_by_key(|fold| fold.lines.start);
    }
    if let Some(limit) = options.limit.filter(|limit| *limit < found.len()) {
        found.sort_by_key(|fold| fold.depth);
        found.truncate(limit);
        found.sort_by_key(by_place);
    }
    found
}

struct Finder<'a> {
    analysis: &'a Analysis,
    found: Vec<Fold>,
}

impl Finder<'_> {
    fn tree(&mut self, root: Node, depth: usize) {
        let mut waiting = vec![(root, depth)];
        while let Some((node, depth)) = waiting.pop() {
            if self.node(node, depth) {
                waiting.extend(node.children().map(|child| (child, depth + 1)));
            }
        }
    }

    /// Adds the fold of a node. False when nothing in it can have one either.
    fn node(&mut self, node: Node, depth: usize) -> bool {
        let range = node.range();
        let text = &self.analysis.text;
        if text.line_of(range.start) == text.line_of(range.end) {
            return false;
        }
        let in_brackets = ["{", "["].iter().any(|open| text.is(range.start..range.start + 1, open));
        match node.kind() {
            Kind::Object | Kind::Array if in_brackets => {
                let closed = ["}", "]"].iter().any(|it| text.is(range.end - 1..range.end, it));
                self.add(range.start + 1..range.end - usize::from(closed), closed, depth);
            }
            // What stands in the block below a key disappears behind it.
            Kind::Member => {
                if let Some(member) = node.as_member() {
                    let value = member.value.range();
                    let opened = text.line_of(member.key.start()) < text.line_of(value.start)
                        || member.value.kind() == Kind::String;
                    let is_block = !["{", "["].iter().any(|it| text.is(value.start..value.start + 1, it));
                    if self.is_yaml() && opened && is_block {
                        self.add(member.key.range().end..value.end, false, depth);
                    }
                }
            }
            // An element of a list in a block.
            Kind::Object | Kind::Array if node.parent().is_some_and(|it| it.kind() == Kind::Array) => {
                self.add(range, false, depth);
            }
            _ => {}
        }
        true
    }

    fn is_yaml(&self) -> bool {
        self.analysis.syntax.format == Format::Yaml
    }

    fn add(&mut self, range: Range<usize>, closed: bool, depth: usize) {
        let text = &self.analysis.text;
        let first = text.line_of(range.start);
        let mut end = range.end;
        if !closed {
            // The blanks behind a block belong to nobody.
            end = range.start + text.slice(range.clone()).trim_end().len();
        }
        let mut last = text.line_of(end);
        let closing = |c: char| c.is_whitespace() || matches!(c, '}' | ']' | ')');
        if closed && text.slice(text.line_range(last).start..end).chars().all(closing) {
            last -= 1;
        }
        // Behind the head of a block the rest of its line stays.
        let start = if closed { range.start } else { text.line_range(first).end.min(end) };
        if first < last {
            self.found.push(Fold { range: start..end, lines: first..last, comment: false, depth });
        }
    }

    /// Lines of YAML that hold nothing but comments.
    fn comments(&mut self) {
        let analysis = self.analysis;
        let is_comment = |line: usize| {
            let range = analysis.text.line_range(line);
            let text = analysis.text.slice(range.clone());
            let start = range.start + text.len() - text.trim_start().len();
            let in_string = || {
                let node = analysis.syntax.node_at(start);
                node.is_some_and(|it| {
                    it.kind() == Kind::String && it.start() < start && start < it.range().end
                })
            };
            text.trim_start().starts_with('#') && !in_string()
        };
        let mut first = None;
        for line in 0..=analysis.text.line_count() {
            match (first, line < analysis.text.line_count() && is_comment(line)) {
                (None, true) => first = Some(line),
                (Some(start), false) => {
                    if start + 1 < line {
                        let range =
                            analysis.text.line_range(start).end..analysis.text.line_range(line - 1).end;
                        self.found.push(Fold { range, lines: start..line - 1, comment: true, depth: 0 });
                    }
                    first = None;
                }
                _ => {}
            }
        }
    }

    /// What is in brackets in a JSONata expression of several lines, and its comments.
    fn expression(&mut self, view: ExpressionView) {
        let text = &self.analysis.text;
        let range = view.node.range();
        let Some(tree) = view.expression.jsonata().filter(|_| view.expression.is_live()) else { return };
        if text.line_of(range.start) == text.line_of(range.end) {
            return;
        }
        let depth = view.node.ancestors().count();
        for (inner, level) in brackets(tree) {
            self.add(view.range(asl_grammar::span::Span::new(inner.start, inner.end)), true, depth + level);
        }
        for token in tree.tokens().iter().filter(|token| token.class == TokenClass::Comment) {
            let range = view.range(token.span);
            let lines = text.line_of(range.start)..text.line_of(range.end);
            if lines.start < lines.end {
                self.found.push(Fold { range, lines, comment: true, depth });
            }
        }
    }
}

/// What is inside of the brackets of an expression, with the number of brackets around it.
fn brackets(tree: &Tree) -> Vec<(Range<u32>, usize)> {
    let mut found = Vec::new();
    let mut waiting = vec![(tree.root(), 0)];
    while let Some((id, level)) = waiting.pop() {
        let node = tree.node(id);
        let has = matches!(
            node.kind,
            NodeKind::Block
                | NodeKind::Array
                | NodeKind::Object
                | NodeKind::Call
                | NodeKind::Partial
                | NodeKind::Lambda
                | NodeKind::Filter
                | NodeKind::Group
                | NodeKind::OrderBy
                | NodeKind::Transform
        );
        // A function begins with its word; its body is in braces.
        let open = match node.kind {
            NodeKind::Lambda => {
                tree.children(id).last().and_then(|body| open_brace(tree, tree.span(*body).start))
            }
            _ => Some(node.anchor.end),
        };
        if let Some(open) = open.filter(|open| has && *open < node.close) {
            found.push((open..node.close, level));
        }
        waiting.extend(tree.children(id).iter().map(|child| (*child, level + usize::from(has))));
    }
    found
}

/// The end of the last brace that opens before an offset.
fn open_brace(tree: &Tree, before: u32) -> Option<u32> {
    let next = tree.tokens().partition_point(|token| token.span.start < before);
    let mut tokens = tree.tokens()[..next].iter().rev();
    tokens.find(|token| token.span.text(tree.text()) == "{").map(|token| token.span.end)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::fixture::analyse;

    const LINES: Options = Options { lines_only: true, limit: None };

    /// The folds, each with its lines and what its first line shows.
    fn check(source: &str, options: Options, expected: Expect) {
        let analysis = analyse(source);
        let shown = folds(&analysis, options).into_iter().map(|fold| {
            let head = source[analysis.text.line_range(fold.lines.start)].trim();
            let kind = if fold.comment { " (comment)" } else { "" };
            format!("{}-{}{kind} {head}\n", fold.lines.start, fold.lines.end)
        });
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn the_closing_bracket_stays() {
        check(
            r#"{
  "StartAt": "A",
  "States": {
    "A": {
      "Type": "Parallel",
      "Branches": [{
        "StartAt": "B",
        "States": { "B": { "Type": "Pass" } }
      }, {
        "StartAt": "C", "States": {
          "C": { "Type": "Pass" } }
      }],
      "End": true
    }
  }
}"#,
            LINES,
            expect![[r#"
                0-14 {
                2-13 "States": {
                3-12 "A": {
                5-10 "Branches": [{
                8-10 }, {
                9-10 "StartAt": "C", "States": {
            "#]],
        );
    }

    #[test]
    fn blocks_fold_behind_their_keys() {
        check(
            "# one\n# two\nStartAt: A\nStates:\n  A:\n    Type: Choice\n    Choices:\n    - Next: A\n      Condition: '{% true %}'\n    - Next: A\n    Comment: |\n      # not a comment\n      # of YAML\n\n    Default: A\n\n  B:\n    Type: Wait\n    # alone\n    Seconds: 1\n    Output: {\n      a: 1\n    }\n",
            LINES,
            expect![[r#"
                0-1 (comment) # one
                3-22 States:
                4-14 A:
                6-9 Choices:
                7-8 - Next: A
                10-12 Comment: |
                16-22 B:
                20-21 Output: {
            "#]],
        );
    }

    #[test]
    fn expressions_of_several_lines() {
        check(
            "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    Output: |-\n      {% (\n        /* what\n           this is */\n        $f := function($x) {\n          $x.{\n            'a': [\n              1\n            ]\n          }\n        };\n        $map(\n          $a,\n          $f)\n      ) %}\n",
            LINES,
            expect![[r#"
                2-19 States:
                3-19 A:
                5-19 Output: |-
                6-18 {% (
                7-8 (comment) /* what
                9-14 $f := function($x) {
                10-13 $x.{
                11-12 'a': [
                16-18 $map(
            "#]],
        );
    }

    #[test]
    fn broken_text_folds_as_far_as_it_goes() {
        check(
            "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": {\n      \"Type\": \"Pass\",\n      \"Result\": [\n        1,\n",
            LINES,
            expect![[r#"
                0-6 {
                2-6 "States": {
                3-6 "A": {
                5-6 "Result": [
            "#]],
        );
    }

    #[test]
    fn outer_folds_first() {
        let source =
            "{\n\"States\": {\n\"A\": {\n\"Result\": [\n[\n1\n]\n]\n},\n\"B\": {\n\"Result\": 1\n}\n}\n}";
        check(
            source,
            Options { limit: Some(4), ..LINES },
            expect![[r#"
                0-12 {
                1-11 "States": {
                2-7 "A": {
                9-10 "B": {
            "#]],
        );
    }

    #[test]
    fn characters_for_those_who_want_them() {
        let source = "{ \"States\": { \"A\": {\n  \"Type\": \"Pass\" } } }";
        let shown: Vec<&str> =
            folds(&analyse(source), Options::default()).into_iter().map(|fold| &source[fold.range]).collect();
        assert_eq!(shown.len(), 3);
        assert_eq!(shown[2], "\n  \"Type\": \"Pass\" ");
    }
}
