//! Pieces of machines to insert: data in JSON, in which `<1:text>` is a place to fill in, written out as a snippet of
//! JSON or YAML that fits its surroundings.
//!
//! A text that is nothing but such a place, with a number or a boolean in it, is written without quotes.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::write::{escape, is_plain_yaml, json_content};
use crate::asl::Language;

/// A template with what it is for.
pub(super) struct Template {
    pub name: &'static str,
    pub summary: &'static str,
    pub body: &'static Map<String, Value>,
}

/// The skeleton of a state of each type, by the name of the type.
pub(super) fn states(language: Language) -> Vec<Template> {
    static DATA: OnceLock<Map<String, Value>> = OnceLock::new();
    read(&DATA, include_str!("templates/states.json"), language)
}

/// What people often write: some states that go together.
pub(super) fn patterns(language: Language) -> Vec<Template> {
    static DATA: OnceLock<Map<String, Value>> = OnceLock::new();
    read(&DATA, include_str!("templates/patterns.json"), language)
}

/// Elements of lists of objects.
pub(super) fn elements(language: Language) -> Vec<Template> {
    static DATA: OnceLock<Map<String, Value>> = OnceLock::new();
    read(&DATA, include_str!("templates/elements.json"), language)
}

/// Whole documents.
pub(super) fn documents(language: Language) -> Vec<Template> {
    static DATA: OnceLock<Map<String, Value>> = OnceLock::new();
    read(&DATA, include_str!("templates/documents.json"), language)
}

fn read(data: &'static OnceLock<Map<String, Value>>, text: &str, language: Language) -> Vec<Template> {
    let all = data.get_or_init(|| serde_json::from_str(text).unwrap_or_default());
    let templates = all.iter().filter_map(|(name, template)| {
        let body = template.get(language.name()).or_else(|| template.get("Both"))?.as_object()?;
        let summary = template.get("Summary").and_then(Value::as_str).unwrap_or_default();
        Some(Template { name, summary, body })
    });
    templates.collect()
}

/// The surroundings that a template has to fit.
pub(super) struct Layout {
    /// YAML without brackets.
    pub block: bool,
    /// Brackets within a block: a line that begins too far left would end it.
    pub one_line: bool,
    /// What stands before the first letter of each line but the first.
    pub indent: String,
    /// One step of indentation.
    pub unit: String,
}

impl Layout {
    /// The members, without the brackets around them.
    pub fn members(&self, members: &Map<String, Value>) -> String {
        match self.block {
            true => self.block_members(members, &self.indent),
            false => self.joined(self.flow_members(members, &self.indent)),
        }
    }

    /// One value, as it stands behind the colon of a key. In a block it begins on a line of its own.
    pub fn value(&self, value: &Value) -> String {
        match (self.block, value) {
            (true, Value::Object(members)) if !members.is_empty() => {
                let indent = format!("{}{}", self.indent, self.unit);
                format!("\n{indent}{}", self.block_members(members, &indent))
            }
            (true, value) => self.block_value(value, &self.indent),
            (false, value) => self.joined(self.flow_value(value, &self.indent)),
        }
    }

    fn joined(&self, text: String) -> String {
        if !self.one_line {
            return text;
        }
        text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
    }

    fn flow_members(&self, members: &Map<String, Value>, indent: &str) -> String {
        let members = members.iter().map(|(key, value)| {
            format!("\"{}\": {}", snippet(key, json_content), self.flow_value(value, indent))
        });
        members.collect::<Vec<_>>().join(&format!(",\n{indent}"))
    }

    fn flow_value(&self, value: &Value, indent: &str) -> String {
        let inner = format!("{indent}{}", self.unit);
        match value {
            Value::Object(members) if members.is_empty() => "{\\}".into(),
            Value::Object(members) => {
                format!("{{\n{inner}{}\n{indent}\\}}", self.flow_members(members, &inner))
            }
            Value::Array(items) if items.iter().all(is_scalar) => self.flow_list(items),
            Value::Array(items) => {
                let items = items.iter().map(|it| self.flow_value(it, &inner)).collect::<Vec<_>>();
                format!("[\n{inner}{}\n{indent}]", items.join(&format!(",\n{inner}")))
            }
            scalar => flow_scalar(scalar),
        }
    }

