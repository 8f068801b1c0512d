use asl_grammar::write;

use super::dead_choice_rule::constant;
use crate::catalog::fields::Object;
use crate::check::{Local, Report};

rule! {
    /// # Condition that is never true
    ///
    /// The condition is `false` whatever the data says, so the rule never matches. That is accepted, and useful only
    /// for as long as somebody tries something out.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [
    ///       { "Condition": "{% $states.input.n > 1 %}", "Next": "D" },
    ///       { "Condition": false, "Next": "D" }
    ///                      ^^^^^ this condition is never true
    ///     ],
    ///     "Default": "E"
    ///   },
    ///   "D": { "Type": "Succeed" },
    ///   "E": { "Type": "Fail" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [
    ///       { "Condition": "{% $states.input.n > 1 %}", "Next": "D" }
    ///     ],
    ///     "Default": "E"
    ///   },
    ///   "D": { "Type": "Succeed" },
    ///   "E": { "Type": "Fail" }
    /// } }
    /// ```
    pub static CONSTANT_CONDITION = { "constant-condition", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::ChoiceRule) {
        let Some(language) = place.language() else { continue };
        if let (Some(false), Some(condition)) = (constant(place.node, language), place.node.get("Condition"))
        {
            report.at(condition, "this condition is never true").fix(
                "Remove this rule",
                [write::remove(place.node)],
                false,
            );
        }
    }
}
