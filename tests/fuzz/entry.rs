//! The entry points of fuzzing, one for each language: no bytes may make them panic. Used by the targets of cargo-fuzz
//! and by `server/examples/fuzz.rs`, which needs no nightly toolchain.

use std::ops::Range;
use std::sync::Arc;

use asl_grammar::span::Span;
use asl_grammar::text::Encoding;
use asl_grammar::{intrinsic, jsonata, path};
use asl_lsp::analysis::{Analysis, Format};
use asl_lsp::document::{Change, Document};
use asl_lsp::ide;

/// What stands between the text and the edits of an input for [`document`].
pub const BREAK: char = '\u{1}';

/// Edits a document and asks all that can be asked; what has been edited must answer like what is opened anew.
///
/// The input is a byte of switches, a text, and edits: each has a byte for how it is applied, two for its place, one
/// for what it removes, and the text that it inserts.
pub fn document(data: &[u8]) {
    let Some((switches, rest)) = data.split_first() else { return };
    let format = if switches & 1 == 0 { Format::Json } else { Format::Yaml };
    let encoding = if switches & 2 == 0 { Encoding::Utf16 } else { Encoding::Utf8 };
    let mut parts = rest.split(|byte| *byte == BREAK as u8);
    let text = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    let mut mirror = text.clone();
    let mut document = Document::new(0, true, format, &text, Arc::default());
    look(&document, switches >> 2);
    for (version, part) in parts.enumerate() {
        let &[how, high, low, removed, ref new @ ..] = part else { continue };
        let place = (usize::from(u16::from_be_bytes([high, low])) * (mirror.len() + 1)) >> 16;
        let start = place_before(&mirror, place);
        let end = place_before(&mirror, start + usize::from(removed)).max(start);
        let new = String::from_utf8_lossy(new).into_owned();
        let position = |offset| document.text.position(offset, encoding);
        let change = Change { range: Some(position(start)..position(end)), text: new.clone() };
        let next = document.edited(version as i32, vec![change], encoding);
        mirror.replace_range(start..end, &new);
        assert_eq!(next.text.to_string(), mirror, "after an edit of {start}..{end}");
        document = next;
        look(&document, how);
    }
    let fresh = Document::new(0, true, format, &mirror, Arc::default());
    let (edited, fresh) = (summary(document.analysis()), summary(fresh.analysis()));
    assert!(edited == fresh, "edited: {edited}\nfresh: {fresh}");
    for step in 0..=8 {
        ask(document.analysis(), place_before(&mirror, mirror.len() * step / 8));
    }
}

/// Editors name no place inside a letter or a line break.
fn place_before(text: &str, place: usize) -> usize {
    let inside =
        |at: usize| !text.is_char_boundary(at) || text[..at].ends_with('\r') && text[at..].starts_with('\n');
    (0..=place.min(text.len())).rev().find(|at| !inside(*at)).unwrap_or(0)
}

/// What may happen between two edits: nothing, an analysis, or the preparation for the next edit.
fn look(document: &Document, how: u8) {
    if how & 1 != 0 {
        document.analysis().findings();
    }
    if how & 2 != 0 {
        document.warm();
    }
}

fn summary(analysis: &Analysis) -> String {
    let findings = analysis.findings().iter().map(|it| {
        assert_inside(analysis, &it.range);
        it.related.iter().for_each(|related| assert_inside(analysis, &related.range));
        it.fixes.iter().flat_map(|fix| &fix.edits).for_each(|edit| assert_inside(analysis, &edit.range));
        format!(
            "{} {:?} {} {} {:?} {:?}",
            it.rule.name, it.range, it.pointer, it.message, it.related, it.fixes
        )
    });
    let mut lines: Vec<String> = findings.collect();
    let mut symbols = ide::symbols::symbols(analysis);
    while let Some(symbol) = symbols.pop() {
        assert_inside(analysis, &symbol.range);
        assert_inside(analysis, &symbol.selection);
        assert!(
            symbol.range.start <= symbol.selection.start && symbol.selection.end <= symbol.range.end,
            "`{}` is called so outside of itself",
            symbol.name
        );
        lines.push(format!("{} {} {:?} {:?}", symbol.name, symbol.detail, symbol.range, symbol.selection));
        symbols.extend(symbol.children);
    }
    let tokens = ide::tokens::tokens(analysis, 0..analysis.text.len());
    for pair in tokens.windows(2) {
        assert!(pair[0].range.end <= pair[1].range.start, "tokens overlap: {pair:?}");
    }
    tokens.iter().for_each(|it| assert_inside(analysis, &it.range));
    lines.extend(tokens.iter().map(|it| format!("{it:?}")));
    let folds = ide::folding::folds(analysis, ide::folding::Options::default());
    folds.iter().for_each(|it| assert_inside(analysis, &it.range));
    lines.extend(folds.iter().map(|it| format!("{it:?}")));
    lines.join("\n")
}

