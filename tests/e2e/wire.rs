//! Bytes that are not as they should be.

use serde_json::{Value, json};

use crate::client::{Client, capabilities};

/// The server is there, and answers.
fn assert_alive(client: &mut Client) {
    assert!(client.request("asl/version", Value::Null).is_string());
}

/// A frame that cannot be understood is answered by an error without an id.
fn assert_refused(client: &mut Client, code: i64) {
    let error = client.wait_for("the refusal", |it| it.get("error").is_some() && it["id"].is_null());
    assert_eq!(error["error"]["code"], code, "{error}");
}

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;

fn frame(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

#[test]
fn frames_may_arrive_byte_by_byte() {
    let mut client = Client::start(capabilities());
    let body =
        json!({ "jsonrpc": "2.0", "id": "bytes", "method": "asl/version", "params": null }).to_string();
    for byte in frame(body.as_bytes()) {
        client.raw(&[byte]);
    }
    client.wait_for("the answer", |it| it["id"] == "bytes");
}

#[test]
fn many_frames_may_arrive_in_one_piece() {
    let mut client = Client::start(capabilities());
    let mut bytes = Vec::new();
    for id in 0..50 {
        let body = json!({ "jsonrpc": "2.0", "id": format!("m{id}"), "method": "asl/version" }).to_string();
        bytes.extend(frame(body.as_bytes()));
    }
    client.raw(&bytes);
    for id in 0..50 {
        client.wait_for("an answer", |it| it["id"] == format!("m{id}"));
    }
}

#[test]
fn further_headers_and_other_spellings_are_taken() {
    let mut client = Client::start(capabilities());
    let body = json!({ "jsonrpc": "2.0", "id": "h", "method": "asl/version" }).to_string();
    for head in [
        format!(
            "Content-Length: {}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n",
            body.len()
        ),
        format!(
            "Content-Type: application/vscode-jsonrpc; charset=utf8\r\nContent-Length: {}\r\n",
            body.len()
        ),
        format!("X-A: 1\r\nX-B: 2\r\nX-C: 3\r\nContent-Length: {}\r\nX-D: 4\r\n", body.len()),
        format!("content-length:{}\r\n", body.len()),
        format!("CONTENT-LENGTH:   {}  \r\n", body.len()),
    ] {
        client.raw(format!("{head}\r\n{body}").as_bytes());
        client.wait_for("the answer", |it| it["id"] == "h");
    }
}

#[test]
fn a_frame_that_is_no_json_is_refused_and_the_next_one_read() {
    let mut client = Client::start(capabilities());
    for body in [
        &b"{\"jsonrpc\":"[..],
        b"garbage",
        b"{\"jsonrpc\":\"2.0\",}",
        b"\xff\xfe{}",
        b"\"\xed\xa0\x80\"",
        b"nul",
    ] {
        client.raw(&frame(body));
        assert_refused(&mut client, PARSE_ERROR);
    }
    assert_alive(&mut client);
}

#[test]
fn json_that_is_no_message_is_refused_and_the_next_one_read() {
    let mut client = Client::start(capabilities());
    for body in [
        "[]",
        "null",
        "7",
        "{}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"x\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"}",
    ] {
        client.raw(&frame(body.as_bytes()));
        assert_refused(&mut client, INVALID_REQUEST);
    }
    assert_alive(&mut client);
}

#[test]
fn empty_frames_are_passed_over() {
    let mut client = Client::start(capabilities());
    client.raw(b"Content-Length: 0\r\n\r\n");
    assert_alive(&mut client);
}

#[test]
fn deep_json_on_the_wire_is_refused() {
    let mut client = Client::start(capabilities());
    let body = format!(
        "{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"asl/version\",\"params\":{}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    client.raw(&frame(body.as_bytes()));
    assert_refused(&mut client, PARSE_ERROR);
    assert_alive(&mut client);
}

#[test]
fn garbage_between_frames_is_passed_over() {
    let mut client = Client::start(capabilities());
    for garbage in [
        &b"garbage\r\n\r\n"[..],
        b"\x00\x01\x02\xff\xfe\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"Content-Length: x\r\n\r\n",
        b"Content-Length: -5\r\n\r\n",
        b"Content-Length: 99999999999999999999999999\r\n\r\n",
        b"Content-Length: 5000000000\r\n\r\n{}",
        b"Content-Length\r\n\r\n",
        b"{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}\n",
        b"\r\n\r\n\r\n",
    ] {
        client.raw(garbage);
        let body = json!({ "jsonrpc": "2.0", "id": "after", "method": "asl/version" }).to_string();
        client.raw(&frame(body.as_bytes()));
        client.wait_for("the answer", |it| it["id"] == "after");
    }
    client.unread_refusals(PARSE_ERROR);
}

#[test]
fn a_length_that_is_too_small_costs_one_message() {
    let mut client = Client::start(capabilities());
    let body = json!({ "jsonrpc": "2.0", "id": "cut", "method": "asl/version" }).to_string();
    client.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len() - 9).as_bytes());
    assert_refused(&mut client, PARSE_ERROR);
    assert_alive(&mut client);
    client.unread_refusals(PARSE_ERROR);
}

#[test]
fn a_length_that_is_too_great_costs_two_messages() {
    let mut client = Client::start(capabilities());
    let body = json!({ "jsonrpc": "2.0", "id": "long", "method": "asl/version" }).to_string();
    client.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len() + 30).as_bytes());
    client.notify("$/swallowed", json!({ "text": "x".repeat(100) }));
    assert_refused(&mut client, PARSE_ERROR);
    assert_alive(&mut client);
    client.unread_refusals(PARSE_ERROR);
}

#[test]
fn a_frame_that_is_cut_off_by_the_end_ends_the_server() {
    let mut client = Client::start(capabilities());
    client.raw(b"Content-Length: 100\r\n\r\n{\"jsonrpc\":");
    client.hang_up();
    client.wait();
    assert!(!client.complaints().contains("panicked"));
}

#[test]
fn answers_that_nobody_waits_for_are_ignored() {
    let mut client = Client::start(capabilities());
    for id in [json!(0), json!(7), json!("x"), Value::Null] {
        client.post(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
        client.post(&json!({ "jsonrpc": "2.0", "id": id, "error": { "code": 1, "message": "no" } }));
    }
    assert_alive(&mut client);
}
