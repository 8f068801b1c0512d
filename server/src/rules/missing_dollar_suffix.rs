use crate::asl::ExpressionView;
use crate::asl::expressions::{Parsed, Role};
use crate::check::{Local, Report};

rule! {
    /// # Value looks like a path but the key has no `.$`
    ///
    /// In a payload template only members whose key ends in `.$` are evaluated. This value reads like a path or an
    /// intrinsic function, but will be handed on as the text it is. AWS accepts the definition with a warning.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "id": "$.order.id", "alias": "$LATEST" },
    ///                   ^^^^ `$.order.id` stays plain text, as the key `id` does not end in `.$`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "id.$": "$.order.id", "alias": "$LATEST" },
    ///   "End": true
    /// } } }
    /// ```
    pub static MISSING_DOLLAR_SUFFIX = { "missing-dollar-suffix", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for it in local.expressions().filter(|it| it.expression.role == Role::Payload) {
        let Some(key) = it.key.filter(|_| seems_evaluated(&it)) else { continue };
        let (name, text) = (key.text(), it.text());
        let message = format!("`{text}` stays plain text, as the key `{name}` does not end in `.$`");
        let finding = report.at(key, message);
        let object = key.parent().and_then(|member| member.parent());
        if object.is_some_and(|object| object.member(&format!("{name}.$")).is_none()) {
            let end = key.content().end;
            finding.replace(format!("Rename to `{name}.$`"), end..end, ".$", true);
        }
    }
}

/// Is it a path with at least one step, or a sound call?
pub(super) fn seems_evaluated(it: &ExpressionView) -> bool {
    let meant = match &it.expression.parsed {
        Parsed::Path(path) => !path.segments.is_empty(),
        Parsed::Intrinsic(_) => true,
        Parsed::None | Parsed::Jsonata(_) => false,
    };
    meant && !it.expression.templated
}
