//! Settings, shared by the editor and the command line.

use std::collections::HashMap;
use std::sync::Arc;

use crate::catalog::models::Models;
use crate::check::{Level, Rule};
use crate::rules;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum MachineType {
    Standard,
    Express,
    #[default]
    Unknown,
}

/// The settings file, looked for in the folder of a document and upwards.
pub const FILE_NAME: &str = "asl-lsp.toml";

/// What to check and how. Made from defaults, the client's settings and a file, later ones winning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Levels of rules that differ from their defaults; None switches a rule off.
    pub rules: HashMap<&'static str, Option<Level>>,
    pub machine_type: MachineType,
    /// Where further service models are, or `auto`.
    pub models: Option<String>,
    /// How far the formatter indents a level, if the settings say so.
    pub indent: Option<usize>,
    pub inlay: Inlay,
}

/// What is shown between the words of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inlay {
    /// The query language of states that inherit it.
    pub languages: bool,
    /// Seconds in larger units.
    pub durations: bool,
    /// The operations that SDK integrations call.
    pub targets: bool,
}

impl Inlay {
    pub fn any(self) -> bool {
        self.languages || self.durations || self.targets
    }
}

impl Config {
    /// The level at which a rule reports, or None when it is off.
    pub fn level(&self, rule: &Rule) -> Option<Level> {
        match self.rules.get(rule.name) {
            Some(level) => *level,
            None => rule.on.then_some(rule.level),
        }
    }

    /// The models of services that the user has, if the settings name any.
    pub fn user_models(&self) -> Option<Arc<Models>> {
        self.models.as_deref().map(Models::shared)
    }

    /// Takes settings over. What is wrong with them is returned, one sentence each; the rest is used.
    pub fn apply(&mut self, settings: &serde_json::Value) -> Vec<String> {
        let mut problems = Vec::new();
        let Some(sections) = settings.as_object() else {
            if !settings.is_null() {
                problems.push("the settings must be a table".to_owned());
            }
            return problems;
        };
        for (section, value) in sections {
            match section.as_str() {
                "rules" => self.apply_rules(value, &mut problems),
                "machine" => {
                    each(value, section, &mut problems, |key, value, problems| match (key, value.as_str()) {
                        ("type", Some("standard")) => self.machine_type = MachineType::Standard,
                        ("type", Some("express")) => self.machine_type = MachineType::Express,
                        ("type", Some("unknown")) => self.machine_type = MachineType::Unknown,
                        ("type", _) => problems.push(format!(
                            "`machine.type` is \"standard\", \"express\" or \"unknown\", not {value}"
                        )),
                        _ => unknown_key(section, key, problems),
                    })
                }
                "catalog" => each(value, section, &mut problems, |key, value, problems| match (key, value) {
                    ("models", serde_json::Value::String(path)) => self.models = Some(path.clone()),
                    ("models", serde_json::Value::Null) => self.models = None,
                    ("models", _) => {
                        problems.push(format!("`catalog.models` is a path or \"auto\", not {value}"))
                    }
                    _ => unknown_key(section, key, problems),
                }),
                "format" => {
                    each(value, section, &mut problems, |key, value, problems| match (key, value.as_u64()) {
                        ("indent", Some(indent @ 1..=8)) => self.indent = Some(indent as usize),
                        ("indent", None) if value.is_null() => self.indent = None,
                        ("indent", _) => {
                            problems.push(format!("`format.indent` is a number from 1 to 8, not {value}"))
                        }
                        _ => unknown_key(section, key, problems),
                    })
                }
                "inlay" => each(value, section, &mut problems, |key, value, problems| {
                    let shown = match key {
                        "languages" => &mut self.inlay.languages,
                        "durations" => &mut self.inlay.durations,
                        "targets" => &mut self.inlay.targets,
                        _ => return unknown_key(section, key, problems),
                    };
                    match value {
                        serde_json::Value::Bool(value) => *shown = *value,
                        serde_json::Value::Null => *shown = false,
                        _ => problems.push(format!("`inlay.{key}` is true or false, not {value}")),
                    }
                }),
                // Settings of the editor's extension, which the server leaves alone.
                "trace" | "server" => {}
                _ => problems.push(format!("there is no setting `{section}`")),
            }
        }
        problems
    }

    fn apply_rules(&mut self, value: &serde_json::Value, problems: &mut Vec<String>) {
        each(value, "rules", problems, |name, value, problems| {
            let Some(rule) = rules::find(name) else {
                let near = crate::suggest::nearest(name, rules::ALL.iter().map(|rule| rule.name));
                let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                problems.push(format!("there is no rule `{name}`{hint}"));
                return;
            };
            match value.as_str() {
                Some("off") => {
                    self.rules.insert(rule.name, None);
                }
                Some(word) if Level::from_name(word).is_some() => {
                    self.rules.insert(rule.name, Level::from_name(word));
                }
                _ => problems.push(format!(
                    "the level of `{name}` is \"error\", \"warning\", \"information\", \"hint\" or \"off\", not {value}"
                )),
            }
        });
    }
}

fn each(
    value: &serde_json::Value,
    section: &str,
    problems: &mut Vec<String>,
    mut with: impl FnMut(&str, &serde_json::Value, &mut Vec<String>),
) {
    match value.as_object() {
        Some(table) => table.iter().for_each(|(key, value)| with(key, value, problems)),
        None => problems.push(format!("`{section}` must be a table, not {value}")),
    }
}

fn unknown_key(section: &str, key: &str, problems: &mut Vec<String>) {
    problems.push(format!("there is no setting `{section}.{key}`"));
}

/// Reads the text of an `asl-lsp.toml`.
pub fn parse_toml(text: &str) -> Result<serde_json::Value, String> {
    toml::from_str(text).map_err(|error| error.message().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn takes_what_is_right_and_names_what_is_wrong() {
        let mut config = Config::default();
        let problems = config.apply(&json!({
            "rules": { "unknown-field": "warning", "unreachable-state": "off", "unknwon-field": "hint", "wrong-type": 3 },
            "machine": { "type": "express", "size": 1 },
            "colour": true
        }));
        assert_eq!(config.rules["unknown-field"], Some(Level::Warning));
        assert_eq!(config.rules["unreachable-state"], None);
        assert_eq!(config.machine_type, MachineType::Express);
        assert_eq!(
            problems,
            [
                "there is no rule `unknwon-field`; did you mean `unknown-field`?",
                "the level of `wrong-type` is \"error\", \"warning\", \"information\", \"hint\" or \"off\", not 3",
                "there is no setting `machine.size`",
                "there is no setting `colour`",
            ]
        );
    }

    #[test]
    fn hints_are_asked_for_one_by_one() {
        let mut config = Config::default();
        assert!(!config.inlay.any());
        let mut problems =
            config.apply(&json!({ "inlay": { "durations": true, "targets": 1, "size": true } }));
        problems.sort();
        assert_eq!(config.inlay, Inlay { durations: true, ..Inlay::default() });
        assert_eq!(problems, ["`inlay.targets` is true or false, not 1", "there is no setting `inlay.size`"]);
    }

    #[test]
    fn reads_the_file() {
        let settings = parse_toml("[rules]\nunknown-field = \"hint\"\n[format]\nindent = 4\n").unwrap();
        let mut config = Config::default();
        assert!(config.apply(&settings).is_empty());
        assert_eq!(config.indent, Some(4));
        assert!(parse_toml("[rules").is_err());
    }
}
