//! `asl-lsp explain CODE`: the page of one rule, for reading in a terminal.

use std::io::{self, Write};
use std::process::ExitCode;

use super::output::{self, BOLD, DIM};
use super::tools::{UNUSABLE, print};
use super::{complain, settings};
use crate::check::Rule;
use crate::rules;

pub fn run(code: &str) -> ExitCode {
    match settings::rule(code) {
        Ok(rule) => print(|out| write(out, rule)),
        Err(message) => {
            complain("error", &format!("{message} (`asl-lsp rules` lists them)"));
            ExitCode::from(UNUSABLE)
        }
    }
}

fn write(out: &mut dyn Write, rule: &Rule) -> io::Result<()> {
    let level = output::style(rule.level);
    write!(out, "{BOLD}{}{BOLD:#}: {level}{}{level:#}", rule.name, rule.level.name())?;
    if !rule.on {
        write!(out, ", off unless it is switched on")?;
    }
    if rule.fixable {
        write!(out, ", has fixes")?;
    }
    writeln!(out, "\n")?;
    let page = rules::page(rule);
    let mut code = false;
    for line in page.lines() {
        if line.starts_with("```") {
            code = !code;
        } else if code && line.trim_start().starts_with('^') {
            writeln!(out, "    {level}{line}{level:#}")?;
        } else if code && !line.is_empty() {
            writeln!(out, "    {line}")?;
        } else if let Some(title) = line.strip_prefix("**").and_then(|line| line.strip_suffix("**")) {
            writeln!(out, "{BOLD}{title}{BOLD:#}")?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    writeln!(out, "\n{DIM}{}{DIM:#}", rule.url())
}
