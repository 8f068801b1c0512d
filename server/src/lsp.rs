//! The language server: the only part that knows the protocol.
//!
//! tower-lsp starts handlers in the order of the messages, but interleaves them at every `await`. So a handler takes
//! its snapshot, or applies its edit, before its first `await`; then order holds. Handlers come in three kinds:
//!
//! * *edit*: locks, replaces an `Arc`, unlocks, schedules a check. It has no `await` at all.
//! * *ask*: takes a snapshot, then awaits [`Backend::ask`], which computes on another thread.
//! * *tell*: whatever waits for the client is spawned, never awaited by a handler, never given up.

mod backend;
mod convert;
mod graph;
mod log;
mod options;
mod pool;
mod progress;
mod publish;
mod settings;
mod state;
mod tokens;
mod wire;

use std::future::ready;
use std::path::Path;

use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Notify;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{LspService, Server};

use backend::Backend;

/// How many messages may be at work at once. A waiting request occupies a place, and must not keep a cancellation or
/// an edit out.
const CONCURRENCY: usize = 256;

/// Serves one client on stdin and stdout until it says `exit`, closes stdin or dies. The log goes to stderr, or to a
/// file; `log_level` is a level of `tracing`.
pub fn serve(log_file: Option<&Path>, log_level: &str) -> ExitCode {
    log::start(log_file, log_level);
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_time().enable_io().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "cannot start");
            return ExitCode::FAILURE;
        }
    };
    let end = Arc::new(End::default());
    runtime.block_on(async {
        let (service, socket) = LspService::build(|client| Backend::new(client, end.clone()))
            .custom_method("asl/version", Backend::version)
            .custom_method("asl/graph", Backend::graph)
            .finish();
        let service = Gate { service, end: end.clone() };
        let server = Server::new(wire::stdin(), tokio::io::stdout(), socket).concurrency_level(CONCURRENCY);
        tokio::select! {
            () = server.serve(service) => {}
            () = end.noticed() => {}
        }
    });
    // A thread may still wait for stdin; nobody waits for it.
    runtime.shutdown_timeout(Duration::from_millis(50));
    if end.orderly() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How the server comes to its end.
#[derive(Default)]
pub(crate) struct End {
    shutdown: AtomicBool,
    exit: AtomicBool,
    notify: Notify,
}

impl End {
    /// The client has asked for `shutdown`.
    pub fn announce(&self) {
        self.shutdown.store(true, Ordering::SeqCst);
    }

    /// The client has said `exit`, or is gone.
    pub fn now(&self) {
        self.exit.store(true, Ordering::SeqCst);
        self.notify.notify_one();
    }

    async fn noticed(&self) {
        self.notify.notified().await;
        // Give the answer to `shutdown` the time to leave.
        tokio::time::sleep(Duration::from_millis(5)).await;
    }

    fn orderly(&self) -> bool {
        self.shutdown.load(Ordering::SeqCst)
    }
}

/// Every message comes by here first.
struct Gate<S> {
    service: S,
    end: Arc<End>,
}

impl<S: tower::Service<Request, Response = Option<Response>>> tower::Service<Request> for Gate<S>
where
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        match request.method() {
            // tower-lsp goes on as long as stdin is open.
            "exit" => self.end.now(),
            wire::UNREADABLE => {
                let invalid = request.params().and_then(Value::as_i64) == Some(-32600);
                let error = if invalid { Error::invalid_request() } else { Error::parse_error() };
                return Box::pin(ready(Ok(Some(Response::from_error(Id::Null, error)))));
            }
            _ => {}
        }
        if request.method() == "initialize" {
            request = with_refresh(request);
        }
        // Many clients write `"params": null` where there are none; tower-lsp refuses a `shutdown` for it.
        if request.params() == Some(&Value::Null) {
            let (method, id, _) = request.into_parts();
            let bare = Request::build(method);
            request = id.into_iter().fold(bare, |bare, id| bare.id(id)).finish();
        }
        Box::pin(self.service.call(request))
    }
}

/// Our types read `workspace.diagnostic` where the protocol and the clients write `workspace.diagnostics`.
fn with_refresh(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    let mut params = params.unwrap_or_default();
    if let Some(workspace) = params.pointer_mut("/capabilities/workspace").and_then(Value::as_object_mut)
        && let Some(diagnostics) = workspace.remove("diagnostics")
    {
        workspace.insert("diagnostic".to_owned(), diagnostics);
    }
    let request = Request::build(method).params(params);
    id.into_iter().fold(request, |request, id| request.id(id)).finish()
}
