//! Holds the SARIF output to the structure of its schema (2.1.0): for each object which properties it may have, of
//! which type, and which it must have.

use serde_json::Value;

/// Object, then its properties: `!` is required, `[]` a list; the type is `text`, `number`, `flag`, one of some
/// words, or the name of another object.
const SCHEMA: &[(&str, &[&str])] = &[
    ("sarifLog", &["$schema: uri", "version!: 2.1.0", "runs![]: run"]),
    ("run", &["tool!: tool", "columnKind: utf16CodeUnits", "artifacts[]: artifact", "results[]: result"]),
    ("tool", &["driver!: toolComponent"]),
    (
        "toolComponent",
        &["name!: text", "version: text", "informationUri: uri", "rules[]: reportingDescriptor"],
    ),
    (
        "reportingDescriptor",
        &[
            "id!: text",
            "shortDescription: multiformatMessageString",
            "fullDescription: multiformatMessageString",
            "help: multiformatMessageString",
            "helpUri: uri",
            "defaultConfiguration: reportingConfiguration",
        ],
    ),
    ("multiformatMessageString", &["text!: text", "markdown: text"]),
    ("reportingConfiguration", &["enabled: flag", "level: none|note|warning|error"]),
    ("artifact", &["location: artifactLocation"]),
    ("artifactLocation", &["uri: reference"]),
    (
        "result",
        &[
            "ruleId: text",
            "ruleIndex: number",
            "level: none|note|warning|error",
            "message!: message",
            "partialFingerprints: map",
            "locations[]: location",
            "relatedLocations[]: location",
            "fixes[]: fix",
        ],
    ),
    ("message", &["text: text"]),
    (
        "location",
        &[
            "id: number",
            "message: message",
            "physicalLocation: physicalLocation",
            "logicalLocations[]: logicalLocation",
        ],
    ),
    ("physicalLocation", &["artifactLocation: artifactLocation", "region: region"]),
    ("logicalLocation", &["fullyQualifiedName: text"]),
    ("region", &["startLine: place", "startColumn: place", "endLine: place", "endColumn: place"]),
    ("fix", &["description: message", "artifactChanges![]: artifactChange"]),
    ("artifactChange", &["artifactLocation!: artifactLocation", "replacements![]: replacement"]),
    ("replacement", &["deletedRegion!: region", "insertedContent: artifactContent"]),
    ("artifactContent", &["text: text"]),
];

/// Panics with the place where the report departs from the schema.
pub fn assert_valid(report: &Value) {
    object(report, "sarifLog", "");
    for run in report["runs"].as_array().unwrap() {
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for result in run["results"].as_array().unwrap() {
            let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"], "the index leads to the rule");
        }
    }
}

fn object(value: &Value, kind: &str, path: &str) {
    let (_, properties) = SCHEMA.iter().find(|(name, _)| *name == kind).expect("a known object");
    let members = value.as_object().unwrap_or_else(|| panic!("{path}: {value} is no {kind}"));
    let rows: Vec<(&str, bool, bool, &str)> = properties
        .iter()
        .map(|row| {
            let (name, kind) = row.split_once(": ").unwrap();
            let bare = name.trim_end_matches("[]").trim_end_matches('!');
            (bare, name.contains('!'), name.ends_with("[]"), kind)
        })
        .collect();
    for (name, ..) in rows.iter().filter(|(_, required, ..)| *required) {
        assert!(members.contains_key(*name), "{path}: a {kind} needs {name}");
    }
    for (name, value) in members {
        let path = format!("{path}/{name}");
        let row = rows.iter().find(|(it, ..)| it == name);
        let (_, _, list, kind) = row.unwrap_or_else(|| panic!("{path}: {kind} has no such property"));
        match (list, value.as_array()) {
            (true, Some(items)) => {
                for (index, item) in items.iter().enumerate() {
                    any(item, kind, &format!("{path}/{index}"));
                }
            }
            (false, None) => any(value, kind, &path),
            _ => panic!("{path}: a list where none belongs, or none where one does"),
        }
    }
}

fn any(value: &Value, kind: &str, path: &str) {
    let fits = match kind {
        "text" => value.is_string(),
        "uri" => value.as_str().is_some_and(|text| text.starts_with("https://")),
        "reference" => value.as_str().is_some_and(|text| !text.is_empty() && !text.contains([' ', '"', '<'])),
        "number" => value.as_u64().is_some(),
        "place" => value.as_u64().is_some_and(|number| number > 0),
        "flag" => value.is_boolean(),
        "map" => value.as_object().is_some_and(|map| map.values().all(Value::is_string)),
        words if words.contains('|') => {
            value.as_str().is_some_and(|text| words.split('|').any(|it| it == text))
        }
        "2.1.0" | "utf16CodeUnits" => value == kind,
        _ => return object(value, kind, path),
    };
    assert!(fits, "{path}: {value} is no {kind}");
}
