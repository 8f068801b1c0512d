//! The optimized integrations: the API's shapes, with what Step Functions does differently.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::facts::{Optimized, Parameter, ResultShape, Type};
use crate::graph::{Graph, Member, Operation, Shape};
use crate::layout::{Kind, member};
use crate::model::{Model, Overrides};
use crate::naming;

/// What the reader wants to know beyond shapes. Its twin is in `integrations/optimized.rs`.
#[derive(Serialize)]
pub struct ActionFacts<'a> {
    service: &'a str,
    action: &'a str,
    /// Token of the SDK service and the operation that it wraps.
    #[serde(skip_serializing_if = "Option::is_none")]
    api: Option<(&'a str, &'a str)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iam: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    patterns: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    doubtful_patterns: &'a [String],
    guide: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    refused_with: &'a BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    one_of: &'a [Vec<String>],
    error_prefix: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    parameter_notes: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    defaults: BTreeMap<&'a str, &'a str>,
}

/// The facts that are stored beside the frames. `token` finds the SDK token of a botocore folder.
pub fn action_facts<'a>(
    actions: &'a [Optimized],
    token: &BTreeMap<&str, &'a str>,
) -> Result<Vec<ActionFacts<'a>>, String> {
    let mut all = Vec::new();
    for it in actions {
        let api = match &it.api {
            None => None,
            Some(api) => {
                let (directory, operation) = split(api)?;
                let token = token.get(directory).ok_or_else(|| format!("{api}: no such service"))?;
                Some((*token, operation))
            }
        };
        let of = |part: fn(&Parameter) -> Option<&String>| {
            it.own.iter().filter_map(|it| Some((it.name.as_str(), part(it)?.as_str()))).collect()
        };
        all.push(ActionFacts {
            service: &it.service,
            action: &it.action,
            api,
            title: it.title.as_deref(),
            iam: it.iam.as_deref(),
            place: it.place.as_deref(),
            patterns: &it.patterns,
            doubtful_patterns: &it.doubtful_patterns,
            guide: &it.guide,
            refused_with: &it.refused_with,
            one_of: &it.one_of,
            error_prefix: &it.error_prefix,
            errors: &it.errors,
            notes: &it.notes,
            parameter_notes: of(|it| it.note.as_ref()),
            defaults: of(|it| it.default.as_ref()),
        });
    }
    Ok(all)
}

/// The input of an action as an operation of a frame.
pub fn input(graph: &mut Graph, models: &Models, action: &Optimized) -> Result<Operation, String> {
    let mut members = Vec::new();
    let mut errors = Vec::new();
    if let Some(api) = &action.api {
        let (directory, operation) = split(api)?;
        errors = models.get(directory)?.errors(operation);
        let input = models.input(graph, directory, operation)?;
        for mut member in input {
            let name = naming::capitalize(&member.wire);
            if action.without.contains(&name) {
                continue;
            }
            if !action.seen.contains(&name) {
                member.flags |= member::UNCONFIRMED;
            }
            members.push(member);
        }
    }
    for own in &action.own {
        let made = parameter(graph, models, own)?;
        match members.iter_mut().find(|it| naming::capitalize(&it.wire) == own.name) {
            Some(known) => {
                known.shape = made.shape;
                known.flags = (known.flags & !member::REQUIRED) | (made.flags & !member::OWN);
            }
            None => members.push(made),
        }
    }
    let name = format!("{}Input", naming::capitalize(&action.action));
    let shape = structure(graph, &action.service, &name, members);
    Ok(Operation { name: action.action.clone(), flags: 0, shapes: vec![shape], errors })
}

/// The results: request-response, then `.sync`, then `.sync:2`, as far as there are any.
pub fn results(graph: &mut Graph, models: &Models, action: &Optimized) -> Result<Operation, String> {
    let title = naming::capitalize(&action.action);
    let mut members = match (&action.result, &action.api) {
        (Some(result), _) => result_members(graph, models, result)?,
        (None, Some(api)) => {
            let (directory, operation) = split(api)?;
            models.output(graph, directory, operation)?
        }
        (None, None) => Vec::new(),
    };
    if action.sdk_metadata {
        let json = graph.plain(Kind::Json);
        members.extend(["SdkHttpMetadata", "SdkResponseMetadata"].map(|name| Member::own(name, json)));
    }
    let mut shapes = vec![structure(graph, &action.service, &format!("{title}Result"), members)];
    if let Some(result) = &action.sync_result {
        let members = result_members(graph, models, result)?;
        let mut parsed = members.clone();
        shapes.push(structure(graph, &action.service, &format!("{title}SyncResult"), members));
        if !action.sync2_json.is_empty() {
            let json = graph.plain(Kind::Json);
            for member in &mut parsed {
                if action.sync2_json.contains(&naming::capitalize(&member.wire)) {
                    member.shape = json;
                }
            }
            shapes.push(structure(graph, &action.service, &format!("{title}Sync2Result"), parsed));
        }
    }
    Ok(Operation { name: action.action.clone(), flags: 0, shapes, errors: Vec::new() })
}

