//! An editor for tests: speaks to the real binary over stdio.
//!
//! It reads on a thread of its own, so the server never waits for a test. What arrives is kept until a test asks for
//! it, and a session that ends with something unexpected left over fails: an answer that nobody asked for, a message
//! to the user, diagnostics for a client that pulls. Diagnostics that go back in time fail everywhere.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long to wait for anything. Long, for a test machine may be busy: it only ends tests that fail anyway.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<Value>,
    complaints: Option<JoinHandle<String>>,
    /// Arrived, and not asked for yet.
    unread: VecDeque<Value>,
    next_id: i64,
    /// What the client says to `workspace/configuration`. None: it never answers a request of the server.
    pub settings: Option<Value>,
    /// Requests of the server that were not answered.
    pub unanswered: Vec<Value>,
    /// Diagnostics must not be pushed.
    pub pulls: bool,
    /// Messages that may be left over at the end, by their method.
    pub may_remain: Vec<&'static str>,
    newest: HashMap<String, i64>,
    /// The end was seen already.
    ended: bool,
    /// What it wrote to the editor's log.
    pub logged: Vec<String>,
}

/// What a modern editor can do, except for pull diagnostics.
pub fn capabilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true,
                "dataSupport": true, "tagSupport": { "valueSet": [1, 2] }
            },
            "completion": { "completionItem": {
                "snippetSupport": true, "insertReplaceSupport": true, "labelDetailsSupport": true,
                "documentationFormat": ["markdown", "plaintext"]
            } },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
            "rename": { "prepareSupport": true },
            "inlayHint": {},
            "documentLink": { "tooltipSupport": true }
        },
        "workspace": { "configuration": false }
    })
}

/// The same for a client that pulls its diagnostics.
pub fn pulling() -> Value {
    let mut capabilities = capabilities();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities
}

/// The URI of a file, on every system.
pub fn file_uri(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    format!("file://{}{path}", if path.starts_with('/') { "" } else { "/" })
}

impl Client {
    /// Starts the server and says nothing to it yet.
    pub fn spawn() -> Client {
        Client::spawn_with(Command::new(env!("CARGO_BIN_EXE_asl-lsp")))
    }

    pub fn spawn_with(mut command: Command) -> Client {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the server starts");
        let (sender, incoming) = channel();
        let stdout = child.stdout.take().expect("stdout is piped");
        std::thread::spawn(move || read(BufReader::new(stdout), &sender));
        let mut stderr = child.stderr.take().expect("stderr is piped");
        let complaints = std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        Client {
            stdin: child.stdin.take(),
            child,
            incoming,
            complaints: Some(complaints),
            unread: VecDeque::new(),
            logged: Vec::new(),
            next_id: 0,
            settings: Some(Value::Null),
            unanswered: Vec::new(),
            pulls: false,
            may_remain: Vec::new(),
            newest: HashMap::new(),
            ended: false,
        }
    }

    /// Starts a server for a client of these capabilities.
    pub fn start(capabilities: Value) -> Client {
        Client::start_with(json!({ "capabilities": capabilities })).0
    }

    /// Starts a server; also gives its answer to `initialize`.
    pub fn start_with(mut params: Value) -> (Client, Value) {
        let mut client = Client::spawn();
        if params.get("processId").is_none() {
            params["processId"] = std::process::id().into();
        }
        params["rootUri"] = Value::Null;
        client.pulls = !params["capabilities"]["textDocument"]["diagnostic"].is_null();
        let result = client.request("initialize", params);
        client.notify("initialized", json!({}));
        (client, result)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Bytes on the wire, as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("stdin is open");
        stdin.write_all(bytes).and_then(|()| stdin.flush()).expect("the server reads");
    }

