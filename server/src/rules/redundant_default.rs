use asl_grammar::tree::Kind;
use asl_grammar::write;

use crate::catalog::fields::Object;
use crate::check::{Local, Report};

rule! {
    /// # Field that says the default
    ///
    /// The field has the value that the service takes anyway. Without it the definition means the same, and what
    /// differs from the default is easier to see.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "OutputPath": "$", "Next": "B", "End": false },
    ///                          ^^^^^^^^^^^^ `OutputPath` is `$` anyway
    ///                                                          ^^^^^ `End` is `false` anyway
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
    pub static REDUNDANT_DEFAULT = { "redundant-default", Hint, Local(check), off, fixable, unnecessary }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        for (member, field) in place.members() {
            let Some(field) = field else { continue };
            let scalar = matches!(member.value.kind(), Kind::String | Kind::Number | Kind::Bool);
            // The language of a state is by default that of the machine. A state without `Next` needs its `End`.
            let needed = field.name == "QueryLanguage" || field.name == "End" && !place.has("Next");
            let usable = place.language().is_some_and(|language| language.takes(field));
            let default = field.default.or((field.name == "End").then_some("false"));
            // `Mode` belongs to the fields that go with it.
            let alone = place.place.object != Object::ProcessorConfig || place.node.members().count() == 1;
            if !scalar || needed || !usable || !alone || default != Some(member.value.text()) {
                continue;
            }
            report.at(member.key, format!("`{}` is `{}` anyway", field.name, member.value.text())).fix(
                format!("Remove `{}`", field.name),
                [write::remove(member.node)],
                true,
            );
        }
    }
}
