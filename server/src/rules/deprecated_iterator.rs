use asl_grammar::write;

use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Iterator
    ///
    /// `Iterator` is the old name of `ItemProcessor`. It still works; new options such as `ProcessorConfig` are
    /// described for the new name only.
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "Iterator": { "StartAt": "Row", "States": { "Row": { "Type": "Pass", "End": true } } },
    ///   ^^^^^^^^^^ `Iterator` is now called `ItemProcessor`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemProcessor": { "StartAt": "Row", "States": { "Row": { "Type": "Pass", "End": true } } },
    ///   "End": true
    /// } } }
    /// ```
    pub static DEPRECATED_ITERATOR = { "deprecated-iterator", Hint, Local(check), fixable, deprecated }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Map)) {
        let Some(member) = place.node.member("Iterator").filter(|_| !place.has("ItemProcessor")) else {
            continue;
        };
        report.at(member.key, "`Iterator` is now called `ItemProcessor`").fix(
            "Rename to `ItemProcessor`",
            [Some(write::rename(member.key, "ItemProcessor"))],
            true,
        );
    }
}
