use asl_grammar::text::Edit;
use asl_grammar::tree::{Member, Node};
use asl_grammar::write;

use super::common::{error_lists, error_names};
use crate::catalog::errors::{self, error_name};
use crate::check::{Finding, Local, Report};

rule! {
    /// # States.ALL not alone or not last
    ///
    /// `States.ALL` takes every error that nothing before it has taken. So it must be the only name of its
    /// `ErrorEquals`, and its retrier or catcher the last one of the list; anything after it could never match. AWS
    /// refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [
    ///     { "ErrorEquals": ["States.ALL"] },
    ///                       ^^^^^^^^^^^^ `States.ALL` must stand in the last entry of `Retry`
    ///     { "ErrorEquals": ["Busy"], "MaxAttempts": 9 }
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
    ///     { "ErrorEquals": ["States.ALL"] }
    ///   ],
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [{ "ErrorEquals": ["Busy", "States.ALL"] }],
    ///                                       ^^^^^^^^^^^^ `States.ALL` must be the only name of its `ErrorEquals`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [{ "ErrorEquals": ["States.ALL"] }],
    ///   "End": true
    /// } } }
    /// ```
    pub static STATES_ALL_POSITION = { "states-all-position", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for list in local.places().flat_map(|place| error_lists(&place)) {
        let entries: Vec<Node> = list.value.items().collect();
        for (index, entry) in entries.iter().enumerate() {
            let Some(all) = error_names(*entry).find(|name| name.text() == errors::ALL) else { continue };
            let alone = all.parent().is_some_and(|names| names.items().count() == 1);
            let after = &entries[index + 1..];
            if alone && after.is_empty() {
                continue;
            }
            let message = match alone {
                true => format!("`{}` must stand in the last entry of `{}`", errors::ALL, list.name()),
                false => format!("`{}` must be the only name of its `ErrorEquals`", errors::ALL),
            };
            let finding = report.at(all, message);
            for later in after {
                finding.related(later.open(), "this entry comes after it");
            }
            mend(local, list, *entry, all, after, alone, finding);
        }
    }
}

fn mend(
    local: &Local,
    list: Member,
    entry: Node,
    all: Node,
    after: &[Node],
    alone: bool,
    finding: &mut Finding,
) {
    let wildcard_later = after.iter().any(|entry| error_names(*entry).any(|name| name.text() == errors::ALL));
    let Some(names) = all.parent() else { return };
    let edge = |node: Option<Node>| node.map_or(all.range(), Node::range);
    let inside = edge(names.items().next()).start..edge(names.items().last()).end;
    match (alone, after.is_empty()) {
        (_, false) if wildcard_later => {
            let edit = if alone { write::remove(entry) } else { write::remove(all) };
            finding.fix("Remove it here: a later entry has it", [edit], false);
        }
        (true, false) => {
            let copy = local.source.slice(entry.range());
            let edits = [write::remove(entry), write::append_copy(local.source, list.value, &copy)];
            finding.fix("Move this entry to the end", edits, true);
        }
        (false, true) => {
            let text = local.source.slice(all.range());
            // The wildcard takes them, too; but for two that have to be named.
            let all_taken = error_names(entry).all(|name| error_name(name.text()).is_none_or(|it| it.in_all));
            finding.fix("Remove the other names", [Some(Edit { range: inside, text })], all_taken);
        }
        (false, false) => {
            let from = entry.start();
            let mut copy = local.source.slice(entry.range());
            copy.replace_range(inside.start - from..inside.end - from, &local.source.slice(all.range()));
            let edits = [write::remove(all), write::append_copy(local.source, list.value, &copy)];
            finding.fix("Give it an entry of its own at the end", edits, true);
        }
        (true, true) => {}
    }
}
