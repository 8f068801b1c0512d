//! Questions about an expression: what stands at an offset, which call surrounds it, what is called, what is read
//! without a context item. All of them work on broken and unfinished text.

use super::{NodeId, NodeKind, Tree};
use crate::span::Span;

/// The innermost node at an offset. Between two nodes the one that ends there wins: it is the one being typed.
pub fn node_at(tree: &Tree, offset: u32) -> NodeId {
    let mut found = tree.root();
    loop {
        let children = tree.children(found);
        let inside = |&&id: &&NodeId| {
            let span = tree.span(id);
            span.touches(offset) && (span.start < offset || span.is_empty())
        };
        let next = children.iter().find(inside);
        match next.or_else(|| children.iter().find(|&&id| tree.span(id).touches(offset))) {
            Some(&child) => found = child,
            None => return found,
        }
    }
}

/// The node and everything around it, from the inside out.
pub fn ancestors(tree: &Tree, id: NodeId) -> impl Iterator<Item = NodeId> {
    std::iter::successors(Some(id), |&id| tree.parent(id))
}

/// A call around an offset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallSite {
    pub call: NodeId,
    pub callee: NodeId,
    /// The number of the argument at the offset, from 0.
    pub argument: u32,
}

/// The innermost call whose parentheses surround the offset, closed or not.
pub fn call_at(tree: &Tree, offset: u32) -> Option<CallSite> {
    let calls = tree.ids().filter(|&id| matches!(tree.kind(id), NodeKind::Call | NodeKind::Partial));
    let around = calls.filter(|&id| {
        let node = tree.node(id);
        node.anchor.end <= offset && offset <= node.close
    });
    let call = around.max_by_key(|&id| tree.node(id).anchor.start)?;
    let callee = *tree.children(call).first()?;
    let arguments = tree.arguments(call);
    let passed = arguments.windows(2).take_while(|pair| match pair {
        [left, right] => comma_between(tree, tree.span(*left).end, tree.span(*right).start)
            .is_some_and(|comma| comma <= offset),
        _ => false,
    });
    Some(CallSite { call, callee, argument: passed.count() as u32 })
}

/// The end of the first comma token between two offsets.
fn comma_between(tree: &Tree, start: u32, end: u32) -> Option<u32> {
    let first = tree.tokens.partition_point(|token| token.span.start < start);
    let between = tree.tokens.get(first..)?.iter().take_while(|token| token.span.end <= end);
    between.map(|token| token.span).find(|span| span.text(&tree.text) == ",").map(|span| span.end)
}

/// A call, or a function that `~>` passes a value to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Call<'t> {
    /// The call; the variable alone in `a ~> $f`.
    pub node: NodeId,
    pub callee: NodeId,
    /// The name behind the `$` when a variable is called.
    pub name: Option<&'t str>,
    /// Written arguments, `?` included, and the value that `~>` passes in.
    pub arguments: u32,
    /// `~>` passes the first argument.
    pub piped: bool,
    /// The call is a step of a path: it stands right behind a `.`.
    pub after_step: bool,
    /// There is a context item here that can stand in for the first argument.
    pub has_context: bool,
}

/// All calls, inner ones before outer ones.
pub fn calls(tree: &Tree) -> Vec<Call<'_>> {
    let context = contexts(tree);
    let call = |node: NodeId| {
        let kind = tree.kind(node);
        let piped = is_right_side(tree, node, NodeKind::Chain);
        let callee = match kind {
            NodeKind::Call | NodeKind::Partial => *tree.children(node).first()?,
            NodeKind::Variable if piped => node,
            _ => return None,
        };
        let written =
            tree.arguments(node).iter().filter(|&&argument| tree.kind(argument) != NodeKind::Missing).count();
        let target = below_keep_array(tree, callee);
        Some(Call {
            node,
            callee,
            name: tree.variable_name(target).filter(|_| tree.kind(target) == NodeKind::Variable),
            // A partial application is built first; the value fills its gap.
            arguments: written as u32 + u32::from(piped && kind != NodeKind::Partial),
            piped,
            after_step: is_right_side(tree, node, NodeKind::Path),
            has_context: context.get(node.index()).copied().unwrap_or_default(),
        })
    };
    tree.ids().filter_map(call).collect()
}

/// Whether the node, with any filters behind it, is the right side of an operator.
fn is_right_side(tree: &Tree, node: NodeId, operator: NodeKind) -> bool {
    let mut inner = node;
    while let Some(parent) = tree.parent(inner) {
        let first = tree.children(parent).first() == Some(&inner);
        match tree.kind(parent) {
            kind if kind == operator => return !first,
            NodeKind::Filter | NodeKind::KeepArray | NodeKind::Group if first => inner = parent,
            _ => return false,
        }
    }
    false
}

fn below_keep_array(tree: &Tree, mut id: NodeId) -> NodeId {
    while let (NodeKind::KeepArray, Some(&child)) = (tree.kind(id), tree.children(id).first()) {
        id = child;
    }
    id
}

/// For every node, whether a context item exists where it is evaluated.
fn contexts(tree: &Tree) -> Vec<bool> {
    let mut contexts = vec![false; tree.nodes.len()];
    // Parents have larger numbers than their children.
    for id in tree.ids().rev() {
        let here = contexts.get(id.index()).copied().unwrap_or_default();
        for (index, child) in tree.children(id).iter().enumerate() {
            let given = match tree.kind(id) {
                NodeKind::Path | NodeKind::Filter | NodeKind::Group | NodeKind::OrderBy => index > 0,
                NodeKind::Transform => true,
                _ => false,
            };
            if let Some(context) = contexts.get_mut(child.index()) {
                *context = here || given;
            }
        }
    }
    contexts
}

