use asl_grammar::jsonata::query::{ContextUseKind, context_uses};

use crate::check::{Local, Report};

rule! {
    /// # Bare name or `$` at the top level
    ///
    /// In Step Functions an expression has no context item at its top level: `order.id` and `$.order` refer to
    /// nothing, and AWS refuses the definition. The input of the state is `$states.input`. Behind a step, in filters
    /// and in sort keys the names of fields are right as they are.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "id": "{% order.id %}" },
    ///                         ^^^^^ `order` is read from nothing: the input is `$states.input`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "id": "{% $states.input.order.id %}" },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "dear": "{% $states.input.lines[price > 10].name %}" },
    ///   "End": true
    /// } } }
    /// ```
    pub static JSONATA_TOP_LEVEL_NAME = { "jsonata-top-level-name", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.jsonata().filter(|(_, tree)| tree.errors().is_empty()) {
        // AWS names each name once for an expression.
        let mut seen: Vec<String> = Vec::new();
        for found in context_uses(tree) {
            if found.kind == ContextUseKind::Root || seen.contains(&found.name) {
                continue;
            }
            let text = tree.source(found.node);
            let message = format!("`{text}` is read from nothing: the input is `$states.input`");
            let range = it.range(found.span);
            let finding = report.on(it.node, range.clone(), message);
            match found.kind {
                ContextUseKind::Context => {
                    finding.replace("Change to `$states.input`", range, "$states.input", false);
                }
                ContextUseKind::Name if text.starts_with(['"', '\'']) => {}
                _ => {
                    let at = range.start;
                    finding.replace(
                        format!("Change to `$states.input.{text}`"),
                        at..at,
                        "$states.input.",
                        false,
                    );
                }
            }
            seen.push(found.name);
        }
    }
}
