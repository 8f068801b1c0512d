//! Puts the catalogue together: header, index, frames.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::facts::{Facts, Optimized, Override, Service};
use crate::graph::{Graph, Operation};
use crate::layout::{MAGIC, Support, operation};
use crate::model::{Model, Overrides, is_set};
use crate::naming;
use crate::optimized::{self, Models};
use crate::wheel::Wheel;
use crate::write::{frame, number, pack};

/// The index grows beside the frames that it describes.
#[derive(Default)]
struct Blob {
    index: Vec<u8>,
    frames: Vec<u8>,
}

impl Blob {
    fn text(&mut self, text: &str) {
        number(&mut self.index, text.len() as u64);
        self.index.extend(text.bytes());
    }

    fn frame(&mut self, frame: &[u8]) {
        number(&mut self.index, frame.len() as u64);
        self.frames.extend(frame);
    }
}

/// Makes the bytes of the catalogue. The same input gives the same bytes.
pub fn make(wheel: &Wheel, version: &str, facts: &Facts) -> Result<Vec<u8>, String> {
    let models = read_models(wheel)?;
    let tokens = choose(&models, facts);
    let directories: BTreeMap<&str, &str> = tokens.iter().map(|(token, it)| (*it, token.as_str())).collect();

    let mut blob = Blob::default();
    blob.text(version);
    let names: String = facts_and_models(facts, &tokens)
        .map(|(_, directory)| {
            let model = directory.and_then(|it| models.get(it));
            let names = model.into_iter().flat_map(|it| it.operations().into_keys());
            names.map(|it| naming::action(it) + "\n").collect::<String>() + "\n"
        })
        .collect();
    blob.frame(&pack(names.as_bytes()));
    let actions = optimized::action_facts(&facts.optimized, &directories)?;
    blob.frame(&pack(&serde_json::to_vec(&actions).map_err(|error| error.to_string())?));

    let services: Vec<_> = facts_and_models(facts, &tokens).collect();
    number(&mut blob.index, services.len() as u64);
    for (token, directory) in services {
        let model = directory.and_then(|it| models.get(it));
        service(&mut blob, token, model, facts)?;
    }
    optimized_services(&mut blob, &models, facts)?;
    for exceptions in [&facts.links, &facts.iam] {
        number(&mut blob.index, exceptions.len() as u64);
        for ((service, operation), text) in exceptions {
            blob.text(service);
            blob.text(operation);
            blob.text(text);
        }
    }

    let length = u32::try_from(blob.index.len()).map_err(|error| error.to_string())?;
    let mut rest = length.to_le_bytes().to_vec();
    rest.extend(blob.index);
    rest.extend(blob.frames);
    let mut bytes = MAGIC.to_vec();
    bytes.extend(xxh3_64(&rest).to_le_bytes());
    bytes.extend(rest);
    Ok(bytes)
}

fn read_models(wheel: &Wheel) -> Result<BTreeMap<String, Model>, String> {
    let mut models = BTreeMap::new();
    for (directory, version) in wheel.models() {
        models.insert(directory.to_owned(), Model::read(wheel, directory, version)?);
    }
    Ok(models)
}

/// The folder of each token. Two folders can hold the same service; then the table says which to take.
fn choose<'a>(models: &'a BTreeMap<String, Model>, facts: &Facts) -> BTreeMap<String, &'a str> {
    let mut tokens: BTreeMap<String, &str> = BTreeMap::new();
    for (directory, model) in models {
        let token = naming::service_name(model.metadata("serviceId")).to_ascii_lowercase();
        let preferred = facts.services.get(&token).map(|it| it.directory.as_str());
        let place = tokens.entry(token).or_insert(directory);
        if preferred == Some(directory) {
            *place = directory;
        }
    }
    tokens
}

/// All tokens, of the table and of the models, with the folder when there is a model.
fn facts_and_models<'a>(
    facts: &'a Facts,
    tokens: &'a BTreeMap<String, &'a str>,
) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
    let mut all: BTreeMap<&str, Option<&str>> = facts.services.keys().map(|it| (it.as_str(), None)).collect();
    all.extend(tokens.iter().map(|(token, directory)| (token.as_str(), Some(*directory))));
    all.into_iter()
}

