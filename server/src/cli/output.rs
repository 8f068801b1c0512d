//! The result of a check, and the formats it is written in: one file each.

mod human;

mod json;

mod sarif;

mod github;

mod junit;

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use asl_grammar::text::Text;

use crate::check::{Finding, Level};

/// What was found, file by file.
#[derive(Default)]
pub struct Report {
    /// Every file that was read, in the order in which they are reported.
    pub files: Vec<FileReport>,
    /// Fixes have been applied where that could be done.
    pub mended: bool,
}

pub struct FileReport {
    pub path: String,
    /// As it is after fixing. Empty for a file in which nothing was found.
    pub text: Text,
    /// Those to show, by place.
    pub findings: Vec<Finding>,
    /// How many warnings there are, shown or not.
    pub warnings: usize,
    /// How many fixes have been applied.
    pub fixed: usize,
    pub stdin: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Excerpts of the source, in colours on a terminal
    #[default]
    Human,
    /// One object with everything in it
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations in a workflow of GitHub Actions
    Github,
    /// JUnit XML, for the test reports of CI systems
    Junit,
}

pub fn write(out: &mut dyn Write, format: Format, report: &Report) -> io::Result<()> {
    match format {
        Format::Human => human::write(out, report),
        Format::Json => json::write(out, report),
        Format::Sarif => sarif::write(out, report),
        Format::Github => github::write(out, report),
        Format::Junit => junit::write(out, report),
    }
}

impl Report {
    /// How many findings are shown of each level, in the order of [`Level::ALL`].
    pub fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for finding in self.files.iter().flat_map(|file| &file.findings) {
            counts[finding.level as usize] += 1;
        }
        counts
    }

    pub fn warnings(&self) -> usize {
        self.files.iter().map(|file| file.warnings).sum()
    }

    pub fn fixed(&self) -> usize {
        self.files.iter().map(|file| file.fixed).sum()
    }
}

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub const INFORMATION: Style = AnsiColor::Blue.on_default().bold();
pub const HINT: Style = AnsiColor::Cyan.on_default().bold();

pub fn style(level: Level) -> Style {
    match level {
        Level::Error => ERROR,
        Level::Warning => WARNING,
        Level::Information => INFORMATION,
        Level::Hint => HINT,
    }
}
