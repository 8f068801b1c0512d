//! Real documents: which Resources resolve, and which parameter keys are known. The rates are printed
//! (`cargo test -- --nocapture corpus`), and every miss with them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::resource::{Kind, parse};
use super::super::{Action, Certainty, Place, Reason, Shape, action_of, problems};
use super::{rows, shared};

/// What a resource string of the tables looks like in the document: CloudFormation's `Fn::Sub` is text.
fn text_of(resource: &str) -> String {
    let value: Option<Value> = serde_json::from_str(resource).ok();
    let sub = value.as_ref().and_then(|it| it.get("Fn::Sub")?.as_str());
    sub.unwrap_or(resource).to_owned()
}

fn is_call(kind: Kind) -> bool {
    matches!(kind, Kind::Optimized | Kind::Sdk | Kind::HttpEndpoint)
}

#[test]
fn corpus_resources_resolve() {
    let (Some(resources), Some(index)) = (shared("corpus/resources.csv"), shared("corpus/index.csv")) else {
        return;
    };
    let index = std::fs::read_to_string(index).expect("the index is readable");
    let valid: BTreeSet<String> =
        rows(&index).into_iter().filter(|it| it[19] == "valid").map(|it| it[0].clone()).collect();
    let resources = std::fs::read_to_string(resources).expect("the table is readable");
    // Distinct resources, then those of valid documents: all, resolved, of services that AWS has closed.
    let (mut all, mut resolved) = (0, 0);
    let mut of_valid = [0; 3];
    for row in rows(&resources) {
        let text = text_of(&row[0]);
        let resource = parse(&text);
        if !is_call(resource.kind) || resource.known(&resource.action).is_none() {
            continue;
        }
        let is_valid = valid.contains(&row[6]);
        let mut wrong = problems(&resource, Place::Task);
        let is_closed = wrong.iter().any(|it| it.reason == Reason::RetiredService);
        wrong.retain(|it| it.certainty < Certainty::Note || it.reason == Reason::RetiredService);
        let is_resolved = action_of(&resource).is_some() && wrong.is_empty();
        all += 1;
        resolved += usize::from(is_resolved);
        for (counter, counts) in of_valid.iter_mut().zip([true, is_resolved, is_closed]) {
            *counter += usize::from(is_valid && counts);
        }
        if !is_resolved {
            let messages: Vec<String> = wrong.into_iter().map(|it| it.message).collect();
            eprintln!(
                "miss ({}): {text}: {}",
                if is_valid { "valid" } else { "not valid" },
                messages.join("; ")
            );
        }
    }
    let [of_valid, resolved_of_valid, closed] = of_valid;
    eprintln!("corpus resources: {resolved} of {all} resolve");
    eprintln!("of valid documents: {resolved_of_valid} of {of_valid}, and {closed} of closed services");
    assert!(
        of_valid > 0 && resolved_of_valid + closed == of_valid,
        "{resolved_of_valid} + {closed} of {of_valid}"
    );
}

#[test]
fn corpus_top_level_keys_are_known() {
    let Some(table) = shared("corpus/sdk_params.csv") else { return };
    let table = std::fs::read_to_string(table).expect("the table is readable");
    let (mut all, mut known) = (0, 0);
    for row in rows(&table) {
        let text = text_of(&row[0]);
        let Some(action) = action_of(&parse(&text)) else { continue };
        for key in row[2].split_whitespace().filter(|it| !it.starts_with('<')) {
            let key = key.trim_end_matches(".$");
            all += 1;
            if action.parameter(key).is_some() {
                known += 1;
            } else {
                eprintln!("miss: {text}: {key} in {}", row[4]);
            }
        }
    }
    eprintln!("corpus top-level keys: {known} of {all}");
    assert!(all > 0 && known * 100 >= all * 98, "{known} of {all}");
}

