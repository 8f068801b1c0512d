//! The variable that is named at an offset, with every place that names it: a variable of the machine, or one that an
//! expression binds for itself.

use std::ops::Range;

use asl_grammar::jsonata;
use asl_grammar::jsonata::scope::scopes;
use asl_grammar::span::Span;
use asl_grammar::syntax::Format;
use asl_grammar::tree::Node;

use super::locate::Located;
use crate::analysis::Analysis;
use crate::asl::variables::assigned_name;
use crate::asl::{ExpressionView, Machine, Placed, StateRef};

pub(super) struct Variable<'a> {
    pub name: &'a str,
    pub owner: Owner<'a>,
    /// In the order of the text. What only an alias of YAML repeats is not among them.
    pub occurrences: Vec<Occurrence<'a>>,
}

/// Who knows a variable.
#[derive(Clone, Copy)]
pub(super) enum Owner<'a> {
    /// The states of this scope, and of those inside of it.
    Scope(usize),
    /// One expression.
    Expression(ExpressionView<'a>),
    /// No state assigns it: a name that is not defined, or a function of the language.
    Nobody,
}

/// A place that names a variable.
pub(super) struct Occurrence<'a> {
    /// With the `$` where there is one.
    pub range: Range<usize>,
    /// The bare name.
    pub name: Range<usize>,
    /// It gives the variable a value.
    pub writes: bool,
    pub site: Site<'a>,
}

pub(super) enum Site<'a> {
    /// A key of an `Assign`.
    Key(Node<'a>),
    /// In an expression, with the `$`.
    Text(ExpressionView<'a>, Span),
}

pub(super) fn variable_at<'a>(
    analysis: &Analysis,
    machine: &Machine<'a>,
    located: &Located<'a>,
    offset: usize,
) -> Option<Variable<'a>> {
    let placed = located.placed;
    let scope = |state| machine.scope_of(StateRef { fragment: located.fragment as u32, state });
    let assigned = placed.fragment.assignments.iter().find(|it| it.key == located.node.id());
    let mut variable = match assigned {
        Some(assignment) => of_machine(machine, scope(assignment.state), assigned_name(located.node)),
        None => {
            let (index, expression) = expression_at(&placed, located.node)?;
            let at = expression.offset(offset);
            let mut reads = placed.fragment.reads.iter().filter(|read| read.expression == index);
            match reads.find(|read| read.span.touches(at)) {
                Some(read) => {
                    let name = read.span.text(expression.code()).trim_start_matches('$');
                    of_machine(machine, scope(read.state), name)
                }
                None => of_expression(expression, at)?,
            }
        }
    };
    variable.occurrences.retain(|it| !is_alias(analysis, it.node()));
    variable.occurrences.sort_by_key(|it| it.range.start);
    variable.occurrences.dedup_by(|a, b| a.range == b.range);
    Some(variable)
}

impl Variable<'_> {
    /// The place at an offset.
    pub fn at(&self, offset: usize) -> Option<&Occurrence<'_>> {
        self.occurrences.iter().find(|it| it.range.start <= offset && offset <= it.range.end)
    }
}

impl<'a> Occurrence<'a> {
    fn key(node: Node<'a>) -> Occurrence<'a> {
        let name = node.source_range(0..assigned_name(node).len());
        Occurrence { range: name.clone(), name, writes: true, site: Site::Key(node) }
    }

    fn text(expression: ExpressionView<'a>, span: Span, writes: bool) -> Occurrence<'a> {
        let bare = Span::new(span.start + 1, span.end);
        let site = Site::Text(expression, span);
        Occurrence { range: expression.range(span), name: expression.range(bare), writes, site }
    }

    /// In the text of the expression.
    pub fn span(&self) -> Option<Span> {
        match self.site {
            Site::Key(_) => None,
            Site::Text(_, span) => Some(span),
        }
    }

    /// The string or key that it stands in.
    pub fn node(&self) -> Node<'a> {
        match self.site {
            Site::Key(node) => node,
            Site::Text(expression, _) => expression.node,
        }
    }
}

/// Does only an alias of YAML (`*name`) stand here?
pub(super) fn is_alias(analysis: &Analysis, node: Node) -> bool {
    analysis.syntax.format == Format::Yaml && analysis.text.is(node.start()..node.start() + 1, "*")
}

/// The expression that a node is, with its number.
fn expression_at<'a>(placed: &Placed<'a>, node: Node) -> Option<(u32, ExpressionView<'a>)> {
    let index = placed.fragment.expressions.iter().position(|it| it.node == node.id())?;
    Some((index as u32, placed.expression(&placed.fragment.expressions[index])))
}

fn of_machine<'a>(machine: &Machine<'a>, scope: usize, name: &'a str) -> Variable<'a> {
    let variables = machine.variables();
    let owner = variables.owner(machine, scope, name);
    let assigned = variables.assigned.iter().filter(|it| Some(it.scope as usize) == owner);
    let assigned = assigned.filter(|it| it.name == name).map(|it| Occurrence::key(it.key));
    let read = variables.uses.iter().filter(|it| it.name == name);
    let read = read.filter(|it| variables.owner(machine, it.scope as usize, name) == owner);
    let read = read.map(|it| Occurrence::text(it.expression, it.read.span, false));
    Variable {
        name,
        owner: owner.map_or(Owner::Nobody, Owner::Scope),
        occurrences: assigned.chain(read).collect(),
    }
}

/// What the expression binds by a name that stands at an offset of it.
fn of_expression(expression: ExpressionView, at: u32) -> Option<Variable> {
    let tree = expression.expression.jsonata()?;
    let scopes = scopes(tree);
    let touches = |node: jsonata::NodeId| tree.span(node).touches(at);
    let bound = scopes.bindings.iter().position(|it| touches(it.node));
    let read = || scopes.references.iter().find(|it| touches(it.node)).and_then(|it| it.binding);
    let binding = scopes.bindings[bound.or_else(read)?];
    let bindings =
        scopes.bindings.iter().filter(|it| it.variable() == binding.variable()).map(|it| (it.node, true));
    let references = scopes.references.iter().filter(|it| {
        it.binding
            .and_then(|index| scopes.bindings.get(index))
            .is_some_and(|it| it.variable() == binding.variable())
    });
    let nodes = bindings.chain(references.map(|it| (it.node, false)));
    Some(Variable {
        name: binding.name,
        owner: Owner::Expression(expression),
        occurrences: nodes
            .map(|(node, writes)| Occurrence::text(expression, tree.span(node), writes))
            .collect(),
    })
}
