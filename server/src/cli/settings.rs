//! Which configuration holds for a document: `asl-lsp.toml` in its folder or above, or the file named by `--config`,
//! and over either what the arguments say.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use super::complain;
use super::tools::UNUSABLE;
use crate::check::Rule;
use crate::config::{Config, MachineType, parse_toml};
use crate::rules;
use crate::suggest::nearest;

use super::files::display;

pub const FILE_NAME: &str = "asl-lsp.toml";

/// What the arguments say about the configuration.
#[derive(Default)]
pub struct Overrides {
    pub file: Option<PathBuf>,
    /// Only these rules, if there are any.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
    pub machine_type: Option<MachineType>,
}

pub struct Settings {
    select: Vec<&'static Rule>,
    ignore: Vec<&'static Rule>,
    machine_type: Option<MachineType>,
    /// Of `--config`, for all documents.
    given: Option<Arc<Config>>,
    found: Mutex<Found>,
}

#[derive(Default)]
struct Found {
    by_folder: HashMap<PathBuf, Arc<Config>>,
    problems: Vec<String>,
}

impl Settings {
    /// The problem is told here; the command can only end.
    pub fn new(overrides: &Overrides) -> Result<Settings, ExitCode> {
        Self::read(overrides).map_err(|message| {
            complain("error", &message);
            ExitCode::from(UNUSABLE)
        })
    }

    fn read(overrides: &Overrides) -> Result<Settings, String> {
        let rules = |codes: &[String]| codes.iter().map(|code| rule(code)).collect::<Result<Vec<_>, _>>();
        let mut settings = Settings {
            select: rules(&overrides.select)?,
            ignore: rules(&overrides.ignore)?,
            machine_type: overrides.machine_type,
            given: None,
            found: Mutex::default(),
        };
        if let Some(file) = &overrides.file {
            let mut problems = Vec::new();
            let config = read(file, &mut problems)?;
            settings.given = Some(settings.finish(config));
            settings.found = Mutex::new(Found { by_folder: HashMap::new(), problems });
        }
        Ok(settings)
    }

    /// The configuration of the documents of a folder.
    pub fn of(&self, folder: &Path) -> Arc<Config> {
        if let Some(config) = &self.given {
            return config.clone();
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(config) = found.by_folder.get(folder) {
            return config.clone();
        }
        let asked = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        // Only a path without `..` and links can be followed upwards.
        let whole = asked.canonicalize().unwrap_or_else(|_| asked.to_path_buf());
        let config = self.search(&whole, &mut found);
        found.by_folder.insert(folder.to_path_buf(), config.clone());
        config
    }

    fn search(&self, folder: &Path, found: &mut Found) -> Arc<Config> {
        let mut passed = Vec::new();
        let mut config = None;
        for folder in folder.ancestors() {
            config = found.by_folder.get(folder).cloned();
            if config.is_some() {
                break;
            }
            passed.push(folder.to_path_buf());
            let file = folder.join(FILE_NAME);
            if file.is_file() {
                let read = read(&file, &mut found.problems);
                config = Some(self.finish(read.unwrap_or_else(|problem| {
                    found.problems.push(problem);
                    Config::default()
                })));
                break;
            }
        }
        let config = config.unwrap_or_else(|| self.finish(Config::default()));
        found.by_folder.extend(passed.into_iter().map(|folder| (folder, config.clone())));
        config
    }

    /// What is wrong with the files that were read, in a fixed order.
    pub fn problems(&self) -> Vec<String> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let mut problems = std::mem::take(&mut found.problems);
        problems.sort();
        problems
    }

    fn finish(&self, mut config: Config) -> Arc<Config> {
        if !self.select.is_empty() {
            for rule in rules::ALL {
                let level = self.select.iter().any(|it| it.name == rule.name);
                let level = level.then(|| config.level(rule).unwrap_or(rule.level));
                config.rules.insert(rule.name, level);
            }
        }
        for rule in &self.ignore {
            config.rules.insert(rule.name, None);
        }
        if let Some(machine_type) = self.machine_type {
            config.machine_type = machine_type;
        }
        Arc::new(config)
    }
}

/// The rule of that code, or a sentence that says there is none.
pub fn rule(code: &str) -> Result<&'static Rule, String> {
    rules::find(code.trim()).ok_or_else(|| {
        let near = nearest(code, rules::ALL.iter().map(|rule| rule.name));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        format!("there is no rule `{code}`{hint}")
    })
}

/// Reads a file. That it cannot be read at all is an error; that it says strange things is only a problem.
fn read(file: &Path, problems: &mut Vec<String>) -> Result<Config, String> {
    let named = |message: String| format!("{}: {message}", display(&shown(file)));
    let text = std::fs::read_to_string(file).map_err(|error| named(error.to_string()))?;
    let settings = parse_toml(&text).map_err(named)?;
    let mut config = Config::default();
    problems.extend(config.apply(&settings).into_iter().map(named));
    Ok(config)
}

/// A path as the user would write it from here.
fn shown(file: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    here.ok()
        .and_then(|here| file.strip_prefix(here).ok().map(Path::to_path_buf))
        .unwrap_or_else(|| file.into())
}
