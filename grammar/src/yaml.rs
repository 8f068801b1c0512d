//! Reads YAML into the same trees as JSON.
//!
//! tree-sitter finds the structure; the text of scalars is decoded here, by the core schema of YAML 1.2. An alias
//! becomes a copy of what it stands for, each node of which points at the alias. A value with a tag of its own
//! (`!Sub`) is opaque.
//!
//! tree-sitter's scanner depends on columns, so that nothing of a parse could be taken over to the next: what is parsed by
//! itself, from scratch, is a state, see [`outline`](mod@outline), or the whole text. A text that is broken is mended
//! first, see [`mend`]. Where tree-sitter gives up on it all the same, the line at fault is set aside and the rest is
//! parsed again.

pub(crate) mod format;
mod mend;
mod outline;
mod scalar;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use std::time::{Duration, Instant};

use tree_sitter::{Node as Raw, Tree as RawTree};

use crate::json::{MAX_DEPTH, Pieces};
use crate::tree::{Builder, Kind, Node, SyntaxError, SyntaxErrorKind, Tree};
pub(crate) use outline::outline;

/// How many lines may be set aside before the rest counts as unreadable.
const MAX_SET_ASIDE: usize = 12;
/// How many nodes aliases may add.
const MAX_ALIASED: usize = 50_000;
/// tree-sitter's recovery can take very long on text that is no YAML at all: so often it may ask whether to go on, and
/// once more for so many bytes. Text in order makes it ask once for a hundred.
const STEPS: usize = 2_000;
const BYTES_PER_STEP: usize = 10;
/// How long all may take together, where that does not help.
const PATIENCE: Duration = Duration::from_secs(2);

/// The frame of a document of which the states are read one by one, and where they stand. None when it is broken, or tells
/// of more than itself.
pub(crate) fn read_frame(
    source: &str,
    frame: &[Range<usize>],
    states: Range<usize>,
    deadline: Instant,
) -> Option<Tree> {
    let tree = parse_strictly(source, frame, deadline)?;
    let mut lowering = Lowering::new(source, &tree, &[]);
    lowering.states = Some(states);
    if !lowering.anchors.is_empty() {
        return None;
    }
    let pieces = lowering.document(tree.root_node(), Vec::new());
    (!pieces.entangled && pieces.frame.errors.is_empty()).then_some(pieces.frame)
}

/// A state that is read by itself. None as with [`read_frame`].
pub(crate) fn read_state(source: &str, range: Range<usize>, deadline: Instant) -> Option<Tree> {
    let tree = parse_strictly(source, std::slice::from_ref(&range), deadline)?;
    let document = only(children(tree.root_node()))?;
    let mapping = only(children(only(children(document))?))?;
    let mut lowering = Lowering::new(source, &tree, &[]);
    lowering.members(mapping, 1, false, true);
    let (found, part) = only(lowering.parts.into_iter())?;
    let apart = found.start == range.start && !lowering.has_alias && lowering.anchors.is_empty();
    let plain = matches!(part.root(0)?.as_member()?.value.kind(), Kind::Object | Kind::Null);
    (apart && plain && part.errors.is_empty()).then_some(part)
}

/// Until when a text may be read.
pub(crate) fn deadline() -> Instant {
    Instant::now() + PATIENCE
}

/// Where the lines of each state end, as an outline tells.
pub(crate) fn ends_of_states(source: &str, pieces: &Pieces) -> Vec<usize> {
    let line = |at: usize| line_around(source, at).start;
    let Some((last, _)) = pieces.parts.last() else { return Vec::new() };
    let mut behind = pieces.frame.root(0).into_iter().flat_map(Node::children).map(Node::start);
    let end = behind.find(|start| *start >= last.end).map_or(source.len(), line);
    let nexts = pieces.parts.iter().skip(1).map(|(range, _)| line(range.start)).chain([end]);
    pieces.parts.iter().zip(nexts).map(|((range, _), next)| next.max(range.end)).collect()
}

