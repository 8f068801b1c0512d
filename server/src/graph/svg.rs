//! The drawing as SVG: one self-contained file, light or dark as the reader's system is.
//!
//! Every part has a class and where it stands in the text, so that a page that holds the drawing can style it and
//! answer clicks: `<g class="node task dead" id="n0" data-name="…" data-start="3:4" data-end="9:5">` with the line and
//! the character of the state's key and its end, `<g class="edge catch" …>`, `<g class="group branch" …>`. Lines and
//! characters count from 0.

mod icons;

use std::fmt::Write;
use std::ops::Range;

use asl_grammar::text::{Encoding, Text};

use super::arrange::{ICON, detail_line};
use super::geometry::{Point, Rect};
use super::json::round;
use super::measure::{self, NAME, SMALL};
use super::{Edge, Graph, Group, Node, NodeKind};

const STYLE: &str = include_str!("svg/style.css");

/// Writes the drawing. Characters are counted in the units of `encoding`.
pub fn svg(graph: &Graph, text: &Text, encoding: Encoding) -> String {
    let (width, height) = (graph.width.max(1.0), graph.height.max(1.0));
    let mut writer = Writer { out: String::new(), text, encoding };
    let _ = write!(
        writer.out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"asl-graph\" role=\"img\" aria-label=\"State machine\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n<style>\n{STYLE}</style>\n<defs>\n"
    );
    for kind in ["plain", "catch", "dead"] {
        let _ = writeln!(
            writer.out,
            "<marker id=\"asl-arrow-{kind}\" class=\"arrow {kind}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" \
             markerWidth=\"7\" markerHeight=\"7\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">\
             <path d=\"M0,0.5L8,4L0,7.5z\"/></marker>"
        );
    }
    writer.out += "</defs>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n";
    // From the back to the front: what holds others, the others, and their connections over them.
    let (holding, single): (Vec<usize>, Vec<usize>) =
        (0..graph.nodes.len()).partition(|node| !graph.nodes[*node].groups.is_empty());
    let mut holding = holding;
    holding.sort_by_key(|node| graph.nodes[*node].group);
    for node in holding {
        writer.node(node, &graph.nodes[node]);
        for group in &graph.nodes[node].groups {
            writer.group(*group, &graph.groups[*group], graph.nodes[node].groups.len() > 1);
        }
    }
    let edges = || graph.edges.iter().enumerate();
    for (index, edge) in edges().filter(|(_, edge)| edge.dead).chain(edges().filter(|(_, edge)| !edge.dead)) {
        writer.edge(index, edge, graph);
    }
    for node in single {
        writer.node(node, &graph.nodes[node]);
    }
    writer.out += "</svg>\n";
    writer.out
}

struct Writer<'a> {
    out: String,
    text: &'a Text,
    encoding: Encoding,
}

