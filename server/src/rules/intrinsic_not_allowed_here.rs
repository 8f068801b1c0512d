use asl_grammar::path::ErrorKind;

use crate::asl::expressions::Role;
use crate::catalog::fields::TEXT_INTRINSICS;
use crate::catalog::functions;
use crate::check::{Local, Report};

rule! {
    /// # Intrinsic function where only a path may stand
    ///
    /// Intrinsic functions may stand at the keys of a payload template that end in `.$`, and those that give a text
    /// also in `ErrorPath` and `CausePath`. Other fields take a path and nothing else, and AWS refuses the definition.
    /// Compute the value in the `Parameters` or the `ResultSelector` of a state before, and name its place here.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "InputPath": "States.StringToJson($.text)",
    ///                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `InputPath` takes a path, not an intrinsic function
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "order.$": "States.StringToJson($.text)" },
    ///   "End": true
    /// } } }
    /// ```
    pub static INTRINSIC_NOT_ALLOWED_HERE = { "intrinsic-not-allowed-here", Error, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for it in local.expressions().filter(|it| matches!(it.expression.role, Role::Path(_))) {
        let field = it.expression.field.name;
        if let Some(path) = it.expression.path()
            && path.errors.first().is_some_and(|error| error.kind == ErrorKind::IntrinsicCall)
        {
            report.at(it.node, format!("`{field}` takes a path, not an intrinsic function"));
        }
        let Some(tree) = it.expression.intrinsic() else { continue };
        let Some(call) = tree.call(tree.root()) else { continue };
        let name = tree.name(call);
        if functions::intrinsic(name).is_some() && !TEXT_INTRINSICS.contains(&name) {
            report.at(it.node, format!("`{field}` takes no `{name}`, only functions that give a text"));
        }
    }
}
