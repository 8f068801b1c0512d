//! Walks the parameters of the calls with what the catalogue says of each value. What cannot be known is not visited.

use asl_grammar::tree::{Kind, Node};

use crate::asl::{CallView, Expected, plain_key};
use crate::catalog::integrations::{Action, Kind as ShapeKind, Support};
use crate::check::Local;

/// Deeper values are nobody's parameters.
const DEEPEST: usize = 64;

/// A value of the parameters.
#[derive(Clone, Copy)]
pub(super) struct Argument<'a, 'm> {
    pub call: CallView<'a>,
    pub action: &'m Action,
    pub value: Node<'a>,
    /// The key it stands under; for the parameters as a whole `Parameters` or `Arguments`.
    pub key: Option<Node<'a>>,
    pub expected: Expected<'m>,
    /// The parameters as a whole.
    pub is_root: bool,
}

/// Visits every value that the catalogue knows something of, an object before what it holds.
pub(super) fn each(local: &Local, mut visit: impl FnMut(&Argument)) {
    for call in local.calls() {
        let Some(given) = call.given() else { continue };
        let Some(action) = call.action().filter(|it| it.service.support != Support::Unknown) else {
            continue;
        };
        let Some(shape) = action.input() else { continue };
        let expected = Expected { shape, member: None, is_parameter: false };
        let root = Argument {
            call,
            action: &action,
            value: given.value,
            key: Some(given.key),
            expected,
            is_root: true,
        };
        // What is wrong with the field as a whole is said elsewhere.
        if given.value.kind() == Kind::Object {
            walk(root, 0, &mut visit);
        }
    }
}

fn walk<'a, 'm>(argument: Argument<'a, 'm>, depth: usize, visit: &mut dyn FnMut(&Argument<'a, 'm>)) {
    let Argument { call, value, expected, .. } = argument;
    if depth > DEEPEST || !call.is_literal(value) {
        return;
    }
    visit(&argument);
    let mut inner = |value, key, expected: Option<Expected<'m>>| {
        if let Some(expected) = expected {
            walk(Argument { value, key, expected, is_root: false, ..argument }, depth + 1, visit);
        }
    };
    match value.kind() {
        Kind::Object => {
            for member in value.members().filter(|it| plain_key(it.name()) == it.name()) {
                inner(member.value, Some(member.key), expected.inside(member.name(), argument.is_root));
            }
        }
        Kind::Array => {
            for item in value.items() {
                inner(item, None, expected.element());
            }
        }
        _ => {}
    }
}

impl Argument<'_, '_> {
    /// The structure that it is, if it is written as an object.
    pub fn is_structure(&self) -> bool {
        self.expected.shape.kind() == ShapeKind::Structure && self.value.kind() == Kind::Object
    }

    /// What it is called in a message.
    pub fn title(&self) -> String {
        match (self.is_root, self.key) {
            (true, _) => format!("`{}`", self.action.full_name()),
            (false, Some(key)) => format!("`{}`", key.text()),
            (false, None) => {
                let list = self.value.parent().and_then(|list| list.parent()?.as_member());
                match list {
                    Some(list) => format!("an element of `{}`", list.name()),
                    None => "the element".to_owned(),
                }
            }
        }
    }

    /// Is a member there, plainly or as a path?
    pub fn has(&self, name: &str) -> bool {
        self.value.members().any(|member| plain_key(member.name()) == name)
    }
}

/// Words as a sentence has them: `A`, `B` or `C`.
pub(super) fn list(names: &[&str], last: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|it| format!("`{it}`")).collect();
    match quoted.split_last() {
        Some((end, [])) => end.clone(),
        Some((end, start)) => format!("{} {last} {end}", start.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
