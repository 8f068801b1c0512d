//! The names of the states that a transition may lead to.

use std::collections::HashSet;

use super::write::text;
use super::{Completion, Context, Kind};
use crate::asl::{Machine, is_unknown};
use crate::catalog::fields::Field;

pub(super) fn complete(context: &Context, field: &Field, items: &mut Vec<Completion>) {
    let Some(machine) = context.analysis.machine() else { return };
    let container = context.spot.container;
    // `StartAt` leads into the scope it stands in; all others lead to states beside their own.
    let start = field.name == "StartAt";
    let own = container.and_then(|container| machine.state_at(container.start())).filter(|_| !start);
    let scope = match (start, own) {
        (true, _) => machine.scopes.iter().position(|scope| Some(scope.node) == container),
        (false, Some(state)) => Some(machine.scope_of(state)),
        (false, None) => None,
    };
    let Some(scope) = scope else { return };
    for state in &machine.scopes[scope].states {
        let view = machine.state(*state);
        if view.name().is_empty() || view.key().as_str().is_none() {
            continue;
        }
        let mut item = text(context, view.name(), Kind::State);
        item.detail = view.state.kind.map_or(String::new(), |kind| format!("{} state", kind.name()));
        items.push(item);
    }
    for name in missing_names(&machine, Some(scope), context.offset) {
        let mut item = text(context, name, Kind::State);
        item.detail = "not defined yet".into();
        items.push(item);
    }
}

/// What the transitions of a scope lead to, but for what it has: in the order of the text, without what the cursor is
/// in.
pub(super) fn missing_names<'a>(machine: &Machine<'a>, scope: Option<usize>, cursor: usize) -> Vec<&'a str> {
    let Some(scope) = scope else { return Vec::new() };
    let data = &machine.scopes[scope];
    let start =
        data.start_at.filter(|it| it.as_str().is_some_and(|name| machine.find(scope, name).is_none()));
    let targets = data.states.iter().flat_map(|state| {
        let targets = machine.transitions(*state).zip(machine.targets(*state));
        targets.filter(|(_, target)| target.is_none()).map(|((_, node), _)| node)
    });
    let mut seen = HashSet::new();
    let names = start.into_iter().chain(targets).filter(|it| !it.touches(cursor) && !is_unknown(*it));
    let names = names.filter_map(|it| it.as_str()).filter(|it| !it.is_empty() && !it.contains("{%"));
    names.filter(|it| seen.insert(*it)).collect()
}
