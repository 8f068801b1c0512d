use asl_grammar::write::{self, Value};

use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Wait with no duration
    ///
    /// A Wait state needs to know how long: `Seconds` or `Timestamp`, or in JSONPath `SecondsPath` or `TimestampPath`.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": { "Type": "Wait", "End": true } } }
    ///                               ^^^ the Wait state `A` does not say how long; add `Seconds` or `Timestamp`
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": 10, "End": true } } }
    /// ```
    pub static WAIT_WITHOUT_DURATION = { "wait-without-duration", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Wait)) {
        let paths = ["SecondsPath", "TimestampPath"];
        let here = |name: &&str| place.has(name);
        // In a JSONata state the paths are reported as fields of the other language; one mistake, one report.
        let said = ["Seconds", "Timestamp"].iter().any(here) || paths.iter().any(here);
        if said || place.is_damaged() {
            continue;
        }
        let name = place.key.map_or("", |key| key.text());
        let message = format!("the Wait state `{name}` does not say how long; add `Seconds` or `Timestamp`");
        let kind = place.node.member("Type");
        let edit = kind.and_then(|it| write::insert_after(local.source, it, "Seconds", &Value::plain(10)));
        report.owner(&place, message).fix("Wait for 10 seconds", [edit], false);
    }
}
