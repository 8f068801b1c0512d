use asl_grammar::write;

use crate::asl::Language;
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Parameters on Map
    ///
    /// What a Map hands to each iteration is now said in `ItemSelector`; `Parameters` is its old name there. (Task,
    /// Pass and Parallel states keep `Parameters`.)
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "Parameters": { "row.$": "$$.Map.Item.Value" },
    ///   ^^^^^^^^^^^^ on a Map, `Parameters` is now called `ItemSelector`
    ///   "ItemProcessor": { "StartAt": "Row", "States": { "Row": { "Type": "Pass", "End": true } } },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemSelector": { "row.$": "$$.Map.Item.Value" },
    ///   "ItemProcessor": { "StartAt": "Row", "States": { "Row": { "Type": "Pass", "End": true } } },
    ///   "End": true
    /// } } }
    /// ```
    pub static DEPRECATED_MAP_PARAMETERS = { "deprecated-map-parameters", Hint, Local(check), fixable, deprecated }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Map)) {
        // In a JSONata state the field is reported as one of the other language.
        let usable = !place.has("ItemSelector") && place.language() != Some(Language::Jsonata);
        let Some(member) = place.node.member("Parameters").filter(|_| usable) else { continue };
        report.at(member.key, "on a Map, `Parameters` is now called `ItemSelector`").fix(
            "Rename to `ItemSelector`",
            [Some(write::rename(member.key, "ItemSelector"))],
            true,
        );
    }
}
