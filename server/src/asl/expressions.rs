//! The strings of a state that hold a language of their own: JSONata, paths and intrinsic functions, each parsed once.
//!
//! The list of a [`Fragment`](super::Fragment) is made along with its places and kept as long as they are. It also
//! names the plain texts that look as if they were meant to be one of these languages: rules have something to say
//! about them, and everybody else skips them with [`Expression::is_live`]. Ask for an [`ExpressionView`] to get from
//! the parsed text to the document.

use std::ops::Range;

use asl_grammar::span::Span;
use asl_grammar::tree::{Node, NodeId};
use asl_grammar::{intrinsic, jsonata, path};

use super::{Place, is_expression, placeholders};
use crate::catalog::fields::{Field, Intrinsics, Object, PathKind, Value};
use crate::catalog::states::StateType;

#[derive(Debug)]
pub struct Expression {
    /// The value; a string but for what stands wrongly at a key that ends in `.$`.
    pub node: NodeId,
    /// Its key; None for the elements of arrays.
    pub key: Option<NodeId>,
    /// Index of the place with the field that it stands in, at whatever depth.
    pub place: u32,
    pub field: &'static Field,
    pub role: Role,
    pub parsed: Parsed,
    /// A placeholder stands where text of the language belongs: what comes of it is not known.
    pub templated: bool,
}

/// What the place of a string makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The value of a field that takes a path.
    Path(PathKind),
    /// The value of a member of a payload template whose key ends in `.$`.
    Template,
    /// A string of a JSONata state that may be an expression.
    Jsonata,
    /// Plain text in a payload template.
    Payload,
    /// Plain text in the `Result` of a Pass state, which nobody evaluates.
    Static,
    /// The text of a JSONPath state's field.
    Text,
}

#[derive(Debug)]
pub enum Parsed {
    /// It is none of them.
    None,
    /// What stands between `{%` and `%}`.
    Jsonata(Box<jsonata::Tree>),
    Path(Box<path::Path>),
    Intrinsic(Box<intrinsic::Tree>),
}

/// Of what the variable `$states` offers, some only exists in certain places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Before or without a result: `input` and `context`.
    None,
    /// `result` as well.
    Result,
    /// `errorOutput` as well.
    Error,
}

impl Expression {
    /// Is it evaluated when the machine runs? Else it is a text that only looks so.
    pub fn is_live(&self) -> bool {
        match self.role {
            Role::Path(_) | Role::Template => true,
            Role::Jsonata => self.jsonata().is_some(),
            Role::Payload | Role::Static | Role::Text => false,
        }
    }

    pub fn jsonata(&self) -> Option<&jsonata::Tree> {
        match &self.parsed {
            Parsed::Jsonata(tree) => Some(tree),
            _ => None,
        }
    }

    pub fn path(&self) -> Option<&path::Path> {
        match &self.parsed {
            Parsed::Path(path) => Some(path),
            _ => None,
        }
    }

    pub fn intrinsic(&self) -> Option<&intrinsic::Tree> {
        match &self.parsed {
            Parsed::Intrinsic(tree) => Some(tree),
            _ => None,
        }
    }

    /// Every path in it: itself, arguments of functions, operands of filters.
    pub fn paths(&self) -> Vec<&path::Path> {
        match &self.parsed {
            Parsed::Path(path) => path.all(),
            Parsed::Intrinsic(tree) => tree.paths().flat_map(path::Path::all).collect(),
            Parsed::None | Parsed::Jsonata(_) => Vec::new(),
        }
    }

    /// Where the parsed text begins within the decoded string.
    pub fn start(&self) -> usize {
        if self.jsonata().is_some() { 2 } else { 0 }
    }
}

/// An expression with its nodes in the document.
#[derive(Clone, Copy)]
pub struct ExpressionView<'a> {
    pub expression: &'a Expression,
    pub place: &'a Place,
    pub node: Node<'a>,
    pub key: Option<Node<'a>>,
}

impl<'a> ExpressionView<'a> {
    /// The whole decoded string.
    pub fn text(&self) -> &'a str {
        self.node.text()
    }

    /// The text that was parsed, to which all spans refer.
    pub fn code(&self) -> &'a str {
        match self.expression.jsonata() {
            Some(tree) => tree.text(),
            None => self.node.text(),
        }
    }

    /// Where a part of the parsed text stands in the document.
    pub fn range(&self, span: Span) -> Range<usize> {
        let start = self.expression.start();
        self.node.source_range(start + span.start as usize..start + span.end as usize)
    }

    /// The offset of the parsed text that an offset of the document falls into.
    pub fn offset(&self, outer: usize) -> u32 {
        self.node.inner_offset(outer).saturating_sub(self.expression.start()) as u32
    }

    /// What `$states` offers here beside `input` and `context`.
    pub fn outcome(&self) -> Outcome {
        Outcome::of(self.place.object, self.expression.field)
    }
}

impl Outcome {
    /// What `$states` offers in a field beside `input` and `context`.
    pub fn of(object: Object, field: &Field) -> Outcome {
        match (object, field.name) {
            (Object::State(StateType::Task | StateType::Parallel | StateType::Map), "Output" | "Assign") => {
                Outcome::Result
            }
            (Object::Catcher, "Output" | "Assign") => Outcome::Error,
            _ => Outcome::None,
        }
    }
}

