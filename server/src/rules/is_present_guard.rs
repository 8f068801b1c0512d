use std::collections::HashSet;

use asl_grammar::tree::{Member, Node};
use asl_grammar::write::{self, Value};

use super::common::{descendants, is_jsonpath_rule, plain_path};
use crate::catalog::fields::{Object, operator};
use crate::catalog::states::StateType;
use crate::check::{Finding, Local, Report};

rule! {
    /// # Test of a value that may not be there
    ///
    /// When the path of a `Variable` leads nowhere, a comparison fails the execution with `States.Runtime`, which
    /// nothing catches. Ask for `IsPresent` first, in the same `And`.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "D" }],
    ///                               ^^^^^ nothing asks whether `$.n` is there at all
    ///     "Default": "D"
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "And": [{ "Variable": "$.n", "IsPresent": true }, { "Variable": "$.n", "NumericEquals": 1 }], "Next": "D" }],
    ///     "Default": "D"
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [{
    ///       "And": [
    ///         { "Variable": "$.n", "IsPresent": true },
    ///         { "Variable": "$.n", "NumericEquals": 1 },
    ///         { "Variable": "$.m", "StringEquals": "x" }
    ///                       ^^^^^ nothing asks whether `$.m` is there at all
    ///       ],
    ///       "Next": "D"
    ///     }],
    ///     "Default": "D"
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [{
    ///       "And": [
    ///         { "Variable": "$.n", "IsPresent": true },
    ///         { "Variable": "$.n", "NumericEquals": 1 },
    ///         { "Variable": "$.m", "IsPresent": true },
    ///         { "Variable": "$.m", "StringEquals": "x" }
    ///       ],
    ///       "Next": "D"
    ///     }],
    ///     "Default": "D"
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static IS_PRESENT_GUARD = { "is-present-guard", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for choice in local.places().filter(|place| place.place.object == Object::State(StateType::Choice)) {
        if choice.is_damaged() {
            continue;
        }
        // Wherever in the state somebody asks, they have thought of it.
        let rules = descendants(choice.node).filter(|node| node.get("IsPresent").is_some());
        let mut asked: HashSet<&str> = rules.filter_map(|rule| rule.get("Variable")?.as_str()).collect();
        let own = |place: &&crate::check::PlaceView| place.place.state == choice.place.state;
        let rules: Vec<_> = local.places().filter(|place| own(&place) && is_jsonpath_rule(place)).collect();
        for rule in rules {
            let Some(variable) = rule.node.member("Variable") else { continue };
            let path = variable.value.text();
            let known = plain_path(path).is_none_or(str::is_empty);
            let test = rule.members().map(|(member, _)| member).find(|member| compares(member.name()));
            let Some(test) = test.filter(|_| !known && asked.insert(path)) else { continue };
            let finding = report.at(variable.value, format!("nothing asks whether `{path}` is there at all"));
            guard(local, rule.node, variable, test, finding);
        }
    }
}

/// Looks the operator at the value? `IsNull` and its like are about what is there, too, but people use them to ask.
fn compares(name: &str) -> bool {
    operator(name).is_some() && !name.starts_with("Is")
}

fn guard(local: &Local, rule: Node, variable: Member, test: Member, finding: &mut Finding) {
    let title = "Ask for `IsPresent` first";
    let path = || Value::text(variable.value.text());
    let asks = Value::object([("Variable", path()), ("IsPresent", Value::plain(true))]);
    let list = rule.parent().and_then(Node::parent).and_then(Node::as_member);
    if list.is_some_and(|list| list.name() == "And") {
        finding.fix(title, [write::insert_item_before(local.source, rule, &asks)], false);
        return;
    }
    let operand = local.source.slice(test.value.range());
    let compares = Value::object([("Variable", path()), (test.name(), Value::plain(operand))]);
    let both = Value::List(vec![asks, compares]);
    let edits = [write::replace_member(local.source, variable, "And", &both), write::remove(test.node)];
    finding.fix(title, edits, false);
}
