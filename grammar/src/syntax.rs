//! The syntax of one version of a document, made from that of the version before.
//!
//! A document is kept in pieces: a frame (the root and its members) and a part for each state of its `States` object.
//! After an edit, a part whose text has not changed is taken over, wherever it moved to, and only the others are read. In
//! JSON, tree-sitter says where the pieces are now and which of them are damaged; in YAML, the indentation does. When the
//! damage reaches the frame, the whole text is read, which gives the same result for any text, only later.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::json::{self, Pieces};
use crate::text::Text;
use crate::tree::{Builder, Kind, Node, SyntaxError, Tree};
use crate::yaml;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Json,
    Yaml,
}

/// The tree of one state, shared between the versions of the document in which its text is the same.
#[derive(Debug)]
pub struct PartTree {
    /// Of the text, for recognising it in the next version.
    pub hash: u64,
    /// Its root is the member of `States`: name and state.
    pub tree: Tree,
    /// Nothing but its text decided what it looks like.
    strict: bool,
}

/// A state at the place where it stands in this version.
#[derive(Clone, Debug)]
pub struct Part {
    pub range: Range<usize>,
    pub content: Arc<PartTree>,
}

impl Part {
    /// The member of `States`, with the ranges of this version.
    pub fn root(&self) -> Option<Node<'_>> {
        self.content.tree.root(self.range.start)
    }
}

#[derive(Debug)]
pub struct Syntax {
    pub format: Format,
    pub frame: Tree,
    pub parts: Vec<Part>,
}

impl Syntax {
    /// Reads a text from scratch.
    pub fn new(format: Format, text: &Text) -> Syntax {
        Syntax::reread(format, text, None)
    }

    /// The syntax of a document that nobody looks into.
    pub fn empty(format: Format) -> Syntax {
        Syntax { format, frame: Tree::default(), parts: Vec::new() }
    }

    /// Reads a version of which tree-sitter has a tree, taking over what has not changed since `old`.
    pub fn update(text: &Text, skeleton: Option<&Skeleton>, old: &Syntax) -> Syntax {
        let format = old.format;
        let quick = skeleton.filter(|_| format == Format::Json).and_then(|skeleton| {
            let frame = skeleton.frame(text)?;
            Syntax::assemble(text, &frame, &mut Reuse::new(&old.parts))
        });
        quick.unwrap_or_else(|| Syntax::reread(format, text, Some(old)))
    }

    fn reread(format: Format, text: &Text, old: Option<&Syntax>) -> Syntax {
        let source = text.to_string();
        let old = old.map_or(&[][..], |old| &old.parts);
        match format {
            Format::Json => Syntax::whole(format, &source, json::read(&source), old),
            Format::Yaml => Syntax::by_outline(&source, old)
                .unwrap_or_else(|parts| Syntax::whole(format, &source, yaml::read(&source), &parts)),
        }
    }

    /// Makes the syntax from a text that was read as a whole. What is known already is taken over, so that all that was
    /// made of it holds on.
    fn whole(format: Format, source: &str, pieces: Pieces, known: &[Part]) -> Syntax {
        // In YAML what an alias stands for may change although the text of the state does not.
        let mut reuse = Reuse::new(if pieces.entangled { &[] } else { known });
        let ends = match format {
            Format::Json => pieces.parts.iter().map(|(range, _)| range.end).collect(),
            Format::Yaml => yaml::ends_of_states(source, &pieces),
        };
        let parts = pieces.parts.into_iter().zip(ends).map(|((range, tree), end)| {
            let hash = hash(std::iter::once(&source[range.start..end]));
            let content = match reuse.find(hash).filter(|old| old.tree == tree) {
                Some(old) => old,
                None => Arc::new(PartTree { hash, tree, strict: pieces.strict }),
            };
            Part { range, content }
        });
        Syntax { format, parts: parts.collect(), frame: pieces.frame }
    }

