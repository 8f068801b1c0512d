//! What the server remembers: a map of documents, and the settings. The lock is held for microseconds, never while
//! computing.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use asl_grammar::syntax::Format;
use serde_json::Value;
use tower_lsp::lsp_types::{SemanticTokens, Url};

use crate::config::{self, Config};
use crate::document::Document;

use super::options::Client;

#[derive(Default)]
pub(crate) struct State {
    inner: Mutex<Inner>,
}

#[derive(Default)]
pub(crate) struct Inner {
    pub documents: HashMap<Url, Open>,
    pub client: Client,
    /// As the client last gave them.
    pub settings: Value,
    /// Problems with settings that the user has been told of.
    pub told: std::collections::HashSet<String>,
}

pub(crate) struct Open {
    pub document: Arc<Document>,
    /// A task is checking it.
    pub checking: bool,
    /// The semantic tokens that the client was last given.
    pub tokens: Option<Arc<SemanticTokens>>,
}

/// What a request is answered from: one version of a document.
#[derive(Clone)]
pub(crate) struct Snapshot {
    pub uri: Url,
    pub document: Arc<Document>,
    pub client: Client,
}

impl State {
    pub fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing panics while it holds the lock; and if it did, the map would still be whole.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn snapshot(&self, uri: &Url) -> Option<Snapshot> {
        let inner = self.lock();
        let document = inner.documents.get(uri)?.document.clone();
        Some(Snapshot { uri: uri.clone(), document, client: inner.client.clone() })
    }

    /// Every open document, in the order of their names.
    pub fn snapshots(&self) -> Vec<Snapshot> {
        let inner = self.lock();
        let snapshot = |(uri, open): (&Url, &Open)| Snapshot {
            uri: uri.clone(),
            document: open.document.clone(),
            client: inner.client.clone(),
        };
        let mut snapshots: Vec<Snapshot> = inner.documents.iter().map(snapshot).collect();
        snapshots.sort_by(|a, b| a.uri.cmp(&b.uri));
        snapshots
    }

    /// The same settings are kept once: documents that have them can be told by the pointer.
    pub fn shared(&self, config: Config) -> Arc<Config> {
        let inner = self.lock();
        let same = inner.documents.values().map(|open| open.document.config()).find(|it| ***it == config);
        same.cloned().unwrap_or_else(|| Arc::new(config))
    }
}

/// Whether a document is ours by what it is called, and how it is written.
pub(crate) fn kind_of(uri: &Url, language: &str) -> (bool, Format) {
    let name = uri.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let yaml_name = [".yaml", ".yml"].iter().any(|ending| name.ends_with(ending));
    let declared = matches!(language, "asl" | "asl-yaml" | "states-language" | "amazon-states-language")
        || [".asl", ".asl.json", ".asl.yaml", ".asl.yml"].iter().any(|ending| name.ends_with(ending));
    let yaml = match language {
        "asl-yaml" | "yaml" => true,
        "asl" | "json" | "jsonc" => false,
        _ => yaml_name,
    };
    (declared, if yaml { Format::Yaml } else { Format::Json })
}

/// The settings for a document: those of the client, overruled by the file `asl-lsp.toml` found upwards from it.
/// Returns what is wrong with them as well.
pub(crate) fn configuration(uri: &Url, settings: &Value) -> (Config, Vec<String>) {
    let mut config = Config::default();
    let settings = settings.get("asl").unwrap_or(settings);
    let mut problems: Vec<String> =
        config.apply(settings).into_iter().map(|problem| format!("settings: {problem}")).collect();
    let path = uri.to_file_path().ok();
    if let Some((file, text)) = path.as_deref().and_then(Path::parent).and_then(settings_file) {
        let found = match config::parse_toml(&text) {
            Ok(value) => config.apply(&value),
            Err(error) => vec![error],
        };
        problems.extend(found.into_iter().map(|problem| format!("{}: {problem}", file.display())));
    }
    (config, problems)
}

/// The nearest settings file, with its text.
fn settings_file(folder: &Path) -> Option<(PathBuf, String)> {
    folder.ancestors().map(|folder| folder.join(config::FILE_NAME)).find_map(|file| {
        let text = std::fs::read_to_string(&file).ok()?;
        Some((file, text))
    })
}
