//! `asl-lsp rules`: the list of them.

use std::io::{self, Write};

use serde_json::json;

use super::output::{self, BOLD};
use crate::check::Rule;
use crate::rules::ALL;

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub enum Format {
    #[default]
    Human,
    Json,
}

pub fn write(out: &mut dyn Write, format: Format) -> io::Result<()> {
    match format {
        Format::Human => table(out),
        Format::Json => list(out),
    }
}

fn table(out: &mut dyn Write) -> io::Result<()> {
    let width = ALL.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    writeln!(out, "{BOLD}{:width$}  {:11}  {:3}  summary{BOLD:#}", "code", "severity", "fix")?;
    for rule in ALL {
        let style = output::style(rule.level);
        let severity = if rule.on { rule.level.name() } else { "off" };
        let fix = if rule.fixable { "fix" } else { "" };
        writeln!(out, "{:width$}  {style}{severity:11}{style:#}  {fix:3}  {}", rule.name, rule.title())?;
    }
    Ok(())
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    for (index, rule) in ALL.iter().enumerate() {
        write!(out, "{}\n  {}", if index == 0 { "[" } else { "," }, row(rule))?;
    }
    writeln!(out, "\n]")
}

fn row(rule: &Rule) -> serde_json::Value {
    json!({
        "code": rule.name,
        "severity": rule.level.name(),
        "enabled": rule.on,
        "fixable": rule.fixable,
        "summary": rule.title(),
        "url": rule.url(),
    })
}
