//! Runs the commands that answer and end.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::CommandFactory;

use super::{Cli, Tool, catalog, check, complain, explain, format, graph, rules};

/// Bad usage, or something that could not be read or written.
pub(super) const UNUSABLE: u8 = 2;

pub fn run(tool: Tool) -> ExitCode {
    match tool {
        Tool::Check(options) => check::run(&options),
        Tool::Fmt(options) => format::run(&options),
        Tool::Graph(options) => graph::run(&options),
        Tool::Explain { code } => explain::run(&code),
        Tool::Rules { format } => print(|out| rules::write(out, format)),
        Tool::Catalog { query, format } => know(query.as_deref(), matches!(format, rules::Format::Json)),
        Tool::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "asl-lsp", &mut script);
            print(|out| out.write_all(&script))
        }
    }
}

/// Prints what the catalogue knows.
fn know(query: Option<&str>, json: bool) -> ExitCode {
    let mut found = Vec::new();
    match catalog::catalog(query, json, &mut found) {
        Ok(()) => print(|out| out.write_all(&found)),
        Err(error) => {
            complain("error", &error.to_string());
            ExitCode::from(UNUSABLE)
        }
    }
}

/// What a binary without the server says when it is not asked for anything.
pub fn help() -> ExitCode {
    let _ = write!(io::stderr(), "{}", Cli::command().render_help());
    ExitCode::from(UNUSABLE)
}

/// Writes to stdout, with colours where it takes them.
pub(super) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> ExitCode {
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    finish(write(&mut out).and_then(|()| out.flush()), ExitCode::SUCCESS)
}

/// A reader that has read enough (`| head`) is content; any other failure to write is ours to report.
pub(super) fn finish(written: io::Result<()>, code: ExitCode) -> ExitCode {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain("error", &format!("cannot write the answer: {error}"));
            ExitCode::from(UNUSABLE)
        }
        _ => code,
    }
}
