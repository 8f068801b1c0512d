use asl_grammar::intrinsic::ErrorKind;

use crate::check::{Local, Report};

rule! {
    /// # Malformed call
    ///
    /// The call of an intrinsic function cannot be read: a parenthesis or quote is missing, an argument is empty or is
    /// none, something follows the call. AWS refuses the definition. Arguments are texts between single quotes,
    /// numbers, `true`, `false`, `null`, paths and further calls.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "list.$": "States.Array($.a, $.b", "id.$": "States.Array(red)" },
    ///                             ^^^^^^^^^^^^^^^^^^^^^^^ expected `)` to close the call to `States.Array`
    ///                                                                            ^^^ `red` is no argument: put a text between single quotes, begin a path with `$`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "list.$": "States.Array($.a, $.b)", "id.$": "States.Array('red')" },
    ///   "End": true
    /// } } }
    /// ```
    pub static INTRINSIC_SYNTAX = { "intrinsic-syntax", Error, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.intrinsics() {
        // What follows the first fault mostly comes from it.
        let fault =
            tree.errors().iter().find(|error| matches!(error.kind, ErrorKind::Syntax | ErrorKind::Path));
        let Some(error) = fault else { continue };
        let range = if error.span.is_empty() { it.node.range() } else { it.range(error.span) };
        report.on(it.node, range, error.message.clone());
    }
}
