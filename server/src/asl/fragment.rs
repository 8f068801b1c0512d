//! From a tree to its meaning: walks the places that the field table describes, and only those. Payloads are data.

use asl_grammar::tree::{Kind, Member, Node};

use super::{Call, Cause, Ends, Fragment, Language, NestedScope, Place, State, Transition, is_unknown};
use crate::catalog::fields::{Object, Value};
use crate::catalog::states::StateType;

/// The meaning of a piece of a document: of the frame when `root` is an object, of a state when it is a member.
pub fn lower(root: Node, language: Option<Language>) -> Fragment {
    let mut lowering = Lowering { fragment: Fragment::default(), machine_language: language };
    match root.as_member() {
        Some(state) => lowering.state(state, None),
        None if root.kind() == Kind::Object => {
            let context = Context { state: None, scope: None, language };
            lowering.object(Object::Machine, root, None, context);
        }
        None => {}
    }
    lowering.fragment
}

/// The language of a scope or state that may say so itself. None when what it says is no language.
pub fn declared_language(object: Node, inherited: Option<Language>) -> Option<Language> {
    match object.get("QueryLanguage") {
        None => inherited,
        Some(value) => value.as_str().and_then(Language::from_name),
    }
}

struct Lowering {
    fragment: Fragment,
    machine_language: Option<Language>,
}

/// Where the walk is.
#[derive(Clone, Copy)]
struct Context {
    state: Option<u32>,
    scope: Option<u32>,
    language: Option<Language>,
}

impl Lowering {
    /// An object that the language defines, and what its fields hold.
    fn object(&mut self, object: Object, node: Node, key: Option<Node>, context: Context) {
        if node.kind() != Kind::Object {
            return;
        }
        self.fragment.places.push(Place {
            object,
            node: node.id(),
            key: key.map(Node::id),
            state: context.state,
            language: context.language,
        });
        let place = self.fragment.places.len() as u32 - 1;
        self.fragment.calls.extend(Call::of(object, node, place, context.language));
        for member in node.members() {
            let Some(field) = object.field(member.name()) else { continue };
            match field.value {
                Value::Object(inner) => self.nested(inner, member.value, Some(member.key), context),
                Value::List { of, .. } => {
                    for item in member.value.items() {
                        self.nested(of, item, None, context);
                    }
                }
                Value::States => {
                    for state in member.value.members() {
                        self.state(state, context.scope);
                    }
                }
                _ => {}
            }
        }
    }

    fn nested(&mut self, object: Object, node: Node, key: Option<Node>, context: Context) {
        match (object, context.state) {
            (Object::Branch | Object::Processor, Some(owner)) => {
                self.scope(object, node, key, owner, context)
            }
            _ => self.object(object, node, key, context),
        }
    }

    fn scope(&mut self, object: Object, node: Node, key: Option<Node>, owner: u32, context: Context) {
        if node.kind() != Kind::Object {
            return;
        }
        let mode = node.get("ProcessorConfig").and_then(|config| config.get("Mode"));
        let scope = self.fragment.scopes.len() as u32;
        self.fragment.scopes.push(NestedScope {
            owner,
            node: node.id(),
            start_at: node.get("StartAt").map(Node::id),
            states: node.get("States").map(Node::id),
            states_key: node.member("States").map(|member| member.key.id()),
            distributed: mode.and_then(Node::as_str) == Some("DISTRIBUTED"),
        });
        self.object(object, node, key, Context { scope: Some(scope), ..context });
    }

    fn state(&mut self, member: Member, scope: Option<u32>) {
        let node = member.value;
        let language = declared_language(node, self.machine_language);
        let kind = node.get("Type").and_then(Node::as_str).and_then(StateType::from_name);
        let index = self.fragment.states.len() as u32;
        self.fragment.states.push(State {
            key: member.key.id(),
            value: node.id(),
            kind,
            language,
            scope,
            transitions: transitions(node, kind),
            ends: ends(node, kind),
        });
        let object = kind.map_or(Object::UntypedState, Object::State);
        let context = Context { state: Some(index), scope, language };
        self.object(object, node, Some(member.key), context);
    }
}

/// The states that a state names, in the order of the text.
fn transitions(state: Node, kind: Option<StateType>) -> Vec<Transition> {
    let mut found = Vec::new();
    let mut push = |target: Option<Node>, cause| {
        if let Some(target) = target.filter(|target| target.kind() == Kind::String) {
            found.push(Transition { target: target.id(), cause });
        }
    };
    for member in state.members() {
        match member.name() {
            "Next" if kind.is_none_or(StateType::takes_next) => push(Some(member.value), Cause::Next),
            "Default" if kind == Some(StateType::Choice) => push(Some(member.value), Cause::Default),
            "Choices" if kind == Some(StateType::Choice) => {
                for (index, rule) in member.value.items().enumerate() {
                    push(rule.get("Next"), Cause::Choice(index as u32));
                }
            }
            "Catch" if matches!(kind, Some(StateType::Task | StateType::Map | StateType::Parallel)) => {
                for (index, catcher) in member.value.items().enumerate() {
                    push(catcher.get("Next"), Cause::Catch(index as u32));
                }
            }
            _ => {}
        }
    }
    found
}

fn ends(state: Node, kind: Option<StateType>) -> Ends {
    let unclear =
        |node: Option<Node>| node.is_some_and(|node| node.kind() != Kind::String || is_unknown(node));
    match kind {
        None => Ends::Unclear,
        Some(kind) if kind.is_terminal() => Ends::Yes,
        Some(StateType::Choice) => {
            let rules: Vec<Node> =
                state.get("Choices").map(|list| list.items().collect()).unwrap_or_default();
            let vague = rules.iter().any(|rule| {
                let next = rule.get("Next");
                next.is_none() || unclear(next)
            });
            let whole =
                state.get("Choices").is_some_and(|list| list.kind() == Kind::Array) && !rules.is_empty();
            if vague || !whole || unclear(state.get("Default")) { Ends::Unclear } else { Ends::No }
        }
        Some(_) => {
            let next = state.get("Next");
            match state.get("End") {
                Some(end) if end.as_bool() == Some(true) => Ends::Yes,
                Some(end) if end.as_bool().is_none() => Ends::Unclear,
                _ if next.is_none() || unclear(next) => Ends::Unclear,
                _ => Ends::No,
            }
        }
    }
}
