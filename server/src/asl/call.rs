//! What a Resource calls, and the parameters it gets: read once when a piece is lowered, and shared by the rules, hover
//! and completion.

use asl_grammar::tree::{Kind, Member, Node, NodeId, Tree};

use super::{Fragment, Language, Place, is_unknown};
use crate::catalog::fields::Object;
use crate::catalog::integrations::resource::{self, Resource};
use crate::catalog::integrations::{self, Action, Pattern, Problem, Shape};
use crate::catalog::states::StateType;

/// A Resource, taken apart.
#[derive(Debug)]
pub struct Call {
    /// The index of the object that holds it: a Task, an `ItemReader`, a `ResultWriter`.
    pub owner: u32,
    pub place: integrations::Place,
    /// The text.
    pub resource: NodeId,
    pub parsed: Resource<'static>,
    /// The member `Parameters` or `Arguments`, as the query language has it.
    pub given: Option<NodeId>,
}

impl Call {
    pub(super) fn of(object: Object, node: Node, owner: u32, language: Option<Language>) -> Option<Call> {
        let place = match object {
            Object::State(StateType::Task) => integrations::Place::Task,
            Object::ItemReader => integrations::Place::ItemReader,
            Object::ResultWriter => integrations::Place::ResultWriter,
            _ => return None,
        };
        let resource = node.get("Resource").filter(|it| it.kind() == Kind::String)?;
        let given = match language {
            Some(language) => node.member(parameters_field(language)),
            None => node.member("Parameters").or_else(|| node.member("Arguments")),
        };
        Some(Call {
            owner,
            place,
            resource: resource.id(),
            parsed: resource::parse(resource.text()).into_owned(),
            given: given.map(|it| it.node.id()),
        })
    }
}

/// The part of a resource that says what it does.
pub fn short_resource(resource: &str) -> &str {
    match resource.split_once(":states:::") {
        Some((_, integration)) => integration,
        None => resource.rsplit_once(":function:").map_or(resource, |(_, name)| name),
    }
}

/// The field that holds the parameters of a call.
pub fn parameters_field(language: Language) -> &'static str {
    match language {
        Language::JsonPath => "Parameters",
        Language::Jsonata => "Arguments",
    }
}

/// The calls of a fragment, at their places.
pub fn calls<'a>(
    fragment: &'a Fragment,
    tree: &'a Tree,
    base: usize,
) -> impl Iterator<Item = CallView<'a>> + use<'a> {
    fragment.calls.iter().filter_map(move |call| {
        let owner = fragment.places.get(call.owner as usize)?;
        Some(CallView { call, owner, tree, base })
    })
}

/// A call with its nodes.
#[derive(Clone, Copy)]
pub struct CallView<'a> {
    pub call: &'a Call,
    /// The object that holds it.
    pub owner: &'a Place,
    tree: &'a Tree,
    base: usize,
}

/// What a value of the parameters should be.
#[derive(Clone, Copy)]
pub struct Expected<'m> {
    pub shape: Shape<'m>,
    /// The structure and its member, when the value has a key there. Elements and values of maps have none.
    pub member: Option<(Shape<'m>, integrations::Member<'m>)>,
    /// The member is a parameter of the action itself.
    pub is_parameter: bool,
}

impl<'a> CallView<'a> {
    pub fn resource(&self) -> Node<'a> {
        self.tree.node(self.call.resource, self.base)
    }

    pub fn parsed(&self) -> &'a Resource<'static> {
        &self.call.parsed
    }

    pub fn owner_node(&self) -> Node<'a> {
        self.tree.node(self.owner.node, self.base)
    }

    pub fn language(&self) -> Option<Language> {
        self.owner.language
    }

    /// `Parameters` or `Arguments`.
    pub fn given(&self) -> Option<Member<'a>> {
        self.tree.node(self.call.given?, self.base).as_member()
    }

    pub fn problems(&self) -> Vec<Problem> {
        integrations::problems(&self.call.parsed, self.call.place)
    }

    /// The action of the catalogue, if it can stand here.
    pub fn action(&self) -> Option<Action> {
        let action = integrations::action_of(&self.call.parsed)?;
        let wanted = match self.call.place {
            integrations::Place::Task => None,
            integrations::Place::ItemReader => Some("ItemReader"),
            integrations::Place::ResultWriter => Some("ResultWriter"),
        };
        (action.map_field() == wanted).then_some(action)
    }

    /// How the call waits; None when the Resource says something else.
    pub fn pattern(&self) -> Option<Pattern> {
        let parsed = &self.call.parsed;
        match &parsed.pattern {
            None => Some(Pattern::RequestResponse),
            suffix => Pattern::from_suffix(parsed.known(suffix)?),
        }
    }

    /// Is the value what it says it is, and not something that only the deployment or the execution knows?
    pub fn is_literal(&self, value: Node) -> bool {
        let computed = |text: &str| match self.language() {
            // A path under a key without `.$`, or an expression in the wrong language, is reported as such.
            Some(Language::JsonPath) => text.starts_with('$') || text.starts_with("States."),
            Some(Language::Jsonata) => text.contains("{%"),
            None => true,
        };
        !is_unknown(value) && !value.as_str().is_some_and(computed)
    }

    /// What the catalogue says of a value inside the parameters (or of the parameters as a whole).
    pub fn expected<'m>(&self, action: &'m Action, value: Node<'a>) -> Option<Expected<'m>> {
        let root = self.given()?.value;
        let mut steps = Vec::new();
        let mut node = value;
        while node != root {
            steps.push(node);
            node = node.parent()?;
        }
        let mut expected = Expected { shape: action.input()?, member: None, is_parameter: false };
        let mut depth = 0;
        let mut parent = root;
        for step in steps.into_iter().rev() {
            match parent.kind() {
                Kind::Object => {
                    expected = expected.inside(plain_key(step.as_member()?.name()), depth == 0)?;
                    depth += 1;
                }
                Kind::Array => {
                    expected = expected.element()?;
                    depth += 1;
                }
                // From a member to its key or value.
                _ => {}
            }
            parent = step;
        }
        Some(expected)
    }
}

impl<'m> Expected<'m> {
    /// What stands under a key.
    pub fn inside(&self, key: &str, is_parameter: bool) -> Option<Expected<'m>> {
        if let Some(shape) = self.shape.value() {
            return Some(Expected { shape, member: None, is_parameter: false });
        }
        let member = self.shape.member(key)?;
        Some(Expected { shape: member.shape()?, member: Some((self.shape, member)), is_parameter })
    }

    /// What a list holds.
    pub fn element(&self) -> Option<Expected<'m>> {
        Some(Expected { shape: self.shape.item()?, member: None, is_parameter: false })
    }
}

/// A key without the `.$` that makes its value a path.
pub fn plain_key(key: &str) -> &str {
    key.strip_suffix(".$").unwrap_or(key)
}
