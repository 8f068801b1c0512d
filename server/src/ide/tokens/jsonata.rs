//! The words of a JSONata expression.

use std::collections::HashMap;

use asl_grammar::jsonata::query::member_paths;
use asl_grammar::jsonata::scope::{BindingKind, scopes};
use asl_grammar::jsonata::{TokenClass, Tree};
use asl_grammar::span::Span;

use super::{Modifiers, TokenKind};
use crate::asl::variables::name::RESERVED;
use crate::catalog::context::{self, Found};
use crate::catalog::functions;

pub(super) fn tokens(tree: &Tree, push: &mut impl FnMut(Span, TokenKind, Modifiers)) {
    let known = known(tree);
    for token in tree.tokens() {
        let kind = match token.class {
            TokenClass::Comment => TokenKind::Comment,
            TokenClass::Name => TokenKind::Property,
            TokenClass::Variable | TokenClass::Context => TokenKind::Variable,
            TokenClass::Parameter => TokenKind::Parameter,
            TokenClass::Function => TokenKind::Function,
            TokenClass::String => TokenKind::String,
            TokenClass::Number => TokenKind::Number,
            TokenClass::Regex => TokenKind::Regexp,
            TokenClass::Keyword => TokenKind::Keyword,
            TokenClass::Operator => TokenKind::Operator,
            TokenClass::Signature => TokenKind::Type,
            TokenClass::Punctuation | TokenClass::Invalid => continue,
        };
        let (kind, modifiers) = match (token.span.text(tree.text()), known.get(&token.span.start)) {
            (".", _) => continue,
            ("$" | "$$", _) => (TokenKind::Variable, Modifiers::PROVIDED),
            // What is called is a function, whatever it was bound as.
            (_, Some((_, modifiers))) if kind == TokenKind::Function => (kind, *modifiers),
            (_, Some(known)) => *known,
            (_, None) => (kind, Modifiers::NONE),
        };
        push(token.span, kind, modifiers);
    }
}

/// What is known of words beside their class, by where they begin.
fn known(tree: &Tree) -> HashMap<u32, (TokenKind, Modifiers)> {
    let mut known = HashMap::new();
    if !tree.text().contains('$') {
        return known;
    }
    let scopes = scopes(tree);
    let kind = |binding: BindingKind| match binding {
        BindingKind::Parameter => TokenKind::Parameter,
        BindingKind::Assignment | BindingKind::Focus | BindingKind::Index => TokenKind::Variable,
    };
    for binding in &scopes.bindings {
        known.insert(tree.span(binding.node).start, (kind(binding.kind), Modifiers::DECLARATION));
    }
    for reference in &scopes.references {
        let bound = reference.binding.and_then(|index| scopes.bindings.get(index));
        let meaning = match bound {
            Some(binding) => (kind(binding.kind), Modifiers::NONE),
            None if reference.name == RESERVED => (TokenKind::Variable, Modifiers::PROVIDED),
            None if functions::jsonata(reference.name).is_some() => (TokenKind::Function, Modifiers::LIBRARY),
            None => continue,
        };
        known.insert(tree.span(reference.node).start, meaning);
    }
    for path in member_paths(tree).iter().filter(|path| path.name == RESERVED) {
        let names: Vec<&str> = path.segments.iter().map(|it| it.name.as_str()).collect();
        for (index, segment) in path.segments.iter().enumerate() {
            let found = context::find_in(context::STATES, names[..=index].iter().copied());
            if !matches!(found, Found::Member(_)) {
                break;
            }
            known.insert(segment.span.start, (TokenKind::Property, Modifiers::PROVIDED));
        }
    }
    known
}

/// Do these names lead to a member of the context object?
pub(super) fn is_member(names: &[&str]) -> bool {
    matches!(context::find(names.iter().copied()), Found::Member(_))
}
