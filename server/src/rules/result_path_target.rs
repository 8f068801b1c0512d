use asl_grammar::path::Root;

use crate::asl::expressions::Role;
use crate::catalog::fields::PathKind;
use crate::check::{Local, Report};

rule! {
    /// # ResultPath writes where it cannot
    ///
    /// `ResultPath` puts the result into the data that the state hands on. The context object `$$` cannot be written,
    /// and variables are set by `Assign`. AWS refuses the definition. Mostly a dot is missing: `$.total`.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "ResultPath": "$total",
    ///                 ^^^^^^^^ `ResultPath` cannot write to the variable `$total`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "ResultPath": "$.total",
    ///   "End": true
    /// } } }
    /// ```
    pub static RESULT_PATH_TARGET = { "result-path-target", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for it in local.live().filter(|it| it.expression.role == Role::Path(PathKind::Target)) {
        let Some(path) = it.expression.path() else { continue };
        let root = path.root_span.text(it.code());
        match path.root {
            Root::Variable => {
                let message = format!("`ResultPath` cannot write to the variable `{root}`");
                let at = it.range(path.root_span).start + 1;
                report.at(it.node, message).replace("Insert the dot", at..at, ".", false);
            }
            Root::Context => {
                report.at(it.node, "`ResultPath` cannot write to the context object");
            }
            _ => {}
        }
    }
}
