use asl_grammar::write::{self, Value};

use super::common::{error_lists, error_names};
use crate::asl::is_unknown;
use crate::catalog::errors::ALL;
use crate::check::{Local, Report};

rule! {
    /// # Catch without States.ALL
    ///
    /// The catchers name some errors; any other one fails the execution. A last catcher with `States.ALL` takes the
    /// rest.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sns:publish",
    ///     "Catch": [{ "ErrorEquals": ["Busy"], "Next": "B" }],
    ///     ^^^^^^^ errors that no catcher names fail the execution
    ///     "Next": "B"
    ///   },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sns:publish",
    ///     "Catch": [{ "ErrorEquals": ["Busy"], "Next": "B" }, { "ErrorEquals": ["States.ALL"], "Next": "B" }],
    ///     "Next": "B"
    ///   },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static CATCH_WITHOUT_ALL = { "catch-without-all", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for list in local.places().flat_map(|place| error_lists(&place)).filter(|list| list.name() == "Catch") {
        let Some(last) = list.value.items().last().filter(|last| !is_unknown(*last)) else { continue };
        // A `States.ALL` further up is states-all-position.
        if list.value.items().flat_map(error_names).any(|name| name.text() == ALL) {
            continue;
        }
        let finding = report.at(list.key, "errors that no catcher names fail the execution");
        if let Some(next) = last.get("Next").and_then(|next| next.as_str()) {
            let value = Value::object([("ErrorEquals", Value::texts([ALL])), ("Next", Value::text(next))]);
            let edit = write::append_item(local.source, list.value, &value);
            finding.fix(format!("Catch the rest, too, and go to `{next}`"), [edit], false);
        }
    }
}
