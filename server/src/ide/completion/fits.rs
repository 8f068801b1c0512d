//! Which fields and values fit beside what stands there already.

use asl_grammar::tree::{Kind, Node};

use super::Context;
use crate::asl::{Language, is_unknown, plain_key};
use crate::catalog::fields::{Field, Object, operator};
use crate::catalog::states::StateType;

/// May the field be added to an object that has these members?
pub(super) fn field_fits(object: Object, node: Option<Node>, field: &Field, present: &[&str]) -> bool {
    let has = |name: &str| present.contains(&name);
    if has(field.name) || field.excludes.iter().any(|it| has(it)) {
        return false;
    }
    let word = |name: &str| node?.get(name)?.as_str();
    match (object, field.name) {
        // A state goes on or ends.
        (Object::State(_), "Next") => !has("End"),
        (Object::State(_), "End") => !has("Next"),
        (Object::State(StateType::Map), _) => {
            !field.distributed || node.and_then(map_mode) != Some(Mode::Inline)
        }
        (Object::ProcessorConfig, "ExecutionType") => word("Mode") != Some("INLINE"),
        (Object::ChoiceRule | Object::NestedRule, name) => rule_fits(name, present),
        (Object::ReaderConfig, "CSVDelimiter" | "CSVHeaderLocation") => {
            !matches!(word("InputType"), Some("JSON" | "JSONL" | "PARQUET"))
        }
        (Object::ReaderConfig, "CSVHeaders") => {
            !matches!(word("InputType"), Some("JSON" | "JSONL" | "PARQUET"))
                && word("CSVHeaderLocation") != Some("FIRST_ROW")
        }
        (Object::ReaderConfig, "ItemsPointer") => {
            !matches!(word("InputType"), Some("CSV" | "JSONL" | "PARQUET" | "MANIFEST"))
        }
        (Object::ReaderConfig, "InputType") => word("ManifestType") != Some("S3_INVENTORY"),
        (Object::ReaderConfig, "ManifestType") => !matches!(word("Transformation"), Some("LOAD_AND_FLATTEN")),
        (Object::Credentials, name) => !present.iter().any(|it| plain_key(it) == plain_key(name)),
        _ => true,
    }
}

/// A rule tests one thing: with one operator, or by a combination of other rules.
fn rule_fits(name: &str, present: &[&str]) -> bool {
    let group = |name: &str| matches!(name, "And" | "Or" | "Not");
    let tests = |name: &str| group(name) || operator(name).is_some();
    let jsonata = present.contains(&"Condition");
    if name == "Variable" {
        return !jsonata && !present.iter().any(|it| group(it));
    }
    if tests(name) {
        let variable = group(name) && present.contains(&"Variable");
        return !jsonata && !variable && !present.iter().any(|it| tests(it));
    }
    name != "Condition" || !present.iter().any(|it| tests(it) || *it == "Variable")
}

/// May the word be the value of the field here?
pub(super) fn word_fits(context: &Context, field: &Field, word: &str) -> bool {
    let container = context.spot.container;
    let machine = || context.analysis.syntax.root()?.get("QueryLanguage")?.as_str();
    match (field.name, word) {
        // A machine in JSONata has no states in JSONPath.
        ("QueryLanguage", "JSONPath") => {
            container.is_none_or(|it| it.parent().is_none())
                || machine().and_then(Language::from_name) != Some(Language::Jsonata)
        }
        ("Transformation", "LOAD_AND_FLATTEN") => {
            let reader = container.and_then(|it| it.ancestors().skip(1).find(|it| it.kind() == Kind::Object));
            let resource = reader.and_then(|it| it.get("Resource"));
            !resource.is_some_and(|it| it.text().ends_with(":s3:getObject"))
        }
        _ => true,
    }
}

/// How a Map works on its items. None when that cannot be told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Inline,
    Distributed,
}

pub(super) fn map_mode(map: Node) -> Option<Mode> {
    let processor = map.get("ItemProcessor").or_else(|| map.get("Iterator"))?;
    let members =
        |node: Node| (node.kind() == Kind::Object && !is_unknown(node)).then(|| node.members().count());
    // An empty one is still being written.
    if members(processor)? == 0 {
        return None;
    }
    let Some(config) = processor.get("ProcessorConfig") else { return Some(Mode::Inline) };
    if members(config)? == 0 {
        return None;
    }
    match config.get("Mode").map(Node::as_str) {
        None | Some(Some("INLINE")) => Some(Mode::Inline),
        Some(Some("DISTRIBUTED")) => Some(Mode::Distributed),
        Some(_) => None,
    }
}