/// Counts the keys of a value against a shape, at all depths.
fn count(
    shape: &Shape,
    value: &Value,
    found: &mut BTreeMap<String, (usize, usize)>,
    kind: &str,
    misses: &mut Vec<String>,
) {
    match value {
        Value::Object(fields) => {
            if let Some(inner) = shape.value() {
                fields.values().for_each(|it| count(&inner, it, found, kind, misses));
            }
            if shape.name().is_none() {
                return;
            }
            for (key, value) in fields {
                let name = key.trim_end_matches(".$");
                let member = shape.member(name);
                let counts = found.entry(kind.to_owned()).or_default();
                counts.0 += 1;
                counts.1 += usize::from(member.is_some());
                match member.and_then(|it| it.shape()) {
                    Some(inner) => count(&inner, value, found, kind, misses),
                    None => misses.push(format!("{}.{key}", shape.name().unwrap_or_default())),
                }
            }
        }
        Value::Array(items) => {
            if let Some(inner) = shape.item() {
                items.iter().for_each(|it| count(&inner, it, found, kind, misses));
            }
        }
        _ => {}
    }
}

fn tasks(value: &Value, visit: &mut dyn FnMut(&Action, &Value)) {
    match value {
        Value::Object(fields) => {
            if let (Some("Task"), Some(resource)) =
                (fields.get("Type").and_then(Value::as_str), fields.get("Resource").and_then(Value::as_str))
            {
                let given = fields.get("Parameters").or(fields.get("Arguments"));
                if let (Some(action), Some(given)) = (action_of(&parse(resource)), given) {
                    visit(&action, given);
                }
            }
            fields.values().for_each(|it| tasks(it, visit));
        }
        Value::Array(items) => items.iter().for_each(|it| tasks(it, visit)),
        _ => {}
    }
}

#[test]
fn corpus_keys_are_known_at_all_depths() {
    let Some(index) = shared("corpus/index.csv") else { return };
    let index = std::fs::read_to_string(index).expect("the index is readable");
    let mut found = BTreeMap::new();
    let mut documents = 0;
    for row in rows(&index) {
        let Some(path) = shared(&format!("corpus/{}", row[0])) else { continue };
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        // YAML and broken documents are counted by the tables above.
        let Ok(value) = serde_json::from_str::<Value>(&text) else { continue };
        documents += 1;
        let kind = if row[19] == "valid" { "valid" } else { "other" };
        let mut misses = Vec::new();
        tasks(&value, &mut |action, given| {
            if let Some(input) = action.input() {
                let before = misses.len();
                count(&input, given, &mut found, kind, &mut misses);
                for miss in &mut misses[before..] {
                    *miss = format!("{}: {miss}", action.full_name());
                }
            }
        });
        misses.iter().for_each(|it| eprintln!("miss ({kind}): {it} in {}", row[0]));
    }
    eprintln!("corpus keys at all depths in {documents} documents: {found:?}");
    let (all, known) = found.get("valid").copied().unwrap_or_default();
    assert!(all > 0 && known * 100 >= all * 99, "{known} of {all}");
}

/// The Resource values of Task states.
fn resources(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let (Some("Task"), Some(Value::String(resource))) =
                (fields.get("Type").and_then(Value::as_str), fields.get("Resource"))
            {
                found.push(resource.clone());
            }
            fields.values().for_each(|it| resources(it, found));
        }
        Value::Array(items) => items.iter().for_each(|it| resources(it, found)),
        _ => {}
    }
}

#[test]
fn rule_cases_are_judged() {
    let Some(folder) = shared("rules/cases") else { return };
    let codes = ["invalid-resource-arn", "unknown-integration.", "unsupported-integration-pattern"];
    let (mut right, mut wrong) = (0, Vec::new());
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").flatten().map(|it| it.path()).collect();
    files.sort();
    for path in files {
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let Ok(value) = serde_json::from_str::<Value>(&text) else { continue };
        let is_ours = codes.iter().any(|it| name.starts_with(it));
        let is_bad = is_ours && name.contains(".bad.");
        // Other bad cases may be bad in their resources too; nothing is promised of them.
        if name.contains(".bad.") && !is_bad {
            continue;
        }
        let mut found = Vec::new();
        resources(&value, &mut found);
        let complaints: Vec<String> = found
            .iter()
            .flat_map(|it| problems(&parse(it), Place::Task))
            .filter(|it| it.certainty < Certainty::Note)
            .map(|it| format!("{:?}: {}", it.reason, it.message))
            .collect();
        if complaints.is_empty() == is_bad {
            wrong.push(format!("{name}: {found:?}: {complaints:?}"));
        } else {
            right += 1;
        }
    }
    eprintln!("rule cases: {right} judged right");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