    /// Puts a YAML document together from its states, of which only those are read that are not known. What could be read
    /// by itself when the document cannot.
    fn by_outline(source: &str, known: &[Part]) -> Result<Syntax, Vec<Part>> {
        let Some(outline) = yaml::outline(source) else { return Err(known.to_vec()) };
        let deadline = yaml::deadline();
        let mut reuse = Reuse::new(known);
        let mut parts = Vec::with_capacity(outline.states.len());
        for range in &outline.states {
            let hash = hash(std::iter::once(&source[range.clone()]));
            let content = match reuse.find(hash).filter(|old| old.strict) {
                Some(content) => content,
                None => match yaml::read_state(source, range.clone(), deadline) {
                    Some(tree) => Arc::new(PartTree { hash, tree, strict: true }),
                    None => continue,
                },
            };
            let len = content.tree.root(0).map_or(0, |root| root.range().end);
            parts.push(Part { range: range.start..range.start + len, content });
        }
        let states = match (parts.first(), parts.last()) {
            (Some(first), Some(last)) if parts.len() == outline.states.len() => {
                first.range.start..last.range.end
            }
            _ => {
                parts.extend(known.iter().filter(|part| !part.content.strict).cloned());
                return Err(parts);
            }
        };
        match yaml::read_frame(source, &outline.frame, states, deadline) {
            Some(frame) => Ok(Syntax { format: Format::Yaml, frame, parts }),
            None => Err(parts),
        }
    }

    /// Puts a JSON document together from the pieces that tree-sitter found. None when one of them is damaged so that
    /// its end is in doubt.
    fn assemble(text: &Text, skeleton: &FrameOf, reuse: &mut Reuse) -> Option<Syntax> {
        let mut parts = Vec::with_capacity(skeleton.states.len());
        for range in &skeleton.states {
            let hash = hash(text.pieces(range.clone()));
            let content = match reuse.find(hash).filter(|old| old.strict) {
                Some(content) => content,
                None => {
                    let slice = text.slice(range.clone());
                    let tree = json::read_member(&slice, range.start, Builder::new(range.start))?.finish();
                    Arc::new(PartTree { hash, tree, strict: true })
                }
            };
            parts.push(Part { range: range.clone(), content });
        }
        let mut builder = Builder::new(0);
        builder.open(Kind::Object, skeleton.root.start);
        for member in &skeleton.members {
            match member {
                MemberOf::Plain(range) => {
                    builder = json::read_member(&text.slice(range.clone()), range.start, builder)?;
                }
                MemberOf::States { key, value } => {
                    builder.open(Kind::Member, key.start);
                    builder.string(key.clone(), true, STATES, None);
                    builder.open(Kind::Object, value.start);
                    builder.close(value.end);
                    builder.close(value.end);
                }
            }
        }
        builder.close(skeleton.root.end);
        Some(Syntax { format: Format::Json, frame: builder.finish(), parts })
    }

    /// The root value of the document.
    pub fn root(&self) -> Option<Node<'_>> {
        self.frame.root(0)
    }

    /// All syntax errors, by their place in the document.
    pub fn errors(&self) -> Vec<SyntaxError> {
        let mut errors = self.frame.errors.clone();
        for part in &self.parts {
            errors.extend(
                part.content.tree.errors.iter().map(|error| error.clone().moved_by(part.range.start)),
            );
        }
        errors.sort_by_key(|error| (error.range.start, error.range.end));
        errors
    }

    /// The part that holds an offset (ends included).
    pub fn part_at(&self, offset: usize) -> Option<usize> {
        let index = self.parts.partition_point(|part| part.range.end < offset);
        self.parts.get(index).filter(|part| part.range.start <= offset).map(|_| index)
    }

    /// The deepest node at an offset, in its part or in the frame.
    pub fn node_at(&self, offset: usize) -> Option<Node<'_>> {
        match self.part_at(offset) {
            Some(index) => {
                let part = &self.parts[index];
                part.content.tree.node_at(offset, part.range.start)
            }
            None => self.frame.node_at(offset, 0),
        }
    }
}

const STATES: &str = "States";

fn hash<'t>(pieces: impl Iterator<Item = &'t str>) -> u64 {
    let mut hasher = Xxh3::new();
    for piece in pieces {
        hasher.update(piece.as_bytes());
    }
    hasher.digest()
}

/// Finds the parts of the last version by their text. Most of them stand where they stood: the search begins there.
struct Reuse<'o> {
    old: &'o [Part],
    next: usize,
    by_hash: Option<std::collections::HashMap<u64, usize>>,
}

