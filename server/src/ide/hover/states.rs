//! What a state does, where it leads and what leads to it.

use super::{literals, resource};
use crate::asl::{Cause, Machine, StateRef, StateView, short_resource};
use crate::catalog::states::StateType;
use crate::ide::markdown::{code, codes, escape};

/// As many states are named, and as many letters of a comment shown.
const STATES: usize = 12;
const LETTERS: usize = 600;

/// A state: what it is, what it calls, where it leads and what leads to it.
pub(super) fn state_text(machine: &Machine, state: StateRef) -> String {
    let view = machine.state(state);
    let mut text = format!("**{}**", escape(view.name()));
    if let Some(kind) = view.state.kind {
        text += &format!(" – {} state", kind.name());
    }
    if let Some(comment) = view.value().get("Comment").and_then(|comment| comment.as_str()) {
        let cut = comment.char_indices().nth(LETTERS).map(|(at, _)| at);
        let shown = cut.map_or(comment.to_owned(), |at| format!("{}…", &comment[..at]));
        text += &format!("\n\n{}", escape(shown.trim()));
    }
    text += &work(machine, state, &view).map(|work| format!("\n\n{work}")).unwrap_or_default();
    text += &onward(machine, state);
    text + &before(machine, state, &view)
}

/// What the state does, as far as one line says it.
fn work(machine: &Machine, state: StateRef, view: &StateView) -> Option<String> {
    let value = view.value();
    match view.state.kind? {
        StateType::Task => {
            let resource = value.get("Resource")?.as_str()?;
            let mut text = format!("Calls {}", code(short_resource(resource)));
            let placed = machine.fragments[state.fragment as usize];
            let call = placed.calls().find(|call| call.owner_node() == value);
            if let Some((action, pattern)) = call.and_then(|it| Some((it.action()?, it.pattern()))) {
                text += &format!(" – {}", action.service.title);
                if let Some(pattern) = pattern.filter(|it| !it.suffix().is_empty()) {
                    text += &format!(". {}", resource::pattern_summary(pattern));
                }
            }
            Some(text)
        }
        StateType::Wait => {
            if let Some(seconds) = value.get("Seconds") {
                let told = literals::seconds(seconds);
                return Some(match told {
                    Some(told) => format!("Waits {told}"),
                    None => format!("Waits {} seconds", code(seconds.text())),
                });
            }
            let until = value.get("Timestamp")?;
            let moment = literals::timestamp(until).unwrap_or_else(|| code(until.text()));
            Some(format!("Waits until {moment}"))
        }
        StateType::Fail => Some(format!("Fails with {}", code(value.get("Error")?.as_str()?))),
        _ => None,
    }
}

fn onward(machine: &Machine, state: StateRef) -> String {
    let all: Vec<String> = machine
        .transitions(state)
        .map(|(transition, target)| {
            let target = code(target.text());
            match transition.cause {
                Cause::Next => target,
                Cause::Default => format!("{target} (default)"),
                Cause::Choice(index) => format!("{target} (rule {})", index + 1),
                Cause::Catch(index) => format!("{target} (catcher {})", index + 1),
            }
        })
        .collect();
    match all.len().checked_sub(STATES) {
        _ if all.is_empty() => String::new(),
        Some(more @ 1..) => format!("\n\nLeads to {} and {more} more", all[..STATES].join(", ")),
        _ => format!("\n\nLeads to {}", all.join(", ")),
    }
}

fn before(machine: &Machine, state: StateRef, view: &StateView) -> String {
    let scope = &machine.scopes[machine.scope_of(state)];
    let mut before: Vec<&str> = scope
        .states
        .iter()
        .filter(|other| machine.transitions(**other).any(|(_, target)| target.text() == view.name()))
        .map(|other| machine.state(*other).name())
        .collect();
    before.dedup();
    let mut text = String::new();
    if scope.start_at.and_then(|start| start.as_str()) == Some(view.name()) {
        text += match scope.owner.and_then(|owner| machine.data(owner).kind) {
            Some(StateType::Parallel) => "\n\nIts branch starts here",
            Some(_) => "\n\nEach item starts here",
            None => "\n\nThe machine starts here",
        };
    }
    if !before.is_empty() {
        text += &format!("\n\nFollows {}", codes(before.into_iter(), STATES));
    }
    text
}
