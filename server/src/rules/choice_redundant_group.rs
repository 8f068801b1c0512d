use asl_grammar::text::Edit;
use asl_grammar::tree::{Kind, Member, Node};

use super::common::{is_jsonpath_rule, tests};
use crate::check::{Local, Report};

rule! {
    /// # And, Or or Not that could be left out
    ///
    /// `And` or `Or` of a single rule is that rule; `Not` of `Not` is the rule inside; `Not` of `IsPresent: true` is
    /// `IsPresent: false`, and so for all tests of that kind.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [
    ///       { "And": [{ "Variable": "$.n", "NumericEquals": 1 }], "Next": "D" },
    ///         ^^^^^ `And` holds a single rule
    ///       { "Not": { "Variable": "$.n", "IsPresent": true }, "Next": "D" }
    ///         ^^^^^ `IsPresent` can say this without `Not`
    ///     ]
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [
    ///       { "Variable": "$.n", "NumericEquals": 1, "Next": "D" },
    ///       { "Variable": "$.n", "IsPresent": false, "Next": "D" }
    ///     ]
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static CHOICE_REDUNDANT_GROUP = { "choice-redundant-group", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(is_jsonpath_rule) {
        let mut groups = tests(&place);
        let (Some(group), None) = (groups.next(), groups.next()) else { continue };
        if let ("And" | "Or", Some(only)) = (group.name(), only_item(group.value)) {
            let finding = report.at(group.key, format!("`{}` holds a single rule", group.name()));
            finding.fix("Put the rule in its place", [unwrap(local, group, only, None)], false);
        } else if group.name() == "Not" {
            let inner = group.value;
            if let Some(again) = inner.get("Not").filter(|it| it.kind() == Kind::Object) {
                let finding = report.at(group.key, "`Not` of `Not` is the rule inside");
                finding.fix("Put the rule in its place", [unwrap(local, group, again, None)], false);
            } else if let Some(test) = inner.members().find(|it| it.name().starts_with("Is"))
                && let Some(value) = test.value.as_bool()
                // Other tests of a kind fail where nothing is.
                && test.name() == "IsPresent"
            {
                let flipped = Edit { range: test.value.range(), text: (!value).to_string() };
                let finding = report.at(group.key, "`IsPresent` can say this without `Not`");
                finding.fix("Remove `Not`", [unwrap(local, group, inner, Some(flipped))], false);
            }
        }
    }
}

fn only_item(list: Node) -> Option<Node> {
    let mut items = list.items();
    let only = items.next().filter(|item| item.kind() == Kind::Object);
    if items.next().is_none() { only } else { None }
}

/// Replaces a group by the members of the rule in it, as in JSON.
fn unwrap(local: &Local, group: Member, rule: Node, change: Option<Edit>) -> Option<Edit> {
    if !group.key.is_quoted() || local.source.slice(rule.open()) != "{" {
        return None;
    }
    let start = rule.members().next()?.node.start();
    let end = rule.members().last()?.node.range().end;
    let mut text = local.source.slice(start..end);
    if let Some(change) = change {
        text.replace_range(change.range.start - start..change.range.end - start, &change.text);
    }
    Some(Edit { range: group.node.range(), text })
}
