//! What changed between two catalogues, read back from their bytes.

use std::collections::{BTreeMap, BTreeSet};

use crate::frame::Model;
use crate::index::Index;
use crate::layout::Kind;
use crate::naming::Naming;

/// Parameters of each action of each service, nested ones as `Shape.Member`.
type Contents = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// One line for each change, and one that sums up. Decodes every frame of the new catalogue.
pub fn changes(old: &[u8], new: &[u8]) -> Result<Vec<String>, String> {
    let after = contents(new).ok_or("the new catalogue cannot be read back")?;
    let Some(before) = contents(old) else {
        return Ok(vec!["there is no earlier catalogue to compare with".to_owned(), summary(&after)]);
    };
    let mut lines = Vec::new();
    for service in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        match (before.get(service), after.get(service)) {
            (None, Some(actions)) => lines.push(format!("+ service {service} ({} actions)", actions.len())),
            (Some(_), None) => lines.push(format!("- service {service}")),
            (Some(before), Some(after)) => compare_service(service, before, after, &mut lines),
            (None, None) => {}
        }
    }
    if lines.is_empty() {
        lines.push("no service, action or parameter has changed".to_owned());
    }
    lines.push(summary(&after));
    Ok(lines)
}

fn compare_service(
    service: &str,
    before: &BTreeMap<String, BTreeSet<String>>,
    after: &BTreeMap<String, BTreeSet<String>>,
    lines: &mut Vec<String>,
) {
    for action in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        match (before.get(action), after.get(action)) {
            (None, Some(_)) => lines.push(format!("+ action {service}:{action}")),
            (Some(_), None) => lines.push(format!("- action {service}:{action}")),
            (Some(before), Some(after)) => {
                for parameter in after.difference(before) {
                    lines.push(format!("+ parameter {service}:{action} {parameter}"));
                }
                for parameter in before.difference(after) {
                    lines.push(format!("- parameter {service}:{action} {parameter}"));
                }
            }
            (None, None) => {}
        }
    }
}

fn summary(contents: &Contents) -> String {
    let actions: usize = contents.values().map(BTreeMap::len).sum();
    format!("{} services, {actions} actions", contents.len())
}

fn contents(blob: &[u8]) -> Option<Contents> {
    let index = Index::read(blob)?;
    let mut contents = Contents::new();
    for service in &index.services {
        let actions = if service.inputs.is_empty() {
            BTreeMap::new()
        } else {
            Model::read(index.frame(&service.outputs), Naming::Sdk)?;
            parameters(&Model::read(index.frame(&service.inputs), Naming::Sdk)?)
        };
        contents.insert(format!("aws-sdk:{}", service.token), actions);
    }
    for service in &index.optimized {
        Model::read(index.frame(&service.outputs), Naming::Optimized)?;
        let model = Model::read(index.frame(&service.inputs), Naming::Optimized)?;
        contents.insert(service.token.to_owned(), parameters(&model));
    }
    Some(contents)
}

fn parameters(model: &Model) -> BTreeMap<String, BTreeSet<String>> {
    let mut actions = BTreeMap::new();
    for operation in model.operations() {
        let mut names = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting = operation.shapes.clone();
        while let Some(id) = waiting.pop() {
            let Some(shape) = model.shape(id).filter(|_| seen.insert(id)) else { continue };
            match shape.kind {
                Kind::Structure => {
                    for member in model.members(shape) {
                        let key = model.str(member.key);
                        let is_input = operation.shapes.contains(&id);
                        let name = model.str(shape.text);
                        names.insert(if is_input { key.to_owned() } else { format!("{name}.{key}") });
                        waiting.push(member.shape);
                    }
                }
                Kind::List => waiting.push(shape.first),
                Kind::Map => waiting.extend([shape.first, shape.second]),
                _ => {}
            }
        }
        actions.insert(model.str(operation.action).to_owned(), names);
    }
    actions
}
