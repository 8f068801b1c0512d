use asl_grammar::tree::Node;

use super::common::{arguments, integration, is_function};
use crate::asl::{is_expression, is_unknown};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Function without version or alias
    ///
    /// Without a version, an alias or `$LATEST` the call goes to the newest code, also of executions that began with
    /// an older one. A version or an alias keeps an execution with one state of the code.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "Worker" },
    ///                                   ^^^^^^^^ the function `Worker` is called without a version or an alias
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "Worker:$LATEST" },
    ///   "End": true
    /// } } }
    /// ```
    pub static UNQUALIFIED_LAMBDA = { "unqualified-lambda", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Task)) {
        let Some(resource) = place.node.get("Resource") else { continue };
        let Some(text) = resource.as_str() else { continue };
        if is_function(text) {
            check_name(resource, report);
        } else if integration(text) == Some("lambda:invoke")
            && let Some(arguments) = arguments(&place)
            && !arguments.value.members().any(|it| it.name().starts_with("Qualifier"))
            && let Some(name) = arguments.value.get("FunctionName")
        {
            check_name(name, report);
        }
    }
}

fn check_name(name: Node, report: &mut Report) {
    let Some(text) = name.as_str().filter(|text| !text.is_empty() && !is_expression(text)) else { return };
    let parts = text.split(':').count();
    let qualified = match text.starts_with("arn:") {
        true => !is_function(text) || parts > 7,
        // `name`, or `account:function:name`.
        false => !matches!(parts, 1 | 3),
    };
    if qualified || is_unknown(name) || text.starts_with('$') {
        return;
    }
    let short = text.rsplit(':').next().unwrap_or(text);
    let end = name.source_offset(text.len());
    report.at(name, format!("the function `{short}` is called without a version or an alias")).replace(
        "Append `:$LATEST`",
        end..end,
        ":$LATEST",
        false,
    );
}
