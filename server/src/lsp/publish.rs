//! Diagnostics: one task for each document that needs checking, always on its newest version.
//!
//! There is no delay. While one version is checked, further edits only mark that there is more to do, so a burst of
//! keys costs as many checks as fit into it, and a single key is answered at once.

use std::sync::Arc;

use tower_lsp::Client as Peer;
use tower_lsp::lsp_types::{Diagnostic, Url};

use super::convert;
use super::pool::Pool;
use super::progress;
use super::state::{Snapshot, State};
use crate::check::Finding;

/// Makes sure that the document gets checked.
pub(crate) fn schedule(state: &Arc<State>, peer: &Peer, pool: &Pool, uri: &Url) {
    {
        let mut inner = state.lock();
        if inner.client.pulls {
            return warm(state.clone(), pool.clone(), uri.clone(), &mut inner);
        }
        match inner.documents.get_mut(uri) {
            Some(open) if !open.checking => open.checking = true,
            _ => return,
        }
    }
    tokio::spawn(check(state.clone(), peer.clone(), pool.clone(), uri.clone()));
}

/// A client that pulls makes us compute when it asks; only the preparation for the next edit is left to us.
fn warm(state: Arc<State>, pool: Pool, uri: Url, inner: &mut super::state::Inner) {
    let Some(open) = inner.documents.get_mut(&uri).filter(|open| !open.checking) else { return };
    open.checking = true;
    let document = open.document.clone();
    tokio::spawn(async move {
        if pool.run(move || document.warm()).await.is_err() {
            tracing::error!(%uri, "preparing for the next edit failed");
        }
        if let Some(open) = state.lock().documents.get_mut(&uri) {
            open.checking = false;
        }
    });
}

async fn check(state: Arc<State>, peer: Peer, pool: Pool, uri: Url) {
    loop {
        let Some(snapshot) = state.snapshot(&uri) else { return };
        let document = snapshot.document.clone();
        let long =
            document.is_first() && document.text.len() > progress::WORTH_IT && snapshot.client.progress;
        let work = pool.run(move || diagnostics(&snapshot));
        let diagnostics = if long { progress::announced(&peer, &uri, work).await } else { work.await };
        let newest = match state.lock().documents.get_mut(&uri) {
            None => return,
            Some(open) => Arc::ptr_eq(&open.document, &document),
        };
        if !newest {
            continue;
        }
        match diagnostics {
            Ok(diagnostics) => {
                peer.publish_diagnostics(uri.clone(), diagnostics, Some(document.version)).await
            }
            Err(_) => tracing::error!(%uri, version = document.version, "checking failed"),
        }
        let prepared = document.clone();
        if pool.run(move || prepared.warm()).await.is_err() {
            tracing::error!(%uri, "preparing for the next edit failed");
        }
        match state.lock().documents.get_mut(&uri) {
            None => return,
            Some(open) if Arc::ptr_eq(&open.document, &document) => {
                open.checking = false;
                return;
            }
            Some(_) => {}
        }
    }
}

/// What the client shows about a version of a document.
pub(crate) fn diagnostics(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let document = &snapshot.document;
    if !document.is_ours() {
        return Vec::new();
    }
    let analysis = document.analysis();
    let convert = convert::Converter::new(&analysis.text, snapshot);
    // An editor that is sent tens of thousands of them does nothing else any more.
    const MOST: usize = 1_000;
    let findings: Vec<&Finding> = analysis.findings().iter().take(MOST).collect();
    findings.into_iter().map(|finding| convert.diagnostic(finding)).collect()
}
