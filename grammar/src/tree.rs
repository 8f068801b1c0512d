//! The value tree: what JSON and YAML have in common.
//!
//! A [`Tree`] owns everything a reader of it needs (nodes, decoded text, maps back to the source), so it can be kept
//! and shared while the document moves on. Its offsets are relative to where the tree begins; [`Node`] adds the place
//! where it stands now.

use std::ops::Range;

use crate::map::OffsetMap;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A mapping; its children are members.
    Object,
    /// A key with its value, the only two children.
    Member,
    /// A sequence.
    Array,
    String,
    Number,
    Bool,
    Null,
    /// A value that stands there but that we cannot know: a placeholder, a tagged YAML value, a bare word.
    Opaque,
    /// No value where one belongs. Its range is empty.
    Missing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

const NONE: u32 = u32::MAX;

#[derive(Clone, Debug, PartialEq, Eq)]
struct NodeData {
    kind: Kind,
    quoted: bool,
    start: u32,
    end: u32,
    parent: u32,
    first: u32,
    next: u32,
    text: u32,
    text_len: u32,
}

/// One mistake in the text itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub kind: SyntaxErrorKind,
    pub range: Range<usize>,
    pub message: String,
    /// The other half: where the bracket was opened.
    pub related: Option<(Range<usize>, &'static str)>,
    /// A replacement that mends it.
    pub fix: Option<(&'static str, Range<usize>, String)>,
}

impl SyntaxError {
    /// The same error with the tree that holds it standing at `base`.
    pub fn moved_by(self, base: usize) -> SyntaxError {
        self.placed(|at| at + base)
    }

    /// The same error as one of a tree that stands at `base`.
    pub(crate) fn relative_to(self, base: usize) -> SyntaxError {
        self.placed(|at| at.saturating_sub(base))
    }

    fn placed(mut self, place: impl Fn(usize) -> usize) -> SyntaxError {
        let shift = |range: &mut Range<usize>| *range = place(range.start)..place(range.end);
        shift(&mut self.range);
        if let Some((range, _)) = &mut self.related {
            shift(range);
        }
        if let Some((_, range, _)) = &mut self.fix {
            shift(range);
        }
        self
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    Malformed,
    /// A closing bracket too many: what stands before it may belong to other objects than it seems.
    StrayBracket,
    /// A line of YAML that fits nowhere: it and its neighbours may belong to other objects than it seems.
    Misplaced,
    TrailingComma,
    Comment,
    UnquotedPlaceholder,
}

impl SyntaxErrorKind {
    /// Is there no way to read the text that was surely meant?
    pub fn is_malformed(self) -> bool {
        matches!(self, Self::Malformed | Self::StrayBracket | Self::Misplaced)
    }
}

/// A value tree with its errors. See the module's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<NodeData>,
    /// Decoded text of all keys and scalars, one after the other.
    text: String,
    /// For the strings whose decoded text differs from their source, sorted by node.
    maps: Vec<(u32, OffsetMap)>,
    pub errors: Vec<SyntaxError>,
}

impl Tree {
    /// The root value, with the tree standing at `base`. None in an empty document.
    pub fn root(&self, base: usize) -> Option<Node<'_>> {
        (!self.nodes.is_empty()).then_some(Node { tree: self, id: NodeId(0), base })
    }

    pub fn node(&self, id: NodeId, base: usize) -> Node<'_> {
        Node { tree: self, id, base }
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The deepest node whose range holds `offset` (ends included), in a tree standing at `base`.
    pub fn node_at(&self, offset: usize, base: usize) -> Option<Node<'_>> {
        let mut node = self.root(base)?;
        while let Some(child) = node.children().filter(|child| child.touches(offset)).last() {
            node = child;
        }
        node.touches(offset).then_some(node)
    }

    /// The tree of another text, in which everything has its place: this one stands at `from`, that one at `to`.
    pub(crate) fn moved(mut self, from: usize, to: usize, place: &dyn Fn(usize) -> usize) -> Tree {
        let place = |at: usize| place(from + at).saturating_sub(to);
        for node in &mut self.nodes {
            (node.start, node.end) = (place(node.start as usize) as u32, place(node.end as usize) as u32);
        }
        for (_, map) in &mut self.maps {
            map.place(place);
        }
        self.errors = self.errors.into_iter().map(|error| error.placed(place)).collect();
        self
    }

    /// Lets the last member, and what in it begins at places like that, go on to `end`.
    pub(crate) fn extend(&mut self, end: usize, takes: impl Fn(usize) -> bool) {
        let mut next = (!self.nodes.is_empty()).then_some(0);
        while let Some(index) = next {
            let node = &mut self.nodes[index as usize];
            if !matches!(node.kind, Kind::Object | Kind::Array | Kind::Member)
                || index > 0 && node.end as usize >= end
            {
                return;
            }
            let container = node.kind != Kind::Member;
            if index > 0 && !container && !takes(node.start as usize) {
                return;
            }
            node.end = node.end.max(end as u32);
            let first = (node.first != NONE).then_some(node.first);
            let nodes = &self.nodes;
            let after = |child: &u32| Some(nodes[*child as usize].next).filter(|next| *next != NONE);
            next = std::iter::successors(first, after).last();
        }
    }

    fn data(&self, id: NodeId) -> &NodeData {
        &self.nodes[id.0 as usize]
    }
}

