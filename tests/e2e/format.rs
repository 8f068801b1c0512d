//! Formatting, of real documents too: it changes white space and no meaning.

use std::collections::HashMap;
use std::sync::Arc;

use asl_grammar::format::{Style, apply, format};
use asl_grammar::text::Text;
use asl_lsp::analysis::{Analysis, Format};
use serde_json::{Value, json};

use crate::client::{Client, capabilities, range};
use crate::shared::{files, shared};

const URI: &str = "file:///tmp/machine.asl.json";
const CRAMPED: &str = "{\"StartAt\": \"é😀\",\n  \"States\":{\"é😀\":{\"Type\": \"Succeed\"}}\n}\n";

/// The text after the edits of an answer.
fn edited(text: &str, edits: &Value) -> String {
    let rope = Text::new(text);
    let offset = |place: &Value| {
        let number = |name: &str| place[name].as_u64().unwrap() as u32;
        let position = asl_grammar::text::Position { line: number("line"), column: number("character") };
        rope.offset(position, asl_grammar::text::Encoding::Utf16)
    };
    let edits: Vec<_> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| asl_grammar::text::Edit {
            range: offset(&edit["range"]["start"])..offset(&edit["range"]["end"]),
            text: edit["newText"].as_str().unwrap().to_owned(),
        })
        .collect();
    apply(text, &edits)
}

#[test]
fn the_editor_says_how_far_to_indent_unless_the_settings_do() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 1, CRAMPED);
    let ask = |client: &mut Client, options: Value| {
        let params = json!({ "textDocument": { "uri": URI }, "options": options });
        edited(CRAMPED, &client.request("textDocument/formatting", params))
    };
    let with = |indent: &str| {
        let deep = |depth: usize| indent.repeat(depth);
        format!(
            "{{\n{}\"StartAt\": \"é😀\",\n{}\"States\": {{\n{}\"é😀\": {{\n{}\"Type\": \"Succeed\"\n{}}}\n{}}}\n}}\n",
            deep(1),
            deep(1),
            deep(2),
            deep(3),
            deep(2),
            deep(1)
        )
    };
    assert_eq!(ask(&mut client, json!({ "tabSize": 4, "insertSpaces": true })), with("    "));
    assert_eq!(ask(&mut client, json!({ "tabSize": 4, "insertSpaces": false })), with("\t"));
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "asl": { "format": { "indent": 3 } } } }),
    );
    client.diagnostics(URI, 1);
    for _ in 0..50 {
        if ask(&mut client, json!({ "tabSize": 4, "insertSpaces": false })) == with("   ") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(ask(&mut client, json!({ "tabSize": 4, "insertSpaces": false })), with("   "));
}

#[test]
fn some_lines_are_formatted_by_themselves() {
    let mut client = Client::start(capabilities());
    client.open(URI, "asl", 1, CRAMPED);
    let params = json!({ "textDocument": { "uri": URI }, "range": range((0, 0), (0, 3)),
        "options": { "tabSize": 2, "insertSpaces": true } });
    let after = edited(CRAMPED, &client.request("textDocument/rangeFormatting", params));
    assert_eq!(after, CRAMPED.replacen("{\"", "{\n  \"", 1));
    // Nothing is done to a text that cannot be read.
    client.change(URI, 2, json!([{ "range": range((1, 10), (1, 11)), "text": "" }]));
    let params = json!({ "textDocument": { "uri": URI }, "options": { "tabSize": 2, "insertSpaces": true } });
    assert_eq!(client.request("textDocument/formatting", params), Value::Null);
}

#[test]
fn real_documents_mean_the_same() {
    let Some(folder) = shared("corpus") else { return };
    let (mut laid_out, mut left, mut wrong) = (HashMap::<&str, usize>::new(), 0, Vec::new());
    // A third of them is enough for every day.
    for path in files(&folder).into_iter().step_by(3) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let name = path.display().to_string();
        let notation = match name.rsplit('.').next() {
            Some("json" | "asl") => Format::Json,
            Some("yaml" | "yml") => Format::Yaml,
            _ => continue,
        };
        let style = Style { indent: [2, 4, 3][name.len() % 3], tabs: false };
        let Some(edits) = format(notation, &Text::new(&text), style) else {
            left += 1;
            continue;
        };
        *laid_out.entry(if edits.is_empty() { "unchanged" } else { "changed" }).or_default() += 1;
        let after = apply(&text, &edits);
        if format(notation, &Text::new(&after), style) != Some(Vec::new()) {
            wrong.push(format!("{name}: the second time differs"));
        }
        if notation == Format::Json
            && serde_json::from_str::<Value>(&text).ok() != serde_json::from_str::<Value>(&after).ok()
        {
            wrong.push(format!("{name}: the value has changed"));
        }
        let said = |text: &str| -> Vec<String> {
            let analysis = Analysis::new(notation, Text::new(text), Arc::default());
            analysis.findings().iter().map(|it| format!("{} {}", it.rule.name, it.pointer)).collect()
        };
        // A document on several lines may be larger than AWS takes; that is white space as well.
        let (before, after) = (said(&text), said(&after));
        if before != after {
            wrong.push(format!("{name}: {before:?} is now {after:?}"));
        }
    }
    println!("{laid_out:?}, {left} left as they are");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}
