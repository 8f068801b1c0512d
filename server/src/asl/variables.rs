//! Variables: which state assigns them, which expression reads them, and what is known of them on the way.
//!
//! A fragment lists its assignments and reads. [`Variables`] joins them: for every read it says whether all ways to
//! the state assign the variable, or only some, or none. Ask [`Machine::variables`](super::Machine::variables).

mod flow;
pub mod name;

use std::collections::{HashMap, HashSet};

use asl_grammar::jsonata::{self, query, scope};
use asl_grammar::path::Root;
use asl_grammar::span::Span;
use asl_grammar::tree::{Node, NodeId};

use super::expressions::{Parsed, Role};
use super::{Cause, Expression, ExpressionView, Machine, StateRef};
use crate::catalog::fields::PathKind;

/// A member of an `Assign`.
#[derive(Clone, Copy, Debug)]
pub struct Assignment {
    pub key: NodeId,
    pub state: u32,
    pub site: Site,
}

/// Whose `Assign` it is, and so on which way out of the state the variable is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Site {
    /// Of the state; in a Choice state that of `Default`.
    State,
    /// Of the choice rule with that number.
    Rule(u32),
    /// Of the catcher with that number.
    Catcher(u32),
}

impl From<Cause> for Site {
    /// Whose `Assign` counts on a way out of a state.
    fn from(cause: Cause) -> Site {
        match cause {
            Cause::Next | Cause::Default => Site::State,
            Cause::Choice(rule) => Site::Rule(rule),
            Cause::Catch(catcher) => Site::Catcher(catcher),
        }
    }
}

/// A variable of the machine in an expression: one that the expression does not bind itself.
#[derive(Clone, Copy, Debug)]
pub struct Read {
    /// Index of the expression.
    pub expression: u32,
    pub state: u32,
    /// With the `$`, in the parsed text.
    pub span: Span,
    /// The expression asks whether the variable exists.
    pub guarded: bool,
    /// It is called like a function.
    pub called: bool,
}

/// A variable that an expression binds for itself.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// Index of the expression.
    pub expression: u32,
    pub state: u32,
    /// With the `$`, in the parsed text.
    pub span: Span,
}

/// The name that the key of an assignment gives: without the `.$` of a template.
pub fn assigned_name<'t>(key: Node<'t>) -> &'t str {
    let text = key.text();
    text.strip_suffix(".$").unwrap_or(text)
}

/// What an expression does with a variable.
pub(super) enum Found {
    Read { span: Span, guarded: bool, called: bool },
    Bound(Span),
}

/// Finds the variables that an expression reads, and those that it binds for itself.
pub(super) fn find(expression: &Expression, node: Node, text: &str, mut found: impl FnMut(Found)) {
    if !expression.is_live() {
        return;
    }
    if let Parsed::Jsonata(tree) = &expression.parsed {
        return find_in_jsonata(tree, found);
    }
    // What `ResultPath` names is written, or rather refused.
    if expression.role == Role::Path(PathKind::Target) {
        return;
    }
    let guarded = expression.field.name == "Variable" && is_asked_for(node);
    for path in expression.paths().into_iter().filter(|path| path.root == Root::Variable) {
        debug_assert!(path.variable(text).is_some());
        let guarded = guarded && path.segments.is_empty();
        found(Found::Read { span: path.root_span, guarded, called: false });
    }
}

/// `IsPresent` asks about the path beside it.
fn is_asked_for(variable: Node) -> bool {
    let rule = variable.parent().and_then(|member| member.parent());
    rule.is_some_and(|rule| rule.get("IsPresent").is_some())
}

fn find_in_jsonata(tree: &jsonata::Tree, mut found: impl FnMut(Found)) {
    if !tree.text().contains('$') {
        return;
    }
    let scopes = scope::scopes(tree);
    scopes.bindings.iter().for_each(|it| found(Found::Bound(tree.span(it.node))));
    let free =
        scopes.references.iter().filter(|it| it.binding.is_none() && !matches!(it.name, "" | "states"));
    let free: Vec<_> = free.collect();
    let asked = |name: &str| {
        free.iter().any(|it| {
            it.name == name && query::ancestors(tree, it.node).skip(1).any(|id| is_exists(tree, id))
        })
    };
    let may_ask = tree.text().contains("$exists");
    let mut callees = None;
    for reference in &free {
        let span = tree.span(reference.node);
        let callees: &Vec<u32> = callees.get_or_insert_with(|| {
            query::calls(tree).iter().map(|call| tree.span(call.callee).start).collect()
        });
        let (guarded, called) = (may_ask && asked(reference.name), callees.contains(&span.start));
        found(Found::Read { span, guarded, called });
    }
}

fn is_exists(tree: &jsonata::Tree, id: jsonata::NodeId) -> bool {
    tree.kind(id) == jsonata::NodeKind::Call
        && tree.children(id).first().is_some_and(|&callee| tree.source(callee) == "$exists")
}

