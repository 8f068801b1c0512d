//! What the client can do, and what we offer it.

use asl_grammar::text::Encoding;
use tower_lsp::lsp_types::*;

use super::tokens;
use crate::ide;

/// What we need to know of the client. We look at what it says it can do, never at its name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Client {
    pub encoding: Encoding,
    /// It asks for diagnostics; then we do not push any.
    pub pulls: bool,
    pub refreshes: bool,
    pub configuration: bool,
    pub dynamic_configuration: bool,
    pub watches_files: bool,
    pub progress: bool,
    pub hierarchical_symbols: bool,
    pub definition_links: bool,
    pub semantic_tokens: bool,
    /// It takes tokens that reach over the end of a line.
    pub multiline_tokens: bool,
    pub folding: ide::folding::Options,
    pub markdown: bool,
    pub snippets: bool,
    /// It takes the places of parameters in a signature, instead of their texts.
    pub label_offsets: bool,
    /// It puts the additional edits of a completion where they belong also behind the cursor. Neovim and Helix apply
    /// them after the main edit has moved that text, so a client has to say so, in its experimental capabilities:
    /// `{"editsBehindCompletion": true}`.
    pub edits_behind_completion: bool,
    /// It asks for the documentation of the item that it shows.
    pub resolves_docs: bool,
    pub insert_replace: bool,
    pub label_details: bool,
    pub completion_tags: bool,
    pub completion_deprecated: bool,
    pub completion_markdown: bool,
    /// It can insert a text of several lines as it is.
    pub inserts_as_is: bool,
    /// Unless told otherwise, it indents the lines of a text like the line it is inserted in. (Snippets are indented
    /// so by all.)
    pub adjusts_indentation: bool,
    pub related_information: bool,
    pub code_description: bool,
    pub diagnostic_tags: bool,
    pub code_action_literals: bool,
    /// The edit of a code action may follow when it is chosen.
    pub resolves_code_actions: bool,
    /// A diagnostic comes back with its data.
    pub diagnostic_data: bool,
    pub inlay_hints: bool,
    pub refreshes_inlay_hints: bool,
    pub link_tooltips: bool,
}

