//! The `asl-lsp` binary.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    asl_lsp::lsp::serve(&asl_lsp::lsp::Options::default())
}
