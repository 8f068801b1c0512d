use asl_grammar::intrinsic::ErrorKind;

use crate::catalog::limits::INTRINSIC_DEPTH;
use crate::check::{Local, Report};

rule! {
    /// # Calls nested deeper than 10
    ///
    /// Calls of intrinsic functions may stand inside one another to a depth of ten. Compute a part of the value in a
    /// state before, or assign it to a variable.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "list.$": "States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.UUID()))))))))))" },
    ///                                                                                                                                                                ^^^^^^^^^^^^^ this call is nested 11 deep, and 10 is the limit
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "list.$": "States.Array(States.Array(States.UUID()))" },
    ///   "End": true
    /// } } }
    /// ```
    pub static INTRINSIC_NESTING = { "intrinsic-nesting", Error, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.intrinsics() {
        let deepest = tree
            .calls()
            .max_by_key(|(_, call)| call.depth)
            .filter(|(_, call)| call.depth as usize > INTRINSIC_DEPTH);
        let Some((id, call)) = deepest else { continue };
        let more = tree.errors().iter().any(|error| error.kind == ErrorKind::TooDeep);
        let depth = if more { format!("more than {}", call.depth) } else { call.depth.to_string() };
        let message = format!("this call is nested {depth} deep, and {INTRINSIC_DEPTH} is the limit");
        let finding = report.on(it.node, it.range(tree.node(id).span), message);
        if let Some(outermost) = tree.call(tree.root()) {
            finding.related(it.range(outermost.name), "the outermost call");
        }
    }
}
