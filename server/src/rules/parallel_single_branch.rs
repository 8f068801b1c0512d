use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Parallel with one branch
    ///
    /// With a single branch nothing runs in parallel, and the output is an array of one. The states of the branch
    /// could stand in the machine itself. (A Parallel state with `Retry` or `Catch` groups them for that: fine.)
    ///
    /// ```asl fails
    /// { "StartAt": "P", "States": {
    ///   "P": {
    ///   ^^^ the Parallel state `P` has a single branch
    ///     "Type": "Parallel",
    ///     "Branches": [{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }],
    ///     "End": true
    ///   }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "P", "States": {
    ///   "P": {
    ///     "Type": "Parallel",
    ///     "Branches": [{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }],
    ///     "Retry": [{ "ErrorEquals": ["States.ALL"] }],
    ///     "End": true
    ///   }
    /// } }
    /// ```
    pub static PARALLEL_SINGLE_BRANCH = { "parallel-single-branch", Hint, Local(check), off }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Parallel)) {
        let single = place.node.get("Branches").is_some_and(|branches| branches.items().count() == 1);
        if !single || place.has("Retry") || place.has("Catch") || place.is_damaged() {
            continue;
        }
        let name = place.key.map_or("", |key| key.text());
        report.owner(&place, format!("the Parallel state `{name}` has a single branch"));
    }
}
