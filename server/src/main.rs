//! The `asl-lsp` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    asl_lsp::lsp::serve(&asl_lsp::lsp::Options::default())
}