impl Role {
    /// What its place makes of a string. It is the value of the field itself, or stands below it, perhaps with a key.
    pub fn of(field: &Field, language: super::Language, below: bool, key: Option<&str>) -> Option<Role> {
        match (search(field, language)?, below) {
            (Search::Whole(role), false) => Some(role),
            (Search::Whole(_), true) => None,
            (Search::Deep(Role::Payload), true) if key.is_some_and(|key| key.ends_with(".$")) => {
                Some(Role::Template)
            }
            (Search::Deep(role), _) => Some(role),
        }
    }
}

/// Whether the key of a template's member says that its value is to be evaluated.
pub fn is_template_key(key: Node) -> bool {
    key.text().ends_with(".$")
}

/// What a string is read as, and whether placeholders spoil it. None when nobody needs to look at it.
pub(crate) fn read(role: Role, text: &str) -> Option<(Parsed, bool)> {
    let parsed = match role {
        Role::Jsonata if is_expression(text) => {
            Parsed::Jsonata(Box::new(jsonata::parse(&text[2..text.len() - 2])))
        }
        Role::Jsonata | Role::Payload | Role::Static | Role::Text => {
            let marked = text.contains("{%") || text.contains("%}") || is_other_template(text);
            if !marked && !text.starts_with('$') && !text.starts_with("States.") {
                return None;
            }
            likeness(text)
        }
        Role::Template if text.starts_with('$') => Parsed::Path(Box::new(path::parse(text))),
        Role::Template if looks_like_call(text) => Parsed::Intrinsic(Box::new(intrinsic::parse(text))),
        Role::Template => Parsed::None,
        Role::Path(kind) if kind.intrinsics() != Intrinsics::None && looks_like_call(text) => {
            Parsed::Intrinsic(Box::new(intrinsic::parse(text)))
        }
        Role::Path(_) => Parsed::Path(Box::new(path::parse(text))),
    };
    let templated = is_templated(text, &parsed);
    Some((parsed, templated))
}

/// What a plain text was perhaps meant to be: a sound path of at least one step, or a sound call.
fn likeness(text: &str) -> Parsed {
    if is_expression(text) {
        return Parsed::Jsonata(Box::new(jsonata::parse(&text[2..text.len() - 2])));
    }
    if text.starts_with('$') {
        let path = path::parse(text);
        // `$5.00` is a price and `$.99` another.
        let price = text.trim_start_matches(['$', '.']).starts_with(|first: char| first.is_ascii_digit());
        let meant = matches!(path.root, path::Root::Input | path::Root::Context);
        if meant && !price && path.errors.is_empty() {
            return Parsed::Path(Box::new(path));
        }
    } else if text.starts_with("States.") && looks_like_call(text) {
        let tree = intrinsic::parse(text);
        if tree.errors().is_empty() {
            return Parsed::Intrinsic(Box::new(tree));
        }
    }
    Parsed::None
}

/// Is it `{{ … }}` around what can only be JSONata?
pub fn is_other_template(text: &str) -> bool {
    text.starts_with("{{") && text.ends_with("}}") && text.contains("$states.")
}

/// A word and an opening parenthesis, or the beginning of such a word.
fn looks_like_call(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_'))).unwrap_or(text.len());
    text.starts_with("States.") || end > 0 && text[end..].trim_start().starts_with('(')
}

fn is_templated(text: &str, parsed: &Parsed) -> bool {
    let mut found = placeholders(text).peekable();
    if found.peek().is_none() {
        return false;
    }
    // Inside of a text literal it does no harm.
    let literals: Vec<Range<usize>> = match parsed {
        Parsed::Jsonata(tree) => {
            let strings = tree.tokens().iter().filter(|token| token.class == jsonata::TokenClass::String);
            strings.map(|token| token.span.start as usize + 2..token.span.end as usize + 2).collect()
        }
        Parsed::Intrinsic(tree) => {
            let strings = tree
                .ids()
                .map(|id| tree.node(id))
                .filter(|node| matches!(node.kind, intrinsic::NodeKind::String(_)));
            strings.map(|node| node.span.range()).collect()
        }
        Parsed::None | Parsed::Path(_) => Vec::new(),
    };
    found.any(|hole| !literals.iter().any(|literal| literal.start < hole.start && hole.end < literal.end))
}

/// How the strings of a field are found and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Search {
    /// The value itself, a string.
    Whole(Role),
    /// Every string at any depth.
    Deep(Role),
}

/// What to look for in a field, by the language of its state.
pub(super) fn search(field: &Field, language: super::Language) -> Option<Search> {
    use super::Language::{JsonPath, Jsonata};
    if !language.takes(field) {
        return None;
    }
    Some(match (language, field.value) {
        (Jsonata, Value::Payload | Value::PayloadObject | Value::Assignments | Value::Items) => {
            Search::Deep(Role::Jsonata)
        }
        (Jsonata, _) if field.jsonata => Search::Whole(Role::Jsonata),
        (JsonPath, Value::Path(PathKind::Template)) => Search::Whole(Role::Template),
        (JsonPath, Value::Path(kind)) => Search::Whole(Role::Path(kind)),
        (JsonPath, Value::Payload | Value::PayloadObject | Value::Assignments) => Search::Deep(Role::Payload),
        (JsonPath, Value::AnyJson) => Search::Deep(Role::Static),
        (JsonPath, Value::Text | Value::ErrorName | Value::Pattern) if field.name != "Comment" => {
            Search::Whole(Role::Text)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
