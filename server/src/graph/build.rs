//! What there is to draw: each state is a node, each transition an edge, each branch and item processor a group.

use std::collections::HashMap;

use asl_grammar::tree::{Kind, Node as Value};
use foldhash::fast::RandomState;

use super::geometry::Rect;
use super::{Edge, EdgeKind, Graph, Group, GroupKind, Node, NodeKind, Source, label};
use crate::analysis::Analysis;
use crate::asl::reach::{stuck, unreachable};
use crate::asl::{Cause, Ends, Machine, StateRef, has_placeholder};

pub fn build(analysis: &Analysis) -> Graph {
    let Some(machine) = analysis.machine() else { return Graph::default() };
    let mut builder = Builder { graph: Graph::default(), nodes: vec![0; machine.state_count()], machine };
    builder.groups();
    for scope in 0..builder.machine.scopes.len() {
        builder.states(scope);
    }
    for scope in 0..builder.machine.scopes.len() {
        builder.marks(scope);
        builder.edges(scope);
    }
    builder.owners();
    builder.graph
}

struct Builder<'a> {
    graph: Graph,
    machine: Machine<'a>,
    /// The node of each state.
    nodes: Vec<usize>,
}

/// The group of a scope: all but the first have one.
fn group_of(scope: usize) -> Option<usize> {
    scope.checked_sub(1)
}

impl Builder<'_> {
    fn groups(&mut self) {
        let mut branches: HashMap<StateRef, u32, RandomState> = HashMap::default();
        for scope in &self.machine.scopes[1..] {
            let Some(owner) = scope.owner else { continue };
            let in_list = scope.node.parent().is_some_and(|parent| parent.kind() == Kind::Array);
            let kind = if in_list {
                let count = branches.entry(owner).or_default();
                *count += 1;
                GroupKind::Branch(*count - 1)
            } else {
                GroupKind::Processor
            };
            let parent = group_of(self.machine.scope_of(owner));
            let range = scope.node.range();
            self.graph.groups.push(Group { owner: 0, kind, parent, range, rect: Rect::default() });
        }
    }

    fn states(&mut self, scope: usize) {
        for state in self.machine.scopes[scope].states.clone() {
            let view = self.machine.state(state);
            let key = view.key();
            self.nodes[self.machine.number(state) as usize] = self.graph.nodes.len();
            self.graph.nodes.push(Node {
                detail: label::detail(&view),
                source: Some(Source {
                    range: key.start()..view.value().range().end.max(key.range().end),
                    selection: key.range(),
                }),
                duplicate: self.machine.find(scope, key.text()) != Some(state),
                ..node(NodeKind::State(view.state.kind), view.name(), group_of(scope))
            });
        }
    }

    fn marks(&mut self, scope: usize) {
        for state in unreachable(&self.machine, scope) {
            self.graph.nodes[self.nodes[self.machine.number(state) as usize]].dead = true;
        }
        if !self.machine.scopes[scope].damaged {
            for state in stuck(&self.machine, scope) {
                self.graph.nodes[self.nodes[self.machine.number(state) as usize]].endless = true;
            }
        }
    }

    fn edges(&mut self, scope: usize) {
        // Names that are no states of this scope, drawn once each.
        let mut ghosts: HashMap<&str, usize, RandomState> = HashMap::default();
        if let Some(target) = self.machine.scopes[scope].start_at.filter(|it| it.kind() == Kind::String) {
            let from = self.push(node(NodeKind::Start, "", group_of(scope)));
            let to = match self.machine.find(scope, target.text()) {
                Some(state) => self.node(state),
                None => *ghosts.entry(target.text()).or_insert(self.graph.nodes.len()),
            };
            self.ghost(to, scope, target);
            self.graph.edges.push(edge(from, to, EdgeKind::Start, String::new(), Some(target)));
        }
        let mut end = None;
        for state in self.machine.scopes[scope].states.clone() {
            let from = self.node(state);
            let dead = self.graph.nodes[from].dead;
            let value = self.machine.state(state).value();
            let targets: Vec<Option<StateRef>> = self.machine.targets(state).collect();
            // Found one after the other: a long list is not gone through again and again.
            let mut rules = value.get("Choices").into_iter().flat_map(Value::items).enumerate();
            let mut catchers = value.get("Catch").into_iter().flat_map(Value::items).enumerate();
            let mut ways = Vec::new();
            for ((transition, target), found) in self.machine.transitions(state).zip(targets) {
                let (kind, title) = match transition.cause {
                    Cause::Next => (EdgeKind::Next, String::new()),
                    Cause::Default => (EdgeKind::Default, "Default".to_owned()),
                    Cause::Choice(index) => {
                        let rule = rules.by_ref().find(|(at, _)| *at == index as usize);
                        let title = rule.map(|(_, rule)| label::condition(rule)).unwrap_or_default();
                        (EdgeKind::Choice(index), title)
                    }
                    Cause::Catch(index) => {
                        let catcher = catchers.by_ref().find(|(at, _)| *at == index as usize);
                        let title = catcher.map(|(_, catcher)| label::errors(catcher)).unwrap_or_default();
                        (EdgeKind::Catch(index), title)
                    }
                };
                ways.push((kind, title, target, found));
            }
            let data = self.machine.data(state);
            if data.kind.is_none() {
                ways.extend(untyped(value).map(|(kind, title, target)| {
                    (kind, title, target, self.machine.find(scope, target.text()))
                }));
            }
            for (kind, title, target, found) in ways {
                let to = match found {
                    Some(state) => self.node(state),
                    None => *ghosts.entry(target.text()).or_insert(self.graph.nodes.len()),
                };
                self.ghost(to, scope, target);
                self.graph.edges.push(Edge { dead, ..edge(from, to, kind, title, Some(target)) });
            }
            let terminal = data.kind.is_some_and(|kind| kind.is_terminal());
            if data.ends == Ends::Yes && !terminal {
                let to = *end.get_or_insert_with(|| {
                    self.graph.nodes.push(node(NodeKind::End, "", group_of(scope)));
                    self.graph.nodes.len() - 1
                });
                let range = value.get("End");
                self.graph.edges.push(Edge { dead, ..edge(from, to, EdgeKind::End, String::new(), range) });
            }
        }
    }

    /// Adds the node of a target that is no state, if it is not there yet.
    fn ghost(&mut self, index: usize, scope: usize, target: Value) {
        if index == self.graph.nodes.len() {
            let known = !has_placeholder(target.text());
            let kind = if known { NodeKind::Missing } else { NodeKind::Unknown };
            self.push(node(kind, target.text(), group_of(scope)));
        }
    }

    fn owners(&mut self) {
        for (group, scope) in self.machine.scopes[1..].iter().enumerate() {
            let Some(owner) = scope.owner else { continue };
            let owner = self.node(owner);
            self.graph.groups[group].owner = owner;
            self.graph.nodes[owner].groups.push(group);
        }
    }

    fn node(&self, state: StateRef) -> usize {
        self.nodes[self.machine.number(state) as usize]
    }

    fn push(&mut self, node: Node) -> usize {
        self.graph.nodes.push(node);
        self.graph.nodes.len() - 1
    }
}

