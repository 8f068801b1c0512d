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
mod log;
mod options;
mod pool;
mod progress;
mod publish;
mod settings;
mod state;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::Notify;
use tower_lsp::jsonrpc::Request;
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
            .finish();
        let service = WatchExit { service, end: end.clone() };
        let server =
            Server::new(tokio::io::stdin(), tokio::io::stdout(), socket).concurrency_level(CONCURRENCY);
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

/// Notices `exit`: tower-lsp goes on as long as stdin is open.
struct WatchExit<S> {
    service: S,
    end: Arc<End>,
}

impl<S: tower::Service<Request>> tower::Service<Request> for WatchExit<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if request.method() == "exit" {
            self.end.now();
        }
        self.service.call(request)
    }
}
