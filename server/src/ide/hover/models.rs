//! The documentation text that an AWS CLI or SDK on this machine carries, where the settings say where to look.
//!
//! Nothing of it is shipped with the server, and without the setting nothing is looked for.

use asl_grammar::tree::Node;

use crate::asl::CallView;
use crate::catalog::integrations::Action;
use crate::catalog::models::Models;
use crate::config::Config;

/// A hover is no book.
const LONGEST: usize = 2_000;

/// What the user's models say about an action.
pub(super) fn of_action(config: &Config, action: &Action) -> Option<String> {
    let models = config.user_models()?;
    let (token, operation) = action.operation()?;
    told(&models, models.operation_text(token, operation))
}

/// What they say about the parameter or member of a call that a node is the key or value of.
pub(super) fn of_member(config: &Config, call: &CallView, action: &Action, node: Node) -> Option<String> {
    let models = config.user_models()?;
    let (token, operation) = action.operation()?;
    // The members from the parameter down; elements of lists and values of maps have no name.
    let mut path: Vec<&str> = node
        .ancestors()
        .filter(|node| node.as_member().is_some())
        .map_while(|node| call.expected(action, node))
        .filter_map(|expected| expected.member.map(|(_, member)| member.wire_name))
        .collect();
    path.reverse();
    told(&models, models.parameter_text(token, operation, &path))
}

fn told(models: &Models, text: Option<String>) -> Option<String> {
    for problem in models.take_problems() {
        tracing::warn!("catalog.models: {problem}");
    }
    let text = text?;
    let end = text.char_indices().nth(LONGEST).map(|(at, _)| at);
    let shown = end.map_or(text.clone(), |at| format!("{}…", &text[..at]));
    Some(format!("\n\n---\n\nFrom the AWS models on this machine:\n\n{shown}"))
}
