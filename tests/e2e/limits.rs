//! Documents that are made to kill: an answer or a clear refusal, within bounded memory, and a server that is alive
//! and right afterwards.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, codes};
use crate::sync::MACHINE;

const URI: &str = "file:///tmp/killer.asl.json";
const YAML: &str = "file:///tmp/killer.asl.yaml";

/// Debug builds get a smaller dose.
const SCALE: usize = if cfg!(debug_assertions) { 5 } else { 1 };

/// A machine of that many states, without a fault.
pub fn machine_of(states: usize) -> String {
    let mut text = String::from("{\n  \"StartAt\": \"S0\",\n  \"States\": {\n");
    for state in 0..states {
        let end = if state + 1 == states {
            "\"End\": true".into()
        } else {
            format!("\"Next\": \"S{}\"", state + 1)
        };
        let comma = if state + 1 == states { "" } else { "," };
        text += &format!("    \"S{state}\": {{ \"Type\": \"Pass\", {end} }}{comma}\n");
    }
    text + "  }\n}\n"
}

/// The server has survived: it still finds what is wrong with a document, and nothing in a good one.
fn assert_right(client: &mut Client) {
    let uri = "file:///tmp/after.asl.json";
    client.open(uri, "asl", 1, MACHINE);
    assert_eq!(codes(&client.diagnostics(uri, 1)), [""; 0]);
    client.change(
        uri,
        2,
        json!([{ "text": MACHINE.replace("\"Next\": \"Second\"", "\"Next\": \"Nowhere\"") }]),
    );
    assert!(codes(&client.diagnostics(uri, 2)).contains(&"unknown-next-state"));
    assert_eq!(client.symbols(uri).as_array().map(Vec::len), Some(4));
}

/// Opens a text, edits it in the middle of its first line, and asks everything there is to ask.
fn survive(uri: &str, language: &str, text: &str) -> (Client, Vec<Value>) {
    let mut client = Client::start(capabilities());
    client.open(uri, language, 1, text);
    let diagnostics = client.diagnostics(uri, 1);
    let character = text.lines().next().map_or(0, |line| line.encode_utf16().count() / 2);
    for version in 2..6 {
        let at = json!({ "line": 0, "character": character });
        client.change(uri, version, json!([{ "range": { "start": at, "end": at }, "text": "x" }]));
    }
    client.diagnostics(uri, 5);
    client.symbols(uri);
    for method in ["textDocument/hover", "textDocument/completion", "textDocument/definition"] {
        client.at(method, uri, 0, character as u32);
    }
    (client, diagnostics)
}

#[test]
fn nested_brackets() {
    let depth = 100_000;
    for text in [
        "[".repeat(depth),
        "[".repeat(depth) + &"]".repeat(depth),
        "{\"a\":".repeat(depth),
        format!(
            "{{\"StartAt\": \"A\", \"States\": {{\"A\": {}1{}}}}}",
            "{\"a\":".repeat(depth),
            "}".repeat(depth)
        ),
        format!(
            "{{\"StartAt\": \"A\", \"States\": {}",
            "{\"A\":{\"Branches\":[{\"States\":".repeat(depth / 4)
        ),
        "]".repeat(depth),
    ] {
        let (mut client, diagnostics) = survive(URI, "asl", &text);
        assert!(!diagnostics.is_empty(), "{}", &text[..50]);
        assert_right(&mut client);
        client.assert_memory_below(250);
    }
}

#[test]
fn nested_yaml() {
    let depth = 100_000 / SCALE;
    for text in [
        "[".repeat(depth),
        "[".repeat(depth) + &"]".repeat(depth),
        "{a: ".repeat(depth),
        "- ".repeat(depth),
        "? ".repeat(depth),
        "&a ".repeat(depth),
        "!a ".repeat(depth),
        (0..2_000).map(|depth| " ".repeat(depth) + "a:\n").collect(),
        "a: |\n".repeat(depth),
    ] {
        let (mut client, _) = survive(YAML, "asl-yaml", &text);
        assert_right(&mut client);
        client.assert_memory_below(2_000);
    }
}

#[test]
fn fifty_megabytes_are_refused_in_one_word() {
    let mut client = Client::start(capabilities());
    let text = machine_of(1_100_000);
    assert!(text.len() > 50 << 20);
    client.open(URI, "asl", 1, &text);
    let diagnostics = client.diagnostics(URI, 1);
    assert_eq!(codes(&diagnostics), ["definition-too-large"]);
    let at = json!({ "line": 1_000, "character": 3 });
    for version in 2..20 {
        client.change(URI, version, json!([{ "range": { "start": at, "end": at }, "text": "x" }]));
    }
    assert_eq!(codes(&client.diagnostics(URI, 19)), ["definition-too-large"]);
    client.symbols(URI);
    assert_right(&mut client);
    client.change(URI, 20, json!([{ "text": MACHINE }]));
    assert_eq!(codes(&client.diagnostics(URI, 20)), [""; 0], "what is small again is looked at again");
    client.assert_memory_below(500);
}

