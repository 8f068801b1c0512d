//! What must hold of every drawing, whatever the machine: nothing lies on anything that it does not belong to.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

use asl_grammar::text::Text;
use asl_lsp::analysis::{Analysis, Format};
use asl_lsp::graph::geometry::{Point, Rect};
use asl_lsp::graph::{Edge, Graph, NodeKind, dot, graph, json, mermaid, svg};

use crate::shared::{files, shared};

fn draw(format: Format, text: &str) -> Graph {
    graph(&Analysis::new(format, Text::new(text), Arc::default()))
}

/// What is wrong with a drawing.
fn faults(graph: &Graph) -> Vec<String> {
    let mut faults = Vec::new();
    let mut members = vec![Vec::new(); graph.groups.len() + 1];
    for (index, node) in graph.nodes.iter().enumerate() {
        members[node.group.map_or(0, |group| group + 1)].push(index);
    }
    let mut edges = vec![Vec::new(); graph.groups.len() + 1];
    for edge in &graph.edges {
        edges[graph.nodes[edge.from].group.map_or(0, |group| group + 1)].push(edge);
    }
    let paper = Rect { x: 0.0, y: 0.0, width: graph.width, height: graph.height };
    for (scope, members) in members.iter().enumerate() {
        let around = scope.checked_sub(1).map_or(paper, |group| graph.groups[group].rect);
        let node = |index: usize| &graph.nodes[index];
        let name = |index: usize| format!("`{}` ({})", node(index).name, index);
        for (at, index) in members.iter().enumerate() {
            let rect = node(*index).rect;
            if !contains(around, rect) {
                faults.push(format!("{} stands outside of its group: {rect:?} {around:?}", name(*index)));
            }
            for group in &node(*index).groups {
                if !contains(rect, graph.groups[*group].rect) {
                    faults.push(format!("a group stands outside of {}", name(*index)));
                }
            }
            for other in members[at + 1..].iter().filter(|other| overlap(rect, node(**other).rect)) {
                faults.push(format!("{} and {} overlap", name(*index), name(*other)));
            }
        }
        let labels: Vec<(usize, Rect)> =
            edges[scope].iter().enumerate().filter_map(|(index, edge)| Some((index, edge.label?))).collect();
        for (at, (index, label)) in labels.iter().enumerate() {
            if !contains(around, *label) {
                faults
                    .push(format!("the label `{}` stands outside of its group", edges[scope][*index].title));
            }
            for (_, other) in labels[at + 1..].iter().filter(|(_, other)| overlap(*label, *other)) {
                faults.push(format!("labels overlap: {label:?} {other:?}"));
            }
            for other in members.iter().filter(|other| overlap(*label, node(**other).rect)) {
                faults.push(format!("the label `{}` lies on {}", edges[scope][*index].title, name(*other)));
            }
        }
        for (index, edge) in edges[scope].iter().enumerate() {
            if edge.route.len() < 2 {
                faults.push(format!("{} to {} is not drawn", name(edge.from), name(edge.to)));
            }
            for piece in pieces(edge) {
                if !contains(around, piece) {
                    faults.push(format!("an edge of {} leaves its group", name(edge.from)));
                }
                for other in members.iter().filter(|other| overlap(piece, node(**other).rect)) {
                    faults.push(format!(
                        "{} to {} runs through {}",
                        name(edge.from),
                        name(edge.to),
                        name(*other)
                    ));
                }
                for (of, label) in labels.iter().filter(|(of, label)| *of != index && overlap(piece, *label))
                {
                    let title = &edges[scope][*of].title;
                    faults.push(format!(
                        "{} to {} runs through the label `{title}` {label:?}",
                        name(edge.from),
                        name(edge.to)
                    ));
                }
            }
            // A label stands where the line is left out.
            if edge.label.is_some()
                && !edge.far
                && edge.from != edge.to
                && !svg::path(edge)[1..].contains('M')
            {
                faults.push(format!("{} to {} runs through its own label", name(edge.from), name(edge.to)));
            }
            faults.extend(ends(graph, edge));
        }
    }
    for (index, group) in graph.groups.iter().enumerate() {
        let siblings = graph.nodes[group.owner].groups.iter().filter(|other| **other > index);
        for other in siblings.filter(|other| overlap(group.rect, graph.groups[**other].rect)) {
            faults.push(format!("the groups {index} and {other} overlap"));
        }
    }
    faults
}

