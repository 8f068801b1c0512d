//! The bytes on stdin, cut into messages.
//!
//! tower-lsp stops reading at the first frame that it cannot decode, so it only gets frames that it can: whatever else
//! comes is replaced by a request that [`super::Gate`] answers with an error, and reading goes on with the next
//! `Content-Length`.

use std::fmt;
use std::io::{self, BufRead, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::ErrorCode;

/// The method of the request that stands for what could not be read. Its parameter is the code of the error.
pub(crate) const UNREADABLE: &str = "asl-lsp/unreadable";

/// No message is longer: a greater length is a mistake.
const MAX_FRAME: usize = 1 << 30;
/// No header is longer.
const MAX_LINE: usize = 4096;

/// Starts to read stdin on a thread of its own.
pub(crate) fn stdin() -> Frames {
    let (sender, receiver) = mpsc::channel(16);
    std::thread::spawn(move || {
        let mut source = io::stdin().lock();
        loop {
            match frame(&mut source) {
                Ok(Some(frame)) => {
                    if sender.blocking_send(frame).is_err() {
                        return;
                    }
                }
                Ok(None) => return,
                Err(error) => return tracing::error!(%error, "stdin cannot be read"),
            }
        }
    });
    Frames { receiver, current: Vec::new(), read: 0 }
}

/// Frames as a stream of bytes, which is what tower-lsp reads.
pub(crate) struct Frames {
    receiver: mpsc::Receiver<Vec<u8>>,
    current: Vec<u8>,
    read: usize,
}

impl AsyncRead for Frames {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.read == self.current.len() {
            let Some(frame) = ready!(self.receiver.poll_recv(context)) else { return Poll::Ready(Ok(())) };
            self.current = frame;
            self.read = 0;
        }
        let len = buffer.remaining().min(self.current.len() - self.read);
        buffer.put_slice(&self.current[self.read..self.read + len]);
        self.read += len;
        Poll::Ready(Ok(()))
    }
}

/// The next frame, made good where it was not. None at the end.
fn frame(source: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    loop {
        let Some(length) = header(source)? else { return Ok(None) };
        let Ok(length) = length else { return Ok(Some(refusal(ErrorCode::ParseError))) };
        let mut body = Vec::new();
        if source.take(length as u64).read_to_end(&mut body)? < length {
            return Ok(None);
        }
        if body.is_empty() {
            continue;
        }
        return Ok(Some(match check(&mut body) {
            Ok(()) => framed(&body),
            Err(code) => {
                tracing::warn!(length, %code, "a message cannot be read");
                refusal(code)
            }
        }));
    }
}

fn framed(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

fn refusal(code: ErrorCode) -> Vec<u8> {
    let request =
        serde_json::json!({ "jsonrpc": "2.0", "id": null, "method": UNREADABLE, "params": code.code() });
    framed(request.to_string().as_bytes())
}

/// Reads up to the empty line after a header: the length that it names, or an error when it names none.
fn header(source: &mut impl BufRead) -> io::Result<Option<Result<usize, ()>>> {
    let mut length = None;
    let mut something = false;
    while let Some(line) = line(source)? {
        if !line.trim_ascii().is_empty() {
            something = true;
            length = content_length(&line).or(length);
        } else if let Some(length) = length {
            if length.is_err() {
                tracing::warn!("a message has a length that cannot be");
            }
            return Ok(Some(length));
        } else if something {
            tracing::warn!("there is something between the messages");
            return Ok(Some(Err(())));
        }
    }
    Ok(None)
}

/// The length in a line of a header. What stands before it is the rest of a message that was longer than it said.
fn content_length(line: &[u8]) -> Option<Result<usize, ()>> {
    const NAME: &[u8] = b"content-length:";
    let at = line.windows(NAME.len()).rposition(|part| part.eq_ignore_ascii_case(NAME))?;
    let number = std::str::from_utf8(&line[at + NAME.len()..]).ok().and_then(|it| it.trim().parse().ok());
    Some(match number {
        Some(length) if length <= MAX_FRAME => Ok(length),
        Some(length) => {
            tracing::warn!(length, "no message is that long");
            Err(())
        }
        None => Err(()),
    })
}

/// The next line, or the end of it when it is too long to be a header. None at the end of the source.
fn line(source: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    loop {
        let before = line.len();
        source.by_ref().take(MAX_LINE as u64).read_until(b'\n', &mut line)?;
        if line.len() == before {
            return Ok((before > 0).then_some(line));
        }
        if line.ends_with(b"\n") {
            return Ok(Some(line));
        }
        if line.len() > MAX_LINE {
            // A header may begin in what was read last.
            line.drain(..line.len() - MAX_LINE);
        }
    }
}

/// Would tower-lsp take this as a message?
fn check(body: &mut [u8]) -> Result<(), ErrorCode> {
    let Err(code) = parse(body) else { return Ok(()) };
    // JavaScript writes half of a surrogate pair as an escape, which is no text that Rust could hold.
    if replace_lone_surrogates(body) { parse(body) } else { Err(code) }
}

fn parse(body: &[u8]) -> Result<(), ErrorCode> {
    let text = std::str::from_utf8(body).map_err(|_| ErrorCode::ParseError)?;
    match serde_json::from_str::<Message>(text) {
        Ok(_) => Ok(()),
        Err(error) if error.classify() == Category::Data => Err(ErrorCode::InvalidRequest),
        Err(_) => Err(ErrorCode::ParseError),
    }
}

/// Puts a replacement character where half of a surrogate pair stands alone: as long in bytes and in UTF-16.
fn replace_lone_surrogates(body: &mut [u8]) -> bool {
    let escape = |body: &[u8], at: usize| {
        let digits = body.get(at..at + 6).filter(|it| it.starts_with(b"\\u"))?;
        u32::from_str_radix(std::str::from_utf8(&digits[2..]).ok()?, 16).ok()
    };
    let mut replaced = false;
    let mut at = 0;
    while at < body.len() {
        at += match (body[at], escape(body, at)) {
            (_, Some(0xD800..=0xDBFF)) if matches!(escape(body, at + 6), Some(0xDC00..=0xDFFF)) => 12,
            (_, Some(0xD800..=0xDFFF)) => {
                body[at + 2..at + 6].copy_from_slice(b"fffd");
                replaced = true;
                6
            }
            (b'\\', _) => 2,
            _ => 1,
        };
    }
    replaced
}

/// What tower-lsp wants of a message.
struct Message;

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Message, D::Error> {
        deserializer.deserialize_map(Message)
    }
}

