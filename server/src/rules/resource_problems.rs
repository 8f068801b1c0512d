//! What the catalogue finds wrong with Resources, shared by the rules about them.

use crate::catalog::integrations::{Certainty, Reason};
use crate::check::{Level, Local, Report};

/// Reports the problems of some reasons. Each suggestion becomes a fix.
pub(super) fn report(local: &Local, report: &mut Report, takes: fn(Reason) -> bool) {
    for call in local.calls() {
        let mut problems = call.problems();
        // Blanks make the parts around them unknown.
        if problems.iter().any(|it| it.reason == Reason::Spaces) {
            problems.retain(|it| it.reason == Reason::Spaces);
        }
        for problem in problems.into_iter().filter(|it| takes(it.reason)) {
            if problem.certainty == Certainty::Note {
                continue;
            }
            let node = call.resource();
            // An empty part has no text that one could underline.
            let whole = problem.range.is_empty() || problem.range == (0..node.text().len());
            let range = if whole { node.range() } else { node.source_range(problem.range) };
            let finding = report.on(node, range, problem.message);
            if problem.certainty == Certainty::Likely {
                finding.level(Level::Warning);
            }
            let safe = is_safe(problem.reason) && problem.suggestions.len() == 1;
            for suggestion in problem.suggestions {
                let title = match suggestion.text.as_str() {
                    "" => format!("Remove `{}`", &node.text()[suggestion.range.clone()]),
                    text => format!("Change to `{text}`"),
                };
                finding.replace(title, node.source_range(suggestion.range), suggestion.text, safe);
            }
        }
    }
}

/// Is it clear what was meant?
fn is_safe(reason: Reason) -> bool {
    matches!(reason, Reason::Spaces | Reason::WrongCasing | Reason::MissingColons)
}
