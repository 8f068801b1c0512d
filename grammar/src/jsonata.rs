//! The JSONata of `{% … %}` strings, as Step Functions takes it (JSONata 2.0.6). Start with [`parse`] and [`Tree`];
//! the questions an editor asks are in [`query`] and [`scope`].
//!
//! The text is the decoded string between the marks. Parsing always gives a tree: what is missing becomes a
//! [`NodeKind::Missing`] node, what does not fit becomes [`NodeKind::Error`] with its pieces kept below it.

mod lexer;
mod parser;

mod ancestry;
mod check;
mod errors;
mod signature;

pub mod query;
pub mod scope;

pub use errors::{Code, Error, Slip, SlipKind};

use crate::span::Span;

/// Longer texts are refused unread: more than the 256 KiB that a variable may hold.
pub const MAX_LENGTH: usize = 256 * 1024;

/// Levels of nesting that are parsed; what lies deeper is one error. Step Functions stops evaluating near 100.
pub const MAX_DEPTH: u32 = 200;

/// At most so many errors are kept for one expression.
pub const MAX_ERRORS: usize = 64;

/// Parses the decoded text of one expression.
pub fn parse(text: &str) -> Tree {
    parser::parse(text)
}

/// The number of a node in its tree. Children have smaller numbers than their parents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(u32);

impl NodeId {
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// One piece of the expression.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub kind: NodeKind,
    pub span: Span,
    /// The token that makes the node what it is: the operator, the opening bracket, or the leaf itself.
    pub anchor: Span,
    /// Where the inside of a bracketed node ends: the start of the closing token, or of what stands in its place.
    pub close: u32,
    pub parent: Option<NodeId>,
    first_child: u32,
    child_count: u32,
}

/// What a node is, with its children in order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NodeKind {
    /// Nothing stands where an operand belongs.
    Missing,
    /// Pieces side by side that do not belong together.
    Error,
    /// A field name, quoted by backticks or not.
    Name,
    /// `$name`.
    Variable,
    /// `$`, the context item.
    Context,
    /// `$$`, the whole input.
    Root,
    String,
    Number,
    /// `true`, `false`, `null`.
    Literal,
    Regex,
    /// `*`
    Wildcard,
    /// `**`
    Descendants,
    /// `%`
    Parent,
    /// `?` as an argument.
    Placeholder,
    /// `( … )`: its expressions.
    Block,
    /// `[ … ]`: its items.
    Array,
    /// `a .. b`
    Range,
    /// `{ … }`: its pairs.
    Object,
    /// `key : value`
    Pair,
    /// `| pattern | update, delete |`
    Transform,
    /// The callee, then the arguments.
    Call,
    /// The same with a `?` among the arguments.
    Partial,
    /// The word `function`, the parameters, perhaps a signature, the body.
    Lambda,
    /// `<…>` of a lambda.
    Signature,
    /// `a.b`
    Path,
    /// `a[b]`
    Filter,
    /// `a[]`
    KeepArray,
    /// `a{ … }`: the value, then the pairs.
    Group,
    /// `a^(…)`: the value, then the terms.
    OrderBy,
    /// A sort key: `<b` or `>b`.
    Term,
    /// `a@$x`
    Focus,
    /// `a#$x`
    Index,
    /// `-a`
    Negate,
    Binary(Operator),
    /// `a ~> b`
    Chain,
    /// `a ? b : c`, perhaps without the last.
    Condition,
    /// `a ?? b`, of JSONata 2.1.
    Coalesce,
    /// `a ?: b`, of JSONata 2.1.
    Default,
    /// `$x := a`
    Bind,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Concatenate,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    And,
    Or,
}

/// A parsed expression with its text.
#[derive(Clone, Debug)]
pub struct Tree {
    text: Box<str>,
    nodes: Vec<Node>,
    children: Vec<NodeId>,
    root: NodeId,
    tokens: Vec<Token>,
    errors: Vec<Error>,
}

impl Tree {
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn root(&self) -> NodeId {
        self.root
    }

    /// The faults in the order in which the reference would meet them; empty when 2.0.6 accepts the expression.
    pub fn errors(&self) -> &[Error] {
        &self.errors
    }