fn ask(analysis: &Analysis, offset: usize) {
    if let Some(hover) = ide::hover::hover(analysis, offset) {
        assert_inside(analysis, &hover.range);
    }
    for item in ide::completion::complete(analysis, offset).items {
        assert_inside(analysis, &item.range);
        assert!(item.range.end <= offset, "{} reaches beyond the cursor", item.label);
        item.more.iter().for_each(|edit| assert_inside(analysis, &edit.range));
    }
    if let Some(found) = ide::definition::definition(analysis, offset) {
        found.targets.iter().chain([&found.origin]).for_each(|range| assert_inside(analysis, range));
    }
    if let Some(found) = ide::references::references(analysis, offset) {
        found.definitions.iter().chain(&found.uses).for_each(|range| assert_inside(analysis, range));
    }
    if let Some(target) = ide::rename::prepare(analysis, offset) {
        assert_inside(analysis, &target.range);
        let names = ["a \"new\" 'name'\n😀", "ñew"];
        for edits in names.iter().flat_map(|name| ide::rename::rename(analysis, offset, name)) {
            edits.iter().for_each(|edit| assert_inside(analysis, &edit.range));
            for pair in edits.windows(2) {
                assert!(pair[0].range.end <= pair[1].range.start, "edits overlap: {edits:?}");
            }
        }
    }
    for pair in ide::selection::selection(analysis, offset).windows(2) {
        assert!(pair[1].start <= pair[0].start && pair[0].end <= pair[1].end, "{pair:?} do not nest");
        assert_inside(analysis, &pair[1]);
    }
    ide::actions::fixes(analysis, offset..analysis.text.len());
    analysis.pointer_at(offset);
}

fn assert_inside(analysis: &Analysis, range: &Range<usize>) {
    let text = &analysis.text;
    assert!(range.start <= range.end && range.end <= text.len(), "{range:?} is not inside the text");
    for offset in [range.start, range.end] {
        let back = text.offset(text.position(offset, Encoding::Utf16), Encoding::Utf16);
        // The end of a `\r\n` may be meant; a place inside a letter may not.
        let between = text.slice(back..offset);
        assert!(between.bytes().all(|byte| matches!(byte, b'\r' | b'\n')), "{offset} is inside a letter");
    }
}

pub fn jsonata(data: &[u8]) {
    let text = &*String::from_utf8_lossy(data);
    let tree = jsonata::parse(text);
    for id in tree.ids() {
        let node = tree.node(id);
        assert_span(text, node.span);
        assert_span(text, node.anchor);
        tree.name(id);
        for &child in tree.children(id) {
            assert!(node.span.covers(tree.span(child)) && tree.parent(child) == Some(id), "{node:?}");
        }
    }
    for error in tree.errors() {
        assert_span(text, error.span);
    }
    jsonata::query::calls(&tree);
    jsonata::query::context_uses(&tree);
    for path in jsonata::query::member_paths(&tree) {
        assert_span(text, path.span);
    }
    for binding in jsonata::scope::scopes(&tree).bindings {
        assert_span(text, binding.scope);
    }
    for step in 0..=4 {
        let offset = place_before(text, text.len() * step / 4) as u32;
        jsonata::query::node_at(&tree, offset);
        jsonata::query::call_at(&tree, offset);
        jsonata::scope::visible_at(&tree, offset);
    }
}

pub fn path(data: &[u8]) {
    let text = &*String::from_utf8_lossy(data);
    let path = path::parse(text);
    for path in path.all() {
        assert_span(text, path.span);
        path.segments.iter().for_each(|segment| assert_span(text, segment.span));
        path.features().for_each(|(_, span)| assert_span(text, span));
        path.variable(text);
    }
    path.errors.iter().for_each(|error| assert_span(text, error.span));
    for offset in 0..=text.len().min(64) {
        path.segment_at(offset as u32);
    }
}

pub fn intrinsic(data: &[u8]) {
    let text = &*String::from_utf8_lossy(data);
    let tree = intrinsic::parse(text);
    for id in tree.ids() {
        assert_span(text, tree.node(id).span);
    }
    for (_, call) in tree.calls() {
        tree.name(call);
    }
    tree.errors().iter().for_each(|error| assert_span(text, error.span));
    for offset in 0..=text.len().min(64) {
        tree.node_at(offset as u32);
        tree.call_at(offset as u32);
    }
}

fn assert_span(text: &str, span: Span) {
    assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?} is not inside the text");
}
