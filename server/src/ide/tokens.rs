//! What the words of a document are, for the colours of an editor: everything inside of strings, and the names of states
//! and variables. Keys, brackets and plain text are left to the grammar beneath, which is there before the server is.

mod jsonata;
mod paths;

use std::ops::Range;

use asl_grammar::span::Span;
use asl_grammar::syntax::Format;
use asl_grammar::tree::{Kind, Node};

use super::variables::is_alias;
use crate::analysis::Analysis;
use crate::asl::expressions::Parsed;
use crate::asl::variables::assigned_name;
use crate::asl::{ExpressionView, Machine, Placed, StateRef};
use crate::catalog::errors::error_name;
use crate::catalog::fields::{Allowed, Value};
use crate::catalog::integrations::resource;

/// A stretch of text with its meaning. It may reach over the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub range: Range<usize>,
    pub kind: TokenKind,
    pub modifiers: Modifiers,
}

/// The standard types of the protocol that we have a use for, in the order in which they are announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The name of a state.
    Class,
    /// A word out of a list: `Task`, `JSONata`, `States.ALL`.
    EnumMember,
    /// A service.
    Namespace,
    /// An action of a service.
    Method,
    /// How an action is called: `sync`, `waitForTaskToken`.
    Decorator,
    Function,
    Variable,
    Parameter,
    Property,
    /// The signature of a lambda.
    Type,
    String,
    Number,
    Regexp,
    Keyword,
    Operator,
    Comment,
    /// `{}` in the template of `States.Format`.
    Macro,
}

/// A set of modifiers, bit by bit as the protocol has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers(pub u32);

impl Modifiers {
    pub const NONE: Modifiers = Modifiers(0);
    /// A state or variable gets its name here.
    pub const DECLARATION: Modifiers = Modifiers(1);
    /// What Step Functions or the language provides.
    pub const LIBRARY: Modifiers = Modifiers(2);
    /// The same, and nobody can assign it.
    pub const PROVIDED: Modifiers = Modifiers(2 | 4);
}

/// All tokens that touch a range, in the order of the text; no two overlap.
pub fn tokens(analysis: &Analysis, within: Range<usize>) -> Vec<Token> {
    let Some(machine) = analysis.machine() else { return Vec::new() };
    let mut finder = Finder { analysis, within, found: Vec::new() };
    finder.starts(&machine);
    for (index, placed) in machine.fragments.iter().enumerate() {
        let range = placed.tree.root(placed.base).map_or(0..0, Node::range);
        if finder.touches(&range) {
            finder.fragment(&machine, index as u32, placed);
        }
    }
    let mut found = finder.found;
    found.sort_by_key(|token| token.range.start);
    // Two tokens in one place only happen where the text is broken.
    let mut end = 0;
    found.retain(|token| {
        let apart = token.range.start >= end;
        end = end.max(token.range.end);
        apart
    });
    found
}

struct Finder<'a> {
    analysis: &'a Analysis,
    within: Range<usize>,
    found: Vec<Token>,
}

impl<'a> Finder<'a> {
    fn touches(&self, range: &Range<usize>) -> bool {
        range.start <= self.within.end && self.within.start <= range.end
    }

    fn push(&mut self, range: Range<usize>, kind: TokenKind, modifiers: Modifiers) {
        if !range.is_empty() && self.touches(&range) {
            self.found.push(Token { range, kind, modifiers });
        }
    }

    /// A key or string as a whole, without its quotes.
    fn word(&mut self, node: Node, kind: TokenKind, modifiers: Modifiers) {
        if !self.is_repeated(node) {
            self.push(node.content(), kind, modifiers);
        }
    }

    /// Stands only an alias of YAML here?
    fn is_repeated(&self, node: Node) -> bool {
        self.analysis.syntax.format == Format::Yaml && is_alias(self.analysis, node)
    }

    fn starts(&mut self, machine: &Machine<'a>) {
        for (index, scope) in machine.scopes.iter().enumerate() {
            let named = scope.start_at.filter(|node| machine.find(index, node.text()).is_some());
            if let Some(node) = named {
                self.word(node, TokenKind::Class, Modifiers::NONE);
            }
        }
    }

    fn fragment(&mut self, machine: &Machine<'a>, index: u32, placed: &Placed<'a>) {
        let fragment = placed.fragment;
        for (number, state) in fragment.states.iter().enumerate() {
            self.word(placed.node(state.key), TokenKind::Class, Modifiers::DECLARATION);
            let targets = machine.targets(StateRef { fragment: index, state: number as u32 });
            for (transition, target) in state.transitions.iter().zip(targets) {
                // A name that nothing has looks like any text.
                if target.is_some() {
                    self.word(placed.node(transition.target), TokenKind::Class, Modifiers::NONE);
                }
            }
        }
        for place in &fragment.places {
            for member in placed.node(place.node).members() {
                if let Some(field) = place.object.field(member.name()) {
                    self.value(&field.value, member.value);
                }
            }
        }
        for call in &fragment.calls {
            self.resource(placed.node(call.resource), &call.parsed);
        }
        for assignment in &fragment.assignments {
            let key = placed.node(assignment.key);
            if !self.is_repeated(key) {
                let name = key.source_range(0..assigned_name(key).len());
                self.push(name, TokenKind::Variable, Modifiers::DECLARATION);
            }
        }
        for expression in placed.expressions() {
            self.expression(expression);
        }
    }

    /// A value out of a list of words.
    fn value(&mut self, value: &Value, node: Node) {
        let is_allowed = |allowed: &[Allowed]| allowed.iter().any(|it| node.as_str() == Some(it.value));
        match value {
            Value::Enum(allowed) if is_allowed(allowed) => {
                self.word(node, TokenKind::EnumMember, Modifiers::NONE);
            }
            Value::ErrorNames => {
                for item in node.items().filter(|it| it.as_str().and_then(error_name).is_some()) {
                    self.word(item, TokenKind::EnumMember, Modifiers::PROVIDED);
                }
            }
            _ => {}
        }
    }

    fn resource(&mut self, node: Node, parsed: &resource::Resource) {
        if self.is_repeated(node) {
            return;
        }
        let name = parsed.name.clone().filter(|_| parsed.kind == resource::Kind::LambdaFunction);
        let pattern = parsed.pattern.clone().map(|it| it.start + 1..it.end);
        let parts = [
            (parsed.service.clone(), TokenKind::Namespace),
            (parsed.action.clone(), TokenKind::Method),
            (pattern, TokenKind::Decorator),
            (name, TokenKind::Function),
        ];
        for (range, kind) in parts {
            if let Some(range) = range.filter(|it| !it.is_empty() && it.end <= node.text().len()) {
                self.push(node.source_range(range), kind, Modifiers::NONE);
            }
        }
    }

    fn expression(&mut self, view: ExpressionView) {
        let live = view.expression.is_live() && view.node.kind() == Kind::String;
        if !live || !self.touches(&view.node.range()) || self.is_repeated(view.node) {
            return;
        }
        let mut push = |span: Span, kind: TokenKind, modifiers: Modifiers| {
            self.push(view.range(span), kind, modifiers);
        };
        match &view.expression.parsed {
            Parsed::None => {}
            Parsed::Jsonata(tree) => jsonata::tokens(tree, &mut push),
            Parsed::Path(path) => paths::path(path, &mut push),
            Parsed::Intrinsic(tree) => paths::intrinsic(tree, &mut push),
        }
    }
}

#[cfg(test)]
mod tests;
