use crate::asl::is_unknown;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};
use crate::suggest::nearest;

rule! {
    /// # Unknown state type
    ///
    /// `Type` is one of Task, Choice, Pass, Map, Parallel, Wait, Succeed and Fail. Case matters. As long as the type
    /// is not known, the rest of the state cannot be judged.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": { "Type": "pass", "End": true } } }
    ///                                              ^^^^^^ there is no state type `pass`; did you mean `Pass`?
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }
    /// ```
    pub static UNKNOWN_STATE_TYPE = { "unknown-state-type", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for state in &local.fragment.states {
        let Some(value) = local.node(state.value).get("Type").filter(|value| !is_unknown(*value)) else {
            continue;
        };
        let Some(name) = value.as_str().filter(|_| state.kind.is_none()) else { continue };
        let near = nearest(name, StateType::ALL.map(StateType::name));
        let hint = near.map(|near| format!("did you mean `{near}`?"));
        let all = || format!("the types are {}", StateType::ALL.map(StateType::name).join(", "));
        let message = format!("there is no state type `{name}`; {}", hint.unwrap_or_else(all));
        let finding = report.at(value, message);
        if let Some(near) = near {
            finding.replace(format!("Change to `{near}`"), value.content(), near, true);
        }
    }
}
