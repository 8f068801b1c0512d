//! Whether every `%` has a step to climb to. This follows the reference's bookkeeping: each `%` is a slot with a
//! level, the steps before it in a path lower the level, and a slot that is still open at the end is an error.

use super::check::{Order, done};
use super::errors::{Code, Error};
use super::{NodeId, NodeKind, Tree};

/// Steps of looking for parents after which an expression is taken as it is.
const BUDGET: u32 = 200_000;

type Slot = usize;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A step that `%` can climb from.
    Step,
    /// A string, which becomes a step in a path.
    String,
    Parent(Slot),
    Block,
    Path,
    Other,
}

/// A value as the reference rewrites it. Names and paths are lists of steps, which are values too.
struct Value {
    kind: Kind,
    /// Where the reference places it.
    position: Option<u32>,
    /// The steps of a path; the last expression of a block.
    steps: Vec<usize>,
    /// Slots that must be filled from further out.
    seeking: Vec<Slot>,
    focus: bool,
}

struct Search {
    values: Vec<Value>,
    levels: Vec<i32>,
    budget: u32,
}

/// No step to climb to; the reference's position.
struct Fault(Option<u32>);

/// The first `%` without a parent.
pub(super) fn first_fault(tree: &Tree) -> Option<(Order, Error)> {
    let parent = tree.ids().find(|&id| tree.kind(id) == NodeKind::Parent)?;
    let (order, Fault(position)) = search(tree).err()?;
    let error = Error {
        code: Code::S0217,
        span: tree.span(parent),
        position,
        message: "`%` has no parent here: it needs enough steps of a path before it".to_owned(),
        slip: None,
    };
    Some((order, error))
}

fn search(tree: &Tree) -> Result<(), (Order, Fault)> {
    let mut search = Search { values: Vec::new(), levels: Vec::new(), budget: BUDGET };
    // The value of each node; children come first.
    let mut of: Vec<usize> = Vec::with_capacity(tree.nodes.len());
    for id in tree.ids() {
        let value = search.visit(tree, id, &of).map_err(|fault| (done(id), fault))?;
        of.push(value);
    }
    let root = of.get(tree.root().index()).and_then(|&root| search.values.get(root));
    match root {
        Some(root) if matches!(root.kind, Kind::Parent(_)) || !root.seeking.is_empty() => {
            Err((Order::MAX, Fault(root.position)))
        }
        _ => Ok(()),
    }
}

impl Search {
    fn new_value(&mut self, kind: Kind, position: Option<u32>, steps: Vec<usize>) -> usize {
        self.values.push(Value { kind, position, steps, seeking: Vec::new(), focus: false });
        self.values.len() - 1
    }

    fn visit(&mut self, tree: &Tree, id: NodeId, of: &[usize]) -> Result<usize, Fault> {
        let node = tree.node(id);
        let position = Some(node.anchor.end);
        let value = |id: &NodeId| of.get(id.index()).copied().unwrap_or_default();
        let children: Vec<usize> = tree.children(id).iter().map(value).collect();
        let left = children.first().copied().unwrap_or_default();
        Ok(match node.kind {
            NodeKind::Name => {
                let step = self.new_value(Kind::Step, position, Vec::new());
                self.new_value(Kind::Path, None, vec![step])
            }
            NodeKind::Wildcard => self.new_value(Kind::Step, position, Vec::new()),
            NodeKind::String => self.new_value(Kind::String, position, Vec::new()),
            NodeKind::Parent => {
                self.levels.push(1);
                self.new_value(Kind::Parent(self.levels.len() - 1), None, Vec::new())
            }
            NodeKind::Path => self.path(left, children.get(1).copied().unwrap_or_default())?,
            NodeKind::KeepArray | NodeKind::Group => left,
            NodeKind::Filter => {
                self.filter(left, children.get(1).copied().unwrap_or_default())?;
                left
            }
            NodeKind::OrderBy => {
                let path = self.as_path(left);
                let sort = self.new_value(Kind::Other, position, Vec::new());
                for &term in children.iter().skip(1) {
                    self.pass_on(sort, term);
                }
                self.values[path].steps.push(sort);
                self.resolve(path)?;
                path
            }
            NodeKind::Term => left,
            NodeKind::Focus => {
                let step = self.last_step(left);
                self.values[step].focus = true;
                left
            }
            NodeKind::Index => self.as_path(left),
            NodeKind::Block => {
                let last = children.last().copied();
                let block = self.new_value(Kind::Block, position, last.into_iter().collect());
                self.pass_all(block, &children)
            }
            NodeKind::Call | NodeKind::Partial => {
                let call = self.new_value(Kind::Other, position, Vec::new());
                self.pass_all(call, children.get(1..).unwrap_or_default())
            }
            NodeKind::Bind => {
                let bind = self.new_value(Kind::Other, position, Vec::new());
                self.pass_all(bind, children.get(1..).unwrap_or_default())
            }
            NodeKind::Lambda | NodeKind::Transform | NodeKind::Chain => {
                self.new_value(Kind::Other, position, Vec::new())
            }
            _ => {
                let other = self.new_value(Kind::Other, position, Vec::new());
                self.pass_all(other, &children)
            }
        })
    }

