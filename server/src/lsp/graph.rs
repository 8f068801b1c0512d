//! The request `asl/graph`: the parameters are `{"textDocument": {"uri": …}, "format": "json"}`, and the answer is
//! null for a document that is not ours, `{"content": "…"}` for a format that is text, or the nodes, edges and groups
//! as [`json`] describes them, with the version of the document.

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::lsp_types::TextDocumentIdentifier;

use super::state::Snapshot;
use crate::analysis::Analysis;
use crate::graph::{dot, graph, json, mermaid, svg};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GraphParams {
    pub text_document: TextDocumentIdentifier,
    #[serde(default)]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    #[default]
    Json,
    Svg,
    Mermaid,
    Dot,
}

pub(crate) fn answer(snapshot: &Snapshot, analysis: &Analysis, format: Format) -> Value {
    let graph = graph(analysis);
    let (text, encoding) = (&analysis.text, snapshot.client.encoding);
    match format {
        Format::Svg => json!({ "content": svg::svg(&graph, text, encoding) }),
        Format::Mermaid => json!({ "content": mermaid::mermaid(&graph) }),
        Format::Dot => json!({ "content": dot::dot(&graph) }),
        Format::Json => {
            let mut drawing = json::json(&graph, text, encoding);
            drawing["version"] = snapshot.document.version.into();
            drawing
        }
    }
}