    fn flow_list(&self, items: &[Value]) -> String {
        format!("[{}]", items.iter().map(flow_scalar).collect::<Vec<_>>().join(", "))
    }

    fn block_members(&self, members: &Map<String, Value>, indent: &str) -> String {
        let members = members.iter().map(|(key, value)| {
            let key = match is_plain_yaml(&filled(key)) {
                true => snippet(key, str::to_owned),
                false => format!("\"{}\"", snippet(key, json_content)),
            };
            let inner = format!("{indent}{}", self.unit);
            match value {
                Value::Object(members) if !members.is_empty() => {
                    format!("{key}:\n{inner}{}", self.block_members(members, &inner))
                }
                Value::Array(items) if !items.iter().all(is_scalar) => {
                    format!("{key}:\n{inner}{}", self.block_value(value, &inner))
                }
                value => format!("{key}: {}", self.block_value(value, indent)),
            }
        });
        members.collect::<Vec<_>>().join(&format!("\n{indent}"))
    }

    fn block_value(&self, value: &Value, indent: &str) -> String {
        match value {
            Value::Object(members) if members.is_empty() => "{\\}".into(),
            Value::Object(members) => self.block_members(members, indent),
            Value::Array(items) if items.iter().all(is_scalar) => self.flow_list(items),
            Value::Array(items) => {
                let inner = format!("{indent}  ");
                let items = items.iter().map(|it| format!("- {}", self.block_value(it, &inner)));
                items.collect::<Vec<_>>().join(&format!("\n{indent}"))
            }
            Value::String(text) if is_bare(text) || is_plain_yaml(&filled(text)) => {
                snippet(text, str::to_owned)
            }
            scalar => flow_scalar(scalar),
        }
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn flow_scalar(value: &Value) -> String {
    match value {
        Value::String(text) if is_bare(text) => snippet(text, str::to_owned),
        Value::String(text) => format!("\"{}\"", snippet(text, json_content)),
        other => other.to_string(),
    }
}

/// Is the text a place for a number or a boolean?
fn is_bare(text: &str) -> bool {
    match parts(text).as_slice() {
        [Part::Place(_, default)] => default.parse::<f64>().is_ok() || matches!(*default, "true" | "false"),
        _ => false,
    }
}

/// A piece of a text of a template.
enum Part<'t> {
    Text(&'t str),
    Place(&'t str, &'t str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find('<').map(|at| from + at) {
        let place = rest[at + 1..].split_once('>').map(|(place, after)| {
            let (number, default) = place.split_once(':').unwrap_or((place, ""));
            (number, default, after)
        });
        match place {
            Some((number, default, after))
                if !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()) =>
            {
                parts.push(Part::Text(&rest[..at]));
                parts.push(Part::Place(number, default));
                (rest, from) = (after, 0);
            }
            _ => from = at + 1,
        }
    }
    parts.push(Part::Text(rest));
    parts.retain(|part| !matches!(part, Part::Text("")));
    parts
}

fn snippet(text: &str, content: impl Fn(&str) -> String) -> String {
    let parts = parts(text);
    let parts = parts.iter().map(|part| match part {
        Part::Text(text) => escape(&content(text)),
        Part::Place(number, "") => format!("${{{number}}}"),
        Part::Place(number, default) => format!("${{{number}:{}}}", escape(&content(default))),
    });
    parts.collect()
}

/// A text with what stands in its places.
fn filled(text: &str) -> String {
    let parts = parts(text);
    let parts = parts.iter().map(|part| match part {
        Part::Text(text) => *text,
        Part::Place(_, default) => *default,
    });
    parts.collect()
}

/// The same members, with other names for the states among them: `wanted` for the first one, and others for those that
/// are taken.
pub(super) fn renamed(
    members: &Map<String, Value>,
    are_states: bool,
    wanted: Option<&str>,
    taken: &dyn Fn(&str) -> bool,
) -> Map<String, Value> {
    let mut names = Vec::new();
    if are_states {
        names.extend(members.keys().map(|it| filled(it)));
    }
    members.values().for_each(|it| state_names(it, &mut names));
    let mut renames: HashMap<String, String> = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        let mut new = match (index, wanted) {
            (0, Some(wanted)) => wanted.to_owned(),
            _ => name.clone(),
        };
        let base = new.clone();
        let mut number = 2;
        while Some(new.as_str()) != wanted.filter(|_| index == 0) && taken(&new)
            || renames.values().any(|it| *it == new)
        {
            new = format!("{base} {number}");
            number += 1;
        }
        if names.iter().position(|it| it == name) == Some(index) {
            renames.insert(name.clone(), new);
        }
    }
    rename_members(members, are_states, &renames)
}

fn state_names(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::Object(states)) = members.get("States") {
                names.extend(states.keys().map(|it| filled(it)));
            }
            members.values().for_each(|it| state_names(it, names));
        }
        Value::Array(items) => items.iter().for_each(|it| state_names(it, names)),
        _ => {}
    }
}

