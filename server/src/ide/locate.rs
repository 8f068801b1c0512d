//! What stands at an offset: the node, the object of the language around it, the state it names.

use asl_grammar::spot::{Slot, Spot};
use asl_grammar::text::Text;
use asl_grammar::tree::{Kind, Member, Node};

use crate::analysis::Analysis;
use crate::asl::{CallView, Fragment, Machine, Place, Placed, State, StateRef};
use crate::catalog::fields::Field;

/// A node with the fragment it belongs to.
#[derive(Clone, Copy)]
pub struct Located<'a> {
    pub node: Node<'a>,
    pub placed: Placed<'a>,
    /// Index of the fragment: 0 is the frame.
    pub fragment: usize,
}

/// The deepest node at an offset.
pub fn locate(analysis: &Analysis, offset: usize) -> Option<Located<'_>> {
    let node = analysis.syntax.node_at(offset)?;
    let fragment = analysis.syntax.part_at(offset).map_or(0, |part| part + 1);
    Some(Located { node, placed: analysis.placed(fragment)?, fragment })
}

impl<'a> Located<'a> {
    /// The object of the language whose member (or member's key or value) the node is, and that member.
    pub fn member(&self) -> Option<(&'a Place, Member<'a>)> {
        let member = self.node.ancestors().take(2).find_map(Node::as_member)?;
        let place = place_of(self.placed.fragment, member.node.parent()?)?;
        Some((place, member))
    }

    /// The field that the node is the key or the value of, where it stands in an object of the language.
    pub fn field(&self) -> Option<(&'a Place, Member<'a>, &'static Field)> {
        let (place, member) = self.member()?;
        Some((place, member, place.object.field(member.name())?))
    }

    /// The call whose Resource the node is, or in whose parameters it stands.
    pub fn call(&self) -> Option<CallView<'a>> {
        call_of(&self.placed, self.node)
    }

    /// Can the node be the name of a state, at its key or at what leads to it? Told without a look at the machine.
    pub fn may_name_state(&self) -> bool {
        let id = self.node.id();
        let member = self.node.parent().and_then(Node::as_member);
        let starts = member.is_some_and(|member| member.name() == "StartAt");
        let named = |state: &State| {
            state.key == id || state.transitions.iter().any(|transition| transition.target == id)
        };
        self.node.kind() == Kind::String && (starts || self.placed.fragment.states.iter().any(named))
    }

    /// Is the node the key of its member?
    pub fn is_key(&self) -> bool {
        let member = self.node.parent().and_then(Node::as_member);
        member.is_some_and(|member| member.key == self.node)
    }
}

/// The call whose Resource a node is, or in whose parameters it stands.
pub fn call_of<'a>(placed: &Placed<'a>, node: Node<'a>) -> Option<CallView<'a>> {
    placed.calls().find(|call| {
        call.resource() == node
            || call.given().is_some_and(|given| node.ancestors().any(|it| it == given.value))
    })
}

/// The piece that a node belongs to.
pub fn placed_of<'a>(analysis: &'a Analysis, node: Node<'a>) -> Option<Placed<'a>> {
    let fragment = analysis.syntax.part_at(node.start()).map_or(0, |part| part + 1);
    let placed = analysis.placed(fragment)?;
    if node.is_of(placed.tree) {
        return Some(placed);
    }
    // At the border of two pieces the node tells which one is meant.
    let near = [fragment.saturating_sub(1), fragment + 1, 0];
    near.into_iter().filter_map(|it| analysis.placed(it)).find(|it| node.is_of(it.tree))
}

/// The key before the cursor, where it has no node: that of a line which cannot be read yet (`Resource: arn:aws:`).
pub fn unread_key(text: &Text, spot: &Spot) -> Option<String> {
    if spot.slot != Slot::Value {
        return None;
    }
    let start = text.line_range(text.line_of(spot.typed.start)).start;
    let line = text.slice(start..spot.typed.start);
    let before = line.trim().strip_suffix(':')?.trim_end();
    let key = match before.strip_suffix('"') {
        Some(quoted) => quoted.rsplit('"').next()?,
        None => before.trim_start_matches("- ").trim_matches('\''),
    };
    Some(key.to_owned())
}

/// The object of the language that a node is.
pub fn place_of<'a>(fragment: &'a Fragment, node: Node) -> Option<&'a Place> {
    // Places stand in the order of the text, and so do the ids of nodes.
    let index = fragment.places.binary_search_by_key(&node.id(), |place| place.node).ok()?;
    fragment.places.get(index)
}

/// A state that is named at an offset, by its key or by what leads to it.
pub struct Named<'a> {
    pub scope: usize,
    pub name: &'a str,
    pub node: Node<'a>,
    /// None when no state of the scope has that name.
    pub state: Option<StateRef>,
}

pub fn named_state<'a>(machine: &Machine<'a>, located: &Located<'a>) -> Option<Named<'a>> {
    let node = located.node;
    if node.kind() != Kind::String {
        return None;
    }
    let named =
        |scope: usize| Named { scope, name: node.text(), node, state: machine.find(scope, node.text()) };
    if let Some(scope) = machine.scopes.iter().position(|scope| scope.start_at == Some(node)) {
        return Some(named(scope));
    }
    let fragment = located.fragment as u32;
    for (index, state) in located.placed.fragment.states.iter().enumerate() {
        let reference = StateRef { fragment, state: index as u32 };
        let is_key = state.key == node.id();
        if is_key || state.transitions.iter().any(|transition| transition.target == node.id()) {
            let scope = machine.scope_of(reference);
            let mut named = named(scope);
            if is_key {
                named.state = Some(reference);
            }
            return Some(named);
        }
    }
    None
}
