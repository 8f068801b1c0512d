//! Refuses to build with a catalogue that is cut short or was edited by hand.

// Standard output is how a build script speaks to cargo.
#![allow(clippy::print_stdout)]

#[path = "src/catalog/integrations/verify.rs"]
mod verify;

use std::process::exit;

const PATH: &str = "src/catalog/integrations.bin";

fn main() {
    println!("cargo:rerun-if-changed={PATH}");
    println!("cargo:rerun-if-changed=src/catalog/integrations/verify.rs");
    println!("cargo:rerun-if-changed=build.rs");
    let problem = match std::fs::read(PATH) {
        Err(error) => format!("cannot be read: {error}"),
        Ok(bytes) => match verify::verify(&bytes) {
            Ok(()) => return,
            Err(problem) => problem.to_owned(),
        },
    };
    eprintln!("error: server/{PATH} {problem}");
    eprintln!("make it again with: server/generate/check.sh --write");
    exit(1);
}
