//! The fixes that findings carry, for a range of the document.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::check::{Finding, Fix};

pub struct Action<'a> {
    pub finding: &'a Finding,
    pub fix: &'a Fix,
    /// The first fix of a finding is what most people want.
    pub preferred: bool,
}

pub fn fixes(analysis: &Analysis, range: Range<usize>) -> Vec<Action<'_>> {
    let touched =
        analysis.findings().iter().filter(|it| it.range.start <= range.end && range.start <= it.range.end);
    touched
        .flat_map(|finding| {
            finding.fixes.iter().enumerate().map(move |(index, fix)| Action {
                finding,
                fix,
                preferred: index == 0,
            })
        })
        .collect()
}