/// Something read from the context item where there is none, or `$$`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContextUse {
    pub node: NodeId,
    pub span: Span,
    pub kind: ContextUseKind,
    /// The field's name; otherwise the text.
    pub name: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ContextUseKind {
    /// A field name, or a text as the first step of a path.
    Name,
    /// `$`
    Context,
    /// `$$`, wherever it stands: there is no input document to refer to.
    Root,
    /// `*`
    Wildcard,
    /// `**`
    Descendants,
}

/// What the expression reads from a context item that Step Functions does not provide: a bare name, `$`, `*` or `**`
/// at the top level, and `$$` anywhere. Every occurrence, in the order of the text.
pub fn context_uses(tree: &Tree) -> Vec<ContextUse> {
    let contexts = contexts(tree);
    let found = |id: NodeId| {
        let kind = match tree.kind(id) {
            NodeKind::Name => ContextUseKind::Name,
            NodeKind::String if is_first_step(tree, id) => ContextUseKind::Name,
            NodeKind::Context => ContextUseKind::Context,
            NodeKind::Root => ContextUseKind::Root,
            NodeKind::Wildcard => ContextUseKind::Wildcard,
            NodeKind::Descendants => ContextUseKind::Descendants,
            _ => return None,
        };
        let has_context = contexts.get(id.index()).copied().unwrap_or_default();
        if has_context && kind != ContextUseKind::Root || is_declared(tree, id) {
            return None;
        }
        let name = tree.name(id).unwrap_or_else(|| tree.source(id).to_owned());
        Some(ContextUse { node: id, span: tree.span(id), kind, name })
    };
    tree.ids().filter_map(found).collect()
}

/// Whether a path begins with the node.
fn is_first_step(tree: &Tree, id: NodeId) -> bool {
    let mut inner = id;
    while let Some(parent) = tree.parent(inner) {
        if tree.children(parent).first() != Some(&inner) {
            return false;
        }
        match tree.kind(parent) {
            NodeKind::Path => return true,
            NodeKind::Filter
            | NodeKind::KeepArray
            | NodeKind::Group
            | NodeKind::OrderBy
            | NodeKind::Focus
            | NodeKind::Index => inner = parent,
            _ => return false,
        }
    }
    false
}

/// Whether the node names something instead of reading it: the word `function`, a parameter, what `:=` binds.
pub(super) fn is_declared(tree: &Tree, id: NodeId) -> bool {
    let Some(parent) = tree.parent(id) else { return false };
    let children = tree.children(parent);
    match tree.kind(parent) {
        NodeKind::Lambda => children.last() != Some(&id),
        NodeKind::Bind => children.first() == Some(&id) && tree.is_variable(id),
        NodeKind::Focus | NodeKind::Index => children.last() == Some(&id),
        NodeKind::KeepArray => is_declared(tree, parent),
        _ => false,
    }
}

/// A variable and the fields read from it: `$states.input.order`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MemberPath<'t> {
    pub variable: NodeId,
    /// Without the `$`.
    pub name: &'t str,
    /// From the variable to the last segment.
    pub span: Span,
    pub segments: Vec<Segment>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    pub node: NodeId,
    /// Empty where the name is still missing behind a dot.
    pub span: Span,
    pub name: String,
}

/// The member paths of all variables, in the order of the text. Filters between the segments are passed over; the path
/// ends where a step is no plain name.
pub fn member_paths(tree: &Tree) -> Vec<MemberPath<'_>> {
    let variables = tree.ids().filter(|&id| tree.kind(id) == NodeKind::Variable && !is_declared(tree, id));
    variables.filter_map(|id| member_path(tree, id)).collect()
}

fn member_path(tree: &Tree, variable: NodeId) -> Option<MemberPath<'_>> {
    let mut path = MemberPath {
        variable,
        name: tree.variable_name(variable)?,
        span: tree.span(variable),
        segments: Vec::new(),
    };
    let mut inner = variable;
    while let Some(parent) = tree.parent(inner) {
        let children = tree.children(parent);
        if children.first() != Some(&inner) {
            break;
        }
        match tree.kind(parent) {
            NodeKind::Filter
            | NodeKind::KeepArray
            | NodeKind::OrderBy
            | NodeKind::Focus
            | NodeKind::Index => {}
            NodeKind::Path => match children.get(1).and_then(|&step| segment(tree, step)) {
                Some(segment) => {
                    path.span = path.span.to(segment.span);
                    path.segments.push(segment);
                }
                None => break,
            },
            _ => break,
        }
        inner = parent;
    }
    Some(path)
}

fn segment(tree: &Tree, step: NodeId) -> Option<Segment> {
    let mut node = step;
    while matches!(
        tree.kind(node),
        NodeKind::Filter | NodeKind::KeepArray | NodeKind::Focus | NodeKind::Index
    ) {
        node = *tree.children(node).first()?;
    }
    let name = match tree.kind(node) {
        NodeKind::Missing => String::new(),
        _ => tree.name(node)?,
    };
    Some(Segment { node, span: tree.span(node), name })
}
