//! Checks over material that is not part of the repository: documents with one fault each, and real definitions from
//! public projects. They stand in a folder `shared` beside the repository; where it is missing, these tests say that
//! they were skipped.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use asl_grammar::text::Text;
use asl_lsp::analysis::{Analysis, Format};
use asl_lsp::check::{Finding, Level};
use asl_lsp::config::{Config, MachineType};
use asl_lsp::ide::fix_all::fix_all;
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
    // Cases whose level we do not share, with the reason.
    let other_level = [
        // The tests of the AWS Toolkit hold the same definition to be valid: a warning.
        "result-writer-incomplete.03.bad.asl.json",
    ];
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
                let level = hit.first().is_some_and(|it| case["severity"] == it.level.name())
                    || other_level.contains(&file);
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
    // What is said of valid documents, to be read now and then: `cargo test real -- --nocapture`.
    let mut said = Vec::new();
    // Labels that we hold to be wrong, with the reason.
    let mislabelled = [
        // AWS answers that `RoleArn` is required in `Credentials`.
        "valid-task-credentials.json",
        // AWS refuses two states of one name in different scopes (DUPLICATE_STATE_NAME).
        "documentSucceedFailTerminalState.asl.json",
        // A state in JSONPath in a machine in JSONata: AWS says that this cannot be.
        "valid-map-with-item-batcher-jsonata.json",
        // The arguments of `States.Format` stand there without commas.
        "documentValidParametersIntrinsicFunction.asl.yaml",
        "documentValidResultSelectorIntrinsicFunction.asl.yaml",
        // Assigns a variable `top-level`; the specification wants identifiers.
        "valid-assign.asl.json",
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
                said.extend(
                    findings
                        .iter()
                        .map(|it| format!("{} {}: {} {}", it.rule.name, row[file], it.pointer, it.message)),
                );
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
    said.sort();
    println!("said of valid documents:\n{}", said.join("\n"));
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

/// Every fix of every rule, applied by itself: the text stays readable, the finding is gone, and no error is new.
#[test]
fn fixes_mend_what_they_are_for() {
    let mut config = Config::default();
    for rule in rules::ALL {
        config.rules.entry(rule.name).or_insert(Some(rule.level));
    }
    let mut texts: Vec<(String, Format, String)> = Vec::new();
    for folder in ["rules/cases", "corpus"] {
        let Some(folder) = shared(folder) else { return };
        for path in files(&folder) {
            let name = path.display().to_string();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            if name.ends_with(".yaml") || name.ends_with(".yml") {
                texts.push((name, Format::Yaml, text));
            } else if name.ends_with(".json") && !name.ends_with("index.json") {
                if let Ok(value) = serde_json::from_str::<Value>(&text) {
                    texts.push((format!("{name} as YAML"), Format::Yaml, yaml(&value, 0)));
                    texts.push((format!("{name} on one line"), Format::Json, value.to_string()));
                }
                texts.push((name, Format::Json, text));
            }
        }
    }
    let config = Arc::new(config);
    let findings = |format: Format, text: &str| {
        Analysis::new(format, Text::new(text), config.clone()).findings().to_vec()
    };
    let mut tried = std::collections::BTreeMap::<&str, usize>::new();
    let mut wrong = Vec::new();
    for (name, format, text) in &texts {
        let before = findings(*format, text);
        // Of what a text means that cannot be read, everything may change.
        if before.iter().any(|it| it.rule.name == "json-syntax") && !name.contains("/cases/") {
            continue;
        }
        let errors = |all: &[Finding]| all.iter().filter(|it| it.level == Level::Error).count();
        let of = |all: &[Finding], rule: &str| all.iter().filter(|it| it.rule.name == rule).count();
        // What stood inside comes to light, and what stands behind moves: by its place or by its number.
        let same =
            |it: &Finding, what: &Finding| it.rule.name == what.rule.name && it.message == what.message;
        let said = |all: &[Finding], what: &Finding| all.iter().filter(|it| same(it, what)).count();
        for finding in &before {
            assert!(finding.rule.fixable || finding.fixes.is_empty(), "{} has a fix", finding.rule.name);
            for fix in &finding.fixes {
                let count = tried.entry(finding.rule.name).or_default();
                *count += 1;
                if *count > 60 {
                    continue;
                }
                let mut edits = fix.edits.clone();
                edits.sort_by_key(|edit| edit.range.start);
                let mut fixed = text.clone();
                for edit in edits.into_iter().rev() {
                    fixed.replace_range(edit.range, &edit.text);
                }
                let after = findings(*format, &fixed);
                let gone = said(&after, finding) < said(&before, finding)
                    || !after.iter().any(|it| same(it, finding) && it.pointer == finding.pointer);
                // A fix that has to be thought about may bring a consequence to light; in a document with more
                // than one fault any fix may.
                let worse = errors(&after) > errors(&before) && fix.safe && name.contains("/cases/");
                let broken = of(&after, "json-syntax") > of(&before, "json-syntax");
                if !gone || worse || broken {
                    let said: Vec<_> =
                        after.iter().filter(|it| it.level == Level::Error).map(|it| &it.message).collect();
                    wrong.push(format!(
                        "{name}: {} {}: `{}`, gone: {gone}, {said:?}\n{:?}",
                        finding.rule.name, finding.pointer, fix.title, fix.edits
                    ));
                }
            }
        }
    }
    println!("fixes tried: {tried:#?}");
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}

/// What `check --fix` and `source.fixAll` do: it does good, and all of it at once. Where the corpus is missing, the
/// examples of the rules are what is mended.
#[test]
fn mending_twice_is_mending_once() {
    let mut texts: Vec<(String, Format, String)> = Vec::new();
    for folder in ["rules/cases", "corpus"].iter().filter_map(|part| shared(part)) {
        for path in files(&folder) {
            let name = path.display().to_string();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            match path.extension().and_then(|it| it.to_str()) {
                Some("yaml" | "yml") => texts.push((name, Format::Yaml, text)),
                Some("json" | "asl") if !name.ends_with("index.json") => {
                    texts.push((name, Format::Json, text))
                }
                _ => {}
            }
        }
    }
    texts.extend(examples());
    let config = Arc::new(Config::default());
    let mut mended = 0;
    for (name, format, text) in &texts {
        let before = Analysis::new(*format, Text::new(text), config.clone());
        let Some(once) = fix_all(&before, |_| true) else { continue };
        mended += 1;
        let errors = |it: &Analysis| it.findings().iter().filter(|it| it.level == Level::Error).count();
        let gravity = |it: &Analysis| (it.findings().len(), errors(it));
        let ((left, grave), (had, graver)) = (gravity(&once.analysis), gravity(&before));
        assert!(left <= had && grave <= graver, "{name}: nothing new");
        assert!((left, grave) != (had, graver), "{name}: fewer findings, or fewer errors among them");
        let mut edited = text.clone();
        for edit in once.edits.iter().rev() {
            edited.replace_range(edit.range.clone(), &edit.text);
        }
        assert_eq!(edited, once.analysis.text.to_string(), "{name}: the edits lead there");
        if *format == Format::Json {
            assert!(
                serde_json::from_str::<Value>(&without_placeholders(&edited)).is_ok(),
                "{name}: {edited}"
            );
        }
        let twice = fix_all(&once.analysis, |_| true).map(|twice| twice.analysis.text.to_string());
        assert_eq!(twice, None, "{name}: nothing is left to mend");
    }
    println!("{mended} of {} documents mended", texts.len());
    assert!(mended > 30, "{mended}");
}

/// JSON but for comments and bare placeholders, neither of which are mended.
fn without_placeholders(text: &str) -> String {
    let analysis = Analysis::new(Format::Json, Text::new(text), Arc::new(Config::default()));
    let mut out = text.to_owned();
    for error in analysis.syntax.errors().iter().rev() {
        out.replace_range(
            error.range.clone(),
            if out[error.range.clone()].starts_with('/') { "" } else { "0" },
        );
    }
    out
}

/// The examples on the pages of the rules that are reported.
fn examples() -> Vec<(String, Format, String)> {
    let mut found = Vec::new();
    for rule in rules::ALL {
        let page = rules::page(rule);
        for block in page.split("Reported:\n\n```").skip(1) {
            let Some((language, rest)) = block.split_once('\n') else { continue };
            let text = rest.split("```").next().unwrap_or("");
            let lines = text.lines().filter(|line| !line.trim_start().starts_with('^'));
            let text: String = lines.map(|line| format!("{line}\n")).collect();
            let format = if language == "yaml" { Format::Yaml } else { Format::Json };
            found.push((format!("an example of {}", rule.name), format, text));
        }
    }
    found
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.path().is_dir() {
            true => found.extend(files(&entry.path())),
            false => found.push(entry.path()),
        }
    }
    found
}