impl<'de> Visitor<'de> for Message {
    type Value = Message;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a message")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Message, A::Error> {
        let mut seen = [false; 3];
        while let Some(key) = members.next_key::<String>()? {
            let index = match key.as_str() {
                "jsonrpc" if members.next_value::<String>()? == "2.0" => 0,
                "jsonrpc" => return Err(A::Error::custom("not this version")),
                "id" => {
                    members.next_value::<Option<Id>>()?;
                    1
                }
                "method" => {
                    members.next_value::<String>()?;
                    2
                }
                _ => {
                    members.next_value::<Sound>()?;
                    continue;
                }
            };
            if std::mem::replace(&mut seen[index], true) {
                return Err(A::Error::custom("twice the same"));
            }
        }
        if seen[0] { Ok(Message) } else { Err(A::Error::missing_field("jsonrpc")) }
    }
}

#[derive(serde::Deserialize)]
#[serde(untagged)]
#[allow(dead_code)] // Only their form counts.
enum Id {
    Number(i64),
    Text(String),
}

/// Any JSON that can be read as a value: not nested too deeply, no number too great, no broken escape. Unlike
/// `IgnoredAny` it looks at all of that, and unlike `Value` it keeps nothing.
struct Sound;

impl<'de> Deserialize<'de> for Sound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Sound, D::Error> {
        deserializer.deserialize_any(Sound)
    }
}

impl<'de> Visitor<'de> for Sound {
    type Value = Sound;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Sound, E> {
        Ok(Sound)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Sound, E> {
        Ok(Sound)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Sound, E> {
        Ok(Sound)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Sound, E> {
        Ok(Sound)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Sound, E> {
        Ok(Sound)
    }

    fn visit_unit<E: Error>(self) -> Result<Sound, E> {
        Ok(Sound)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Sound, A::Error> {
        while items.next_element::<Sound>()?.is_some() {}
        Ok(Sound)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Sound, A::Error> {
        while members.next_entry::<Sound, Sound>()?.is_some() {}
        Ok(Sound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(mut bytes: &[u8]) -> Vec<String> {
        let mut frames = Vec::new();
        while let Ok(Some(frame)) = frame(&mut bytes) {
            let text = String::from_utf8(frame).unwrap();
            frames.push(text.split_once("\r\n\r\n").unwrap().1.replace(r#""jsonrpc":"2.0""#, "…"));
        }
        frames
    }

    fn wire(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const REFUSED: &str = r#"{…,"id":null,"method":"asl-lsp/unreadable","params":-32700}"#;
    const INVALID: &str = r#"{…,"id":null,"method":"asl-lsp/unreadable","params":-32600}"#;

    #[test]
    fn a_message_longer_than_it_says_does_not_hide_the_next() {
        let message = r#"{"jsonrpc":"2.0","method":"m"}"#;
        let bytes = format!("Content-Length: 9\r\n\r\n{message}{}", wire(message));
        assert_eq!(frames(bytes.as_bytes()), [REFUSED, r#"{…,"method":"m"}"#]);
    }

    #[test]
    fn an_endless_line_of_garbage_does_not_hide_the_next() {
        let message = r#"{"jsonrpc":"2.0","method":"m"}"#;
        for len in [10, MAX_LINE - 5, MAX_LINE, MAX_LINE + 3, 10 * MAX_LINE] {
            let bytes = format!("{}{}", "x".repeat(len), wire(message));
            assert_eq!(frames(bytes.as_bytes()), [r#"{…,"method":"m"}"#], "{len}");
        }
    }

    #[test]
    fn half_of_a_surrogate_pair_becomes_a_replacement() {
        let body = r#"{"jsonrpc":"2.0","method":"m","params":["\ud83d\ude00 \ud83d \\ud83d \ude00\ud83d"]}"#;
        let expected = r#"{…,"method":"m","params":["\ud83d\ude00 \ufffd \\ud83d \ufffd\ufffd"]}"#;
        assert_eq!(frames(wire(body).as_bytes()), [expected]);
    }

    #[test]
    fn what_is_json_and_no_message_is_refused_as_that() {
        for body in ["[]", "{}", r#"{"jsonrpc":"2.0","id":[]}"#, r#"{"jsonrpc":"2","id":1}"#, "3"] {
            assert_eq!(frames(wire(body).as_bytes()), [INVALID], "{body}");
        }
        for body in [r#"{"jsonrpc":"2.0","params":1e999}"#, &format!("{{\"a\":{}", "[".repeat(200)), "x"] {
            assert_eq!(frames(wire(body).as_bytes()), [REFUSED], "{body}");
        }
    }
}