/// A node in its tree, at the place where that tree stands. Copy it freely.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: NodeId,
    base: usize,
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'t> {
    pub node: Node<'t>,
    pub key: Node<'t>,
    pub value: Node<'t>,
}

impl<'t> Member<'t> {
    pub fn name(&self) -> &'t str {
        self.key.text()
    }
}

impl<'t> Node<'t> {
    pub fn id(self) -> NodeId {
        self.id
    }

    pub fn kind(self) -> Kind {
        self.tree.data(self.id).kind
    }

    /// Where the node stands in the document, quotes included.
    pub fn range(self) -> Range<usize> {
        let data = self.tree.data(self.id);
        self.base + data.start as usize..self.base + data.end as usize
    }

    pub fn start(self) -> usize {
        self.range().start
    }

    /// Is this a node of that tree?
    pub fn is_of(self, tree: &Tree) -> bool {
        std::ptr::eq(self.tree, tree)
    }

    /// The opening bracket of an object or array: a place to point at that is not a whole block.
    pub fn open(self) -> Range<usize> {
        let range = self.range();
        let end = (range.start + 1).min(range.end);
        range.start..end
    }

    /// What stands between the quotes; the whole range where there are none.
    pub fn content(self) -> Range<usize> {
        let range = self.range();
        if self.is_quoted() {
            range.start + 1..range.end.saturating_sub(1).max(range.start + 1)
        } else {
            range
        }
    }

    pub fn touches(self, offset: usize) -> bool {
        let range = self.range();
        range.start <= offset && offset <= range.end
    }

