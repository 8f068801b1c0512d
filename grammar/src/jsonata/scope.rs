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
    /// The block or function, when it is not the whole expression.
    pub owner: Option<NodeId>,
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
    /// Bindings that hide another variable of the same name, each with one of that: indices into `bindings`.
    pub shadowed: Vec<(usize, usize)>,
}

impl<'t> Binding<'t> {
    /// What tells variables apart: in one block or function a second `:=` gives the same variable another value.
    pub fn variable(&self) -> (Option<NodeId>, &'t str, Option<NodeId>) {
        let alone = matches!(self.kind, BindingKind::Focus | BindingKind::Index);
        (self.owner, self.name, alone.then_some(self.node))
    }
}

/// All bindings of an expression and what every variable refers to.
pub fn scopes(tree: &Tree) -> Scopes<'_> {
    let surroundings = Surroundings::new(tree);
    let bindings = bindings(tree, &surroundings);
    let resolver = Resolver::new(&bindings);
    let (references, shadowed) = resolver.resolve(tree, &surroundings);
    Scopes { bindings, references, shadowed }
}

/// Finds the binding of each variable while walking through the text once.
struct Resolver<'b, 't> {
    bindings: &'b [Binding<'t>],
    /// Indices of the bindings by the beginning of their scopes.
    order: Vec<usize>,
    /// The last `:=` of a name in a frame, for functions that run after it.
    assigned: HashMap<(Option<NodeId>, &'t str), usize>,
}

impl<'b, 't> Resolver<'b, 't> {
    fn new(bindings: &'b [Binding<'t>]) -> Resolver<'b, 't> {
        let mut order: Vec<usize> = (0..bindings.len()).collect();
        order.sort_by_key(|&index| bindings.get(index).map(|it| it.scope.start));
        let assignments = bindings.iter().enumerate().filter(|(_, it)| it.kind == BindingKind::Assignment);
        let assigned = assignments.map(|(index, it)| ((it.owner, it.name), index)).collect();
        Resolver { bindings, order, assigned }
    }

    fn resolve(
        self,
        tree: &'t Tree,
        surroundings: &Surroundings,
    ) -> (Vec<Reference<'t>>, Vec<(usize, usize)>) {
        let mut begun: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut next = self.order.iter().copied().peekable();
        let by_node: HashMap<NodeId, usize> =
            self.bindings.iter().enumerate().map(|(index, it)| (it.node, index)).collect();
        let (mut references, mut shadowed) = (Vec::new(), Vec::new());
        for node in tree.ids() {
            let Some(name) = tree.variable_name(node) else { continue };
            let declared = by_node.get(&node).copied();
            if declared.is_none() && (tree.kind(node) != NodeKind::Variable || is_declared(tree, node)) {
                continue;
            }
            let offset = tree.span(node).start;
            let scope = |index: usize| self.bindings.get(index).map_or(Span::default(), |it| it.scope);
            while let Some(index) = next.next_if(|&index| scope(index).start <= offset) {
                if let Some(binding) = self.bindings.get(index) {
                    begun.entry(binding.name).or_default().push(index);
                }
            }
            // Scopes nest, so the one that began last is the innermost of those that have not ended.
            let bound = begun.get_mut(name).and_then(|begun| {
                while begun.last().is_some_and(|&index| scope(index).end < offset) {
                    begun.pop();
                }
                begun.last().copied()
            });
            if let Some(inner) = declared {
                let other = |outer: &usize| {
                    let (inner, outer) = (self.bindings.get(inner), self.bindings.get(*outer));
                    inner.zip(outer).is_some_and(|(inner, outer)| inner.variable() != outer.variable())
                };
                shadowed.extend(bound.filter(other).map(|outer| (inner, outer)));
                continue;
            }
            let deferred = self.deferred(tree, surroundings, node, name);
            let rank = |&index: &usize| {
                let binding = self.bindings.get(index)?;
                Some((binding.frame.start, Some(index) == bound))
            };
            let binding = bound.into_iter().chain(deferred).max_by_key(rank);
            references.push(Reference { node, name, binding });
        }
        (references, shadowed)
    }

    /// The innermost `:=` around the function that the variable stands in, whether before it or behind it.
    fn deferred(
        &self,
        tree: &Tree,
        surroundings: &Surroundings,
        node: NodeId,
        name: &'t str,
    ) -> Option<usize> {
        if self.assigned.is_empty() {
            return None;
        }
        let mut in_function = false;
        let mut frame = surroundings.frame(node);
        loop {
            let found = self.assigned.get(&(frame, name)).copied();
            if in_function && found.is_some() {
                return found;
            }
            let inner = frame?;
            in_function |= tree.kind(inner) == NodeKind::Lambda;
            frame = surroundings.frame(inner);
        }
    }
}

