//! `asl-lsp check`: reads documents on several threads and reports on them in the order of their names.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use asl_grammar::text::Text;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::complain;
use super::files::{self, Input};
use super::output::{self, FileReport, Format, Report};
use super::parallel::{in_parallel, threads};
use super::settings::{Overrides, Settings};
use super::tools::{UNUSABLE, finish};
use crate::analysis::Analysis;
use crate::check::{Finding, Level};
use crate::config::MachineType;
use crate::ide::fix_all::fix_all;

#[derive(Args)]
pub struct Options {
    /// Files and folders; `-` is stdin [default: the current folder]
    ///
    /// In folders, files that .gitignore names are left out; *.asl, *.asl.json, *.asl.yaml and *.asl.yml are checked,
    /// and other JSON and YAML files that hold `StartAt` and `States`. A file given by name is always checked.
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Run only these rules (comma-separated, may be repeated)
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    select: Vec<String>,
    /// Leave out these rules (comma-separated, may be repeated)
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Report only what is at least as severe
    #[arg(long, value_name = "LEVEL", default_value = "hint", value_parser = level())]
    severity: Level,
    /// Exit with 1 when there are more warnings than that
    #[arg(long, value_name = "N")]
    max_warnings: Option<usize>,
    /// The type of the machines
    #[arg(long = "type", value_name = "TYPE", value_parser = machine_type())]
    machine_type: Option<MachineType>,
    /// Use this configuration instead of the nearest asl-lsp.toml
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    config: Option<PathBuf>,
    /// Apply the safe fixes; the mended text of stdin goes to stdout, and the report to stderr
    #[arg(long)]
    fix: bool,
    /// The name under which stdin is checked
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
    /// How many files to check at a time [default: as many as there are processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

fn level() -> impl TypedValueParser<Value = Level> {
    PossibleValuesParser::new(Level::ALL.map(Level::name))
        .try_map(|name| Level::from_name(&name).ok_or("there is no such level"))
}

fn machine_type() -> impl TypedValueParser<Value = MachineType> {
    PossibleValuesParser::new(["standard", "express"]).map(|name| match name.as_str() {
        "express" => MachineType::Express,
        _ => MachineType::Standard,
    })
}

/// What became of one document.
enum Outcome {
    /// It is of another kind.
    Passed,
    Unusable(String),
    Checked(FileReport),
}

pub fn run(options: &Options) -> ExitCode {
    let overrides = Overrides {
        file: options.config.clone(),
        select: options.select.clone(),
        ignore: options.ignore.clone(),
        machine_type: options.machine_type,
    };
    let settings = match Settings::new(&overrides) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    let threads = threads(options.threads);
    let (inputs, mut unusable) = files::collect(&options.paths, options.stdin_filename.as_deref(), threads);
    let mut report = Report { files: Vec::new(), mended: options.fix };
    for outcome in
        in_parallel(&inputs, threads, |input| examine(input, &settings, options), Outcome::Unusable)
    {
        match outcome {
            Outcome::Passed => {}
            Outcome::Unusable(message) => unusable.push(message),
            Outcome::Checked(file) => report.files.push(file),
        }
    }
    for problem in settings.problems() {
        complain("warning", &problem);
    }
    for message in &unusable {
        complain("error", message);
    }
    if report.files.is_empty() && unusable.is_empty() {
        complain("warning", "no state machine found");
    }
    let written = write(&report, options);
    if report.fixed() > 0 && options.format != Format::Human {
        let _ = writeln!(io::stderr(), "applied fixes: {}", report.fixed());
    }
    let counts = report.counts();
    let too_many = options.max_warnings.filter(|limit| report.warnings() > *limit);
    if let Some(limit) = too_many {
        complain("error", &format!("{} warnings are more than the {limit} allowed", report.warnings()));
    }
    let code = if !unusable.is_empty() {
        ExitCode::from(UNUSABLE)
    } else {
        ExitCode::from(u8::from(counts[0] > 0 || too_many.is_some()))
    };
    finish(written, code)
}

/// Writes the report; and the text of stdin, mended, when that was asked for.
fn write(report: &Report, options: &Options) -> io::Result<()> {
    let mended = options.fix.then(|| report.files.iter().find(|file| file.stdin)).flatten();
    let Some(mended) = mended else {
        let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
        output::write(&mut out, options.format, report)?;
        return out.flush();
    };
    let mut out = BufWriter::new(io::stdout().lock());
    write!(out, "{}", mended.text)?;
    out.flush()?;
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stderr().lock()));
    output::write(&mut out, options.format, report)?;
    out.flush()
}

fn examine(input: &Input, settings: &Settings, options: &Options) -> Outcome {
    let source = match files::read(input) {
        Ok(Some(source)) => source,
        Ok(None) => return Outcome::Passed,
        Err(message) => return Outcome::Unusable(message),
    };
    let config = settings.of(input.folder(options.stdin_filename.as_deref()));
    let mut analysis = Analysis::new(files::format(&input.name), Text::new(&source), Arc::clone(&config));
    drop(source);
    if !input.certain && !analysis.looks_like_machine() {
        return Outcome::Passed;
    }
    let wanted = |finding: &Finding| finding.level <= options.severity;
    let mut fixed = 0;
    if options.fix {
        if let Some(mended) = fix_all(&analysis, wanted) {
            (analysis, fixed) = (mended.analysis, mended.count);
        }
        if let Some(path) = input.path.as_ref().filter(|_| fixed > 0)
            && let Err(error) = std::fs::write(path, analysis.text.to_string())
        {
            return Outcome::Unusable(format!("cannot write `{}`: {error}", input.name));
        }
    }
    let warnings = analysis.findings().iter().filter(|it| it.level == Level::Warning).count();
    let findings: Vec<Finding> = analysis.findings().iter().filter(|it| wanted(it)).cloned().collect();
    let stdin = input.path.is_none();
    // Nobody looks at the text of a clean file again.
    let text = if findings.is_empty() && !stdin { Text::default() } else { analysis.text };
    Outcome::Checked(FileReport { path: input.name.clone(), text, findings, warnings, fixed, stdin })
}
