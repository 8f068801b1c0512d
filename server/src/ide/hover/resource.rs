//! What a Resource calls, told by the part under the cursor: the service, the action, the pattern.

use std::ops::Range;

use super::parameters::type_text;
use super::{Hover, literals, models};
use crate::asl::CallView;
use crate::catalog::integrations::resource::{Kind, Resource};
use crate::catalog::integrations::{
    Action, Availability, Integration, Member, Pattern, Service, Support, service,
};
use crate::config::Config;
use crate::ide::markdown::{code, codes};

/// As many rows and names fit into a hover.
const ROWS: usize = 16;
const NAMES: usize = 12;

const PATTERNS_URL: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html";

pub(super) fn hover(call: &CallView, offset: usize, config: &Config) -> Option<Hover> {
    let node = call.resource();
    let resource = call.parsed();
    let at = node.inner_offset(offset);
    let within =
        |range: &Option<Range<usize>>| range.as_ref().is_some_and(|it| it.start <= at && at < it.end);
    let service = known_service(resource);
    let action = call.action();
    let part =
        |range: &Option<Range<usize>>| range.clone().map_or_else(|| node.range(), |it| node.source_range(it));
    if let Some(service) = service.filter(|_| within(&resource.service)) {
        return Some(Hover { range: part(&resource.service), markdown: service_text(&service) });
    }
    if let Some(pattern) = call.pattern().filter(|_| within(&resource.pattern)) {
        let markdown = pattern_text(pattern, action.as_ref());
        return Some(Hover { range: part(&resource.pattern), markdown });
    }
    if let Some(action) = action {
        let range = if within(&resource.action) { part(&resource.action) } else { node.range() };
        let told = models::of_action(config, &action).unwrap_or_default();
        return Some(Hover { range, markdown: action_text(&action, call.pattern()) + &told });
    }
    if let Some(service) = service {
        return Some(Hover { range: node.range(), markdown: service_text(&service) });
    }
    Some(Hover { range: node.range(), markdown: other_text(resource) })
}

fn known_service(resource: &Resource) -> Option<Service> {
    let integration = match resource.kind {
        Kind::Sdk => Integration::Sdk,
        Kind::Optimized | Kind::HttpEndpoint => Integration::Optimized,
        _ => return None,
    };
    service(integration, resource.known(&resource.service)?)
}

/// A function, an activity, or something that we cannot know.
fn other_text(resource: &Resource) -> String {
    let what = match resource.kind {
        Kind::LambdaFunction => "Lambda function",
        Kind::Activity => "Activity",
        Kind::Optimized | Kind::Sdk | Kind::HttpEndpoint => "Integration",
        Kind::StateMachine => "State machine",
        Kind::OtherArn => "ARN",
        Kind::Placeholder => "Placeholder",
        Kind::NotAnArn => "Not an ARN",
    };
    let mut text = format!("**{what}**");
    if let Some(name) = resource.part(&resource.name).filter(|it| !it.is_empty()) {
        text += &format!(" {}", code(name));
    }
    if let Some(qualifier) = resource.part(&resource.qualifier).filter(|it| !it.is_empty()) {
        text += &format!(", version or alias {}", code(qualifier));
    }
    let part = |range| resource.part(range).unwrap_or_default();
    if !matches!(resource.kind, Kind::Placeholder | Kind::NotAnArn)
        && let Some(place) = literals::place(part(&resource.region), part(&resource.account))
    {
        text += &format!(", {place}");
    }
    text + &format!(
        "\n\n{}\n\n[Step Functions guide]({})",
        resource.kind.describe(),
        resource.kind.guide_url()
    )
}

fn service_text(service: &Service) -> String {
    let mut text = format!("**{}** – {}", service.title, integration_name(service.integration));
    let actions = service.actions();
    if service.integration == Integration::Optimized && actions.len() <= NAMES {
        text += "\n";
        for action in &actions {
            let patterns = action.patterns();
            let suffixes = patterns.iter().filter(|it| **it != Pattern::RequestResponse);
            let suffixes: Vec<String> = suffixes.map(|it| format!("`{}`", it.suffix())).collect();
            let suffixes =
                if suffixes.is_empty() { String::new() } else { format!(" ({})", suffixes.join(", ")) };
            text += &format!("\n- `{}`{suffixes}", action.name());
        }
    } else if service.action_count > 0 {
        text += &format!("\n\n{} actions", service.action_count);
    }
    match service.support {
        Support::Supported => {}
        Support::Unknown => text += "\n\nNewer than our list of the services that Step Functions calls.",
        Support::NotListed => text += "\n\nNot in the list of the services that Step Functions calls.",
        Support::Retired => text += "\n\nAWS has closed this service.",
        Support::Deprecated => text += "\n\nThis integration is deprecated.",
    }
    if !service.error_prefix.is_empty() {
        text += &format!("\n\nIts errors begin with `{}.`", service.error_prefix);
    }
    text + &format!("\n\n[Step Functions guide]({})", service.guide_url())
}

