//! What a selection grows to: from a word through the parts of an expression, the text, the value, the member and the
//! objects around it, up to the whole document.

use std::ops::Range;

use asl_grammar::intrinsic::NodeKind;
use asl_grammar::jsonata;
use asl_grammar::path::Path;
use asl_grammar::span::Span;
use asl_grammar::tree::{Kind, Node};

use super::locate::{Located, locate};
use crate::analysis::Analysis;
use crate::asl::expressions::Parsed;

/// So many ranges are told at most: the innermost and the outermost.
const MOST: usize = 200;

/// The ranges around an offset, each one inside the next.
pub fn selection(analysis: &Analysis, offset: usize) -> Vec<Range<usize>> {
    let mut ranges = Ranges { offset, whole: analysis.text.len(), found: Vec::new() };
    if let Some(located) = locate(analysis, offset) {
        text(&located, &mut ranges);
        values(analysis, located.node, &mut ranges);
        // A part stands in the frame.
        let root = located.node.ancestors().last();
        let frame = analysis.syntax.frame.node_at(offset, 0);
        if let Some(node) =
            frame.filter(|it| root.is_some_and(|root| !root.is_of(&analysis.syntax.frame) && *it != root))
        {
            values(analysis, node, &mut ranges);
        }
    }
    ranges.add(0..analysis.text.len());
    // The protocol nests the ranges, and a chain of ten thousand steps would nest too deeply for any reader.
    let mut found = ranges.found;
    if found.len() > MOST {
        found.drain(MOST / 2..found.len() - MOST / 2);
    }
    found
}

struct Ranges {
    offset: usize,
    /// The length of the document: of an empty one the empty range is all there is.
    whole: usize,
    found: Vec<Range<usize>>,
}

impl Ranges {
    /// Adds a range that holds all that came before it, and more.
    fn add(&mut self, range: Range<usize>) {
        let inner = self.found.last().cloned().unwrap_or(self.offset..self.offset);
        let holds = range.start <= inner.start && inner.end <= range.end;
        if holds && (!range.is_empty() || self.whole == 0) && self.found.last() != Some(&range) {
            self.found.push(range);
        }
    }
}

/// A node of the document and what is around it.
fn values(analysis: &Analysis, node: Node, ranges: &mut Ranges) {
    for node in node.ancestors() {
        match node.kind() {
            Kind::String => ranges.add(node.content()),
            Kind::Object | Kind::Array => ranges.add(inside(analysis, node.range())),
            _ => {}
        }
        ranges.add(node.range());
    }
}

/// What is between the brackets, without the blanks at both ends.
fn inside(analysis: &Analysis, range: Range<usize>) -> Range<usize> {
    let text = analysis.text.slice(range.clone());
    let inner = text.strip_prefix(['{', '[']).and_then(|it| it.strip_suffix(['}', ']']));
    let Some(inner) = inner else { return range };
    let start = range.start + 1 + inner.len() - inner.trim_start().len();
    start..start + inner.trim().len()
}

/// The parts of a string that has a language of its own.
fn text(located: &Located, ranges: &mut Ranges) {
    let node = located.node;
    if let Some(call) = located.call().filter(|call| call.resource() == node) {
        let parsed = call.parsed();
        let parts = [&parsed.pattern, &parsed.action, &parsed.service, &parsed.name, &parsed.target];
        for part in parts.into_iter().flatten() {
            ranges.add(node.source_range(part.clone()));
        }
    }
    let mut expressions = located.placed.expressions();
    let Some(view) = expressions.find(|it| it.node == node && it.node.kind() == Kind::String) else { return };
    let at = view.offset(ranges.offset);
    let spans = match &view.expression.parsed {
        Parsed::None => Vec::new(),
        Parsed::Jsonata(tree) => of_jsonata(tree, at),
        Parsed::Path(path) => of_path(path, at),
        Parsed::Intrinsic(tree) => {
            let nodes = std::iter::successors(Some(tree.node_at(at)), |id| tree.node(*id).parent);
            nodes
                .flat_map(|id| {
                    let node = tree.node(id);
                    let inner = match &node.kind {
                        NodeKind::Path(path) => of_path(path, at),
                        NodeKind::String(_) => vec![unquoted(node.span, view.code())],
                        NodeKind::Call(call) => vec![call.name, Span::new(call.open, call.close)],
                        _ => Vec::new(),
                    };
                    inner.into_iter().chain([node.span]).collect::<Vec<_>>()
                })
                .collect()
        }
    };
    for span in spans.into_iter().filter(|span| span.touches(at)) {
        ranges.add(view.range(span));
    }
    ranges.add(view.range(trimmed(Span::new(0, view.code().len() as u32), view.code())));
    // Without the head of a block of YAML.
    let whole = trimmed(Span::new(0, view.text().len() as u32), view.text());
    ranges.add(node.source_range(whole.range()));
}

fn of_jsonata(tree: &jsonata::Tree, at: u32) -> Vec<Span> {
    use jsonata::NodeKind;
    let nodes = jsonata::query::ancestors(tree, jsonata::query::node_at(tree, at));
    let spans = nodes.flat_map(|id| {
        let node = tree.node(id);
        let inner = match node.kind {
            NodeKind::String => Some(unquoted(node.span, tree.text())),
            NodeKind::Block | NodeKind::Array | NodeKind::Object | NodeKind::Call | NodeKind::Partial => {
                Some(trimmed(Span::new(node.anchor.end, node.close), tree.text()))
            }
            _ => None,
        };
        inner.into_iter().chain([node.span])
    });
    spans.collect()
}

