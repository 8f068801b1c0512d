use asl_grammar::jsonata::query;

use crate::catalog::context::STATES;
use crate::check::{Local, Report};
use crate::suggest::nearest;

rule! {
    /// # Unknown member of `$states`
    ///
    /// `$states` has the members `input`, `context`, `result` and `errorOutput`. AWS refuses an expression that asks it
    /// for anything else.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "id": "{% $states.inputs.id %}" },
    ///                                 ^^^^^^ `$states` has no member `inputs`; did you mean `input`?
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "id": "{% $states.input.id %}" },
    ///   "End": true
    /// } } }
    /// ```
    pub static UNKNOWN_STATES_FIELD = { "unknown-states-field", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.jsonata().filter(|(_, tree)| tree.text().contains("$states")) {
        for path in query::member_paths(tree).into_iter().filter(|path| path.name == "states") {
            let Some(member) = path.segments.first().filter(|member| !member.name.is_empty()) else {
                continue;
            };
            let name = member.name.as_str();
            let known = STATES.iter().map(|member| member.name);
            if known.clone().any(|known| known == name) {
                continue;
            }
            let near = nearest(name, known);
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let range = it.range(member.span);
            let finding =
                report.on(it.node, range.clone(), format!("`$states` has no member `{name}`{hint}"));
            if let Some(near) = near {
                finding.replace(format!("Change to `{near}`"), range, near, true);
            }
        }
    }
}
