use std::collections::HashMap;

use asl_grammar::tree::Node;
use asl_grammar::write;

use super::common::{error_lists, error_names};
use super::unknown_states_error::is_unknown_error;
use crate::catalog::errors::{ALL, TASK_FAILED, error_name};
use crate::check::{Local, Report};

rule! {
    /// # Error name that can never match
    ///
    /// The first entry that matches an error takes it. A name that an earlier entry has already, or any ordinary name
    /// after an entry with `States.TaskFailed` (which takes all of them, except running out of time), is never
    /// reached: what its entry says about attempts or about the next state does not happen. `Retry` and `Catch` are
    /// lists of their own.
    ///
    /// Put the special entry before the general one.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [
    ///     { "ErrorEquals": ["Busy"], "MaxAttempts": 2 },
    ///     { "ErrorEquals": ["Throttled", "Busy"], "MaxAttempts": 9 }
    ///                                    ^^^^^^ `Busy` never gets here: an earlier entry takes it
    ///   ],
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [
    ///     { "ErrorEquals": ["Busy"], "MaxAttempts": 2 },
    ///     { "ErrorEquals": ["Throttled"], "MaxAttempts": 9 }
    ///   ],
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [
    ///     { "ErrorEquals": ["States.TaskFailed"] },
    ///     { "ErrorEquals": ["Busy"], "MaxAttempts": 9 },
    ///                       ^^^^^^ `Busy` never gets here: an earlier entry takes it
    ///     { "ErrorEquals": ["States.Timeout"], "MaxAttempts": 1 }
    ///   ],
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [
    ///     { "ErrorEquals": ["Busy"], "MaxAttempts": 9 },
    ///     { "ErrorEquals": ["States.TaskFailed"] },
    ///     { "ErrorEquals": ["States.Timeout"], "MaxAttempts": 1 }
    ///   ],
    ///   "End": true
    /// } } }
    /// ```
    pub static SHADOWED_ERROR_NAME = { "shadowed-error-name", Warning, Local(check), fixable, unnecessary }
}

fn check(local: &Local, report: &mut Report) {
    for list in local.places().flat_map(|place| error_lists(&place)) {
        let mut seen: HashMap<&str, Node> = HashMap::new();
        let mut task_failed: Option<Node> = None;
        for entry in list.value.items() {
            let mut shadowed: Vec<(Node, Node)> = Vec::new();
            for name in error_names(entry).filter(|name| !has_a_rule_of_its_own(name.text())) {
                let text = name.text();
                let wildcard =
                    task_failed.filter(|_| error_name(text).is_none_or(|error| error.in_task_failed));
                match seen.get(text).copied().or(wildcard) {
                    Some(earlier) => shadowed.push((name, earlier)),
                    None => _ = seen.insert(text, name),
                }
            }
            task_failed = task_failed.or_else(|| error_names(entry).find(|name| name.text() == TASK_FAILED));
            tell(local, list.value, entry, &shadowed, report);
        }
    }
}

/// One finding for all the names of an entry.
fn tell(local: &Local, list: Node, entry: Node, shadowed: &[(Node, Node)], report: &mut Report) {
    let [(first, earlier), rest @ ..] = shadowed else { return };
    let same_entry = shadowed.iter().all(|(name, earlier)| earlier.parent() == name.parent());
    let message = match rest {
        [] if same_entry => format!("`{}` stands here twice", first.text()),
        [] => format!("`{}` never gets here: an earlier entry takes it", first.text()),
        _ => {
            let names: Vec<_> = shadowed.iter().map(|(name, _)| format!("`{}`", name.text())).collect();
            format!("{} never get here: earlier entries take them", names.join(", "))
        }
    };
    let last = rest.last().map_or(*first, |(name, _)| *name);
    let finding = report.on(*first, first.start()..last.range().end, message);
    let mut related: Vec<Node> = shadowed.iter().map(|(_, earlier)| *earlier).collect();
    related.dedup();
    for earlier in related {
        finding.related(earlier.range(), format!("`{}` stands here", earlier.text()));
    }
    let all = first.parent().is_some_and(|names| names.items().count() == shadowed.len());
    let wildcard = shadowed.iter().all(|(name, earlier)| name.text() != earlier.text());
    if all && wildcard {
        let general = earlier.ancestors().find(|node| node.parent() == Some(list));
        finding.fix("Move this entry before the general one", swap(local, general, entry), false);
    } else if all {
        finding.fix("Remove this entry", [write::remove(entry)], false);
    } else {
        let names = first.parent().into_iter().flat_map(Node::items).skip_while(|name| name != first);
        let side_by_side = names.zip(shadowed).all(|(name, (shadowed, _))| name == *shadowed);
        let title = if rest.is_empty() { "Remove this name" } else { "Remove these names" };
        finding.fix(title, [side_by_side.then(|| write::remove_run(*first, last)).flatten()], true);
    }
}

/// Exchanges the places of two entries.
fn swap(local: &Local, first: Option<Node>, second: Node) -> Vec<Option<asl_grammar::text::Edit>> {
    let put = |range: std::ops::Range<usize>, node: Node| {
        Some(asl_grammar::text::Edit { range, text: local.source.slice(node.range()) })
    };
    match first {
        Some(first) => vec![put(first.range(), second), put(second.range(), first)],
        None => vec![None],
    }
}

/// Reported by states-all-position, unknown-states-error and uncatchable-error.
fn has_a_rule_of_its_own(name: &str) -> bool {
    name == ALL || is_unknown_error(name) || error_name(name).is_some_and(|error| !error.catchable)
}
