//! The words for what an expression can name. Completion and signature help show them as well.

use asl_grammar::jsonata::scope::{Binding, BindingKind};
use asl_grammar::jsonata::{NodeKind, Tree};

use crate::analysis::Analysis;
use crate::asl::Machine;
use crate::asl::variables::{Assigned, Known, Visible};
use crate::catalog::context::{self, Member};
use crate::catalog::functions::Function;
use crate::catalog::operators::Operator;

/// As many assignments of a variable are shown, and so much of each value.
const ASSIGNMENTS: usize = 5;
const VALUE: usize = 60;

pub fn function_text(function: &Function) -> String {
    format!("`{}`\n\n{}", function.typed_label(), function_notes(function))
}

/// The same without the signature.
pub fn function_notes(function: &Function) -> String {
    let mut text = function.summary.to_owned();
    if let Some(note) = function.note() {
        text += &format!(" {note}");
    }
    if let Some(limit) = function.limit() {
        text += &format!("\n\n{limit}");
    }
    text + &format!("\n\n[Documentation]({})", function.link)
}

pub fn operator_text(operator: &Operator) -> String {
    format!(
        "`{}` – {}\n\n{}\n\n[Documentation]({})",
        operator.mark, operator.name, operator.summary, operator.link
    )
}

/// A member of `$states` or of the context object; `path` is how it is written.
pub fn context_text(path: &str, member: &Member) -> String {
    let mut text = format!("`{path}` – {}\n\n{}", member.kind.name(), member.summary);
    if let Some(place) = member.availability.text() {
        text += &format!(" {place}");
    }
    let members = member.kind.members();
    if !members.is_empty() {
        let names: Vec<String> = members.iter().map(|it| format!("`{}`", it.name)).collect();
        text += &format!("\n\nMembers: {}", names.join(", "));
    }
    text + &format!("\n\n[Documentation]({})", context::LINK)
}

/// A name that the expression binds itself.
pub fn binding_text(tree: &Tree, binding: &Binding) -> String {
    let name = binding.name;
    let value = tree.parent(binding.node).filter(|&bind| tree.kind(bind) == NodeKind::Bind);
    let value = value.and_then(|bind| tree.children(bind).get(1)).copied();
    match (binding.kind, value) {
        (BindingKind::Assignment, Some(value)) if tree.kind(value) == NodeKind::Lambda => {
            format!("`${name}` – function of this expression\n\n`{}`", lambda_label(tree, name, value))
        }
        (BindingKind::Assignment, Some(value)) => {
            format!("`${name}` – bound in this expression\n\n`{}`", shortened(tree.source(value)))
        }
        (BindingKind::Assignment, None) => format!("`${name}` – bound in this expression"),
        (BindingKind::Parameter, _) => format!("`${name}` – parameter of the function around"),
        (BindingKind::Focus, _) => format!("`${name}` – the item of a step of the path, bound by `@`"),
        (BindingKind::Index, _) => format!("`${name}` – the position in a step of the path, bound by `#`"),
    }
}

/// `$add($a, $b)`: how a function that is bound to a name is called.
pub fn lambda_label(tree: &Tree, name: &str, lambda: asl_grammar::jsonata::NodeId) -> String {
    let parameters: Vec<&str> = tree.parameters(lambda).iter().map(|&it| tree.source(it)).collect();
    format!("${name}({})", parameters.join(", "))
}

/// A variable of the workflow: how surely it is assigned where it is read, and what assigns it.
pub fn variable_text(
    analysis: &Analysis,
    machine: &Machine,
    name: &str,
    known: Known,
    assigned: &[&Assigned],
) -> String {
    let mut text = format!("`${name}` – variable, {}", known_text(known, assigned.is_empty()));
    for it in assigned.iter().take(ASSIGNMENTS) {
        let value = it.key.parent().and_then(|member| member.as_member()).map(|member| member.value.range());
        let value = value.map(|range| shortened(&analysis.text.slice(range))).unwrap_or_default();
        text += &format!("\n- `{}`", machine.state(it.state).name());
        if let Some(owner) = machine.scopes[it.scope as usize].owner {
            text += &format!(" in `{}`", machine.state(owner).name());
        }
        if !value.is_empty() {
            text += &format!(": `{}`", value.replace('`', "'"));
        }
    }
    if let Some(more) = assigned.len().checked_sub(ASSIGNMENTS).filter(|more| *more > 0) {
        text += &format!("\n- and {more} more");
    }
    text
}

fn known_text(known: Known, nowhere: bool) -> &'static str {
    match known {
        Known::Assigned => "assigned on every way to this state",
        Known::Perhaps => "perhaps assigned: only some of the ways to this state do",
        Known::ByItself => "assigned by this state itself, for the states behind it",
        Known::OutOfReach => "out of reach: a Distributed Map does not see the variables around it",
        Known::Unassigned if nowhere => "which nobody assigns",
        Known::Unassigned => "not assigned on any way to this state",
    }
}

/// A few words on a variable: which states assign it.
pub fn variable_summary(machine: &Machine, variable: &Visible) -> String {
    let mut names: Vec<String> =
        variable.assigned.iter().map(|it| format!("`{}`", machine.state(it.state).name())).collect();
    names.dedup();
    let more = names.len().saturating_sub(3);
    names.truncate(3);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let perhaps = if variable.known == Known::Perhaps { "perhaps assigned" } else { "assigned" };
    format!("{perhaps} by {}{more}", names.join(", "))
}

/// A text on one line, cut off where it gets long.
pub fn shortened(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > VALUE {
        line = line.chars().take(VALUE - 1).collect::<String>() + "…";
    }
    line
}
