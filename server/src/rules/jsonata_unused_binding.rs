use std::collections::HashSet;

use asl_grammar::jsonata::scope::{BindingKind, scopes};
use asl_grammar::jsonata::{NodeId, NodeKind, Tree};
use asl_grammar::span::Span;

use crate::check::{Local, Report};

rule! {
    /// # Binding that nothing reads
    ///
    /// An expression gives a name to a value with `:=`, or numbers the items of a step with `#`, and never reads the
    /// name. The value is computed for nothing, or the name that was meant to be read is misspelt. Parameters of
    /// functions are not looked at, as they have to be there for those behind them.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": "{% ( $tax := 0.2; $net := $states.input.net; $net * 1.2 ) %}",
    ///                   ^^^^ `$tax` is never read
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": "{% ( $net := $states.input.net; $net * 1.2 ) %}",
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": "{% ( $later := function() { $rate }; $rate := 0.2; $map($states.input.x, function($v, $i) { $later() * $i }) ) %}",
    ///   "End": true
    /// } } }
    /// ```
    pub static JSONATA_UNUSED_BINDING = { "jsonata-unused-binding", Hint, Local(check), fixable, unnecessary }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.jsonata() {
        // Where the text is broken, what is read may not have been understood.
        if !(tree.text().contains(":=") || tree.text().contains('#')) || !tree.errors().is_empty() {
            continue;
        }
        let scopes = scopes(tree);
        let bound = |index: usize| scopes.bindings.get(index).map(|it| it.variable());
        let read: HashSet<_> = scopes.references.iter().filter_map(|it| it.binding.and_then(bound)).collect();
        for binding in scopes.bindings.iter().filter(|it| !read.contains(&it.variable())) {
            if !matches!(binding.kind, BindingKind::Assignment | BindingKind::Index) {
                continue;
            }
            let range = it.range(tree.span(binding.node));
            let finding = report.on(it.node, range, format!("`${}` is never read", binding.name));
            if let Some(span) = superfluous(tree, binding.node) {
                finding.replace(format!("Remove `${}`", binding.name), it.range(span), "", false);
            }
        }
    }
}

/// What can go without the rest coming to mean something else: a statement with its semicolon, a `#$i`, or only the
/// name and `:=` where the value is a result as well.
fn superfluous(tree: &Tree, variable: NodeId) -> Option<Span> {
    let bind = tree.parent(variable)?;
    let [first, second] = *tree.children(bind) else { return None };
    if tree.kind(bind) == NodeKind::Index {
        return Some(Span::new(tree.span(first).end, tree.span(bind).end));
    }
    let block = tree.parent(bind).filter(|it| tree.kind(*it) == NodeKind::Block);
    let next = block.and_then(|block| {
        let statements = tree.children(block);
        let index = statements.iter().position(|it| *it == bind)?;
        statements.get(index + 1)
    });
    let end = next.map_or(tree.span(second).start, |next| tree.span(*next).start);
    Some(Span::new(tree.span(bind).start, end))
}
