use super::common::{Mode, map_mode, whole_number};
use crate::catalog::fields::Object;
use crate::catalog::limits::INLINE_MAP_CONCURRENCY;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # MaxConcurrency above what an inline Map does
    ///
    /// An inline Map works on about 40 items at a time, however high `MaxConcurrency` is. A Distributed Map goes up
    /// to 10,000.
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "MaxConcurrency": 500,
    ///                     ^^^ an inline Map works on about 40 items at a time, not on 500
    ///   "ItemProcessor": { "StartAt": "Row", "States": { "Row": { "Type": "Pass", "End": true } } },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "MaxConcurrency": 40,
    ///   "ItemProcessor": { "StartAt": "Row", "States": { "Row": { "Type": "Pass", "End": true } } },
    ///   "End": true
    /// } } }
    /// ```
    pub static INLINE_MAP_CONCURRENCY_RULE = { "inline-map-concurrency", Information, Local(check), off }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Map)) {
        let (Some(Mode::Inline { processor }), Some(value)) =
            (map_mode(place.node), place.node.get("MaxConcurrency"))
        else {
            continue;
        };
        if let Some(number) = whole_number(value).filter(|number| *number > INLINE_MAP_CONCURRENCY) {
            let message = format!(
                "an inline Map works on about {INLINE_MAP_CONCURRENCY} items at a time, not on {number}"
            );
            report.at(value, message).related(processor.key.range(), "the Map is inline by this");
        }
    }
}
