//! Documents stay what the editor has, whatever it sends, and what is said of them is of the version they were asked
//! at.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, codes, place, pulling, range};
use crate::mirror::{Mirror, Random};

const URI: &str = "file:///tmp/machine.asl.json";

pub const MACHINE: &str = r#"{
  "Comment": "é😀 a\u0301 of many words",
  "StartAt": "First",
  "States": {
    "First": { "Type": "Pass", "Next": "Second" },
    "Second": {
      "Type": "Choice",
      "Choices": [{ "Variable": "$.a", "IsPresent": true, "Next": "Third" }],
      "Default": "Fourth"
    },
    "Third": {
      "Type": "Parallel",
      "Branches": [{ "StartAt": "In", "States": { "In": { "Type": "Succeed" } } }],
      "Next": "Fourth"
    },
    "Fourth": { "Type": "Wait", "Seconds": 3, "End": true }
  }
}
"#;

#[test]
fn diagnostics_are_pushed_with_their_version() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 7, MACHINE);
    assert_eq!(codes(&client.diagnostics(URI, 7)), [""; 0]);
    let mut mirror = Mirror::new(MACHINE, false);
    let at = MACHINE.find("\"Second\" }").unwrap();
    let change = mirror.replace(at..at + 8, "\"Secund\"");
    client.change(URI, 8, json!([change]));
    let diagnostics = client.diagnostics(URI, 8);
    assert_eq!(codes(&diagnostics)[0], "unknown-next-state");
    let first = &diagnostics[0];
    assert_eq!(first["source"], "asl-lsp");
    assert_eq!(first["severity"], 1);
    assert_eq!(first["range"], range((4, 39), (4, 47)));
    assert!(first["codeDescription"]["href"].as_str().is_some_and(|it| it.contains("unknown-next-state")));
    client.close(URI);
    let last =
        client.wait_for("the clearing", |it| it["params"]["uri"] == URI && it["params"]["version"].is_null());
    assert_eq!(last["params"]["diagnostics"], json!([]), "a closed document has none");
}

#[test]
fn a_client_that_pulls_is_not_pushed() {
    let mut client = Client::start(pulling());
    client.open(URI, "asl", 1, "{ \"StartAt\": \"A\", \"States\": {} }");
    let full = client.pull(URI, None);
    assert_eq!(full["kind"], "full");
    assert!(!full["items"].as_array().unwrap().is_empty());
    let id = full["resultId"].as_str().unwrap().to_owned();
    assert_eq!(client.pull(URI, Some(&id)), json!({ "kind": "unchanged", "resultId": id }));
    client.change(URI, 2, json!([{ "text": MACHINE }]));
    let next = client.pull(URI, Some(&id));
    assert_eq!((&next["kind"], &next["items"]), (&json!("full"), &json!([])));
    assert_ne!(next["resultId"], id);
    client.close(URI);
}

/// A version counts within one opening: the next one may begin with the same.
#[test]
fn a_document_that_is_opened_again_has_another_result() {
    let mut client = Client::start(pulling());
    client.open(URI, "asl", 1, MACHINE);
    let first = client.pull(URI, None);
    client.close(URI);
    client.open(URI, "asl", 1, "{ \"StartAt\": \"A\", \"States\": {} }");
    let second = client.pull(URI, first["resultId"].as_str());
    assert_eq!(second["kind"], "full", "{second}");
    client.change(URI, 1, json!([{ "text": MACHINE }]));
    let third = client.pull(URI, second["resultId"].as_str());
    assert_eq!(third["kind"], "full", "a version that the client does not count up");
}

#[test]
fn a_position_outside_the_text_is_clamped() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 1, "{}");
    client.change(
        URI,
        2,
        json!([{ "range": range((0, 0), (4_000_000_000, 4_000_000_000)), "text": MACHINE }]),
    );
    assert_eq!(client.diagnostics(URI, 2), [Value::Null; 0]);
    client.change(URI, 3, json!([{ "range": range((900, 0), (901, 5)), "text": "\n" }]));
    assert_eq!(client.diagnostics(URI, 3), [Value::Null; 0]);
    client.change(URI, 4, json!([{ "range": range((0, 77), (0, 99)), "text": "\n" }]));
    assert_eq!(client.diagnostics(URI, 4), [Value::Null; 0], "behind the end of a line is its end");
    for (line, character) in [(0, 99), (99, 0), (u32::MAX, u32::MAX)] {
        client.at("textDocument/hover", URI, line, character);
        client.at("textDocument/completion", URI, line, character);
    }
}

#[test]
fn an_edit_that_ends_before_it_starts_silences_until_the_whole_text_comes() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 1, "{ \"StartAt\": 1 }");
    assert!(!client.diagnostics(URI, 1).is_empty());
    client.change(URI, 2, json!([{ "range": range((0, 9), (0, 2)), "text": "x" }]));
    assert_eq!(client.diagnostics(URI, 2), [Value::Null; 0]);
    assert_eq!(client.symbols(URI), Value::Null);
    client.change(URI, 3, json!([{ "range": range((0, 0), (0, 1)), "text": "{" }]));
    assert_eq!(client.diagnostics(URI, 3), [Value::Null; 0], "still silent");
    client.change(URI, 4, json!([{ "text": "{ \"StartAt\": 1 }" }]));
    assert!(!client.diagnostics(URI, 4).is_empty(), "the whole text heals");
}

