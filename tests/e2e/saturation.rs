//! A client that is slow, silent or in a hurry.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, codes};
use crate::sync::MACHINE;

const URI: &str = "file:///tmp/machine.asl.json";

#[test]
fn three_hundred_unanswered_requests_do_not_stop_edits() {
    let mut capabilities = capabilities();
    capabilities["workspace"]["configuration"] = true.into();
    let mut client = Client::start(capabilities);
    client.settings = None;
    for _ in 0..300 {
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    }
    client.open(URI, "asl", 1, "{}");
    client.change(URI, 2, json!([{ "text": MACHINE }]));
    assert_eq!(codes(&client.diagnostics(URI, 2)), [""; 0]);
    assert_eq!(client.symbols(URI).as_array().map(Vec::len), Some(4));
    while client.unanswered.len() < 300 {
        client.request("asl/version", Value::Null);
    }
    // Late, in the wrong order, and some of them refused.
    let asked: Vec<Value> = client.unanswered.drain(..).rev().collect();
    for (index, request) in asked.iter().enumerate() {
        if index % 3 == 0 {
            let error = json!({ "code": -32603, "message": "no" });
            client.post(&json!({ "jsonrpc": "2.0", "id": request["id"], "error": error }));
        } else {
            client.answer(request, json!([{ "rules": { "unreachable-state": "off" } }]));
        }
    }
    // Twice the same, which is once too often.
    client.answer(&asked[1], Value::Null);
    client.change(
        URI,
        3,
        json!([{ "text": MACHINE.replace("\"StartAt\": \"First\"", "\"StartAt\": \"Fourth\"") }]),
    );
    assert_eq!(codes(&client.diagnostics(URI, 3)), [""; 0], "the settings have arrived");
}

#[test]
fn a_flood_of_edits_ends_with_the_last_version() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 0, MACHINE);
    for version in 1..=5_000 {
        let text = if version % 2 == 0 { "" } else { "x" };
        let range = if version % 2 == 0 { 1..2 } else { 1..1 };
        let range = json!({
            "start": { "line": 0, "character": range.start }, "end": { "line": 0, "character": range.end }
        });
        client.change(URI, version, json!([{ "range": range, "text": text }]));
    }
    assert_eq!(codes(&client.diagnostics(URI, 5_000)), [""; 0]);
}

#[test]
fn requests_to_many_documents_at_once_are_all_answered() {
    let mut client = Client::start(capabilities());
    let mut ids = Vec::new();
    for index in 0..100 {
        let uri = format!("file:///tmp/{index}.asl.json");
        client.open(&uri, "asl", 1, MACHINE);
        for _ in 0..5 {
            ids.push(client.send("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } })));
        }
    }
    for id in ids {
        assert_eq!(client.response(id).unwrap().as_array().map(Vec::len), Some(4));
    }
}
