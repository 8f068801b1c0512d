use std::collections::HashMap;

use asl_grammar::tree::{Kind, Node};
use asl_grammar::write;

use crate::asl::{Language, is_unknown};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Level, Local, Report};

rule! {
    /// # Rule that can never match
    ///
    /// The rules of a Choice are tried in their order, and the first that matches decides. A rule that makes the same
    /// test as an earlier one, or that comes after one that is always true, is never reached.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [
    ///       { "Variable": "$.n", "NumericEquals": 1, "Next": "D" },
    ///       { "NumericEquals": 1, "Variable": "$.n", "Next": "E" }
    ///       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this rule never decides: an earlier one makes the same test
    ///     ],
    ///     "Default": "E"
    ///   },
    ///   "D": { "Type": "Succeed" },
    ///   "E": { "Type": "Fail" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [
    ///       { "Variable": "$.n", "NumericEquals": 1, "Next": "D" }
    ///     ],
    ///     "Default": "E"
    ///   },
    ///   "D": { "Type": "Succeed" },
    ///   "E": { "Type": "Fail" }
    /// } }
    /// ```
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [
    ///       { "Condition": true, "Next": "D" },
    ///       { "Condition": "{% $states.input.n = 1 %}", "Next": "E" }
    ///       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this rule never decides: an earlier one is always true
    ///     ]
    ///   },
    ///   "D": { "Type": "Succeed" },
    ///   "E": { "Type": "Fail" }
    /// } }
    /// ```
    pub static DEAD_CHOICE_RULE = { "dead-choice-rule", Warning, Local(check), fixable, unnecessary }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Choice)) {
        let (Some(choices), Some(language)) = (place.node.get("Choices"), place.language()) else { continue };
        // Between `{% for %}` and `{% endfor %}` of a template stands one rule for many.
        if place.is_damaged() {
            continue;
        }
        let mut seen: HashMap<String, Node> = HashMap::new();
        let mut always: Option<Node> = None;
        for rule in choices.items().filter(|rule| rule.kind() == Kind::Object && !is_unknown(*rule)) {
            let same = match test(rule, language) {
                Some(test) if always.is_none() => match seen.get(&test) {
                    None => {
                        seen.insert(test, rule);
                        None
                    }
                    earlier => earlier.copied(),
                },
                _ => None,
            };
            let (earlier, why) = match (always, same) {
                (Some(always), _) => (always, "is always true"),
                (None, Some(same)) => (same, "makes the same test"),
                (None, None) => {
                    if constant(rule, language) == Some(true) {
                        always = Some(rule);
                    }
                    continue;
                }
            };
            let finding = report.at(rule, format!("this rule never decides: an earlier one {why}"));
            finding.related(earlier.range(), "the earlier rule");
            finding.fix("Remove this rule", [write::remove(rule)], false);
        }
        if let (Some(always), Some(default)) = (always, place.node.member("Default")) {
            report
                .at(default.node, "`Default` is never reached: a rule is always true")
                .level(Level::Hint)
                .related(always.range(), "the rule");
        }
    }
}

/// The truth of a rule that does not depend on the data.
pub(super) fn constant(rule: Node, language: Language) -> Option<bool> {
    let condition = rule.get("Condition").filter(|_| language == Language::Jsonata)?;
    let text = match condition.kind() {
        Kind::Bool => return condition.as_bool(),
        Kind::String => condition.text(),
        _ => return None,
    };
    match text.strip_prefix("{%")?.strip_suffix("%}")?.trim() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// What a rule tests, in a form in which equal tests are equal texts. None when it may come out differently each time.
fn test(rule: Node, language: Language) -> Option<String> {
    if language == Language::Jsonata {
        let condition = rule.get("Condition")?.as_str()?;
        let changes = ["$random", "$now", "$millis", "$uuid"].iter().any(|name| condition.contains(name));
        return (!changes).then(|| condition.to_owned());
    }
    let mut out = String::new();
    canonical(rule, true, &mut out);
    (out.len() > 2).then_some(out)
}

fn canonical(node: Node, is_rule: bool, out: &mut String) {
    match node.kind() {
        Kind::Object => {
            let mut members: Vec<_> = node
                .members()
                .filter(|it| !(is_rule && matches!(it.name(), "Comment" | "Next" | "Assign" | "Output")))
                .collect();
            members.sort_by_key(|member| member.name());
            out.push('{');
            for member in members {
                *out += &format!("{:?}:", member.name());
                let nested = matches!(member.name(), "And" | "Or" | "Not");
                canonical(member.value, is_rule && nested, out);
                out.push(',');
            }
            out.push('}');
        }
        Kind::Array => {
            out.push('[');
            for item in node.items() {
                canonical(item, is_rule, out);
                out.push(',');
            }
            out.push(']');
        }
        _ => *out += &format!("{:?}{:?}", node.kind(), node.text()),
    }
}
