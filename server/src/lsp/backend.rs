//! The handlers: each takes its snapshot or applies its edit, and leaves the work to others.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use asl_grammar::format::{Style, format, format_range};
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::*;
use tower_lsp::{Client as Peer, LanguageServer, async_trait};

use super::convert::{Converter, documentation, range_from};
use super::graph::{self, GraphParams};
use super::options::{Client, FIX_ALL, capabilities};
use super::pool::Pool;
use super::state::{Open, Snapshot, State, configuration, kind_of};
use super::{End, log, publish, settings, tokens};
use crate::analysis::{Analysis, MAX_LEN};
use crate::document::{Change, Document};
use crate::ide;
use crate::rules;

/// As many symbols are given for a query in the workspace.
const MOST_SYMBOLS: usize = 500;

pub(crate) struct Backend {
    peer: Peer,
    state: Arc<State>,
    end: Arc<End>,
    pool: Pool,
}

impl Backend {
    pub fn new(peer: Peer, end: Arc<End>) -> Backend {
        Backend { peer, state: Arc::default(), end, pool: Pool::new() }
    }

    /// `asl/version`: for an editor's status line, and for whoever wants to know that the server still answers.
    pub async fn version(&self) -> Result<Value> {
        Ok(Value::String(env!("CARGO_PKG_VERSION").into()))
    }

    /// `asl/graph`: the machine of a document as a drawing, or as a text that draws it.
    pub async fn graph(&self, params: GraphParams) -> Result<Option<Value>> {
        let format = params.format;
        self.ask(&params.text_document.uri, move |snapshot, analysis, _| {
            Some(graph::answer(snapshot, analysis, format))
        })
        .await
    }

    /// Computes an answer about a document, away from the thread that handles messages. The version is the one that
    /// the document had when the request came in. A panic becomes an error; a request that the client has cancelled
    /// is not begun.
    async fn ask<T: Send + 'static>(
        &self,
        uri: &Url,
        answer: impl FnOnce(&Snapshot, &Analysis, &Converter) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(snapshot) = self.state.snapshot(uri) else { return Ok(None) };
        self.compute(snapshot, answer).await
    }

    /// The same of a version that has been taken before.
    async fn compute<T: Send + 'static>(
        &self,
        snapshot: Snapshot,
        answer: impl FnOnce(&Snapshot, &Analysis, &Converter) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let cancelled = Cancelled::default();
        let flag = cancelled.0.clone();
        let job = move || {
            if flag.load(Ordering::Relaxed) || !snapshot.document.is_ours() {
                return None;
            }
            let analysis = snapshot.document.analysis();
            answer(&snapshot, analysis, &Converter::new(&analysis.text, &snapshot))
        };
        let answer = self.pool.run(job).await.map_err(|_| {
            tracing::error!("a request failed");
            Error {
                code: ErrorCode::InternalError,
                message: "the request failed; see the log".into(),
                data: None,
            }
        });
        drop(cancelled);
        answer
    }

    /// The same at a position.
    async fn ask_at<T: Send + 'static>(
        &self,
        place: TextDocumentPositionParams,
        answer: impl FnOnce(&Analysis, usize, &Converter) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        self.ask(&place.text_document.uri, move |_, analysis, convert| {
            answer(analysis, convert.offset(place.position), convert)
        })
        .await
    }

    /// All semantic tokens of a document, kept until the client asks what has changed since.
    async fn tokens(&self, uri: &Url) -> Result<Option<Arc<SemanticTokens>>> {
        let tokens = self.ask(uri, |snapshot, analysis, _| {
            let data = encoded(snapshot, analysis, 0..analysis.text.len());
            Some(Arc::new(SemanticTokens { result_id: Some(snapshot.document.serial.to_string()), data }))
        });
        let tokens = tokens.await?;
        if let Some(open) = self.state.lock().documents.get_mut(uri) {
            open.tokens = tokens.clone();
        }
        Ok(tokens)
    }

    fn insert(&self, uri: Url, document: Document) {
        let document = Arc::new(document);
        self.state.lock().documents.insert(uri.clone(), Open { document, checking: false, tokens: None });
        publish::schedule(&self.state, &self.peer, &self.pool, &uri);
    }
}

/// Set when the future that holds it is dropped: tower-lsp does so when the client cancels.
#[derive(Default)]
struct Cancelled(Arc<AtomicBool>);

