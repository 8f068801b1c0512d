//! Between our structs and those of the protocol, between bytes and the editor's positions.

use std::collections::HashMap;
use std::ops::Range;

use asl_grammar::text::{Edit, Position, Text};
use tower_lsp::lsp_types as lsp;

use super::options::{Client, FIX_ALL};
use super::state::Snapshot;
use crate::check::{Finding, Fix, Level, Tag};
use crate::ide::actions::{Action, Change};
use crate::ide::completion::{Completion, Kind, plain_text};
use crate::ide::definition::Definition;
use crate::ide::folding::Fold;
use crate::ide::inlay::InlayHint;
use crate::ide::links::{Link, Target};
use crate::ide::signature::Signature;
use crate::ide::symbols::{Symbol, SymbolKind};

/// Knows the text and the client of one request.
pub(crate) struct Converter<'a> {
    text: &'a Text,
    uri: &'a lsp::Url,
    client: &'a Client,
}

impl<'a> Converter<'a> {
    pub fn new(text: &'a Text, snapshot: &'a Snapshot) -> Converter<'a> {
        Converter { text, uri: &snapshot.uri, client: &snapshot.client }
    }

    pub fn offset(&self, position: lsp::Position) -> usize {
        self.text.offset(position_from(position), self.client.encoding)
    }

    pub fn bytes(&self, range: lsp::Range) -> Range<usize> {
        self.offset(range.start)..self.offset(range.end)
    }

    pub fn range(&self, range: Range<usize>) -> lsp::Range {
        lsp::Range::new(self.position(range.start), self.position(range.end))
    }

    pub fn position(&self, offset: usize) -> lsp::Position {
        let position = self.text.position(offset, self.client.encoding);
        lsp::Position::new(position.line, position.column)
    }

    pub fn location(&self, range: Range<usize>) -> lsp::Location {
        lsp::Location::new(self.uri.clone(), self.range(range))
    }

    pub fn definition(&self, definition: &Definition) -> lsp::GotoDefinitionResponse {
        let targets = definition.targets.iter().cloned();
        if !self.client.definition_links {
            return match definition.targets.as_slice() {
                [only] => lsp::GotoDefinitionResponse::Scalar(self.location(only.clone())),
                _ => lsp::GotoDefinitionResponse::Array(targets.map(|it| self.location(it)).collect()),
            };
        }
        let origin = self.range(definition.origin.clone());
        let link = |target: Range<usize>| lsp::LocationLink {
            origin_selection_range: Some(origin),
            target_uri: self.uri.clone(),
            target_range: self.range(target.clone()),
            target_selection_range: self.range(target),
        };
        lsp::GotoDefinitionResponse::Link(targets.map(link).collect())
    }

    pub fn fold(&self, fold: &Fold) -> lsp::FoldingRange {
        let characters = (!self.client.folding.lines_only).then(|| self.range(fold.range.clone()));
        lsp::FoldingRange {
            start_line: fold.lines.start as u32,
            start_character: characters.map(|range| range.start.character),
            end_line: characters.map_or(fold.lines.end as u32, |range| range.end.line),
            end_character: characters.map(|range| range.end.character),
            kind: fold.comment.then_some(lsp::FoldingRangeKind::Comment),
            collapsed_text: None,
        }
    }

    /// Ranges from the inside out.
    pub fn selection(&self, ranges: Vec<Range<usize>>) -> lsp::SelectionRange {
        let outside_in = ranges.into_iter().rev().map(|range| self.range(range));
        let nested = outside_in
            .fold(None, |parent, range| Some(lsp::SelectionRange { range, parent: parent.map(Box::new) }));
        nested.unwrap_or_else(|| lsp::SelectionRange { range: self.range(0..0), parent: None })
    }

    pub fn edit(&self, edit: &Edit) -> lsp::TextEdit {
        lsp::TextEdit::new(self.range(edit.range.clone()), edit.text.clone())
    }

    pub fn workspace_edit(&self, edits: &[Edit]) -> lsp::WorkspaceEdit {
        let edits = edits.iter().map(|edit| self.edit(edit)).collect();
        lsp::WorkspaceEdit { changes: Some(HashMap::from([(self.uri.clone(), edits)])), ..Default::default() }
    }

    pub fn diagnostic(&self, finding: &Finding) -> lsp::Diagnostic {
        let href = self.client.code_description.then(|| lsp::Url::parse(&finding.rule.url()).ok()).flatten();
        let related = finding.related.iter().map(|related| lsp::DiagnosticRelatedInformation {
            location: self.location(related.range.clone()),
            message: related.message.clone(),
        });
        let tag = finding.rule.tag.filter(|_| self.client.diagnostic_tags).map(|tag| match tag {
            Tag::Unnecessary => lsp::DiagnosticTag::UNNECESSARY,
            Tag::Deprecated => lsp::DiagnosticTag::DEPRECATED,
        });
        let has_related = self.client.related_information && !finding.related.is_empty();
        lsp::Diagnostic {
            range: self.range(finding.range.clone()),
            severity: Some(severity(finding.level)),
            code: Some(lsp::NumberOrString::String(finding.rule.name.to_owned())),
            code_description: href.map(|href| lsp::CodeDescription { href }),
            source: Some("asl-lsp".to_owned()),
            message: finding.message.clone(),
            related_information: has_related.then(|| related.collect()),
            tags: tag.map(|tag| vec![tag]),
            data: (self.client.diagnostic_data && !finding.fixes.is_empty()).then(|| {
                let fix = |fix: &Fix| serde_json::json!({ "title": fix.title, "safe": fix.safe });
                serde_json::json!({ "fixes": finding.fixes.iter().map(fix).collect::<Vec<_>>() })
            }),
        }
    }

    /// None for an item that the client could not insert whole.
    pub fn completion(&self, index: usize, item: &Completion) -> Option<lsp::CompletionItem> {
        let client = self.client;
        let whole = item.whole.as_ref().filter(|_| client.edits_behind_completion);
        if whole.is_none() && item.text.is_empty() {
            return None;
        }
        let snippet = whole.map(|it| &it.snippet).or(item.snippet.as_ref());
        let is_snippet = client.snippets && snippet.is_some();
        let text = match (snippet, whole) {
            (Some(snippet), _) if is_snippet => snippet.clone(),
            (Some(snippet), Some(_)) => plain_text(snippet),
            _ => item.text.clone(),
        };
        let several_lines = text.contains('\n');
        let as_is = several_lines && client.inserts_as_is;
        let adjusts = several_lines && !as_is && (is_snippet || client.adjusts_indentation);
        let text = if adjusts { self.unindented(&text, item.range.start) } else { text };
        let end = whole.map_or(item.range.end, |it| it.end);
        // Neither before nor in the lines that follow does the main edit move anything, if it adds no line.
        let line_end = self.text.line_range(self.text.line_of(item.range.end)).end;
        let possible = |edit: &&Edit| {
            client.edits_behind_completion
                || edit.range.end <= item.range.start
                || (edit.range.start > line_end && !several_lines)
        };
        let mut more: Vec<&Edit> = item.more.iter().filter(possible).collect();
        if more.len() < item.more.len() {
            more.extend(&item.otherwise);
        }
        if whole.is_some() {
            // Its snippet has what the edits behind it would do.
            more.retain(|edit| edit.range.end <= item.range.start);
        }
        let more: Vec<lsp::TextEdit> = more.into_iter().map(|edit| self.edit(edit)).collect();
        let edit = match self.replaced_rest(item) {
            Some(end) if whole.is_none() && !several_lines => {
                lsp::CompletionTextEdit::InsertAndReplace(lsp::InsertReplaceEdit {
                    new_text: text,
                    insert: self.range(item.range.clone()),
                    replace: self.range(item.range.start..end),
                })
            }
            _ => lsp::CompletionTextEdit::Edit(lsp::TextEdit::new(self.range(item.range.start..end), text)),
        };
        let key = item.docs.key().filter(|_| client.resolves_docs);
        let docs = if key.is_some() { None } else { item.docs.text() };
        let detail = (!item.detail.is_empty()).then(|| item.detail.clone());
        let beside = detail.clone().filter(|_| client.label_details);
        Some(lsp::CompletionItem {
            label: item.label.clone(),
            label_details: beside.map(|description| lsp::CompletionItemLabelDetails {
                detail: None,
                description: Some(description),
            }),
            kind: Some(completion_kind(item.kind)),
            detail,
            documentation: docs.map(|it| self.documentation(&it)),
            deprecated: (item.deprecated && client.completion_deprecated && !client.completion_tags)
                .then_some(true),
            filter_text: Some(item.filter.clone()),
            sort_text: Some(format!(
                "{}{index:04}",
                if item.deprecated { 2 } else { 1 - u8::from(item.first) }
            )),
            text_edit: Some(edit),
            insert_text_format: Some(if is_snippet {
                lsp::InsertTextFormat::SNIPPET
            } else {
                lsp::InsertTextFormat::PLAIN_TEXT
            }),
            insert_text_mode: as_is.then_some(lsp::InsertTextMode::AS_IS),
            additional_text_edits: (!more.is_empty()).then_some(more),
            tags: (item.deprecated && client.completion_tags)
                .then(|| vec![lsp::CompletionItemTag::DEPRECATED]),
            data: key,
            ..lsp::CompletionItem::default()
        })
    }

    /// Where an item ends that also replaces the rest of the word, for a client that lets its user choose.
    fn replaced_rest(&self, item: &Completion) -> Option<usize> {
        if !self.client.insert_replace || self.client.edits_behind_completion {
            return None;
        }
        let rest = item.more.iter().find(|it| it.range.start == item.range.end && it.text.is_empty())?;
        Some(rest.range.end)
    }

    /// A text without the indentation that the client will add to its lines.
    fn unindented(&self, text: &str, offset: usize) -> String {
        let line = self.text.slice(self.text.line_range(self.text.line_of(offset)));
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        text.replace(&format!("\n{indent}"), "\n")
    }

    pub fn documentation(&self, markdown: &str) -> lsp::Documentation {
        documentation(markdown, self.client)
    }

    pub fn signature(&self, signature: &Signature) -> lsp::SignatureHelp {
        let label = &signature.label;
        // Offsets into a label count UTF-16 units, whatever encoding the positions are in.
        let units = |at: usize| label[..at].encode_utf16().count() as u32;
        let parameter = |range: &Range<usize>| lsp::ParameterInformation {
            label: match self.client.label_offsets {
                true => lsp::ParameterLabel::LabelOffsets([units(range.start), units(range.end)]),
                false => lsp::ParameterLabel::Simple(label[range.clone()].to_owned()),
            },
            documentation: None,
        };
        // Behind the last parameter there is none to highlight.
        let active = signature.active.unwrap_or(signature.parameters.len()) as u32;
        lsp::SignatureHelp {
            signatures: vec![lsp::SignatureInformation {
                label: label.clone(),
                documentation: Some(lsp::Documentation::MarkupContent(self.markup(&signature.docs))),
                parameters: Some(signature.parameters.iter().map(parameter).collect()),
                active_parameter: Some(active),
            }],
            active_signature: Some(0),
            active_parameter: Some(active),
        }
    }

    /// Without its edit when there is none yet: the client then asks for it with the data.
    pub fn action(&self, action: &Action, edits: Option<&[Edit]>) -> lsp::CodeActionOrCommand {
        let (kind, data) = match action.change {
            Change::Edits(_) => (lsp::CodeActionKind::QUICKFIX, None),
            Change::All(Some(rule)) => (lsp::CodeActionKind::QUICKFIX, Some(rule.name)),
            Change::All(None) => (FIX_ALL.into(), None),
        };
        let diagnostics: Vec<_> = action.findings.iter().map(|finding| self.diagnostic(finding)).collect();
        lsp::CodeActionOrCommand::CodeAction(lsp::CodeAction {
            title: action.title.clone(),
            kind: Some(kind),
            diagnostics: (!diagnostics.is_empty()).then_some(diagnostics),
            edit: edits.map(|edits| self.workspace_edit(edits)),
            is_preferred: Some(action.preferred),
            data: edits.is_none().then(|| serde_json::json!({ "uri": self.uri, "rule": data })),
            ..lsp::CodeAction::default()
        })
    }

    pub fn symbols(&self, symbols: &[Symbol]) -> lsp::DocumentSymbolResponse {
        if self.client.hierarchical_symbols {
            return lsp::DocumentSymbolResponse::Nested(
                symbols.iter().map(|it| self.nested_symbol(it)).collect(),
            );
        }
        let mut flat = Vec::new();
        for symbol in symbols {
            self.flat_symbol(symbol, None, &mut flat);
        }
        lsp::DocumentSymbolResponse::Flat(flat)
    }

    #[allow(deprecated)] // The struct cannot be built without its deprecated field.
    fn nested_symbol(&self, symbol: &Symbol) -> lsp::DocumentSymbol {
        lsp::DocumentSymbol {
            name: symbol.name.clone(),
            detail: (!symbol.detail.is_empty()).then(|| symbol.detail.clone()),
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            range: self.range(symbol.range.clone()),
            selection_range: self.range(symbol.selection.clone()),
            children: Some(symbol.children.iter().map(|it| self.nested_symbol(it)).collect()),
        }
    }

    #[allow(deprecated)] // The struct cannot be built without its deprecated field.
    fn flat_symbol(&self, symbol: &Symbol, container: Option<&str>, flat: &mut Vec<lsp::SymbolInformation>) {
        flat.push(lsp::SymbolInformation {
            name: symbol.name.clone(),
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: self.location(symbol.range.clone()),
            container_name: container.map(str::to_owned),
        });
        for child in &symbol.children {
            self.flat_symbol(child, Some(&symbol.name), flat);
        }
    }

    /// The states of the document whose names hold the letters of a query in their order, in one list.
    pub fn workspace_symbols(&self, symbols: &[Symbol], query: &str) -> Vec<lsp::SymbolInformation> {
        let mut flat = Vec::new();
        for symbol in symbols {
            self.flat_symbol(symbol, None, &mut flat);
        }
        flat.retain(|it| it.kind != symbol_kind(SymbolKind::Branch) && has_letters(&it.name, query));
        flat
    }

    pub fn inlay_hint(&self, hint: &InlayHint) -> lsp::InlayHint {
        let tooltip = (!hint.tooltip.is_empty()).then(|| self.markup(&hint.tooltip));
        lsp::InlayHint {
            position: self.position(hint.offset),
            label: lsp::InlayHintLabel::String(hint.label.clone()),
            kind: None,
            text_edits: None,
            tooltip: tooltip.map(lsp::InlayHintTooltip::MarkupContent),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        }
    }

    /// None for a file that does not exist.
    pub fn link(&self, link: &Link) -> Option<lsp::DocumentLink> {
        let (target, tooltip) = match &link.target {
            Target::Page { url, tooltip } => (lsp::Url::parse(url).ok()?, tooltip.as_str()),
            Target::File(path) => (self.file(path)?, ""),
        };
        Some(lsp::DocumentLink {
            range: self.range(link.range.clone()),
            target: Some(target),
            tooltip: (self.client.link_tooltips && !tooltip.is_empty()).then(|| tooltip.to_owned()),
            data: None,
        })
    }

    /// A file that is named relative to the document.
    fn file(&self, path: &str) -> Option<lsp::Url> {
        let document = self.uri.to_file_path().ok()?;
        let file = document.parent()?.join(path);
        if !file.is_file() {
            return None;
        }
        // Takes the dots out of it.
        self.uri.join(lsp::Url::from_file_path(file).ok()?.as_str()).ok()
    }

    pub fn markup(&self, markdown: &str) -> lsp::MarkupContent {
        if self.client.markdown {
            lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: markdown.to_owned() }
        } else {
            lsp::MarkupContent {
                kind: lsp::MarkupKind::PlainText,
                value: crate::ide::markdown::plain(markdown),
            }
        }
    }
}