/// For every node, what it stands in.
struct Surroundings {
    /// The innermost block or function body.
    frames: Vec<Option<NodeId>>,
    /// The end of the path that the node is a step of.
    step_ends: Vec<u32>,
}

impl Surroundings {
    fn new(tree: &Tree) -> Surroundings {
        let mut frames = vec![None; tree.nodes.len()];
        let mut step_ends = vec![0; tree.nodes.len()];
        if let Some(end) = step_ends.last_mut() {
            *end = tree.span(tree.root()).end;
        }
        // Parents have larger numbers than their children.
        for id in tree.ids().rev() {
            let kind = tree.kind(id);
            let outer = frames.get(id.index()).copied().flatten();
            let step_end = step_ends.get(id.index()).copied().unwrap_or_default();
            let children = tree.children(id);
            for (index, child) in children.iter().enumerate() {
                let owns = match kind {
                    NodeKind::Block => true,
                    NodeKind::Lambda => index + 1 == children.len(),
                    _ => false,
                };
                let same_path = match kind {
                    NodeKind::Path => true,
                    NodeKind::Filter
                    | NodeKind::Group
                    | NodeKind::OrderBy
                    | NodeKind::KeepArray
                    | NodeKind::Focus
                    | NodeKind::Index => index == 0,
                    _ => false,
                };
                if let Some(frame) = frames.get_mut(child.index()) {
                    *frame = if owns { Some(id) } else { outer };
                }
                if let Some(end) = step_ends.get_mut(child.index()) {
                    *end = if same_path { step_end } else { tree.span(*child).end };
                }
            }
        }
        Surroundings { frames, step_ends }
    }

    fn frame(&self, id: NodeId) -> Option<NodeId> {
        self.frames.get(id.index()).copied().flatten()
    }
}

/// The variables that an expression at the offset can use, each name once.
pub fn visible_at(tree: &Tree, offset: u32) -> Vec<Binding<'_>> {
    let inside = |id: &NodeId| tree.kind(*id) == NodeKind::Lambda && inner_span(tree, *id).touches(offset);
    let around: Vec<Span> = tree.ids().filter(inside).map(|id| tree.span(id)).collect();
    let mut visible: Vec<(Rank, Binding<'_>)> = bindings(tree, &Surroundings::new(tree))
        .into_iter()
        .filter_map(|binding| Some((binding.rank(offset, &around)?, binding)))
        .collect();
    visible.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
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

fn bindings<'t>(tree: &'t Tree, surroundings: &Surroundings) -> Vec<Binding<'t>> {
    let mut out = Vec::new();
    for id in tree.ids() {
        let children = tree.children(id);
        let mut add = |variable: NodeId, kind: BindingKind, scope: Span, frame: Span, owner| {
            let node = bound_variable(tree, variable);
            if let Some(name) = tree.variable_name(node) {
                out.push(Binding { node, name, kind, scope, frame, owner });
            }
        };
        match tree.kind(id) {
            NodeKind::Lambda => {
                let (frame, scope) = (tree.span(id), inner_span(tree, id));
                for &parameter in tree.parameters(id) {
                    add(parameter, BindingKind::Parameter, scope, frame, Some(id));
                }
            }
            NodeKind::Bind => {
                let owner = surroundings.frame(id);
                let frame = match owner.map(|owner| tree.node(owner)) {
                    Some(owner) => Span::new(owner.span.start, owner.close),
                    None => Span::new(0, tree.text().len() as u32),
                };
                let start = tree.span(id).end;
                let scope = Span::new(start, frame.end.max(start));
                if let Some(&target) = children.first() {
                    add(target, BindingKind::Assignment, scope, frame, owner);
                }
            }
            kind @ (NodeKind::Focus | NodeKind::Index) => {
                let start = tree.span(id).end;
                let end = surroundings.step_ends.get(id.index()).copied().unwrap_or_default();
                let scope = Span::new(start, blanks_behind(tree, end.max(start)));
                let kind = if kind == NodeKind::Focus { BindingKind::Focus } else { BindingKind::Index };
                if let Some(&variable) = children.last() {
                    add(variable, kind, scope, scope, surroundings.frame(id));
                }
            }
            _ => {}
        }
    }
    out
}

/// A parameter whose parenthesis is missing took the body for a grouping: `function($v { … }`.
fn bound_variable(tree: &Tree, mut node: NodeId) -> NodeId {
    while let (NodeKind::KeepArray | NodeKind::Group, Some(&child)) =
        (tree.kind(node), tree.children(node).first())
    {
        node = child;
    }
    node
}

/// Where the next token begins: the blanks behind a path belong to it while it is being written.
fn blanks_behind(tree: &Tree, end: u32) -> u32 {
    let next = tree.tokens().partition_point(|token| token.span.start < end);
    tree.tokens().get(next).map_or(tree.text().len() as u32, |token| token.span.start)
}
