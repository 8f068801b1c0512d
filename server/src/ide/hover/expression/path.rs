//! Inside paths and calls of intrinsic functions.

use asl_grammar::intrinsic::{Call, NodeKind, StringLiteral, Tree};
use asl_grammar::path::{Path, Root, SegmentKind};
use asl_grammar::span::Span;

use super::text::{context_text, function_text, operator_text, shortened};
use crate::analysis::Analysis;
use crate::catalog::context::{CONTEXT, Found, find_in};
use crate::catalog::functions;
use crate::catalog::operators::{self as operator, Operator};
use crate::ide::expression::Inside;

pub(super) fn hover(analysis: &Analysis, inside: &Inside, path: &Path) -> Option<(Span, String)> {
    let offset = inside.offset;
    let path = path.all().into_iter().rfind(|it| it.span.touches(offset))?;
    if path.root_span.touches(offset) && path.root_span.end > offset || path.segments.is_empty() {
        let text = match path.root {
            Root::Input => operator_text(&operator::PATH_INPUT),
            Root::Context => operator_text(&operator::PATH_CONTEXT),
            Root::Item => operator_text(&operator::PATH_ITEM),
            Root::Variable => super::variable(analysis, inside, path.variable(inside.code())?)?,
            Root::None => return None,
        };
        return Some((path.root_span, text));
    }
    let within = |span: Span| span.start <= offset && offset < span.end;
    let index = path.segments.iter().position(|it| within(it.span)).or_else(|| path.segment_at(offset))?;
    let segment = &path.segments[index];
    if path.root == Root::Context
        && let Some(names) = names(path, index)
    {
        let Found::Member(member) = find_in(CONTEXT, names.iter().copied()) else { return None };
        return Some((segment.inner, context_text(&format!("$$.{}", names.join(".")), member)));
    }
    if segment.kind == SegmentKind::Function
        && let Some(summary) = segment_function(segment.inner.text(inside.code()))
    {
        let row = &operator::PATH_FUNCTION;
        return Some((segment.span, operator_text(&Operator { summary, ..*row })));
    }
    Some((segment.span, operator_text(meaning(&segment.kind)?)))
}

fn segment_function(inner: &str) -> Option<&'static str> {
    operator::path_function(inner.split('(').next()?.trim())
}

/// The names up to a segment, when there is nothing but names.
fn names(path: &Path, index: usize) -> Option<Vec<&str>> {
    let names = path.segments[..=index].iter().map(|segment| match &segment.kind {
        SegmentKind::Name(name) => Some(name.as_str()),
        _ => None,
    });
    names.collect()
}

fn meaning(kind: &SegmentKind) -> Option<&'static Operator> {
    Some(match kind {
        SegmentKind::Index(_) => &operator::PATH_INDEX,
        SegmentKind::Wildcard => &operator::PATH_WILDCARD,
        SegmentKind::Descent => &operator::PATH_DESCENT,
        SegmentKind::Union => &operator::PATH_UNION,
        SegmentKind::Slice => &operator::PATH_SLICE,
        SegmentKind::Filter => &operator::PATH_FILTER,
        SegmentKind::Function => &operator::PATH_FUNCTION,
        SegmentKind::Name(_) | SegmentKind::Script | SegmentKind::Missing => return None,
    })
}

pub(super) fn call_hover(analysis: &Analysis, inside: &Inside, tree: &Tree) -> Option<(Span, String)> {
    let offset = inside.offset;
    if let Some((_, call)) = tree.calls().find(|(_, call)| call.name.touches(offset)) {
        return Some((call.name, function_text(functions::intrinsic(tree.name(call))?)));
    }
    let node = tree.node(tree.node_at(offset));
    match &node.kind {
        NodeKind::Path(path) => hover(analysis, inside, path),
        NodeKind::String(string) => {
            let call = tree.call(node.parent?)?;
            placeholder(tree, call, string, offset)
        }
        _ => None,
    }
}

/// The argument that a `{}` of `States.Format` is replaced by.
fn placeholder(tree: &Tree, call: &Call, string: &StringLiteral, offset: u32) -> Option<(Span, String)> {
    let number = string.placeholders.iter().position(|it| it.touches(offset))?;
    let is_template = tree.name(call) == "States.Format"
        && matches!(&tree.node(*call.arguments.first()?).kind, NodeKind::String(first) if first == string);
    let argument = tree.node(*call.arguments.get(number + 1).filter(|_| is_template)?);
    let text = shortened(argument.span.text(tree.text()));
    Some((string.placeholders[number], format!("`{{}}` – takes the value of `{text}`")))
}