/// The documentation of a completion.
pub(crate) fn documentation(markdown: &str, client: &Client) -> lsp::Documentation {
    lsp::Documentation::MarkupContent(match client.completion_markdown {
        true => lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: markdown.to_owned() },
        false => lsp::MarkupContent {
            kind: lsp::MarkupKind::PlainText,
            value: crate::ide::markdown::plain(markdown),
        },
    })
}

fn completion_kind(kind: Kind) -> lsp::CompletionItemKind {
    match kind {
        Kind::Field => lsp::CompletionItemKind::FIELD,
        Kind::State => lsp::CompletionItemKind::REFERENCE,
        Kind::Value => lsp::CompletionItemKind::ENUM_MEMBER,
        Kind::Service => lsp::CompletionItemKind::MODULE,
        Kind::Action | Kind::Function => lsp::CompletionItemKind::FUNCTION,
        Kind::Variable => lsp::CompletionItemKind::VARIABLE,
        Kind::Member => lsp::CompletionItemKind::PROPERTY,
        Kind::Error => lsp::CompletionItemKind::EVENT,
        Kind::Snippet => lsp::CompletionItemKind::SNIPPET,
        Kind::Placeholder => lsp::CompletionItemKind::CONSTANT,
        Kind::Operator => lsp::CompletionItemKind::OPERATOR,
    }
}

