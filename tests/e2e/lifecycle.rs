//! How a session begins and ends.

use std::process::Command;

use serde_json::{Value, json};

use crate::client::{Client, capabilities};

const METHOD_NOT_FOUND: i64 = -32601;
const NOT_INITIALIZED: i64 = -32002;
const INVALID_REQUEST: i64 = -32600;

#[test]
fn shutdown_and_exit_end_with_0() {
    let (mut client, answer) = Client::start_with(json!({ "capabilities": capabilities() }));
    assert_eq!(answer["serverInfo"]["name"], "asl-lsp");
    assert_eq!(answer["capabilities"]["textDocumentSync"]["change"], 2, "edits are incremental");
    assert_eq!(answer["capabilities"]["diagnosticProvider"], Value::Null, "this client does not pull");
    client.finish();
}

#[test]
fn exit_without_shutdown_ends_with_1() {
    let mut client = Client::start(capabilities());
    client.post(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(client.wait().code(), Some(1));
}

#[test]
fn exit_before_initialize_ends_with_1() {
    let mut client = Client::spawn();
    client.post(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(client.wait().code(), Some(1));
}

#[test]
fn the_end_of_stdin_ends_the_server() {
    let mut client = Client::start(capabilities());
    client.hang_up();
    assert_eq!(client.wait().code(), Some(1));
    assert!(!client.complaints().contains("panicked"));
}

#[test]
fn the_end_of_stdin_ends_a_server_that_is_at_work_and_waits_for_answers() {
    let mut capabilities = capabilities();
    capabilities["workspace"]["configuration"] = true.into();
    let mut client = Client::start(capabilities);
    client.settings = None;
    let text = format!("{{\"States\": {{{}", "\"A\": {\"Type\": \"Pass\"},".repeat(2_000));
    client.open("file:///a.asl.json", "asl", 1, &text);
    for _ in 0..20 {
        client
            .send("textDocument/documentSymbol", json!({ "textDocument": { "uri": "file:///a.asl.json" } }));
    }
    client.hang_up();
    client.wait();
    assert!(!client.complaints().contains("panicked"));
}

#[test]
fn the_end_of_stdin_before_a_word_ends_the_server() {
    let mut client = Client::spawn();
    client.hang_up();
    client.wait();
    assert!(!client.complaints().contains("panicked"));
}

/// Somebody else holds stdin open, so nothing but the process id tells of the death.
#[cfg(unix)]
#[test]
fn the_death_of_the_parent_ends_the_server() {
    let mut command = Command::new("sh");
    command.arg("-c").arg("exec 3<&0; \"$0\" <&3 & exec 3<&-; wait").arg(env!("CARGO_BIN_EXE_asl-lsp"));
    let mut client = Client::spawn_with(command);
    let parent = client.id();
    client.request("initialize", json!({ "processId": parent, "capabilities": {} }));
    client.notify("initialized", json!({}));
    client.kill();
    client.wait_for_silence();
    assert!(!client.complaints().contains("panicked"));
}

#[test]
fn a_parent_that_is_gone_already_ends_the_server() {
    let mut gone =
        Command::new(env!("CARGO_BIN_EXE_asl-lsp")).stdin(std::process::Stdio::null()).spawn().unwrap();
    gone.wait().unwrap();
    let mut client = Client::spawn();
    client.send("initialize", json!({ "processId": gone.id(), "capabilities": {} }));
    if cfg!(unix) {
        client.wait();
    } else {
        client.hang_up();
        client.wait();
    }
}

#[test]
fn what_is_unknown_is_refused_and_ignored() {
    let mut client = Client::start(capabilities());
    let error = client.try_request("textDocument/teleport", json!({})).unwrap_err();
    assert_eq!(error["code"], METHOD_NOT_FOUND);
    let error = client.try_request("", json!({})).unwrap_err();
    assert_eq!(error["code"], METHOD_NOT_FOUND);
    client.notify("$/unheardOf", json!({ "a": [1] }));
    client.notify("workspace/unheardOf", Value::Null);
    let error = client.try_request("textDocument/hover", json!({ "wrong": true })).unwrap_err();
    assert_eq!(error["code"], -32602, "parameters of another shape");
    client.notify("textDocument/didChange", json!({ "wrong": true }));
    client.open("file:///a.asl.json", "asl", 1, "{}");
    assert!(!client.diagnostics("file:///a.asl.json", 1).is_empty(), "the server goes on");
}

#[test]
fn nothing_is_answered_before_initialize_and_after_shutdown() {
    let mut client = Client::spawn();
    let symbols = json!({ "textDocument": { "uri": "file:///a.asl" } });
    let early = client.try_request("textDocument/documentSymbol", symbols.clone()).unwrap_err();
    assert_eq!(early["code"], NOT_INITIALIZED);
    client.request("initialize", json!({ "processId": null, "capabilities": {} }));
    let again = client.try_request("initialize", json!({ "processId": null, "capabilities": {} }));
    assert_eq!(again.unwrap_err()["code"], INVALID_REQUEST);
    client.notify("initialized", json!({}));
    client.request("shutdown", Value::Null);
    let late = client.try_request("textDocument/documentSymbol", symbols).unwrap_err();
    assert_eq!(late["code"], INVALID_REQUEST);
    client.post(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(client.wait().code(), Some(0));
}

#[test]
fn requests_about_documents_that_are_not_open_have_no_answer() {
    let mut client = Client::start(capabilities());
    assert_eq!(client.symbols("file:///nowhere.asl"), Value::Null);
    assert_eq!(client.at("textDocument/hover", "file:///nowhere.asl", 0, 0), Value::Null);
    client.change("file:///nowhere.asl", 2, json!([{ "text": "{}" }]));
    client.close("file:///nowhere.asl");
}
