use asl_grammar::write;

use super::common::{error_lists, error_names};
use crate::catalog::errors::error_name;
use crate::check::{Local, Report};

rule! {
    /// # Error that cannot be caught or retried
    ///
    /// When an execution fails with `States.Runtime` (a path led nowhere, a value had the wrong type), it fails at
    /// once: no retrier and no catcher takes it, not even one with `States.ALL`. AWS accepts the name, but it has no
    /// effect.
    ///
    /// Guard against the cause instead: test with `IsPresent` in a Choice state before the path is used.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::sns:publish",
    ///     "Catch": [{ "ErrorEquals": ["States.Timeout", "States.Runtime"], "Next": "B" }],
    ///                                                   ^^^^^^^^^^^^^^^^ `States.Runtime` is never caught: the execution fails at once
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
    ///     "Catch": [{ "ErrorEquals": ["States.Timeout"], "Next": "B" }],
    ///     "Next": "B"
    ///   },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static UNCATCHABLE_ERROR = { "uncatchable-error", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for list in local.places().flat_map(|place| error_lists(&place)) {
        let retry = list.name() == "Retry";
        for entry in list.value.items() {
            let alone = entry.get("ErrorEquals").is_some_and(|names| names.items().count() == 1);
            for name in error_names(entry) {
                let Some(error) = error_name(name.text()) else { continue };
                if if retry { error.retriable } else { error.catchable } {
                    continue;
                }
                let done = if retry { "retried" } else { "caught" };
                let message = format!("`{}` is never {done}: the execution fails at once", name.text());
                let finding = report.at(name, message);
                match alone {
                    true => finding.fix("Remove this entry", [write::remove(entry)], false),
                    false => finding.fix("Remove this name", [write::remove(name)], true),
                };
            }
        }
    }
}
