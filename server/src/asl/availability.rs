//! Whether something that an expression can name has a value at its place: what `$states` and the context object offer.

use super::expressions::Outcome;
use super::{Fragment, Place, Placed, has_placeholder};
use crate::catalog::context::Availability;
use crate::catalog::fields::{Field, Object};
use crate::catalog::states::StateType;

/// None when that cannot be told.
pub fn is_available(
    placed: &Placed,
    place: &Place,
    field: &Field,
    availability: Availability,
) -> Option<bool> {
    let known_type = place.object != Object::UntypedState;
    let outcome = Outcome::of(place.object, field);
    match availability {
        Availability::Everywhere | Availability::Redriven => Some(true),
        Availability::Result => known_type.then_some(outcome == Outcome::Result),
        Availability::ErrorOutput => Some(outcome == Outcome::Error),
        Availability::TaskToken => has_token(placed, place.state?),
        Availability::Map | Availability::MapOverObject => Some(is_in_map(placed.fragment, place.state?)),
    }
}

/// Is the state a task that gets a token?
fn has_token(placed: &Placed, state: u32) -> Option<bool> {
    let state = placed.fragment.states.get(state as usize)?;
    match state.kind? {
        StateType::Task => waits_for_token(placed.node(state.value).get("Resource")?.as_str()?),
        _ => Some(false),
    }
}

/// Does a task with that Resource get a token?
pub fn waits_for_token(resource: &str) -> Option<bool> {
    let unclear = has_placeholder(resource) && (resource.ends_with('}') || !resource.contains(":states:"));
    let waits = resource.ends_with(".waitForTaskToken") || resource.contains(":activity:");
    (!unclear).then_some(waits)
}

/// Is the state a Map state, or does it stand in one? Also when that cannot be told.
pub fn is_in_map(fragment: &Fragment, state: u32) -> bool {
    let mut state = Some(state);
    while let Some(index) = state {
        let data = &fragment.states[index as usize];
        if matches!(data.kind, Some(StateType::Map) | None) {
            return true;
        }
        state = data.scope.map(|scope| fragment.scopes[scope as usize].owner);
    }
    false
}