    fn as_path(&mut self, value: usize) -> usize {
        match self.values[value].kind {
            Kind::Path => value,
            _ => self.new_value(Kind::Path, None, vec![value]),
        }
    }

    fn last_step(&self, value: usize) -> usize {
        match &self.values[value] {
            Value { kind: Kind::Path, steps, .. } => steps.last().copied().unwrap_or(value),
            _ => value,
        }
    }

    fn path(&mut self, left: usize, right: usize) -> Result<usize, Fault> {
        let path = self.as_path(left);
        if let Kind::Parent(slot) = self.values[left].kind {
            self.values[path].seeking = vec![slot];
        }
        let steps = match &mut self.values[right] {
            Value { kind: Kind::Path, steps, .. } => std::mem::take(steps),
            _ => vec![right],
        };
        let checked = self.values[path].steps.len().saturating_sub(1);
        self.values[path].steps.extend(steps);
        for at in checked..self.values[path].steps.len() {
            let step = self.values[path].steps[at];
            if self.values[step].kind == Kind::String {
                self.values[step].kind = Kind::Step;
            }
        }
        self.resolve(path)?;
        Ok(path)
    }

    fn filter(&mut self, left: usize, filter: usize) -> Result<(), Fault> {
        let step = self.last_step(left);
        if self.values[filter].seeking.is_empty() {
            return Ok(());
        }
        for slot in self.values[filter].seeking.clone() {
            if self.levels[slot] == 1 {
                self.seek(step, slot)?;
            } else {
                self.levels[slot] -= 1;
            }
        }
        self.pass_on(step, filter);
        Ok(())
    }

    /// What `from` still seeks must be found outside `to`.
    fn pass_on(&mut self, to: usize, from: usize) {
        let mut slots = self.values[from].seeking.clone();
        if let Kind::Parent(slot) = self.values[from].kind {
            slots.push(slot);
        }
        self.budget = self.budget.saturating_sub(slots.len() as u32);
        if self.budget > 0 {
            self.values[to].seeking.extend(slots);
        }
    }

    fn pass_all(&mut self, to: usize, from: &[usize]) -> usize {
        for &value in from {
            self.pass_on(to, value);
        }
        to
    }

    /// Looks for the parents that the last step of a path asks for among the steps before it.
    fn resolve(&mut self, path: usize) -> Result<(), Fault> {
        let Some(&last) = self.values[path].steps.last() else { return Ok(()) };
        let mut slots = self.values[last].seeking.clone();
        if let Kind::Parent(slot) = self.values[last].kind {
            slots.push(slot);
        }
        for slot in slots {
            let mut before = self.values[path].steps.len() - 1;
            while self.levels[slot] > 0 {
                let Some(index) = before.checked_sub(1) else {
                    self.values[path].seeking.push(slot);
                    break;
                };
                before = index;
                let mut step = self.values[path].steps[index];
                // Steps in a row that bind their focus are one.
                while before > 0 && self.values[step].focus {
                    let previous = self.values[path].steps[before - 1];
                    if !self.values[previous].focus {
                        break;
                    }
                    step = previous;
                    before -= 1;
                }
                self.seek(step, slot)?;
            }
        }
        Ok(())
    }

    /// Lets a step answer to a slot. Blocks nest no deeper than the parser allows, so recursion is bounded.
    fn seek(&mut self, value: usize, slot: Slot) -> Result<(), Fault> {
        self.budget = self.budget.saturating_sub(1);
        if self.budget == 0 {
            self.levels[slot] = 0;
            return Ok(());
        }
        match self.values[value].kind {
            Kind::Step => self.levels[slot] -= 1,
            Kind::Parent(_) => self.levels[slot] += 1,
            Kind::Block => {
                if let Some(&last) = self.values[value].steps.first() {
                    self.seek(last, slot)?;
                }
            }
            Kind::Path => {
                let mut index = self.values[value].steps.len();
                while index > 0 {
                    index -= 1;
                    let step = self.values[value].steps[index];
                    self.seek(step, slot)?;
                    if self.levels[slot] <= 0 {
                        break;
                    }
                }
            }
            Kind::String | Kind::Other => return Err(Fault(self.values[value].position)),
        }
        Ok(())
    }
}
