//! What can be mended: the fixes that the findings at a place carry, and all safe ones of the document at once.

use std::ops::Range;

use asl_grammar::text::Edit;

use super::fix_all::fix_all;
use crate::analysis::Analysis;
use crate::check::{Finding, Fix, Rule};

pub struct Action<'a> {
    pub title: String,
    /// What it mends, of what was asked for.
    pub findings: Vec<&'a Finding>,
    /// Surely what is wanted.
    pub preferred: bool,
    pub change: Change<'a>,
}

#[derive(Clone, Copy)]
pub enum Change<'a> {
    Edits(&'a [Edit]),
    /// The safe fixes of all findings, or of those of one rule. To be computed when they are asked for.
    All(Option<&'static Rule>),
}

/// The fixes of the findings that a range touches; and for a rule with more of them in the document all at once.
pub fn fixes(analysis: &Analysis, range: Range<usize>) -> Vec<Action<'_>> {
    let touches = |it: &&Finding| it.range.start <= range.end && range.start <= it.range.end;
    let touched: Vec<&Finding> = analysis.findings().iter().filter(touches).collect();
    let mut actions: Vec<Action> = Vec::new();
    for finding in &touched {
        actions.extend(finding.fixes.iter().enumerate().map(|(index, fix)| Action {
            title: fix.title.clone(),
            findings: vec![finding],
            preferred: index == 0 && fix.safe,
            change: Change::Edits(&fix.edits),
        }));
    }
    let mut rules: Vec<&'static Rule> = Vec::new();
    for finding in touched.iter().filter(|it| safe_fix(it).is_some()) {
        if !rules.iter().any(|rule| rule.name == finding.rule.name) {
            rules.push(finding.rule);
        }
    }
    actions.extend(rules.into_iter().filter_map(|rule| {
        let of_rule = |it: &&Finding| it.rule.name == rule.name && safe_fix(it).is_some();
        let count = analysis.findings().iter().filter(of_rule).count();
        (count > 1).then(|| Action {
            title: format!("Fix all {count} of `{}` in this document", rule.name),
            findings: touched.iter().copied().filter(of_rule).collect(),
            preferred: false,
            change: Change::All(Some(rule)),
        })
    }));
    actions
}

/// All safe fixes of the document, when there are any.
pub fn all_fixes(analysis: &Analysis) -> Option<Action<'_>> {
    analysis.findings().iter().any(|it| safe_fix(it).is_some()).then(|| Action {
        title: "Apply all safe fixes".to_owned(),
        findings: Vec::new(),
        preferred: false,
        change: Change::All(None),
    })
}

/// The edits of a change.
pub fn edits(analysis: &Analysis, change: Change) -> Vec<Edit> {
    match change {
        Change::Edits(edits) => edits.to_vec(),
        Change::All(rule) => {
            let wanted = |it: &Finding| rule.is_none_or(|rule| rule.name == it.rule.name);
            fix_all(analysis, wanted).map(|mended| mended.edits).unwrap_or_default()
        }
    }
}

fn safe_fix(finding: &Finding) -> Option<&Fix> {
    finding.fixes.iter().find(|fix| fix.safe)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::fixture::at_cursor;

    /// What is offered at the cursor, and the document after the last offer.
    fn check(source: &str, expect: Expect) {
        let (analysis, offset) = at_cursor(source);
        let mut actions = fixes(&analysis, offset..offset);
        actions.extend(all_fixes(&analysis));
        let mut out = String::new();
        for action in &actions {
            let mark = if action.preferred { " *" } else { "" };
            out += &format!("{}{mark}\n", action.title);
        }
        if let Some(last) = actions.last() {
            let mut text = analysis.text.to_string();
            for edit in edits(&analysis, last.change).into_iter().rev() {
                text.replace_range(edit.range, &edit.text);
            }
            out += &text;
        }
        expect.assert_eq(&out);
    }

    #[test]
    fn one_fix_all_of_a_rule_all_of_the_document() {
        check(
            r#"{ "StartAt": "A", "States": {
  "A": { "Type": "Pass", "Next": "<|>Bb" },
  "B": { "Type": "Wait", "Seconds": "5", "Next": "Cc" },
  "C": { "Type": "Succeed" }
} }
"#,
            expect![[r#"
                Change to `B` *
                Create the state `Bb`
                Fix all 2 of `unknown-next-state` in this document
                Apply all safe fixes
                { "StartAt": "A", "States": {
                  "A": { "Type": "Pass", "Next": "B" },
                  "B": { "Type": "Wait", "Seconds": 5, "Next": "C" },
                  "C": { "Type": "Succeed" }
                } }
            "#]],
        );
        check(
            "StartAt: A\nStates:\n  A:\n    Type: Pass\n    <|>Nxt: B\n    Nxet: B\n  B:\n    Type: Succeed\n",
            expect![[r#"
                Rename to `Next` *
                Remove `Nxt`
                Fix all 2 of `unknown-field` in this document
                Apply all safe fixes
                StartAt: A
                States:
                  A:
                    Type: Pass
                    Next: B
                  B:
                    Type: Succeed
            "#]],
        );
    }

    #[test]
    fn nothing_to_mend() {
        check("{ \"StartAt\": <|>\"A\", \"States\": { \"A\": { \"Type\": \"Succeed\" } } }", expect![[""]]);
    }
}
