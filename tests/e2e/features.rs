//! Every feature once over the wire, for clients that can much and for clients that can little.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, codes, file_uri, place, range};
use crate::sync::MACHINE;

const URI: &str = "file:///tmp/machine.asl.json";

/// A client that can nothing.
fn plain() -> Value {
    json!({})
}

fn open(capabilities: Value, text: &str) -> Client {
    let mut client = Client::start(capabilities);
    client.open(URI, "asl", 1, text);
    client
}

#[test]
fn completion() {
    let text = "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": {\n      \"Type\": \"Pass\",\n      \"\"\n    }\n  }\n}\n";
    for (capabilities, snippets) in [(capabilities(), true), (plain(), false)] {
        let mut client = open(capabilities, text);
        let list = client.at("textDocument/completion", URI, 5, 7);
        let items = list["items"].as_array().unwrap();
        let next = items.iter().find(|it| it["label"] == "Next").expect("a Pass state may have a Next");
        assert!(!items.iter().any(|it| it["label"] == "Type"), "it is there already");
        assert_eq!(next["textEdit"]["range"]["start"]["line"], 5);
        assert_eq!(
            next["textEdit"]["range"]["end"],
            json!({ "line": 5, "character": 7 }),
            "up to the cursor"
        );
        assert_eq!(next["documentation"]["kind"], "markdown");
        client.change(URI, 2, json!([{ "range": range((5, 6), (5, 8)), "text": "" }]));
        let list = client.at("textDocument/completion", URI, 5, 6);
        let items = list["items"].as_array().unwrap();
        let with_snippet = items.iter().any(|it| it["insertTextFormat"] == 2);
        assert_eq!(with_snippet, snippets);
        if !snippets {
            let texts: Vec<&Value> = items.iter().map(|it| &it["textEdit"]["newText"]).collect();
            assert!(texts.iter().all(|it| !it.as_str().unwrap().contains("$0")), "{texts:?}");
        }
        client.finish();
    }
}

#[test]
fn signature_help() {
    let text = "{\n \"StartAt\": \"A\",\n \"States\": { \"A\": { \"Type\": \"Pass\", \"QueryLanguage\": \"JSONata\",\n\"Output\": \"{% $join(x, ) %}\"\n} } }\n";
    let offsets = json!({ "textDocument": { "signatureHelp": { "signatureInformation": {
        "parameterInformation": { "labelOffsetSupport": true } } } } });
    for (capabilities, label) in [(offsets, json!([20, 39])), (plain(), json!("[separator: string]"))] {
        let (mut client, result) = Client::start_with(json!({ "capabilities": capabilities }));
        assert_eq!(result["capabilities"]["signatureHelpProvider"]["triggerCharacters"], json!(["(", ","]));
        client.open(URI, "asl", 1, text);
        let help = client.at("textDocument/signatureHelp", URI, 3, 23);
        let signature = &help["signatures"][0];
        assert_eq!(signature["label"], "$join(array: array, [separator: string]) → string");
        assert_eq!((&help["activeParameter"], &signature["parameters"][1]["label"]), (&json!(1), &label));
        assert!(client.at("textDocument/signatureHelp", URI, 3, 5).is_null());
        client.finish();
    }
}

#[test]
fn completion_of_a_state_name() {
    let mut client = open(capabilities(), MACHINE);
    let list = client.at("textDocument/completion", URI, 4, 41);
    let labels: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|it| it["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"Second") && labels.contains(&"Fourth"), "{labels:?}");
    assert!(!labels.contains(&"In"), "a state of another scope: {labels:?}");
}

#[test]
fn hover() {
    let mut only_plain = capabilities();
    only_plain["textDocument"]["hover"]["contentFormat"] = json!(["plaintext"]);
    for (capabilities, kind) in
        [(capabilities(), "markdown"), (only_plain, "plaintext"), (plain(), "markdown")]
    {
        let mut client = open(capabilities, MACHINE);
        let hover = client.at("textDocument/hover", URI, 4, 17);
        assert_eq!(hover["contents"]["kind"], kind);
        assert_eq!(hover["range"], range((4, 15), (4, 21)));
        let value = hover["contents"]["value"].as_str().unwrap();
        assert!(!value.is_empty());
        if kind == "plaintext" {
            assert!(!value.contains("**") && !value.contains("]("), "{value}");
        }
        client.finish();
    }
}

#[test]
fn symbols() {
    let mut client = open(capabilities(), MACHINE);
    let nested = client.symbols(URI);
    let names: Vec<&str> = nested.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["First", "Second", "Third", "Fourth"]);
    assert_eq!(nested[2]["children"][0]["children"][0]["name"], "In");
    client.finish();
    let mut client = open(plain(), MACHINE);
    let flat = client.symbols(URI);
    let inner = flat.as_array().unwrap().iter().find(|it| it["name"] == "In").expect("all in one list");
    assert_eq!(inner["location"]["uri"], URI);
    assert!(inner["containerName"].is_string());
}

#[test]
fn symbols_of_the_workspace() {
    let mut client = open(capabilities(), MACHINE);
    client.open("file:///tmp/other.asl.yaml", "asl-yaml", 1, "States:\n  Ship it:\n    Type: Pass\n");
    client.open("file:///tmp/none.json", "json", 1, "{\"Ship\": {}}");
    let mut names = |query: &str| -> Vec<String> {
        let found = client.request("workspace/symbol", json!({ "query": query }));
        let names = found.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(names("").len(), 6);
    assert_eq!(names("SI"), ["Ship it"]);
    assert_eq!(names("ir"), ["First", "Third"]);
}

#[test]
fn document_links() {
    let text = MACHINE.replacen('{', "{ \"Comment\": \"https://x.example/é, or not\",", 1);
    let mut client = open(capabilities(), &text);
    let links = client.request("textDocument/documentLink", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(links[0]["target"], "https://x.example/%C3%A9");
    let start = links[0]["range"]["start"]["character"].as_u64().unwrap() as usize;
    assert_eq!(links[0]["range"]["end"]["character"], start + "https://x.example/é".chars().count());
    client.finish();
}

#[test]
fn links_to_files_that_exist() {
    let folder = std::env::temp_dir().join(format!("asl-lsp-links-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("schema.json"), "{}").unwrap();
    let uri = |name: &str| file_uri(&folder.join(name));
    let mut client = Client::start(capabilities());
    let text =
        r#"{ "$schema": "./schema.json", "Comment": "./schema.json", "StartAt": "./no.json", "States": {} }"#;
    client.open(&uri("a.asl.json"), "asl", 1, text);
    let links =
        client.request("textDocument/documentLink", json!({ "textDocument": { "uri": uri("a.asl.json") } }));
    let targets: Vec<&Value> = links.as_array().unwrap().iter().map(|it| &it["target"]).collect();
    assert_eq!(targets, [&json!(uri("schema.json")); 2]);
    client.finish();
    let _ = std::fs::remove_dir_all(&folder);
}

#[test]
fn definition_references_and_highlights() {
    let mut client = open(capabilities(), MACHINE);
    let definition = client.at("textDocument/definition", URI, 8, 22);
    assert_eq!((&definition["uri"], &definition["range"]["start"]["line"]), (&json!(URI), &json!(15)));
    let mut params = place(URI, 8, 22);
    for (declaration, count) in [(true, 3), (false, 2)] {
        params["context"] = json!({ "includeDeclaration": declaration });
        let found = client.request("textDocument/references", params.clone());
        assert_eq!(found.as_array().map(Vec::len), Some(count), "{found}");
    }
    let highlights = client.at("textDocument/documentHighlight", URI, 8, 22);
    let kinds: Vec<&Value> = highlights.as_array().unwrap().iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds, [3, 2, 2], "one definition, two uses");
    assert_eq!(client.at("textDocument/definition", URI, 0, 0), Value::Null);
}

#[test]
fn rename() {
    let mut client = open(capabilities(), MACHINE);
    let prepared = client.at("textDocument/prepareRename", URI, 8, 22);
    assert_eq!(prepared, json!({ "range": range((8, 18), (8, 24)), "placeholder": "Fourth" }));
    assert_eq!(client.at("textDocument/prepareRename", URI, 1, 5), Value::Null);
    let mut params = place(URI, 8, 22);
    params["newName"] = "La \"dernière\" 😀".into();
    let edit = client.request("textDocument/rename", params.clone());
    let edits = edit["changes"][URI].as_array().unwrap();
    assert_eq!(edits.len(), 3);
    assert!(edits.iter().all(|it| it["newText"] == "La \\\"dernière\\\" 😀"));
    for refused in ["", "Second", &"x".repeat(81)] {
        params["newName"] = refused.into();
        let error = client.try_request("textDocument/rename", params.clone()).unwrap_err();
        assert_eq!(error["code"], -32602, "{refused:?}: {error}");
        assert!(!error["message"].as_str().unwrap().is_empty());
    }
}

#[test]
fn code_actions() {
    let text = MACHINE.replace("\"Next\": \"Second\"", "\"Next\": \"Secnd\"");
    let mut client = open(capabilities(), &text);
    let diagnostics = client.diagnostics(URI, 1);
    let at = diagnostics.iter().find(|it| it["code"] == "unknown-next-state").unwrap()["range"].clone();
    let mut params = json!({
        "textDocument": { "uri": URI }, "range": at, "context": { "diagnostics": diagnostics }
    });
    let actions = client.request("textDocument/codeAction", params.clone());
    let fix = &actions[0];
    assert_eq!(fix["kind"], "quickfix");
    assert_eq!(fix["diagnostics"][0]["code"], "unknown-next-state");
    let edit = &fix["edit"]["changes"][URI][0];
    assert!(edit["newText"].as_str().unwrap().contains("Second"), "{fix}");
    client.change(URI, 2, json!([{ "range": edit["range"], "text": edit["newText"] }]));
    assert_eq!(codes(&client.diagnostics(URI, 2)), [""; 0], "the fix fixes it");
    params["context"]["only"] = json!(["refactor"]);
    assert_eq!(client.request("textDocument/codeAction", params), json!([]));
}

/// Two mistakes with safe fixes.
const SLIPS: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Pass", "Next": "Bb" },
    "B": { "Type": "Wait", "Seconds": "5", "Next": "A" },
    "C": { "Type": "Succeed" }
  }
}
"#;

#[test]
fn all_safe_fixes_at_once() {
    let mut resolving = capabilities();
    resolving["textDocument"]["codeAction"]["dataSupport"] = true.into();
    resolving["textDocument"]["codeAction"]["resolveSupport"] = json!({ "properties": ["edit"] });
    for (capabilities, later) in [(capabilities(), false), (resolving, true)] {
        let mut client = open(capabilities, SLIPS);
        let diagnostics = client.diagnostics(URI, 1);
        let dead = diagnostics.iter().find(|it| it["code"] == "unknown-next-state").expect("a slip");
        assert_eq!(dead["data"]["fixes"][0], json!({ "title": "Change to `B`", "safe": true }));
        let mut params = json!({
            "textDocument": { "uri": URI }, "range": range((0, 0), (0, 0)), "context": { "diagnostics": [] }
        });
        for only in [json!(["source.fixAll"]), json!(["source.fixAll.asl-lsp"]), json!(["source"])] {
            params["context"]["only"] = only;
            let actions = client.request("textDocument/codeAction", params.clone());
            assert_eq!(actions.as_array().map(Vec::len), Some(1), "{actions}");
            let mut action = actions[0].clone();
            assert_eq!(action["kind"], "source.fixAll.asl-lsp");
            assert_eq!(action.get("edit").is_none(), later, "{action}");
            if later {
                action = client.request("codeAction/resolve", action);
            }
            let edits = action["edit"]["changes"][URI].as_array().expect("edits");
            let texts: Vec<&str> = edits.iter().filter_map(|it| it["newText"].as_str()).collect();
            assert_eq!(texts, ["B", "5"], "{action}");
        }
        params["context"]["only"] = json!(["source.fixAll.eslint"]);
        assert_eq!(client.request("textDocument/codeAction", params), json!([]));
    }
}

#[test]
fn a_client_that_can_nothing_gets_bare_diagnostics() {
    let mut client =
        open(plain(), "{ \"StartAt\": \"A\", \"States\": { \"B\": { \"Type\": \"Succeed\" } } }");
    for diagnostic in client.diagnostics(URI, 1) {
        for member in ["codeDescription", "relatedInformation", "tags", "data"] {
            assert!(diagnostic.get(member).is_none(), "{member} in {diagnostic}");
        }
    }
}

#[test]
fn tags_say_what_is_dead() {
    let text = MACHINE
        .replace("\"Default\": \"Fourth\"", "\"Default\": \"Third\"")
        .replace("\"Next\": \"Second\"", "\"Next\": \"Fourth\"");
    let mut client = open(capabilities(), &text);
    let diagnostics = client.diagnostics(URI, 1);
    let dead = diagnostics.iter().find(|it| it["code"] == "unreachable-state").expect("nothing leads there");
    assert_eq!(dead["tags"], json!([1]));
}

#[test]
fn graph() {
    let mut client = open(capabilities(), MACHINE);
    let drawing = client.request("asl/graph", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(drawing["version"], 1);
    let nodes = drawing["nodes"].as_array().unwrap();
    let named = |name: &str| nodes.iter().find(|it| it["name"] == name).expect("it is drawn");
    assert_eq!(named("First")["selection"], range((4, 4), (4, 11)));
    assert_eq!(named("In")["group"], named("Third")["groups"][0]);
    let edges = drawing["edges"].as_array().unwrap();
    assert!(edges.iter().any(|it| it["from"] == named("First")["id"] && it["to"] == named("Second")["id"]));
    let params = json!({ "textDocument": { "uri": URI }, "format": "svg" });
    assert!(client.request("asl/graph", params)["content"].as_str().unwrap().starts_with("<svg"));
    // Half a document is drawn as far as it goes.
    client.change(URI, 2, json!([{ "range": range((4, 30), (99, 0)), "text": "" }]));
    let drawing = client.request("asl/graph", json!({ "textDocument": { "uri": URI }, "format": "json" }));
    assert_eq!(drawing["version"], 2);
    assert!(drawing["nodes"].as_array().unwrap().iter().any(|it| it["name"] == "First"));
    let unknown = json!({ "textDocument": { "uri": "file:///tmp/other.json" }, "format": "json" });
    assert_eq!(client.request("asl/graph", unknown), Value::Null);
}