/// Parses parts of a text in which nothing is wrong.
fn parse_strictly(source: &str, ranges: &[Range<usize>], deadline: Instant) -> Option<RawTree> {
    if ranges.iter().any(|range| nested_too_deeply(&source[range.clone()]).is_some()) {
        return None;
    }
    parse(source, ranges, deadline).filter(|tree| !tree.root_node().has_error())
}

pub(crate) fn read(source: &str) -> Pieces {
    if let Some(line) = nested_too_deeply(source) {
        let mut builder = Builder::new(0);
        builder.error(malformed(trim(source, line), "this is nested too deeply to be read".into()));
        return Pieces { frame: builder.finish(), ..Pieces::default() };
    }
    let deadline = deadline();
    let whole = parse(source, &[], deadline);
    if let Some(tree) = whole.as_ref().filter(|tree| !tree.root_node().has_error()) {
        return Lowering::new(source, tree, &[]).document(tree.root_node(), Vec::new());
    }
    if let Some(pieces) = mend::mend(source).and_then(|mended| read_mended(source, mended, deadline)) {
        return pieces;
    }
    let mut text = Cow::Borrowed(source);
    let mut errors = Vec::new();
    let mut parsed = whole;
    for _ in 0..=MAX_SET_ASIDE {
        let Some(tree) = parsed else { break };
        if !tree.root_node().is_error() {
            return Lowering::new(&text, &tree, &[]).document(tree.root_node(), errors);
        }
        let line = line_at_fault(&text, tree.root_node().end_byte());
        if line.is_empty() {
            break;
        }
        let error = malformed(trim(&text, line.clone()), describe_line(&text[line.clone()]));
        errors.push(SyntaxError { kind: SyntaxErrorKind::Misplaced, ..error });
        text.to_mut().replace_range(line.clone(), &" ".repeat(line.len()));
        parsed = parse(&text, &[], deadline);
    }
    let first = errors.first().map_or(0..0, |error| error.range.clone());
    let mut builder = Builder::new(0);
    builder.error(malformed(first, "this text cannot be read as YAML from here on".into()));
    Pieces { frame: builder.finish(), ..Pieces::default() }
}

/// What a mended text holds, at the places of the source. None when it is still not to be read.
fn read_mended(source: &str, mended: mend::Mended, deadline: Instant) -> Option<Pieces> {
    if nested_too_deeply(&mended.text).is_some() {
        return None;
    }
    let tree = parse(&mended.text, &[], deadline).filter(|tree| !tree.root_node().is_error())?;
    let pieces = Lowering::new(&mended.text, &tree, &mended.unread).document(tree.root_node(), Vec::new());
    let place = |at: usize| mended.source(at);
    let mut frame = pieces.frame.moved(0, 0, &place);
    let mut parts: Vec<_> = pieces
        .parts
        .into_iter()
        .map(|(range, tree)| {
            let start = place(range.start);
            (start..place(range.end), tree.moved(range.start, start, &place))
        })
        .collect();
    let column = |at: usize| at - source[..at].rfind('\n').map_or(0, |found| found + 1);
    for error in mended.errors {
        let index = parts.partition_point(|(range, _)| range.start <= error.range.start);
        let inside = |(range, _): &&mut (Range<usize>, Tree)| {
            error.range.start <= range.end || column(range.start) < column(error.range.start)
        };
        match parts[..index].last_mut().filter(inside) {
            Some((range, part)) => {
                // A line that was set aside belongs to what it is indented like.
                let indent = column(error.range.start);
                part.extend(error.range.end - range.start, |start| column(range.start + start) < indent);
                range.end = range.end.max(error.range.end);
                part.errors.push(error.relative_to(range.start));
            }
            None => frame.errors.push(error),
        }
    }
    Some(Pieces { frame, parts, ..pieces })
}

