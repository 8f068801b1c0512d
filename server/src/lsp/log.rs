//! The log: to stderr or a file in full, and what a user should see to the editor as `window/logMessage`.

use std::fmt::Write;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use tokio::sync::mpsc::{Receiver, Sender, channel};
use tower_lsp::Client as Peer;
use tower_lsp::lsp_types::MessageType;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Messages that wait for the editor; what comes when it is full is in the other log.
const WAITING: usize = 100;

static TO_EDITOR: OnceLock<Sender<(MessageType, String)>> = OnceLock::new();

/// Starts logging to stderr, or to a file, from a level of `tracing` on.
pub(super) fn start(file: Option<&Path>, level: &str) {
    let level = level.parse().unwrap_or(LevelFilter::WARN);
    let opened = file.map(|path| std::fs::File::options().create(true).append(true).open(path));
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_target(false);
    let registry = tracing_subscriber::registry().with(ToEditor);
    // Whoever uses the library may have set a logger of their own; then that one is used.
    let _ = match opened {
        Some(Ok(file)) => registry.with(layer.with_writer(Mutex::new(file)).with_filter(level)).try_init(),
        Some(Err(error)) => {
            let started = registry.with(layer.with_writer(std::io::stderr).with_filter(level)).try_init();
            tracing::warn!(%error, "cannot write the log file; logging to stderr");
            started
        }
        None => registry.with(layer.with_writer(std::io::stderr).with_filter(level)).try_init(),
    };
}

/// Where the messages for the editor come out.
pub(super) fn messages() -> Option<Receiver<(MessageType, String)>> {
    let (sender, receiver) = channel(WAITING);
    TO_EDITOR.set(sender).ok().map(|()| receiver)
}

/// Sends them on, for as long as the server lives. Must be spawned.
pub(super) async fn forward(mut messages: Receiver<(MessageType, String)>, peer: Peer) {
    while let Some((kind, message)) = messages.recv().await {
        peer.log_message(kind, message).await;
    }
}

/// Takes warnings and errors of our own to the editor.
struct ToEditor;

impl<S: Subscriber> Layer<S> for ToEditor {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let kind = match *event.metadata().level() {
            Level::ERROR => MessageType::ERROR,
            Level::WARN => MessageType::WARNING,
            _ => return,
        };
        if !event.metadata().target().starts_with(env!("CARGO_CRATE_NAME")) {
            return;
        }
        let Some(sender) = TO_EDITOR.get() else { return };
        let mut text = Text::default();
        event.record(&mut text);
        let _ = sender.try_send((kind, text.0));
    }
}

/// An event as one line: its message, then its fields.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = match field.name() {
            "message" => write!(self.0, "{value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}
