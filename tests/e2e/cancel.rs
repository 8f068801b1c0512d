//! Requests that nobody waits for any more.

use serde_json::{Value, json};

use crate::client::{Client, capabilities};
use crate::limits::machine_of;

const URI: &str = "file:///tmp/machine.asl.json";
const CANCELLED: i64 = -32800;

#[test]
fn every_cancelled_request_is_answered_once() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 1, &machine_of(300));
    let params = json!({ "textDocument": { "uri": URI } });
    let ids: Vec<i64> =
        (0..200).map(|_| client.send("textDocument/documentSymbol", params.clone())).collect();
    for id in &ids {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    let mut cancelled = 0;
    for id in ids {
        match client.response(id) {
            Ok(symbols) => assert_eq!(symbols.as_array().map(Vec::len), Some(300)),
            Err(error) => {
                assert_eq!(error["code"], CANCELLED);
                cancelled += 1;
            }
        }
    }
    assert!(cancelled > 0, "200 answers cannot all have been ready");
    assert_eq!(client.symbols(URI).as_array().map(Vec::len), Some(300), "alive and right");
}

#[test]
fn what_is_done_or_unknown_may_be_cancelled() {
    let mut client = Client::start(capabilities());
    client.request("asl/version", Value::Null);
    for id in [json!(1), json!(77), json!("x")] {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    client.notify("$/cancelRequest", json!({ "id": null }));
    client.notify("$/cancelRequest", json!({}));
    client.request("asl/version", Value::Null);
}

#[test]
fn a_cancellation_gets_through_when_hundreds_wait() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 1, &machine_of(200));
    let params = json!({ "textDocument": { "uri": URI } });
    let ids: Vec<i64> =
        (0..1_000).map(|_| client.send("textDocument/documentSymbol", params.clone())).collect();
    for id in ids.iter().rev() {
        client.notify("$/cancelRequest", json!({ "id": id }));
    }
    client.change(URI, 2, json!([{ "text": "{}" }]));
    for id in ids {
        let _ = client.response(id);
    }
    assert!(!client.diagnostics(URI, 2).is_empty());
}
