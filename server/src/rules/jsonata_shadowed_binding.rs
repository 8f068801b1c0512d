use asl_grammar::jsonata::scope::scopes;

use crate::asl::Machine;
use crate::check::{Local, Report};

rule! {
    /// # Binding that hides another one
    ///
    /// An expression binds a name that is bound around it already, or that is a variable of the machine. Both are
    /// there: what stands inside means the inner one, what stands outside the outer one, and a reader has to know
    /// where the border is. Give one of them a name of its own.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Assign": { "item": 1 }, "Next": "B" },
    ///   "B": {
    ///     "Type": "Pass",
    ///     "Output": "{% $map($states.input, function($x) { $map($x, function($x) { $x + 1 }) }) %}",
    ///                                                                        ^^ `$x` hides another `$x` of this expression
    ///     "Assign": { "n": "{% $map($states.input, function($item) { $item + 1 }) %}" },
    ///                                                       ^^^^^ `$item` hides the variable `item` of the machine
    ///     "End": true
    ///   }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": "{% ( $n := 1; $n := $n + 1; $f := function($x) { $x }; $g := function($x) { $x + $n }; $f($g(1)) ) %}",
    ///   "End": true
    /// } } }
    /// ```
    pub static JSONATA_SHADOWED_BINDING = { "jsonata-shadowed-binding", Hint, Both(check, check_machine) }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.jsonata().filter(|(_, tree)| tree.text().contains('$')) {
        let scopes = scopes(tree);
        for &(inner, outer) in &scopes.shadowed {
            let (inner, outer) = (&scopes.bindings[inner], &scopes.bindings[outer]);
            let message = format!("`${0}` hides another `${0}` of this expression", inner.name);
            let finding = report.on(it.node, it.range(tree.span(inner.node)), message);
            finding.related(it.range(tree.span(outer.node)), "the other one is bound here");
        }
    }
}

fn check_machine(machine: &Machine, report: &mut Report) {
    let variables = machine.variables();
    for it in &variables.bound {
        let Some(owner) = variables.owner(machine, it.scope as usize, it.name) else { continue };
        let message = format!("`${0}` hides the variable `{0}` of the machine", it.name);
        let finding = report.on(it.expression.node, it.expression.range(it.span), message);
        if let Some(by) = variables.assigns(owner, it.name).next() {
            finding.related(by.key.range(), "the variable is assigned here");
        }
    }
}
