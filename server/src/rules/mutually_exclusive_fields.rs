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
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": 1, "End": true } } }
    /// ```
    pub static MUTUALLY_EXCLUSIVE_FIELDS = { "mutually-exclusive-fields", Error, Local(check) }
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
            let earlier = seen.iter().find(|(name, _)| field.excludes.contains(name));
            if let Some((name, key)) = earlier {
                let key: &asl_grammar::tree::Node = key;
                let message = format!("`{}` and `{name}` exclude one another; keep one of them", field.name);
                report.at(member.key, message).related(key.range(), format!("`{name}` stands here"));
            }
            if !field.excludes.is_empty() {
                seen.push((field.name, member.key));
            }
        }
    }
}