/// An edge begins at the border of its node and ends at that of its target, or at its label.
fn ends(graph: &Graph, edge: &Edge) -> Option<String> {
    let touches = |rect: Rect, point: Point| {
        let grown =
            Rect { x: rect.x - 0.1, y: rect.y - 0.1, width: rect.width + 0.2, height: rect.height + 0.2 };
        contains(grown, Rect { x: point.x, y: point.y, width: 0.0, height: 0.0 })
    };
    let (first, last) = (*edge.route.first()?, *edge.route.last()?);
    let target = if edge.far { edge.label? } else { graph.nodes[edge.to].rect };
    let whole = touches(graph.nodes[edge.from].rect, first) && touches(target, last);
    (!whole).then(|| format!("an edge ends in nothing: {:?} -> {:?}: {:?}", edge.from, edge.to, edge.route))
}

/// The boxes that hold the pieces of an edge: a curve lies between its ends.
fn pieces(edge: &Edge) -> impl Iterator<Item = Rect> {
    edge.route.windows(2).map(|pair| Rect {
        x: pair[0].x.min(pair[1].x),
        y: pair[0].y.min(pair[1].y),
        width: (pair[0].x - pair[1].x).abs(),
        height: (pair[0].y - pair[1].y).abs(),
    })
}

const EDGE: f64 = 0.05;

fn overlap(a: Rect, b: Rect) -> bool {
    a.x + EDGE < b.right() && b.x + EDGE < a.right() && a.y + EDGE < b.bottom() && b.y + EDGE < a.bottom()
}

