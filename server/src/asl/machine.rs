//! The machine of one version of a document: its fragments at their places, and the graph of its states.

use std::collections::HashMap;
use std::ops::Range;

use asl_grammar::tree::{Node, NodeId, Tree};

use super::{CallView, Ends, Fragment, State, StateView, Transition, calls};

/// A fragment at its place: the frame first, then the states of the document.
#[derive(Clone, Copy)]
pub struct Placed<'a> {
    pub tree: &'a Tree,
    pub base: usize,
    pub fragment: &'a Fragment,
}

impl<'a> Placed<'a> {
    pub fn node(&self, id: NodeId) -> Node<'a> {
        self.tree.node(id, self.base)
    }

    /// The Resources of the fragment.
    pub fn calls(&self) -> impl Iterator<Item = CallView<'a>> + use<'a> {
        calls(self.fragment, self.tree, self.base)
    }
}

/// Names a state of the machine: its fragment, and its index there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateRef {
    pub fragment: u32,
    pub state: u32,
}

/// States that may lead to one another: those of the document, of a branch or of an item processor.
pub struct Scope<'a> {
    /// The state that holds it; None for the machine itself.
    pub owner: Option<StateRef>,
    /// The object with `StartAt` and `States`.
    pub node: Node<'a>,
    pub start_at: Option<Node<'a>>,
    pub states_key: Option<Node<'a>>,
    pub states: Vec<StateRef>,
    /// A syntax error stands in it: what is missing may only be unreadable.
    pub damaged: bool,
}

pub struct Machine<'a> {
    pub fragments: Vec<Placed<'a>>,
    /// The scope of the document first.
    pub scopes: Vec<Scope<'a>>,
    /// For each fragment, where its nested scopes begin in `scopes`.
    first_scope: Vec<u32>,
    by_name: HashMap<&'a str, Vec<StateRef>>,
}

impl<'a> Machine<'a> {
    /// Joins the fragments. The first one is the frame; `damage` are the ranges of the syntax errors, sorted.
    pub fn new(fragments: Vec<Placed<'a>>, damage: &[Range<usize>]) -> Option<Machine<'a>> {
        let frame = *fragments.first()?;
        let root = frame.tree.root(frame.base)?;
        let damaged = |node: Node| {
            let range = node.range();
            let first = damage.partition_point(|error| error.end < range.start);
            damage.get(first).is_some_and(|error| error.start <= range.end)
        };
        let mut scopes = vec![Scope {
            owner: None,
            node: root,
            start_at: root.get("StartAt"),
            states_key: root.member("States").map(|member| member.key),
            states: Vec::with_capacity(fragments.len()),
            damaged: !damage.is_empty(),
        }];
        let mut first_scope = Vec::with_capacity(fragments.len());
        for (index, placed) in fragments.iter().enumerate() {
            let first = scopes.len() as u32;
            first_scope.push(first);
            for nested in &placed.fragment.scopes {
                let node = placed.node(nested.node);
                scopes.push(Scope {
                    owner: Some(StateRef { fragment: index as u32, state: nested.owner }),
                    node,
                    start_at: nested.start_at.map(|id| placed.node(id)),
                    states_key: nested.states_key.map(|id| placed.node(id)),
                    states: Vec::new(),
                    damaged: damaged(node),
                });
            }
            for (state, data) in placed.fragment.states.iter().enumerate() {
                let scope = data.scope.map_or(0, |nested| (first + nested) as usize);
                scopes[scope].states.push(StateRef { fragment: index as u32, state: state as u32 });
            }
        }
        let mut machine = Machine { fragments, scopes, first_scope, by_name: HashMap::new() };
        let mut by_name: HashMap<&'a str, Vec<StateRef>> = HashMap::with_capacity(machine.fragments.len());
        for scope in &machine.scopes {
            for state in &scope.states {
                by_name.entry(machine.state(*state).name()).or_default().push(*state);
            }
        }
        machine.by_name = by_name;
        Some(machine)
    }

    pub fn state(&self, state: StateRef) -> StateView<'a> {
        let placed = self.fragments[state.fragment as usize];
        StateView { tree: placed.tree, base: placed.base, state: self.data(state) }
    }

    pub fn data(&self, state: StateRef) -> &'a State {
        &self.fragments[state.fragment as usize].fragment.states[state.state as usize]
    }

    /// Index of the scope that a state stands in.
    pub fn scope_of(&self, state: StateRef) -> usize {
        match self.data(state).scope {
            Some(nested) => (self.first_scope[state.fragment as usize] + nested) as usize,
            None => 0,
        }
    }

    /// All states of that name, in the order of the text.
    pub fn named(&self, name: &str) -> &[StateRef] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The state of that name in a scope.
    pub fn find(&self, scope: usize, name: &str) -> Option<StateRef> {
        self.named(name).iter().copied().find(|state| self.scope_of(*state) == scope)
    }

    /// The transitions of a state, with the node that holds the target's name.
    pub fn transitions(&self, state: StateRef) -> impl Iterator<Item = (&'a Transition, Node<'a>)> + use<'a> {
        let placed = self.fragments[state.fragment as usize];
        self.data(state)
            .transitions
            .iter()
            .map(move |transition| (transition, placed.node(transition.target)))
    }

    pub fn states(&self) -> impl Iterator<Item = StateRef> {
        self.scopes.iter().flat_map(|scope| scope.states.iter().copied())
    }

    /// The states that a state leads to within its scope.
    pub fn successors(&self, state: StateRef) -> impl Iterator<Item = StateRef> {
        let scope = self.scope_of(state);
        self.transitions(state).filter_map(move |(_, target)| self.find(scope, target.text()))
    }

    /// Does a state leave its scope, or can that not be told? A target that does not exist is a way out as well: it
    /// is reported by itself.
    pub fn may_end(&self, state: StateRef) -> bool {
        let scope = self.scope_of(state);
        self.data(state).ends != Ends::No
            || self.transitions(state).any(|(_, target)| self.find(scope, target.text()).is_none())
    }

    /// The state whose text holds an offset, the innermost one. At the border of two states the first one counts.
    pub fn state_at(&self, offset: usize) -> Option<StateRef> {
        let ends_before =
            |placed: &Placed| placed.tree.root(placed.base).is_none_or(|root| root.range().end < offset);
        let part = 1 + self.fragments[1..].partition_point(ends_before);
        [part, 0].into_iter().find_map(|index| {
            let states = self.fragments.get(index)?.fragment.states.len() as u32;
            let refs = (0..states).rev().map(|state| StateRef { fragment: index as u32, state });
            refs.into_iter().find(|state| {
                let view = self.state(*state);
                view.key().start() <= offset && offset <= view.value().range().end
            })
        })
    }
}
