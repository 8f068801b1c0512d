use asl_grammar::jsonata::query;
use asl_grammar::path::{Root, SegmentKind};
use asl_grammar::span::Span;

use crate::asl::ExpressionView;
use crate::asl::expressions::Role;
use crate::catalog::context::{self, Found, Kind};
use crate::catalog::fields::PathKind;
use crate::check::{Local, Report};
use crate::suggest::nearest;

rule! {
    /// # Unknown member of the context object
    ///
    /// The context object (`$$`, or `$states.context` in JSONata) has a fixed set of members; case matters. AWS
    /// accepts the definition. When it runs, a path that leads nowhere fails the state, and JSONata gives nothing.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "id.$": "$$.Execution.ID" },
    ///                                         ^^ `$$.Execution` has no member `ID`; did you mean `Id`?
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "id.$": "$$.Execution.Id" },
    ///   "End": true
    /// } } }
    /// ```
    pub static UNKNOWN_CONTEXT_FIELD = { "unknown-context-field", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    // Where a result goes is none of its business: the context object cannot be written.
    let reads = |it: &ExpressionView| it.expression.role != Role::Path(PathKind::Target);
    for it in local.live().filter(reads) {
        for path in context_paths(&it) {
            let names = || path.names.iter().map(|(name, _)| name.as_str());
            let Found::Unknown(position) = context::find(names()) else { continue };
            let (name, span) = &path.names[position];
            let parent = match context::find(names().take(position)) {
                Found::Member(member) => member.kind,
                _ => Kind::Object(context::CONTEXT),
            };
            let known: Vec<&str> = names().take(position).collect();
            let owner = [&[path.root], known.as_slice()].concat().join(".");
            let near = nearest(name, parent.members().iter().map(|member| member.name));
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let message = match parent {
                Kind::Object(_) => format!("`{owner}` has no member `{name}`{hint}"),
                other => format!("`{owner}` is a {} and has no member `{name}`", other.name()),
            };
            let range = it.range(*span);
            let finding = report.on(it.node, range.clone(), message);
            if let Some(near) = near {
                finding.replace(format!("Change to `{near}`"), range, near, true);
            }
        }
    }
}

/// A way into the context object, as far as it goes by plain names.
pub(super) struct ContextPath {
    pub root: &'static str,
    /// From the root to the last of the names.
    pub span: Span,
    pub names: Vec<(String, Span)>,
}

pub(super) fn context_paths(it: &ExpressionView) -> Vec<ContextPath> {
    let mut found = Vec::new();
    if let Some(tree) = it.expression.jsonata() {
        if !tree.text().contains("context") {
            return found;
        }
        for path in query::member_paths(tree).into_iter().filter(|path| path.name == "states") {
            let Some((first, rest)) =
                path.segments.split_first().filter(|(first, _)| first.name == "context")
            else {
                continue;
            };
            let rest = rest.iter().take_while(|segment| !segment.name.is_empty());
            let names: Vec<_> = rest.map(|segment| (segment.name.clone(), segment.span)).collect();
            let last = names.last().map_or(first.span, |(_, span)| *span);
            found.push(ContextPath {
                root: "$states.context",
                span: tree.span(path.variable).to(last),
                names,
            });
        }
    }
    for path in it.expression.paths().into_iter().filter(|path| path.root == Root::Context) {
        let mut names = Vec::new();
        let mut span = path.root_span;
        for segment in &path.segments {
            let SegmentKind::Name(name) = &segment.kind else { break };
            names.push((name.clone(), segment.inner));
            span = span.to(segment.span);
        }
        found.push(ContextPath { root: "$$", span, names });
    }
    found
}
