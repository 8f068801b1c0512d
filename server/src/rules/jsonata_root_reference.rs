use asl_grammar::jsonata::query::{ContextUseKind, context_uses};

use crate::catalog::context;
use crate::check::{Local, Report};

rule! {
    /// # `$$` used
    ///
    /// In JSONata `$$` is the document that the expression is evaluated on, and Step Functions gives it none: AWS
    /// refuses the definition. The input is `$states.input`, and what JSONPath calls `$$` is `$states.context`.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "id": "{% $$.order.id %}", "run": "{% $$.Execution.Id %}" },
    ///                         ^^ `$$` does not exist in Step Functions
    ///                                                     ^^ `$$` does not exist in Step Functions
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "id": "{% $states.input.order.id %}", "run": "{% $states.context.Execution.Id %}" },
    ///   "End": true
    /// } } }
    /// ```
    pub static JSONATA_ROOT_REFERENCE = { "jsonata-root-reference", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    let marked = local.jsonata().filter(|(_, tree)| tree.text().contains("$$") && tree.errors().is_empty());
    for (it, tree) in marked {
        for found in context_uses(tree).into_iter().filter(|found| found.kind == ContextUseKind::Root) {
            let step = tree.text()[found.span.end as usize..].strip_prefix('.').unwrap_or("");
            let name = step.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let instead = match context::CONTEXT.iter().any(|member| member.name == name) {
                true => "$states.context",
                false => "$states.input",
            };
            let range = it.range(found.span);
            let message = "`$$` does not exist in Step Functions";
            report.on(it.node, range.clone(), message).replace(
                format!("Change to `{instead}`"),
                range,
                instead,
                false,
            );
        }
    }
}