fn service(blob: &mut Blob, token: &str, model: Option<&Model>, facts: &Facts) -> Result<(), String> {
    let unlisted = Service {
        directory: String::new(),
        support: Support::Unknown,
        iam_prefix: String::new(),
        unsupported: Default::default(),
        doubtful: Default::default(),
        page: String::new(),
        anchor: String::new(),
    };
    let row = facts.services.get(token).unwrap_or(&unlisted);
    let metadata = |name| model.map(|it| it.metadata(name)).unwrap_or_default();
    let or = |first: &str, second: &str| if first.is_empty() { second.to_owned() } else { first.to_owned() };
    let signing = or(metadata("signingName"), metadata("endpointPrefix"));
    let uid = format!("{}-{}", metadata("endpointPrefix"), metadata("apiVersion"));
    for text in [
        token,
        &or(metadata("serviceFullName"), token),
        &naming::service_name(metadata("serviceId")),
        model.map(|it| it.directory.as_str()).unwrap_or_default(),
        metadata("endpointPrefix"),
        &signing,
        &or(&row.iam_prefix, &signing),
        &or(metadata("uid"), if model.is_some() { &uid } else { "" }),
        &row.page,
        &row.anchor,
    ] {
        blob.text(text);
    }
    let support = Support::ALL.into_iter().position(|it| it == row.support).unwrap_or_default();
    number(&mut blob.index, support as u64);
    let Some(model) = model else {
        number(&mut blob.index, 0);
        blob.frame(&[]);
        blob.frame(&[]);
        return Ok(());
    };
    number(&mut blob.index, model.operations().len() as u64);
    let changes: BTreeMap<&str, &[Override]> = facts
        .overrides
        .iter()
        .filter(|((service, _), _)| service == token)
        .map(|((_, shape), changes)| (shape.as_str(), changes.as_slice()))
        .collect();
    let overrides = Overrides { shapes: changes };
    for side in ["input", "output"] {
        let mut graph = Graph::default();
        let operations = operations(model, side, row, &overrides, &mut graph)?;
        blob.frame(&frame(&operations, &graph)?);
    }
    Ok(())
}

fn operations(
    model: &Model,
    side: &str,
    row: &Service,
    overrides: &Overrides,
    graph: &mut Graph,
) -> Result<Vec<Operation>, String> {
    let mut operations = Vec::new();
    for (name, raw) in model.operations() {
        let shapes = match raw[side]["shape"].as_str() {
            Some(shape) => vec![model.add(graph, shape, overrides)?],
            None => Vec::new(),
        };
        let mut made = Operation { name: name.to_owned(), flags: 0, shapes, errors: Vec::new() };
        if side == "input" {
            for (flag, is_set) in [
                (operation::DEPRECATED, is_set(raw, "deprecated")),
                (operation::STREAMING, model.is_streaming(raw)),
                (operation::UNSUPPORTED, row.unsupported.contains(name)),
                (operation::DOUBTFUL, row.doubtful.contains(name)),
            ] {
                made.flags |= if is_set { flag } else { 0 };
            }
            made.errors = model.errors(name);
        }
        operations.push(made);
    }
    Ok(operations)
}

/// Says of which row of a table a problem is.
fn named(action: &Optimized) -> impl Fn(String) -> String {
    let name = format!("optimized.json: {}:{}", action.service, action.action);
    move |problem| format!("{name}: {problem}")
}

fn optimized_services(
    blob: &mut Blob,
    models: &BTreeMap<String, Model>,
    facts: &Facts,
) -> Result<(), String> {
    let mut services: BTreeMap<&str, Vec<&Optimized>> = BTreeMap::new();
    for action in &facts.optimized {
        services.entry(&action.service).or_default().push(action);
    }
    number(&mut blob.index, services.len() as u64);
    for (service, actions) in services {
        blob.text(service);
        for make in [optimized::input, optimized::results] {
            let mut graph = Graph::default();
            let operations: Result<Vec<Operation>, String> =
                actions.iter().map(|it| make(&mut graph, &Models(models), it).map_err(named(it))).collect();
            blob.frame(&frame(&operations?, &graph)?);
        }
    }
    Ok(())
}
