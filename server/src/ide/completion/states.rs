//! The names of the states that a transition may lead to.

use super::write::text;
use super::{Completion, Context, Kind};
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
}
