//! Who binds which variable: parameters, `:=`, `@` and `#`, with the stretch of text that sees each of them.

use std::collections::HashMap;

use super::query::is_declared;
use super::{NodeId, NodeKind, Tree};
use crate::span::Span;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BindingKind {
    /// A parameter of a function.
    Parameter,
    /// `$x := …`
    Assignment,
    /// `@$x`
    Focus,
    /// `#$x`
    Index,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Binding<'t> {
    /// The variable where it is bound.
    pub node: NodeId,
    /// Without the `$`.
    pub name: &'t str,
    pub kind: BindingKind,
    /// The text that sees the variable.
    pub scope: Span,
    /// The block or function that owns it. Functions inside may use it before it is bound, as they run later.
    pub frame: Span,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reference<'t> {
    pub node: NodeId,
    /// Without the `$`.
    pub name: &'t str,
    /// An index into [`Scopes::bindings`]; `None` when the name comes from outside the expression.
    pub binding: Option<usize>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scopes<'t> {
    pub bindings: Vec<Binding<'t>>,
    /// Every use of a variable, in the order of the text. `$` and `$$` are not among them unless bound by name.
    pub references: Vec<Reference<'t>>,
}

/// All bindings of an expression and what every variable refers to.
pub fn scopes(tree: &Tree) -> Scopes<'_> {
    let bindings = bindings(tree);
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, binding) in bindings.iter().enumerate() {
        by_name.entry(binding.name).or_default().push(index);
    }
    let lambdas = if bindings.is_empty() { Vec::new() } else { enclosing_lambdas(tree) };
    let reference = |id: NodeId| {
        let name = tree.variable_name(id)?;
        if tree.kind(id) != NodeKind::Variable || is_declared(tree, id) {
            return None;
        }
        let candidates = by_name.get(name).map_or(&[][..], Vec::as_slice).iter().copied();
        let offset = tree.span(id).start;
        let around: Vec<Span> = match candidates.len() {
            0 => Vec::new(),
            _ => lambdas_around(tree, &lambdas, id),
        };
        let rank = |&index: &usize| bindings.get(index).and_then(|it| it.rank(offset, &around));
        let binding = candidates.filter(|index| rank(index).is_some()).max_by_key(|index| rank(index));
        Some(Reference { node: id, name, binding })
    };
    let references = tree.ids().filter_map(reference).collect();
    Scopes { bindings, references }
}

/// The variables that an expression at the offset can use, each name once.
pub fn visible_at(tree: &Tree, offset: u32) -> Vec<Binding<'_>> {
    let inside = |id: &NodeId| tree.kind(*id) == NodeKind::Lambda && inner_span(tree, *id).touches(offset);
    let around: Vec<Span> = tree.ids().filter(inside).map(|id| tree.span(id)).collect();
    let mut visible: Vec<(Rank, Binding<'_>)> = bindings(tree)
        .into_iter()
        .filter_map(|binding| Some((binding.rank(offset, &around)?, binding)))
        .collect();
    visible.sort_by(|left, right| right.0.cmp(&left.0));
    let mut names = std::collections::HashSet::new();
    visible.into_iter().map(|(_, binding)| binding).filter(|binding| names.insert(binding.name)).collect()
}

/// How near a binding is: inner frames before outer ones, bound before not yet bound, later before earlier.
type Rank = (u32, bool, u32);

impl Binding<'_> {
    /// `None` when the binding cannot be seen from the offset. `around` holds the functions around the offset.
    fn rank(&self, offset: u32, around: &[Span]) -> Option<Rank> {
        let bound = self.scope.touches(offset);
        let deferred = || {
            let is_inside = |it: &Span| self.frame.start < it.start && it.start < self.frame.end;
            self.kind == BindingKind::Assignment && around.iter().any(is_inside)
        };
        (bound || deferred()).then_some((self.frame.start, bound, self.scope.start))
    }
}

/// What is between the parameters and the end of a function.
fn inner_span(tree: &Tree, lambda: NodeId) -> Span {
    let node = tree.node(lambda);
    let parameters = tree.parameters(lambda).last().map_or(node.anchor.end, |&last| tree.span(last).end);
    Span::new(parameters, node.close.max(parameters))
}

