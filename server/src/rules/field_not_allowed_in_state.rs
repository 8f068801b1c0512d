use asl_grammar::write;

use crate::catalog::fields::{Object, known_anywhere};
use crate::catalog::states::StateType;
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
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Wait",
    ///   "Seconds": 1,
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "Variable": "$.n", "IsNull": true, "Next": "B" }],
    ///     "Next": "B"
    ///     ^^^^^^ a Choice state does not take `Next`
    ///   },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "Variable": "$.n", "IsNull": true, "Next": "B" }],
    ///     "Default": "B"
    ///   },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static FIELD_NOT_ALLOWED_IN_STATE = { "field-not-allowed-in-state", Error, Local(check), fixable }
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
            let finding = report.at(member.key, format!("{} does not take `{name}`", object.title()));
            if object == Object::State(StateType::Choice) && name == "Next" && !place.has("Default") {
                finding.fix("Rename to `Default`", [Some(write::rename(member.key, "Default"))], false);
            }
            // A timeout says something that has to be said in another way.
            if name != "TimeoutSeconds" {
                finding.fix(format!("Remove `{name}`"), [write::remove(member.node)], false);
            }
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
