use asl_grammar::write;

use crate::catalog::fields::Object;
use crate::check::{Local, Report};

rule! {
    /// # Next and End: true
    ///
    /// A state goes on to another or ends its machine, not both. (`"End": false` beside `Next` is fine.)
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Next": "B", "End": true },
    ///                                       ^^^^^ the state `A` has both `Next` and `End`; keep one of them
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Next": "B" },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static NEXT_AND_END = { "next-and-end", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        let Object::State(kind) = place.place.object else { continue };
        let (Some(next), Some(end)) = (place.node.member("Next"), place.node.member("End")) else { continue };
        if !kind.takes_next() || end.value.as_bool() != Some(true) {
            continue;
        }
        let (first, second) = if next.key.start() < end.key.start() { (next, end) } else { (end, next) };
        let name = place.key.map_or("", |key| key.text());
        report
            .at(second.key, format!("the state `{name}` has both `Next` and `End`; keep one of them"))
            .related(first.key.range(), format!("`{}` stands here", first.name()))
            .fix("Remove `End`", [write::remove(end.node)], false)
            .fix("Remove `Next`", [write::remove(next.node)], false);
    }
}