#[test]
fn the_same_document_may_be_opened_twice() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 1, "{");
    client.open(URI, "asl", 2, MACHINE);
    assert_eq!(client.diagnostics(URI, 2), [Value::Null; 0]);
    client.close(URI);
    client.close(URI);
}

#[test]
fn documents_of_another_kind_get_silence() {
    let mut client = Client::start(capabilities());
    for (uri, language, text) in [
        ("file:///tmp/package.json", "json", "{ \"name\": \"x\", }"),
        ("file:///tmp/values.yaml", "yaml", "a: [1\nb: }"),
        ("file:///tmp/half.json", "jsonc", "{ \"States\": {} }"),
    ] {
        client.open(uri, language, 1, text);
        assert_eq!(client.diagnostics(uri, 1), [Value::Null; 0], "{uri}");
        assert_eq!(client.symbols(uri), Value::Null);
        assert_eq!(client.at("textDocument/completion", uri, 0, 2), Value::Null);
        assert_eq!(client.at("textDocument/hover", uri, 0, 4), Value::Null);
    }
    client.open("file:///tmp/plain.json", "json", 1, "{ \"StartAt\": \"A\", \"States\": {} }");
    assert!(!client.diagnostics("file:///tmp/plain.json", 1).is_empty(), "it looks like a machine");
}

#[test]
fn requests_are_answered_for_the_version_they_were_asked_at() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 1, "{}");
    let mut asked = Vec::new();
    for version in 2..400 {
        let name = format!("State{version}");
        let text = format!(
            "{{ \"StartAt\": \"{name}\", \"States\": {{ \"{name}\": {{ \"Type\": \"Succeed\" }} }} }}"
        );
        client.change(URI, version, json!([{ "text": text }]));
        let params = json!({ "textDocument": { "uri": URI } });
        asked.push((name, client.send("textDocument/documentSymbol", params)));
    }
    for (name, id) in asked {
        let symbols = client.response(id).unwrap();
        assert_eq!(symbols[0]["name"], name.as_str());
    }
}

/// What a document answers, for comparison with another of the same text.
fn all_about(client: &mut Client, uri: &str, version: i64) -> Value {
    let diagnostics = client.diagnostics(uri, version);
    let mut all = vec![json!(diagnostics), client.symbols(uri)];
    for line in [0, 2, 5, 9, 20] {
        all.push(client.at("textDocument/hover", uri, line, 9));
        all.push(client.at("textDocument/completion", uri, line, 6));
        all.push(client.at("textDocument/definition", uri, line, 16));
    }
    let text = json!(all).to_string();
    serde_json::from_str(&text.replace(uri, "")).unwrap()
}

/// Thousands of edits of all kinds, then a comparison with the same text freshly opened.
fn edits_in_a_row(seed: u64, utf8: bool, yaml: bool) {
    let mut capabilities = capabilities();
    if utf8 {
        capabilities["general"]["positionEncodings"] = json!(["utf-8", "utf-16"]);
    }
    let mut client = Client::start(capabilities);
    let mut random = Random(seed);
    let (ending, language) = if yaml { ("yaml", "asl-yaml") } else { ("json", "asl") };
    let uri = format!("file:///tmp/edited.asl.{ending}");
    let start = if yaml { crate::mirror::YAML } else { MACHINE };
    let pieces: Vec<&str> = start.split_inclusive(['\n', ' ', ',', '"', ':']).collect();
    let mut mirror = Mirror::new(start, utf8);
    client.open(&uri, language, 0, start);
    let edits = 10_000;
    let mut done = 0;
    let mut version = 0;
    while done < edits {
        version += 1;
        let mut changes = Vec::new();
        for _ in 0..if random.below(5) == 0 { 1 + random.below(6) } else { 1 } {
            done += 1;
            if done % 1_000 == 0 {
                changes.push(mirror.whole(start));
            } else {
                let (range, text) = random.edit(&mirror.text, &pieces);
                changes.push(mirror.replace(range, &text));
            }
        }
        client.change(&uri, version, Value::Array(changes));
        if random.below(50) == 0 {
            let line = random.below(30) as u32;
            client.at("textDocument/completion", &uri, line, random.below(40) as u32);
        }
    }
    let fresh = format!("file:///tmp/fresh.asl.{ending}");
    client.open(&fresh, language, 1, &mirror.text);
    let expected = all_about(&mut client, &fresh, 1);
    let found = all_about(&mut client, &uri, version);
    assert_eq!(found, expected, "seed {seed}; the text is {:?}", mirror.text);
}

#[test]
fn ten_thousand_edits_give_what_a_fresh_open_gives() {
    edits_in_a_row(1, false, false);
}

#[test]
fn ten_thousand_edits_in_utf_8_give_what_a_fresh_open_gives() {
    edits_in_a_row(2, true, false);
}

#[test]
fn ten_thousand_edits_of_yaml_give_what_a_fresh_open_gives() {
    edits_in_a_row(3, false, true);
}

#[test]
fn a_file_that_is_renamed_by_close_and_open_goes_on() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 1, MACHINE);
    let id = client.send("textDocument/hover", place(URI, 4, 6));
    client.close(URI);
    client.open("file:///tmp/other.asl.json", "asl", 1, MACHINE);
    assert_ne!(client.response(id).unwrap(), Value::Null, "asked while it was open");
    assert_eq!(client.diagnostics("file:///tmp/other.asl.json", 1), [Value::Null; 0]);
}
