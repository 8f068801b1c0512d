//! The hand-kept tables in `facts/`: what the API models do not say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::layout::Support;

/// All tables.
pub struct Facts {
    pub source: Source,
    pub services: BTreeMap<String, Service>,
    pub optimized: Vec<Optimized>,
    /// Pages that follow no rule: (service, operation) → page.
    pub links: BTreeMap<(String, String), String>,
    /// IAM actions that follow no rule.
    pub iam: BTreeMap<(String, String), String>,
    /// What the SDK changes by hand: (service, shape) → changes.
    pub overrides: BTreeMap<(String, String), Vec<Override>>,
}

/// The pinned package.
#[derive(Serialize, Deserialize)]
pub struct Source {
    pub package: String,
    pub version: String,
    pub sha256: String,
}

/// One row of `services.csv`.
pub struct Service {
    pub directory: String,
    pub support: Support,
    /// Empty: as the service signs its requests.
    pub iam_prefix: String,
    pub unsupported: BTreeSet<String>,
    pub doubtful: BTreeSet<String>,
    pub page: String,
    pub anchor: String,
}

/// One row of `overrides.csv`.
pub struct Override {
    pub member: String,
    pub change: Change,
}

/// What the SDK did to a member.
pub enum Change {
    /// Another name.
    Rename(String),
    /// A second name; neither is then required.
    Alias(String),
    /// A further text member.
    Add,
    /// Not required.
    Optional,
}

/// An action of `optimized.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optimized {
    pub service: String,
    pub action: String,
    /// The folder in botocore and the operation that it wraps.
    pub api: Option<String>,
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
    pub guide: String,
    /// Members of the API that it does not take.
    #[serde(default)]
    pub without: Vec<String>,
    /// Parameters that are its own, or differ from the API.
    #[serde(default)]
    pub own: Vec<Parameter>,
    /// Parameters that a source beyond the API names.
    #[serde(default)]
    pub seen: Vec<String>,
    #[serde(default)]
    pub refused_with: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub one_of: Vec<Vec<String>>,
    pub result: Option<ResultShape>,
    /// The result carries the metadata of the HTTP answer.
    #[serde(default)]
    pub sdk_metadata: bool,
    pub sync_result: Option<ResultShape>,
    /// Members that are text with `.sync` and JSON with `.sync:2`.
    #[serde(default)]
    pub sync2_json: Vec<String>,
    pub error_prefix: String,
    #[serde(default)]
    pub errors: Vec<String>,
    #[serde(default)]
    pub notes: Vec<String>,
}

/// A parameter that differs from the API.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: Type,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub deprecated: bool,
    pub default: Option<String>,
    pub note: Option<String>,
}

/// How a table writes a type.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Type {
    /// `string`, `json`, `map<string,list<string>>`, or a shape of the API, `emr:StepConfig`.
    Name(String),
    Enum {
        #[serde(rename = "enum")]
        values: Vec<String>,
    },
    Structure {
        members: Vec<Parameter>,
    },
}

/// What an action gives back.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum ResultShape {
    /// A shape of the API.
    Shape(String),
    /// These members.
    Members(BTreeMap<String, String>),
    /// A shape with further members.
    Both(String, BTreeMap<String, String>),
}

impl Facts {
    /// Reads all tables of the folder.
    pub fn read(folder: &Path) -> Result<Facts, String> {
        let mut facts = Facts {
            source: json(folder, "source.json")?,
            services: BTreeMap::new(),
            optimized: json(folder, "optimized.json")?,
            links: BTreeMap::new(),
            iam: BTreeMap::new(),
            overrides: BTreeMap::new(),
        };
        for row in table::<8>(folder, "services.csv")? {
            let [token, directory, support, iam_prefix, unsupported, doubtful, page, anchor] = row;
            let names = |text: &str| text.split_whitespace().map(str::to_owned).collect();
            let support = Support::ALL
                .into_iter()
                .find(|it| it.name() == support)
                .ok_or_else(|| format!("services.csv: {token}: no such support: {support}"))?;
            let (unsupported, doubtful) = (names(&unsupported), names(&doubtful));
            facts.services.insert(
                token,
                Service { directory, support, iam_prefix, unsupported, doubtful, page, anchor },
            );
        }
        for [service, operation, page] in table::<3>(folder, "links.csv")? {
            facts.links.insert((service, operation), page);
        }
        for [service, operation, action] in table::<3>(folder, "iam.csv")? {
            facts.iam.insert((service, operation), action);
        }
        for [service, shape, member, change, name] in table::<5>(folder, "overrides.csv")? {
            let change = match change.as_str() {
                "rename" => Change::Rename(name),
                "alias" => Change::Alias(name),
                "add" => Change::Add,
                "optional" => Change::Optional,
                other => return Err(format!("overrides.csv: no such change: {other}")),
            };
            facts.overrides.entry((service, shape)).or_default().push(Override { member, change });
        }
        Ok(facts)
    }
}

/// Writes down which package the catalogue is made from.
pub fn pin(folder: &Path, version: &str, sha256: &str) -> Result<(), String> {
    let source =
        Source { package: "botocore".to_owned(), version: version.to_owned(), sha256: sha256.to_owned() };
    let text = serde_json::to_string_pretty(&source).map_err(|error| error.to_string())?;
    std::fs::write(folder.join("source.json"), text + "\n").map_err(|error| error.to_string())
}

fn json<T: for<'a> Deserialize<'a>>(folder: &Path, name: &str) -> Result<T, String> {
    let text = std::fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))
}

/// The rows of a table after its heading. No cell of ours holds a comma, so there are no quotes.
fn table<const N: usize>(folder: &Path, name: &str) -> Result<Vec<[String; N]>, String> {
    let text = std::fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
    text.lines()
        .enumerate()
        .skip(1)
        .map(|(line, row)| {
            let cells: Vec<String> = row.split(',').map(str::to_owned).collect();
            cells.try_into().map_err(|_| format!("{name}:{}: not {N} cells", line + 1))
        })
        .collect()
}
