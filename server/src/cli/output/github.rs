//! Workflow commands of GitHub Actions, which become annotations beside the changed lines.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::io::{self, Write};

use asl_grammar::text::Encoding;

use super::Report;
use crate::check::Level;

pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for file in &report.files {
        for finding in &file.findings {
            let command = match finding.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Information | Level::Hint => "notice",
            };
            let start = file.text.position(finding.range.start, Encoding::Utf16);
            let end = file.text.position(finding.range.end, Encoding::Utf16);
            write!(out, "::{command} file={},line={}", property(&file.path), start.line + 1)?;
            // Columns are only understood within one line.
            if start.line == end.line {
                write!(out, ",col={}", start.column + 1)?;
            }
            write!(out, ",endLine={}", end.line + 1)?;
            if start.line == end.line {
                write!(out, ",endColumn={}", end.column + 1)?;
            }
            writeln!(out, ",title={}::{}", property(finding.rule.name), data(&finding.message))?;
        }
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes_what_has_a_meaning() {
        assert_eq!(super::property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(super::data("a,b:c%\r\n"), "a,b:c%25%0D%0A");
    }
}
