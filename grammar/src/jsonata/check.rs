//! The reference's checks of a complete tree: which steps a path may have, and what may follow a grouping or a sort.

use super::errors::{self, Code, Error};
use super::{Node, NodeId, NodeKind, TokenClass, Tree};

/// What the reference's rewriting of the tree would know about a node.
#[derive(Clone, Copy, Default)]
struct Summary {
    is_path: bool,
    /// A number, perhaps negated or filtered.
    is_number: bool,
    has_group: bool,
    /// The following three are about the last step of a path, or about the value itself.
    last_has_group: bool,
    last_has_filter: bool,
    last_is_sort: bool,
    /// A number or literal that must not become a step.
    no_step: Option<NodeId>,
}

/// When the reference comes to a fault, relative to others. Nodes are numbered in the order of its walk.
pub(super) type Order = u64;

/// The place in the order where a node is done.
pub(super) fn done(id: NodeId) -> Order {
    u64::from(id.0) * 2
}

/// The error for a text that ends where an operand is expected.
pub(super) fn unfinished(tree: &Tree) -> Option<(Order, Error)> {
    let missing = tree.ids().find(|&id| tree.kind(id) == NodeKind::Missing)?;
    let last = tree.tokens.iter().rfind(|token| token.class != TokenClass::Comment);
    let error = Error {
        code: Code::S0207,
        span: tree.span(missing),
        position: Some(tree.text.len() as u32),
        message: errors::unfinished(last.map_or("", |token| token.span.text(&tree.text))),
        slip: None,
    };
    Some((done(missing), error))
}

/// The first fault in the steps of paths. One pass suffices: children have smaller numbers than their parents.
pub(super) fn first_fault(tree: &Tree) -> Option<(Order, Error)> {
    let mut summaries: Vec<Summary> = Vec::with_capacity(tree.nodes.len());
    let mut first: Option<(Order, Code, NodeId)> = None;
    for id in tree.ids() {
        let (summary, fault) = summarize(tree, &summaries, id);
        summaries.push(summary);
        if let Some((code, place)) = fault {
            // What is checked before the right side was looked at counts as seen just behind the left side.
            let left = tree.children(id).first().copied().unwrap_or(id);
            let order = if code == Code::S0213 { done(id) } else { done(left) + 1 };
            if first.is_none_or(|(earliest, ..)| order < earliest) {
                first = Some((order, code, place));
            }
        }
    }
    first.map(|(order, code, place)| (order, error(tree, code, place)))
}

fn summarize(tree: &Tree, done: &[Summary], id: NodeId) -> (Summary, Option<(Code, NodeId)>) {
    let of = |id: NodeId| done.get(id.index()).copied().unwrap_or_default();
    let children = tree.children(id);
    let left = children.first().map(|&child| of(child)).unwrap_or_default();
    let mut fault = None;
    let summary = match tree.kind(id) {
        NodeKind::Name => Summary { is_path: true, ..Summary::default() },
        NodeKind::Number => Summary { is_number: true, no_step: Some(id), ..Summary::default() },
        NodeKind::Literal => Summary { no_step: Some(id), ..Summary::default() },
        NodeKind::Negate if left.is_number => left,
        NodeKind::KeepArray => left,
        NodeKind::Path => {
            let right = children.get(1).map(|&child| of(child)).unwrap_or_default();
            fault = left.no_step.or(right.no_step).map(|step| (Code::S0213, step));
            Summary {
                is_path: true,
                is_number: false,
                has_group: left.is_path && left.has_group,
                no_step: None,
                ..right
            }
        }
        NodeKind::Filter => {
            fault = left.last_has_group.then_some((Code::S0209, id));
            Summary { last_has_filter: true, ..left }
        }
        NodeKind::Group => {
            fault = left.has_group.then_some((Code::S0210, id));
            Summary { has_group: true, last_has_group: !left.is_path || left.last_has_group, ..left }
        }
        NodeKind::OrderBy => Summary {
            is_path: true,
            has_group: left.is_path && left.has_group,
            last_is_sort: true,
            no_step: left.no_step,
            ..Summary::default()
        },
        NodeKind::Focus => {
            let code = match left {
                Summary { last_has_filter: true, .. } => Some(Code::S0215),
                Summary { last_is_sort: true, .. } => Some(Code::S0216),
                _ => None,
            };
            fault = code.map(|code| (code, id));
            left
        }
        NodeKind::Index => {
            Summary { is_path: true, is_number: false, has_group: left.is_path && left.has_group, ..left }
        }
        _ => Summary::default(),
    };
    (summary, fault)
}

fn error(tree: &Tree, code: Code, place: NodeId) -> Error {
    let Node { anchor, .. } = *tree.node(place);
    let found = anchor.text(&tree.text);
    let message = match code {
        Code::S0209 => "a filter cannot follow a grouping; put the grouping into parentheses".to_owned(),
        Code::S0210 => "a value can be grouped only once; put the first grouping into parentheses".to_owned(),
        Code::S0213 => {
            format!("`{found}` cannot be a step of a path; quote it as a name, or use `[…]` for an index")
        }
        Code::S0215 => "`@` must come before the filters of its step".to_owned(),
        _ => "`@` cannot follow a sort; put it before `^(…)`".to_owned(),
    };
    Error { code, span: anchor, position: Some(anchor.end), message, slip: None }
}
