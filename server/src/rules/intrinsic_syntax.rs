use asl_grammar::intrinsic::{self, Error, ErrorKind, Tree};
use asl_grammar::write;

use crate::catalog::limits::INTRINSIC_DEPTH;
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
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "list.$": "States.Array($.a, $.b)", "id.$": "States.Array('red')" },
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
    pub static INTRINSIC_SYNTAX = { "intrinsic-syntax", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.intrinsics() {
        // What follows the first fault mostly comes from it.
        let fault =
            tree.errors().iter().find(|error| matches!(error.kind, ErrorKind::Syntax | ErrorKind::Path));
        let Some(error) = fault else { continue };
        let range = if error.span.is_empty() { it.node.range() } else { it.range(error.span) };
        let finding = report.on(it.node, range, error.message.clone());
        if let Some((title, text, safe)) = mend(tree, error) {
            finding.fix(title, [Some(write::set_text(local.source, it.node, &text))], safe);
        }
    }
}

/// The call as it was probably meant, if one change makes it a good one; and whether it cannot have been meant
/// otherwise.
fn mend(tree: &Tree, error: &Error) -> Option<(&'static str, String, bool)> {
    let text = tree.text();
    let good = |text: &String| intrinsic::parse(text).errors().is_empty();
    let closed = (1..=INTRINSIC_DEPTH).map(|count| format!("{text}{}", ")".repeat(count))).find(good);
    if let Some(closed) = closed {
        return Some(("Close the call", closed, true));
    }
    let single = text.replace('"', "'");
    if single != text && !text.contains('\'') && good(&single) {
        return Some(("Use single quotes", single, true));
    }
    let word = error.span.text(text);
    let with = |word: &str| {
        let mut changed = text.to_owned();
        changed.replace_range(error.span.range(), word);
        changed
    };
    if word == ")" {
        return Some(("Remove the bracket", with(""), true)).filter(|(_, text, _)| good(text));
    }
    let bare = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
    let quoted = with(&format!("'{word}'"));
    (bare && good(&quoted)).then_some(("Put it between quotes", quoted, false))
}
