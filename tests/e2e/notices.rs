//! What the server tells beside its answers: progress of long checks, and its log.

use serde_json::json;

use crate::client::{Client, capabilities};
use crate::sync::MACHINE;

#[test]
fn a_long_first_check_is_announced_and_its_end_told() {
    let mut capabilities = capabilities();
    capabilities["window"] = json!({ "workDoneProgress": true });
    let mut client = Client::start(capabilities);
    let uri = "file:///nowhere/long.asl.json";
    let comment = "x".repeat(3 << 20);
    client.open(
        uri,
        "asl",
        1,
        &format!("{{\"Comment\": \"{comment}\", \"StartAt\": \"A\", \"States\": {{}}}}"),
    );
    let create = client.wait_for("a token", |it| it["asked"] == "window/workDoneProgress/create");
    let token = create["params"]["token"].clone();
    let kind = |kind: &'static str| {
        let token = token.clone();
        move |it: &serde_json::Value| {
            it["method"] == "$/progress"
                && it["params"]["token"] == token
                && it["params"]["value"]["kind"] == kind
        }
    };
    client.wait_for("the beginning", kind("begin"));
    client.diagnostics(uri, 1);
    client.wait_for("the end", kind("end"));
    client.finish();
}

#[test]
fn a_short_check_is_not_worth_a_word() {
    let mut capabilities = capabilities();
    capabilities["window"] = json!({ "workDoneProgress": true });
    let mut client = Client::start(capabilities);
    client.open("file:///nowhere/short.asl.json", "asl", 1, MACHINE);
    client.diagnostics("file:///nowhere/short.asl.json", 1);
    client.finish();
}

#[test]
fn trouble_is_written_to_the_log_of_the_editor() {
    let mut client = Client::start(capabilities());
    let edit = json!([{ "text": "x" }]);
    client.change("file:///nowhere/never-opened.asl.json", 2, edit);
    client.finish();
    assert!(client.logged.iter().any(|it| it.contains("not open")), "{:?}", client.logged);
}
