//! From a tree to its meaning: walks the places that the field table describes, and only those. Payloads are data.

use asl_grammar::tree::{Kind, Member, Node};

use super::expressions::{Parsed, Role, Search, is_template_key, read, search};
use super::variables::{self, Assignment, Bound, Found, Read, Site};
use super::{
    Call, Cause, Ends, Expression, Fragment, Language, NestedScope, Place, State, Transition, is_unknown,
};
use crate::catalog::fields::{Field, Object, Value};
use crate::catalog::states::StateType;

/// The meaning of a piece of a document: of the frame when `root` is an object, of a state when it is a member.
pub fn lower(root: Node, language: Option<Language>) -> Fragment {
    let mut lowering = Lowering { fragment: Fragment::default(), machine_language: language };
    match root.as_member() {
        Some(state) => lowering.state(state, None),
        None if root.kind() == Kind::Object => {
            let context = Context { state: None, scope: None, language, index: 0 };
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
    /// The number of the object in its list.
    index: u32,
}

impl Lowering {
    /// An object that the language defines, and what its fields hold.
    fn object(&mut self, object: Object, node: Node, key: Option<Node>, context: Context) {
        if node.kind() != Kind::Object {
            return;
        }
        let place = self.fragment.places.len() as u32;
        self.fragment.places.push(Place {
            object,
            node: node.id(),
            key: key.map(Node::id),
            state: context.state,
            language: context.language,
        });
        self.fragment.calls.extend(Call::of(object, node, place, context.language));
        for member in node.members() {
            let Some(field) = object.field(member.name()) else { continue };
            self.strings(field, member, place, context);
            match field.value {
                Value::Object(inner) => self.nested(inner, member.value, Some(member.key), context),
                Value::List { of, .. } => {
                    for (index, item) in member.value.items().enumerate() {
                        self.nested(of, item, None, Context { index: index as u32, ..context });
                    }
                }
                Value::States => {
                    for state in member.value.members() {
                        self.state(state, context.scope);
                    }
                }
                Value::Assignments => self.assignments(object, member.value, context),
                _ => {}
            }
        }
    }

    /// The strings of a field that have a language of their own.
    fn strings(&mut self, field: &'static Field, member: Member, place: u32, context: Context) {
        if context.state.is_none() {
            return;
        }
        if matches!(member.value.kind(), Kind::Opaque | Kind::Missing) {
            self.fragment.reads_unknown = true;
        }
        let Some(language) = context.language else {
            // Whatever it holds: in which language?
            self.fragment.reads_unknown = true;
            return;
        };
        match search(field, language) {
            None => {}
            Some(Search::Whole(role)) => self.string(field, place, role, Some(member.key), member.value),
            Some(Search::Deep(role)) => self.payload(field, place, role, member),
        }
    }

    fn payload(&mut self, field: &'static Field, place: u32, role: Role, member: Member) {
        // From the front to the back of the text, without recursion: payloads may be deep.
        let mut waiting = vec![(None, member.value)];
        while let Some((key, node)) = waiting.pop() {
            let before = waiting.len();
            match node.kind() {
                _ if key.is_some_and(is_template_key) => match role {
                    Role::Payload => {
                        self.string(field, place, Role::Template, key, node);
                        continue;
                    }
                    _ => self.keyed(field, place, role, key, node),
                },
                Kind::String => self.string(field, place, role, key, node),
                Kind::Opaque => self.fragment.reads_unknown = true,
                _ => {}
            }
            waiting.extend(node.members().map(|member| (Some(member.key), member.value)));
            waiting.extend(node.items().map(|item| (None, item)));
            waiting[before..].reverse();
        }
    }

    /// A member whose key ends in `.$` where that means nothing.
    fn keyed(&mut self, field: &'static Field, place: u32, role: Role, key: Option<Node>, node: Node) {
        let text = node.as_str().unwrap_or("");
        let (parsed, templated) = read(role, text).unwrap_or((Parsed::None, false));
        let key = key.map(Node::id);
        self.push(Expression { node: node.id(), key, place, field, role, parsed, templated }, node, text);
    }

    fn string(&mut self, field: &'static Field, place: u32, role: Role, key: Option<Node>, node: Node) {
        let read = match node.as_str() {
            Some(text) => read(role, text),
            // Reported as wrong: nothing but a string can be evaluated.
            None if role == Role::Template && !is_unknown(node) => Some((Parsed::None, false)),
            None => None,
        };
        let Some((parsed, templated)) = read else { return };
        let key = key.map(Node::id);
        let expression = Expression { node: node.id(), key, place, field, role, parsed, templated };
        self.push(expression, node, node.text());
    }

    fn push(&mut self, expression: Expression, node: Node, text: &str) {
        self.fragment.reads_unknown |= expression.templated && expression.is_live();
        let state = self.fragment.places[expression.place as usize].state.unwrap_or_default();
        let index = self.fragment.expressions.len() as u32;
        variables::find(&expression, node, text, |found| match found {
            Found::Read { span, guarded, called } => {
                self.fragment.reads.push(Read { expression: index, state, span, guarded, called });
            }
            Found::Bound(span) => self.fragment.bound.push(Bound { expression: index, state, span }),
        });
        self.fragment.expressions.push(expression);
    }

    fn assignments(&mut self, object: Object, value: Node, context: Context) {
        let Some(state) = context.state else { return };
        let site = match object {
            Object::ChoiceRule => Site::Rule(context.index),
            Object::Catcher => Site::Catcher(context.index),
            _ => Site::State,
        };
        self.fragment.assigns_unknown |= is_unknown(value);
        for member in value.members() {
            if is_unknown(member.key) || member.key.as_str().is_none() {
                self.fragment.assigns_unknown = true;
                continue;
            }
            self.fragment.assignments.push(Assignment { key: member.key.id(), state, site });
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
        let context = Context { state: Some(index), scope, language, index: 0 };
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
