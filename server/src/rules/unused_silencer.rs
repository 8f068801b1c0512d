use std::ops::Range;

use asl_grammar::tree::Node;

use crate::asl::Machine;
use crate::asl::silencer::{MARK, silenced, silences};
use crate::check::{Finding, Report};
use crate::config::Config;
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
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Comment": "Made by the build. asl-lsp: allow(wrong-type, missing-transition)",
    ///                                                 ^^^^^^^^^^ `wrong-type` silences nothing here
    ///   "Type": "Pass"
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Comment": "Made by the build. asl-lsp: allow(missing-transition)",
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
    pub static UNUSED_SILENCER = { "unused-silencer", Information, Last(silence), unnecessary, fixable }
}

/// Takes the silenced findings out, and reports the silencers that silenced nothing.
fn silence(machine: &Machine, config: &Config, findings: &mut Vec<Finding>, report: &mut Report) {
    let whole = machine.scopes.first().map(|scope| (scope.node, 0..usize::MAX));
    let states = machine.states().map(|state| {
        let view = machine.state(state);
        (view.value(), view.key().start()..view.value().range().end + 1)
    });
    for (object, range) in whole.into_iter().chain(states) {
        let comment = object.get("Comment").filter(|comment| comment.as_str().is_some_and(silences));
        if let Some(comment) = comment {
            apply(comment, &range, config, findings, report);
        }
    }
}

fn apply(
    comment: Node,
    within: &Range<usize>,
    config: &Config,
    findings: &mut Vec<Finding>,
    report: &mut Report,
) {
    for (code, place) in silenced(comment.text()) {
        let before = findings.len();
        findings.retain(|it| it.rule.name != code || !within.contains(&it.range.start));
        if findings.len() < before {
            continue;
        }
        let rule = rules::find(code);
        // Whom a rule that is switched off would have to be silenced for nobody knows.
        if rule.is_some_and(|rule| config.level(rule).is_none()) {
            continue;
        }
        let known = rule.is_some();
        let near = nearest(code, rules::ALL.iter().map(|rule| rule.name)).filter(|_| !known);
        let message = match near {
            _ if known => format!("`{code}` silences nothing here"),
            Some(near) => format!("there is no rule `{code}`; did you mean `{near}`?"),
            None => format!("there is no rule `{code}`"),
        };
        let range = comment.source_range(place.clone());
        let finding = report.on(comment, range.clone(), message);
        if let Some(near) = near {
            finding.replace(format!("Change to `{near}`"), range, near, false);
        }
        let all = comment.source_range(with_its_comma(comment.text(), place));
        finding.replace(format!("Remove `{code}`"), all, "", false);
    }
}

/// What has to go with a code: a comma, or the whole list when nothing else stands in it.
fn with_its_comma(comment: &str, code: Range<usize>) -> Range<usize> {
    let list = comment[..code.start].rfind(MARK).unwrap_or(code.start);
    let before = &comment[list..code.start];
    let after = &comment[code.end..];
    let first = !before.contains(',');
    let next = after.find([',', ')']).unwrap_or(after.len());
    match (first, after[next..].starts_with(',')) {
        (true, true) => {
            let behind = &after[next + 1..];
            code.start..code.end + next + 1 + (behind.len() - behind.trim_start().len())
        }
        (true, false) => list..code.end + (next + 1).min(after.len()),
        (false, _) => list + before.rfind(',').unwrap_or(before.len())..code.end,
    }
}
