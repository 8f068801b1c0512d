use crate::check::{Fix, Local, Report};
use asl_grammar::jsonata::SlipKind;

rule! {
    /// # Expression does not parse
    ///
    /// The text between `{%` and `%}` is no JSONata (version 2.0.6, as Step Functions has it). AWS refuses the
    /// definition. Habits from other languages are a common reason: JSONata compares with a single `=`, joins
    /// conditions with `and` and `or`, negates with `$not(…)` and puts texts together with `&`.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "same": "{% $states.input.a == 1 %}" },
    ///                                           ^^ JSONata compares with a single `=`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "same": "{% $states.input.a = 1 %}" },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails yaml
    /// QueryLanguage: JSONata
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Pass
    ///     Output: >-
    ///       {% $states.input.a
    ///       && $states.input.b %}
    ///       ^^ JSONata writes `&&` as `and`
    ///     End: true
    /// ```
    ///
    /// ```asl fixed yaml
    /// QueryLanguage: JSONata
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Pass
    ///     Output: >-
    ///       {% $states.input.a
    ///       and $states.input.b %}
    ///     End: true
    /// ```
    pub static JSONATA_SYNTAX = { "jsonata-syntax", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.jsonata() {
        // The others come from recovery.
        let Some(error) = tree.errors().first() else { continue };
        let range = if error.span.is_empty() { it.node.range() } else { it.range(error.span) };
        let range = error.slip.map_or(range, |slip| it.range(slip.span));
        let finding = report.on(it.node, range, error.message.clone());
        let Some(replacement) = error.slip.and_then(|slip| slip.kind.replacement()) else { continue };
        // All slips of the same kind at once: nobody wants to do this one by one.
        let kind = error.slip.map(|slip| slip.kind);
        let slips =
            tree.errors().iter().filter_map(|error| error.slip).filter(|slip| Some(slip.kind) == kind);
        let edits = slips.map(|slip| asl_grammar::text::Edit {
            range: it.range(slip.span),
            text: spaced(slip.kind, replacement, tree.text(), slip.span.range()),
        });
        let mut edits: Vec<_> = edits.collect();
        edits.dedup_by(|a, b| a.range == b.range);
        let title = match replacement {
            "" => "Remove the comma".to_owned(),
            _ => format!("Change to `{replacement}`"),
        };
        finding.fixes.push(Fix { title, edits, safe: true });
    }
}

/// Words need blanks around them, which `&&` does not.
fn spaced(kind: SlipKind, replacement: &str, text: &str, range: std::ops::Range<usize>) -> String {
    if !matches!(kind, SlipKind::AndAnd | SlipKind::OrOr) {
        return replacement.to_owned();
    }
    let before = if text[..range.start].ends_with(char::is_whitespace) { "" } else { " " };
    let after = if text[range.end..].starts_with(char::is_whitespace) { "" } else { " " };
    format!("{before}{replacement}{after}")
}
