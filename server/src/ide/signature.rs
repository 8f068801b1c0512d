//! The call around the cursor: what it takes, and which argument the cursor is in.

use std::ops::Range;

use asl_grammar::intrinsic;
use asl_grammar::jsonata::{self, NodeId, NodeKind, query, scope};

use super::expression::{self, Inside};
use super::hover::function_notes;
use crate::analysis::Analysis;
use crate::catalog::functions::{self, Function};

/// A function as it is called.
#[derive(Debug, PartialEq, Eq)]
pub struct Signature {
    /// `$substring(str: string, start: number, [length: number]) → string`
    pub label: String,
    pub docs: String,
    /// Where each parameter stands in the label.
    pub parameters: Vec<Range<usize>>,
    /// The one that the cursor is in; None when the call has too many arguments.
    pub active: Option<usize>,
}

pub fn signature(analysis: &Analysis, offset: usize) -> Option<Signature> {
    let inside = expression::at(analysis, offset)?;
    match (inside.jsonata(), inside.intrinsic()) {
        (Some(tree), _) => of_call(&inside, tree),
        (_, Some(tree)) => of_intrinsic(&inside, tree),
        (None, None) => None,
    }
}

fn of_call(inside: &Inside, tree: &jsonata::Tree) -> Option<Signature> {
    let site = query::call_at(tree, inside.offset)?;
    let name = tree.variable_name(site.callee)?;
    let piped = query::calls(tree).iter().any(|call| call.node == site.call && call.piped);
    // In `a ~> $f(b)` the value goes to the first parameter; in `a ~> $f(?, b)` to that of the `?`.
    let shift = usize::from(piped && tree.kind(site.call) == NodeKind::Call);
    let argument = site.argument as usize + shift;
    if let Some(lambda) = bound_lambda(tree, site.callee, name) {
        let parameters = tree.parameters(lambda).iter().map(|&it| tree.source(it).to_owned()).collect();
        return Some(Signature::new(
            &format!("${name}"),
            parameters,
            "",
            "A function of this expression.".into(),
            argument,
            false,
        ));
    }
    let function = functions::jsonata(name)?;
    let written = tree.arguments(site.call).len() + shift;
    Some(of_function(function, argument, left_out(tree, &site, function, written)))
}

/// Is the first argument left out, with the context item in its place? It can only be told when just the number of
/// arguments is missing that there must be, and there is a context item.
fn left_out(tree: &jsonata::Tree, site: &query::CallSite, function: &Function, written: usize) -> bool {
    let call = query::calls(tree).into_iter().find(|call| call.node == site.call);
    let has_context = call.is_some_and(|call| call.has_context && call.after_step && !call.piped);
    function.context_first && has_context && written < function.min as usize
}

fn of_function(function: &Function, argument: usize, context: bool) -> Signature {
    let mut docs = function_notes(function);
    if context {
        docs += "\n\nHere the context item stands in for the first parameter.";
    }
    let rest = function.max.is_none();
    let parameters = function.typed_parameters();
    Signature::new(function.name, parameters, function.returns, docs, argument + usize::from(context), rest)
}

fn of_intrinsic(inside: &Inside, tree: &intrinsic::Tree) -> Option<Signature> {
    let site = tree.call_at(inside.offset)?;
    let function = functions::intrinsic(tree.name(tree.call(site.call)?))?;
    Some(of_function(function, site.argument as usize, false))
}

/// The function that a name is bound to by `:=`.
fn bound_lambda(tree: &jsonata::Tree, callee: NodeId, name: &str) -> Option<NodeId> {
    let scopes = scope::scopes(tree);
    let reference = scopes.references.iter().find(|it| it.node == callee)?;
    let binding = scopes.bindings.get(reference.binding?).filter(|it| it.name == name)?;
    let bind = tree.parent(binding.node).filter(|&it| tree.kind(it) == NodeKind::Bind)?;
    tree.children(bind).get(1).copied().filter(|&it| tree.kind(it) == NodeKind::Lambda)
}

impl Signature {
    fn new(
        name: &str,
        parameters: Vec<String>,
        returns: &str,
        docs: String,
        argument: usize,
        rest: bool,
    ) -> Signature {
        let mut label = format!("{name}(");
        let mut ranges = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            if !ranges.is_empty() {
                label += ", ";
            }
            ranges.push(label.len()..label.len() + parameter.len());
            label += &parameter;
        }
        label += ")";
        if !returns.is_empty() {
            label += &format!(" → {returns}");
        }
        let active = match ranges.len() {
            0 => None,
            count if rest => Some(argument.min(count - 1)),
            count => Some(argument).filter(|argument| *argument < count),
        };
        Signature { label, docs, parameters: ranges, active }
    }
}

#[cfg(test)]
mod tests;
