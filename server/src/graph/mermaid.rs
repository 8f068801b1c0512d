//! The drawing as a Mermaid flowchart, for pages that draw those: GitHub, wikis. It leaves the places to Mermaid.

use std::fmt::Write;

use super::{Edge, EdgeKind, Graph, Node, NodeKind};
use crate::catalog::states::StateType;

pub fn mermaid(graph: &Graph) -> String {
    let mut writer = Writer { out: String::from("flowchart TD\n"), graph, members: super::members(graph) };
    writer.scope(None);
    for edge in &graph.edges {
        writer.edge(edge);
    }
    writer.styles();
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
    fn scope(&mut self, group: Option<usize>) {
        let graph = self.graph;
        let members = std::mem::take(&mut self.members[group.map_or(0, |group| group + 1)]);
        for index in members {
            let node = &graph.nodes[index];
            if node.groups.is_empty() {
                self.node(index, node);
                continue;
            }
            let _ = writeln!(self.out, "subgraph n{index}[\"{}\"]", text(&caption(node)));
            for group in &node.groups {
                let title = graph.groups[*group].kind.title();
                let _ = writeln!(self.out, "subgraph g{group}[\"{title}\"]");
                self.scope(Some(*group));
                self.out += "end\n";
            }
            self.out += "end\n";
        }
    }

    fn node(&mut self, index: usize, node: &Node) {
        let caption = text(&caption(node));
        let _ = match node.kind {
            NodeKind::Start => writeln!(self.out, "n{index}((\" \"))"),
            NodeKind::End => writeln!(self.out, "n{index}(((\" \")))"),
            NodeKind::State(Some(StateType::Choice)) => writeln!(self.out, "n{index}{{\"{caption}\"}}"),
            NodeKind::State(Some(StateType::Succeed | StateType::Fail)) => {
                writeln!(self.out, "n{index}([\"{caption}\"])")
            }
            NodeKind::State(_) => writeln!(self.out, "n{index}[\"{caption}\"]"),
            NodeKind::Missing | NodeKind::Unknown => writeln!(self.out, "n{index}>\"{caption}\"]"),
        };
    }

    fn edge(&mut self, edge: &Edge) {
        let arrow = match edge.kind {
            EdgeKind::Catch(_) | EdgeKind::Default => "-.->",
            _ => "-->",
        };
        let label =
            if edge.title.is_empty() { String::new() } else { format!("|\"{}\"|", text(&edge.title)) };
        let _ = writeln!(self.out, "n{} {arrow}{label} n{}", edge.from, edge.to);
    }

    fn styles(&mut self) {
        let mut class = |name: &str, style: &str, is: fn(&Node) -> bool| {
            let nodes = self.graph.nodes.iter().enumerate();
            let members: Vec<String> =
                nodes.filter(|(_, node)| is(node)).map(|(index, _)| format!("n{index}")).collect();
            if !members.is_empty() {
                let _ = writeln!(self.out, "classDef {name} {style}\nclass {} {name}", members.join(","));
            }
        };
        class("missing", "stroke:#b91c1c,color:#b91c1c,stroke-dasharray:5 4", |it| {
            it.kind == NodeKind::Missing
        });
        class("dead", "stroke:#94a3b8,color:#94a3b8,stroke-dasharray:3 3", |it| it.dead);
        class("endless", "stroke:#d97706,stroke-width:3px", |it| it.endless && !it.dead);
    }
}

fn caption(node: &Node) -> String {
    match node.detail.is_empty() {
        true => node.name.clone(),
        false => format!("{}\n{}", node.name, node.detail),
    }
}

/// Text as Mermaid takes it between quotes: what could be taken for its own signs or for HTML is written by number.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out += "<br/>";
        }
        if begins_a_block(line) {
            out += NOTHING;
        }
        for letter in line.chars() {
            match letter {
                letter if letter.is_control() => out.push(' '),
                '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '*' | '_' | '~' | '[' | ']' | '{' | '}' | '|'
                | '$' | ';' => {
                    let _ = write!(out, "#{};", letter as u32);
                }
                // Some versions refuse links.
                '/' if out.ends_with(':') => out = out + NOTHING + "/",
                '@' => out = out + NOTHING + "@",
                _ => out.push(letter),
            }
        }
    }
    // Nothing at all would be a mistake.
    if out.is_empty() { " ".to_owned() } else { out }
}

/// A space without width: what it parts is no sign any more, also where a version reads numbers before Markdown.
const NOTHING: &str = "#8203;";

/// Would Markdown make a list, a heading or the like of it? Some versions of Mermaid refuse these.
fn begins_a_block(line: &str) -> bool {
    let line = line.trim_start();
    let item = line.trim_start_matches(|it: char| it.is_ascii_digit());
    if item.len() == line.len() {
        return line.starts_with(['-', '+', '*', '#', '>', '=', '_', '~']);
    }
    item.strip_prefix(['.', ')']).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}