/// The value as block YAML.
fn yaml(value: &Value, column: usize) -> String {
    let indent = " ".repeat(column);
    match value {
        Value::Object(members) if !members.is_empty() => members
            .iter()
            .map(|(name, value)| {
                let nested = matches!(value, Value::Object(it) if !it.is_empty())
                    || matches!(value, Value::Array(it) if !it.is_empty());
                let space = if nested { format!("\n{indent}  ") } else { " ".to_owned() };
                let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
                let name = if plain { name.clone() } else { Value::from(name.as_str()).to_string() };
                format!("{name}:{space}{}", yaml(value, column + 2))
            })
            .collect::<Vec<_>>()
            .join(&format!("\n{indent}")),
        Value::Array(items) if !items.is_empty() => items
            .iter()
            .map(|item| format!("- {}", yaml(item, column + 2)))
            .collect::<Vec<_>>()
            .join(&format!("\n{indent}")),
        other => other.to_string(),
    }
}

/// The rules see the tree and not the text: the same definition in YAML gives the same findings at the same places.
#[test]
fn yaml_is_judged_like_json() {
    let Some(folder) = shared("rules/cases") else { return };
    let said = |format: Format, text: &str| -> Vec<String> {
        let analysis = Analysis::new(format, Text::new(text), Arc::new(Config::default()));
        let mut said: Vec<_> = analysis
            .findings()
            .iter()
            .map(|it| format!("{} {} {}", it.rule.name, it.pointer, it.message))
            .collect();
        said.sort();
        said
    };
    let mut wrong = Vec::new();
    for path in files(&folder).iter().filter(|path| path.to_string_lossy().ends_with(".asl.json")) {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let Ok(value) = serde_json::from_str::<Value>(&text) else { continue };
        // What serde writes: without keys that stand twice.
        let (json, yaml) = (said(Format::Json, &value.to_string()), said(Format::Yaml, &yaml(&value, 0)));
        if json != yaml {
            wrong.push(format!("{}: {json:#?} and as YAML {yaml:#?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
