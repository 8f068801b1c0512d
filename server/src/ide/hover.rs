//! What a field, a value, a state or a part of a call means: one file each.

mod fields;
mod states;

mod models;
mod parameters;
mod resource;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::locate::{locate, named_state};
use crate::analysis::Analysis;

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
    if let Some(machine) = analysis.machine()
        && let Some(named) = named_state(&machine, &located)
        && let Some(state) = named.state
    {
        return Some(Hover { range: located.node.range(), markdown: states::state_text(&machine, state) });
    }
    if let Some(call) = located.call() {
        let found = match located.node == call.resource() {
            true => resource::hover(&call, offset, analysis.config()),
            false => parameters::hover(&call, &located, analysis.config()),
        };
        if found.is_some() {
            return found;
        }
    }
    let markdown = fields::value_text(&located).or_else(|| fields::key_text(&located))?;
    Some(Hover { range: located.node.range(), markdown })
}