    /// One message on the wire.
    pub fn post(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.post(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and does not wait for the answer.
    pub fn send(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let id = self.next_id;
        self.post(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Waits for the answer to a request that was sent.
    pub fn response(&mut self, id: i64) -> Result<Value, Value> {
        let message = self.wait_for("an answer", |it| it["id"] == id && it.get("method").is_none());
        match message.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(message["result"].clone()),
        }
    }

    pub fn try_request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.send(method, params);
        self.response(id)
    }

    pub fn request(&mut self, method: &str, params: Value) -> Value {
        self.try_request(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// The first message, arrived or to come, for which `wanted` holds.
    pub fn wait_for(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.unread.iter().position(&wanted) {
            return self.unread.remove(index).expect("the index was just found");
        }
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.incoming.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(message) => {
                    let Some(message) = self.take(message) else { continue };
                    if wanted(&message) {
                        return message;
                    }
                    self.unread.push_back(message);
                }
                Err(RecvTimeoutError::Timeout) => panic!("{what} does not come; unread: {:#?}", self.unread),
                Err(RecvTimeoutError::Disconnected) => {
                    self.ended = true;
                    panic!("{what}: the server is gone; it said: {}", self.complaints())
                }
            }
        }
    }

    /// Looks at a message as it arrives; answers it when it is a request of the server.
    fn take(&mut self, message: Value) -> Option<Value> {
        if message["method"] == "window/logMessage" {
            self.logged.push(message["params"]["message"].as_str().unwrap_or_default().to_owned());
            return None;
        }
        if message["method"] == "textDocument/publishDiagnostics" {
            assert!(!self.pulls, "diagnostics were pushed to a client that pulls: {message}");
            let uri = message["params"]["uri"].as_str().unwrap_or_default().to_owned();
            match message["params"]["version"].as_i64() {
                Some(version) => {
                    let before = self.newest.insert(uri, version).unwrap_or(version);
                    assert!(before <= version, "stale diagnostics: {version} after {before}");
                }
                None => {
                    self.newest.remove(&uri);
                }
            }
        }
        let (Some(id), Some(method)) = (message.get("id"), message["method"].as_str()) else {
            return Some(message);
        };
        let Some(settings) = &self.settings else {
            self.unanswered.push(message);
            return None;
        };
        let result = match method {
            "workspace/configuration" => {
                let count = message["params"]["items"].as_array().map_or(0, Vec::len);
                Value::Array(vec![settings.clone(); count])
            }
            "client/registerCapability"
            | "workspace/diagnostic/refresh"
            | "workspace/inlayHint/refresh"
            | "window/workDoneProgress/create" => Value::Null,
            _ => panic!("the server asks for {method}"),
        };
        let answer = json!({ "jsonrpc": "2.0", "id": id, "result": result });
        self.post(&answer);
        // Tests may look at what was asked.
        Some(json!({ "asked": method, "params": message["params"] }))
    }

    /// Answers a request of the server that was left unanswered.
    pub fn answer(&mut self, request: &Value, result: Value) {
        self.post(&json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }));
    }

    pub fn open(&mut self, uri: &str, language: &str, version: i64, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes a document. A change is `{ range, text }`, or `{ text }` for the whole.
    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    pub fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// The diagnostics that are pushed for a version.
    pub fn diagnostics(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let message = self.wait_for("diagnostics", |it| {
            it["method"] == "textDocument/publishDiagnostics"
                && it["params"]["uri"] == uri
                && it["params"]["version"] == version
        });
        message["params"]["diagnostics"].as_array().expect("diagnostics are a list").clone()
    }

    pub fn pull(&mut self, uri: &str, previous: Option<&str>) -> Value {
        let mut params = json!({ "textDocument": { "uri": uri } });
        if let Some(previous) = previous {
            params["previousResultId"] = previous.into();
        }
        self.request("textDocument/diagnostic", params)
    }

    /// A request about a place.
    pub fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        self.request(method, place(uri, line, character))
    }

