//! The drawing as one JSON object, for whoever draws it anew: the editor's graph view, or a tool.
//!
//! ```json
//! { "version": 7, "width": 320, "height": 400,
//!   "nodes": [{ "id": "n0", "kind": "state", "type": "Task", "name": "Order", "detail": "lambda:invoke",
//!       "lines": ["Order"], "group": null, "groups": [], "marks": ["dead"],
//!       "range": { "start": { "line": 3, "character": 4 }, "end": { "line": 9, "character": 5 } },
//!       "selection": { "start": { "line": 3, "character": 4 }, "end": { "line": 3, "character": 11 } },
//!       "x": 16, "y": 48, "width": 120, "height": 45 }],
//!   "edges": [{ "id": "e0", "from": "n0", "to": "n1", "kind": "catch", "index": 0, "title": "States.ALL",
//!       "lines": ["States.ALL"], "marks": ["back"], "range": { "start": …, "end": … },
//!       "points": [[76, 93], [76, 110]], "path": "M76,93L76,110",
//!       "label": { "x": 20, "y": 100, "width": 70, "height": 18 } }],
//!   "groups": [{ "id": "g0", "kind": "branch", "index": 0, "owner": "n0", "parent": null, "range": …,
//!       "x": 28, "y": 80, "width": 200, "height": 160 }] }
//! ```
//!
//! - `version` is the version of the document, in an answer to `asl/graph`; the command line leaves it out.
//! - `kind` of a node: `state`; `start` and `end`, the dots of each scope; `missing`, the target of a transition that
//!   no state of the scope has for a name; `unknown`, one that holds a placeholder. `type` is null when nobody can
//!   know it. Only states have `range` (key and value) and `selection` (key); for the others they are null.
//! - `marks` of a node: `dead` (no way leads here), `endless` (no way leads from here to an end), `duplicate` (a state
//!   of this name stands before it). Of an edge: `dead`, `back` (it leads up), `far` (it is too long to be drawn, and
//!   ends at its label, which names the target).
//! - `kind` of an edge: `start`, `next`, `choice` and `catch` with the `index` of the rule or catcher, `default`,
//!   `end`. `range` is the name of the target in the text, or the value of `End`.
//! - `title` is all of what an edge says, `lines` what is written of it, within `label`; `path` leaves out what runs
//!   below the label.
//! - A Parallel or Map state is drawn around its `groups`; its own text stands above them. Everything lies within what
//!   it belongs to, in coordinates of the whole drawing.
//! - Ids hold for one answer only.

use std::ops::Range;

use asl_grammar::text::{Encoding, Text};
use serde_json::{Map, Value, json};

use super::geometry::Rect;
use super::svg::path;
use super::{Edge, Graph, Group, Node, NodeKind};

pub fn json(graph: &Graph, text: &Text, encoding: Encoding) -> Value {
    let write = Writer { text, encoding };
    json!({
        "width": graph.width,
        "height": graph.height,
        "nodes": graph.nodes.iter().enumerate().map(|(index, it)| write.node(index, it)).collect::<Vec<_>>(),
        "edges": graph.edges.iter().enumerate().map(|(index, it)| write.edge(index, it)).collect::<Vec<_>>(),
        "groups": graph.groups.iter().enumerate().map(|(index, it)| write.group(index, it)).collect::<Vec<_>>(),
    })
}

struct Writer<'a> {
    text: &'a Text,
    encoding: Encoding,
}

impl Writer<'_> {
    fn node(&self, index: usize, node: &Node) -> Value {
        let state_type = match node.kind {
            NodeKind::State(kind) => kind.map(|kind| kind.name()),
            _ => None,
        };
        let mut value = json!({
            "id": format!("n{index}"),
            "kind": node.kind.name(),
            "type": state_type,
            "name": node.name,
            "detail": node.detail,
            "lines": node.lines,
            "group": node.group.map(|group| format!("g{group}")),
            "groups": node.groups.iter().map(|group| format!("g{group}")).collect::<Vec<_>>(),
            "marks": node.marks().collect::<Vec<_>>(),
            "range": node.source.as_ref().map(|source| self.range(&source.range)),
            "selection": node.source.as_ref().map(|source| self.range(&source.selection)),
        });
        extend(&mut value, node.rect);
        value
    }

    fn edge(&self, index: usize, edge: &Edge) -> Value {
        json!({
            "id": format!("e{index}"),
            "from": format!("n{}", edge.from),
            "to": format!("n{}", edge.to),
            "kind": edge.kind.name(),
            "index": edge.kind.index(),
            "title": edge.title,
            "lines": edge.lines,
            "marks": edge.marks().collect::<Vec<_>>(),
            "range": edge.range.as_ref().map(|range| self.range(range)),
            "points": edge.route.iter().map(|point| [round(point.x), round(point.y)]).collect::<Vec<_>>(),
            "path": path(edge),
            "label": edge.label.map(rect),
        })
    }

    fn group(&self, index: usize, group: &Group) -> Value {
        let mut value = json!({
            "id": format!("g{index}"),
            "kind": group.kind.name(),
            "index": group.kind.index(),
            "owner": format!("n{}", group.owner),
            "parent": group.parent.map(|parent| format!("g{parent}")),
            "range": self.range(&group.range),
        });
        extend(&mut value, group.rect);
        value
    }

    fn range(&self, range: &Range<usize>) -> Value {
        let position = |offset| {
            let position = self.text.position(offset, self.encoding);
            json!({ "line": position.line, "character": position.column })
        };
        json!({ "start": position(range.start), "end": position(range.end) })
    }
}

fn rect(rect: Rect) -> Map<String, Value> {
    [("x", rect.x), ("y", rect.y), ("width", rect.width), ("height", rect.height)]
        .map(|(name, value)| (name.to_owned(), Value::from(round(value))))
        .into_iter()
        .collect()
}

fn extend(value: &mut Value, at: Rect) {
    if let Some(object) = value.as_object_mut() {
        object.extend(rect(at));
    }
}

/// A tenth of a pixel is fine enough.
pub fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
