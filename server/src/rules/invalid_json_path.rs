use asl_grammar::path::{self, ErrorKind};

use crate::asl::ExpressionView;
use crate::asl::expressions::Role;
use crate::catalog::fields::PathKind;
use crate::check::{Local, Report};

rule! {
    /// # Malformed path
    ///
    /// The text is no path: it does not begin with `$`, a bracket or quote is not closed, a step is missing. AWS
    /// refuses the definition. `$` is the input of the state, `$$` the context object, `$name` a variable; steps are
    /// `.name`, `['any name']`, `[0]`, `[*]`, `[0:2]` and filters like `[?(@.price > 10)]`.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "InputPath": "order",
    ///                ^^^^^^^ a path begins with `$`: write `$.order`
    ///   "Parameters": { "first.$": "$.lines[0" },
    ///                                      ^^ `[` is not closed: add `]`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "InputPath": "$.order",
    ///   "Parameters": { "first.$": "$.lines[0]" },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// Where only `$.` is missing in front, it is put there:
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": { "Type": "Pass", "OutputPath": "order.id", "End": true } } }
    ///                                                                    ^^^^^^^^^^ a path begins with `$`: write `$.order.id`
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": { "Type": "Pass", "OutputPath": "$.order.id", "End": true } } }
    /// ```
    pub static INVALID_JSON_PATH = { "invalid-json-path", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for it in local.live() {
        if matches!(it.expression.role, Role::Template | Role::Path(PathKind::Path)) || may_name_many(&it) {
            report_first_error(&it, report);
        }
    }
}

/// `ItemsPath`, which is said to take a reference path, but is used with any.
pub(super) fn may_name_many(it: &ExpressionView) -> bool {
    it.expression.field.name == "ItemsPath"
}

/// Reports what makes a text no path. Faults behind the first one mostly follow from it.
pub(super) fn report_first_error(it: &ExpressionView, report: &mut Report) -> bool {
    let Some(error) = it.expression.path().and_then(|path| path.errors.first()) else { return false };
    // That is reported by its own name.
    if error.kind == ErrorKind::IntrinsicCall {
        return true;
    }
    let range = if error.span.is_empty() || error.kind == ErrorKind::NoRoot {
        it.node.range()
    } else {
        it.range(error.span)
    };
    let finding = report.on(it.node, range, error.message.clone());
    let text = it.text();
    let root = if text.starts_with(['.', '[']) { "$" } else { "$." };
    let plain = |c: char| c.is_alphanumeric() || "._-[]'".contains(c);
    let mended = || {
        let path = path::parse(&format!("{root}{text}"));
        path.errors.is_empty() && path.beyond_reference().is_none()
    };
    if error.kind == ErrorKind::NoRoot && !text.is_empty() && text.chars().all(plain) && mended() {
        let at = it.node.content().start;
        finding.replace(format!("Change to `{root}{text}`"), at..at, root, true);
    }
    true
}
