use asl_grammar::tree::Node;
use asl_grammar::write::{self};

use crate::asl::is_unknown;
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Choice that decides nothing
    ///
    /// All rules and `Default` lead to the same state, and none of them sets variables or shapes the output. The
    /// state decides nothing: it could be left out, or one of the names is wrong.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///   ^^^ whatever `Q` finds, the next state is `D`
    ///     "Type": "Choice",
    ///     "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "D" }],
    ///     "Default": "D"
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Pass",
    ///     "Next": "D"
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "D" }],
    ///     "Default": "E"
    ///   },
    ///   "D": { "Type": "Succeed" },
    ///   "E": { "Type": "Fail" }
    /// } }
    /// ```
    pub static CHOICE_SINGLE_TARGET = { "choice-single-target", Hint, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Choice)) {
        let (Some(choices), Some(default)) = (place.node.get("Choices"), place.node.get("Default")) else {
            continue;
        };
        let Some(target) = default.as_str().filter(|_| !is_unknown(default) && !place.is_damaged()) else {
            continue;
        };
        let shapes = |node: Node| ["Assign", "Output"].iter().any(|name| node.get(name).is_some());
        let same =
            |rule: Node| rule.get("Next").and_then(|next| next.as_str()) == Some(target) && !shapes(rule);
        let mut rules = choices.items().peekable();
        if rules.peek().is_none() || shapes(place.node) || !rules.all(same) {
            continue;
        }
        let name = place.key.map_or("", |key| key.text());
        let finding = report.owner(&place, format!("whatever `{name}` finds, the next state is `{target}`"));
        let (kind, rules) = (place.node.get("Type"), place.node.member("Choices"));
        let default = place.node.member("Default").map(|default| write::rename(default.key, "Next"));
        let edits = [
            kind.map(|kind| write::set_text(local.source, kind, StateType::Pass.name())),
            rules.and_then(|rules| write::remove(rules.node)),
            default,
        ];
        finding.fix("Make it a Pass state", edits, false);
    }
}
