//! What a field, a value, a state, a part of a call or of a text means: one file each.

mod expression;
mod fields;
mod states;

mod models;
mod parameters;
mod resource;

mod errors;
mod literals;
mod placeholders;
mod retries;
mod silencers;

#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;

use std::ops::Range;

use asl_grammar::tree::{Kind, Node};

use super::locate::{Located, locate, named_state};
use crate::analysis::Analysis;
use crate::asl::is_expression;

pub use expression::{
    binding_text, context_text, function_notes, function_text, lambda_label, operator_text, variable_summary,
    variable_text,
};
pub use fields::field_text;
pub use parameters::member_text;
pub use resource::{action_text, pattern_summary};

pub struct Hover {
    /// What the text is about.
    pub range: Range<usize>,
    pub markdown: String,
}

pub fn hover(analysis: &Analysis, offset: usize) -> Option<Hover> {
    let located = locate(analysis, offset)?;
    // What is a part of a text comes before what the whole of it means.
    placeholders::hover(analysis, &located, offset)
        .or_else(|| expression::hover(analysis, offset))
        .or_else(|| silencers::hover(&located, offset, analysis.config()))
        .or_else(|| of_state(analysis, &located))
        .or_else(|| of_call(analysis, &located, offset))
        .or_else(|| errors::hover(&located))
        .or_else(|| fields::hover(&located))
        .or_else(|| Some(about(located.node, literals::text(located.node)?)))
}

fn of_state(analysis: &Analysis, located: &Located) -> Option<Hover> {
    // The machine is joined from all its pieces: only where there is a reason to.
    if !located.may_name_state() {
        return None;
    }
    let machine = analysis.machine()?;
    let named = named_state(&machine, located)?;
    Some(about(named.node, states::state_text(&machine, named.state?)))
}

fn of_call(analysis: &Analysis, located: &Located, offset: usize) -> Option<Hover> {
    let call = located.call()?;
    match located.node == call.resource() {
        true => resource::hover(&call, offset, analysis.config()),
        false => parameters::hover(&call, located, analysis.config()),
    }
}

fn about(node: Node, markdown: String) -> Hover {
    Hover { range: node.range(), markdown }
}

/// A value of one piece that nobody computes.
fn is_plain_scalar(node: Node) -> bool {
    let scalar = matches!(node.kind(), Kind::String | Kind::Number | Kind::Bool | Kind::Null);
    scalar && !node.as_str().is_some_and(is_expression)
}
