//! One JSON object, a line for each finding. Lines and characters count from 0, characters in UTF-16 units.

use std::io::{self, Write};
use std::ops::Range;

use asl_grammar::text::{Encoding, Text};
use serde::Serialize;

use super::Report;
use crate::check::Finding;

#[derive(Serialize)]
struct Diagnostic<'f> {
    code: &'static str,
    severity: &'static str,
    message: &'f str,
    pointer: &'f str,
    range: Place,
    related: Vec<Related<'f>>,
    fix: Option<Fix<'f>>,
    url: String,
}

#[derive(Serialize)]
struct Related<'f> {
    message: &'f str,
    range: Place,
}

#[derive(Serialize)]
struct Fix<'f> {
    title: &'f str,
}

#[derive(Serialize)]
struct Place {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    character: u32,
}

pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    write!(out, "{{\"files\":[")?;
    for (index, file) in report.files.iter().enumerate() {
        write!(out, "{}\n{{\"path\":", if index == 0 { "" } else { "," })?;
        serde_json::to_writer(&mut *out, &file.path)?;
        write!(out, ",\"diagnostics\":[")?;
        for (index, finding) in file.findings.iter().enumerate() {
            write!(out, "{}\n  ", if index == 0 { "" } else { "," })?;
            serde_json::to_writer(&mut *out, &diagnostic(&file.text, finding))?;
        }
        write!(out, "]}}")?;
    }
    let [errors, warnings, informations, hints] = report.counts();
    writeln!(
        out,
        "],\n\"summary\":{{\"files\":{},\"errors\":{errors},\"warnings\":{warnings},\"informations\":{informations},\"hints\":{hints}}}}}",
        report.files.len()
    )
}

fn diagnostic<'f>(text: &Text, finding: &'f Finding) -> Diagnostic<'f> {
    Diagnostic {
        code: finding.rule.name,
        severity: finding.level.name(),
        message: &finding.message,
        pointer: &finding.pointer,
        range: place(text, &finding.range),
        related: finding
            .related
            .iter()
            .map(|related| Related { message: &related.message, range: place(text, &related.range) })
            .collect(),
        fix: finding.fixes.first().map(|fix| Fix { title: &fix.title }),
        url: finding.rule.url(),
    }
}

fn place(text: &Text, range: &Range<usize>) -> Place {
    let position = |offset| {
        let position = text.position(offset, Encoding::Utf16);
        Position { line: position.line, character: position.column }
    };
    Place { start: position(range.start), end: position(range.end) }
}