pub(crate) fn position_from(position: lsp::Position) -> Position {
    Position { line: position.line, column: position.character }
}

pub(crate) fn range_from(range: lsp::Range) -> Range<Position> {
    position_from(range.start)..position_from(range.end)
}

fn severity(level: Level) -> lsp::DiagnosticSeverity {
    match level {
        Level::Error => lsp::DiagnosticSeverity::ERROR,
        Level::Warning => lsp::DiagnosticSeverity::WARNING,
        Level::Information => lsp::DiagnosticSeverity::INFORMATION,
        Level::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

/// Editors filter again, by their own lights: whatever one of them may take is let through.
fn has_letters(name: &str, query: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    query
        .chars()
        .filter(|it| !it.is_whitespace())
        .flat_map(char::to_lowercase)
        .all(|it| letters.any(|letter| letter == it))
}

fn symbol_kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Task => lsp::SymbolKind::FUNCTION,
        SymbolKind::Choice => lsp::SymbolKind::ENUM,
        SymbolKind::Map => lsp::SymbolKind::ARRAY,
        SymbolKind::Parallel => lsp::SymbolKind::MODULE,
        SymbolKind::Wait => lsp::SymbolKind::EVENT,
        SymbolKind::Branch => lsp::SymbolKind::NAMESPACE,
        SymbolKind::Other => lsp::SymbolKind::OBJECT,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use asl_grammar::syntax::Format;

    use super::*;
    use crate::document::Document;

    /// The additional edits of a completion, in a client with these experimental capabilities.
    fn edits(marked: &str, label: &str, experimental: serde_json::Value) -> Vec<(u32, String)> {
        let edits = item(marked, label, experimental).additional_text_edits.unwrap_or_default();
        edits.into_iter().map(|edit| (edit.range.start.line, edit.new_text)).collect()
    }

    fn item(marked: &str, label: &str, experimental: serde_json::Value) -> lsp::CompletionItem {
        let capabilities = lsp::ClientCapabilities { experimental: Some(experimental), ..Default::default() };
        item_for(marked, label, &capabilities)
    }

    fn item_for(marked: &str, label: &str, capabilities: &lsp::ClientCapabilities) -> lsp::CompletionItem {
        let (before, after) = marked.split_once("<|>").unwrap();
        let text = format!("{before}{after}");
        let snapshot = Snapshot {
            uri: lsp::Url::parse("file:///a.asl").unwrap(),
            document: Arc::new(Document::new(1, true, Format::Json, &text, Arc::default())),
            client: Client::new(capabilities),
        };
        let analysis = snapshot.document.analysis();
        let items = crate::ide::completion::complete(analysis, before.len());
        let item = items.items.iter().find(|item| item.label == label).unwrap();
        Converter::new(&analysis.text, &snapshot).completion(0, item).unwrap()
    }

    /// Neovim and Helix apply the additional edits to the text that the main edit has already changed: behind it they
    /// would hit other characters (`"MaxAt: 0,tempts"`).
    #[test]
    fn no_edits_behind_a_completion_unless_the_client_can() {
        let shown = |experimental| {
            let item = item(r#"{"States": {"A": {"Type": "Pass" "Com<|>"}}}"#, "Comment", experimental);
            let edits = item.additional_text_edits.unwrap_or_default();
            let Some(lsp::CompletionTextEdit::Edit(edit)) = item.text_edit else { panic!("a plain edit") };
            (edit.new_text, edits.into_iter().map(|edit| edit.new_text).collect::<Vec<_>>())
        };
        assert_eq!(shown(serde_json::json!({})), ("\"Comment".to_owned(), vec![",".to_owned()]));
        assert_eq!(
            shown(serde_json::json!({ "editsBehindCompletion": true })),
            ("\"Comment\": \"\"".to_owned(), vec![",".to_owned()]),
            "the closing quote is replaced, too"
        );
    }

    /// In the middle of a word of an expression, a client that can lets its user choose whether the rest of it goes.
    #[test]
    fn the_whole_word_inside_a_nested_text() {
        let places = |text: &str, insert_replace: bool| {
            let mut capabilities = lsp::ClientCapabilities::default();
            let item = lsp::CompletionItemCapability {
                insert_replace_support: Some(insert_replace),
                ..Default::default()
            };
            let completion =
                lsp::CompletionClientCapabilities { completion_item: Some(item), ..Default::default() };
            capabilities.text_document = Some(lsp::TextDocumentClientCapabilities {
                completion: Some(completion),
                ..Default::default()
            });
            let item = item_for(text, "$count", &capabilities);
            assert_eq!(item.additional_text_edits, None);
            let columns = |range: lsp::Range| (range.start.character, range.end.character);
            match item.text_edit {
                Some(lsp::CompletionTextEdit::Edit(edit)) => (columns(edit.range), None),
                Some(lsp::CompletionTextEdit::InsertAndReplace(edit)) => {
                    (columns(edit.insert), Some(columns(edit.replace)))
                }
                None => panic!("an edit"),
            }
        };
        let text = r#"{"QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output":
"{% \"é😀\\n\" & $co<|>alesce\u0041(1) %}"}}}"#;
        assert_eq!(places(text, true), ((17, 20), Some((17, 32))));
        assert_eq!(places(text, false), ((17, 20), None));
    }

    #[test]
    fn required_parameters_come_in_every_client() {
        let with = |tail: &str, experimental: serde_json::Value| {
            let text = format!(
                "{{\"States\": {{\"A\": {{\n  \"Type\": \"Task\",\n  \"Resource\": \"lambda:<|>\"{tail}\n}}}}}}"
            );
            edits(&text, "lambda:invoke with required parameters", experimental)
        };
        let block = "  \"Parameters\": {\n    \"FunctionName\": \"\"\n  }";
        let next_line = [(3, format!("{block},\n"))];
        let behind = serde_json::json!({ "editsBehindCompletion": true });
        assert_eq!(with(",\n  \"End\": true", serde_json::json!({})), next_line);
        assert_eq!(with(",\n  \"End\": true", behind.clone()), [], "its snippet has them");
        // The comma that is missing stands behind the cursor: who cannot write it gets the parameters before the call.
        assert_eq!(with("", behind), []);
        assert_eq!(with("", serde_json::json!({})), [(2, format!("{block},\n"))]);
    }
}
