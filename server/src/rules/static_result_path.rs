use super::missing_dollar_suffix::seems_evaluated;
use crate::asl::expressions::{Role, is_template_key};
use crate::check::{Local, Report};

rule! {
    /// # Path in Pass.Result
    ///
    /// `Result` of a Pass state is handed on as it stands: no path in it is followed, and a key keeps its `.$`. AWS
    /// accepts that with a warning. `Parameters` is the field in which paths are followed.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Result": { "id.$": "$.order.id" },
    ///               ^^^^^^ `Result` is not evaluated: the key `id.$` keeps its `.$`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "id.$": "$.order.id" },
    ///   "End": true
    /// } } }
    /// ```
    pub static STATIC_RESULT_PATH = { "static-result-path", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    let mut fixed = None;
    for it in local.expressions().filter(|it| it.expression.role == Role::Static) {
        let dollar = it.key.filter(|key| is_template_key(*key));
        let finding = match dollar {
            Some(key) => {
                let name = key.text();
                report.at(key, format!("`Result` is not evaluated: the key `{name}` keeps its `.$`"))
            }
            None if seems_evaluated(&it) => {
                report.at(it.node, format!("`Result` is not evaluated: `{}` stays plain text", it.text()))
            }
            None => continue,
        };
        // One change is enough for all of them.
        let state = local.node(it.place.node);
        let result = state.member("Result").filter(|_| state.member("Parameters").is_none());
        if let Some(result) = result.filter(|_| dollar.is_some() && fixed != Some(it.place.node)) {
            finding.replace("Rename `Result` to `Parameters`", result.key.content(), "Parameters", false);
            fixed = Some(it.place.node);
        }
    }
}
