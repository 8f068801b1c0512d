use asl_grammar::tree::Member;
use asl_grammar::write;

use crate::check::{Local, Report};

rule! {
    /// # Two fields that exclude one another
    ///
    /// Only one of the two may say it: a wait takes `Seconds` or `Timestamp`, a field or its `…Path` twin. AWS refuses
    /// the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Wait",
    ///   "Seconds": 1,
    ///   "Timestamp": "2030-01-01T00:00:00Z",
    ///   ^^^^^^^^^^^ `Timestamp` and `Seconds` exclude one another; keep one of them
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Wait",
    ///   "Seconds": 1,
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed 2
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Wait",
    ///   "Timestamp": "2030-01-01T00:00:00Z",
    ///   "End": true
    /// } } }
    /// ```
    pub static MUTUALLY_EXCLUSIVE_FIELDS = { "mutually-exclusive-fields", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        let mut seen = Vec::new();
        for (member, field) in place.members() {
            let Some(field) = field else { continue };
            // A field of the other language is reported as such, and says nothing.
            if place.language().is_some_and(|language| !language.takes(field)) {
                continue;
            }
            if let Some(earlier) = seen.iter().find(|it: &&Member| field.excludes.contains(&it.name())) {
                let (name, other) = (field.name, earlier.name());
                let message = format!("`{name}` and `{other}` exclude one another; keep one of them");
                report
                    .at(member.key, message)
                    .related(earlier.key.range(), format!("`{other}` stands here"))
                    .fix(format!("Remove `{name}`"), [write::remove(member.node)], false)
                    .fix(format!("Remove `{other}`"), [write::remove(earlier.node)], false);
            }
            if !field.excludes.is_empty() {
                seen.push(member);
            }
        }
    }
}