/// The line in which a text comes to be nested deeper than tree-sitter's scanner survives: it keeps at most 253
/// indentations, and the process ends at the next one. This counts at least as many as it does: all that may open a
/// block. Brackets only cost memory, a kilobyte for each open one: those between the quotes of a line are no structure,
/// unless they are so many that this had better be certain.
fn nested_too_deeply(text: &str) -> Option<Range<usize>> {
    const MAX_BLOCKS: usize = 240;
    const MAX_BRACKETS: i32 = 1_000;
    const MAX_QUOTED: usize = 100_000;
    let mut columns: Vec<usize> = Vec::new();
    let mut brackets = 0;
    let mut quoted = 0;
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let range = start..start + line.len();
        start = range.end;
        let content = line.trim_ascii();
        if content.is_empty() {
            continue;
        }
        let column = line.len() - line.trim_ascii_start().len();
        while columns.last().is_some_and(|last| *last >= column) {
            columns.pop();
        }
        columns.push(column);
        let mut within = 0;
        let (content, hidden) = without_quoted_brackets(content);
        quoted += hidden;
        for word in content.split_ascii_whitespace() {
            within += usize::from(matches!(word, "-" | "?") || brackets <= 0 && word.ends_with(':'));
            for byte in word.bytes() {
                match byte {
                    b'[' | b'{' => brackets += 1,
                    b']' | b'}' => brackets -= 1,
                    _ => {}
                }
            }
            if brackets > MAX_BRACKETS || quoted > MAX_QUOTED {
                return Some(range);
            }
        }
        // A mapping and a sequence may begin in the same column.
        if 2 * columns.len() + within > MAX_BLOCKS {
            return Some(range);
        }
    }
    None
}

/// A line without the brackets in texts that it opens and closes, and how many of those open something.
fn without_quoted_brackets(line: &str) -> (Cow<'_, str>, usize) {
    let mut shown = Cow::Borrowed(line);
    let mut hidden = 0;
    let mut at = 0;
    while let Some(found) = line[at..].find(['"', '\'']) {
        let start = at + found;
        let begins = start == 0 || line[..start].ends_with([' ', '\t', '[', '{', ',', ':']);
        let Some(end) = begins.then(|| end_of_quoted(&line[start..])).flatten() else {
            at = start + 1;
            continue;
        };
        at = start + end;
        let text = &line[start..at];
        if text.contains(['[', ']', '{', '}']) {
            hidden += text.matches(['[', '{']).count();
            shown.to_mut().replace_range(start..at, &text.replace(['[', ']', '{', '}'], "_"));
        }
    }
    (shown, hidden)
}

