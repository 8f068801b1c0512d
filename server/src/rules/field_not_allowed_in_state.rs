use crate::catalog::fields::{Object, known_anywhere};
use crate::check::{Local, Report};

rule! {
    /// # Known field on the wrong kind of object
    ///
    /// The language has a field of that name, but this object does not take it: `Retry` works on Task, Map and
    /// Parallel states only, `TimeoutSeconds` on Task states and the machine, a Choice has no `Next` of its own.
    /// AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Wait",
    ///   "Seconds": 1,
    ///   "ResultPath": "$.x",
    ///   ^^^^^^^^^^^^ a Wait state does not take `ResultPath`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": 1, "End": true } } }
    /// ```
    pub static FIELD_NOT_ALLOWED_IN_STATE = { "field-not-allowed-in-state", Error, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        let object = place.place.object;
        if object == Object::UntypedState {
            continue;
        }
        for (member, field) in place.members() {
            let name = member.name();
            if field.is_some() || !known_anywhere(name) || has_a_rule_of_its_own(object, name) {
                continue;
            }
            report.at(member.key, format!("{} does not take `{name}`", object.title()));
        }
    }
}

fn has_a_rule_of_its_own(object: Object, name: &str) -> bool {
    match object {
        // query-language-misplaced
        Object::Branch | Object::Processor => name == "QueryLanguage",
        // choice-nested-next
        Object::NestedRule => matches!(name, "Next" | "Assign" | "Output"),
        _ => false,
    }
}
