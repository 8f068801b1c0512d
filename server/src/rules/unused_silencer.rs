use std::ops::Range;

use asl_grammar::tree::Node;

use crate::asl::Machine;
use crate::asl::silencer::{silenced, silences};
use crate::check::{Finding, Report};
use crate::rules;
use crate::suggest::nearest;

rule! {
    /// # Silencer that silences nothing
    ///
    /// A `Comment` that contains `asl-lsp: allow(code, code)` silences findings of these rules: on a state those
    /// within that state, on the machine all of them. When nothing is left to silence, or no rule has that name, the
    /// code can go: it would hide the next mistake.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Comment": "asl-lsp: allow(wrong-type, missing-transition, unknown-feild)",
    ///                              ^^^^^^^^^^ `wrong-type` silences nothing here
    ///                                                              ^^^^^^^^^^^^^ there is no rule `unknown-feild`; did you mean `unknown-field`?
    ///   "Type": "Pass"
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Comment": "Completed by the build. asl-lsp: allow(missing-transition)",
    ///   "Type": "Pass"
    /// } } }
    /// ```
    pub static UNUSED_SILENCER = { "unused-silencer", Information, Last(silence), unnecessary }
}

/// Takes the silenced findings out, and reports the silencers that silenced nothing.
fn silence(machine: &Machine, findings: &mut Vec<Finding>, report: &mut Report) {
    let whole = machine.scopes.first().map(|scope| (scope.node, 0..usize::MAX));
    let states = machine.states().map(|state| {
        let view = machine.state(state);
        (view.value(), view.key().start()..view.value().range().end + 1)
    });
    for (object, range) in whole.into_iter().chain(states) {
        let comment = object.get("Comment").filter(|comment| comment.as_str().is_some_and(silences));
        if let Some(comment) = comment {
            apply(comment, &range, findings, report);
        }
    }
}

fn apply(comment: Node, within: &Range<usize>, findings: &mut Vec<Finding>, report: &mut Report) {
    for (code, place) in silenced(comment.text()) {
        let before = findings.len();
        findings.retain(|it| it.rule.name != code || !within.contains(&it.range.start));
        if findings.len() < before {
            continue;
        }
        let message = match rules::find(code) {
            Some(_) => format!("`{code}` silences nothing here"),
            None => match nearest(code, rules::ALL.iter().map(|rule| rule.name)) {
                Some(near) => format!("there is no rule `{code}`; did you mean `{near}`?"),
                None => format!("there is no rule `{code}`"),
            },
        };
        report.on(comment, comment.source_range(place), message);
    }
}
