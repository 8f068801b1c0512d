//! The words of paths and of calls of intrinsic functions.

use asl_grammar::intrinsic::{NodeKind, StringLiteral, Tree};
use asl_grammar::path::{Path, Root, Segment, SegmentKind};
use asl_grammar::span::Span;

use super::jsonata::is_member;
use super::{Modifiers, TokenKind};
use crate::catalog::functions;

pub(super) fn path(path: &Path, push: &mut impl FnMut(Span, TokenKind, Modifiers)) {
    for path in path.all() {
        match path.root {
            Root::None => continue,
            Root::Variable => push(path.root_span, TokenKind::Variable, Modifiers::NONE),
            Root::Input | Root::Context | Root::Item => {
                push(path.root_span, TokenKind::Variable, Modifiers::PROVIDED);
            }
        }
        let provided = match path.root {
            Root::Context => members(&path.segments),
            _ => 0,
        };
        for (index, segment) in path.segments.iter().enumerate() {
            let (kind, modifiers) = match segment.kind {
                SegmentKind::Name(_) if index < provided => (TokenKind::Property, Modifiers::PROVIDED),
                SegmentKind::Name(_) => (TokenKind::Property, Modifiers::NONE),
                SegmentKind::Index(_) | SegmentKind::Slice => (TokenKind::Number, Modifiers::NONE),
                SegmentKind::Wildcard | SegmentKind::Descent => (TokenKind::Operator, Modifiers::NONE),
                SegmentKind::Function => (TokenKind::Function, Modifiers::LIBRARY),
                SegmentKind::Union | SegmentKind::Filter | SegmentKind::Script | SegmentKind::Missing => {
                    continue;
                }
            };
            push(
                if segment.kind == SegmentKind::Descent { segment.span } else { segment.inner },
                kind,
                modifiers,
            );
        }
    }
}

/// How many of the first steps name members of the context object.
fn members(segments: &[Segment]) -> usize {
    let names = segments.iter().map_while(|it| match &it.kind {
        SegmentKind::Name(name) => Some(name.as_str()),
        _ => None,
    });
    let names: Vec<&str> = names.take(4).collect();
    (1..=names.len()).take_while(|count| is_member(&names[..*count])).count()
}

pub(super) fn intrinsic(tree: &Tree, push: &mut impl FnMut(Span, TokenKind, Modifiers)) {
    for id in tree.ids() {
        let node = tree.node(id);
        match &node.kind {
            NodeKind::Call(call) => {
                let known = functions::intrinsic(tree.name(call)).is_some();
                let modifiers = if known { Modifiers::LIBRARY } else { Modifiers::NONE };
                push(call.name, TokenKind::Function, modifiers);
            }
            NodeKind::String(literal) => {
                let call = node.parent.and_then(|parent| tree.call(parent));
                let template = call.is_some_and(|call| {
                    tree.name(call) == "States.Format" && call.arguments.first() == Some(&id)
                });
                match template {
                    true => format(node.span, literal, push),
                    false => push(node.span, TokenKind::String, Modifiers::NONE),
                }
            }
            NodeKind::Number(_) => push(node.span, TokenKind::Number, Modifiers::NONE),
            NodeKind::True | NodeKind::False | NodeKind::Null => {
                push(node.span, TokenKind::Keyword, Modifiers::NONE);
            }
            NodeKind::Path(argument) => path(argument, push),
            NodeKind::Missing | NodeKind::Error => {}
        }
    }
}

/// A template: its text, and the places to fill in.
fn format(span: Span, literal: &StringLiteral, push: &mut impl FnMut(Span, TokenKind, Modifiers)) {
    let mut start = span.start;
    for hole in &literal.placeholders {
        push(Span::new(start, hole.start), TokenKind::String, Modifiers::NONE);
        push(*hole, TokenKind::Macro, Modifiers::NONE);
        start = hole.end;
    }
    push(Span::new(start, span.end), TokenKind::String, Modifiers::NONE);
}
