//! Renames a variable. No name may come to mean something else by it: neither the new one nor another.

use asl_grammar::jsonata::scope::{Binding, scopes};
use asl_grammar::jsonata::{self, Tree};
use asl_grammar::span::Span;
use asl_grammar::syntax::Format;
use asl_grammar::text::Edit;
use asl_grammar::write::is_plain;

use super::{Target, replacement};
use crate::analysis::Analysis;
use crate::asl::variables::name::{RESERVED, problem};
use crate::asl::{ExpressionView, Machine};
use crate::ide::variables::{Occurrence, Owner, Site, Variable};

pub(super) fn prepare(variable: &Variable, offset: usize) -> Option<Target> {
    if let Owner::Nobody = variable.owner {
        return None;
    }
    Some(Target { range: variable.at(offset)?.name.clone(), name: variable.name.to_owned() })
}

pub(super) fn rename(
    analysis: &Analysis,
    machine: &Machine,
    variable: &Variable,
    name: &str,
) -> Result<Vec<Edit>, String> {
    // Whoever thinks of a variable thinks of its `$`.
    let name = name.strip_prefix('$').unwrap_or(name);
    if name.is_empty() {
        return Err("a variable needs a name".to_owned());
    }
    if let Some(problem) = problem(name) {
        return Err(format!("`{name}` is no name for a variable: {problem}"));
    }
    if name == RESERVED {
        return Err(format!("the name `{RESERVED}` is reserved"));
    }
    if name != variable.name {
        match variable.owner {
            Owner::Nobody => {
                return Err("there is no state or variable here that could be renamed".to_owned());
            }
            Owner::Scope(scope) => is_free(machine, scope, name)?,
            Owner::Expression(expression) => is_unbound(expression, variable, name)?,
        }
        keeps_meanings(variable, name)?;
    }
    Ok(variable.occurrences.iter().map(|it| edit(analysis, it, name)).collect())
}

/// Is there no variable and no function of the new name where the variable can be seen?
fn is_free(machine: &Machine, scope: usize, name: &str) -> Result<(), String> {
    let variables = machine.variables();
    let sees = |from: usize, to: usize| variables.visible(machine, from).any(|it| it == to);
    let mut assigned = variables.assigned.iter().filter(|it| it.name == name).map(|it| it.scope as usize);
    if assigned.any(|other| sees(scope, other) || sees(other, scope)) {
        return Err(format!("`{name}` is assigned already where this variable can be seen"));
    }
    let mut read = variables.uses.iter().filter(|it| it.name == name);
    if read.any(|it| sees(it.scope as usize, scope)) {
        return Err(format!("an expression that can see this variable uses `${name}` already"));
    }
    Ok(())
}

/// Does the block or function not bind the new name as well? The two would become one.
fn is_unbound(expression: ExpressionView, variable: &Variable, name: &str) -> Result<(), String> {
    let Some(tree) = expression.expression.jsonata() else { return Ok(()) };
    let bindings = scopes(tree).bindings;
    let is_named = |span: Span| variable.occurrences.iter().any(|it| it.span() == Some(span));
    let own = bindings.iter().find(|it| is_named(tree.span(it.node)));
    let both = own.is_some_and(|own| {
        let renamed = Binding { name, ..*own };
        bindings.iter().any(|other| other.variable() == renamed.variable())
    });
    if both { Err(format!("the expression binds `${name}` already")) } else { Ok(()) }
}

/// Does every variable of the expressions still refer to what it did?
fn keeps_meanings(variable: &Variable, name: &str) -> Result<(), String> {
    let mut occurrences = variable.occurrences.iter().peekable();
    while let Some(first) = occurrences.next() {
        let Site::Text(expression, span) = first.site else { continue };
        let Some(tree) = expression.expression.jsonata() else { continue };
        let mut spans = vec![span];
        while let Some(next) = occurrences.next_if(|it| it.node() == expression.node) {
            spans.extend(next.span());
        }
        if meanings(tree) != meanings(&renamed(tree, &spans, name)) {
            let whose = match variable.owner {
                Owner::Expression(_) => "this expression",
                _ => "an expression that reads the variable",
            };
            return Err(format!("`${name}` means something else in {whose}"));
        }
    }
    Ok(())
}

fn meanings(tree: &Tree) -> Vec<Option<usize>> {
    scopes(tree).references.iter().map(|it| it.binding).collect()
}

fn renamed(tree: &Tree, spans: &[Span], name: &str) -> Tree {
    let mut text = String::with_capacity(tree.text().len());
    let mut end = 0;
    for span in spans {
        text += &tree.text()[end..=span.start as usize];
        text += name;
        end = span.end as usize;
    }
    jsonata::parse(&(text + &tree.text()[end..]))
}

fn edit(analysis: &Analysis, occurrence: &Occurrence, name: &str) -> Edit {
    // A word such as `true` needs quotes where the name before it needed none.
    if let Site::Key(key) = occurrence.site
        && analysis.syntax.format == Format::Yaml
        && !key.is_quoted()
        && !key.text().ends_with(".$")
        && !is_plain(name)
    {
        return replacement(analysis, key, name);
    }
    Edit { range: occurrence.name.clone(), text: name.to_owned() }
}