impl Client {
    pub fn new(capabilities: &ClientCapabilities) -> Client {
        let general = capabilities.general.as_ref();
        let utf8 = general
            .and_then(|general| general.position_encodings.as_ref())
            .is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8));
        let document = capabilities.text_document.clone().unwrap_or_default();
        let workspace = capabilities.workspace.clone().unwrap_or_default();
        let diagnostics = document.publish_diagnostics.unwrap_or_default();
        let signature = document.signature_help.and_then(|it| it.signature_information);
        let completion = document.completion.unwrap_or_default();
        let insert_text_mode = completion.insert_text_mode;
        let completion = completion.completion_item.unwrap_or_default();
        let hover = document.hover.and_then(|it| it.content_format).unwrap_or_default();
        let folding = document.folding_range.unwrap_or_default();
        let code_action = document.code_action.unwrap_or_default();
        let dynamic = |it: Option<DynamicRegistrationClientCapabilities>| {
            it.and_then(|it| it.dynamic_registration).unwrap_or_default()
        };
        Client {
            encoding: if utf8 { Encoding::Utf8 } else { Encoding::Utf16 },
            pulls: document.diagnostic.is_some(),
            refreshes: workspace.diagnostic.and_then(|it| it.refresh_support).unwrap_or_default(),
            configuration: workspace.configuration.unwrap_or_default(),
            dynamic_configuration: dynamic(workspace.did_change_configuration),
            watches_files: workspace
                .did_change_watched_files
                .and_then(|it| it.dynamic_registration)
                .unwrap_or_default(),
            progress: capabilities.window.as_ref().and_then(|it| it.work_done_progress).unwrap_or_default(),
            hierarchical_symbols: document
                .document_symbol
                .and_then(|it| it.hierarchical_document_symbol_support)
                .unwrap_or_default(),
            folding: ide::folding::Options {
                lines_only: folding.line_folding_only.unwrap_or_default(),
                limit: folding.range_limit.map(|limit| limit as usize),
            },
            semantic_tokens: document.semantic_tokens.is_some(),
            multiline_tokens: document
                .semantic_tokens
                .and_then(|it| it.multiline_token_support)
                .unwrap_or_default(),
            definition_links: document.definition.and_then(|it| it.link_support).unwrap_or_default(),
            markdown: hover.is_empty() || hover.contains(&MarkupKind::Markdown),
            snippets: completion.snippet_support.unwrap_or_default(),
            label_offsets: signature
                .and_then(|it| it.parameter_information)
                .and_then(|it| it.label_offset_support)
                .unwrap_or_default(),
            edits_behind_completion: capabilities
                .experimental
                .as_ref()
                .is_some_and(|it| it["editsBehindCompletion"] == true),
            resolves_docs: completion
                .resolve_support
                .is_some_and(|it| it.properties.iter().any(|name| name == "documentation")),
            insert_replace: completion.insert_replace_support.unwrap_or_default(),
            label_details: completion.label_details_support.unwrap_or_default(),
            completion_tags: completion.tag_support.is_some(),
            completion_deprecated: completion.deprecated_support.unwrap_or_default(),
            completion_markdown: completion
                .documentation_format
                .is_none_or(|it| it.is_empty() || it.contains(&MarkupKind::Markdown)),
            inserts_as_is: completion
                .insert_text_mode_support
                .is_some_and(|it| it.value_set.contains(&InsertTextMode::AS_IS)),
            adjusts_indentation: insert_text_mode == Some(InsertTextMode::ADJUST_INDENTATION),
            related_information: diagnostics.related_information.unwrap_or_default(),
            code_description: diagnostics.code_description_support.unwrap_or_default(),
            diagnostic_tags: diagnostics.tag_support.is_some(),
            code_action_literals: code_action.code_action_literal_support.is_some(),
            resolves_code_actions: code_action.data_support.unwrap_or_default()
                && code_action
                    .resolve_support
                    .is_some_and(|it| it.properties.iter().any(|property| property == "edit")),
            diagnostic_data: diagnostics.data_support.unwrap_or_default(),
            inlay_hints: document.inlay_hint.is_some(),
            refreshes_inlay_hints: workspace.inlay_hint.and_then(|it| it.refresh_support).unwrap_or_default(),
            link_tooltips: document.document_link.and_then(|it| it.tooltip_support).unwrap_or_default(),
        }
    }
}

/// The kind of the action that applies all our safe fixes: an editor may ask for it when it saves.
pub(crate) const FIX_ALL: &str = "source.fixAll.asl-lsp";

pub(crate) fn capabilities(client: &Client) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match client.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        diagnostic_provider: client.pulls.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("asl-lsp".into()),
                ..DiagnosticOptions::default()
            })
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["\"", ":", ".", "$", "{"].map(str::to_owned).to_vec()),
            resolve_provider: Some(true),
            ..CompletionOptions::default()
        }),
        inlay_hint_provider: client.inlay_hints.then_some(OneOf::Left(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        signature_help_provider: Some(SignatureHelpOptions {
            trigger_characters: Some(["(", ","].map(str::to_owned).to_vec()),
            retrigger_characters: Some(vec![")".to_owned()]),
            ..SignatureHelpOptions::default()
        }),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: client.semantic_tokens.then(|| {
            SemanticTokensServerCapabilities::SemanticTokensOptions(SemanticTokensOptions {
                legend: tokens::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
                ..SemanticTokensOptions::default()
            })
        }),
        code_action_provider: client.code_action_literals.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QUICKFIX,
                    CodeActionKind::SOURCE_FIX_ALL,
                    FIX_ALL.into(),
                ]),
                resolve_provider: Some(client.resolves_code_actions),
                ..CodeActionOptions::default()
            })
        }),
        ..ServerCapabilities::default()
    }
}
