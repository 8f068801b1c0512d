//! The machine of one version of a document: its fragments at their places, and the graph of its states.
//!
//! It is made anew for each version, so everything here is linear in the number of states, and the rules that walk the
//! graph find its edges ready.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use asl_grammar::text::Text;
use asl_grammar::tree::{Node, NodeId, Tree};
use asl_grammar::write::{Family, Source};
use foldhash::fast::RandomState;

use super::variables::Variables;
use super::{CallView, Ends, Expression, ExpressionView, Fragment, State, StateView, Transition, calls};

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

    pub fn expression(&self, expression: &'a Expression) -> ExpressionView<'a> {
        ExpressionView {
            expression,
            place: &self.fragment.places[expression.place as usize],
            node: self.node(expression.node),
            key: expression.key.map(|key| self.node(key)),
        }
    }

    /// The strings with a language of their own. See [`super::expressions`].
    pub fn expressions(self) -> impl Iterator<Item = ExpressionView<'a>> {
        self.fragment.expressions.iter().map(move |expression| self.expression(expression))
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
    /// No state of it may be unreadable: what is damaged is within states.
    pub named: bool,
    /// The children of a Distributed Map, which see no variables from outside.
    pub distributed: bool,
}

pub struct Machine<'a> {
    /// The whole document, for the style of a fix.
    pub source: Source<'a>,
    pub fragments: Vec<Placed<'a>>,
    /// The scope of the document first.
    pub scopes: Vec<Scope<'a>>,
    /// For each fragment, where its nested scopes begin in `scopes`.
    first_scope: Vec<u32>,
    /// For each fragment, the number of its first state.
    first_state: Vec<u32>,
    /// The first state of each name; `same_name` leads on to the others.
    by_name: HashMap<&'a str, u32, RandomState>,
    /// For each state by its number.
    refs: Vec<StateRef>,
    same_name: Vec<u32>,
    /// For each state, where its edges begin in `targets`; one more at the end.
    first_target: Vec<u32>,
    /// What each transition leads to in its scope, in the order of the transitions.
    targets: Vec<u32>,
    variables: OnceCell<Variables<'a>>,
}

const NONE: u32 = u32::MAX;