#[test]
fn a_large_document_of_another_kind_gets_silence() {
    let mut client = Client::start(capabilities());
    let uri = "file:///tmp/data.json";
    client.open(uri, "json", 1, &format!("[{}1]", "{\"a\": [1, 2, 3]},\n".repeat(1_000_000 / SCALE)));
    assert_eq!(client.diagnostics(uri, 1), [Value::Null; 0]);
    assert_right(&mut client);
}

#[test]
fn binary_garbage() {
    let mut random = crate::mirror::Random(5);
    for (uri, language) in [(URI, "asl"), (YAML, "asl-yaml")] {
        let bytes: Vec<u8> = (0..1_000_000 / SCALE).map(|_| random.below(256) as u8).collect();
        let (mut client, _) = survive(uri, language, &String::from_utf8_lossy(&bytes));
        assert_right(&mut client);
        client.assert_memory_below(500);
        let ascii: String = (0..300_000 / SCALE).map(|_| (random.below(94) as u8 + 33) as char).collect();
        let (mut client, _) = survive(uri, language, &ascii);
        assert_right(&mut client);
        client.assert_memory_below(500);
        let (mut client, _) = survive(uri, language, &"\0".repeat(1_000_000 / SCALE));
        assert_right(&mut client);
    }
}

#[test]
fn one_endless_line() {
    let text: String = machine_of(100_000 / SCALE).replace(['\n', ' '], "");
    let (mut client, diagnostics) = survive(URI, "asl", &text);
    let expected: &[&str] = if text.len() > 1 << 20 { &["definition-too-large"] } else { &[] };
    assert_eq!(codes(&diagnostics), expected);
    assert_right(&mut client);
    client.assert_memory_below(1_000);
    let (mut client, _) =
        survive(URI, "asl", &format!("{{\"Comment\": \"{}\"}}", "é😀".repeat(1_000_000 / SCALE)));
    assert_right(&mut client);
    client.assert_memory_below(1_000);
    let (mut client, _) = survive(URI, "asl", &"x".repeat(5_000_000 / SCALE));
    assert_right(&mut client);
    let (mut client, _) = survive(YAML, "asl-yaml", &"x".repeat(5_000_000 / SCALE));
    assert_right(&mut client);
}

#[test]
fn one_mistake_on_every_line() {
    let (mut client, diagnostics) = survive(URI, "asl", &"\"a\" 'b', // c\n".repeat(50_000 / SCALE));
    assert!(!diagnostics.is_empty() && diagnostics.len() <= 1_000);
    assert_right(&mut client);
    client.assert_memory_below(500);
    let same = format!("{{\"States\": {{{}", "\"A\": {\"Type\": \"Pass\"},".repeat(20_000 / SCALE));
    let (mut client, diagnostics) = survive(URI, "asl", &same);
    assert!(diagnostics.len() <= 1_000);
    assert_right(&mut client);
    client.assert_memory_below(500);
}

#[test]
fn yaml_that_multiplies() {
    let mut laughs = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", [before.as_str(); 9].join(", "));
    }
    laughs += "StartAt: A\nStates:\n  A: { Type: Pass, Result: *a11, End: true }\n";
    let (mut client, _) = survive(YAML, "asl-yaml", &laughs);
    assert_right(&mut client);
    client.assert_memory_below(300);
    let itself = "a: &a [*a, *a]\nb: &b\n  <<: *b\n  c: *b\nStartAt: A\nStates: *b\n";
    let (mut client, _) = survive(YAML, "asl-yaml", itself);
    assert_right(&mut client);
}

#[test]
fn a_thousand_open_documents() {
    let mut client = Client::start(capabilities());
    let text = machine_of(20);
    let uri = |index: usize| format!("file:///tmp/many/{index}.asl.json");
    for index in 0..1_000 {
        client.open(&uri(index), "asl", 1, &text);
    }
    for index in 0..1_000 {
        assert_eq!(codes(&client.diagnostics(&uri(index), 1)), [""; 0]);
    }
    client.change(&uri(500), 2, json!([{ "text": text.replace("\"Next\": \"S5\"", "\"Next\": \"X\"") }]));
    assert!(codes(&client.diagnostics(&uri(500), 2)).contains(&"unknown-next-state"));
    assert_eq!(client.symbols(&uri(999)).as_array().map(Vec::len), Some(20));
    for index in 0..1_000 {
        client.close(&uri(index));
    }
    assert_right(&mut client);
    client.assert_memory_below(200);
}
