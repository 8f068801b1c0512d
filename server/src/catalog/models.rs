//! The user's own API models: every AWS CLI and every botocore carries them, with documentation.
//!
//! The setting `catalog.models` names a folder or says `auto`. Nothing is read before somebody asks for a
//! service, and then only that service's file. A file that is broken or too large is reported once and
//! ignored. Ask the embedded catalogue what exists, and this one what it means.

mod folders;
mod gzip;
mod markdown;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Deserialize;

pub use folders::{Environment, find};
pub use markdown::markdown;

use super::integrations::{self, Integration, naming};

/// A model of several megabytes is normal; these are no models.
const LARGEST: usize = 64 << 20;
/// How many services to keep.
const KEPT: usize = 3;

/// What `catalog.models` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Setting {
    /// Nothing is looked for.
    #[default]
    Off,
    /// The standard places.
    Auto,
    /// This folder.
    Folder(PathBuf),
}

impl Setting {
    /// Reads the value of the setting.
    pub fn of(text: &str) -> Setting {
        match text.trim() {
            "" | "off" => Setting::Off,
            "auto" => Setting::Auto,
            folder => Setting::Folder(PathBuf::from(folder)),
        }
    }
}

/// The models of one user.
#[derive(Debug, Default)]
pub struct Models {
    folders: Vec<PathBuf>,
    newer: OnceLock<Vec<NewerService>>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The services read last, the latest at the end.
    kept: Vec<(String, Arc<Model>)>,
    /// Files that will not be read again.
    ignored: BTreeSet<PathBuf>,
    problems: Vec<String>,
}

/// A service that the embedded catalogue does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewerService {
    /// The name in a Resource, behind `aws-sdk:`.
    pub token: String,
    pub title: String,
    directory: String,
}

/// A parameter of an action of a newer service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewerParameter {
    pub name: String,
    pub wire_name: String,
    /// `structure`, `list`, `string`…
    pub kind: String,
    pub required: bool,
}

/// Kept for the life of the process: opening them looks through folders.
static SHARED: Mutex<BTreeMap<String, Arc<Models>>> = Mutex::new(BTreeMap::new());

