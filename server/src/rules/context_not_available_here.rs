use super::unknown_context_field::context_paths;
use crate::asl::ExpressionView;
use crate::asl::availability::{is_in_map, waits_for_token};
use crate::asl::expressions::Role;
use crate::catalog::fields::PathKind;
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Context member not available in this place
    ///
    /// `Task.Token` exists only in a task that waits for it: one whose `Resource` ends in `.waitForTaskToken`.
    /// `Map.Item` exists only in a Map state and in the states of its item processor. Elsewhere AWS accepts the
    /// definition, but when it runs a path fails the state, and JSONata gives nothing.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "f", "Payload": { "token.$": "$$.Task.Token" } },
    ///                                                                 ^^^^^^^^^^^^^ this task has no token: its `Resource` does not end in `.waitForTaskToken`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
    ///   "Parameters": { "FunctionName": "f", "Payload": { "token.$": "$$.Task.Token" } },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "item.$": "$$.Map.Item.Value" },
    ///                              ^^^^^^^^^^^^^^^^^ there is no item here: the state does not stand in a Map state
    ///   "End": true
    /// } } }
    /// ```
    pub static CONTEXT_NOT_AVAILABLE_HERE = { "context-not-available-here", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    let reads = |it: &ExpressionView| it.expression.role != Role::Path(PathKind::Target);
    for it in local.live().filter(reads) {
        for path in context_paths(&it) {
            let first = path.names.first().map(|(name, _)| name.as_str());
            match first {
                Some("Task") => check_token(local, &it, it.range(path.span), report),
                Some("Map") if it.place.state.is_some_and(|state| !is_in_map(local.fragment, state)) => {
                    let message = "there is no item here: the state does not stand in a Map state";
                    report.on(it.node, it.range(path.span), message);
                }
                _ => {}
            }
        }
    }
}

fn check_token(local: &Local, it: &ExpressionView, range: std::ops::Range<usize>, report: &mut Report) {
    let Some(state) = it.place.state.map(|state| &local.fragment.states[state as usize]) else { return };
    match state.kind {
        Some(StateType::Task) => {}
        None => return,
        Some(kind) => {
            report.on(
                it.node,
                range,
                format!("there is no token here: a {} state does no task", kind.name()),
            );
            return;
        }
    }
    let Some(resource) = local.node(state.value).get("Resource") else { return };
    let Some(text) = resource.as_str() else { return };
    if waits_for_token(text) != Some(false) {
        return;
    }
    let message = "this task has no token: its `Resource` does not end in `.waitForTaskToken`";
    let finding = report.on(it.node, range, message);
    finding.related(resource.range(), "the task");
    if text.contains(":states:") && !text.contains(".sync") {
        let end = resource.content().end;
        finding.replace("Wait for the token", end..end, ".waitForTaskToken", false);
    }
}