/// The step, the path up to it, and the whole path; of the innermost path first.
fn of_path(path: &Path, at: u32) -> Vec<Span> {
    let around = path.all().into_iter().filter(|path| path.span.touches(at));
    let mut spans = Vec::new();
    for path in around.collect::<Vec<_>>().into_iter().rev() {
        if path.root_span.touches(at) {
            spans.push(path.root_span);
        }
        if let Some(index) = path.segment_at(at) {
            let segment = &path.segments[index];
            let to_here = Span::new(path.span.start, segment.span.end);
            spans.extend([segment.inner, segment.span, to_here]);
        }
        spans.push(path.span);
    }
    spans
}

/// A text without its quotes.
fn unquoted(span: Span, text: &str) -> Span {
    let source = span.text(text);
    let closed = source.len() > 1 && source.chars().next_back() == source.chars().next();
    Span::new(span.start + 1, if closed { span.end - 1 } else { span.end }.max(span.start + 1))
}

fn trimmed(span: Span, text: &str) -> Span {
    let source = span.text(text);
    let start = span.start + (source.len() - source.trim_start().len()) as u32;
    Span::new(start, start + source.trim().len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::at_cursor;

    /// The first ranges, from the inside out.
    fn check(source: &str, expected: &[&str]) {
        let (analysis, offset) = at_cursor(source);
        let text = analysis.text.to_string();
        let ranges = selection(&analysis, offset);
        let shown: Vec<&str> = ranges.iter().map(|range| &text[range.clone()]).collect();
        assert_eq!(shown[..expected.len().min(shown.len())], *expected);
        assert_eq!(shown.last(), Some(&text.as_str()));
        assert!(ranges.windows(2).all(|pair| {
            pair[0].len() < pair[1].len() && pair[1].start <= pair[0].start && pair[0].end <= pair[1].end
        }));
    }

    #[test]
    fn through_values_to_the_document() {
        check(
            r#"{ "StartAt": "A", "States": { "A": { "Type": "Pa<|>ss", "End": true }, "B": {} } }"#,
            &[
                "Pass",
                "\"Pass\"",
                "\"Type\": \"Pass\"",
                "\"Type\": \"Pass\", \"End\": true",
                "{ \"Type\": \"Pass\", \"End\": true }",
                "\"A\": { \"Type\": \"Pass\", \"End\": true }",
                "\"A\": { \"Type\": \"Pass\", \"End\": true }, \"B\": {}",
                "{ \"A\": { \"Type\": \"Pass\", \"End\": true }, \"B\": {} }",
                "\"States\": { \"A\": { \"Type\": \"Pass\", \"End\": true }, \"B\": {} }",
            ],
        );
        check(
            "StartAt: A\nStates:\n  A:\n    T<|>ype: Pass\n",
            &["Type", "Type: Pass", "A:\n    Type: Pass"],
        );
        check("<|>", &[""]);
        check("{ \"StartAt\": \"A<|>", &["\"A"]);
    }

    #[test]
    fn through_an_expression() {
        let json = |code: &str| {
            format!(
                r#"{{"QueryLanguage": "JSONata", "States": {{"A": {{"Type": "Pass", "Output": "{{% {code} %}}"}}}}}}"#
            )
        };
        check(
            &json(r#"$f(\"a\" & $map($x.li<|>st[0], $g), 2)"#),
            &[
                "list",
                "list[0]",
                "$x.list[0]",
                "$x.list[0], $g",
                "$map($x.list[0], $g)",
                r#"\"a\" & $map($x.list[0], $g)"#,
                r#"\"a\" & $map($x.list[0], $g), 2"#,
                r#"$f(\"a\" & $map($x.list[0], $g), 2)"#,
                r#"{% $f(\"a\" & $map($x.list[0], $g), 2) %}"#,
                r#""{% $f(\"a\" & $map($x.list[0], $g), 2) %}""#,
            ],
        );
        check(&json(r#"'it<|>em' & 1"#), &["item", "'item'", "'item' & 1", "{% 'item' & 1 %}"]);
        check(&json(r#"<|>"#), &["{%  %}"]);
        check(&json(r#"$sum($x.<|>"#), &["$x.", "$sum($x.", "{% $sum($x. %}"]);
    }

    #[test]
    fn through_paths_calls_and_resources() {
        let json = |field: &str, text: &str| {
            format!(
                r#"{{"States": {{"A": {{"Type": "Task", "Parameters": {{"a.$": "$"}}, "{field}": "{text}"}}}}}}"#
            )
        };
        check(
            &json("InputPath", "$.or<|>der.items[0]"),
            &["order", ".order", "$.order", "$.order.items[0]", "\"$.order.items[0]\""],
        );
        check(
            &json("InputPath", "$.a[?(@.b<|> > 1)].c"),
            &["b", ".b", "@.b", "?(@.b > 1)", "[?(@.b > 1)]", "$.a[?(@.b > 1)]", "$.a[?(@.b > 1)].c"],
        );
        check(
            &json("Resource", "arn:aws:states:::glue:startJob<|>Run.sync"),
            &["startJobRun", "glue:startJobRun.sync", "arn:aws:states:::glue:startJobRun.sync"],
        );
        let call =
            r#"{"States": {"A": {"Type": "Pass", "Parameters": {"a.$": "States.Format('{}', $.x<|>.y)"}}}}"#;
        check(
            call,
            &[
                "x",
                ".x",
                "$.x",
                "$.x.y",
                "'{}', $.x.y",
                "States.Format('{}', $.x.y)",
                "\"States.Format('{}', $.x.y)\"",
            ],
        );
    }

    #[test]
    fn through_a_block_of_yaml() {
        check(
            "QueryLanguage: JSONata\nStates:\n  A:\n    Type: Pass\n    Output: >-\n      {% $sum(\n        $<|>x) %}\n    End: true\n",
            &["$x", "$sum(\n        $x)", "{% $sum(\n        $x) %}"],
        );
    }
}