fn rename_members(
    members: &Map<String, Value>,
    are_states: bool,
    renames: &HashMap<String, String>,
) -> Map<String, Value> {
    let members = members.iter().map(|(key, value)| {
        let value = match (key.as_str(), value) {
            ("States", Value::Object(states)) if !are_states => {
                Value::Object(rename_members(states, true, renames))
            }
            ("Next" | "StartAt" | "Default", Value::String(text)) => Value::String(rename(text, renames)),
            (_, Value::Object(members)) => Value::Object(rename_members(members, false, renames)),
            (_, Value::Array(items)) => {
                let items = items.iter().map(|it| match it {
                    Value::Object(members) => Value::Object(rename_members(members, false, renames)),
                    other => other.clone(),
                });
                Value::Array(items.collect())
            }
            _ => value.clone(),
        };
        (if are_states { rename(key, renames) } else { key.clone() }, value)
    });
    members.collect()
}

fn rename(text: &str, renames: &HashMap<String, String>) -> String {
    let Some(new) = renames.get(&filled(text)) else { return text.to_owned() };
    match parts(text).as_slice() {
        // A bracket would end the place too soon.
        [Part::Place(number, _)] if !new.contains('>') => format!("<{number}:{new}>"),
        _ => new.clone(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn layout(block: bool) -> Layout {
        Layout { block, one_line: false, indent: "  ".into(), unit: "  ".into() }
    }

    fn data(text: &str) -> Map<String, Value> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn is_written_in_both_formats() {
        let data = data(
            r#"{"<1:A b>": {"Seconds": "<2:60>", "Path": "$.<3:x}>", "Empty": "<4>", "Yes": true, "None": {},
                "List": [{"a": "1 < 2"}, {"b": ["x", "y"]}]}}"#,
        );
        expect![[r#"
            "${1:A b}": {
                "Seconds": ${2:60},
                "Path": "\$.${3:x\}}",
                "Empty": "${4}",
                "Yes": true,
                "None": {\},
                "List": [
                  {
                    "a": "1 < 2"
                  \},
                  {
                    "b": ["x", "y"]
                  \}
                ]
              \}"#]]
        .assert_eq(&layout(false).members(&data));
        expect![[r#"
            ${1:A b}:
                Seconds: ${2:60}
                Path: "\$.${3:x\}}"
                Empty: "${4}"
                Yes: true
                None: {\}
                List:
                  - a: "1 < 2"
                  - b: ["x", "y"]"#]]
        .assert_eq(&layout(true).members(&data));
    }

    #[test]
    fn names_make_way() {
        let data = data(
            r#"{"<1:A>": {"Next": "<2:B>", "Branches": [{"StartAt": "C", "States": {"C": {}}}]}, "<2:B>": {"Next": "<1:A>"}}"#,
        );
        let taken = |name: &str| name == "C" || name == "B" || name == "B 2";
        expect![[r#"{"<1:Wanted>":{"Next":"<2:B 3>","Branches":[{"StartAt":"C 2","States":{"C 2":{}}}]},"<2:B 3>":{"Next":"<1:Wanted>"}}"#]]
            .assert_eq(&Value::Object(renamed(&data, true, Some("Wanted"), &taken)).to_string());
    }
}
