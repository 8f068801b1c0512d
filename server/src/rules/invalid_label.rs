use crate::asl::is_unknown;
use crate::catalog::fields::{Object, Value};
use crate::catalog::limits::{LABEL_CHARACTERS, LABEL_FORBIDDEN};
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Bad Label
    ///
    /// The label becomes part of the ARN of the Map Run. It has 1 to 40 characters, no blanks, no control characters
    /// and none of ``? * < > { } [ ] : ; , \ | ^ ~ $ # % & " ` ``. AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "Label": "my rows",
    ///            ^^^^^^^^^ a label cannot have ` ` in it
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "Label": "my-rows",
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    pub static INVALID_LABEL = { "invalid-label", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::State(StateType::Map)) {
        let labels =
            place.members().filter(|(_, field)| field.is_some_and(|field| field.value == Value::Label));
        for label in labels.map(|(member, _)| member.value).filter(|value| !is_unknown(*value)) {
            let Some(text) = label.as_str() else { continue };
            let length = text.chars().count();
            let message = match text.chars().find(|c| is_forbidden(*c)) {
                Some(c) if c.is_control() => "a label cannot have control characters in it".to_owned(),
                Some('`') => "a label cannot have a backquote in it".to_owned(),
                Some(c) => format!("a label cannot have `{c}` in it"),
                None if text.is_empty() => "the label is empty".to_owned(),
                None if length > LABEL_CHARACTERS => {
                    format!("the label has {length} characters; {LABEL_CHARACTERS} are allowed")
                }
                None => continue,
            };
            let fixed: String = text
                .trim()
                .chars()
                .map(|c| if is_forbidden(c) { '-' } else { c })
                .take(LABEL_CHARACTERS)
                .collect();
            let finding = report.at(label, message);
            if !fixed.is_empty() {
                let range = label.content();
                finding.replace(format!("Change to `{fixed}`"), range, fixed.clone(), false);
            }
        }
    }
}

fn is_forbidden(c: char) -> bool {
    c.is_whitespace() || c.is_control() || LABEL_FORBIDDEN.contains(c)
}
