//! Settings: asked for, listened to, and spread to the documents.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::Client as Peer;
use tower_lsp::lsp_types::{
    ConfigurationItem, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, MessageType,
    Registration, Url,
};

use super::pool::Pool;
use super::publish;
use super::state::{State, configuration};
use crate::config::FILE_NAME;

/// The section of the client's settings that is ours.
pub(crate) const SECTION: &str = "asl";

/// Asks to be told of changes, then asks for the settings. Waits for the client: must be spawned.
pub(crate) async fn start(state: Arc<State>, peer: Peer, computing: Pool) {
    let client = state.lock().client.clone();
    let mut registrations = Vec::new();
    if client.dynamic_configuration {
        registrations.push(Registration {
            id: "asl-configuration".into(),
            method: "workspace/didChangeConfiguration".into(),
            register_options: Some(serde_json::json!({ "section": SECTION })),
        });
    }
    if client.watches_files {
        let watcher =
            FileSystemWatcher { glob_pattern: GlobPattern::String(format!("**/{FILE_NAME}")), kind: None };
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
        registrations.push(Registration {
            id: "asl-settings-file".into(),
            method: "workspace/didChangeWatchedFiles".into(),
            register_options: serde_json::to_value(options).ok(),
        });
    }
    if !registrations.is_empty()
        && let Err(error) = peer.register_capability(registrations).await
    {
        tracing::warn!(%error, "the client refused a registration");
    }
    pull(state, peer, computing).await;
}

/// Asks the client for its settings, where it answers such a question. Waits for the client: must be spawned.
pub(crate) async fn pull(state: Arc<State>, peer: Peer, computing: Pool) {
    if !state.lock().client.configuration {
        return;
    }
    let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.into()) };
    match peer.configuration(vec![item]).await {
        Ok(values) => {
            let value = values.into_iter().next().unwrap_or(Value::Null);
            if !value.is_null() {
                change(&state, &peer, &computing, value);
            }
        }
        Err(error) => tracing::warn!(%error, "the client gave no settings"),
    }
}

/// Takes new settings of the client over.
pub(crate) fn change(state: &Arc<State>, peer: &Peer, computing: &Pool, settings: Value) {
    let settings = settings.get(SECTION).cloned().unwrap_or(settings);
    let changed = {
        let mut inner = state.lock();
        let changed = inner.settings != settings;
        inner.settings = settings;
        changed
    };
    if changed {
        spread(state.clone(), peer.clone(), computing.clone());
    }
}

/// Works the settings out anew for every open document, and checks those again for which they have changed.
pub(crate) fn spread(state: Arc<State>, peer: Peer, computing: Pool) {
    let (settings, uris) = {
        let inner = state.lock();
        (inner.settings.clone(), inner.documents.keys().cloned().collect::<Vec<Url>>())
    };
    tokio::spawn(async move {
        // Reads files, so not here.
        let found = tokio::task::spawn_blocking(move || {
            uris.into_iter().map(|uri| (configuration(&uri, &settings), uri)).collect::<Vec<_>>()
        });
        let Ok(found) = found.await else { return };
        let mut other_hints = false;
        for ((config, problems), uri) in found {
            let config = state.shared(config);
            let changed = match state.lock().documents.get_mut(&uri) {
                Some(open) if **open.document.config() != *config => {
                    other_hints |= open.document.config().inlay != config.inlay;
                    open.document = Arc::new(open.document.reconfigured(config));
                    true
                }
                _ => false,
            };
            if changed {
                publish::schedule(&state, &peer, &computing, &uri);
            }
            tell(&state, &peer, problems);
        }
        let refresh = state.lock().client.pulls && state.lock().client.refreshes;
        if refresh && let Err(error) = peer.workspace_diagnostic_refresh().await {
            tracing::debug!(%error, "the client did not refresh its diagnostics");
        }
        let refresh = other_hints && state.lock().client.refreshes_inlay_hints;
        if refresh && let Err(error) = peer.inlay_hint_refresh().await {
            tracing::debug!(%error, "the client did not refresh its inlay hints");
        }
    });
}

/// Tells the user what is wrong with the settings, once.
pub(crate) fn tell(state: &State, peer: &Peer, problems: Vec<String>) {
    for problem in problems {
        if state.lock().told.insert(problem.clone()) {
            let peer = peer.clone();
            tokio::spawn(async move {
                peer.show_message(MessageType::WARNING, format!("asl-lsp: {problem}")).await
            });
        }
    }
}
