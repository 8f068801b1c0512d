use super::dead_choice_rule::constant;
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Choice without Default
    ///
    /// When no rule matches and there is no `Default`, the execution fails with `States.NoChoiceMatched`, and a
    /// Choice state has no `Catch`. If that is what is meant, a `Default` that leads to a Fail state says so in words
    /// of your own.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "D" }] },
    ///   ^^^ the Choice state `Q` has no `Default`
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "D" }],
    ///     "Default": "D"
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static CHOICE_WITHOUT_DEFAULT = { "choice-without-default", Information, Local(check), off }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Choice)) {
        let (Some(choices), Some(language)) = (place.node.get("Choices"), place.language()) else { continue };
        let always = choices.items().any(|rule| constant(rule, language) == Some(true));
        if always || place.has("Default") || place.is_damaged() {
            continue;
        }
        let name = place.key.map_or("", |key| key.text());
        report.owner(&place, format!("the Choice state `{name}` has no `Default`"));
    }
}
