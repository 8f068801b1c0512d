//! What a state does, where it leads and what leads to it.

use crate::asl::{Cause, Machine, StateRef};
use crate::ide::symbols::short_resource;

/// A state: what it is, what it calls, where it leads and what leads to it.
pub(super) fn state_text(machine: &Machine, state: StateRef) -> String {
    let view = machine.state(state);
    let mut text = format!("**{}**", view.name());
    if let Some(kind) = view.state.kind {
        text += &format!(" – {} state", kind.name());
    }
    if let Some(resource) = view.value().get("Resource").and_then(|resource| resource.as_str()) {
        text += &format!("\n\ncalls `{}`", short_resource(resource));
    }
    if let Some(comment) = view.value().get("Comment").and_then(|comment| comment.as_str()) {
        text += &format!("\n\n{comment}");
    }
    let onward: Vec<String> = machine
        .transitions(state)
        .map(|(transition, target)| match transition.cause {
            Cause::Next => format!("`{}`", target.text()),
            Cause::Default => format!("`{}` (default)", target.text()),
            Cause::Choice(index) => format!("`{}` (rule {})", target.text(), index + 1),
            Cause::Catch(index) => format!("`{}` (catcher {})", target.text(), index + 1),
        })
        .collect();
    if !onward.is_empty() {
        text += &format!("\n\nleads to {}", onward.join(", "));
    }
    let scope = machine.scope_of(state);
    let mut before: Vec<&str> = machine.scopes[scope]
        .states
        .iter()
        .filter(|other| machine.transitions(**other).any(|(_, target)| target.text() == view.name()))
        .map(|other| machine.state(*other).name())
        .collect();
    before.dedup();
    let starts = machine.scopes[scope].start_at.and_then(|start| start.as_str()) == Some(view.name());
    if starts {
        text += "\n\nstarts its scope";
    }
    if !before.is_empty() {
        let names: Vec<String> = before.iter().map(|name| format!("`{name}`")).collect();
        text += &format!("\n\nfollows {}", names.join(", "));
    }
    text
}
