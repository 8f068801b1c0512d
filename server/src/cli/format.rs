//! `asl-lsp fmt`: lays documents out in place, or tells which would change.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use asl_grammar::format::{Style, apply, format};
use asl_grammar::text::{Encoding, Text};
use clap::Args;

use super::complain;
use super::files::{self, Input};
use super::parallel::{in_parallel, threads};
use super::settings::{Overrides, Settings};
use super::tools::{UNUSABLE, finish};
use crate::analysis::{Analysis, MAX_LEN};
use crate::config::Config;

#[derive(Args)]
pub struct Options {
    /// Files and folders; `-` is stdin, whose text goes to stdout [default: the current folder]
    ///
    /// Folders are walked as `check` does.
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Change nothing; list the files that would change, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// Use this configuration instead of the nearest asl-lsp.toml
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    config: Option<PathBuf>,
    /// The name that stdin would have; its end says whether it is JSON or YAML
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
    /// How many files to format at a time [default: as many as there are processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

/// What became of one document.
enum Outcome {
    /// It is of another kind.
    Passed,
    Unusable(String),
    Same,
    Differs,
    /// The text of stdin, laid out.
    Text(String),
}

pub fn run(options: &Options) -> ExitCode {
    let settings = match Settings::new(&Overrides { file: options.config.clone(), ..Overrides::default() }) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    let threads = threads(options.threads);
    let (inputs, mut unusable) = files::collect(&options.paths, options.stdin_filename.as_deref(), threads);
    let outcomes =
        in_parallel(&inputs, threads, |input| lay_out(input, &settings, options), Outcome::Unusable);
    let mut out = String::new();
    let (mut same, mut changed) = (0, 0);
    for (input, outcome) in inputs.iter().zip(outcomes) {
        match outcome {
            Outcome::Passed => {}
            Outcome::Unusable(message) => unusable.push(message),
            Outcome::Same => same += 1,
            Outcome::Differs => {
                changed += 1;
                if options.check {
                    out += &format!("{}\n", input.name);
                }
            }
            Outcome::Text(text) => out += &text,
        }
    }
    for problem in settings.problems() {
        complain("warning", &problem);
    }
    for message in &unusable {
        complain("error", message);
    }
    let stdin = inputs.iter().any(|input| input.path.is_none());
    if same + changed == 0 && unusable.is_empty() && !stdin {
        complain("warning", "no state machine found");
    } else if !stdin || same + changed > 0 {
        let verb = if options.check { "would be formatted" } else { "formatted" };
        let _ = writeln!(std::io::stderr(), "{changed} {verb}, {same} unchanged");
    }
    let written = std::io::stdout().lock().write_all(out.as_bytes());
    let code = match (unusable.is_empty(), options.check && changed > 0) {
        (false, _) => UNUSABLE,
        (true, differs) => u8::from(differs),
    };
    finish(written, ExitCode::from(code))
}

fn lay_out(input: &Input, settings: &Settings, options: &Options) -> Outcome {
    let source = match files::read(input) {
        Ok(Some(source)) => source,
        Ok(None) => return Outcome::Passed,
        Err(message) => return Outcome::Unusable(message),
    };
    let config = settings.of(input.folder(options.stdin_filename.as_deref()));
    let notation = files::format(&input.name);
    let text = Text::new(&source);
    let analysis = |text: Text| Analysis::new(notation, text, Arc::new(Config::default()));
    if !input.certain && !analysis(text.clone()).looks_like_machine() {
        return Outcome::Passed;
    }
    if text.len() > MAX_LEN {
        let limit = MAX_LEN >> 20;
        return Outcome::Unusable(format!("`{}` is left as it is: it has more than {limit} MB", input.name));
    }
    let style = Style { indent: config.indent.unwrap_or(2), tabs: false };
    let Some(edits) = format(notation, &text, style) else {
        let analysis = analysis(text);
        let mut errors = analysis.syntax.errors().into_iter();
        let error = errors.find(|error| error.kind.is_malformed());
        let why = error.map_or_else(String::new, |error| {
            let place = analysis.text.position(error.range.start, Encoding::Utf16);
            format!(": line {}, column {}: {}", place.line + 1, place.column + 1, error.message)
        });
        return Outcome::Unusable(format!("`{}` is left as it is{why}", input.name));
    };
    let formatted = apply(&source, &edits);
    match &input.path {
        None if !options.check => Outcome::Text(formatted),
        _ if edits.is_empty() => Outcome::Same,
        Some(path) if !options.check => match std::fs::write(path, formatted) {
            Ok(()) => Outcome::Differs,
            Err(error) => Outcome::Unusable(format!("cannot write `{}`: {error}", input.name)),
        },
        _ => Outcome::Differs,
    }
}