impl<'a> Machine<'a> {
    /// Joins the fragments. The first one is the frame; `damage` are the ranges of the syntax errors, sorted; `nested`
    /// says that none of them leaves open what stands in what.
    pub fn new(
        text: &'a Text,
        fragments: Vec<Placed<'a>>,
        damage: &[Range<usize>],
        nested: bool,
    ) -> Option<Machine<'a>> {
        let frame = *fragments.first()?;
        let root = frame.tree.root(frame.base)?;
        let count = fragments.iter().map(|placed| placed.fragment.states.len()).sum();
        let mut machine = Machine {
            source: Source { text, start: 0 },
            scopes: vec![Scope {
                owner: None,
                node: root,
                start_at: root.get("StartAt"),
                states_key: root.member("States").map(|member| member.key),
                states: Vec::with_capacity(fragments.len()),
                damaged: !damage.is_empty(),
                named: false,
                distributed: false,
            }],
            first_scope: Vec::with_capacity(fragments.len()),
            first_state: Vec::with_capacity(fragments.len()),
            by_name: HashMap::with_capacity_and_hasher(count, RandomState::default()),
            refs: Vec::with_capacity(count),
            same_name: vec![NONE; count],
            first_target: Vec::with_capacity(count + 1),
            targets: Vec::with_capacity(count),
            variables: OnceCell::new(),
            fragments,
        };
        machine.collect_states(damage);
        for scope in 0..machine.scopes.len() {
            let named = !machine.scopes[scope].damaged || nested && machine.knows_names(scope, damage);
            machine.scopes[scope].named = named;
        }
        machine.resolve_targets();
        Some(machine)
    }

    fn collect_states(&mut self, damage: &[Range<usize>]) {
        // The last state of each name so far.
        let mut last: HashMap<&'a str, u32, RandomState> = HashMap::default();
        for (index, placed) in self.fragments.iter().enumerate() {
            let fragment = index as u32;
            let first = self.scopes.len() as u32;
            self.first_scope.push(first);
            self.first_state.push(self.refs.len() as u32);
            for nested in &placed.fragment.scopes {
                let node = placed.node(nested.node);
                self.scopes.push(Scope {
                    owner: Some(StateRef { fragment, state: nested.owner }),
                    node,
                    start_at: nested.start_at.map(|id| placed.node(id)),
                    states_key: nested.states_key.map(|id| placed.node(id)),
                    states: Vec::new(),
                    damaged: is_damaged(node, damage),
                    named: false,
                    distributed: nested.distributed,
                });
            }
            for (state, data) in placed.fragment.states.iter().enumerate() {
                let scope = data.scope.map_or(0, |nested| (first + nested) as usize);
                let state = StateRef { fragment, state: state as u32 };
                let number = self.refs.len() as u32;
                self.scopes[scope].states.push(state);
                self.refs.push(state);
                let name = placed.node(data.key).text();
                let first_of_name = *self.by_name.entry(name).or_insert(number);
                if first_of_name != number {
                    let before = last.insert(name, number).unwrap_or(first_of_name);
                    self.same_name[before as usize] = number;
                }
            }
        }
    }

    /// Is all that is damaged in a scope within its states, so that none of their names is?
    fn knows_names(&self, scope: usize, damage: &[Range<usize>]) -> bool {
        let scope = &self.scopes[scope];
        let closed = |node: Node| {
            let range = node.range();
            let bracket = self.source.text.is(range.start..range.start + 1, "{");
            !bracket || self.source.text.is(range.end.saturating_sub(1)..range.end, "}")
        };
        let range = scope.node.range();
        let first = damage.partition_point(|error| error.end < range.start);
        let inside = damage[first..].iter().take_while(|error| error.start <= range.end);
        // Strictly within: what ends with a state may be the end of more than that.
        let within_state = |error: &Range<usize>| {
            let next = scope.states.partition_point(|state| self.state(*state).value().start() < error.start);
            let state = next.checked_sub(1).map(|state| self.state(scope.states[state]).value());
            state.is_some_and(|state| error.end < state.range().end && closed(state))
        };
        let states = scope.node.get("States");
        closed(scope.node) && states.is_some_and(closed) && inside.into_iter().all(within_state)
    }

    fn resolve_targets(&mut self) {
        for number in 0..self.refs.len() {
            self.first_target.push(self.targets.len() as u32);
            let state = self.refs[number];
            let scope = self.scope_of(state);
            let placed = self.fragments[state.fragment as usize];
            for transition in &self.data(state).transitions {
                let name = placed.node(transition.target).text();
                let target = self.find(scope, name).map_or(NONE, |target| self.number(target));
                self.targets.push(target);
            }
        }
        self.first_target.push(self.targets.len() as u32);
    }

    pub fn state(&self, state: StateRef) -> StateView<'a> {
        let placed = self.fragments[state.fragment as usize];
        StateView { tree: placed.tree, base: placed.base, state: self.data(state) }
    }

    pub fn data(&self, state: StateRef) -> &'a State {
        &self.fragments[state.fragment as usize].fragment.states[state.state as usize]
    }

    /// How many states there are; their numbers are below that.
    pub fn state_count(&self) -> usize {
        self.refs.len()
    }

    /// The number of a state, by its place in the text.
    pub fn number(&self, state: StateRef) -> u32 {
        self.first_state[state.fragment as usize] + state.state
    }

    /// Index of the scope that a state stands in.
    pub fn scope_of(&self, state: StateRef) -> usize {
        match self.data(state).scope {
            Some(nested) => (self.first_scope[state.fragment as usize] + nested) as usize,
            None => 0,
        }
    }

    /// All states of that name, in the order of the text.
    pub fn named(&self, name: &str) -> impl Iterator<Item = StateRef> {
        let first = self.by_name.get(name).copied();
        let next = |number: &u32| Some(self.same_name[*number as usize]).filter(|next| *next != NONE);
        std::iter::successors(first, next).map(|number| self.refs[number as usize])
    }

    /// The state of that name in a scope.
    pub fn find(&self, scope: usize, name: &str) -> Option<StateRef> {
        self.named(name).find(|state| self.scope_of(*state) == scope)
    }

    /// The transitions of a state, with the node that holds the target's name.
    pub fn transitions(&self, state: StateRef) -> impl Iterator<Item = (&'a Transition, Node<'a>)> + use<'a> {
        let placed = self.fragments[state.fragment as usize];
        self.data(state)
            .transitions
            .iter()
            .map(move |transition| (transition, placed.node(transition.target)))
    }

    /// Does a syntax error stand in a state? Then what seems missing may only be unreadable.
    pub fn is_damaged(&self, state: StateRef) -> bool {
        self.state(state).value().is_damaged()
    }

    /// A name that no state has: the one given, or that one with a number.
    pub fn free_name(&self, name: &str) -> Option<String> {
        let numbered = (2..100).map(|number| format!("{name} {number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| self.named(name).next().is_none())
    }

    /// What has to be written anew where a state gets another name: its key and all that leads to it.
    pub fn mentions(&self, state: StateRef) -> Vec<Node<'a>> {
        let scope = self.scope_of(state);
        let start = self.scopes[scope].start_at.filter(|start| start.text() == self.state(state).name());
        let beside = self.scopes[scope].states.iter().flat_map(|other| {
            self.transitions(*other)
                .zip(self.targets(*other))
                .filter(move |(_, target)| *target == Some(state))
        });
        let targets = beside.map(|((_, node), _)| node);
        std::iter::once(self.state(state).key()).chain(start).chain(targets).collect()
    }

    /// The states of a scope as neighbours in the text: those of the document are pieces that know no parent.
    pub fn family(&self, scope: usize) -> Option<Family<'a>> {
        let scope = &self.scopes[scope];
        let container = scope.node.get("States")?;
        let members = scope.states.iter().filter_map(|state| self.member(*state));
        let mut children: Vec<Node> = members.collect();
        children.sort_by_key(|child| child.start());
        Some(Family { container, children })
    }

    /// The key of a state with its value.
    pub fn member(&self, state: StateRef) -> Option<Node<'a>> {
        self.state(state).key().parent()
    }

    /// The scope around a scope.
    pub fn outer_scope(&self, scope: usize) -> Option<usize> {
        self.scopes[scope].owner.map(|owner| self.scope_of(owner))
    }

    /// The variables of the machine and what is known of each read. Computed once, when first asked for.
    pub fn variables(&self) -> &Variables<'a> {
        self.variables.get_or_init(|| Variables::new(self))
    }

    /// All states, in the order of the text.
    pub fn states(&self) -> impl Iterator<Item = StateRef> {
        self.refs.iter().copied()
    }

    /// What the transitions of a state lead to, one for each; None where its scope has no such state.
    pub fn targets(&self, state: StateRef) -> impl Iterator<Item = Option<StateRef>> {
        let number = self.number(state) as usize;
        let edges = self.first_target[number] as usize..self.first_target[number + 1] as usize;
        self.targets[edges].iter().map(|target| self.refs.get(*target as usize).copied())
    }

    /// The states that a state leads to within its scope.
    pub fn successors(&self, state: StateRef) -> impl Iterator<Item = StateRef> {
        self.targets(state).flatten()
    }

    /// Does a state leave its scope, or can that not be told? A target that does not exist is a way out as well: it
    /// is reported by itself.
    pub fn may_end(&self, state: StateRef) -> bool {
        self.data(state).ends != Ends::No || self.targets(state).any(|target| target.is_none())
    }

    /// The states that can be reached from some states, these included.
    pub fn reachable(&self, from: impl IntoIterator<Item = StateRef>) -> StateSet {
        let mut reached = StateSet::new(self);
        let mut waiting: Vec<StateRef> =
            from.into_iter().filter(|state| reached.insert(self, *state)).collect();
        while let Some(state) = waiting.pop() {
            for next in self.successors(state) {
                if reached.insert(self, next) {
                    waiting.push(next);
                }
            }
        }
        reached
    }

    /// The state whose text holds an offset, the innermost one. At the border of two states the first one counts.
    pub fn state_at(&self, offset: usize) -> Option<StateRef> {
        let ends_before =
            |placed: &Placed| placed.tree.root(placed.base).is_none_or(|root| root.range().end < offset);
        let part = 1 + self.fragments[1..].partition_point(ends_before);
        [part, 0].into_iter().find_map(|index| {
            let states = self.fragments.get(index)?.fragment.states.len() as u32;
            let mut inner_first = (0..states).rev().map(|state| StateRef { fragment: index as u32, state });
            inner_first.find(|state| {
                let view = self.state(*state);
                view.key().start() <= offset && offset <= view.value().range().end
            })
        })
    }
}

/// Some of the states of a machine.
pub struct StateSet(Vec<bool>);

impl StateSet {
    pub fn new(machine: &Machine) -> StateSet {
        StateSet(vec![false; machine.state_count()])
    }

    /// Adds a state; false when it was there already.
    pub fn insert(&mut self, machine: &Machine, state: StateRef) -> bool {
        !std::mem::replace(&mut self.0[machine.number(state) as usize], true)
    }

    pub fn contains(&self, machine: &Machine, state: StateRef) -> bool {
        self.0[machine.number(state) as usize]
    }
}

fn is_damaged(node: Node, damage: &[Range<usize>]) -> bool {
    if damage.is_empty() {
        return false;
    }
    let range = node.range();
    let first = damage.partition_point(|error| error.end < range.start);
    damage.get(first).is_some_and(|error| error.start <= range.end)
}