/// The models by folder.
pub struct Models<'a>(pub &'a BTreeMap<String, Model>);

impl Models<'_> {
    fn get(&self, directory: &str) -> Result<&Model, String> {
        self.0.get(directory).ok_or_else(|| format!("no model {directory}"))
    }

    fn shape(&self, graph: &mut Graph, directory: &str, name: &str) -> Result<usize, String> {
        self.get(directory)?.add(graph, name, &Overrides::default())
    }

    fn side(
        &self,
        graph: &mut Graph,
        directory: &str,
        operation: &str,
        side: &str,
    ) -> Result<Vec<Member>, String> {
        let model = self.get(directory)?;
        let operations = model.operations();
        let raw = operations.get(operation).ok_or_else(|| format!("no operation {directory}:{operation}"))?;
        match raw[side]["shape"].as_str() {
            None => Ok(Vec::new()),
            Some(name) => {
                let place = self.shape(graph, directory, name)?;
                Ok(graph.members(place)?.to_vec())
            }
        }
    }

    fn input(&self, graph: &mut Graph, directory: &str, operation: &str) -> Result<Vec<Member>, String> {
        self.side(graph, directory, operation, "input")
    }

    fn output(&self, graph: &mut Graph, directory: &str, operation: &str) -> Result<Vec<Member>, String> {
        self.side(graph, directory, operation, "output")
    }
}

fn structure(graph: &mut Graph, service: &str, name: &str, members: Vec<Member>) -> usize {
    let (place, _) = graph.structure(&format!("optimized {service}"), name);
    graph.fill(place, Shape::Structure { name: name.to_owned(), flags: 0, members });
    place
}

fn result_members(graph: &mut Graph, models: &Models, result: &ResultShape) -> Result<Vec<Member>, String> {
    let (shape, own) = match result {
        ResultShape::Shape(shape) => (Some(shape), None),
        ResultShape::Members(own) => (None, Some(own)),
        ResultShape::Both(shape, own) => (Some(shape), Some(own)),
    };
    let mut members = Vec::new();
    if let Some(shape) = shape {
        let (directory, name) = split(shape)?;
        let place = models.shape(graph, directory, name)?;
        members.extend_from_slice(graph.members(place)?);
    }
    for (name, kind) in own.into_iter().flatten() {
        let shape = named(graph, models, kind)?;
        if !members.iter().any(|it| naming::capitalize(&it.wire) == *name) {
            members.push(Member::own(name, shape));
        }
    }
    Ok(members)
}

fn parameter(graph: &mut Graph, models: &Models, own: &Parameter) -> Result<Member, String> {
    let shape = match &own.kind {
        Type::Name(name) => named(graph, models, name)?,
        Type::Enum { values } => graph.add(Shape::Scalar {
            kind: Kind::String,
            values: values.clone(),
            bounds: (None, None),
            pattern: None,
            streaming: false,
        }),
        Type::Structure { members } => {
            let members: Result<Vec<Member>, String> =
                members.iter().map(|it| parameter(graph, models, it)).collect();
            graph.add(Shape::Structure { name: own.name.clone(), flags: 0, members: members? })
        }
    };
    let mut member = Member::own(&own.name, shape);
    member.flags |= if own.required { member::REQUIRED } else { 0 };
    member.flags |= if own.deprecated { member::DEPRECATED } else { 0 };
    Ok(member)
}

/// A type by the name that a table gives it.
fn named(graph: &mut Graph, models: &Models, name: &str) -> Result<usize, String> {
    if let Some(inner) = name.strip_prefix("map<string,").and_then(|it| it.strip_suffix('>')) {
        let key = graph.plain(Kind::String);
        let value = named(graph, models, inner)?;
        return Ok(graph.add(Shape::Map { key, value, bounds: (None, None) }));
    }
    if let Some(inner) = name.strip_prefix("list<").and_then(|it| it.strip_suffix('>')) {
        let item = named(graph, models, inner)?;
        return Ok(graph.add(Shape::List { item, bounds: (None, None) }));
    }
    if let Some(kind) = Kind::ALL.into_iter().find(|it| it.name() == name) {
        return Ok(graph.plain(kind));
    }
    if name.contains('|') {
        // One of several: anything goes.
        return Ok(graph.plain(Kind::Json));
    }
    let (directory, shape) = split(name)?;
    models.shape(graph, directory, shape)
}

fn split(name: &str) -> Result<(&str, &str), String> {
    name.split_once(':').ok_or_else(|| format!("{name} is not service:name"))
}