/// Where a text ends that begins with its quotation mark, if it does so on its line.
fn end_of_quoted(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match (bytes[0], byte) {
            (b'"', b'\\') => at += 2,
            (b'\'', b'\'') if bytes.get(at + 1) == Some(&b'\'') => at += 2,
            (mark, byte) if mark == byte => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

/// Parses a text, or what of it stands in these ranges.
fn parse(text: &str, ranges: &[Range<usize>], deadline: Instant) -> Option<RawTree> {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_yaml::LANGUAGE.into()).ok()?;
    let ranges: Vec<tree_sitter::Range> = ranges
        .iter()
        .map(|range| tree_sitter::Range {
            start_byte: range.start,
            end_byte: range.end,
            // Nobody asks for lines here.
            start_point: tree_sitter::Point::default(),
            end_point: tree_sitter::Point::default(),
        })
        .collect();
    parser.set_included_ranges(&ranges).ok()?;
    let len = if ranges.is_empty() {
        text.len()
    } else {
        ranges.iter().map(|range| range.end_byte - range.start_byte).sum()
    };
    let mut steps = STEPS + len / BYTES_PER_STEP;
    let mut progress = |_: &tree_sitter::ParseState| {
        steps = steps.saturating_sub(1);
        if steps == 0 || Instant::now() > deadline {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let options = tree_sitter::ParseOptions::new().progress_callback(&mut progress);
    parser.parse_with_options(&mut |offset, _| &text.as_bytes()[offset..], None, Some(options))
}

/// The line on which the parser gave up, or the one before when that is the cause.
fn line_at_fault(text: &str, error_end: usize) -> Range<usize> {
    let rest = text[error_end..].trim_start();
    // Where it only gave up at the end, the last line is the one that is not finished yet.
    let at = if rest.is_empty() { text.trim_end().len() } else { text.len() - rest.len() };
    let line = line_around(text, at);
    // `Type:Pass` is one plain text that goes on in the next line, where the parser first sees a fault.
    let before = line_around(text, line.start.saturating_sub(1));
    if before.end < line.start && lacks_blank_after_colon(&text[before.clone()]) {
        return before;
    }
    line
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
    start..end
}

fn lacks_blank_after_colon(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("- ");
    match line.split_once(':') {
        Some((key, rest)) => {
            !key.is_empty()
                && key.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && rest.starts_with(|c: char| !c.is_whitespace())
        }
        None => false,
    }
}

fn describe_line(line: &str) -> String {
    let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
    let content = line.trim();
    let value = content.split_once(": ").map(|(_, value)| value);
    if indent.contains('\t') {
        "YAML is indented with blanks, not with tabs".into()
    } else if lacks_blank_after_colon(line) {
        "a blank is missing after the colon".into()
    } else if value.is_some_and(|value| value.contains(": ")) {
        "a text that contains a colon and a blank must stand in quotes".into()
    } else if value.is_some_and(|value| value.starts_with(['@', '`', '%'])) {
        "a text that begins with this character must stand in quotes".into()
    } else {
        "this line does not fit here; look at its indentation, quotes and brackets".into()
    }
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let content = &text[range.clone()];
    let start = range.start + (content.len() - content.trim_start().len());
    start..start + content.trim().len()
}

fn malformed(range: Range<usize>, message: String) -> SyntaxError {
    SyntaxError { kind: SyntaxErrorKind::Malformed, range, message, related: None, fix: None }
}

struct Lowering<'t> {
    text: &'t str,
    /// By name, in the order in which they stand there.
    anchors: HashMap<&'t str, Vec<Raw<'t>>>,
    builder: Builder,
    parts: Vec<(Range<usize>, Tree)>,
    /// Where the states are when somebody else reads them.
    states: Option<Range<usize>>,
    /// Where the last of what somebody else reads ends.
    reached: usize,
    /// Inside the copy that an alias stands for: the range of the alias.
    alias: Option<Range<usize>>,
    aliased: usize,
    has_alias: bool,
    /// Where keys and dashes begin of which the value could not be read.
    unread: &'t [usize],
}

impl<'t> Lowering<'t> {
    fn new(text: &'t str, tree: &'t RawTree, unread: &'t [usize]) -> Lowering<'t> {
        let mut anchors = HashMap::new();
        if text[tree.root_node().byte_range()].contains('&') {
            collect_anchors(text, tree.root_node(), &mut anchors);
        }
        Lowering {
            text,
            anchors,
            builder: Builder::new(0),
            parts: Vec::new(),
            states: None,
            reached: 0,
            alias: None,
            aliased: 0,
            has_alias: false,
            unread,
        }
    }

    fn document(mut self, stream: Raw<'t>, errors: Vec<SyntaxError>) -> Pieces {
        for error in errors {
            self.builder.error(error);
        }
        let mut documents = children(stream).filter(|node| node.kind() == "document");
        let value = documents.next().and_then(|document| {
            for node in children(document).filter(Raw::is_error) {
                self.error_node(node);
            }
            children(document).find(|node| matches!(node.kind(), "block_node" | "flow_node"))
        });
        for node in children(stream).filter(Raw::is_error) {
            self.error_node(node);
        }
        if let Some(value) = value {
            self.value(value, 0, true);
        }
        if let Some(second) = documents.find(|document| document.named_child_count() > 0) {
            let line = line_around(self.text, second.start_byte());
            let message = "a second document begins here; keep one state machine to a file";
            self.builder.error(malformed(trim(self.text, line), message.into()));
        }
        Pieces { frame: self.builder.finish(), parts: self.parts, entangled: self.has_alias, strict: false }
    }

    /// A `block_node` or `flow_node`: tag and anchor, then what they stand before.
    fn value(&mut self, node: Raw<'t>, depth: usize, root: bool) {
        let mut content = None;
        let mut tagged = false;
        for child in children(node) {
            match child.kind() {
                "tag" => {
                    tagged = !matches!(
                        self.source(child),
                        "!!str" | "!!map" | "!!seq" | "!!int" | "!!float" | "!!bool" | "!!null"
                    )
                }
                "anchor" | "comment" => {}
                _ => content = Some(child),
            }
        }
        let range = self.range(node);
        let Some(content) = content else {
            let kind = if tagged { Kind::Opaque } else { Kind::Null };
            return self.builder.leaf(kind, range, "");
        };
        if tagged || depth > MAX_DEPTH || self.aliased > MAX_ALIASED {
            let text = scalar::decode(self.text, content).map(|decoded| decoded.text).unwrap_or_default();
            return self.builder.leaf(Kind::Opaque, range, &text);
        }
        self.aliased += self.alias.is_some() as usize;
        match content.kind() {
            "block_mapping" | "flow_mapping" => self.mapping(content, depth, root),
            "block_sequence" | "flow_sequence" => self.sequence(content, depth),
            "alias" => self.resolve(content, depth),
            _ => self.scalar(content),
        }
    }

    fn mapping(&mut self, node: Raw<'t>, depth: usize, root: bool) {
        self.builder.open(Kind::Object, self.range(node).start);
        self.members(node, depth, root, false);
        self.builder.close(self.end_of(node));
    }

    fn members(&mut self, node: Raw<'t>, depth: usize, root: bool, split: bool) {
        let mut merged = Vec::new();
        for pair in children(node) {
            match pair.kind() {
                "block_mapping_pair" | "flow_pair" => {}
                // `{a, b}`: keys without values.
                "flow_node" => {
                    self.begin(pair, split);
                    self.key(pair);
                    let end = self.range(pair).end;
                    self.builder.leaf(Kind::Null, end..end, "");
                    self.finish(pair, split);
                    continue;
                }
                "ERROR" => {
                    self.error_node(pair);
                    self.typed_key(pair, split);
                    continue;
                }
                _ => continue,
            }
            let value = pair.child_by_field_name("value");
            let Some(key) = pair.child_by_field_name("key") else { continue };
            if self.source(key) == "<<" {
                merged.extend(value);
                continue;
            }
            self.begin(pair, split);
            self.key(key);
            match value {
                Some(value) if root && self.source(key) == "States" && self.splits(value) => {
                    self.states(value, depth)
                }
                Some(value) => self.value(value, depth + 1, false),
                None if root
                    && self.source(key) == "States"
                    && let Some(states) = self.states.take() =>
                {
                    self.builder.open(Kind::Object, states.start);
                    self.builder.close(states.end);
                    self.reached = states.end;
                }
                None => self.no_value(pair),
            }
            for error in children(pair).filter(Raw::is_error) {
                self.error_node(error);
            }
            self.finish(pair, split);
        }
        for value in merged {
            self.merge(node, value, depth);
        }
    }

    /// Adds the members of the mappings that `<<` names, as far as the mapping itself has no such key.
    fn merge(&mut self, mapping: Raw<'t>, value: Raw<'t>, depth: usize) {
        let present: Vec<&str> = children(mapping)
            .filter_map(|pair| pair.child_by_field_name("key"))
            .map(|key| self.source(key))
            .collect();
        let mut sources = Vec::new();
        for content in children(value) {
            match content.kind() {
                "flow_sequence" => sources.extend(children(content).filter_map(|item| item.child(0))),
                _ => sources.push(content),
            }
        }
        for source in sources.into_iter().filter(|source| source.kind() == "alias") {
            self.has_alias = true;
            let Some(target) = self.target(source) else { continue };
            let outer = self.alias.replace(self.range(source));
            let pairs = children(target).find(|node| node.kind().ends_with("_mapping")).into_iter();
            for pair in pairs.flat_map(children) {
                let Some(key) = pair.child_by_field_name("key") else { continue };
                if present.contains(&self.source(key)) || self.aliased > MAX_ALIASED {
                    continue;
                }
                self.begin(pair, false);
                self.key(key);
                match pair.child_by_field_name("value") {
                    Some(value) => self.value(value, depth + 1, false),
                    None => self.builder.leaf(Kind::Null, self.range(pair), ""),
                }
                self.finish(pair, false);
            }
            self.alias = outer;
        }
    }

    fn splits(&self, value: Raw<'t>) -> bool {
        self.parts.is_empty()
            && children(value)
                .all(|child| matches!(child.kind(), "block_mapping" | "flow_mapping" | "comment"))
            && children(value).any(|child| child.kind().ends_with("_mapping"))
    }

    /// The value of `States`: each member becomes a part.
    fn states(&mut self, value: Raw<'t>, depth: usize) {
        let Some(mapping) = children(value).find(|child| child.kind().ends_with("_mapping")) else { return };
        self.builder.open(Kind::Object, self.range(mapping).start);
        self.members(mapping, depth + 1, false, true);
        self.builder.close(self.end_of(mapping));
    }

    fn begin(&mut self, pair: Raw<'t>, split: bool) {
        if split {
            let part = Builder::new(pair.start_byte());
            let frame = std::mem::replace(&mut self.builder, part);
            self.builder.outer = Some(Box::new(frame));
        }
        self.builder.open(Kind::Member, self.range(pair).start);
    }

    fn finish(&mut self, pair: Raw<'t>, split: bool) {
        let end = self.end_of(pair);
        self.builder.close(end);
        if split && let Some(frame) = self.builder.outer.take() {
            let part = std::mem::replace(&mut self.builder, *frame);
            self.parts.push((pair.start_byte()..end, part.finish()));
        }
    }

    /// Where the value of a key or dash would stand: nothing, or something that cannot be read.
    fn no_value(&mut self, node: Raw<'t>) {
        let end = self.end_of(node);
        let unread = self.unread.binary_search(&node.start_byte()).is_ok()
            || children(node).any(|child| child.is_error());
        self.builder.leaf(if unread { Kind::Missing } else { Kind::Null }, end..end, "");
    }

    /// A word in a mapping that is not a member yet: the key that somebody is typing.
    fn typed_key(&mut self, error: Raw<'t>, split: bool) {
        let word = self.source(error).trim();
        if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return;
        }
        self.begin(error, split);
        let range = self.range(error);
        self.builder.string(range.clone(), false, word, None);
        self.builder.leaf(Kind::Missing, range.end..range.end, "");
        self.finish(error, split);
    }

    fn sequence(&mut self, node: Raw<'t>, depth: usize) {
        self.builder.open(Kind::Array, self.range(node).start);
        for item in children(node) {
            match item.kind() {
                "block_sequence_item" => {
                    match children(item).find(|child| matches!(child.kind(), "block_node" | "flow_node")) {
                        Some(value) => self.value(value, depth + 1, false),
                        None => self.no_value(item),
                    }
                    for error in children(item).filter(Raw::is_error) {
                        self.error_node(error);
                    }
                }
                "flow_node" => self.value(item, depth + 1, false),
                // `[a: b]` is a mapping of one member.
                "flow_pair" => {
                    self.builder.open(Kind::Object, self.range(item).start);
                    self.begin(item, false);
                    if let Some(key) = item.child_by_field_name("key") {
                        self.key(key);
                    }
                    match item.child_by_field_name("value") {
                        Some(value) => self.value(value, depth + 2, false),
                        None => self.builder.leaf(Kind::Null, self.range(item), ""),
                    }
                    self.finish(item, false);
                    self.builder.close(self.end_of(item));
                }
                "ERROR" => self.error_node(item),
                _ => {}
            }
        }
        self.builder.close(self.end_of(node));
    }

    fn resolve(&mut self, alias: Raw<'t>, depth: usize) {
        self.has_alias = true;
        let range = self.range(alias);
        let inside = self.alias.is_some();
        match self.target(alias) {
            Some(target) => {
                let outer = self.alias.take();
                self.alias = Some(if inside { range } else { alias.byte_range() });
                self.value(target, depth + 1, false);
                self.alias = outer;
            }
            None => {
                let text = self.source(alias);
                self.builder.leaf(Kind::Opaque, range.clone(), text);
                self.builder.error(malformed(
                    range,
                    format!("no anchor above is named `{}`", text.trim_start_matches('*')),
                ));
            }
        }
    }

    /// An alias stands for what was named so last before it; nothing can stand in itself.
    fn target(&self, alias: Raw<'t>) -> Option<Raw<'t>> {
        let name = self.source(alias).trim_start_matches('*');
        let named = self.anchors.get(name)?;
        let before = named.partition_point(|target| target.start_byte() < alias.start_byte());
        named[..before].iter().rfind(|target| target.end_byte() <= alias.start_byte()).copied()
    }

    fn key(&mut self, node: Raw<'t>) {
        let content = children(node).find(|child| child.kind().ends_with("_scalar")).unwrap_or(node);
        let decoded = scalar::decode(self.text, content);
        let range = self.range(if decoded.is_some() { content } else { node });
        match decoded {
            Some(decoded) => {
                let map = if self.alias.is_some() { None } else { decoded.map };
                self.builder.string(range, decoded.quoted && self.alias.is_none(), &decoded.text, map);
            }
            None => self.builder.leaf(Kind::Opaque, range, self.source(node)),
        }
    }

    fn scalar(&mut self, node: Raw<'t>) {
        let mut range = self.range(node);
        let Some(decoded) = scalar::decode(self.text, node) else {
            if node.is_error() {
                self.error_node(node);
            }
            return self.builder.leaf(Kind::Opaque, range, self.source(node));
        };
        if let Some(end) = decoded.end.filter(|_| self.alias.is_none()) {
            range.end = end;
        }
        match decoded.kind {
            Kind::String => {
                let map = if self.alias.is_some() { None } else { decoded.map };
                self.builder.string(range, decoded.quoted && self.alias.is_none(), &decoded.text, map);
            }
            kind => self.builder.leaf(kind, range, &decoded.text),
        }
    }

    fn error_node(&mut self, node: Raw<'t>) {
        if self.alias.is_some() {
            return;
        }
        let range = trim(self.text, node.byte_range());
        let text = &self.text[range.clone()];
        let message = if text.starts_with(['"', '\'']) {
            "the string is not closed: a quote is missing".to_owned()
        } else if text.starts_with(['{', '[']) {
            "the bracket is not closed".to_owned()
        } else if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            "a colon and a value are missing after the key".to_owned()
        } else {
            describe_line(&self.text[line_around(self.text, range.start)])
        };
        self.builder.error(malformed(range, message));
    }

    fn range(&self, node: Raw<'t>) -> Range<usize> {
        self.alias.clone().unwrap_or(node.byte_range())
    }

    /// tree-sitter counts comments and line breaks behind the last line to the block; we do not.
    fn end_of(&self, node: Raw<'t>) -> usize {
        if let Some(alias) = &self.alias {
            return alias.end;
        }
        let mut cursor = node.walk();
        while cursor.node().kind().starts_with("block_") && cursor.node().kind() != "block_scalar" {
            if !cursor.goto_last_child() {
                break;
            }
            while cursor.node().kind() == "comment" && cursor.goto_previous_sibling() {}
        }
        let last = cursor.node();
        (last.start_byte() + self.text[last.byte_range()].trim_end().len()).max(self.reached)
    }

    fn source(&self, node: Raw<'t>) -> &'t str {
        &self.text[node.byte_range()]
    }
}

fn children<'t>(node: Raw<'t>) -> impl Iterator<Item = Raw<'t>> {
    let mut cursor = node.walk();
    let mut more = cursor.goto_first_child();
    std::iter::from_fn(move || {
        if !more {
            return None;
        }
        let child = cursor.node();
        more = cursor.goto_next_sibling();
        Some(child)
    })
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}

/// The nodes on which anchors stand, by name.
fn collect_anchors<'t>(text: &'t str, root: Raw<'t>, anchors: &mut HashMap<&'t str, Vec<Raw<'t>>>) {
    let mut cursor = root.walk();
    loop {
        let node = cursor.node();
        if node.kind() == "anchor" {
            if let Some(parent) = node.parent() {
                anchors.entry(text[node.byte_range()].trim_start_matches('&')).or_default().push(parent);
            }
        } else if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests;
