use asl_grammar::write::{self, Value};

use crate::catalog::fields::Object;
use crate::check::{Local, Report};

rule! {
    /// # No Comment
    ///
    /// The machine does not say in a sentence what it is for. `Comment` is free text that nobody evaluates.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }
    /// ^ the machine has no `Comment`
    /// ```
    ///
    /// ```asl fixed
    /// { "Comment": "What this machine is for", "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }
    /// ```
    pub static MISSING_COMMENT = { "missing-comment", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::Machine) {
        if !place.has("Comment") && !place.is_damaged() {
            let comment = [("Comment".to_owned(), Value::text("What this machine is for"))];
            let edit = write::prepend(local.source, place.node, &comment);
            report.owner(&place, "the machine has no `Comment`").fix("Add a `Comment`", [edit], false);
        }
    }
}
