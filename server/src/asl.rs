//! What a tree means as a state machine.
//!
//! A [`Fragment`] is the meaning of one piece of a document: of the frame, or of one state with all that is nested in
//! it. It depends on nothing but the text of that piece and the query language of the machine, so it is made once and
//! kept while the piece stays as it is. [`Machine`] joins the fragments of one version of a document.

mod call;
mod fragment;
mod machine;

pub mod availability;
pub mod expressions;
pub mod reach;
pub mod silencer;
pub mod variables;

use asl_grammar::tree::{Kind, Node, NodeId, Tree};

use crate::catalog::fields::{Field, Object};
use crate::catalog::states::StateType;

pub use call::{Call, CallView, Expected, calls, parameters_field, plain_key, short_resource};
pub use expressions::{Expression, ExpressionView};
pub use fragment::lower;
pub use machine::{Machine, Placed, Scope, StateRef, StateSet};
pub use variables::{Assignment, Bound, Read};

/// The language of the expressions of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    JsonPath,
    Jsonata,
}

impl Language {
    pub fn from_name(name: &str) -> Option<Language> {
        match name {
            "JSONPath" => Some(Language::JsonPath),
            "JSONata" => Some(Language::Jsonata),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Language::JsonPath => "JSONPath",
            Language::Jsonata => "JSONata",
        }
    }

    pub fn takes(self, field: &Field) -> bool {
        match self {
            Language::JsonPath => field.languages.in_jsonpath(),
            Language::Jsonata => field.languages.in_jsonata(),
        }
    }
}

/// The meaning of one piece of a document. All ids are those of the piece's own tree.
#[derive(Debug, Default)]
pub struct Fragment {
    /// Every object that the language defines, in the order of the text.
    pub places: Vec<Place>,
    /// Every state, a state before the states nested in it.
    pub states: Vec<State>,
    /// The scopes nested in these states.
    pub scopes: Vec<NestedScope>,
    /// The strings with a language of their own, in the order of the text.
    pub expressions: Vec<Expression>,
    /// The members of every `Assign`.
    pub assignments: Vec<Assignment>,
    /// The variables that the expressions read.
    pub reads: Vec<Read>,
    /// Those that they bind for themselves.
    pub bound: Vec<Bound>,
    /// An `Assign` could not be made out: it may set any variable.
    pub assigns_unknown: bool,
    /// Something could not be made out that may read any variable.
    pub reads_unknown: bool,
    /// The Resources of these states, in the order of the text.
    pub calls: Vec<Call>,
}

/// An object in which the names of fields have a meaning.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub object: Object,
    pub node: NodeId,
    /// The key whose value it is. None for elements of arrays and for the root.
    pub key: Option<NodeId>,
    /// The state it belongs to.
    pub state: Option<u32>,
    /// The query language that applies. None when nobody can know it.
    pub language: Option<Language>,
}

#[derive(Debug)]
pub struct State {
    pub key: NodeId,
    pub value: NodeId,
    pub kind: Option<StateType>,
    pub language: Option<Language>,
    /// Index of the nested scope it stands in; None in the scope of the document.
    pub scope: Option<u32>,
    pub transitions: Vec<Transition>,
    /// Nothing is said about leaving this state: it ends its scope, or what it says is wrong and reported elsewhere.
    pub ends: Ends,
}

/// How a state leaves its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// It does not: it goes on to other states.
    No,
    /// Succeed, Fail or `"End": true`.
    Yes,
    /// It says nothing, or something that cannot be understood. Counts as an end for whoever looks for one.
    Unclear,
}

#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// The name of the target, a string.
    pub target: NodeId,
    pub cause: Cause,
}

/// The field that a transition stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Next,
    Default,
    Choice(u32),
    Catch(u32),
}

/// A branch or an item processor.
#[derive(Debug)]
pub struct NestedScope {
    /// The Parallel or Map state that holds it.
    pub owner: u32,
    pub node: NodeId,
    pub start_at: Option<NodeId>,
    pub states: Option<NodeId>,
    /// The key of `States`.
    pub states_key: Option<NodeId>,
    /// The children of a Distributed Map.
    pub distributed: bool,
}

/// A value that is known only after the definition has been put together: a placeholder, or a value that the reader
/// of the text could not make out.
pub fn is_unknown(node: Node) -> bool {
    match node.kind() {
        Kind::Opaque | Kind::Missing => true,
        Kind::String => has_placeholder(node.text()),
        Kind::Object => is_template_function(node),
        _ => false,
    }
}

/// `{"Ref": …}` or `{"Fn::GetAtt": …}`: what CloudFormation puts a value in the place of.
fn is_template_function(object: Node) -> bool {
    let mut members = object.members();
    match (members.next(), members.next()) {
        (Some(only), None) => only.name() == "Ref" || only.name().starts_with("Fn::"),
        _ => false,
    }
}

/// Does the text hold a `${…}` (CloudFormation, SAM, Terraform) or a `#{…}` (Serverless)?
pub fn has_placeholder(text: &str) -> bool {
    placeholders(text).next().is_some()
}

/// Where the placeholders of a text stand. `${}` is none: templates of `States.Format` have it for an amount of money.
pub fn placeholders(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(at) = text[from..].find('{').map(|at| from + at) {
            from = at + 1;
            let opened = text[..at].ends_with(['$', '#']);
            if let Some(end) = text[from..].find('}').filter(|end| opened && *end > 0) {
                let hole = at - 1..from + end + 1;
                from = hole.end;
                return Some(hole);
            }
        }
        None
    })
}

/// Is the text one JSONata expression?
pub fn is_expression(text: &str) -> bool {
    text.len() >= 4 && text.starts_with("{%") && text.ends_with("%}")
}

/// A view of a state: its fragment, with the tree at its place.
#[derive(Clone, Copy)]
pub struct StateView<'a> {
    pub tree: &'a Tree,
    pub base: usize,
    pub state: &'a State,
}

impl<'a> StateView<'a> {
    pub fn key(&self) -> Node<'a> {
        self.tree.node(self.state.key, self.base)
    }

    pub fn name(&self) -> &'a str {
        self.key().text()
    }

    pub fn value(&self) -> Node<'a> {
        self.tree.node(self.state.value, self.base)
    }
}
