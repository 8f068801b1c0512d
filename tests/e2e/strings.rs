//! What stands inside of strings, over the wire: variables, colours, folds and selections.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, place, range};

const URI: &str = "file:///tmp/machine.asl.json";

fn open(capabilities: Value, text: &str) -> Client {
    let mut client = Client::start(capabilities);
    client.open(URI, "asl", 1, text);
    client
}

const VARIABLES: &str = r#"{ "QueryLanguage": "JSONata", "StartAt": "A", "States": {
  "A": { "Type": "Pass", "Assign": { "é😀x": 1, "n": "{% $states.input.n %}" }, "Next": "B" },
  "B": { "Type": "Pass", "Assign": { "n": "{% \"😀\" & $n + 1 %}" }, "Output": "{% $n %}", "End": true }
} }"#;

#[test]
fn variables() {
    let mut can = capabilities();
    can["textDocument"]["definition"] = json!({ "linkSupport": true });
    let mut client = open(can, VARIABLES);
    let links = client.at("textDocument/definition", URI, 2, 57);
    let targets: Vec<&Value> = links.as_array().unwrap().iter().map(|it| &it["targetRange"]).collect();
    assert_eq!(targets, [&range((1, 49), (1, 50)), &range((2, 38), (2, 39))]);
    assert_eq!(links[0]["originSelectionRange"], range((2, 55), (2, 57)));
    let highlights = client.at("textDocument/documentHighlight", URI, 2, 57);
    let kinds: Vec<&Value> = highlights.as_array().unwrap().iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds, [3, 3, 2, 2]);
    let prepared = client.at("textDocument/prepareRename", URI, 2, 56);
    assert_eq!(prepared, json!({ "range": range((2, 56), (2, 57)), "placeholder": "n" }));
    let mut params = place(URI, 2, 56);
    params["newName"] = "states".into();
    let error = client.try_request("textDocument/rename", params.clone()).unwrap_err();
    assert_eq!(error["message"], "the name `states` is reserved");
    params["newName"] = "count".into();
    let edits = client.request("textDocument/rename", params)["changes"][URI].clone();
    let edits: Vec<&Value> = edits.as_array().unwrap().iter().map(|it| &it["range"]).collect();
    assert_eq!(edits[2..], [&range((2, 56), (2, 57)), &range((2, 84), (2, 85))]);
}

#[test]
fn semantic_tokens() {
    let (mut client, result) = Client::start_with(json!({ "capabilities": capabilities() }));
    assert_eq!(result["capabilities"]["semanticTokensProvider"], Value::Null, "nobody asked for them");
    client.finish();
    let mut can = capabilities();
    can["textDocument"]["semanticTokens"] = json!({
        "requests": { "full": { "delta": true }, "range": true },
        "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"]
    });
    let (mut client, result) = Client::start_with(json!({ "capabilities": can }));
    let legend = &result["capabilities"]["semanticTokensProvider"]["legend"];
    client.open(URI, "asl", 1, VARIABLES);
    client.diagnostics(URI, 1);
    let document = json!({ "textDocument": { "uri": URI } });
    let full = client.request("textDocument/semanticTokens/full", document);
    let shown = |data: &Value| -> Vec<String> {
        let (mut line, mut column) = (0, 0);
        let numbers: Vec<u64> = data.as_array().unwrap().iter().flat_map(Value::as_u64).collect();
        let tokens = numbers.chunks(5).map(|it| {
            (line, column) = (line + it[0], if it[0] == 0 { column + it[1] } else { it[1] });
            let kind = legend["tokenTypes"][it[3] as usize].as_str().unwrap();
            format!("{line}:{column}+{} {kind} {}", it[2], it[4])
        });
        tokens.collect()
    };
    assert_eq!(
        shown(&full["data"])[..9],
        [
            "0:20+7 enumMember 0",
            "0:42+1 class 0",
            "1:3+1 class 1",
            "1:18+4 enumMember 0",
            "1:38+4 variable 1",
            "1:49+1 variable 1",
            "1:57+7 variable 6",
            "1:65+5 property 6",
            "1:71+1 property 0"
        ]
    );
    let whole = range((2, 0), (3, 0));
    let part = client.request(
        "textDocument/semanticTokens/range",
        json!({ "textDocument": { "uri": URI }, "range": whole }),
    );
    let (part, all) = (shown(&part["data"]), shown(&full["data"]));
    assert_eq!(part, all[all.len() - part.len()..]);

    client.change(URI, 2, json!([{ "range": range((2, 3), (2, 3)), "text": "C" }]));
    client.diagnostics(URI, 2);
    let params = |id: &Value| json!({ "textDocument": { "uri": URI }, "previousResultId": id });
    let delta = client.request("textDocument/semanticTokens/full/delta", params(&full["resultId"]));
    let mut data = full["data"].as_array().unwrap().clone();
    for edit in delta["edits"].as_array().unwrap() {
        let start = edit["start"].as_u64().unwrap() as usize;
        let end = start + edit["deleteCount"].as_u64().unwrap() as usize;
        data.splice(start..end, edit["data"].as_array().unwrap().clone());
    }
    let again = client.request("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(again["data"], Value::Array(data));
    let unknown = client.request("textDocument/semanticTokens/full/delta", params(&json!("gone")));
    assert_eq!(unknown["data"], again["data"], "of what was never given, the whole comes");
}

#[test]
fn folds_and_selections() {
    let text = "{\n  \"States\": {\n    \"é😀\": { \"Type\": \"Pass\" }\n  }\n}";
    let document = json!({ "textDocument": { "uri": URI } });
    let mut client = open(capabilities(), text);
    let folds = client.request("textDocument/foldingRange", document.clone());
    assert_eq!(folds[1], json!({ "startLine": 1, "startCharacter": 13, "endLine": 3, "endCharacter": 2 }));
    client.finish();
    let mut can = capabilities();
    can["textDocument"]["foldingRange"] = json!({ "lineFoldingOnly": true, "rangeLimit": 1 });
    let mut client = open(can, text);
    assert_eq!(
        client.request("textDocument/foldingRange", document.clone()),
        json!([{ "startLine": 0, "endLine": 3 }])
    );
    let mut params = document;
    params["positions"] = json!([{ "line": 2, "character": 22 }, { "line": 0, "character": 0 }]);
    let found = client.request("textDocument/selectionRange", params);
    assert_eq!(found[0]["range"], range((2, 22), (2, 26)));
    assert_eq!(found[0]["parent"]["range"], range((2, 21), (2, 27)));
    assert_eq!(found[1]["range"], range((0, 0), (4, 1)));
}