impl Writer<'_> {
    fn node(&mut self, index: usize, node: &Node) {
        let kind = match node.kind {
            NodeKind::State(Some(kind)) => kind.name().to_lowercase(),
            NodeKind::State(None) => "untyped".to_owned(),
            other => other.name().to_owned(),
        };
        let holding = if node.groups.is_empty() { "" } else { " holder" };
        let marks: String = node.marks().flat_map(|mark| [" ", mark]).collect();
        let _ = write!(self.out, "<g class=\"node {kind}{holding}{marks}\" id=\"n{index}\"");
        if !node.name.is_empty() {
            let _ = write!(self.out, " data-name=\"{}\"", Escaped(&node.name));
        }
        if let Some(source) = &node.source {
            self.place(&source.range);
        }
        self.out += ">";
        let _ = write!(self.out, "<title>{}</title>", Escaped(&tooltip(node)));
        let rect = node.rect;
        match node.kind {
            NodeKind::Start | NodeKind::End => {
                let center = rect.center();
                let (x, y, radius) = (round(center.x), round(center.y), round(rect.width / 2.0));
                let _ = write!(
                    self.out,
                    "<circle class=\"shape\" cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>",
                    radius - 1.0
                );
                if node.kind == NodeKind::End {
                    let _ = write!(
                        self.out,
                        "<circle class=\"core\" cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>",
                        radius - 4.0
                    );
                }
            }
            _ => self.state(node),
        }
        self.out += "</g>\n";
    }

    fn state(&mut self, node: &Node) {
        let rect = node.rect;
        let radius = match node.kind {
            NodeKind::State(Some(kind)) if kind.is_terminal() => rect.height.min(44.0) / 2.0,
            _ => 6.0,
        };
        self.rect("shape", rect, radius);
        let detail = detail_line(node);
        let lines = measure::line(NAME) * node.lines.len() as f64;
        let height = lines + if detail.is_empty() { 0.0 } else { measure::line(SMALL) };
        // Whoever holds others has its text at the top.
        let own = if node.groups.is_empty() { rect.height } else { height + 14.0 };
        let mut y = rect.y + (own - height) / 2.0;
        icons::write(&mut self.out, node.kind, Point { x: rect.x + 9.0, y: rect.y + own / 2.0 - 9.0 });
        let x = round(rect.x + ICON + 8.0);
        for line in &node.lines {
            y += measure::line(NAME);
            let _ = write!(
                self.out,
                "<text class=\"name\" x=\"{x}\" y=\"{}\">{}</text>",
                round(y - 4.0),
                Escaped(line)
            );
        }
        if !detail.is_empty() {
            y += measure::line(SMALL);
            let detail = Escaped(&detail);
            let _ =
                write!(self.out, "<text class=\"detail\" x=\"{x}\" y=\"{}\">{detail}</text>", round(y - 4.0));
        }
    }

    fn group(&mut self, index: usize, group: &Group, titled: bool) {
        let _ = write!(self.out, "<g class=\"group {}\" id=\"g{index}\"", group.kind.name());
        self.place(&group.range);
        self.out += ">";
        self.rect("shape", group.rect, 4.0);
        if titled {
            let title = group.kind.title();
            let (x, y) = (round(group.rect.x + 8.0), round(group.rect.y + 14.0));
            let _ = write!(self.out, "<text class=\"detail\" x=\"{x}\" y=\"{y}\">{title}</text>");
        }
        self.out += "</g>\n";
    }

    fn edge(&mut self, index: usize, edge: &Edge, graph: &Graph) {
        let marks: String = edge.marks().flat_map(|mark| [" ", mark]).collect();
        let missing = if graph.nodes[edge.to].kind == NodeKind::Missing { " missing" } else { "" };
        let _ = write!(
            self.out,
            "<g class=\"edge {}{marks}{missing}\" id=\"e{index}\" data-from=\"n{}\" data-to=\"n{}\"",
            edge.kind.name(),
            edge.from,
            edge.to
        );
        if let Some(range) = &edge.range {
            self.place(range);
        }
        self.out += ">";
        let (from, to) = (&graph.nodes[edge.from].name, &graph.nodes[edge.to].name);
        let says = if edge.title.is_empty() { String::new() } else { format!(": {}", edge.title) };
        let title = match (from.is_empty(), to.is_empty()) {
            (true, _) => format!("starts at {to}"),
            (_, true) => format!("{from} ends"),
            _ => format!("{from} → {to}{says}"),
        };
        let arrow = match edge.kind {
            _ if edge.dead => "dead",
            super::EdgeKind::Catch(_) => "catch",
            _ => "plain",
        };
        let _ = write!(
            self.out,
            "<title>{}</title><path class=\"line\" d=\"{}\" marker-end=\"url(#asl-arrow-{arrow})\"/>",
            Escaped(&title),
            path(edge)
        );
        if let Some(label) = edge.label {
            self.rect("label", label, 3.0);
            let height = measure::line(SMALL);
            let mut y = label.y + (label.height - height * edge.lines.len() as f64) / 2.0;
            for line in &edge.lines {
                y += height;
                let (x, line) = (round(label.center().x), Escaped(line));
                let _ = write!(
                    self.out,
                    "<text class=\"label-text\" x=\"{x}\" y=\"{}\">{line}</text>",
                    round(y - 3.5)
                );
            }
        }
        self.out += "</g>\n";
    }

    fn rect(&mut self, class: &str, rect: Rect, radius: f64) {
        let [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map(round);
        let _ = write!(
            self.out,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>"
        );
    }

    fn place(&mut self, range: &Range<usize>) {
        for (name, offset) in [("start", range.start), ("end", range.end)] {
            let position = self.text.position(offset, self.encoding);
            let _ = write!(self.out, " data-{name}=\"{}:{}\"", position.line, position.column);
        }
    }
}

fn tooltip(node: &Node) -> String {
    let mut text = match node.kind {
        NodeKind::Start => "Start".to_owned(),
        NodeKind::End => "End".to_owned(),
        NodeKind::Missing => format!("{} — there is no such state here", node.name),
        NodeKind::Unknown => format!("{} — known only after deployment", node.name),
        NodeKind::State(kind) => {
            let kind = kind.map_or("no type", |kind| kind.name());
            let detail = if node.detail.is_empty() { String::new() } else { format!(" · {}", node.detail) };
            format!("{}\n{kind}{detail}", node.name)
        }
    };
    let marks = [
        (node.dead, "\nno way leads here"),
        (node.endless, "\nno way leads from here to an end"),
        (node.duplicate, "\na state of this name stands before it"),
    ];
    marks.iter().filter(|(has, _)| *has).for_each(|(_, says)| text += says);
    text
}

/// The way of an edge as the data of an SVG path: without what runs below its label.
pub fn path(edge: &Edge) -> String {
    let mut out = String::new();
    let Some(first) = edge.route.first() else { return out };
    let below = |from: Point, to: Point| {
        let label = edge.label.filter(|_| !edge.far)?;
        let upright = (from.x - to.x).abs() < 0.05 && label.x < from.x && from.x < label.right();
        let (upper, lower) = (from.y.min(to.y), from.y.max(to.y));
        // Sums of the same numbers may differ by a hair.
        (upright && upper - 0.05 <= label.y && label.bottom() <= lower + 0.05).then_some(label)
    };
    let _ = write!(out, "M{},{}", round(first.x), round(first.y));
    for pair in edge.route.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let (x, y) = (round(to.x), round(to.y));
        if let Some(label) = below(from, to) {
            let (near, far) =
                if from.y < to.y { (label.y, label.bottom()) } else { (label.bottom(), label.y) };
            let _ = write!(out, "V{}M{x},{}V{y}", round(near), round(far));
        } else if (from.x - to.x).abs() < 0.05 || (from.y - to.y).abs() < 0.05 {
            let _ = write!(out, "L{x},{y}");
        } else {
            let middle = round((from.y + to.y) / 2.0);
            let _ = write!(out, "C{},{middle} {x},{middle} {x},{y}", round(from.x));
        }
    }
    out
}

/// Text as it may stand in XML.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\n' => f.write_str("&#10;")?,
                // XML has no way to write the others.
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => f.write_str("\u{fffd}")?,
                _ => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}
