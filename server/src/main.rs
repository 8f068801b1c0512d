//! The `asl-lsp` binary: the language server, and the same analysis on the command line.

use std::process::ExitCode;

use asl_lsp::cli::{Cli, Command, tools};
use clap::Parser;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        #[cfg(feature = "lsp")]
        None => serve(cli.serve),
        #[cfg(feature = "lsp")]
        Some(Command::Serve(options)) => serve(options),
        #[cfg(not(feature = "lsp"))]
        None => tools::help(),
        Some(Command::Tool(tool)) => tools::run(tool),
    }
}

#[cfg(feature = "lsp")]
fn serve(options: asl_lsp::cli::ServeOptions) -> ExitCode {
    asl_lsp::lsp::serve(options.log.as_deref(), options.log_level.name())
}
