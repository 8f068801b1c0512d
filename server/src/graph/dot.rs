//! The drawing for Graphviz, with a cluster for each Parallel and Map state. It leaves the places to Graphviz.

use std::fmt::Write;

use super::{Edge, EdgeKind, Graph, Node, NodeKind};
use crate::catalog::states::StateType;

const HEAD: &str = "digraph machine {
  compound=true
  node [shape=box, style=rounded, fontname=\"Helvetica\", fontsize=12]
  edge [fontname=\"Helvetica\", fontsize=10]
";

pub fn dot(graph: &Graph) -> String {
    let mut writer = Writer { out: HEAD.to_owned(), graph, members: super::members(graph) };
    writer.scope(None, 1);
    for edge in &graph.edges {
        writer.edge(edge);
    }
    writer.out += "}\n";
    writer.out
}

struct Writer<'a> {
    out: String,
    graph: &'a Graph,
    /// The nodes of each group; those of none first.
    members: Vec<Vec<usize>>,
}

impl Writer<'_> {
    /// The nodes of a group. Definitions are nested no deeper than values may be, so this may call itself.
    fn scope(&mut self, group: Option<usize>, depth: usize) {
        let graph = self.graph;
        let indent = "  ".repeat(depth);
        let members = std::mem::take(&mut self.members[group.map_or(0, |group| group + 1)]);
        for index in members {
            let node = &graph.nodes[index];
            if node.groups.is_empty() {
                let _ = writeln!(self.out, "{indent}n{index} [{}]", attributes(node));
                continue;
            }
            let _ = writeln!(self.out, "{indent}subgraph cluster_n{index} {{");
            let _ = writeln!(self.out, "{indent}  label={}\n{indent}  style=rounded", quoted(&caption(node)));
            // Edges end at the cluster, but Graphviz wants a node in it for each.
            let _ = writeln!(self.out, "{indent}  n{index} [shape=point, style=invis]");
            for group in &node.groups {
                let title = graph.groups[*group].kind.title();
                let _ = writeln!(self.out, "{indent}  subgraph cluster_g{group} {{");
                let _ = writeln!(self.out, "{indent}    label={}\n{indent}    style=dashed", quoted(&title));
                self.scope(Some(*group), depth + 2);
                let _ = writeln!(self.out, "{indent}  }}");
            }
            let _ = writeln!(self.out, "{indent}}}");
        }
    }

    fn edge(&mut self, edge: &Edge) {
        let mut attributes = Vec::new();
        if !edge.title.is_empty() {
            attributes.push(format!("label={}", quoted(&edge.lines.join("\n"))));
            attributes.push(format!("tooltip={}", quoted(&edge.title)));
        }
        match edge.kind {
            EdgeKind::Catch(_) => {
                attributes.push("style=dashed, color=\"#c2410c\", fontcolor=\"#c2410c\"".to_owned())
            }
            EdgeKind::Default => attributes.push("style=dashed".to_owned()),
            _ => {}
        }
        for (end, node) in [("ltail", edge.from), ("lhead", edge.to)] {
            if !self.graph.nodes[node].groups.is_empty() && edge.from != edge.to {
                attributes.push(format!("{end}=cluster_n{node}"));
            }
        }
        let attributes =
            if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
        let _ = writeln!(self.out, "  n{} -> n{}{attributes}", edge.from, edge.to);
    }
}

fn attributes(node: &Node) -> String {
    let caption = quoted(&caption(node));
    let shape = match node.kind {
        NodeKind::Start => {
            return "shape=circle, style=filled, fillcolor=black, label=\"\", width=0.15".to_owned();
        }
        NodeKind::End => {
            return "shape=doublecircle, style=filled, fillcolor=black, label=\"\", width=0.1".to_owned();
        }
        NodeKind::State(Some(StateType::Choice)) => ", shape=diamond, style=solid",
        NodeKind::State(Some(StateType::Succeed)) => ", shape=oval, color=\"#15803d\"",
        NodeKind::State(Some(StateType::Fail)) => ", shape=oval, color=\"#b91c1c\"",
        NodeKind::State(_) => "",
        NodeKind::Missing => ", style=dashed, color=\"#b91c1c\", fontcolor=\"#b91c1c\"",
        NodeKind::Unknown => ", style=dashed",
    };
    let mark = match (node.dead, node.endless) {
        (true, _) => ", style=dashed, color=gray, fontcolor=gray",
        (_, true) => ", color=\"#d97706\", penwidth=2",
        _ => "",
    };
    format!("label={caption}{shape}{mark}")
}

fn caption(node: &Node) -> String {
    match node.detail.is_empty() {
        true => node.name.clone(),
        false => format!("{}\n{}", node.name, node.detail),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            letter if letter.is_control() => out.push(' '),
            _ => out.push(letter),
        }
    }
    out + "\""
}