/// The variables of a machine.
#[derive(Default)]
pub struct Variables<'a> {
    /// All assignments, in the order of the text.
    pub assigned: Vec<Assigned<'a>>,
    /// All reads, in the order of the text.
    pub uses: Vec<Use<'a>>,
    /// What expressions bind for themselves by the name of a variable, in the order of the text.
    pub bound: Vec<BoundName<'a>>,
    /// An `Assign` could not be made out: nobody knows which variables there are.
    pub assigns_unknown: bool,
    /// Something that may read any variable could not be made out.
    pub reads_unknown: bool,
    /// By scope and name, indices into `assigned`.
    by_scope: HashMap<(u32, &'a str), Vec<u32>>,
    /// Names that some expression asks about with `$exists`.
    pub asked: HashSet<&'a str>,
    /// The scope that assigns it and the name, for each variable that is read.
    used: HashSet<(u32, &'a str)>,
}

/// An assignment at its place.
#[derive(Clone, Copy)]
pub struct Assigned<'a> {
    pub name: &'a str,
    pub key: Node<'a>,
    pub state: StateRef,
    pub site: Site,
    pub scope: u32,
}

/// A read at its place, and what is known of the variable there.
#[derive(Clone, Copy)]
pub struct Use<'a> {
    pub name: &'a str,
    pub expression: ExpressionView<'a>,
    pub read: &'a Read,
    pub state: StateRef,
    pub scope: u32,
    pub known: Known,
}

/// A variable as seen from a state.
pub struct Visible<'v, 'a> {
    pub name: &'a str,
    pub known: Known,
    /// All assignments that the state could see, wherever they stand.
    pub assigned: Vec<&'v Assigned<'a>>,
}

/// A name that an expression binds for itself, at its place.
#[derive(Clone, Copy)]
pub struct BoundName<'a> {
    pub name: &'a str,
    pub expression: ExpressionView<'a>,
    pub span: Span,
    pub scope: u32,
}

/// What is known of a variable when a state begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Every way to the state assigns it, or nobody can say.
    Assigned,
    /// Some ways assign it.
    Perhaps,
    /// No way does, but the state itself.
    ByItself,
    /// Only a scope around the Distributed Map does, which is out of reach.
    OutOfReach,
    /// No way does.
    Unassigned,
}

impl<'a> Variables<'a> {
    pub(super) fn new(machine: &Machine<'a>) -> Variables<'a> {
        let mut variables = Variables::default();
        for (index, placed) in machine.fragments.iter().enumerate() {
            let fragment = placed.fragment;
            variables.assigns_unknown |= fragment.assigns_unknown;
            variables.reads_unknown |= fragment.reads_unknown;
            for assignment in &fragment.assignments {
                let state = StateRef { fragment: index as u32, state: assignment.state };
                let scope = machine.scope_of(state) as u32;
                let key = placed.node(assignment.key);
                let name = assigned_name(key);
                let number = variables.assigned.len() as u32;
                variables.by_scope.entry((scope, name)).or_default().push(number);
                variables.assigned.push(Assigned { name, key, state, site: assignment.site, scope });
            }
            for read in &fragment.reads {
                let state = StateRef { fragment: index as u32, state: read.state };
                let expression = placed.expression(&fragment.expressions[read.expression as usize]);
                let name = read.span.text(expression.code()).trim_start_matches('$');
                let scope = machine.scope_of(state) as u32;
                if read.guarded {
                    variables.asked.insert(name);
                }
                variables.uses.push(Use { name, expression, read, state, scope, known: Known::Assigned });
            }
        }
        variables.collect_bound(machine);
        if !variables.uses.is_empty() {
            variables.judge(machine);
        }
        variables
    }

    fn collect_bound(&mut self, machine: &Machine<'a>) {
        if self.assigned.is_empty() {
            return;
        }
        let names: HashSet<&str> = self.assigned.iter().map(|it| it.name).collect();
        for (index, placed) in machine.fragments.iter().enumerate() {
            for bound in &placed.fragment.bound {
                let expression = placed.expression(&placed.fragment.expressions[bound.expression as usize]);
                let name = bound.span.text(expression.code()).trim_start_matches('$');
                if names.contains(name) {
                    let state = StateRef { fragment: index as u32, state: bound.state };
                    let scope = machine.scope_of(state) as u32;
                    self.bound.push(BoundName { name, expression, span: bound.span, scope });
                }
            }
        }
    }

    fn judge(&mut self, machine: &Machine<'a>) {
        let flow = (!self.assigned.is_empty()).then(|| flow::Flow::new(machine, &self.assigned));
        let mut uses = std::mem::take(&mut self.uses);
        for it in &mut uses {
            it.known = self.known(machine, flow.as_ref(), it.state, it.name);
            for scope in self.visible(machine, it.scope as usize) {
                if self.by_scope.contains_key(&(scope as u32, it.name)) {
                    self.used.insert((scope as u32, it.name));
                }
            }
        }
        self.uses = uses;
    }

    fn known(&self, machine: &Machine<'a>, flow: Option<&flow::Flow>, state: StateRef, name: &str) -> Known {
        let known = flow.map_or(Known::Unassigned, |flow| flow.known(state, name));
        if known != Known::Unassigned {
            return known;
        }
        let scope = machine.scope_of(state);
        let visible: HashSet<usize> = self.visible(machine, scope).collect();
        let mut outside = scopes_around(machine, scope).filter(|it| !visible.contains(it));
        if self.assigns(scope, name).any(|by| by.state == state) {
            Known::ByItself
        } else if outside.any(|scope| self.assigns(scope, name).next().is_some()) {
            Known::OutOfReach
        } else {
            Known::Unassigned
        }
    }

    /// What is known of a variable when a state begins, and the assignments in the scopes around the state, in the
    /// order of the text.
    pub fn known_to<'s>(
        &'s self,
        machine: &Machine<'a>,
        state: StateRef,
        name: &'s str,
    ) -> (Known, Vec<&'s Assigned<'a>>) {
        let flow = (!self.assigned.is_empty()).then(|| flow::Flow::new(machine, &self.assigned));
        let known = self.known(machine, flow.as_ref(), state, name);
        let mut assigned: Vec<_> = scopes_around(machine, machine.scope_of(state))
            .flat_map(|scope| self.assigns(scope, name))
            .collect();
        assigned.sort_by_key(|it| it.key.start());
        (known, assigned)
    }