fn bindings(tree: &Tree) -> Vec<Binding<'_>> {
    let mut out = Vec::new();
    for id in tree.ids() {
        let children = tree.children(id);
        match tree.kind(id) {
            NodeKind::Lambda => {
                let (frame, scope) = (tree.span(id), inner_span(tree, id));
                for &parameter in tree.parameters(id) {
                    add(tree, &mut out, parameter, BindingKind::Parameter, scope, frame);
                }
            }
            NodeKind::Bind => {
                let frame = frame(tree, id);
                let scope = Span::new(tree.span(id).end, frame.end);
                if let Some(&target) = children.first() {
                    add(tree, &mut out, target, BindingKind::Assignment, scope, frame);
                }
            }
            kind @ (NodeKind::Focus | NodeKind::Index) => {
                let scope = Span::new(tree.span(id).end, end_of_steps(tree, id));
                let kind = if kind == NodeKind::Focus { BindingKind::Focus } else { BindingKind::Index };
                if let Some(&variable) = children.last() {
                    add(tree, &mut out, variable, kind, scope, scope);
                }
            }
            _ => {}
        }
    }
    out
}

fn add<'t>(
    tree: &'t Tree,
    out: &mut Vec<Binding<'t>>,
    variable: NodeId,
    kind: BindingKind,
    scope: Span,
    frame: Span,
) {
    let mut node = variable;
    // A parameter whose parenthesis is missing took the body for a grouping: `function($v { … }`.
    while let (NodeKind::KeepArray | NodeKind::Group, Some(&child)) =
        (tree.kind(node), tree.children(node).first())
    {
        node = child;
    }
    if let Some(name) = tree.variable_name(node) {
        out.push(Binding { node, name, kind, scope, frame });
    }
}

/// The block or function that a `:=` binds in, up to where its inside ends; the whole text outside of both.
fn frame(tree: &Tree, bind: NodeId) -> Span {
    let mut inner = bind;
    while let Some(parent) = tree.parent(inner) {
        let node = tree.node(parent);
        let holds = match node.kind {
            NodeKind::Block => true,
            NodeKind::Lambda => tree.children(parent).last() == Some(&inner),
            _ => false,
        };
        if holds {
            return Span::new(node.span.start, node.close);
        }
        inner = parent;
    }
    Span::new(0, tree.text().len() as u32)
}

/// Where the path ends whose later steps see what `@` and `#` bind.
fn end_of_steps(tree: &Tree, step: NodeId) -> u32 {
    let mut top = step;
    while let Some(parent) = tree.parent(top) {
        let first = tree.children(parent).first() == Some(&top);
        match tree.kind(parent) {
            NodeKind::Path => top = parent,
            NodeKind::Filter
            | NodeKind::Group
            | NodeKind::OrderBy
            | NodeKind::KeepArray
            | NodeKind::Focus
            | NodeKind::Index
                if first =>
            {
                top = parent
            }
            _ => break,
        }
    }
    let end = tree.span(top).end;
    // The blanks behind belong to the path while it is being written.
    let next = tree.tokens().partition_point(|token| token.span.start < end);
    tree.tokens().get(next).map_or(tree.text().len() as u32, |token| token.span.start)
}

/// For every node, the innermost function whose body it is in.
fn enclosing_lambdas(tree: &Tree) -> Vec<Option<NodeId>> {
    let mut lambdas = vec![None; tree.ids().len()];
    // Parents have larger numbers than their children.
    for id in tree.ids().rev() {
        let around = match tree.kind(id) {
            NodeKind::Lambda => Some(id),
            _ => lambdas.get(id.index()).copied().flatten(),
        };
        for child in tree.children(id) {
            if let Some(lambda) = lambdas.get_mut(child.index()) {
                *lambda = around;
            }
        }
    }
    lambdas
}

fn lambdas_around(tree: &Tree, lambdas: &[Option<NodeId>], id: NodeId) -> Vec<Span> {
    let outer = |id: &NodeId| lambdas.get(id.index()).copied().flatten();
    std::iter::successors(outer(&id), outer).map(|lambda| tree.span(lambda)).collect()
}
