//! Columns in the unit that was agreed on.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range};
use crate::mirror::Mirror;

const URI: &str = "file:///tmp/machine.asl.json";

fn client(offered: Value) -> (Client, Value) {
    let mut capabilities = capabilities();
    capabilities["general"]["positionEncodings"] = offered;
    let (client, answer) = Client::start_with(json!({ "capabilities": capabilities }));
    (client, answer["capabilities"]["positionEncoding"].clone())
}

#[test]
fn utf_8_is_taken_where_it_is_offered() {
    for (offered, expected) in [
        (json!(["utf-8", "utf-16"]), "utf-8"),
        (json!(["utf-16", "utf-8"]), "utf-8"),
        (json!(["utf-32", "utf-16"]), "utf-16"),
        (json!(["utf-32"]), "utf-16"),
        (json!([]), "utf-16"),
        (Value::Null, "utf-16"),
    ] {
        let (mut client, chosen) = client(offered.clone());
        assert_eq!(chosen, expected, "{offered}");
        client.finish();
    }
}

/// Wide letters, combining marks and every kind of line break before the place in question.
const TEXT: &str = "{ \"Comment\": \"\u{feff}\u{2028}a\u{301}😀👩‍👩‍👧 𝒳\",\r\n  \"StartAt\": \"é😀\",\r  \"States\": {\n    \"e\u{301}😀\": {}, \"é😀\": { \"Type\": \"Pass\", \"Next\": \"né😀\" } } }";

#[test]
fn ranges_are_right_behind_wide_letters() {
    for utf8 in [false, true] {
        let (mut client, _) = client(if utf8 { json!(["utf-8"]) } else { json!(["utf-16"]) });
        let mirror = Mirror::new(TEXT, utf8);
        client.open(URI, "asl", 1, TEXT);
        let diagnostics = client.diagnostics(URI, 1);
        let unknown = diagnostics.iter().find(|it| it["code"] == "unknown-next-state").unwrap();
        let target = TEXT.find("\"né😀\"").unwrap();
        let expected = json!({
            "start": mirror.position(target), "end": mirror.position(target + "\"né😀\"".len())
        });
        assert_eq!(unknown["range"], expected, "utf8: {utf8}");
        let start_at = TEXT.find("\"é😀\"").unwrap();
        let inside = mirror.position(start_at + "\"é".len());
        let definition = client.request(
            "textDocument/definition",
            json!({ "textDocument": { "uri": URI }, "position": inside }),
        );
        let key = TEXT.rfind("\"é😀\"").unwrap();
        assert_eq!(definition["range"]["start"], mirror.position(key), "{definition}");
        client.finish();
    }
}

#[test]
fn edits_behind_wide_letters_land_where_they_should() {
    for utf8 in [false, true] {
        let (mut client, _) = client(if utf8 { json!(["utf-8"]) } else { json!(["utf-16"]) });
        let mut mirror = Mirror::new(TEXT, utf8);
        client.open(URI, "asl", 1, TEXT);
        let next = TEXT.find("\"né😀\"").unwrap();
        let first = mirror.replace(next + 1..next + 2, "");
        let empty = mirror.text.find("{}").unwrap();
        let second = mirror.replace(empty..empty + 2, "{ \"Type\": \"Succeed\" }");
        let next = mirror.text.rfind("é😀").unwrap();
        let third = mirror.replace(next..next + "é😀".len(), "e\u{301}😀");
        client.change(URI, 2, json!([first, second, third]));
        assert_eq!(client.diagnostics(URI, 2), [Value::Null; 0], "utf8: {utf8}");
        client.finish();
    }
}

#[test]
fn a_column_inside_a_letter_is_moved_to_its_start() {
    let (mut client, _) = client(json!(["utf-16"]));
    client.open(URI, "asl", 1, "😀{}");
    client.change(URI, 2, json!([{ "range": range((0, 0), (0, 1)), "text": "" }]));
    client.change(URI, 3, json!([{ "range": range((0, 1), (0, 2)), "text": "" }]));
    client.diagnostics(URI, 3);
}