impl Models {
    /// The models that a setting names, opened once.
    pub fn shared(setting: &str) -> Arc<Models> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let open = || Arc::new(Models::open(&Setting::of(setting), &Environment::of_process(None)));
        shared.entry(setting.to_owned()).or_insert_with(open).clone()
    }

    /// Looks for folders, and reads nothing yet. With [`Setting::Off`] it does not even look.
    pub fn open(setting: &Setting, environment: &Environment) -> Models {
        let folders = match setting {
            Setting::Off => Vec::new(),
            Setting::Auto => find(environment),
            Setting::Folder(folder) => vec![folder.clone()],
        };
        let mut models = Models { folders, ..Models::default() };
        if let Setting::Folder(folder) = setting
            && !folder.is_dir()
        {
            let problem = format!("catalog.models: there is no folder {}", folder.display());
            models.state.get_mut().unwrap_or_else(PoisonError::into_inner).problems.push(problem);
        }
        models
    }

    /// The folders in use, the first one wins.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// What went wrong since the last call. Nothing is told twice.
    pub fn take_problems(&self) -> Vec<String> {
        std::mem::take(&mut self.lock().problems)
    }

    /// What an operation does, as Markdown.
    pub fn operation_text(&self, token: &str, operation: &str) -> Option<String> {
        let model = self.model(token)?;
        text(&model.operations.get(operation)?.documentation)
    }

    /// What a parameter means, as Markdown. `path` holds the API names of the members from the top; items of
    /// lists and values of maps need no step.
    pub fn parameter_text(&self, token: &str, operation: &str, path: &[&str]) -> Option<String> {
        let model = self.model(token)?;
        let mut shape = &model.operations.get(operation)?.input.as_ref()?.shape;
        let mut found = None;
        for name in path {
            let member = model.structure(shape)?.members.get(*name)?;
            shape = &member.shape;
            found = Some(member);
        }
        let member = found?;
        text(&member.documentation).or_else(|| text(&model.shapes.get(shape)?.documentation))
    }

    /// The services that the embedded catalogue does not know.
    pub fn newer_services(&self) -> &[NewerService] {
        self.newer.get_or_init(|| self.find_newer())
    }

    /// The actions of a newer service.
    pub fn newer_actions(&self, token: &str) -> Vec<String> {
        let model =
            self.newer_services().iter().find(|it| it.token == token).and_then(|it| self.read(&it.directory));
        model.map(|it| it.operations.keys().map(|it| naming::action(it)).collect()).unwrap_or_default()
    }

    /// The parameters of an action of a newer service.
    pub fn newer_parameters(&self, token: &str, action: &str) -> Vec<NewerParameter> {
        let parameters = || {
            let service = self.newer_services().iter().find(|it| it.token == token)?;
            let model = self.read(&service.directory)?;
            let operation = model.operations.iter().find(|(name, _)| naming::action(name) == action)?.1;
            let input = model.shapes.get(&operation.input.as_ref()?.shape)?;
            let parameter = |(wire, member): (&String, &Member)| NewerParameter {
                name: naming::sdk_key(wire),
                wire_name: wire.clone(),
                kind: model.shapes.get(&member.shape).map(|it| it.kind.clone()).unwrap_or_default(),
                required: input.required.contains(wire) && !member.idempotency_token,
            };
            Some(input.members.iter().map(parameter).collect())
        };
        parameters().unwrap_or_default()
    }

    fn find_newer(&self) -> Vec<NewerService> {
        let sdk = || integrations::services().filter(|it| it.integration == Integration::Sdk);
        let known: BTreeSet<&str> = sdk().map(|it| it.directory()).collect();
        let tokens: BTreeSet<&str> = sdk().map(|it| it.token).collect();
        let mut newer: BTreeMap<String, NewerService> = BTreeMap::new();
        let folders = self.folders.iter().filter_map(|it| std::fs::read_dir(it).ok());
        for entry in folders.flatten().flatten() {
            let Ok(directory) = entry.file_name().into_string() else { continue };
            // Only folders with names of their own are opened, which are few.
            if known.contains(directory.as_str()) || !entry.path().is_dir() {
                continue;
            }
            let Some(model) = self.read(&directory) else { continue };
            let token = naming::service_name(&model.metadata.service_id).to_ascii_lowercase();
            if token.is_empty() || tokens.contains(token.as_str()) {
                continue;
            }
            let title = model.metadata.title.clone();
            newer.entry(token.clone()).or_insert(NewerService { token, title, directory });
        }
        newer.into_values().collect()
    }

    fn model(&self, token: &str) -> Option<Arc<Model>> {
        if self.folders.is_empty() {
            return None;
        }
        match integrations::service(Integration::Sdk, token).map(|it| it.directory()) {
            Some(directory) if !directory.is_empty() => self.read(directory),
            _ => {
                let newer = self.newer_services().iter().find(|it| it.token == token)?;
                self.read(&newer.directory)
            }
        }
    }

    fn read(&self, directory: &str) -> Option<Arc<Model>> {
        if let Some(model) = self.lock().kept(directory) {
            return Some(model);
        }
        let path = self.folders.iter().find_map(|it| newest(&it.join(directory)))?;
        if self.lock().ignored.contains(&path) {
            return None;
        }
        // Without the lock: others need not wait for a file.
        match Model::read(&path) {
            Ok(model) => {
                let model = Arc::new(model);
                self.lock().keep(directory, model.clone());
                Some(model)
            }
            Err(problem) => {
                let mut state = self.lock();
                if state.ignored.insert(path.clone()) {
                    state.problems.push(format!("{}: {problem}", path.display()));
                }
                None
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn kept(&mut self, directory: &str) -> Option<Arc<Model>> {
        let at = self.kept.iter().position(|it| it.0 == directory)?;
        let found = self.kept.remove(at);
        let model = found.1.clone();
        self.kept.push(found);
        Some(model)
    }

    fn keep(&mut self, directory: &str, model: Arc<Model>) {
        self.kept.retain(|it| it.0 != directory);
        self.kept.push((directory.to_owned(), model));
        if self.kept.len() > KEPT {
            self.kept.remove(0);
        }
    }
}

/// The model file of the newest API version in a service's folder.
fn newest(folder: &Path) -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.flatten().map(|it| it.path()).collect();
    versions.sort();
    let files = |version: &PathBuf| ["service-2.json", "service-2.json.gz"].map(|it| version.join(it));
    versions.iter().rev().flat_map(files).find(|it| it.is_file())
}

fn text(html: &Option<String>) -> Option<String> {
    let text = markdown(html.as_deref()?);
    (!text.is_empty()).then_some(text)
}

/// What is read of a model file.
#[derive(Debug, Deserialize)]
struct Model {
    #[serde(default)]
    metadata: Metadata,
    #[serde(default)]
    operations: BTreeMap<String, Operation>,
    #[serde(default)]
    shapes: BTreeMap<String, Shape>,
}

#[derive(Debug, Default, Deserialize)]
struct Metadata {
    #[serde(default, rename = "serviceId")]
    service_id: String,
    #[serde(default, rename = "serviceFullName")]
    title: String,
}

#[derive(Debug, Deserialize)]
struct Operation {
    documentation: Option<String>,
    input: Option<Reference>,
}

#[derive(Debug, Deserialize)]
struct Reference {
    shape: String,
}

#[derive(Debug, Deserialize)]
struct Shape {
    #[serde(rename = "type")]
    kind: String,
    documentation: Option<String>,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    members: BTreeMap<String, Member>,
    member: Option<Reference>,
    value: Option<Reference>,
}

#[derive(Debug, Deserialize)]
struct Member {
    shape: String,
    documentation: Option<String>,
    #[serde(default, rename = "idempotencyToken")]
    idempotency_token: bool,
}

impl Model {
    fn read(path: &Path) -> Result<Model, String> {
        let length = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
        if usize::try_from(length).map_or(true, |it| it > LARGEST) {
            return Err("the model is too large".to_owned());
        }
        let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
        let is_packed = path.extension().is_some_and(|it| it == "gz");
        let bytes = match is_packed {
            true => gzip::gunzip(&bytes, LARGEST).ok_or("the file is broken or too large")?,
            false => bytes,
        };
        serde_json::from_slice(&bytes).map_err(|error| format!("this is no API model: {error}"))
    }

    /// The structure that a shape is or holds.
    fn structure(&self, name: &str) -> Option<&Shape> {
        let mut shape = self.shapes.get(name)?;
        // Lists of lists are rare, and longer chains would be a circle.
        for _ in 0..8 {
            match shape.member.as_ref().or(shape.value.as_ref()) {
                Some(inner) => shape = self.shapes.get(&inner.shape)?,
                None => break,
            }
        }
        Some(shape)
    }
}

#[cfg(test)]
mod tests;
