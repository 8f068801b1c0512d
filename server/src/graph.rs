//! The machine as a drawing: its states with their places, the transitions with their ways, and where each stands in
//! the text.
//!
//! [`graph`] is a function of an [`Analysis`], whole or broken: what is there is drawn. [`build`] finds the nodes,
//! edges and groups; [`arrange`] gives them their places, scope by scope from the inside, with the layered layout of
//! [`layered`]; [`json`], [`svg`],
//! [`mermaid`] and [`dot`] write the result.

mod arrange;
mod build;
pub mod geometry;
mod label;
mod layered;
mod measure;

pub mod dot;
pub mod json;
pub mod mermaid;
pub mod svg;

use std::ops::Range;

use crate::analysis::Analysis;
use crate::catalog::states::StateType;
use geometry::{Point, Rect};

#[derive(Debug, Default)]
pub struct Graph {
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    pub groups: Vec<Group>,
    pub width: f64,
    pub height: f64,
}

#[derive(Debug)]
pub struct Node {
    pub kind: NodeKind,
    /// The name of the state, whole. Empty for the marks of a start and an end.
    pub name: String,
    /// What it does, in few words: what it calls, how long it waits.
    pub detail: String,
    /// The group it stands in; None at the top.
    pub group: Option<usize>,
    /// The states of its branches or of its item processor: it is drawn around them.
    pub groups: Vec<usize>,
    /// Its key and value in the text, and its key.
    pub source: Option<Source>,
    /// No way leads here.
    pub dead: bool,
    /// No way leads from here to an end.
    pub endless: bool,
    /// There is another state of this name before it.
    pub duplicate: bool,
    /// The name as it is written in the drawing.
    pub lines: Vec<String>,
    pub rect: Rect,
}

#[derive(Clone, Debug)]
pub struct Source {
    pub range: Range<usize>,
    pub selection: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    Start,
    End,
    /// None when nobody can know its type.
    State(Option<StateType>),
    /// The target of transitions, but no state of this scope.
    Missing,
    /// The target of transitions that is only known after deployment.
    Unknown,
}

#[derive(Debug)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    pub kind: EdgeKind,
    /// All of what it says: the condition, the names of errors.
    pub title: String,
    /// What is written beside it.
    pub lines: Vec<String>,
    /// Where the text says so: the name of the target, or `End`.
    pub range: Option<Range<usize>>,
    /// It belongs to a state that no way leads to.
    pub dead: bool,
    /// It leads back up.
    pub back: bool,
    /// It is too long to be drawn: it ends at its label, which names the target.
    pub far: bool,
    pub route: Vec<Point>,
    pub label: Option<Rect>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// From the mark of the start to `StartAt`.
    Start,
    Next,
    /// The rule of that index.
    Choice(u32),
    Default,
    /// The catcher of that index.
    Catch(u32),
    /// From a state with `End` to the mark of the end.
    End,
}

/// The states of a branch or of an item processor.
#[derive(Debug)]
pub struct Group {
    /// The Parallel or Map state that holds it.
    pub owner: usize,
    pub kind: GroupKind,
    /// The group around it.
    pub parent: Option<usize>,
    pub range: Range<usize>,
    pub rect: Rect,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// The branch of that index.
    Branch(u32),
    Processor,
}

/// Draws the machine of a document.
pub fn graph(analysis: &Analysis) -> Graph {
    let mut graph = build::build(analysis);
    arrange::arrange(&mut graph);
    graph
}

/// The nodes of each group, those of none first.
fn members(graph: &Graph) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); graph.groups.len() + 1];
    for (index, node) in graph.nodes.iter().enumerate() {
        members[node.group.map_or(0, |group| group + 1)].push(index);
    }
    members
}

impl NodeKind {
    pub fn name(self) -> &'static str {
        match self {
            NodeKind::Start => "start",
            NodeKind::End => "end",
            NodeKind::State(_) => "state",
            NodeKind::Missing => "missing",
            NodeKind::Unknown => "unknown",
        }
    }
}

impl EdgeKind {
    pub fn name(self) -> &'static str {
        match self {
            EdgeKind::Start => "start",
            EdgeKind::Next => "next",
            EdgeKind::Choice(_) => "choice",
            EdgeKind::Default => "default",
            EdgeKind::Catch(_) => "catch",
            EdgeKind::End => "end",
        }
    }

    /// The index of its rule or catcher.
    pub fn index(self) -> Option<u32> {
        match self {
            EdgeKind::Choice(index) | EdgeKind::Catch(index) => Some(index),
            _ => None,
        }
    }
}

impl GroupKind {
    pub fn name(self) -> &'static str {
        match self {
            GroupKind::Branch(_) => "branch",
            GroupKind::Processor => "processor",
        }
    }

    /// What a drawing calls it.
    pub fn title(self) -> String {
        match self {
            GroupKind::Branch(index) => format!("Branch {}", index + 1),
            GroupKind::Processor => "Item processor".to_owned(),
        }
    }

    pub fn index(self) -> Option<u32> {
        match self {
            GroupKind::Branch(index) => Some(index),
            GroupKind::Processor => None,
        }
    }
}

impl Node {
    /// What is wrong with it.
    pub fn marks(&self) -> impl Iterator<Item = &'static str> {
        let marks = [(self.dead, "dead"), (self.endless, "endless"), (self.duplicate, "duplicate")];
        marks.into_iter().filter(|(has, _)| *has).map(|(_, name)| name)
    }
}

impl Edge {
    pub fn marks(&self) -> impl Iterator<Item = &'static str> {
        let marks = [(self.dead, "dead"), (self.back, "back"), (self.far, "far")];
        marks.into_iter().filter(|(has, _)| *has).map(|(_, name)| name)
    }
}

#[cfg(test)]
mod tests;
