//! Makes `server/src/catalog/integrations.bin` from the API models of botocore and the tables in
//! `facts/`. A developer runs it, or CI to compare; the build only embeds what it wrote.
//!
//! Start reading in [`blob`]: it says what goes into the file. `README.md` says how to run it.

mod blob;
mod compare;
mod facts;
mod graph;
mod model;
mod optimized;
mod wheel;
mod write;

// The layout, the names and the reader are those of the server. It cannot be a dependency, since it
// refuses to build when its catalogue is broken, which is when this program is needed.
#[allow(dead_code)]
#[path = "../../src/catalog/integrations/frame.rs"]
mod frame;
#[path = "../../src/catalog/models/gzip.rs"]
mod gzip;
#[allow(dead_code)]
#[path = "../../src/catalog/integrations/index.rs"]
mod index;
#[allow(dead_code)]
#[path = "../../src/catalog/integrations/layout.rs"]
mod layout;
#[allow(dead_code)]
#[path = "../../src/catalog/integrations/naming.rs"]
mod naming;

#[path = "../../src/catalog/integrations/verify.rs"]
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

/// Makes the catalogue of service integrations from a wheel of botocore.
#[derive(Parser)]
struct Arguments {
    /// The wheel, as `pip download botocore==VERSION --no-deps` leaves it.
    wheel: PathBuf,
    /// Take this wheel as the new source: pin its version and hash.
    #[arg(long)]
    update: bool,
    /// Write nothing; fail when the committed catalogue differs.
    #[arg(long, conflicts_with = "update")]
    check: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let folder = PathBuf::from(FOLDER);
    let facts = facts::Facts::read(&folder.join("facts"))?;
    let wheel = wheel::Wheel::open(&arguments.wheel)?;
    let version = wheel.version()?;
    if !arguments.update && (wheel.sha256 != facts.source.sha256 || version != facts.source.version) {
        return Err(format!(
            "{} is botocore {version} with sha256 {}, but {} with {} is pinned; --update pins this one",
            arguments.wheel.display(),
            wheel.sha256,
            facts.source.version,
            facts.source.sha256,
        ));
    }
    let made = blob::make(&wheel, &version, &facts)?;
    verify::verify(&made).map_err(|problem| format!("the new catalogue {problem}"))?;
    let path = folder.join("../src/catalog/integrations.bin");
    let committed = std::fs::read(&path).unwrap_or_default();
    for line in compare::changes(&committed, &made)? {
        eprintln!("{line}");
    }
    if arguments.check {
        if made != committed {
            return Err("the committed catalogue is not what the generator makes".to_owned());
        }
        eprintln!("the committed catalogue is what the generator makes, byte by byte");
        return Ok(());
    }
    if arguments.update {
        facts::pin(&folder.join("facts"), &version, &wheel.sha256)?;
    }
    std::fs::write(&path, &made).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn committed() -> Vec<u8> {
        std::fs::read(PathBuf::from(FOLDER).join("../src/catalog/integrations.bin")).unwrap_or_default()
    }

    #[test]
    fn the_committed_catalogue_is_whole() {
        let bytes = committed();
        assert_eq!(verify::verify(&bytes), Ok(()));
        assert!(compare::changes(&bytes, &bytes).is_ok(), "every frame is read back");
    }

    #[test]
    fn a_cut_or_edited_catalogue_is_refused() {
        let bytes = committed();
        for length in [0, 7, 8, 15, 16, 1000, bytes.len() - 1] {
            assert!(verify::verify(&bytes[..length]).is_err(), "cut to {length}");
        }
        for at in [0, 8, 16, 20, 5000, bytes.len() / 2, bytes.len() - 1] {
            let mut edited = bytes.clone();
            edited[at] ^= 1;
            assert!(verify::verify(&edited).is_err(), "edited at {at}");
        }
    }

    #[test]
    fn the_tables_agree_with_the_naming_rules() {
        let facts =
            facts::Facts::read(&PathBuf::from(FOLDER).join("facts")).expect("the tables are readable");
        let bytes = committed();
        let index = index::Index::read(&bytes).expect("the index is readable");
        for (token, row) in &facts.services {
            let entry = index.service(token).unwrap_or_else(|| panic!("{token} is in the catalogue"));
            assert_eq!(entry.directory, row.directory, "{token}");
        }
        assert_eq!(index.source, facts.source.version);
    }
}
