//! All places that name a state.

use std::ops::Range;

use asl_grammar::tree::Node;

use super::locate::{locate, named_state};
use crate::analysis::Analysis;
use crate::asl::Machine;

pub struct References {
    /// The key of the state, if there is one.
    pub definition: Option<Range<usize>>,
    /// What leads to it, in the order of the text.
    pub uses: Vec<Range<usize>>,
}

pub fn references(analysis: &Analysis, offset: usize) -> Option<References> {
    let machine = analysis.machine()?;
    let named = named_state(&machine, &locate(analysis, offset)?)?;
    Some(References {
        definition: named.state.map(|state| machine.state(state).key().range()),
        uses: uses(&machine, named.scope, named.name).into_iter().map(Node::range).collect(),
    })
}

/// The transitions of a scope, and its `StartAt`, that name a state.
pub(super) fn uses<'a>(machine: &Machine<'a>, scope: usize, name: &str) -> Vec<Node<'a>> {
    let start = machine.scopes[scope].start_at.into_iter();
    let targets =
        machine.scopes[scope].states.iter().flat_map(|state| machine.transitions(*state).map(|(_, it)| it));
    let mut uses: Vec<Node> = start.chain(targets).filter(|node| node.as_str() == Some(name)).collect();
    uses.sort_by_key(|node| node.start());
    uses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::at_cursor;

    #[test]
    fn every_kind_of_transition_counts_but_only_in_its_scope() {
        let (analysis, offset) = at_cursor(
            r#"{"StartAt": "A", "States": {
                "A": {"Type": "Choice", "Choices": [{"Next": "B"}], "Default": "B"},
                "<|>B": {"Type": "Task", "Catch": [{"Next": "B"}], "Comment": "B", "Next": "M"},
                "M": {"Type": "Map", "ItemProcessor": {"StartAt": "B", "States": {}}, "Next": "B"}
            }}"#,
        );
        let found = references(&analysis, offset).unwrap();
        assert!(found.definition.is_some());
        assert_eq!(found.uses.len(), 4);
    }
}
