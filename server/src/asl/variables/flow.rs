//! Which variables are assigned when a state begins: surely, and perhaps.
//!
//! The greatest solution is wanted: in a loop, what is assigned before it stays assigned. So every state begins with
//! all variables, and each way into it takes away those that it does not assign. States are visited in the order of
//! the ways, so that two or three rounds do for any usual graph.

use std::collections::HashMap;

use super::{Assigned, Known, Site};
use crate::asl::{Machine, StateRef};

pub struct Flow<'a> {
    names: HashMap<&'a str, u32>,
    /// For each fragment, the number of its first state.
    first_state: Vec<u32>,
    /// Words for one row.
    width: usize,
    /// A row of bits per state: assigned on every way to it.
    surely: Vec<u64>,
    /// Assigned on some way to it.
    perhaps: Vec<u64>,
}

/// A way from one state of a scope to another.
struct Edge {
    from: u32,
    to: u32,
    site: Site,
}

impl<'a> Flow<'a> {
    pub fn new(machine: &Machine<'a>, assigned: &[Assigned<'a>]) -> Flow<'a> {
        let mut names = HashMap::new();
        for it in assigned {
            let next = names.len() as u32;
            names.entry(it.name).or_insert(next);
        }
        let mut first_state = Vec::with_capacity(machine.fragments.len());
        let mut states = 0;
        for placed in &machine.fragments {
            first_state.push(states);
            states += placed.fragment.states.len() as u32;
        }
        let width = names.len().div_ceil(64);
        let rows = states as usize * width;
        let mut flow =
            Flow { names, first_state, width, surely: vec![u64::MAX; rows], perhaps: vec![0; rows] };
        let mut sets: Vec<(u32, Site, u32)> =
            assigned.iter().map(|it| (flow.number(it.state), it.site, flow.names[it.name])).collect();
        sets.sort_unstable();
        // A scope stands before those nested in it.
        for scope in 0..machine.scopes.len() {
            flow.scope(machine, scope, &sets);
        }
        flow
    }

    pub fn known(&self, state: StateRef, name: &str) -> Known {
        let Some(&name) = self.names.get(name) else { return Known::Unassigned };
        let word = self.number(state) as usize * self.width + name as usize / 64;
        let bit = 1 << (name % 64);
        match (self.surely[word] & bit != 0, self.perhaps[word] & bit != 0) {
            (true, _) => Known::Assigned,
            (false, true) => Known::Perhaps,
            (false, false) => Known::Unassigned,
        }
    }

    fn number(&self, state: StateRef) -> u32 {
        self.first_state[state.fragment as usize] + state.state
    }

    fn row(&self, state: u32) -> std::ops::Range<usize> {
        let start = state as usize * self.width;
        start..start + self.width
    }

    fn scope(&mut self, machine: &Machine<'a>, index: usize, sets: &[(u32, Site, u32)]) {
        let scope = &machine.scopes[index];
        let start =
            scope.start_at.and_then(|start| start.as_str()).and_then(|name| machine.find(index, name));
        let (Some(start), false) = (start, scope.damaged) else { return };
        let mut edges = Vec::new();
        for &state in &scope.states {
            for (transition, target) in machine.transitions(state) {
                // A target that is misspelt or not known yet: any state may follow.
                let Some(to) = machine.find(index, target.text()) else { return };
                edges.push(Edge {
                    from: self.number(state),
                    to: self.number(to),
                    site: transition.cause.into(),
                });
            }
        }
        edges.sort_by_key(|edge| edge.from);
        let start = self.number(start);
        let row = self.row(start);
        match scope.owner {
            Some(owner) if !scope.distributed => {
                let owner = self.row(self.number(owner));
                self.surely.copy_within(owner.clone(), row.start);
                self.perhaps.copy_within(owner, row.start);
            }
            _ => self.surely[row].fill(0),
        }
        let order = order(start, &edges);
        let mut changed = true;
        while changed {
            changed = false;
            for &from in &order {
                let first = edges.partition_point(|edge| edge.from < from);
                for edge in edges[first..].iter().take_while(|edge| edge.from == from) {
                    changed |= self.follow(edge, sets);
                }
            }
        }
    }

    /// Tells the state at the end of a way what the way assigns. True when that was news.
    fn follow(&mut self, edge: &Edge, sets: &[(u32, Site, u32)]) -> bool {
        let first = sets.partition_point(|(state, site, _)| (*state, *site) < (edge.from, edge.site));
        let sets =
            sets[first..].iter().take_while(|(state, site, _)| (*state, *site) == (edge.from, edge.site));
        let (from, to) = (self.row(edge.from), self.row(edge.to));
        let mut changed = false;
        for word in 0..self.width {
            let here = sets.clone().filter(|(.., name)| *name as usize / 64 == word);
            let set = here.fold(0u64, |set, (.., name)| set | 1 << (name % 64));
            let surely = self.surely[to.start + word] & (self.surely[from.start + word] | set);
            let perhaps = self.perhaps[to.start + word] | self.perhaps[from.start + word] | set;
            changed |= surely != self.surely[to.start + word] || perhaps != self.perhaps[to.start + word];
            self.surely[to.start + word] = surely;
            self.perhaps[to.start + word] = perhaps;
        }
        changed
    }
}

/// The states that can be reached, each one as far as possible behind those that lead to it.
fn order(start: u32, edges: &[Edge]) -> Vec<u32> {
    let mut seen = std::collections::HashSet::from([start]);
    let mut done = Vec::new();
    let first = |state: u32| edges.partition_point(|edge| edge.from < state);
    let mut open = vec![(start, first(start))];
    while let Some((state, next)) = open.last_mut() {
        match edges.get(*next).filter(|edge| edge.from == *state) {
            Some(edge) => {
                *next += 1;
                if seen.insert(edge.to) {
                    open.push((edge.to, first(edge.to)));
                }
            }
            None => {
                done.push(*state);
                open.pop();
            }
        }
    }
    done.reverse();
    done
}
