//! Gives everything its place: scope by scope from the inside, since a Parallel or Map state is as large as what is
//! in it, and then from the outside, when it is known where each scope stands.

use super::geometry::{Point, Rect, Size};
use super::layered::{Drawing, Link, draw};
use super::measure::{self, NAME, SMALL};
use super::{Edge, EdgeKind, Graph, Node, NodeKind};
use crate::catalog::states::StateType;

/// Around the whole drawing.
const MARGIN: f64 = 16.0;
/// The dot of a start or an end.
const DOT: f64 = 16.0;
/// Names are broken into two lines of at most that.
const NAME_WIDTH: f64 = 210.0;
const DETAIL_WIDTH: f64 = 250.0;
const LABEL_WIDTH: f64 = 170.0;
/// Left of the text stands an icon.
pub const ICON: f64 = 30.0;
const PADDING: f64 = 10.0;
/// Around groups, and between their border and what is in them.
const GROUP_GAP: f64 = 12.0;
const GROUP_PADDING: f64 = 14.0;
/// Branches that are wider together stand in several rows.
const WIDEST_ROW: f64 = 2400.0;

pub fn arrange(graph: &mut Graph) {
    for node in &mut graph.nodes {
        node.lines = measure::wrap(&node.name, NAME, NAME_WIDTH, 2);
        let size = own_size(node);
        node.rect = Rect::at(Point::default(), size);
    }
    let scopes = Scopes::new(graph);
    let mut drawings: Vec<Option<Drawing>> = (0..=graph.groups.len()).map(|_| None).collect();
    // Whoever holds a scope stands before it.
    for scope in (0..drawings.len()).rev() {
        let drawing = draw_scope(graph, &scopes, scope);
        let size = drawing.size;
        drawings[scope] = Some(drawing);
        match scope.checked_sub(1) {
            None => {
                graph.width = (size.width + 2.0 * MARGIN).ceil();
                graph.height = (size.height + 2.0 * MARGIN).ceil();
            }
            Some(group) => {
                let title = if graph.nodes[graph.groups[group].owner].groups.len() > 1 {
                    measure::line(SMALL)
                } else {
                    0.0
                };
                let rect = &mut graph.groups[group].rect;
                rect.width = size.width + 2.0 * GROUP_PADDING;
                rect.height = size.height + 2.0 * GROUP_PADDING + title;
                let owner = graph.groups[group].owner;
                if graph.nodes[owner].groups.first() == Some(&group) {
                    pack_groups(graph, owner);
                }
            }
        }
    }
    let mut origins = vec![Point { x: MARGIN, y: MARGIN }; drawings.len()];
    for (scope, drawing) in drawings.into_iter().enumerate() {
        place(graph, &scopes, scope, drawing.unwrap_or_default(), &mut origins);
    }
}

/// The nodes and edges of each scope.
struct Scopes {
    nodes: Vec<Vec<usize>>,
    edges: Vec<Vec<usize>>,
    /// For each node, its index in its scope.
    index: Vec<usize>,
}

impl Scopes {
    fn new(graph: &Graph) -> Scopes {
        let count = graph.groups.len() + 1;
        let mut scopes = Scopes {
            nodes: vec![Vec::new(); count],
            edges: vec![Vec::new(); count],
            index: vec![0; graph.nodes.len()],
        };
        let scope_of = |node: usize| graph.nodes[node].group.map_or(0, |group| group + 1);
        // The start first: the layout begins with it.
        let is_start = |node: usize| graph.nodes[node].kind == NodeKind::Start;
        let starts = (0..graph.nodes.len()).filter(|node| is_start(*node));
        for node in starts.chain((0..graph.nodes.len()).filter(|node| !is_start(*node))) {
            let nodes = &mut scopes.nodes[scope_of(node)];
            scopes.index[node] = nodes.len();
            nodes.push(node);
        }
        for (index, edge) in graph.edges.iter().enumerate() {
            scopes.edges[scope_of(edge.from)].push(index);
        }
        scopes
    }
}

/// The size of a node without the groups in it.
fn own_size(node: &Node) -> Size {
    if matches!(node.kind, NodeKind::Start | NodeKind::End) {
        return Size { width: DOT, height: DOT };
    }
    let name = measure::lines(&node.lines, NAME);
    let detail = detail_line(node);
    let width = name.width.max(measure::width(&detail, SMALL)) + ICON + 2.0 * PADDING;
    let height = name.height + if detail.is_empty() { 0.0 } else { measure::line(SMALL) };
    Size { width: width.ceil().max(110.0), height: (height + 2.0 * 7.0).max(36.0) }
}

