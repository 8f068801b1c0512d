//! The entry points of fuzzing, one for each language: no bytes may make them panic. Used by the targets of cargo-fuzz
//! and by `server/examples/fuzz.rs`, which needs no nightly toolchain.

use std::ops::Range;
use std::sync::Arc;

use asl_grammar::format::{Style, apply, format, format_range};
use asl_grammar::span::Span;
use asl_grammar::syntax::Syntax;
use asl_grammar::text::{Edit, Encoding, Text};
use asl_grammar::tree::{Kind, Node};
use asl_grammar::{intrinsic, jsonata, path};
use asl_lsp::analysis::{Analysis, Format};
use asl_lsp::config::{Config, Inlay};
use asl_lsp::document::{Change, Document};
use asl_lsp::{graph, ide};

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
    let config =
        Config { inlay: Inlay { languages: true, durations: true, targets: true }, ..Config::default() };
    let config = Arc::new(config);
    let mut document = Document::new(0, true, format, &text, config.clone());
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
    let fresh = Document::new(0, true, format, &mirror, config);
    let (edited, fresh) = (summary(document.analysis()), summary(fresh.analysis()));
    assert!(edited == fresh, "edited: {edited}\nfresh: {fresh}");
    let analysis = document.analysis();
    for step in 0..=8 {
        ask(analysis, place_before(&mirror, mirror.len() * step / 8));
    }
    let mut places = Places::of(data);
    for _ in 0..8 {
        ask(analysis, places.next(&mirror));
    }
    draw(analysis);
    lay_out(format, &document.text, &mut places);
    mend(analysis);
    show(analysis);
}

/// Editors name no place inside a letter or a line break.
fn place_before(text: &str, place: usize) -> usize {
    let inside =
        |at: usize| !text.is_char_boundary(at) || text[..at].ends_with('\r') && text[at..].starts_with('\n');
    (0..=place.min(text.len())).rev().find(|at| !inside(*at)).unwrap_or(0)
}

/// Places of a text that depend on nothing but the input.
struct Places(u64);

impl Places {
    fn of(data: &[u8]) -> Places {
        Places(data.iter().fold(7, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)))
    }

    fn next(&mut self, text: &str) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        place_before(text, (self.0 >> 33) as usize % (text.len() + 1))
    }
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
        item.more.iter().chain(&item.otherwise).for_each(|edit| assert_inside(analysis, &edit.range));
        item.whole.iter().for_each(|whole| assert_inside(analysis, &(item.range.start..whole.end)));
        let again = item.docs.key().map(|key| ide::completion::Docs::of_key(&key).expect("what it was"));
        again.unwrap_or(item.docs).text();
    }
    if let Some(signature) = ide::signature::signature(analysis, offset) {
        assert!(signature.active.is_none_or(|active| active < signature.parameters.len()), "{signature:?}");
        let parameters = &signature.parameters;
        assert!(parameters.iter().all(|it| signature.label.get(it.clone()).is_some()), "{signature:?}");
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

/// The drawing, in all its formats.
fn draw(analysis: &Analysis) {
    let drawn = graph::graph(analysis);
    for node in &drawn.nodes {
        let numbers = [node.rect.x, node.rect.y, node.rect.right(), node.rect.bottom()];
        assert!(numbers.iter().all(|it| it.is_finite()), "`{}` is nowhere", node.name);
        let source = node.source.iter().flat_map(|it| [&it.range, &it.selection]);
        source.for_each(|range| assert_inside(analysis, range));
    }
    for edge in &drawn.edges {
        assert!(edge.from < drawn.nodes.len() && edge.to < drawn.nodes.len(), "{edge:?}");
        assert!(edge.route.iter().all(|it| it.x.is_finite() && it.y.is_finite()), "{edge:?}");
        edge.range.iter().for_each(|range| assert_inside(analysis, range));
    }
    graph::svg::svg(&drawn, &analysis.text, Encoding::Utf16);
    graph::json::json(&drawn, &analysis.text, Encoding::Utf16);
    graph::mermaid::mermaid(&drawn);
    graph::dot::dot(&drawn);
}

/// Laid out, a text means the same, and there is nothing left to lay out.
fn lay_out(notation: Format, text: &Text, places: &mut Places) {
    let source = text.to_string();
    let (a, b) = (places.next(&source), places.next(&source));
    let style = Style { indent: 1 + a % 4, tabs: notation == Format::Json && b % 4 == 0 };
    let Some(edits) = format(notation, text, style) else { return };
    let after = applied(&source, &edits);
    let meaning = meaning(notation, text);
    assert_eq!(self::meaning(notation, &Text::new(&after)), meaning, "laid out: {after:?}");
    let again = format(notation, &Text::new(&after), style);
    assert_eq!(again, Some(Vec::new()), "laid out: {after:?}");
    let some = format_range(notation, text, style, a.min(b)..a.max(b)).expect("it can be laid out");
    let after = applied(&source, &some);
    assert_eq!(self::meaning(notation, &Text::new(&after)), meaning, "laid out in part: {after:?}");
}

/// The values of a document, with the mistakes in its syntax.
fn meaning(notation: Format, text: &Text) -> Vec<(Option<Kind>, String)> {
    let syntax = Syntax::new(notation, text);
    let mut said: Vec<_> = syntax.errors().iter().map(|it| (None, format!("{:?}", it.kind))).collect();
    let mut waiting: Vec<Node> = syntax.parts.iter().filter_map(|part| part.root()).collect();
    waiting.extend(syntax.root());
    while let Some(node) = waiting.pop() {
        // What is opaque is kept as it is written, with its indentation.
        let words: Vec<&str> = match node.kind() {
            Kind::Opaque => node.text().split_whitespace().collect(),
            _ => vec![node.text()],
        };
        said.push((Some(node.kind()), words.join(" ")));
        waiting.extend(node.children());
    }
    said
}

fn applied(text: &str, edits: &[Edit]) -> String {
    for pair in edits.windows(2) {
        assert!(pair[0].range.end <= pair[1].range.start, "edits overlap: {pair:?}");
    }
    apply(text, edits)
}

/// The safe fixes of all findings.
fn mend(analysis: &Analysis) {
    let Some(mended) = ide::fix_all::fix_all(analysis, |_| true) else { return };
    let after = applied(&analysis.text.to_string(), &mended.edits);
    assert_eq!(after, mended.analysis.text.to_string(), "the edits lead elsewhere");
    let more = ide::fix_all::fix_all(&mended.analysis, |_| true).map(|it| it.analysis.text.to_string());
    assert_eq!(more, None, "there is more to mend in {after:?}");
}

/// What is shown in the text.
fn show(analysis: &Analysis) {
    for hint in ide::inlay::inlay_hints(analysis, 0..analysis.text.len()) {
        assert_inside(analysis, &(hint.offset..hint.offset));
    }
    for link in ide::links::links(analysis) {
        assert_inside(analysis, &link.range);
    }
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
