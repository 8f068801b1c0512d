use asl_grammar::intrinsic::{ErrorKind, NodeKind};

use crate::catalog::functions::{Function, intrinsic};
use crate::check::{Local, Report};

rule! {
    /// # Wrong number of arguments
    ///
    /// The intrinsic function takes more or fewer arguments than it is given. The call fails with
    /// `States.IntrinsicFailure` at the latest when it runs.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "sum.$": "States.MathAdd($.count)" },
    ///                             ^^^^^^^^^^^^^^^^^^^^^^^ `States.MathAdd` takes 2 arguments, not 1
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "sum.$": "States.MathAdd($.count, 1)" },
    ///   "End": true
    /// } } }
    /// ```
    pub static INTRINSIC_ARITY = { "intrinsic-arity", Error, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.intrinsics() {
        // Where the call cannot be read, the arguments cannot be counted.
        if tree.errors().iter().any(|error| error.kind != ErrorKind::BadEscape) {
            continue;
        }
        for (id, call) in tree.calls() {
            let Some(function) = intrinsic(tree.name(call)) else { continue };
            let given = call.arguments.iter().filter(|&&id| tree.node(id).kind != NodeKind::Missing).count();
            if !function.accepts(given as u32, false) {
                let message = format!("`{}` takes {}, not {given}", function.name, arguments(function));
                report.on(it.node, it.range(tree.node(id).span), message);
            }
        }
    }
}

/// "2 arguments", "2 or 3 arguments", "at least 1 argument", "no arguments".
pub(super) fn arguments(function: &Function) -> String {
    let plural = |count: u32| if count == 1 { "argument" } else { "arguments" };
    match (function.min, function.max) {
        (0, Some(0)) => "no arguments".to_owned(),
        (min, None) => format!("at least {min} {}", plural(min)),
        (min, Some(max)) if min == max => format!("{min} {}", plural(min)),
        (min, Some(max)) if min + 1 == max => format!("{min} or {max} arguments"),
        (min, Some(max)) => format!("{min} to {max} arguments"),
    }
}
