use asl_grammar::tree::Kind;
use asl_grammar::write::{self, Value};

use super::common::{arguments, integration};
use crate::asl::{Language, is_unknown};
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

const LINK: &str = "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID";

rule! {
    /// # Nested execution without a link to its parent
    ///
    /// When the input of the other execution holds the id of this one as
    /// `AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID`, the console links the two in both directions.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::states:startExecution",
    ///   "Parameters": { "StateMachineArn": "${Child}", "Input": { "order.$": "$.order" } },
    ///                                                  ^^^^^^^ the other execution does not learn which one has started it
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::states:startExecution",
    ///   "Parameters": { "StateMachineArn": "${Child}", "Input": { "order.$": "$.order", "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id" } },
    ///   "End": true
    /// } } }
    /// ```
    pub static NESTED_EXECUTION_LINK = { "nested-execution-link", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Task)) {
        let resource = place.node.get("Resource").and_then(|resource| resource.as_str());
        if resource.and_then(integration) != Some("states:startExecution") {
            continue;
        }
        let Some(input) = arguments(&place).and_then(|arguments| arguments.value.member("Input")) else {
            continue;
        };
        if input.value.kind() != Kind::Object || is_unknown(input.value) {
            continue;
        }
        if input.value.members().any(|member| member.name().starts_with(LINK)) {
            continue;
        }
        let (name, value) = match place.language() {
            Some(Language::Jsonata) => (LINK.to_owned(), "{% $states.context.Execution.Id %}"),
            _ => (format!("{LINK}.$"), "$$.Execution.Id"),
        };
        let edit = write::append(local.source, input.value, &name, &Value::text(value));
        report.at(input.key, "the other execution does not learn which one has started it").fix(
            format!("Add `{LINK}`"),
            [edit],
            false,
        );
    }
}
