//! Refuses to build with a catalogue that is cut short or was edited by hand.

// Standard output is how a build script speaks to cargo.
#![allow(clippy::print_stdout)]

use std::process::exit;

const PATH: &str = "src/catalog/integrations.bin";

fn main() {
    println!("cargo:rerun-if-changed={PATH}");
    println!("cargo:rerun-if-changed=build.rs");
    if let Err(problem) = check() {
        println!("cargo:warning=server/{PATH} {problem}; make it again with server/generate/check.sh --write");
        eprintln!("error: server/{PATH} {problem}");
        eprintln!("make it again with: server/generate/check.sh --write");
        exit(1);
    }
}

/// The layout is described in `src/catalog/integrations/layout.rs`.
fn check() -> Result<(), String> {
    let bytes = std::fs::read(PATH).map_err(|error| format!("cannot be read ({error})"))?;
    if bytes.get(..8) != Some(b"ASLCAT01") {
        return Err("is not a catalogue of this layout".to_owned());
    }
    let Some(stored) = bytes.get(8..16).and_then(|it| it.try_into().ok()).map(u64::from_le_bytes) else {
        return Err("is cut short".to_owned());
    };
    if xxhash_rust::xxh3::xxh3_64(&bytes[16..]) != stored {
        return Err("is cut short or was edited: its checksum does not fit".to_owned());
    }
    Ok(())
}
