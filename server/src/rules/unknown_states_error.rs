use super::common::{error_lists, error_names};
use crate::catalog::errors::{self, error_name};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};
use crate::suggest::nearest;

rule! {
    /// # Unknown predefined error
    ///
    /// Error names that begin with `States.` belong to the language, and this is none of them: nothing will ever
    /// raise it, so the entry never matches. Case matters.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [{ "ErrorEquals": ["States.TimeOut"] }],
    ///                               ^^^^^^^^^^^^^^^^ there is no error `States.TimeOut`; did you mean `States.Timeout`?
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::sns:publish",
    ///   "Retry": [{ "ErrorEquals": ["States.Timeout"] }],
    ///   "End": true
    /// } } }
    /// ```
    pub static UNKNOWN_STATES_ERROR = { "unknown-states-error", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    // What a Fail state inside raises does happen; that it has the prefix is said at the Fail state.
    let raised: Vec<&str> = local
        .places()
        .filter(|place| place.place.object == Object::State(StateType::Fail))
        .filter_map(|place| place.node.get("Error")?.as_str())
        .collect();
    for list in local.places().flat_map(|place| error_lists(&place)) {
        for name in list
            .value
            .items()
            .flat_map(error_names)
            .filter(|name| is_unknown_error(name.text()) && !raised.contains(&name.text()))
        {
            let known = errors::ERRORS.iter().filter(|it| !it.is_pattern()).map(|it| it.name);
            let near = nearest(name.text(), known);
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let finding = report.at(name, format!("there is no error `{}`{hint}", name.text()));
            if let Some(near) = near {
                finding.replace(format!("Change to `{near}`"), name.content(), near, true);
            }
        }
    }
}

/// Has a name the prefix of the language without being a name of the language?
pub(super) fn is_unknown_error(name: &str) -> bool {
    name.starts_with(errors::RESERVED_PREFIX)
        && !name.starts_with(errors::HTTP_PREFIX)
        && error_name(name).is_none()
}
