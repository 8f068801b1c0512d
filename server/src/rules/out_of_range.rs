use asl_grammar::tree::Kind;

use crate::catalog::fields::Value;
use crate::check::{Local, Report};

rule! {
    /// # Number out of bounds
    ///
    /// The number is smaller or larger than the field may hold. AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Wait",
    ///   "Seconds": 100000000,
    ///              ^^^^^^^^^ `Seconds` is at most 99999999
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Wait",
    ///   "Seconds": 99999999,
    ///   "End": true
    /// } } }
    /// ```
    pub static OUT_OF_RANGE = { "out-of-range", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        for (member, field) in place.members() {
            let Some(field) = field.filter(|_| member.value.kind() == Kind::Number) else { continue };
            if place.language().is_some_and(|language| !language.takes(field)) {
                continue;
            }
            let text = member.value.text();
            let (min, max) = match field.value {
                Value::Integer { min, max } => (Some(min as f64), max.map(|max| max as f64)),
                Value::Number { min, max } => (min, max),
                _ => continue,
            };
            let Ok(number) = text.parse::<f64>() else { continue };
            let bound = match (min, max) {
                (Some(min), _) if number < min => Some(("at least", min)),
                (_, Some(max)) if number > max => Some(("at most", max)),
                _ => None,
            };
            if let Some((which, bound)) = bound {
                let range = member.value.range();
                report.at(member.value, format!("`{}` is {which} {bound}", field.name)).replace(
                    format!("Change to {bound}"),
                    range,
                    bound.to_string(),
                    false,
                );
            }
        }
    }
}