impl Drop for Cancelled {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = Client::new(&params.capabilities);
        let capabilities = capabilities(&client);
        {
            let mut inner = self.state.lock();
            inner.client = client;
            inner.settings = params.initialization_options.unwrap_or(Value::Null);
        }
        if let Some(parent) = params.process_id {
            watch_parent(parent, self.end.clone());
        }
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "asl-lsp".into(),
                version: Some(env!("CARGO_PKG_VERSION").into()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        if let Some(messages) = log::messages() {
            tokio::spawn(log::forward(messages, self.peer.clone()));
        }
        tokio::spawn(settings::start(self.state.clone(), self.peer.clone(), self.pool.clone()));
    }

    async fn shutdown(&self) -> Result<()> {
        self.end.announce();
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        let (declared, format) = kind_of(&item.uri, &item.language_id);
        let client_settings = self.state.lock().settings.clone();
        // A look for the settings file; microseconds where there is none.
        let (config, problems) = configuration(&item.uri, &client_settings);
        let document = Document::new(item.version, declared, format, &item.text, self.state.shared(config));
        self.insert(item.uri, document);
        settings::tell(&self.state, &self.peer, problems);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let uri = params.text_document.uri;
        let changes = params
            .content_changes
            .into_iter()
            .map(|change| Change { range: change.range.map(range_from), text: change.text });
        {
            let mut inner = self.state.lock();
            let encoding = inner.client.encoding;
            let Some(open) = inner.documents.get_mut(&uri) else {
                tracing::warn!(%uri, "an edit of a document that is not open");
                return;
            };
            let edited = open.document.edited(params.text_document.version, changes.collect(), encoding);
            if edited.out_of_sync && !open.document.out_of_sync {
                tracing::error!(%uri, version = edited.version, "an edit ends before it starts; the document is out of sync until its whole text comes");
            }
            open.document = Arc::new(edited);
        }
        publish::schedule(&self.state, &self.peer, &self.pool, &uri);
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        // Not every client watches files: a settings file may have changed.
        settings::spread(self.state.clone(), self.peer.clone(), self.pool.clone());
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        let pulls = {
            let mut inner = self.state.lock();
            inner.documents.remove(&uri);
            inner.client.pulls
        };
        if !pulls {
            let peer = self.peer.clone();
            tokio::spawn(async move { peer.publish_diagnostics(uri, Vec::new(), None).await });
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if params.settings.is_null() {
            tokio::spawn(settings::pull(self.state.clone(), self.peer.clone(), self.pool.clone()));
        } else {
            settings::change(&self.state, &self.peer, &self.pool, params.settings);
        }
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        settings::spread(self.state.clone(), self.peer.clone(), self.pool.clone());
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let uri = params.text_document.uri;
        let known = params.previous_result_id;
        let report = self.ask(&uri, move |snapshot, _, _| {
            // Not the version: it begins anew with each opening, and settings change in between.
            let id = snapshot.document.serial.to_string();
            Some(if known.as_deref() == Some(&id) {
                let unchanged = UnchangedDocumentDiagnosticReport { result_id: id };
                DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                    related_documents: None,
                    unchanged_document_diagnostic_report: unchanged,
                })
            } else {
                full_report(Some(id), publish::diagnostics(snapshot))
            })
        });
        let report = report.await?.unwrap_or_else(|| full_report(None, Vec::new()));
        Ok(DocumentDiagnosticReportResult::Report(report))
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(&params.text_document.uri, |_, analysis, convert| {
            Some(convert.symbols(&ide::symbols::symbols(analysis)))
        })
        .await
    }

    /// The states of all open documents.
    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        let mut found = Vec::new();
        for snapshot in self.state.snapshots() {
            let query = params.query.clone();
            let symbols = self.compute(snapshot, move |_, analysis, convert| {
                Some(convert.workspace_symbols(&ide::symbols::symbols(analysis), &query))
            });
            found.extend(symbols.await?.unwrap_or_default());
            // More than anybody reads; further letters narrow it down.
            found.truncate(MOST_SYMBOLS);
        }
        Ok(Some(found))
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask(&params.text_document.uri, move |_, analysis, convert| {
            let hints = ide::inlay::inlay_hints(analysis, convert.bytes(params.range));
            Some(hints.iter().map(|hint| convert.inlay_hint(hint)).collect())
        })
        .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.ask(&params.text_document.uri, |_, analysis, convert| {
            let links = ide::links::links(analysis);
            Some(links.iter().filter_map(|link| convert.link(link)).collect())
        })
        .await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.ask_at(params.text_document_position_params, |analysis, offset, convert| {
            let hover = ide::hover::hover(analysis, offset)?;
            Some(Hover {
                contents: HoverContents::Markup(convert.markup(&hover.markdown)),
                range: Some(convert.range(hover.range)),
            })
        })
        .await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        self.ask_at(params.text_document_position_params, |analysis, offset, convert| {
            Some(convert.definition(&ide::definition::definition(analysis, offset)?))
        })
        .await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let declaration = params.context.include_declaration;
        self.ask_at(params.text_document_position, move |analysis, offset, convert| {
            let uses = ide::references::references(analysis, offset)?;
            let ranges = uses.definitions.into_iter().filter(|_| declaration).chain(uses.uses);
            Some(ranges.map(|range| convert.location(range)).collect())
        })
        .await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        self.ask_at(params.text_document_position_params, |analysis, offset, convert| {
            let uses = ide::references::references(analysis, offset)?;
            let highlight = |range, kind| DocumentHighlight { range: convert.range(range), kind: Some(kind) };
            let definitions =
                uses.definitions.into_iter().map(|it| highlight(it, DocumentHighlightKind::WRITE));
            let uses = uses.uses.into_iter().map(|it| highlight(it, DocumentHighlightKind::READ));
            Some(definitions.chain(uses).collect())
        })
        .await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        self.ask_at(params, |analysis, offset, convert| {
            let target = ide::rename::prepare(analysis, offset)?;
            Some(PrepareRenameResponse::RangeWithPlaceholder {
                range: convert.range(target.range),
                placeholder: target.name,
            })
        })
        .await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let name = params.new_name;
        let edit = self.ask_at(params.text_document_position, move |analysis, offset, convert| {
            Some(ide::rename::rename(analysis, offset, &name).map(|edits| convert.workspace_edit(&edits)))
        });
        match edit.await? {
            None => Ok(None),
            Some(Ok(edit)) => Ok(Some(edit)),
            Some(Err(reason)) => Err(Error::invalid_params(reason)),
        }
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask(&params.text_document.uri, |snapshot, analysis, convert| {
            let folds = ide::folding::folds(analysis, snapshot.client.folding);
            Some(folds.iter().map(|fold| convert.fold(fold)).collect())
        })
        .await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        self.ask(&params.text_document.uri, move |_, analysis, convert| {
            let around = |position| ide::selection::selection(analysis, convert.offset(position));
            Some(positions.into_iter().map(|position| convert.selection(around(position))).collect())
        })
        .await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let tokens = self.tokens(&params.text_document.uri).await?;
        Ok(tokens.map(|tokens| SemanticTokensResult::Tokens((*tokens).clone())))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let uri = params.text_document.uri;
        let old = self.state.lock().documents.get(&uri).and_then(|open| open.tokens.clone());
        let old = old.filter(|old| old.result_id.as_ref() == Some(&params.previous_result_id));
        let tokens = self.tokens(&uri).await?;
        Ok(tokens.map(|tokens| match old {
            Some(old) => SemanticTokensFullDeltaResult::TokensDelta(tokens::difference(&old.data, &tokens)),
            None => SemanticTokensFullDeltaResult::Tokens((*tokens).clone()),
        }))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        self.ask(&params.text_document.uri, move |snapshot, analysis, convert| {
            let data = encoded(snapshot, analysis, convert.bytes(range));
            Some(SemanticTokensRangeResult::Tokens(SemanticTokens { result_id: None, data }))
        })
        .await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask(&params.text_document.uri, move |snapshot, analysis, convert| {
            let style = style(snapshot, &params.options)?;
            let edits = format(analysis.syntax.format, &analysis.text, style)?;
            Some(edits.iter().map(|edit| convert.edit(edit)).collect())
        })
        .await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask(&params.text_document.uri, move |snapshot, analysis, convert| {
            let style = style(snapshot, &params.options)?;
            let range = convert.bytes(params.range);
            let edits = format_range(analysis.syntax.format, &analysis.text, style, range)?;
            Some(edits.iter().map(|edit| convert.edit(edit)).collect())
        })
        .await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let uri = params.text_document_position.text_document.uri;
        let position = params.text_document_position.position;
        self.ask(&uri, move |_, analysis, convert| {
            let found = ide::completion::complete(analysis, convert.offset(position));
            let items = found.items.iter().enumerate();
            let items = items.filter_map(|(index, item)| convert.completion(index, item)).collect();
            let is_incomplete = found.incomplete;
            Some(CompletionResponse::List(CompletionList { is_incomplete, items }))
        })
        .await
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        self.ask_at(params.text_document_position_params, |analysis, offset, convert| {
            Some(convert.signature(&ide::signature::signature(analysis, offset)?))
        })
        .await
    }

    async fn completion_resolve(&self, mut item: CompletionItem) -> Result<CompletionItem> {
        // What an item means depends on no document: its data says it all.
        let docs = item.data.as_ref().and_then(ide::completion::Docs::of_key);
        if let Some(docs) = docs.filter(|_| item.documentation.is_none()) {
            let client = self.state.lock().client.clone();
            let text = self.pool.run(move || docs.text()).await.ok().flatten();
            item.documentation = text.map(|text| documentation(&text, &client));
        }
        Ok(item)
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let only = params.context.only;
        let range = params.range;
        self.ask(&params.text_document.uri, move |snapshot, analysis, convert| {
            let named = |kind: &str| only.as_ref().is_some_and(|only| only.iter().any(|it| within(kind, it)));
            let mut actions = Vec::new();
            if only.is_none() || named(CodeActionKind::QUICKFIX.as_str()) {
                actions.extend(ide::actions::fixes(analysis, convert.bytes(range)));
            }
            if only.is_none() || named(FIX_ALL) {
                actions.extend(ide::actions::all_fixes(analysis));
            }
            let convert = |action: &ide::actions::Action| {
                let later = !matches!(action.change, ide::actions::Change::Edits(_));
                let edits = (!later || !snapshot.client.resolves_code_actions)
                    .then(|| ide::actions::edits(analysis, action.change));
                let useless = edits.as_ref().is_some_and(|edits| later && edits.is_empty());
                (!useless).then(|| convert.action(action, edits.as_deref()))
            };
            Some(actions.iter().filter_map(convert).collect())
        })
        .await
    }

    async fn code_action_resolve(&self, mut action: CodeAction) -> Result<CodeAction> {
        let data = action.data.take().unwrap_or_default();
        let Some(uri) = data["uri"].as_str().and_then(|uri| Url::parse(uri).ok()) else { return Ok(action) };
        let rule = data["rule"].as_str().and_then(rules::find);
        let edit = self.ask(&uri, move |_, analysis, convert| {
            let edits = ide::actions::edits(analysis, ide::actions::Change::All(rule));
            Some(convert.workspace_edit(&edits))
        });
        action.edit = edit.await?;
        Ok(action)
    }
}

