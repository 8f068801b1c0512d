use asl_grammar::write;

use crate::asl::is_unknown;
use crate::catalog::fields::Value;
use crate::check::{Local, Report};

rule! {
    /// # StringMatches without a wildcard
    ///
    /// `StringMatches` compares with a pattern in which `*` stands for any characters. This one has none, so
    /// `StringEquals` says the same, and says it plainly.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Variable": "$.kind", "StringMatches": "log", "Next": "D" }] },
    ///                                                                ^^^^^^^^^^^^^^^ the pattern `log` has no `*` in it
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Variable": "$.kind", "StringEquals": "log", "Next": "D" }] },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static STRING_MATCHES_WITHOUT_WILDCARD = { "string-matches-without-wildcard", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        for (member, field) in place.members() {
            let pattern = field.is_some_and(|field| field.value == Value::Pattern);
            let Some(text) = member.value.as_str().filter(|_| pattern && !is_unknown(member.value)) else {
                continue;
            };
            if has_wildcard(text) {
                continue;
            }
            let finding = report.at(member.key, format!("the pattern `{text}` has no `*` in it"));
            if !text.contains('\\') && !place.has("StringEquals") {
                let edit = write::rename(member.key, "StringEquals");
                finding.fix("Change to `StringEquals`", [Some(edit)], true);
            }
        }
    }
}

/// Is there a `*` that no backslash stands before?
fn has_wildcard(pattern: &str) -> bool {
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        match c {
            '*' => return true,
            '\\' => _ = characters.next(),
            _ => {}
        }
    }
    false
}
