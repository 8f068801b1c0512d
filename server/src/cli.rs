//! The command line: what can be asked for, and how the answers are written.
//!
//! Start here for the arguments, in `check.rs` for the main job, in `output.rs` for the formats of its result. Nothing
//! here is asynchronous, and nothing knows the protocol: `main.rs` starts the server.

pub mod tools;

mod check;

mod files;

mod parallel;

mod settings;

mod format;

mod graph;

pub mod output;

mod explain;

mod rules;

pub mod catalog;

use std::io::Write;

use clap::{Args, Parser, Subcommand};

#[cfg(feature = "lsp")]
const ABOUT: &str =
    "The language server for Amazon States Language. Without a command it serves an editor on stdin/stdout.";
#[cfg(not(feature = "lsp"))]
const ABOUT: &str = "Checks definitions in Amazon States Language.";

#[derive(Parser)]
#[command(name = "asl-lsp", version, about = ABOUT, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[cfg(feature = "lsp")]
    #[command(flatten)]
    pub serve: ServeOptions,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve an editor on stdin/stdout (this is also what happens without a command)
    #[cfg(feature = "lsp")]
    Serve(ServeOptions),
    #[command(flatten)]
    Tool(Tool),
}

/// The commands that answer and end.
#[derive(Subcommand)]
pub enum Tool {
    /// Find mistakes in files and folders
    ///
    /// Exits with 0 when there is no error, 1 when there is at least one, 2 when the arguments are wrong or something
    /// could not be read.
    Check(Box<check::Options>),
    /// Lay files out in place: indentation, line breaks and nothing else
    ///
    /// Exits with 0 when all is done, 1 when `--check` finds a file that would change, 2 when the arguments are wrong or
    /// something could not be read. A file with a mistake in its syntax is left as it is.
    Fmt(format::Options),
    /// Draw a state machine, also a broken or half-written one
    Graph(graph::Options),
    /// Explain a rule
    Explain {
        /// The code of the rule, as it stands in a finding
        code: String,
    },
    /// List the rules
    Rules {
        #[arg(long, value_enum, default_value_t)]
        format: rules::Format,
    },
    /// Print what the embedded catalogue knows: services, a service's actions, an action's parameters and links
    Catalog {
        /// `SERVICE` or `SERVICE:ACTION`, as in a Resource; all services without it
        query: Option<String>,
        #[arg(long, value_enum, default_value_t)]
        format: rules::Format,
    },
    /// Print a script that teaches a shell to complete these commands
    Completions {
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

#[derive(Args, Debug, Default)]
pub struct ServeOptions {
    /// Speak over stdin and stdout; there is no other way, so this changes nothing
    #[arg(long)]
    pub stdio: bool,
    /// Write the log to a file instead of stderr
    #[arg(long, value_name = "FILE")]
    pub log: Option<std::path::PathBuf>,
    /// How much to log
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub log_level: LogLevel,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum LogLevel {
    Off,
    Error,
    Warn,
    #[default]
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    /// The word that `tracing` knows it by.
    pub fn name(self) -> &'static str {
        match self {
            LogLevel::Off => "off",
            LogLevel::Error => "error",
            LogLevel::Warn => "warn",
            LogLevel::Info => "info",
            LogLevel::Debug => "debug",
            LogLevel::Trace => "trace",
        }
    }
}

/// Tells the person at the terminal. That nobody may be listening is no reason to fail.
fn complain(kind: &str, message: &str) {
    let style = match kind {
        "error" => output::ERROR,
        _ => output::WARNING,
    };
    let mut out = anstream::AutoStream::auto(std::io::stderr().lock());
    let _ = writeln!(out, "{style}{kind}{style:#}: {message}");
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_do_not_contradict_one_another() {
        Cli::command().debug_assert();
    }

    #[cfg(feature = "lsp")]
    #[test]
    fn an_editor_may_start_it_in_several_ways() {
        let parse = |arguments: &[&str]| Cli::try_parse_from(["asl-lsp"].iter().chain(arguments));
        for arguments in [&[][..], &["--stdio"], &["--log", "x.log", "--log-level", "debug", "--stdio"]] {
            assert!(parse(arguments).is_ok_and(|cli| cli.command.is_none()), "{arguments:?}");
        }
        for arguments in [&["serve"][..], &["serve", "--stdio", "--log", "x.log"]] {
            let cli = parse(arguments);
            assert!(cli.is_ok_and(|cli| matches!(cli.command, Some(Command::Serve(_)))), "{arguments:?}");
        }
        assert!(parse(&["--stdio", "check"]).is_err());
    }
}
