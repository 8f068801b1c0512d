//! What is special about optimized integrations, beyond the shapes of their parameters.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::index;

/// The facts of one action. The generator writes them.
#[derive(Debug, Deserialize)]
pub struct ActionFacts {
    pub service: String,
    pub action: String,
    /// Token of the SDK service and the operation that it wraps.
    pub api: Option<(String, String)>,
    /// What people call the service, when there is no API to say it.
    pub title: Option<String>,
    /// The permission it needs, when there is no API to say it.
    pub iam: Option<String>,
    /// The field of a Map that it serves, when it is no resource of a Task.
    pub place: Option<String>,
    pub patterns: Vec<String>,
    /// Patterns of which the sources say different things.
    #[serde(default)]
    pub doubtful_patterns: Vec<String>,
    /// Its page in the guide.
    pub guide: String,
    /// Parameters that are refused with some patterns.
    #[serde(default)]
    pub refused_with: BTreeMap<String, Vec<String>>,
    /// Groups of parameters of which one is needed.
    #[serde(default)]
    pub one_of: Vec<Vec<String>>,
    pub error_prefix: String,
    #[serde(default)]
    pub errors: Vec<String>,
    #[serde(default)]
    pub notes: Vec<String>,
    #[serde(default)]
    pub parameter_notes: BTreeMap<String, String>,
    #[serde(default)]
    pub defaults: BTreeMap<String, String>,
}

/// The facts of one action.
pub fn find(service: &str, action: &str) -> Option<&'static ActionFacts> {
    of_service(service).find(|it| it.action == action)
}

/// The actions of one service.
pub fn of_service(service: &str) -> impl Iterator<Item = &'static ActionFacts> {
    all().iter().filter(move |it| it.service == service)
}

/// All actions, sorted by service and name.
pub fn all() -> &'static [ActionFacts] {
    static FACTS: OnceLock<Vec<ActionFacts>> = OnceLock::new();
    FACTS.get_or_init(|| {
        let packed = index().frame(&index().facts);
        let raw = miniz_oxide::inflate::decompress_to_vec(packed).unwrap_or_default();
        serde_json::from_slice(&raw).unwrap_or_default()
    })
}