    /// The scopes whose variables the states of a scope can read, the own one first.
    pub fn visible<'m>(
        &self,
        machine: &'m Machine<'a>,
        scope: usize,
    ) -> impl Iterator<Item = usize> + use<'a, 'm> {
        std::iter::successors(Some(scope), |&scope| {
            if machine.scopes[scope].distributed { None } else { machine.outer_scope(scope) }
        })
    }

    /// The scope whose variable a state of another scope reads by that name: the nearest one.
    pub fn owner(&self, machine: &Machine<'a>, scope: usize, name: &str) -> Option<usize> {
        self.visible(machine, scope).find(|scope| self.by_scope.contains_key(&(*scope as u32, name)))
    }

    /// The variables that a state can see when it begins, surely or perhaps, by their names.
    pub fn visible_to(&self, machine: &Machine<'a>, state: StateRef) -> Vec<Visible<'_, 'a>> {
        let scopes: Vec<usize> = self.visible(machine, machine.scope_of(state)).collect();
        let mut names: Vec<&str> = self
            .assigned
            .iter()
            .filter(|it| scopes.contains(&(it.scope as usize)))
            .map(|it| it.name)
            .collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() {
            return Vec::new();
        }
        let flow = flow::Flow::new(machine, &self.assigned);
        let visible = names.into_iter().map(|name| Visible {
            name,
            known: flow.known(state, name),
            assigned: scopes.iter().flat_map(|&scope| self.assigns(scope, name)).collect(),
        });
        visible.filter(|it| matches!(it.known, Known::Assigned | Known::Perhaps)).collect()
    }

    /// The assignments to a variable in one scope.
    pub fn assigns<'s>(&'s self, scope: usize, name: &'s str) -> impl Iterator<Item = &'s Assigned<'a>> {
        let found = self.by_scope.get(&(scope as u32, name)).map_or(&[][..], Vec::as_slice);
        found.iter().map(|&index| &self.assigned[index as usize])
    }

    /// A state from which a way leads to another one of its scope on which nobody has assigned the variable. Looks at
    /// the whole scope: for those who want to say why.
    pub fn way_without(&self, machine: &Machine<'a>, to: StateRef, name: &str) -> Option<StateRef> {
        let index = machine.scope_of(to);
        let scope = &machine.scopes[index];
        let sets: HashSet<(StateRef, Site)> =
            self.assigns(index, name).map(|by| (by.state, by.site)).collect();
        let start = machine.find(index, scope.start_at?.as_str()?)?;
        let mut seen = HashSet::from([start]);
        let mut waiting = vec![start];
        while let Some(state) = waiting.pop() {
            for (transition, target) in machine.transitions(state) {
                if sets.contains(&(state, transition.cause.into())) {
                    continue;
                }
                let next = machine.find(index, target.text())?;
                if next == to {
                    return Some(state);
                }
                if seen.insert(next) {
                    waiting.push(next);
                }
            }
        }
        None
    }

    /// Does any expression that can see the variable of that scope read it?
    pub fn is_used(&self, scope: usize, name: &str) -> bool {
        self.used.contains(&(scope as u32, name))
    }
}

/// A scope and all scopes around it, whether it can see their variables or not.
fn scopes_around(machine: &Machine, scope: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(scope), |&scope| machine.outer_scope(scope))
}

#[cfg(test)]
mod tests;
