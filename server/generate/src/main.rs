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
#[allow(dead_code)]
#[path = "../../src/catalog/integrations/index.rs"]
mod index;
#[allow(dead_code)]
#[path = "../../src/catalog/integrations/layout.rs"]
mod layout;
#[allow(dead_code)]
#[path = "../../src/catalog/integrations/naming.rs"]
mod naming;

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
