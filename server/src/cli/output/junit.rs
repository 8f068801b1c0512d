//! JUnit XML, as CI systems read it: a suite for each file, a failed test for each error or warning. What is less
//! grave passes, with its text as output.

use std::io::{self, Write};

use asl_grammar::text::Encoding;

use super::Report;
use crate::check::{Finding, Level};

pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let fails = |finding: &&Finding| finding.level <= Level::Warning;
    let tests = |findings: &[Finding]| findings.len().max(1);
    let all: usize = report.files.iter().map(|file| tests(&file.findings)).sum();
    let [errors, warnings, ..] = report.counts();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="asl-lsp" tests="{all}" failures="{}" errors="0">"#,
        errors + warnings
    )?;
    for file in &report.files {
        let path = escape(&file.path);
        let failures = file.findings.iter().filter(fails).count();
        let count = tests(&file.findings);
        writeln!(out, r#"  <testsuite name="{path}" tests="{count}" failures="{failures}" errors="0">"#)?;
        if file.findings.is_empty() {
            writeln!(out, r#"    <testcase name="asl-lsp" classname="{path}"/>"#)?;
        }
        for finding in &file.findings {
            let position = file.text.position(finding.range.start, Encoding::Utf16);
            let (line, column) = (position.line + 1, position.column + 1);
            let (code, level, message) = (finding.rule.name, finding.level.name(), escape(&finding.message));
            let place = format!("{path}:{line}:{column}");
            writeln!(out, r#"    <testcase name="{code}" classname="{path}" file="{path}" line="{line}">"#)?;
            if fails(&finding) {
                writeln!(
                    out,
                    r#"      <failure type="{level}" message="{message}">{place}: {message} ({code})
{}</failure>"#,
                    finding.rule.url()
                )?;
            } else {
                writeln!(out, "      <system-out>{level}: {place}: {message} ({code})</system-out>")?;
            }
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// Text for XML 1.0, which has no way at all to write most control characters.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(super::escape("<a & \"b\">\n\u{1}é"), "&lt;a &amp; &quot;b&quot;&gt;&#10;\u{fffd}é");
    }
}
