use asl_grammar::path::{Feature, Root};

use super::invalid_json_path::{may_name_many, report_first_error};
use crate::asl::expressions::Role;
use crate::catalog::fields::PathKind;
use crate::check::{Level, Local, Report};

rule! {
    /// # Path is not a reference path
    ///
    /// The field takes a path that names exactly one place: only `.name`, `['name']` and `[0]` may follow the `$`. AWS
    /// refuses wildcards, slices, filters, `..` and functions there. Let a Pass state or `ResultSelector` pick the
    /// value first, and name its place.
    ///
    /// `ItemsPath` should be such a path as well; other paths are known to be in use there, so that is a warning.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "ResultPath": "$.orders[*].total",
    ///                          ^^^ `ResultPath` takes a path to one place, and `[*]` may lead to many
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "ResultPath": "$.orders[0].total",
    ///   "End": true
    /// } } }
    /// ```
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Wait",
    ///   "SecondsPath": "delay.seconds",
    ///                  ^^^^^^^^^^^^^^^ a path begins with `$`: write `$.delay.seconds`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Wait",
    ///   "SecondsPath": "$.delay.seconds",
    ///   "End": true
    /// } } }
    /// ```
    pub static INVALID_REFERENCE_PATH = { "invalid-reference-path", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for it in local.live() {
        let kind = match it.expression.role {
            Role::Path(kind @ (PathKind::Reference | PathKind::Target | PathKind::ReferenceOrText)) => kind,
            _ => continue,
        };
        let Some(path) = it.expression.path() else { continue };
        // Where it points is wrong already.
        if kind == PathKind::Target && matches!(path.root, Root::Context | Root::Variable) {
            continue;
        }
        let lenient = may_name_many(&it);
        if !path.errors.is_empty() {
            if !lenient {
                report_first_error(&it, report);
            }
            continue;
        }
        let Some((feature, span)) = path.beyond_reference() else { continue };
        let text = span.text(it.code());
        let why = match feature {
            Feature::Function => "is a function",
            Feature::ReservedCharacter => "has to be written in brackets and quotes",
            _ => "may lead to many",
        };
        let field = it.expression.field.name;
        let message = format!("`{field}` takes a path to one place, and `{text}` {why}");
        let finding = report.on(it.node, it.range(span), message);
        if lenient {
            finding.level(Level::Warning);
        }
    }
}