    pub fn parent(self) -> Option<Node<'t>> {
        self.at(self.tree.data(self.id).parent)
    }

    pub fn ancestors(self) -> impl Iterator<Item = Node<'t>> {
        std::iter::successors(Some(self), |node| node.parent())
    }

    pub fn children(self) -> impl Iterator<Item = Node<'t>> {
        std::iter::successors(self.at(self.tree.data(self.id).first), move |node| {
            self.at(self.tree.data(node.id).next)
        })
    }

    /// The child of the same parent that stands behind it.
    pub fn next(self) -> Option<Node<'t>> {
        self.at(self.tree.data(self.id).next)
    }

    /// The child of the same parent that stands before it.
    pub fn previous(self) -> Option<Node<'t>> {
        // Nodes stand in the order of the text: the one before is in the sibling, or is the parent.
        let parent = self.parent()?;
        let before = self.at(self.id.0.checked_sub(1)?)?;
        before.ancestors().find(|node| node.parent() == Some(parent))
    }

    /// The members of an object; nothing for any other kind.
    pub fn members(self) -> impl Iterator<Item = Member<'t>> {
        let object = self.kind() == Kind::Object;
        self.children().filter(move |_| object).filter_map(Node::as_member)
    }

    /// The elements of an array; nothing for any other kind.
    pub fn items(self) -> impl Iterator<Item = Node<'t>> {
        let array = self.kind() == Kind::Array;
        self.children().filter(move |_| array)
    }

    pub fn as_member(self) -> Option<Member<'t>> {
        if self.kind() != Kind::Member {
            return None;
        }
        let mut children = self.children();
        Some(Member { node: self, key: children.next()?, value: children.next()? })
    }

    /// The first member of that name.
    pub fn member(self, name: &str) -> Option<Member<'t>> {
        self.members().find(|member| member.name() == name)
    }

    /// The value of the first member of that name.
    pub fn get(self, name: &str) -> Option<Node<'t>> {
        self.member(name).map(|member| member.value)
    }

    /// Decoded text of a string or key, source text of a number, a literal or an opaque value.
    pub fn text(self) -> &'t str {
        let data = self.tree.data(self.id);
        &self.tree.text[data.text as usize..(data.text + data.text_len) as usize]
    }

    /// The decoded text, if this is a string.
    pub fn as_str(self) -> Option<&'t str> {
        (self.kind() == Kind::String).then(|| self.text())
    }

    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.text().eq_ignore_ascii_case("true"))
    }

    /// Stands the string in quotes?
    pub fn is_quoted(self) -> bool {
        self.tree.data(self.id).quoted
    }

    /// Where a part of the decoded text stands in the document.
    pub fn source_range(self, inner: Range<usize>) -> Range<usize> {
        self.source_offset(inner.start)..self.source_end(inner.end)
    }

    /// Where a byte of the decoded text begins in the document.
    pub fn source_offset(self, inner: usize) -> usize {
        let data = self.tree.data(self.id);
        match self.map() {
            Some(map) => self.base + map.outer(inner),
            None => (self.content_start() + inner).min(self.base + data.end as usize),
        }
    }

    fn source_end(self, inner: usize) -> usize {
        match self.map() {
            Some(map) => self.base + map.outer_end(inner),
            None => self.source_offset(inner),
        }
    }

    /// The byte of the decoded text that an offset of the document falls into; clamped to the text.
    pub fn inner_offset(self, outer: usize) -> usize {
        let inner = match self.map() {
            Some(map) => map.inner(outer.saturating_sub(self.base)),
            None => outer.saturating_sub(self.content_start()),
        };
        let text = self.text();
        let mut inner = inner.min(text.len());
        while !text.is_char_boundary(inner) {
            inner -= 1;
        }
        inner
    }

    fn content_start(self) -> usize {
        let data = self.tree.data(self.id);
        self.base + data.start as usize + data.quoted as usize
    }

    fn map(self) -> Option<&'t OffsetMap> {
        let maps = &self.tree.maps;
        maps.binary_search_by_key(&self.id.0, |(id, _)| *id).ok().map(|index| &maps[index].1)
    }

    /// Does a syntax error of this tree stand in the node? Then what seems missing may only be unreadable.
    pub fn is_damaged(self) -> bool {
        let data = self.tree.data(self.id);
        let touches = |error: &SyntaxError| {
            error.range.start <= data.end as usize && data.start as usize <= error.range.end
        };
        self.tree.errors.iter().any(touches)
    }

    /// RFC 6901 pointer from the root of this tree.
    pub fn pointer(self) -> String {
        let mut steps = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            match parent.kind() {
                Kind::Array => {
                    let index = parent.items().take_while(|item| item.id != node.id).count();
                    steps.push(index.to_string());
                }
                Kind::Member => steps.push(escape_pointer(parent.children().next().map_or("", Node::text))),
                _ => {}
            }
            node = parent;
        }
        // A member at the root of a tree is the beginning of a piece of a larger document.
        let mut out = String::new();
        for step in steps.iter().rev() {
            out.push('/');
            out.push_str(step);
        }
        out
    }

    fn at(self, id: u32) -> Option<Node<'t>> {
        (id != NONE).then_some(Node { id: NodeId(id), ..self })
    }
}