fn contains(outer: Rect, inner: Rect) -> bool {
    outer.x <= inner.x + EDGE
        && outer.y <= inner.y + EDGE
        && inner.right() <= outer.right() + EDGE
        && inner.bottom() <= outer.bottom() + EDGE
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// A machine with states of all types; `reach` says how far transitions lead.
fn machine(dice: &mut Dice, states: usize, reach: usize, depth: usize, prefix: &str) -> String {
    let mut out = format!("{{\"StartAt\": \"{prefix}0\", \"States\": {{");
    for index in 0..states {
        let near = |dice: &mut Dice| {
            let to = (index + dice.below(reach)).saturating_sub(reach / 4);
            // Some targets do not exist.
            format!("\"{prefix}{to}\"")
        };
        let comma = if index == 0 { "" } else { "," };
        let catch = match dice.below(3) {
            0 => format!(
                "\"Catch\": [{{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"{prefix}{}\"}}],",
                states - 1
            ),
            1 => format!("\"Catch\": [{{\"ErrorEquals\": [\"A.B\", \"C.D.E\"], \"Next\": {}}}],", near(dice)),
            _ => String::new(),
        };
        let leave =
            if dice.below(9) == 0 { "\"End\": true".to_owned() } else { format!("\"Next\": {}", near(dice)) };
        let state = match dice.below(if depth > 0 { 9 } else { 7 }) {
            0 => "\"Type\": \"Succeed\"".to_owned(),
            1 | 2 => {
                let mut rules = String::new();
                for rule in 0..1 + dice.below(5) {
                    let comma = if rule == 0 { "" } else { "," };
                    let _ = write!(
                        rules,
                        "{comma}{{\"Variable\": \"$.some.path{rule}\", \"NumericLessThan\": {rule}, \"Next\": {}}}",
                        near(dice)
                    );
                }
                format!("\"Type\": \"Choice\", \"Choices\": [{rules}], \"Default\": {}", near(dice))
            }
            7 => {
                let branches: Vec<String> = (0..1 + dice.below(4))
                    .map(|branch| {
                        let count = 1 + dice.below(5);
                        machine(dice, count, 3, depth - 1, &format!("{prefix}{index}.{branch}."))
                    })
                    .collect();
                format!("\"Type\": \"Parallel\", {catch} \"Branches\": [{}], {leave}", branches.join(","))
            }
            8 => {
                let count = 1 + dice.below(6);
                let inner = machine(dice, count, 4, depth - 1, &format!("{prefix}{index}.m."));
                format!("\"Type\": \"Map\", {catch} \"ItemProcessor\": {inner}, {leave}")
            }
            _ => format!("\"Type\": \"Task\", {catch} {leave}"),
        };
        let _ = write!(out, "{comma}\"{prefix}{index}\": {{{state}}}");
    }
    out + "}}"
}

#[test]
fn nothing_lies_on_anything_else() {
    let mut dice = Dice(7);
    for round in 0..40 {
        let (states, reach) = (1 + dice.below(60), 2 + dice.below(if round % 4 == 0 { 60 } else { 6 }));
        let text = machine(&mut dice, states, reach, 2, "S");
        let drawing = draw(Format::Json, &text);
        let faults = faults(&drawing);
        assert!(faults.is_empty(), "{text}\n{:#?}", &faults[..faults.len().min(10)]);
    }
}

#[test]
fn a_broken_machine_is_drawn_as_well() {
    let mut dice = Dice(11);
    for _ in 0..30 {
        let mut text = machine(&mut dice, 12, 5, 2, "S");
        let at = dice.below(text.len());
        let len = dice.below(30).min(text.len() - at);
        text.replace_range(at..at + len, ["", "\"", "}", "{", ",", "é"][dice.below(6)]);
        let drawing = draw(Format::Json, &text);
        let faults = faults(&drawing);
        assert!(faults.is_empty(), "{text}\n{:#?}", &faults[..faults.len().min(10)]);
    }
}

#[test]
fn large_machines_stay_within_bounds() {
    let mut dice = Dice(3);
    // Every state may fail to the last one; and targets all over.
    for (states, reach, points) in [(1_000, 4, 30_000), (500, 500, 20_000)] {
        let text = machine(&mut dice, states, reach, 1, "S");
        let started = Instant::now();
        let analysis = Analysis::new(Format::Json, Text::new(&text), Arc::default());
        let analysed = started.elapsed();
        let drawing = graph(&analysis);
        let drawn = started.elapsed() - analysed;
        let count: usize = drawing.edges.iter().map(|edge| edge.route.len()).sum();
        println!(
            "{} nodes, {} edges with {count} points, {} far: {drawn:?} after {analysed:?}",
            drawing.nodes.len(),
            drawing.edges.len(),
            drawing.edges.iter().filter(|edge| edge.far).count()
        );
        assert!(count < points, "{states} states, {count} points");
        if states < 600 {
            let faults = faults(&drawing);
            assert!(faults.is_empty(), "{:#?}", &faults[..faults.len().min(10)]);
        }
    }
}

#[test]
fn real_machines() {
    let Some(folder) = shared("corpus") else { return };
    let (mut drawn, mut wrong) = (0, Vec::new());
    // A third of them is enough for every day.
    for path in files(&folder).into_iter().step_by(3) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let name = path.display().to_string();
        let format = match name.rsplit('.').next() {
            Some("json" | "asl") => Format::Json,
            Some("yaml" | "yml") => Format::Yaml,
            _ => continue,
        };
        let analysis = Analysis::new(format, Text::new(&text), Arc::default());
        let drawing = graph(&analysis);
        drawn += usize::from(drawing.nodes.iter().any(|node| matches!(node.kind, NodeKind::State(_))));
        wrong.extend(faults(&drawing).into_iter().map(|fault| format!("{name}: {fault}")));
        // The other formats write the same; that they can is enough here.
        let encoding = asl_grammar::text::Encoding::Utf16;
        let picture = svg::svg(&drawing, &analysis.text, encoding);
        assert!(
            picture.contains("</svg>") && json::json(&drawing, &analysis.text, encoding)["nodes"].is_array()
        );
        assert!(mermaid::mermaid(&drawing).starts_with("flowchart") && dot::dot(&drawing).ends_with("}\n"));
    }
    println!("{drawn} machines drawn");
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}