/// Is a kind of code action the one asked for, or one of those below it?
fn within(kind: &str, asked: &CodeActionKind) -> bool {
    kind.strip_prefix(asked.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || asked.as_str().is_empty())
}

fn encoded(snapshot: &Snapshot, analysis: &Analysis, range: Range<usize>) -> Vec<SemanticToken> {
    let found = ide::tokens::tokens(analysis, range);
    let client = &snapshot.client;
    tokens::encode(&analysis.text, &found, client.encoding, client.multiline_tokens)
}

/// The settings say how far to indent; where they are silent, the editor does. None for a text that nobody looks into.
fn style(snapshot: &Snapshot, options: &FormattingOptions) -> Option<Style> {
    let style = match snapshot.document.config().indent {
        Some(indent) => Style { indent, tabs: false },
        None => Style { indent: options.tab_size.clamp(1, 8) as usize, tabs: !options.insert_spaces },
    };
    (snapshot.document.text.len() <= MAX_LEN).then_some(style)
}

fn full_report(result_id: Option<String>, items: Vec<Diagnostic>) -> DocumentDiagnosticReport {
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None::<HashMap<_, _>>,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
}

/// Ends the server when the process that started it is gone.
#[cfg(unix)]
fn watch_parent(parent: u32, end: Arc<End>) {
    let Some(pid) = i32::try_from(parent).ok().and_then(rustix::process::Pid::from_raw) else { return };
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
            if rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH) {
                tracing::info!(parent, "the process that started the server is gone");
                return end.now();
            }
        }
    });
}

/// Elsewhere the end of stdin tells the same.
#[cfg(not(unix))]
fn watch_parent(_: u32, _: Arc<End>) {}