    /// All nodes, children before their parents and leaves in the order of the text.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + ExactSizeIterator + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    pub fn kind(&self, id: NodeId) -> NodeKind {
        self.node(id).kind
    }

    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    pub fn children(&self, id: NodeId) -> &[NodeId] {
        let node = self.node(id);
        let start = node.first_child as usize;
        self.children.get(start..start + node.child_count as usize).unwrap_or_default()
    }

    /// The text of a node as written.
    pub fn source(&self, id: NodeId) -> &str {
        self.span(id).text(&self.text)
    }

    /// What a name or string stands for: without its quotes and escapes.
    pub fn name(&self, id: NodeId) -> Option<String> {
        let source = self.source(id);
        match self.kind(id) {
            NodeKind::Name => Some(unquoted_name(source).to_owned()),
            NodeKind::String => Some(unescape(source)),
            _ => None,
        }
    }

    /// The name of a variable without its `$`; empty for `$`, and `$` for `$$`.
    pub fn variable_name(&self, id: NodeId) -> Option<&str> {
        self.is_variable(id).then(|| self.source(id).strip_prefix('$')).flatten()
    }

    /// Whether the node is `$name`, `$` or `$$`, which the grammar treats alike.
    pub fn is_variable(&self, id: NodeId) -> bool {
        matches!(self.kind(id), NodeKind::Variable | NodeKind::Context | NodeKind::Root)
    }

    /// The parameters of a lambda.
    pub fn parameters(&self, id: NodeId) -> &[NodeId] {
        match self.children(id) {
            [_, parameters @ .., last, _] if self.kind(*last) == NodeKind::Signature => parameters,
            [_, parameters @ .., _] if self.kind(id) == NodeKind::Lambda => parameters,
            _ => &[],
        }
    }

    /// The arguments of a call, `?` and missing ones included.
    pub fn arguments(&self, id: NodeId) -> &[NodeId] {
        match (self.kind(id), self.children(id)) {
            (NodeKind::Call | NodeKind::Partial, [_, arguments @ ..]) => arguments,
            _ => &[],
        }
    }

    /// The pieces of the text that are not blank, with their classes, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }
}

/// A piece of text with the class an editor colours it by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    pub span: Span,
    pub class: TokenClass,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenClass {
    Comment,
    /// A field name.
    Name,
    Variable,
    /// A variable in the parameter list of a function.
    Parameter,
    /// A variable that is called.
    Function,
    /// `$` and `$$`.
    Context,
    String,
    Number,
    Regex,
    /// `and`, `or`, `in`, `true`, `false`, `null`, `function`, `λ`.
    Keyword,
    Operator,
    /// Brackets, commas, semicolons, colons.
    Punctuation,
    /// The type letters of a signature.
    Signature,
    /// A character that means nothing: `!` or `~` alone.
    Invalid,
}

fn unquoted_name(source: &str) -> &str {
    match source.strip_prefix('`') {
        Some(rest) => rest.strip_suffix('`').unwrap_or(rest),
        None => source,
    }
}

/// A string literal without quotes and escapes; wrong escapes stay as they are.
fn unescape(source: &str) -> String {
    let mut characters = source.chars();
    let quote = characters.next();
    let mut out = String::with_capacity(source.len());
    let mut units: Vec<u16> = Vec::new();
    while let Some(character) = characters.next() {
        if Some(character) == quote {
            break;
        }
        if character != '\\' {
            flush(&mut units, &mut out);
            out.push(character);
            continue;
        }
        let escaped = characters.next();
        if escaped == Some('u') {
            let hex: String = characters.clone().take(4).take_while(char::is_ascii_hexdigit).collect();
            if let (4, Ok(unit)) = (hex.len(), u16::from_str_radix(&hex, 16)) {
                units.push(unit);
                characters.nth(3);
                continue;
            }
        }
        flush(&mut units, &mut out);
        match escaped {
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some(plain @ ('"' | '\\' | '/' | '\'')) => out.push(plain),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    flush(&mut units, &mut out);
    out
}

/// Writes the `\u` units gathered so far: two of them may make one character.
fn flush(units: &mut Vec<u16>, out: &mut String) {
    out.extend(char::decode_utf16(units.drain(..)).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
}
