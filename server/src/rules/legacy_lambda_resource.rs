use asl_grammar::text::Edit;
use asl_grammar::write;

use super::common::is_function;
use crate::asl::Language;
use crate::catalog::fields::Object;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Lambda ARN as Resource
    ///
    /// A function can be called by its own ARN, or through `arn:aws:states:::lambda:invoke`, which AWS recommends: it
    /// takes a qualifier, an invocation type and a task token. Mind that its result is wrapped: the answer of the
    /// function stands in `Payload`.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:Worker",
    ///               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the function is called by its ARN, not through `lambda:invoke`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": {
    ///     "FunctionName": "arn:aws:lambda:eu-west-1:111122223333:function:Worker",
    ///     "Payload.$": "$"
    ///   },
    ///   "OutputPath": "$.Payload",
    ///   "End": true
    /// } } }
    /// ```
    pub static LEGACY_LAMBDA_RESOURCE = { "legacy-lambda-resource", Hint, Local(check), off, fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Task)) {
        let Some(resource) = place.node.member("Resource") else { continue };
        let Some(text) = resource.value.as_str().filter(|text| is_function(text)) else { continue };
        let message = "the function is called by its ARN, not through `lambda:invoke`";
        let finding = report.at(resource.value, message);
        // With fields that read or shape the result, the change is not a matter of one state's text.
        let plain = ["Parameters", "ResultSelector", "ResultPath", "OutputPath", "Assign", "Credentials"]
            .iter()
            .all(|name| !place.has(name));
        let partition = text.split(':').nth(1);
        if let (true, Some(Language::JsonPath), Some(partition)) = (plain, place.language(), partition) {
            use asl_grammar::write::Value;
            let resource_edit = Edit {
                range: resource.value.content(),
                text: format!("arn:{partition}:states:::lambda:invoke"),
            };
            let value = Value::object([("FunctionName", Value::text(text)), ("Payload.$", Value::text("$"))]);
            let parameters = write::insert_after(local.source, resource, "Parameters", &value);
            let output = write::insert_after(local.source, resource, "OutputPath", &Value::text("$.Payload"));
            // Both stand at the same place: one text.
            let both = parameters
                .zip(output)
                .map(|(first, second)| Edit { range: first.range, text: first.text + &second.text });
            finding.fix("Call it through `lambda:invoke`", [Some(resource_edit), both], false);
        }
    }
}