/// One step of an RFC 6901 pointer.
pub fn escape_pointer(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.id == other.id
    }
}

impl std::fmt::Debug for Node<'_> {
    /// A compact picture of the value, for tests.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kind() {
            Kind::Object => f.debug_map().entries(self.members().map(|m| (m.key, m.value))).finish(),
            Kind::Array => f.debug_list().entries(self.items()).finish(),
            Kind::Member => match self.as_member() {
                Some(member) => write!(f, "{:?}: {:?}", member.key, member.value),
                None => write!(f, "?"),
            },
            Kind::String => write!(f, "{:?}", self.text()),
            Kind::Number | Kind::Bool | Kind::Null => write!(f, "{}", self.text()),
            Kind::Opaque => write!(f, "<{}>", self.text()),
            Kind::Missing => write!(f, "<missing>"),
        }
    }
}

/// Builds a tree from the front to the back of the text. Used by the readers of both formats.
#[derive(Default)]
pub(crate) struct Builder {
    tree: Tree,
    base: usize,
    /// Containers (objects, arrays, members) still open, with their last child.
    open: Vec<(u32, u32)>,
    /// While this one builds a part, the frame waits here.
    pub outer: Option<Box<Builder>>,
}

impl Builder {
    /// A tree that begins at `base` of the document; all offsets given later are those of the document.
    pub fn new(base: usize) -> Builder {
        Builder { base, ..Builder::default() }
    }

    /// The text of the last node, if that is a key or string.
    pub fn last_key(&self) -> Option<&str> {
        let data = self.tree.nodes.last().filter(|data| data.kind == Kind::String)?;
        self.tree.text.get(data.text as usize..(data.text + data.text_len) as usize)
    }

    pub fn open(&mut self, kind: Kind, start: usize) {
        let id = self.push(kind, start..start, false, "");
        self.open.push((id, NONE));
    }

    pub fn close(&mut self, end: usize) {
        if let Some((id, _)) = self.open.pop() {
            self.tree.nodes[id as usize].end = self.relative(end);
        }
    }

    pub fn leaf(&mut self, kind: Kind, range: Range<usize>, text: &str) {
        self.push(kind, range, false, text);
    }

    /// A string with its decoded text, and a map (in offsets of the document) where that differs from the source.
    pub fn string(&mut self, range: Range<usize>, quoted: bool, text: &str, map: Option<OffsetMap>) {
        let id = self.push(Kind::String, range, quoted, text);
        if let Some(map) = map {
            self.tree.maps.push((id, map.relative_to(self.base)));
        }
    }

    pub fn error(&mut self, error: SyntaxError) {
        self.tree.errors.push(error.relative_to(self.base));
    }

    pub fn errors(&mut self) -> &mut Vec<SyntaxError> {
        &mut self.tree.errors
    }

    pub fn finish(mut self) -> Tree {
        self.tree.nodes.shrink_to_fit();
        self.tree.text.shrink_to_fit();
        self.tree
    }

    fn push(&mut self, kind: Kind, range: Range<usize>, quoted: bool, text: &str) -> u32 {
        let id = self.tree.nodes.len() as u32;
        let parent = match self.open.last_mut() {
            None => NONE,
            Some((parent, last)) => {
                match *last {
                    NONE => self.tree.nodes[*parent as usize].first = id,
                    last => self.tree.nodes[last as usize].next = id,
                }
                *last = id;
                *parent
            }
        };
        let (start, end) = (self.relative(range.start), self.relative(range.end));
        self.tree.nodes.push(NodeData {
            kind,
            quoted,
            start,
            end,
            parent,
            first: NONE,
            next: NONE,
            text: self.tree.text.len() as u32,
            text_len: text.len() as u32,
        });
        self.tree.text.push_str(text);
        id
    }

    fn relative(&self, offset: usize) -> u32 {
        offset.saturating_sub(self.base) as u32
    }
}
