//! Tries the catalogue: `cargo run --example catalog -- [--json] [QUERY]`, or `-- --search WORDS`.

use std::io::{self, Write};

use asl_lsp::catalog::integrations::search;
use asl_lsp::cli::catalog::catalog;

fn main() -> io::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    if arguments.first().is_some_and(|it| it == "--search") {
        for hit in search(&arguments[1..].join(" "), 12) {
            writeln!(out, "{:>4}  {}", hit.score, hit.name())?;
        }
        return Ok(());
    }
    let json = arguments.first().is_some_and(|it| it == "--json");
    arguments.drain(..usize::from(json));
    catalog(arguments.first().map(String::as_str), json, &mut out).map_err(io::Error::other)
}
