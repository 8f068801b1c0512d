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
