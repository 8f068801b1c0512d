//! Settings from the client and from the file, which wins.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::client::{Client, capabilities, codes, file_uri, pulling};
use crate::sync::MACHINE;

/// Nothing leads to `Second` and `Third`.
fn unreachable() -> String {
    MACHINE.replace("\"StartAt\": \"First\"", "\"StartAt\": \"Fourth\"")
}

fn severities(diagnostics: &[Value]) -> Vec<i64> {
    diagnostics
        .iter()
        .filter(|it| it["code"] == "unreachable-state")
        .filter_map(|it| it["severity"].as_i64())
        .collect()
}

fn level(level: &str) -> Value {
    json!({ "rules": { "unreachable-state": level } })
}

const URI: &str = "file:///nowhere/machine.asl.json";

#[test]
fn from_initialization_options() {
    for options in [level("hint"), json!({ "asl": level("hint") })] {
        let (mut client, _) =
            Client::start_with(json!({ "capabilities": capabilities(), "initializationOptions": options }));
        client.open(URI, "asl", 1, &unreachable());
        let diagnostics = client.diagnostics(URI, 1);
        assert!(!severities(&diagnostics).is_empty());
        assert!(severities(&diagnostics).iter().all(|it| *it == 4), "{diagnostics:?}");
        client.finish();
    }
}

#[test]
fn from_did_change_configuration() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 1, &unreachable());
    assert!(!severities(&client.diagnostics(URI, 1)).is_empty());
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "asl": level("off") } }));
    assert!(severities(&client.diagnostics(URI, 1)).is_empty(), "the same version, checked again");
    // The same once more changes nothing, and says nothing.
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "asl": level("off") } }));
    client.notify("workspace/didChangeConfiguration", json!({ "settings": level("hint") }));
    assert!(severities(&client.diagnostics(URI, 1)).iter().all(|it| *it == 4));
}

#[test]
fn from_workspace_configuration() {
    let mut capabilities = capabilities();
    capabilities["workspace"] =
        json!({ "configuration": true, "didChangeConfiguration": { "dynamicRegistration": true } });
    let mut client = Client::start(capabilities);
    client.settings = Some(level("off"));
    client.wait_for("the registration", |it| it["asked"] == "client/registerCapability");
    client.wait_for("the question", |it| it["asked"] == "workspace/configuration");
    client.settings = Some(level("hint"));
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    client.wait_for("the question", |it| it["asked"] == "workspace/configuration");
    client.open(URI, "asl", 1, &unreachable());
    let mut seen = severities(&client.diagnostics(URI, 1));
    // The answer may have come after the first check.
    while seen.is_empty() || seen.iter().any(|it| *it != 4) {
        seen = severities(&client.diagnostics(URI, 1));
    }
}

#[test]
fn a_client_that_pulls_is_told_to_pull_again() {
    let mut capabilities = pulling();
    capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let mut client = Client::start(capabilities);
    client.open(URI, "asl", 1, &unreachable());
    let before = client.pull(URI, None);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": level("off") }));
    client.wait_for("the refresh", |it| it["asked"] == "workspace/diagnostic/refresh");
    let after = client.pull(URI, before["resultId"].as_str());
    assert_eq!(after["kind"], "full");
    assert!(severities(after["items"].as_array().unwrap()).is_empty());
}

#[test]
fn inlay_hints_come_when_they_are_asked_for() {
    let mut capabilities = capabilities();
    capabilities["workspace"] = json!({ "inlayHint": { "refreshSupport": true } });
    let mut client = Client::start(capabilities);
    let text = MACHINE.replace("\"Seconds\": 3", "\"Seconds\": 86400");
    assert_ne!(text, MACHINE);
    client.open(URI, "asl", 1, &text);
    let hints = |client: &mut Client, last: usize| {
        let range =
            json!({ "start": { "line": 0, "character": 0 }, "end": { "line": last, "character": 0 } });
        let params = json!({ "textDocument": { "uri": URI }, "range": range });
        client.request("textDocument/inlayHint", params)
    };
    assert_eq!(hints(&mut client, 100), json!([]));
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "inlay": { "durations": true } } }),
    );
    client.wait_for("the refresh", |it| it["asked"] == "workspace/inlayHint/refresh");
    let shown = hints(&mut client, 100);
    assert_eq!(shown[0]["label"], "1 day");
    assert_eq!(shown[0]["paddingLeft"], true);
    assert_eq!(hints(&mut client, 1), json!([]), "nothing of other lines");
    // Other settings are no reason to ask again.
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "inlay": { "durations": true }, "rules": { "unreachable-state": "off" } } }),
    );
    client.request("asl/version", Value::Null);
}

/// A folder of its own for a test, away at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("asl-lsp-{name}-{}", std::process::id()));
        std::fs::create_dir_all(path.join("inner")).unwrap();
        Folder(path)
    }

    fn uri(&self, name: &str) -> String {
        file_uri(&self.0.join(name))
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(Path::new(&self.0).join(name), text).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_file_wins_and_is_read_again() {
    let folder = Folder::new("file");
    folder.write("asl-lsp.toml", "[rules]\nunreachable-state = \"hint\"\n");
    let uri = folder.uri("inner/machine.asl.json");
    let (mut client, _) =
        Client::start_with(json!({ "capabilities": capabilities(), "initializationOptions": level("off") }));
    client.open(&uri, "asl", 1, &unreachable());
    let found = severities(&client.diagnostics(&uri, 1));
    assert!(!found.is_empty() && found.iter().all(|it| *it == 4), "{found:?}");
    // Not every client watches files; each saves them.
    folder.write("asl-lsp.toml", "[rules]\nunreachable-state = \"information\"\n");
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    let found = severities(&client.diagnostics(&uri, 1));
    assert!(!found.is_empty() && found.iter().all(|it| *it == 3), "{found:?}");
    std::fs::remove_file(folder.0.join("asl-lsp.toml")).unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert!(severities(&client.diagnostics(&uri, 1)).is_empty(), "now the client's settings count");
}

#[test]
fn what_is_wrong_is_named_once_and_the_rest_used() {
    let options = json!({
        "rules": { "unreachable-state": "off", "no-such-rule": "error" },
        "machine": { "type": "huge" }, "colour": 1
    });
    let (mut client, _) =
        Client::start_with(json!({ "capabilities": capabilities(), "initializationOptions": options }));
    for index in 0..3 {
        let uri = format!("file:///nowhere/{index}.asl.json");
        client.open(&uri, "asl", 1, &unreachable());
        assert!(severities(&client.diagnostics(&uri, 1)).is_empty());
    }
    let mut told = client.messages_to_user();
    told.sort();
    assert_eq!(told.len(), 3, "{told:?}");
    for (message, word) in told.iter().zip(["colour", "no-such-rule", "machine.type"]) {
        assert!(told.iter().any(|it| it.contains(word)), "{word}: {message}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_once() {
    let folder = Folder::new("broken");
    folder.write("asl-lsp.toml", "[rules\n");
    let mut client = Client::start(capabilities());
    for index in 0..2 {
        let uri = folder.uri(&format!("{index}.asl.json"));
        client.open(&uri, "asl", 1, MACHINE);
        assert_eq!(codes(&client.diagnostics(&uri, 1)), [""; 0]);
    }
    let told = client.messages_to_user();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("asl-lsp.toml"), "{told:?}");
}
