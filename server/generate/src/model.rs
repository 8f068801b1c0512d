//! The API models: JSON in, shapes of the graph out.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::facts::{Change, Override};
use crate::graph::{Bounds, Graph, Member, Shape};
use crate::gzip::gunzip;
use crate::layout::{Kind, member, structure};
use crate::wheel::Wheel;

/// No model is nearly as large.
const LARGEST: usize = 64 << 20;
/// A longer pattern says nothing to a reader.
const LONGEST_PATTERN: usize = 160;

/// The model of one service.
pub struct Model {
    pub directory: String,
    root: Value,
}

impl Model {
    /// Reads a model with the additions that botocore keeps beside it.
    pub fn read(wheel: &Wheel, directory: &str, version: &str) -> Result<Model, String> {
        let folder = format!("botocore/data/{directory}/{version}");
        let problem = |what: &str| format!("{folder}: {what}");
        let packed = wheel.file(&format!("{folder}/service-2.json.gz")).ok_or_else(|| problem("no model"))?;
        let text = gunzip(&packed, LARGEST).ok_or_else(|| problem("the model is not gzipped"))?;
        let mut root: Value = serde_json::from_slice(&text).map_err(|error| problem(&error.to_string()))?;
        if let Some(extra) = wheel.file(&format!("{folder}/service-2.sdk-extras.json")) {
            let extra: Value = serde_json::from_slice(&extra).map_err(|error| problem(&error.to_string()))?;
            merge(&mut root, &extra["merge"]);
        }
        Ok(Model { directory: directory.to_owned(), root })
    }

    /// A text of the model's metadata, or nothing.
    pub fn metadata(&self, name: &str) -> &str {
        self.root["metadata"][name].as_str().unwrap_or_default()
    }

    /// The operations, sorted by name.
    pub fn operations(&self) -> BTreeMap<&str, &Value> {
        self.root["operations"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, it)| (name.as_str(), it))
            .collect()
    }

    /// The error shapes of an operation.
    pub fn errors(&self, operation: &str) -> Vec<String> {
        let errors = self.root["operations"][operation]["errors"].as_array().into_iter().flatten();
        errors.filter_map(|it| it["shape"].as_str()).map(str::to_owned).collect()
    }

    /// The raw shape of this name.
    pub fn shape(&self, name: &str) -> &Value {
        &self.root["shapes"][name]
    }

    /// Whether input or output of an operation holds an event stream.
    pub fn is_streaming(&self, operation: &Value) -> bool {
        ["input", "output"].iter().filter_map(|side| operation[side]["shape"].as_str()).any(|name| {
            members(self.shape(name))
                .any(|(_, member)| is_set(self.shape(text(member, "shape")), "eventstream"))
        })
    }

    /// Puts a shape and all that it holds into the graph.
    pub fn add(&self, graph: &mut Graph, name: &str, overrides: &Overrides) -> Result<usize, String> {
        self.add_within(graph, name, overrides, &mut Vec::new())
    }

    fn add_within<'a>(
        &'a self,
        graph: &mut Graph,
        name: &'a str,
        overrides: &Overrides,
        open: &mut Vec<&'a str>,
    ) -> Result<usize, String> {
        let shape = self.shape(name);
        let kind =
            kind(text(shape, "type")).ok_or_else(|| format!("{}: {name} has no type", self.directory))?;
        if kind == Kind::Structure {
            if is_set(shape, "document") {
                return Ok(graph.plain(Kind::Document));
            }
            let (place, new) = graph.structure(&self.directory, name);
            if new {
                let structure = self.structure(graph, name, overrides)?;
                graph.fill(place, structure);
            }
            return Ok(place);
        }
        if open.contains(&name) {
            return Err(format!("{}: {name} holds itself without a structure between", self.directory));
        }
        open.push(name);
        let bounds = bounds(shape);
        let inner = |graph: &mut Graph, part: &str, open: &mut Vec<&'a str>| {
            self.add_within(graph, text(&shape[part], "shape"), overrides, open)
        };
        let shape = match kind {
            Kind::List => Shape::List { item: inner(graph, "member", open)?, bounds },
            Kind::Map => {
                let key = inner(graph, "key", open)?;
                Shape::Map { key, value: inner(graph, "value", open)?, bounds }
            }
            kind => Shape::Scalar {
                kind,
                values: strings(&shape["enum"]),
                bounds,
                pattern: shape["pattern"]
                    .as_str()
                    .filter(|it| it.len() <= LONGEST_PATTERN && !it.contains('\n'))
                    .map(str::to_owned),
                streaming: is_set(shape, "streaming"),
            },
        };
        open.pop();
        Ok(graph.add(shape))
    }

    fn structure(&self, graph: &mut Graph, name: &str, overrides: &Overrides) -> Result<Shape, String> {
        let shape = self.shape(name);
        let required = strings(&shape["required"]);
        let mut found = Vec::new();
        for (wire, raw) in members(shape) {
            let target = self.shape(text(raw, "shape"));
            let either = |flag: &str| is_set(raw, flag) || is_set(target, flag);
            let mut flags = 0;
            for (flag, is_set) in [
                (member::REQUIRED, required.contains(wire)),
                (member::IDEMPOTENCY_TOKEN, either("idempotencyToken")),
                (member::DEPRECATED, either("deprecated")),
                (member::SENSITIVE, is_set(target, "sensitive")),
            ] {
                flags |= if is_set { flag } else { 0 };
            }
            let shape = self.add(graph, text(raw, "shape"), overrides)?;
            found.push(Member { wire: wire.clone(), shape, flags, renamed: None });
        }
        if let Some(changes) = overrides.shapes.get(name) {
            change(graph, &mut found, changes);
        }
        let mut flags = 0;
        for (flag, name) in [(structure::UNION, "union"), (structure::EVENT_STREAM, "eventstream")] {
            flags |= if is_set(shape, name) { flag } else { 0 };
        }
        Ok(Shape::Structure { name: name.to_owned(), flags, members: found })
    }
}

