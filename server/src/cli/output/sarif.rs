//! SARIF 2.1.0, the format of code scanning.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::io::{self, Write};
use std::ops::Range;

use asl_grammar::text::{Encoding, Text};
use serde_json::{Value, json};

use super::{FileReport, Report};
use crate::check::{Finding, Level, Rule};
use crate::rules::{self, ALL};

pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let driver = json!({
        "name": "asl-lsp",
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": rules::REFERENCE_URL,
        "rules": ALL.iter().map(|rule| describe(rule)).collect::<Vec<_>>(),
    });
    // Written piece by piece: all results together would take far more memory than the report.
    write!(
        out,
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{"
    )?;
    write!(out, "\n\"tool\":{{\"driver\":{driver}}},\n\"columnKind\":\"utf16CodeUnits\",\n\"artifacts\":")?;
    list(out, report.files.iter().map(|file| json!({ "location": { "uri": uri(&file.path) } })))?;
    write!(out, ",\n\"results\":")?;
    let findings = report.files.iter().flat_map(|file| file.findings.iter().map(move |it| (file, it)));
    list(out, findings.map(|(file, finding)| result(file, finding)))?;
    writeln!(out, "}}]}}")
}

fn list(out: &mut dyn Write, items: impl Iterator<Item = Value>) -> io::Result<()> {
    write!(out, "[")?;
    for (index, item) in items.enumerate() {
        write!(out, "{}\n  {item}", if index == 0 { "" } else { "," })?;
    }
    write!(out, "]")
}

fn describe(rule: &Rule) -> Value {
    let page = rules::page(rule);
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.title() },
        "fullDescription": { "text": first_paragraph(&page) },
        "help": { "text": page, "markdown": page },
        "helpUri": rule.url(),
        "defaultConfiguration": { "enabled": rule.on, "level": level(rule.level) },
    })
}

/// What stands below the heading of a page.
fn first_paragraph(page: &str) -> String {
    let lines = page.lines().skip_while(|line| line.starts_with("**") || line.is_empty());
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn result(file: &FileReport, finding: &Finding) -> Value {
    let mut result = json!({
        "ruleId": finding.rule.name,
        "level": level(finding.level),
        "message": { "text": finding.message },
        "partialFingerprints": { "aslPlace/v1": fingerprint(finding) },
        "locations": [{
            "physicalLocation": physical(file, &finding.range),
            "logicalLocations": [{ "fullyQualifiedName": finding.pointer }],
        }],
    });
    if let Some(index) = ALL.iter().position(|rule| rule.name == finding.rule.name) {
        result["ruleIndex"] = json!(index);
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate().map(|(id, related)| {
            json!({
                "id": id,
                "message": { "text": related.message },
                "physicalLocation": physical(file, &related.range),
            })
        });
        result["relatedLocations"] = related.collect();
    }
    let fixes: Vec<Value> = finding
        .fixes
        .iter()
        .filter(|fix| !fix.edits.is_empty())
        .map(|fix| {
            let replacements: Vec<Value> = fix
                .edits
                .iter()
                .map(|edit| {
                    json!({
                        "deletedRegion": region(&file.text, &edit.range),
                        "insertedContent": { "text": edit.text },
                    })
                })
                .collect();
            json!({
                "description": { "text": fix.title },
                "artifactChanges": [{
                    "artifactLocation": { "uri": uri(&file.path) },
                    "replacements": replacements,
                }],
            })
        })
        .collect();
    if !fixes.is_empty() {
        result["fixes"] = json!(fixes);
    }
    result
}

/// Stays the same while lines move: made of what is said and of the place in the document.
fn fingerprint(finding: &Finding) -> String {
    // FNV-1a, which is the same in all versions of the program.
    let words = [finding.rule.name, &finding.pointer, &finding.message].join("\n");
    let hash = words.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn physical(file: &FileReport, range: &Range<usize>) -> Value {
    json!({ "artifactLocation": { "uri": uri(&file.path) }, "region": region(&file.text, range) })
}

/// Lines and columns count from 1, and a region of no width is an insertion point.
fn region(text: &Text, range: &Range<usize>) -> Value {
    let (start, end) =
        (text.position(range.start, Encoding::Utf16), text.position(range.end, Encoding::Utf16));
    json!({
        "startLine": start.line + 1,
        "startColumn": start.column + 1,
        "endLine": end.line + 1,
        "endColumn": end.column + 1,
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Information | Level::Hint => "note",
    }
}

/// A path as a URI: relative ones stay relative.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') {
        out.push_str("file://");
    } else if drive {
        out.push_str("file:///");
    }
    for (index, byte) in path.bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte.into())
            }
            b':' if drive && index == 1 => out.push(':'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("a b/é:1.json"), "a%20b/%C3%A9%3A1.json");
        assert_eq!(uri("/tmp/a.json"), "file:///tmp/a.json");
        assert_eq!(uri("C:/a.json"), "file:///C:/a.json");
    }
}
