use super::unknown_states_error::is_unknown_error;
use crate::asl::{is_expression, is_unknown};
use crate::catalog::errors::RESERVED_PREFIX;
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Own error with the reserved prefix
    ///
    /// Names that begin with `States.` are reserved for the errors of the language. An error of your own by such a
    /// name may change its meaning when the language grows, and readers look for it in the wrong place. (To raise a
    /// predefined error on purpose is fine.)
    ///
    /// ```asl fails
    /// { "StartAt": "X", "States": { "X": { "Type": "Fail", "Error": "States.OutOfStock" } } }
    ///                                                               ^^^^^^^^^^^^^^^^^^^ `States.OutOfStock` is no predefined error, but has their prefix
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "X", "States": { "X": { "Type": "Fail", "Error": "OutOfStock" } } }
    /// ```
    pub static RESERVED_ERROR_PREFIX = { "reserved-error-prefix", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Fail)) {
        let Some(error) = place.node.get("Error").filter(|error| !is_unknown(*error)) else { continue };
        let Some(name) = error.as_str().filter(|name| is_unknown_error(name) && !is_expression(name)) else {
            continue;
        };
        let finding = report.at(error, format!("`{name}` is no predefined error, but has their prefix"));
        if name.len() > RESERVED_PREFIX.len() {
            let prefix = error.source_range(0..RESERVED_PREFIX.len());
            finding.replace(format!("Remove `{RESERVED_PREFIX}`"), prefix, "", false);
        }
    }
}
