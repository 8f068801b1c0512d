//! Inside JSONata.

use asl_grammar::jsonata::scope::{Binding, scopes};
use asl_grammar::jsonata::{NodeId, NodeKind, Operator as Binary, Token, TokenClass, Tree, query};
use asl_grammar::span::Span;

use super::text::{binding_text, context_text, function_text, operator_text};
use crate::analysis::Analysis;
use crate::catalog::context::{Found, Kind, Member, STATES, find_in};
use crate::catalog::functions;
use crate::catalog::operators::{self as operator, Operator};
use crate::ide::expression::Inside;

pub(super) fn hover(analysis: &Analysis, inside: &Inside, tree: &Tree) -> Option<(Span, String)> {
    tokens_at(tree, inside.offset).find_map(|token| about(analysis, inside, tree, token))
}

fn about(analysis: &Analysis, inside: &Inside, tree: &Tree, token: Token) -> Option<(Span, String)> {
    let text = match token.class {
        TokenClass::Variable | TokenClass::Function | TokenClass::Parameter | TokenClass::Context => {
            variable(analysis, inside, tree, leaf(tree, token.span)?)?
        }
        TokenClass::Name => member(tree, token.span)?,
        TokenClass::Keyword if matches!(token.span.text(tree.text()), "function" | "λ") => {
            operator_text(&operator::LAMBDA)
        }
        TokenClass::Comment => return None,
        _ => {
            let (span, operator) = construct(tree, token.span)?;
            return Some((span, operator_text(operator)));
        }
    };
    Some((token.span, text))
}

/// The token that the offset lies in, and then the one that ends there.
fn tokens_at(tree: &Tree, offset: u32) -> impl Iterator<Item = Token> {
    let tokens = tree.tokens();
    let after = tokens.partition_point(|token| token.span.end <= offset);
    let inside = tokens.get(after).filter(|token| token.span.start <= offset);
    let before = after.checked_sub(1).and_then(|before| tokens.get(before));
    inside.into_iter().chain(before.filter(|token| token.span.end == offset)).copied()
}

fn leaf(tree: &Tree, span: Span) -> Option<NodeId> {
    let node = tree.ids().find(|&id| tree.span(id) == span && tree.children(id).is_empty())?;
    tree.is_variable(node).then_some(node)
}

fn variable(analysis: &Analysis, inside: &Inside, tree: &Tree, node: NodeId) -> Option<String> {
    if let Some(binding) = binding_of(tree, node) {
        return Some(binding_text(tree, &binding));
    }
    match tree.kind(node) {
        NodeKind::Context => return Some(operator_text(&operator::CONTEXT_ITEM)),
        NodeKind::Root => return Some(operator_text(&operator::ROOT)),
        _ => {}
    }
    let name = tree.variable_name(node)?;
    if name == "states" {
        let whole = Member { kind: Kind::Object(STATES), ..WHOLE };
        return Some(context_text("$states", &whole));
    }
    let machine = analysis.machine()?;
    let is_assigned = machine.variables().assigned.iter().any(|it| it.name == name);
    match functions::jsonata(name).filter(|_| !is_assigned) {
        Some(function) => Some(function_text(function)),
        None => super::variable(analysis, inside, name),
    }
}

/// The binding that a variable is, or refers to.
fn binding_of(tree: &Tree, node: NodeId) -> Option<Binding<'_>> {
    let scopes = scopes(tree);
    let bound = scopes.bindings.iter().find(|it| it.node == node).copied();
    bound.or_else(|| {
        let reference = scopes.references.iter().find(|it| it.node == node)?;
        scopes.bindings.get(reference.binding?).copied()
    })
}

const WHOLE: Member = Member {
    name: "states",
    kind: Kind::Any,
    availability: crate::catalog::context::Availability::Everywhere,
    summary: "What Step Functions tells the expressions of a state.",
};

/// A step of `$states.context.Execution.Id`.
fn member(tree: &Tree, span: Span) -> Option<String> {
    for path in query::member_paths(tree).into_iter().filter(|path| path.name == "states") {
        let Some(index) = path.segments.iter().position(|segment| segment.span == span) else { continue };
        let names: Vec<&str> = path.segments[..=index].iter().map(|segment| segment.name.as_str()).collect();
        return match find_in(STATES, names.iter().copied()) {
            Found::Member(member) => Some(context_text(&format!("$states.{}", names.join(".")), member)),
            _ => None,
        };
    }
    None
}

/// The operator or bracket that a token is, or is a part of: `??` are two of them.
fn construct(tree: &Tree, token: Span) -> Option<(Span, &'static Operator)> {
    let anchors = tree.ids().map(|id| (tree.node(id).anchor, tree.kind(id)));
    anchors
        .filter(|(anchor, _)| anchor.covers(token))
        .find_map(|(anchor, kind)| Some((anchor, meaning(kind)?)))
}

fn meaning(kind: NodeKind) -> Option<&'static Operator> {
    Some(match kind {
        NodeKind::Path => &operator::MAP,
        NodeKind::Filter => &operator::FILTER,
        NodeKind::KeepArray => &operator::KEEP_ARRAY,
        NodeKind::Group => &operator::GROUP,
        NodeKind::OrderBy | NodeKind::Term => &operator::ORDER_BY,
        NodeKind::Wildcard => &operator::WILDCARD,
        NodeKind::Descendants => &operator::DESCENDANTS,
        NodeKind::Parent => &operator::PARENT,
        NodeKind::Focus => &operator::FOCUS,
        NodeKind::Index => &operator::INDEX,
        NodeKind::Negate => &operator::NEGATE,
        NodeKind::Chain => &operator::CHAIN,
        NodeKind::Condition => &operator::CONDITION,
        NodeKind::Coalesce => &operator::COALESCE,
        NodeKind::Default => &operator::DEFAULT,
        NodeKind::Bind => &operator::BIND,
        NodeKind::Range => &operator::RANGE,
        NodeKind::Transform => &operator::TRANSFORM,
        NodeKind::Block => &operator::BLOCK,
        NodeKind::Array => &operator::ARRAY,
        NodeKind::Object => &operator::OBJECT,
        NodeKind::Placeholder => &operator::PLACEHOLDER,
        NodeKind::Regex => &operator::REGEX,
        NodeKind::Binary(binary) => match binary {
            Binary::Add => &operator::ADD,
            Binary::Subtract => &operator::SUBTRACT,
            Binary::Multiply => &operator::MULTIPLY,
            Binary::Divide => &operator::DIVIDE,
            Binary::Remainder => &operator::REMAINDER,
            Binary::Concatenate => &operator::CONCATENATE,
            Binary::Equal => &operator::EQUAL,
            Binary::NotEqual => &operator::NOT_EQUAL,
            Binary::Less => &operator::LESS,
            Binary::LessEqual => &operator::LESS_EQUAL,
            Binary::Greater => &operator::GREATER,
            Binary::GreaterEqual => &operator::GREATER_EQUAL,
            Binary::In => &operator::IN,
            Binary::And => &operator::AND,
            Binary::Or => &operator::OR,
        },
        _ => return None,
    })
}