    pub fn symbols(&mut self, uri: &str) -> Value {
        self.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }))
    }

    /// The server has dealt with all that was sent: takes what came meanwhile that was told of the user.
    pub fn messages_to_user(&mut self) -> Vec<String> {
        self.request("asl/version", Value::Null);
        let (shown, rest): (VecDeque<Value>, _) =
            self.unread.drain(..).partition(|it| it["method"] == "window/showMessage");
        self.unread = rest;
        shown.iter().map(|it| it["params"]["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The highest memory use of the server so far, in megabytes. None where the system does not tell.
    pub fn peak_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
    }

    /// Fails when the server ever needed more megabytes than that.
    pub fn assert_memory_below(&self, most: u64) {
        if let Some(peak) = self.peak_memory() {
            println!("peak memory {peak} MB");
            assert!(peak < most, "the server took {peak} MB; {most} MB are allowed");
        }
    }

    /// Reads the refusals that came, however many: how often garbage is complained of is nobody's business.
    pub fn unread_refusals(&mut self, code: i64) {
        self.request("asl/version", Value::Null);
        self.unread.retain(|it| !(it["id"].is_null() && it["error"]["code"] == code));
    }

    #[cfg(unix)]
    pub fn kill(&mut self) {
        self.child.kill().and_then(|()| self.child.wait()).expect("the child can be killed");
    }

    /// The client's end of stdin.
    pub fn hang_up(&mut self) {
        self.stdin = None;
    }

    /// Waits for the process to end.
    pub fn wait(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("the server is our child") {
                self.ended = true;
                return status;
            }
            assert!(Instant::now() < deadline, "the server does not end");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits for the end of the server's stdout, where the process is not our child.
    #[cfg(unix)]
    pub fn wait_for_silence(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while self.incoming.recv_timeout(deadline.saturating_duration_since(Instant::now())).is_ok() {}
        assert!(Instant::now() < deadline, "the server does not end");
        self.ended = true;
    }

    /// Ends the session as the protocol wants it, and looks at what is left over.
    pub fn finish(&mut self) {
        self.request("shutdown", Value::Null);
        self.post(&json!({ "jsonrpc": "2.0", "method": "exit" }));
        assert_eq!(self.wait().code(), Some(0), "shutdown and exit end with 0");
        while let Ok(message) = self.incoming.recv() {
            let seen = self.take(message);
            self.unread.extend(seen.filter(|it| it.get("asked").is_none()));
        }
        let remaining: Vec<&Value> = self
            .unread
            .iter()
            .filter(|it| it.get("asked").is_none() && it["method"] != "textDocument/publishDiagnostics")
            .filter(|it| !it["method"].as_str().is_some_and(|method| self.may_remain.contains(&method)))
            .collect();
        assert!(remaining.is_empty(), "nobody read these messages: {remaining:#?}");
        let complaints = self.complaints();
        assert!(!complaints.contains("panicked"), "{complaints}");
    }

    /// What the server wrote to stderr. It must have ended.
    pub fn complaints(&mut self) -> String {
        self.complaints.take().and_then(|thread| thread.join().ok()).unwrap_or_default()
    }
}

/// A test that has not ended its session itself does so by dropping the client.
impl Drop for Client {
    fn drop(&mut self) {
        if !self.ended && !std::thread::panicking() {
            self.finish();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads messages until the server closes its end.
fn read(mut stdout: impl BufRead, messages: &Sender<Value>) {
    loop {
        let mut length = None;
        loop {
            let mut line = String::new();
            if stdout.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.parse::<usize>().ok();
            }
        }
        let mut body = vec![0; length.expect("the server names the length")];
        if stdout.read_exact(&mut body).is_err() {
            return;
        }
        let message = serde_json::from_slice(&body).expect("the server writes JSON");
        if messages.send(message).is_err() {
            return;
        }
    }
}

pub fn place(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

pub fn range(start: (u32, u32), end: (u32, u32)) -> Value {
    json!({
        "start": { "line": start.0, "character": start.1 },
        "end": { "line": end.0, "character": end.1 }
    })
}

/// The codes of diagnostics, in their order.
pub fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|it| it["code"].as_str().unwrap_or_default()).collect()
}
