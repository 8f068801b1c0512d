//! Work-done progress, for the documents whose first check takes long enough to wonder.

use tower_lsp::Client as Peer;
use tower_lsp::lsp_types::notification::Progress;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::{
    NumberOrString, ProgressParams, ProgressParamsValue, Url, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCreateParams, WorkDoneProgressEnd,
};

/// From this many bytes on a first check is announced.
pub(super) const WORTH_IT: usize = 2 << 20;

/// Announces a check, runs it, and says when it is done. Waits for the client: must be spawned.
pub(super) async fn announced<T>(peer: &Peer, uri: &Url, work: impl Future<Output = T>) -> T {
    let token = NumberOrString::String(format!("check {uri}"));
    let begin = async {
        let params = WorkDoneProgressCreateParams { token: token.clone() };
        let created = peer.send_request::<WorkDoneProgressCreate>(params).await.is_ok();
        if created {
            let name = uri.path().rsplit('/').next().unwrap_or_default();
            let begin = WorkDoneProgressBegin { title: format!("Checking {name}"), ..Default::default() };
            tell(peer, &token, WorkDoneProgress::Begin(begin)).await;
        }
        created
    };
    let (created, result) = tokio::join!(begin, work);
    if created {
        tell(peer, &token, WorkDoneProgress::End(WorkDoneProgressEnd::default())).await;
    }
    result
}

async fn tell(peer: &Peer, token: &NumberOrString, progress: WorkDoneProgress) {
    let value = ProgressParamsValue::WorkDone(progress);
    peer.send_notification::<Progress>(ProgressParams { token: token.clone(), value }).await;
}