/// The hand-made changes of one service, by shape.
#[derive(Default)]
pub struct Overrides<'a> {
    pub shapes: BTreeMap<&'a str, &'a [Override]>,
}

fn change(graph: &mut Graph, members: &mut Vec<Member>, changes: &[Override]) {
    for Override { member: name, change } in changes {
        let found = members.iter().position(|it| it.wire == *name);
        match (change, found) {
            (Change::Rename(name), Some(at)) => {
                members[at].renamed = Some(name.clone());
                members[at].flags |= member::RENAMED;
            }
            (Change::Alias(name), Some(at)) => {
                members[at].flags &= !member::REQUIRED;
                let mut alias = members[at].clone();
                alias.renamed = Some(name.clone());
                alias.flags |= member::RENAMED;
                members.push(alias);
            }
            (Change::Optional, Some(at)) => members[at].flags &= !member::REQUIRED,
            (Change::Add, None) => {
                let shape = graph.plain(Kind::String);
                members.push(Member::own(name, shape));
            }
            // The API has changed under the table; the comparison that is printed shows it.
            _ => eprintln!("overrides.csv: nothing to do for {name}"),
        }
    }
}

fn kind(name: &str) -> Option<Kind> {
    match name {
        "character" => Some(Kind::String),
        "bigdecimal" => Some(Kind::Double),
        name => Kind::ALL.into_iter().find(|it| it.name() == name),
    }
}

fn bounds(shape: &Value) -> Bounds {
    let bound = |name: &str| match &shape[name] {
        // `1.0` and `1` are the same bound.
        Value::Number(number) => match number.as_f64() {
            Some(it) if !number.is_i64() && it.fract() == 0.0 && it.abs() < 9e15 => Some(format!("{it}")),
            _ => Some(number.to_string()),
        },
        _ => None,
    };
    (bound("min"), bound("max"))
}

fn members(shape: &Value) -> impl Iterator<Item = (&String, &Value)> {
    shape["members"].as_object().into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// Whether a flag is `true`.
pub fn is_set(value: &Value, name: &str) -> bool {
    value[name].as_bool().unwrap_or_default()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Puts `extra` over `base`, object by object.
fn merge(base: &mut Value, extra: &Value) {
    let Value::Object(extra) = extra else {
        base.clone_from(extra);
        return;
    };
    if !base.is_object() {
        *base = Value::Object(Map::new());
    }
    if let Value::Object(base) = base {
        for (name, value) in extra {
            merge(base.entry(name.as_str()).or_insert(Value::Null), value);
        }
    }
}
