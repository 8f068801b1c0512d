//! Which documents to check, and their text.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ignore::{WalkBuilder, WalkState};

use crate::analysis::{Format, MAX_LEN};

/// Nobody reads more than this from one file, not even to say that it is too large.
const MAX_READ: u64 = 256 << 20;

/// A document to check.
#[derive(Clone, Debug)]
pub struct Input {
    /// None for the text on stdin.
    pub path: Option<PathBuf>,
    /// Under which it is reported.
    pub name: String,
    /// It was named, or its name says that it is a machine. Others are only checked when they look like one.
    pub certain: bool,
}

impl Input {
    /// Whose settings count: the folder of the file, or of the name that the text on stdin goes by.
    pub fn folder<'a>(&'a self, stdin: Option<&'a Path>) -> &'a Path {
        self.path.as_deref().or(stdin).and_then(Path::parent).unwrap_or(Path::new(""))
    }
}

/// All documents below the given paths, by name, and what could not be read on the way.
pub fn collect(paths: &[PathBuf], stdin_name: Option<&Path>, threads: usize) -> (Vec<Input>, Vec<String>) {
    let found: Mutex<(BTreeMap<PathBuf, bool>, Vec<String>)> = Mutex::default();
    let mut stdin = None;
    let here = [PathBuf::from(".")];
    for path in if paths.is_empty() { &here } else { paths } {
        if path.as_os_str() == "-" {
            let name = stdin_name.map_or_else(|| "<stdin>".to_owned(), display);
            stdin = Some(Input { path: None, name, certain: true });
        } else if path.is_dir() {
            walk(path, threads, &found);
        } else if let Ok(mut found) = found.lock() {
            found.0.insert(tidy(path), true);
        }
    }
    let (files, mut problems) = found.into_inner().unwrap_or_default();
    problems.sort();
    let inputs =
        files.into_iter().map(|(path, certain)| Input { name: display(&path), path: Some(path), certain });
    (stdin.into_iter().chain(inputs).collect(), problems)
}

fn walk(folder: &Path, threads: usize, found: &Mutex<(BTreeMap<PathBuf, bool>, Vec<String>)>) {
    // A `.gitignore` counts also where no repository is, as in an archive of one.
    let walker = WalkBuilder::new(folder).require_git(false).threads(threads).build_parallel();
    walker.run(|| {
        Box::new(|entry| {
            let Ok(mut found) = found.lock() else { return WalkState::Quit };
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|it| !it.is_dir()) => {
                    if let Some(certain) = by_name(entry.path()) {
                        // A link may lead to a folder, or nowhere.
                        if !entry.path_is_symlink() || entry.path().is_file() {
                            *found.0.entry(tidy(entry.path())).or_default() |= certain;
                        }
                    }
                }
                Ok(_) => {}
                Err(error) => found.1.push(error.to_string()),
            }
            WalkState::Continue
        })
    });
}

/// Could this be a document of ours, and is it surely one?
fn by_name(path: &Path) -> Option<bool> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let certain = [".asl", ".asl.json", ".asl.yaml", ".asl.yml"];
    let possible = [".json", ".yaml", ".yml"];
    if certain.iter().any(|end| name.ends_with(end)) {
        return Some(true);
    }
    possible.iter().any(|end| name.ends_with(end)).then_some(false)
}

/// The notation of a document, by its name.
pub fn format(name: &str) -> Format {
    let name = name.to_ascii_lowercase();
    if name.ends_with(".yaml") || name.ends_with(".yml") { Format::Yaml } else { Format::Json }
}

/// The text of a document. None when it need not be looked at.
pub fn read(input: &Input) -> Result<Option<String>, String> {
    let failed = |error: io::Error| format!("cannot read `{}`: {error}", input.name);
    let mut bytes = Vec::new();
    match &input.path {
        None => io::stdin().lock().take(MAX_READ + 1).read_to_end(&mut bytes),
        Some(path) => File::open(path).and_then(|file| {
            let len = file.metadata().map_or(0, |it| it.len());
            if !input.certain && len > MAX_LEN as u64 {
                return Ok(0);
            }
            bytes.reserve(len.min(MAX_READ) as usize + 1);
            file.take(MAX_READ + 1).read_to_end(&mut bytes)
        }),
    }
    .map_err(failed)?;
    if bytes.len() as u64 > MAX_READ {
        return Err(format!("cannot read `{}`: it has more than {} MB", input.name, MAX_READ >> 20));
    }
    // What holds neither word is no machine; most JSON files of a project end here.
    let possible = input.certain || holds(&bytes, b"StartAt") && holds(&bytes, b"States");
    if !possible {
        return Ok(None);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Err(format!("cannot read `{}`: it is not UTF-8 (byte {at})", input.name))
        }
    }
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    let first = word.first().copied();
    bytes.windows(word.len()).any(|window| window.first().copied() == first && window == word)
}

/// A path as a person would write it: without the `./` that a walk puts before it.
fn tidy(path: &Path) -> PathBuf {
    match path.strip_prefix(".") {
        Ok(rest) if !rest.as_os_str().is_empty() => rest.to_path_buf(),
        _ => path.to_path_buf(),
    }
}

/// A path as it stands in reports, the same on every system.
pub fn display(path: &Path) -> String {
    let text = path.to_string_lossy();
    // A path that has been made canonical begins with `\\?\` on Windows.
    let plain = || text.strip_prefix(r"\\?\").unwrap_or(&text).replace('\\', "/");
    if cfg!(windows) { plain() } else { text.into_owned() }
}
