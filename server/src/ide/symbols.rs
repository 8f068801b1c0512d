//! The outline of a document: its states, with the states of branches and item processors below them.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::asl::{Machine, StateRef, short_resource};
use crate::catalog::states::StateType;

pub struct Symbol {
    pub name: String,
    pub detail: String,
    pub kind: SymbolKind,
    pub range: Range<usize>,
    pub selection: Range<usize>,
    pub children: Vec<Symbol>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    Task,
    Choice,
    Map,
    Parallel,
    Branch,
    Wait,
    Other,
}

pub fn symbols(analysis: &Analysis) -> Vec<Symbol> {
    let Some(machine) = analysis.machine() else { return Vec::new() };
    // The scopes that each state holds, in the order of the text.
    let mut nested = vec![Vec::new(); machine.fragments.len()];
    for (index, scope) in machine.scopes.iter().enumerate() {
        if let Some(owner) = scope.owner {
            nested[owner.fragment as usize].push((owner.state, index));
        }
    }
    states(&machine, 0, &nested)
}

type Nested = [Vec<(u32, usize)>];

fn states(machine: &Machine, scope: usize, nested: &Nested) -> Vec<Symbol> {
    machine.scopes[scope].states.iter().map(|state| symbol(machine, *state, nested)).collect()
}

fn symbol(machine: &Machine, state: StateRef, nested: &Nested) -> Symbol {
    let view = machine.state(state);
    let kind = view.state.kind;
    let resource = view.value().get("Resource").and_then(|resource| resource.as_str());
    let detail = match (kind, resource) {
        (Some(kind), Some(resource)) => format!("{} {}", kind.name(), short_resource(resource)),
        (Some(kind), None) => kind.name().to_owned(),
        (None, _) => String::new(),
    };
    let scopes: Vec<usize> = nested[state.fragment as usize]
        .iter()
        .filter(|(owner, _)| *owner == state.state)
        .map(|(_, scope)| *scope)
        .collect();
    let children = match kind {
        Some(StateType::Parallel) => {
            scopes.iter().enumerate().map(|(number, scope)| branch(machine, number, *scope, nested)).collect()
        }
        _ => scopes.iter().flat_map(|scope| states(machine, *scope, nested)).collect(),
    };
    Symbol {
        name: if view.name().is_empty() { "(no name)".to_owned() } else { view.name().to_owned() },
        detail,
        kind: match kind {
            Some(StateType::Task) => SymbolKind::Task,
            Some(StateType::Choice) => SymbolKind::Choice,
            Some(StateType::Map) => SymbolKind::Map,
            Some(StateType::Parallel) => SymbolKind::Parallel,
            Some(StateType::Wait) => SymbolKind::Wait,
            _ => SymbolKind::Other,
        },
        range: view.key().start()..view.value().range().end.max(view.key().range().end),
        selection: view.key().range(),
        children,
    }
}

fn branch(machine: &Machine, number: usize, scope: usize, nested: &Nested) -> Symbol {
    let node = machine.scopes[scope].node;
    let start = machine.scopes[scope].start_at.and_then(|start| start.as_str());
    Symbol {
        name: format!("Branch {}", number + 1),
        detail: start.map(|start| format!("from {start}")).unwrap_or_default(),
        kind: SymbolKind::Branch,
        range: node.range(),
        selection: node.open(),
        children: states(machine, scope, nested),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::analyse;

    #[test]
    fn nested_states_stand_below_their_owner() {
        let analysis = analyse(
            r#"{"StartAt": "P", "States": {
                "P": {"Type": "Parallel", "Branches": [{"StartAt": "T", "States": {"T": {"Type": "Task",
                    "Resource": "arn:aws:states:::glue:startJobRun.sync", "End": true}}}], "Next": "M"},
                "M": {"Type": "Map", "ItemProcessor": {"StartAt": "R", "States": {"R": {"Type": "Pass"}}}, "End": true}
            }}"#,
        );
        let mut shown = String::new();
        fn show(symbols: &[Symbol], depth: usize, out: &mut String) {
            for symbol in symbols {
                *out += &format!("{}{} [{}]\n", "  ".repeat(depth), symbol.name, symbol.detail);
                show(&symbol.children, depth + 1, out);
            }
        }
        show(&symbols(&analysis), 0, &mut shown);
        expect_test::expect![[r#"
            P [Parallel]
              Branch 1 [from T]
                T [Task glue:startJobRun.sync]
            M [Map]
              R [Pass]
        "#]]
        .assert_eq(&shown);
    }
}
