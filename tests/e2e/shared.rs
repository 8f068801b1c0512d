//! Checks over material that is not part of the repository: documents with one fault each, and real definitions from
//! public projects. They stand in a folder `shared` beside the repository; where it is missing, these tests say that
//! they were skipped.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use asl_grammar::text::Text;
use asl_lsp::analysis::{Analysis, Format};
use asl_lsp::check::{Finding, Level};
use asl_lsp::config::{Config, MachineType};
use asl_lsp::rules;
use serde_json::Value;

pub fn shared(part: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(part);
    if !path.exists() {
        println!("skipped: there is no `shared/{part}` beside the repository");
        return None;
    }
    Some(path)
}

fn analyse(path: &Path, config: Config) -> Option<(String, Vec<Finding>)> {
    let text = String::from_utf8(std::fs::read(path).ok()?).ok()?;
    let yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let format = if yaml { Format::Yaml } else { Format::Json };
    let analysis = Analysis::new(format, Text::new(&text), Arc::new(config));
    Some((text, analysis.findings().to_vec()))
}

/// Is a position of the case's range inside the finding's, or the other way round?
fn overlaps(text: &str, finding: &Finding, range: &Value) -> bool {
    let text = Text::new(text);
    let at = |place: &Value| {
        let number = |name: &str| place[name].as_u64().unwrap_or(0) as u32;
        let position = asl_grammar::text::Position { line: number("line"), column: number("character") };
        text.offset(position, asl_grammar::text::Encoding::Utf16)
    };
    let (start, end) = (at(&range["start"]), at(&range["end"]));
    finding.range.start <= end && start <= finding.range.end
}

#[test]
fn cases_with_one_fault_give_one_finding() {
    let Some(folder) = shared("rules/cases") else { return };
    let index = std::fs::read_to_string(folder.join("index.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&index).unwrap();
    let mut wrong = Vec::new();
    let (mut faulty, mut valid) = (0, 0);
    for case in &cases {
        let file = case["file"].as_str().unwrap();
        let code = case["code"].as_str();
        let mut config = Config::default();
        if case["type"] == "EXPRESS" {
            config.machine_type = MachineType::Express;
        }
        if let Some(rule) = code.and_then(rules::find).filter(|rule| !rule.on) {
            config.rules.insert(rule.name, Some(rule.level));
        }
        let Some((text, findings)) = analyse(&folder.join(file), config) else { continue };
        let also: Vec<&str> =
            case["also"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let said: Vec<String> =
            findings.iter().map(|it| format!("{} {} {}", it.rule.name, it.pointer, it.message)).collect();
        let loud = |it: &&Finding| it.level <= Level::Warning && !also.contains(&it.rule.name);
        match code {
            None => {
                valid += 1;
                if findings.iter().any(|it| loud(&it)) {
                    wrong.push(format!("{file}: is valid, but {said:#?}"));
                }
            }
            Some(code) => {
                // Rules that do not exist yet say nothing; then the case must at least be silent.
                let known = rules::find(code).is_some();
                faulty += usize::from(known);
                let (hit, other): (Vec<&Finding>, Vec<&Finding>) = findings
                    .iter()
                    .filter(|it| it.rule.name == code || loud(it))
                    .partition(|it| it.rule.name == code);
                let at_place = |it: &&&Finding| {
                    overlaps(&text, it, &case["range"])
                        && (case["pointer"].is_null() || case["pointer"] == it.pointer.as_str())
                };
                let placed = (hit.len() == 1 || also.contains(&code)) && hit.iter().any(|it| at_place(&it));
                let level = hit.first().is_some_and(|it| case["severity"] == it.level.name());
                if known && (!placed || !level || !other.is_empty()) || !known && !other.is_empty() {
                    wrong.push(format!(
                        "{file}: expects {code} at {} {}: {said:#?}",
                        case["pointer"], case["range"]
                    ));
                }
            }
        }
    }
    println!("{faulty} faulty and {valid} valid cases, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn real_definitions() {
    let Some(folder) = shared("corpus") else { return };
    let index = std::fs::read_to_string(folder.join("index.csv")).unwrap();
    let mut rows = csv(&index).into_iter();
    let header = rows.next().unwrap();
    let column = |name: &str| header.iter().position(|it| it == name).unwrap();
    let (file, expected, reason, kind) =
        (column("file"), column("expected"), column("expected_reason"), column("kind"));
    let mut wrong = Vec::new();
    let (mut valid, mut invalid, mut missed) = (0, 0, Vec::new());
    // Labels that we hold to be wrong, with the reason.
    let mislabelled = [
        // AWS answers that `RoleArn` is required in `Credentials`.
        "valid-task-credentials.json",
        // AWS refuses two states of one name in different scopes (DUPLICATE_STATE_NAME).
        "documentSucceedFailTerminalState.asl.json",
        // `InvalidArn` and `$variableName` are no ARNs; the tests they come from do not look at Resources.
        "documentTaskInvalidArn.asl.json",
        "documentTaskValidVariableSubstitution.asl.yaml",
    ];
    for row in rows.filter(|row| row[kind] == "document" || row[kind] == "broken") {
        let Some((_, findings)) = analyse(&folder.join(&row[file]), Config::default()) else { continue };
        let errors: Vec<String> = findings
            .iter()
            .filter(|it| it.level == Level::Error)
            .map(|it| format!("{} {} {}", it.rule.name, it.pointer, it.message))
            .collect();
        match row[expected].as_str() {
            "valid" => {
                valid += 1;
                if !errors.is_empty() && !mislabelled.iter().any(|name| row[file].ends_with(name)) {
                    wrong.push(format!("{}: is valid, but {errors:#?}", row[file]));
                }
            }
            "invalid" => {
                invalid += 1;
                if errors.is_empty() {
                    missed.push(format!("{}: {}", row[file], row[reason]));
                }
            }
            _ => {}
        }
    }
    println!(
        "{valid} valid documents; {invalid} invalid ones, of which {} have no error:\n{}",
        missed.len(),
        missed.join("\n")
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rows of a CSV text with quoted cells.
pub fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = vec![String::new()];
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let cell = row.last_mut().unwrap();
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(std::mem::replace(&mut row, vec![String::new()])),
            '\r' if !quoted => {}
            _ => cell.push(c),
        }
    }
    rows
}
