//! Calls of intrinsic functions in JSONPath states: `States.Format('{} of {}', $.n, $.total)`. Start with [`parse`]
//! and [`Tree`].
//!
//! Parsing always gives a tree: an argument that cannot be read is a [`NodeKind::Error`], one that is missing a
//! [`NodeKind::Missing`]. Which functions exist and what they take is not known here.

mod parser;

use crate::path::Path;
use crate::span::Span;

/// Calls inside calls are read to this depth; Step Functions allows ten.
pub const MAX_DEPTH: u32 = 64;

/// Parses the decoded text of a field that holds one call.
pub fn parse(text: &str) -> Tree {
    parser::parse(text)
}

/// The number of a node in its tree. Parents have smaller numbers than their children.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(u32);

#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    pub kind: NodeKind,
    pub span: Span,
    pub parent: Option<NodeId>,
}

#[derive(Clone, PartialEq, Debug)]
pub enum NodeKind {
    Call(Call),
    /// `'…'`
    String(StringLiteral),
    Number(f64),
    True,
    False,
    Null,
    Path(Path),
    /// Nothing stands where an argument belongs.
    Missing,
    /// Text that is no argument: a bare word, a JSON array.
    Error,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// `States.Format`, whole.
    pub name: Span,
    pub arguments: Vec<NodeId>,
    /// Behind the opening parenthesis; the end of the name when there is none.
    pub open: u32,
    /// Before the closing parenthesis, or where it is missing.
    pub close: u32,
    /// The ends of the commas between the arguments.
    pub commas: Vec<u32>,
    /// 1 for the outermost call.
    pub depth: u32,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StringLiteral {
    /// Without quotes and escapes; wrong escapes stay as they are.
    pub value: String,
    /// Every backslash with the character behind it.
    pub escapes: Vec<Escape>,
    /// Every unescaped `{}`.
    pub placeholders: Vec<Span>,
    /// Unescaped braces that are no placeholder.
    pub stray_braces: Vec<Span>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Escape {
    pub span: Span,
    /// One of `\'`, `\{`, `\}`, `\\`.
    pub valid: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    pub kind: ErrorKind,
    pub span: Span,
    /// One sentence: what is wrong and what to do.
    pub message: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ErrorKind {
    Syntax,
    /// A backslash before a character that needs none.
    BadEscape,
    /// A path among the arguments is malformed.
    Path,
    TooDeep,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Tree {
    text: Box<str>,
    nodes: Vec<Node>,
    errors: Vec<Error>,
}

/// A call around an offset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallSite {
    pub call: NodeId,
    /// The number of the argument at the offset, from 0.
    pub argument: u32,
}

impl Tree {
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn errors(&self) -> &[Error] {
        &self.errors
    }

    /// The outermost call; an error node when the text is none.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    pub fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// All calls, outer ones before inner ones.
    pub fn calls(&self) -> impl Iterator<Item = (NodeId, &Call)> {
        self.ids().filter_map(|id| Some((id, self.call(id)?)))
    }

    pub fn call(&self, id: NodeId) -> Option<&Call> {
        match &self.node(id).kind {
            NodeKind::Call(call) => Some(call),
            _ => None,
        }
    }

    /// The name of a call as written.
    pub fn name(&self, call: &Call) -> &str {
        call.name.text(&self.text)
    }

    /// All paths among the arguments.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Path(path) => Some(path),
            _ => None,
        })
    }

    /// How deep calls are nested: 1 for a call without calls inside.
    pub fn depth(&self) -> u32 {
        self.calls().map(|(_, call)| call.depth).max().unwrap_or(0)
    }

    /// The innermost node at an offset.
    pub fn node_at(&self, offset: u32) -> NodeId {
        let at = |id: &NodeId| self.node(*id).span.touches(offset);
        // Children have larger numbers; the longest of two that meet at the offset is no better than the other.
        self.ids().rev().find(at).unwrap_or(self.root())
    }

    /// The innermost call whose parentheses surround the offset, closed or not.
    pub fn call_at(&self, offset: u32) -> Option<CallSite> {
        let around = |call: &Call| call.open > call.name.end && call.open <= offset && offset <= call.close;
        let (call, site) = self.calls().filter(|(_, call)| around(call)).last()?;
        let argument = site.commas.iter().filter(|&&comma| comma <= offset).count() as u32;
        Some(CallSite { call, argument })
    }
}
