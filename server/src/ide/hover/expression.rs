//! What stands under the cursor inside an expression: functions, operators, members of the context, variables.

mod jsonata;
mod path;
mod text;

use super::Hover;
use crate::analysis::Analysis;
use crate::asl::StateRef;
use crate::asl::variables::{Use, assigned_name};
use crate::catalog::pages;
use crate::ide::expression;
use crate::ide::locate::locate;

pub use text::{
    binding_text, context_text, function_notes, function_text, lambda_label, operator_text, variable_summary,
    variable_text,
};

pub(super) fn hover(analysis: &Analysis, offset: usize) -> Option<Hover> {
    let Some(inside) = expression::at(analysis, offset) else { return assigned(analysis, offset) };
    let (span, markdown) = if let Some(tree) = inside.jsonata() {
        jsonata::hover(analysis, &inside, tree)?
    } else if let Some(tree) = inside.intrinsic() {
        path::call_hover(analysis, &inside, tree)?
    } else {
        path::hover(analysis, &inside, inside.path()?)?
    };
    Some(Hover { range: inside.range(span), markdown })
}

/// The key of an `Assign`: a variable of the workflow, with the states that read it.
fn assigned(analysis: &Analysis, offset: usize) -> Option<Hover> {
    let located = locate(analysis, offset)?;
    let fragment = located.placed.fragment;
    let assignment = fragment.assignments.iter().find(|it| it.key == located.node.id())?;
    let machine = analysis.machine()?;
    let state = StateRef { fragment: located.fragment as u32, state: assignment.state };
    let scope = machine.scope_of(state);
    let (name, variables) = (assigned_name(located.node), machine.variables());
    let sees =
        |it: &&Use| it.name == name && variables.visible(&machine, it.scope as usize).any(|it| it == scope);
    let mut readers: Vec<String> = variables
        .uses
        .iter()
        .filter(sees)
        .map(|it| format!("`{}`", machine.state(it.state).name()))
        .collect();
    readers.dedup();
    let mut text = format!("`${name}` – variable, which the states behind this one can read");
    if !readers.is_empty() {
        text += &format!("\n\nread by {}", readers.join(", "));
    }
    text += &format!("\n\n[Documentation]({})", pages::VARIABLES);
    Some(Hover { range: located.node.range(), markdown: text })
}

/// A variable as the expression sees it.
fn variable(analysis: &Analysis, inside: &expression::Inside, name: &str) -> Option<String> {
    let machine = analysis.machine()?;
    let state = inside.state(&machine)?;
    let (known, assigned) = machine.variables().known_to(&machine, state, name);
    Some(variable_text(analysis, &machine, name, known, &assigned))
}

#[cfg(test)]
mod tests;