impl<'o> Reuse<'o> {
    fn new(old: &'o [Part]) -> Reuse<'o> {
        Reuse { old, next: 0, by_hash: None }
    }

    fn find(&mut self, hash: u64) -> Option<Arc<PartTree>> {
        let near = self.next..(self.next + 2).min(self.old.len());
        let index = near.clone().find(|index| self.old[*index].content.hash == hash).or_else(|| {
            let by_hash = self.by_hash.get_or_insert_with(|| {
                self.old.iter().enumerate().map(|(index, part)| (part.content.hash, index)).collect()
            });
            by_hash.get(&hash).copied()
        });
        self.next = index.unwrap_or(self.next) + 1;
        index.map(|index| self.old[index].content.clone())
    }
}

/// What tree-sitter knows of a JSON document: kept from version to version, and edited along with the text.
#[derive(Clone)]
pub struct Skeleton {
    tree: tree_sitter::Tree,
}

impl Skeleton {
    /// Parses a text, from scratch or from the edited skeleton of the version before. None when `stop` said so.
    pub fn parse(text: &Text, old: Option<&Skeleton>, stop: &dyn Fn() -> bool) -> Option<Skeleton> {
        let mut parser = tree_sitter::Parser::new();
        parser.set_language(&tree_sitter_json::LANGUAGE.into()).ok()?;
        let mut progress = |_: &tree_sitter::ParseState| {
            if stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let options = tree_sitter::ParseOptions::new().progress_callback(&mut progress);
        let mut read = |offset: usize, _: tree_sitter::Point| text.piece_from(offset);
        let tree = parser.parse_with_options(&mut read, old.map(|old| &old.tree), Some(options))?;
        Some(Skeleton { tree })
    }

    /// Tells of an edit that turned `before` into `after`.
    pub fn edit(&mut self, before: &Text, after: &Text, range: Range<usize>, new_len: usize) {
        let new_end = range.start + new_len;
        self.tree.edit(&tree_sitter::InputEdit {
            start_byte: range.start,
            old_end_byte: range.end,
            new_end_byte: new_end,
            start_position: before.point(range.start),
            old_end_position: before.point(range.end),
            new_end_position: after.point(new_end),
        });
    }

    /// Where the pieces are, if nothing is wrong outside of them.
    fn frame(&self, text: &Text) -> Option<FrameOf> {
        let document = self.tree.root_node();
        let root = only_child(document).filter(|root| root.kind() == "object")?;
        let mut frame = FrameOf { root: root.byte_range(), members: Vec::new(), states: Vec::new() };
        let mut found = false;
        each_pair(root, |pair| {
            let (key, value) = (pair.child(0)?, pair.child(2)?);
            // A comment or an error inside of it: where its value is cannot be told from here.
            if pair.child_count() != 3 {
                return None;
            }
            if text.pieces(key.byte_range()).any(|piece| piece.contains('\\')) {
                return None;
            }
            let states = !found && value.kind() == "object" && text.is(key.byte_range(), "\"States\"");
            if !states {
                frame.members.push(MemberOf::Plain(pair.byte_range()));
                return Some(());
            }
            frame.members.push(MemberOf::States { key: key.byte_range(), value: value.byte_range() });
            found = true;
            each_pair(value, |state| {
                frame.states.push(state.byte_range());
                Some(())
            })
        })?;
        Some(frame)
    }
}

/// The pieces of a JSON document as tree-sitter sees them.
struct FrameOf {
    root: Range<usize>,
    members: Vec<MemberOf>,
    states: Vec<Range<usize>>,
}

enum MemberOf {
    Plain(Range<usize>),
    States { key: Range<usize>, value: Range<usize> },
}

fn only_child(node: tree_sitter::Node) -> Option<tree_sitter::Node> {
    (node.child_count() == 1 && !node.is_error()).then(|| node.child(0)).flatten()
}

/// Calls `with` for each member of an object. None when anything else is found in it than members and their commas.
fn each_pair(object: tree_sitter::Node, mut with: impl FnMut(tree_sitter::Node) -> Option<()>) -> Option<()> {
    let mut cursor = object.walk();
    let mut expected = "{";
    if !cursor.goto_first_child() {
        return None;
    }
    loop {
        let node = cursor.node();
        if node.is_missing() {
            return None;
        }
        expected = match (expected, node.kind()) {
            ("{", "{") => "pair or }",
            ("pair or }" | "pair", "pair") => {
                with(node)?;
                ", or }"
            }
            (", or }", ",") => "pair",
            ("pair or }" | ", or }", "}") => "end",
            _ => return None,
        };
        if !cursor.goto_next_sibling() {
            return (expected == "end").then_some(());
        }
    }
}

#[cfg(test)]
mod tests;
