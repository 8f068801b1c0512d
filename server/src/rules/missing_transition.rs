use crate::catalog::fields::Object;
use crate::check::{Local, Report};

rule! {
    /// # State goes nowhere
    ///
    /// A Task, Parallel, Map, Pass or Wait state says what comes after it: `Next` with the name of a state, or
    /// `"End": true`. (`"End": false` alone says nothing.)
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": { "Type": "Pass" } } }
    ///                               ^^^ the state `A` goes nowhere; add `Next`, or `End` with `true`
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }
    /// ```
    pub static MISSING_TRANSITION = { "missing-transition", Error, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        let Object::State(kind) = place.place.object else { continue };
        if !kind.takes_next() || place.has("Next") || place.is_damaged() {
            continue;
        }
        // An `End` that is neither true nor false is reported by itself.
        if place.node.get("End").is_some_and(|end| end.as_bool() != Some(false)) {
            continue;
        }
        let name = place.key.map_or("", |key| key.text());
        report.owner(&place, format!("the state `{name}` goes nowhere; add `Next`, or `End` with `true`"));
    }
}