fn integration_name(integration: Integration) -> &'static str {
    match integration {
        Integration::Optimized => "optimized integration",
        Integration::Sdk => "AWS SDK integration",
    }
}

/// What a pattern does, in a sentence.
pub fn pattern_summary(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::RequestResponse => "Goes on as soon as the service has answered.",
        Pattern::Sync => "Waits until the job is finished.",
        Pattern::Sync2 => "Waits until the execution is finished, and gives its output as JSON.",
        Pattern::WaitForTaskToken => {
            "Waits until somebody sends the task token back with `SendTaskSuccess` or `SendTaskFailure`."
        }
    }
}

fn pattern_text(pattern: Pattern, action: Option<&Action>) -> String {
    let mut text = format!("**{}** – {}", pattern.suffix(), pattern_summary(pattern));
    if pattern == Pattern::WaitForTaskToken {
        text += "\n\nPass the token on: `$$.Task.Token`, in JSONata states `$states.context.Task.Token`.";
    }
    if !pattern.works_in_express() {
        text += "\n\nStandard workflows only.";
    }
    if let Some(action) = action.filter(|it| !it.patterns().contains(&pattern)) {
        text += &format!("\n\n`{}` does not have it.", action.full_name());
    }
    let anchor = match pattern {
        Pattern::RequestResponse => "connect-default",
        Pattern::Sync | Pattern::Sync2 => "connect-sync",
        Pattern::WaitForTaskToken => "connect-wait-token",
    };
    text + &format!("\n\n[Step Functions guide]({PATTERNS_URL}#{anchor})")
}

/// The page of an action: how it waits, what it takes, what it needs and raises, where to read on.
pub fn action_text(action: &Action, pattern: Option<Pattern>) -> String {
    let service = &action.service;
    let mut text =
        format!("**{}** – {}, {}", action.full_name(), service.title, integration_name(service.integration));
    if action.is_deprecated() {
        text += "\n\nThe service discourages this action.";
    }
    match action.availability() {
        Availability::Available | Availability::NotListed => {}
        Availability::Unknown => text += "\n\nNewer than our list of what Step Functions calls.",
        Availability::Doubtful => text += "\n\nStep Functions probably cannot call it.",
        Availability::Unsupported => text += "\n\nStep Functions does not support it.",
        Availability::Streaming if service.integration == Integration::Sdk => {
            text += "\n\nIt streams, which Step Functions cannot carry.";
        }
        Availability::Streaming => {}
    }
    match (pattern, action.map_field()) {
        (_, Some(field)) => text += &format!("\n\nFor `{field}` of a Distributed Map."),
        (Some(pattern), None) => text += &format!("\n\n{}", pattern_summary(pattern)),
        (None, None) => {}
    }
    text += &parameter_list(action);
    for note in action.notes() {
        text += &format!("\n\n{note}");
    }
    if let Some(iam) = action.iam_action() {
        text += &format!("\n\nNeeds the permission `{iam}`.");
    }
    let errors = action.errors();
    if !errors.is_empty() {
        text += &format!("\n\nErrors: {}", codes(errors.iter().map(String::as_str), NAMES));
    }
    // Each link on a line of its own: Neovim breaks lines as if the addresses that it hides could be seen.
    if let Some(url) = action.api_url() {
        text += &format!("\n\n[API reference]({url})");
    }
    text + &format!("\n\n[Step Functions guide]({})", action.guide_url())
}

/// Required parameters first, deprecated ones last; what does not fit is named below. A list: two of three editors show
/// the text of a table as it is written.
fn parameter_list(action: &Action) -> String {
    let mut parameters = action.parameters();
    if parameters.is_empty() {
        return "\n\nTakes no parameters.".to_owned();
    }
    parameters.sort_by_key(|it| (!it.required, it.deprecated));
    let required = parameters.iter().filter(|it| it.required).count();
    let rows = required.max(ROWS.min(parameters.len()));
    let row = |it: &Member| {
        let mut row = format!("\n- `{}`", it.name);
        if let Some(shape) = it.shape() {
            row += &format!(" – {}", type_text(&shape));
        }
        let group = action.one_of().iter().find(|group| group.iter().any(|name| name == it.name));
        row += &match group {
            _ if it.required => ", **required**".to_owned(),
            Some(group) => format!(", one of {} is needed", codes(group.iter().map(String::as_str), NAMES)),
            None if it.deprecated => ", deprecated".to_owned(),
            None => String::new(),
        };
        row
    };
    let mut text = String::from("\n");
    text.extend(parameters[..rows].iter().map(row));
    if rows < parameters.len() {
        text += &format!("\n\nAlso {}", codes(parameters[rows..].iter().map(|it| it.name), 2 * ROWS));
    }
    text
}
