//! Test data that lies beside the repository and is not part of it.

use std::path::PathBuf;

use serde_json::Value;

/// A file or folder of the shared test data, or `None` with a note when it is not there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")).join(path);
    if !path.exists() {
        eprintln!("skipped: no {}", path.display());
        return None;
    }
    Some(path)
}

/// The cases of a shared file; none when it is absent.
pub fn cases(name: &str) -> Vec<Value> {
    let Some(path) = shared(&format!("expr/{name}")) else { return Vec::new() };
    let text = std::fs::read_to_string(path).expect("readable");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    file["cases"].as_array().expect("cases").clone()
}

/// The strings of the definitions that are labelled valid.
pub fn strings_of_valid_documents() -> Vec<(String, String)> {
    let Some(root) = shared("corpus") else { return Vec::new() };
    let index = std::fs::read_to_string(root.join("index.csv")).expect("readable");
    let mut strings = Vec::new();
    for row in index.lines().skip(1) {
        let row = columns(row);
        let (Some(file), Some(expected)) = (row.first(), row.get(19)) else { continue };
        if expected != "valid" || !file.starts_with("dev/") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(root.join(file)) else { continue };
        if let Ok(document) = serde_json::from_str(&text) {
            collect("", &document, &mut strings);
        }
    }
    strings
}

/// Every string with the key it stands under.
fn collect(key: &str, value: &Value, out: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => out.push((key.to_owned(), text.clone())),
        Value::Array(items) => items.iter().for_each(|item| collect(key, item, out)),
        Value::Object(members) => members.iter().for_each(|(key, value)| collect(key, value, out)),
        _ => {}
    }
}

/// The fields of a line of CSV.
fn columns(line: &str) -> Vec<String> {
    let mut columns = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match (character, columns.last_mut()) {
            ('"', _) => quoted = !quoted,
            (',', _) if !quoted => columns.push(String::new()),
            (other, Some(last)) => last.push(other),
            _ => {}
        }
    }
    columns
}

/// The distinct JSONata expressions of the valid definitions, without their marks.
pub fn corpus_expressions() -> Vec<String> {
    let strings = strings_of_valid_documents().into_iter();
    let inner = strings.filter_map(|(_, text)| Some(text.strip_prefix("{%")?.strip_suffix("%}")?.to_owned()));
    inner.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}
