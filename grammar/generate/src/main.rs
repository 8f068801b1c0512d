//! `cargo run -p asl-grammar-generate [-- --check]`: grammar.js → grammar.json → parser.c, and the editors' queries.
//!
//! Without an argument it writes what is stale; with `--check` it changes nothing, names what is stale and fails.
//! The step from grammar.js to grammar.json needs `node`; without it the committed grammar.json is taken as it is,
//! and the tool says so. The step to parser.c is plain Rust and needs nothing.

mod queries;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs};

use anyhow::{Context, Result};
use tree_sitter_generate::{OptLevel, generate_parser_in_directory, load_grammar_file};

/// The four parsers, as folders below `grammar/`.
const PARSERS: [&str; 4] = [
    "tree-sitter-jsonata/jsonata",
    "tree-sitter-jsonata/jsonata_json",
    "tree-sitter-asl-path/aslpath",
    "tree-sitter-asl-path/aslpath_json",
];

/// Neovim 0.10 and Helix 25.01 read no higher one, and everything newer still reads this one.
const ABI: usize = 14;

fn main() -> Result<ExitCode> {
    let check = match env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => {
            eprintln!("usage: asl-grammar-generate [--check]");
            return Ok(ExitCode::from(2));
        }
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let mut output = Output { root: root.clone(), check, stale: 0 };

    let node =
        Command::new("node").arg("--version").stdout(Stdio::null()).status().is_ok_and(|it| it.success());
    if !node {
        eprintln!("no `node` here: grammar.js is not read, grammar.json is taken as it is");
    }
    for parser in PARSERS {
        generate(&root, parser, node, &mut output).with_context(|| parser.to_owned())?;
    }
    queries::generate(&root, &mut output)?;

    if check && output.stale > 0 {
        eprintln!("{} stale: run `cargo run -p asl-grammar-generate` and commit", output.stale);
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Where generated text goes: to the file when it differs, or, when checking, only to the list of complaints.
struct Output {
    root: PathBuf,
    check: bool,
    stale: usize,
}

impl Output {
    fn put(&mut self, path: &Path, text: &[u8]) -> Result<()> {
        if fs::read(path).is_ok_and(|old| old == text) {
            return Ok(());
        }
        self.stale += 1;
        let name = path.strip_prefix(&self.root).unwrap_or(path).display();
        if self.check {
            eprintln!("stale: {name}");
            return Ok(());
        }
        eprintln!("write: {name}");
        fs::create_dir_all(path.parent().context("a file stands in a folder")?)?;
        Ok(fs::write(path, text)?)
    }
}

fn generate(root: &Path, parser: &str, node: bool, output: &mut Output) -> Result<()> {
    let folder = root.join(parser);
    let src = folder.join("src");
    let grammar = if node {
        let mut text = load_grammar_file(&folder.join("grammar.js"), None)?;
        text.push('\n');
        output.put(&src.join("grammar.json"), text.as_bytes())?;
        text
    } else {
        fs::read_to_string(src.join("grammar.json"))?
    };

    // The library writes files, so it gets a folder of its own to write them to.
    let scratch = Scratch::new(parser)?;
    let input = scratch.0.join("grammar.json");
    fs::write(&input, grammar)?;
    generate_parser_in_directory(
        &folder,
        Some(&scratch.0),
        Some(&input),
        ABI,
        None,
        None,
        true,
        OptLevel::default(),
    )?;
    for name in ["parser.c", "node-types.json", "tree_sitter/parser.h"] {
        output.put(&src.join(name), &fs::read(scratch.0.join(name))?)?;
    }
    Ok(())
}

/// A folder that goes away with the value.
struct Scratch(PathBuf);

impl Scratch {
    fn new(parser: &str) -> Result<Self> {
        let name = parser.replace('/', "-");
        let path = env::temp_dir().join(format!("asl-grammar-generate-{}-{name}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