/// The second line of a node: its type and what it does. What a Task calls says more than that it is one.
pub fn detail_line(node: &Node) -> String {
    let kind = match node.kind {
        NodeKind::State(Some(StateType::Task)) if !node.detail.is_empty() => "",
        NodeKind::State(Some(kind)) => kind.name(),
        NodeKind::State(None) => "no known type",
        NodeKind::Missing => "no such state",
        NodeKind::Unknown | NodeKind::Start | NodeKind::End => "",
    };
    let separator = if kind.is_empty() || node.detail.is_empty() { "" } else { " · " };
    let text = format!("{kind}{separator}{}", node.detail);
    measure::wrap(&text, SMALL, DETAIL_WIDTH, 1).into_iter().next().unwrap_or_default()
}

fn draw_scope(graph: &mut Graph, scopes: &Scopes, scope: usize) -> Drawing {
    let sizes: Vec<Size> = scopes.nodes[scope]
        .iter()
        .map(|node| {
            let rect = graph.nodes[*node].rect;
            Size { width: rect.width, height: rect.height }
        })
        .collect();
    let mut links = Vec::with_capacity(scopes.edges[scope].len());
    for index in &scopes.edges[scope] {
        let edge = &mut graph.edges[*index];
        edge.lines = measure::wrap(&edge.title, SMALL, LABEL_WIDTH, 2);
        links.push(Link {
            from: scopes.index[edge.from],
            to: scopes.index[edge.to],
            label: label_size(&edge.lines),
            far_label: label_size(&far_lines(edge, &graph.nodes[edge.to])),
            class: u8::from(matches!(edge.kind, EdgeKind::Catch(_))),
        });
    }
    draw(&sizes, &links)
}

fn label_size(lines: &[String]) -> Size {
    if lines.is_empty() {
        return Size::default();
    }
    let text = measure::lines(lines, SMALL);
    Size { width: text.width + 8.0, height: text.height + 4.0 }
}

/// The label of an edge that is not drawn to its end.
fn far_lines(edge: &Edge, target: &Node) -> Vec<String> {
    let mut lines = edge.lines.clone();
    let name = if target.kind == NodeKind::End { "End" } else { &target.name };
    lines.extend(measure::wrap(&format!("→ {name}"), SMALL, LABEL_WIDTH, 1));
    lines
}

/// Puts the groups of a state side by side, and makes the state as large as they need.
fn pack_groups(graph: &mut Graph, owner: usize) {
    let header = own_size(&graph.nodes[owner]);
    let groups = graph.nodes[owner].groups.clone();
    let (mut x, mut y, mut width, mut tallest) = (GROUP_GAP, header.height, header.width, 0.0f64);
    for group in groups {
        let rect = &mut graph.groups[group].rect;
        if x > GROUP_GAP && x + rect.width > WIDEST_ROW {
            (x, y, tallest) = (GROUP_GAP, y + tallest + GROUP_GAP, 0.0);
        }
        (rect.x, rect.y) = (x, y);
        x += rect.width + GROUP_GAP;
        tallest = tallest.max(rect.height);
        width = width.max(x);
    }
    let rect = &mut graph.nodes[owner].rect;
    (rect.width, rect.height) = (width, y + tallest + GROUP_GAP);
}

/// Moves what stands in a scope to where the scope stands.
fn place(graph: &mut Graph, scopes: &Scopes, scope: usize, drawing: Drawing, origins: &mut [Point]) {
    let origin = origins[scope];
    for (node, corner) in scopes.nodes[scope].iter().zip(drawing.corners) {
        let node = &mut graph.nodes[*node];
        node.rect = node.rect.moved(corner.moved(origin));
        let at = Point { x: node.rect.x, y: node.rect.y };
        let titled = node.groups.len() > 1;
        for group in &node.groups {
            let rect = &mut graph.groups[*group].rect;
            *rect = rect.moved(at);
            let title = if titled { measure::line(SMALL) } else { 0.0 };
            origins[*group + 1] = Point { x: rect.x + GROUP_PADDING, y: rect.y + GROUP_PADDING + title };
        }
    }
    for (index, route) in scopes.edges[scope].iter().zip(drawing.routes) {
        let back =
            route.points.first().zip(route.points.last()).is_some_and(|(first, last)| first.y > last.y);
        let to = graph.edges[*index].to;
        let edge = &graph.edges[*index];
        let lines = if route.far { far_lines(edge, &graph.nodes[to]) } else { edge.lines.clone() };
        let edge = &mut graph.edges[*index];
        edge.lines = lines;
        edge.back = back;
        edge.far = route.far;
        edge.route = route.points.into_iter().map(|point| point.moved(origin)).collect();
        edge.label = route.label.map(|rect| rect.moved(origin));
    }
}