/// The transitions of a state whose type has not been written yet, besides its `Next`.
fn untyped(state: Value) -> impl Iterator<Item = (EdgeKind, String, Value)> {
    let items = |name| state.get(name).into_iter().flat_map(Value::items).enumerate();
    let rules = items("Choices")
        .map(|(index, rule)| (EdgeKind::Choice(index as u32), label::condition(rule), rule.get("Next")));
    let default = (EdgeKind::Default, "Default".to_owned(), state.get("Default"));
    let catchers = items("Catch")
        .map(|(index, catcher)| (EdgeKind::Catch(index as u32), label::errors(catcher), catcher.get("Next")));
    rules.chain([default]).chain(catchers).filter_map(|(kind, title, target)| {
        target.filter(|it| it.kind() == Kind::String).map(|target| (kind, title, target))
    })
}

fn node(kind: NodeKind, name: &str, group: Option<usize>) -> Node {
    Node {
        kind,
        name: name.to_owned(),
        detail: String::new(),
        group,
        groups: Vec::new(),
        source: None,
        dead: false,
        endless: false,
        duplicate: false,
        lines: Vec::new(),
        rect: Rect::default(),
    }
}

fn edge(from: usize, to: usize, kind: EdgeKind, title: String, range: Option<Value>) -> Edge {
    Edge {
        from,
        to,
        kind,
        title,
        lines: Vec::new(),
        range: range.map(Value::range),
        dead: false,
        back: false,
        far: false,
        route: Vec::new(),
        label: None,
    }
}
