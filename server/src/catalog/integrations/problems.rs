//! What is wrong with a Resource, each reason with the bytes it is about and what may have been meant.
//!
//! Parts with placeholders are never judged, and what is merely newer than the catalogue is never called
//! wrong: [`Certainty`] says how sure a reason is.

use std::ops::Range;

use super::action::{Action, Availability, Pattern};
use super::layout::Support;
use super::resource::{Kind, PARTITIONS, Resource};
use super::{Integration, Service, action, index, nearest, search, service, services};

/// The field in which a Resource stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    Task,
    ItemReader,
    ResultWriter,
}

/// Something wrong with a Resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub reason: Reason,
    pub certainty: Certainty,
    /// The bytes of the Resource that it is about.
    pub range: Range<usize>,
    /// One sentence about this Resource.
    pub message: String,
    /// What may have been meant, the likeliest first.
    pub suggestions: Vec<Suggestion>,
}

/// A replacement that would make a better Resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub range: Range<usize>,
    pub text: String,
}

/// How sure a reason is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// Step Functions refuses it.
    Certain,
    /// It is wrong as far as we know, but AWS may have become more generous since.
    Likely,
    /// Worth knowing; nothing to complain of.
    Note,
}

/// The kinds of wrong Resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// No ARN.
    NotAnArn,
    /// An ARN with too few parts.
    MissingColons,
    /// Blanks or line breaks.
    Spaces,
    /// No such partition.
    BadPartition,
    /// The ARN of a thing that a Task cannot call: a queue, a table, a state machine.
    NotCallable,
    /// A function or an activity whose ARN lacks a part.
    Incomplete,
    /// No such service.
    UnknownService,
    /// No such action.
    UnknownAction,
    /// The right name in the wrong casing.
    WrongCasing,
    /// No such pattern.
    UnknownPattern,
    /// A pattern that this action lacks.
    UnsupportedPattern,
    /// A pattern of which AWS's own pages say different things.
    DoubtfulPattern,
    /// `.sync` on an SDK integration, which never has it.
    SdkSync,
    /// Region or account of an integration are filled in. It works; both are normally empty.
    RegionOrAccount,
    /// The service is closed, or its integration deprecated.
    RetiredService,
    /// Step Functions cannot call the service as far as its guide says.
    UnlistedService,
    /// The guide says that the action is not supported.
    UnsupportedAction,
    /// The action streams.
    StreamingAction,
    /// An action that only fields of a Map take, or only a Task.
    WrongPlace,
}

/// The action that a Resource calls; `None` for functions, activities and what is not known.
pub fn action_of(resource: &Resource) -> Option<Action> {
    let integration = integration(resource)?;
    action(integration, resource.known(&resource.service)?, resource.known(&resource.action)?)
}

/// All that is wrong with a Resource.
pub fn problems(resource: &Resource, place: Place) -> Vec<Problem> {
    let mut found = Vec::new();
    spaces(resource, &mut found);
    match resource.kind {
        Kind::Placeholder => {}
        Kind::NotAnArn => not_an_arn(resource, &mut found),
        _ => {
            partition(resource, &mut found);
            match resource.kind {
                Kind::LambdaFunction | Kind::Activity => own_resource(resource, place, &mut found),
                Kind::StateMachine | Kind::OtherArn => not_callable(resource, &mut found),
                _ => call(resource, place, &mut found),
            }
        }
    }
    found
}

fn integration(resource: &Resource) -> Option<Integration> {
    match resource.kind {
        Kind::Sdk => Some(Integration::Sdk),
        Kind::Optimized | Kind::HttpEndpoint => Some(Integration::Optimized),
        _ => None,
    }
}

fn problem(reason: Reason, certainty: Certainty, range: Range<usize>, message: String) -> Problem {
    Problem { reason, certainty, range, message, suggestions: Vec::new() }
}

impl Problem {
    fn suggest(mut self, texts: impl IntoIterator<Item = String>) -> Problem {
        let range = self.range.clone();
        self.suggestions.extend(texts.into_iter().map(|text| Suggestion { range: range.clone(), text }));
        self
    }
}

fn spaces(resource: &Resource, found: &mut Vec<Problem>) {
    let blanks = |it: char| it.is_whitespace();
    for (at, blank) in resource.text.match_indices(blanks) {
        let range = at..at + blank.len();
        if !resource.has_placeholder(&range) {
            let message = "a Resource holds no blanks".to_owned();
            found.push(problem(Reason::Spaces, Certainty::Certain, range, message).suggest([String::new()]));
            return;
        }
    }
}

fn not_an_arn(resource: &Resource, found: &mut Vec<Problem>) {
    let text = &*resource.text;
    let all = 0..text.len();
    if text.starts_with("arn:") {
        let message = "the ARN lacks parts: `arn:partition:service:region:account:resource`".to_owned();
        found.push(
            problem(Reason::MissingColons, Certainty::Certain, all, message).suggest(resource_like(text)),
        );
        return;
    }
    let message = format!("`{text}` is no ARN");
    found.push(problem(Reason::NotAnArn, Certainty::Certain, all, message).suggest(resource_like(text)));
}

/// The integration whose name stands at the end of a text: `lambda:invoke`, `arn:aws:states:sqs:sendMessage`.
fn resource_like(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(':').filter(|it| !it.is_empty()).collect();
    (1..parts.len()).find_map(|at| {
        let (name, pattern) = match parts[at].split_once('.') {
            Some((name, _)) => (name, parts[at..].join(":")[name.len()..].to_owned()),
            None => (parts[at], String::new()),
        };
        let is_sdk = at > 1 && parts[at - 2] == "aws-sdk";
        let integration = if is_sdk { Integration::Sdk } else { Integration::Optimized };
        let action = action(integration, parts[at - 1], name)?;
        Some(format!("arn:aws:states:::{}{pattern}", action.full_name()))
    })
}

fn partition(resource: &Resource, found: &mut Vec<Problem>) {
    let (Some(name), Some(range)) = (resource.known(&resource.partition), resource.partition.clone()) else {
        return;
    };
    if !PARTITIONS.contains(&name) {
        let message = match name {
            "" => "the partition is missing".to_owned(),
            _ => format!("`{name}` is no partition of AWS"),
        };
        let near = nearest::nearest(name, PARTITIONS.into_iter());
        let meant = if near.is_empty() { vec!["aws"] } else { near };
        let problem = problem(Reason::BadPartition, Certainty::Certain, range, message);
        found.push(problem.suggest(meant.into_iter().map(str::to_owned)));
    }
}

fn own_resource(resource: &Resource, place: Place, found: &mut Vec<Problem>) {
    let what = if resource.kind == Kind::Activity { "activity" } else { "function" };
    let all = 0..resource.text.len();
    if place != Place::Task {
        let message = format!("an {what} ARN is a resource of a Task only").replace("an f", "a f");
        found.push(problem(Reason::WrongPlace, Certainty::Certain, all, message));
        return;
    }
    let is_empty = |range: &Option<Range<usize>>| resource.part(range).is_none_or(str::is_empty);
    let parts = [("region", &resource.region), ("account", &resource.account), ("name", &resource.name)];
    let lacks: Vec<&str> =
        parts.into_iter().filter(|(_, range)| is_empty(range)).map(|(part, _)| part).collect();
    let (Some(first), Some(last)) = (lacks.first(), lacks.last()) else { return };
    // Published examples leave out region and account, so these are not called certain.
    let certainty = if *last == "name" { Certainty::Certain } else { Certainty::Likely };
    let lacks = match lacks.as_slice() {
        [first, second, third] => format!("the {first}, the {second} and the {third}"),
        [first, second] => format!("the {first} and the {second}"),
        _ => format!("the {first}"),
    };
    found.push(problem(Reason::Incomplete, certainty, all, format!("the ARN of the {what} lacks {lacks}")));
}

fn not_callable(resource: &Resource, found: &mut Vec<Problem>) {
    let named = resource.known(&resource.arn_service).unwrap_or_default();
    let message = match resource.kind {
        Kind::StateMachine => "a Task does not call a state machine by its ARN".to_owned(),
        _ => format!("a Task does not call a thing of `{named}` by its ARN"),
    };
    // The specification names tasks so in its examples.
    let certainty = if named == "swf" { Certainty::Likely } else { Certainty::Certain };
    let problem = problem(Reason::NotCallable, certainty, 0..resource.text.len(), message);
    let service = service(Integration::Optimized, named);
    let first = match (named, service) {
        ("states", _) => Some("states:startExecution".to_owned()),
        (_, Some(service)) => service.actions().first().map(Action::full_name),
        _ => None,
    };
    found.push(problem.suggest(first.map(|it| format!("arn:aws:states:::{it}"))));
}

fn call(resource: &Resource, place: Place, found: &mut Vec<Problem>) {
    let Some(integration) = integration(resource) else { return };
    if missing_colons(resource, found) {
        return;
    }
    for range in [&resource.region, &resource.account] {
        if let Some(range) = range.clone().filter(|it| !it.is_empty()) {
            let message = "region and account of an integration are normally empty".to_owned();
            let problem = problem(Reason::RegionOrAccount, Certainty::Note, range, message);
            found.push(problem.suggest([String::new()]));
        }
    }
    let end = resource.text.len()..resource.text.len();
    let Some(range) = resource.service.clone().filter(|it| !it.is_empty()) else {
        let message = "the integration lacks a service".to_owned();
        found.push(problem(Reason::UnknownService, Certainty::Certain, end, message));
        return;
    };
    let Some(token) = resource.known(&resource.service) else { return };
    let Some(service) = service(integration, token) else {
        found.push(unknown_service(resource, integration, token, range));
        return;
    };
    retired(&service, range, found);
    if service.action_count == 0 {
        // Of a closed service nothing is known but its name.
        return;
    }
    let Some(range) = resource.action.clone().filter(|it| !it.is_empty()) else {
        let message = format!("`{}` needs an action", service.name());
        found.push(problem(Reason::UnknownAction, Certainty::Certain, end, message));
        return;
    };
    let Some(name) = resource.known(&resource.action) else {
        sdk_sync(resource, integration, found);
        return;
    };
    let Some(action) = service.action(name) else {
        found.push(unknown_action(resource, &service, name, range));
        sdk_sync(resource, integration, found);
        return;
    };
    if wrong_place(&action, place, &range, found) {
        return;
    }
    unavailable(&action, range, found);
    pattern(resource, &action, found);
}

/// `arn:aws:states::glue:startJobRun`: the account is no number, but a service.
fn missing_colons(resource: &Resource, found: &mut Vec<Problem>) -> bool {
    let is_service = |range| {
        let known = resource.known(range);
        known.is_some_and(|it| it == "aws-sdk" || service(Integration::Optimized, it).is_some())
    };
    if !is_service(&resource.account) && !is_service(&resource.region) {
        return false;
    }
    let message = "the ARN lacks colons: three stand before the service".to_owned();
    let problem = problem(Reason::MissingColons, Certainty::Certain, 0..resource.text.len(), message);
    found.push(problem.suggest(resource_like(&resource.text)));
    true
}

fn unknown_service(
    resource: &Resource,
    integration: Integration,
    token: &str,
    range: Range<usize>,
) -> Problem {
    let lower: String = token.chars().filter(|it| !matches!(it, '-' | '_' | ' ')).collect();
    let lower = lower.to_ascii_lowercase();
    for spelling in [token.to_ascii_lowercase(), lower.clone()] {
        if service(integration, &spelling).is_some() {
            let message = format!("the service is written `{spelling}`");
            return problem(Reason::WrongCasing, Certainty::Certain, range, message).suggest([spelling]);
        }
    }
    // A service newer than the catalogue is unknown too, so an SDK service is never certainly wrong.
    let (certainty, message) = match integration {
        Integration::Sdk => (Certainty::Likely, format!("no SDK service `{token}` is known")),
        Integration::Optimized => {
            (Certainty::Certain, format!("no optimized integration of `{token}` is known"))
        }
    };
    let mut problem = problem(Reason::UnknownService, certainty, range.clone(), message);
    // What works is the best advice: the same action, called through the SDK.
    if integration == Integration::Optimized {
        let sdk = meant_services(Integration::Sdk, token, &lower);
        let name = resource.known(&resource.action).unwrap_or_default();
        for meant in sdk {
            if meant.action(name).is_some() {
                problem.suggestions.push(Suggestion { range: range.clone(), text: meant.name() });
            }
        }
    }
    let meant = meant_services(integration, token, &lower);
    problem.suggest(meant.iter().map(|it| it.token.to_owned()))
}

/// The services that other names of theirs, or names like theirs, point to.
fn meant_services(integration: Integration, token: &str, lower: &str) -> Vec<Service> {
    let mut found: Vec<&str> = Vec::new();
    let token_lower = token.to_ascii_lowercase();
    for entry in &index().services {
        // The names by which the CLI, endpoints, signatures and policies know it.
        let others = [entry.token, entry.directory, entry.endpoint, entry.signing, entry.iam_prefix];
        if others.contains(&token_lower.as_str()) {
            found.push(entry.token);
        }
    }
    let tokens = services().filter(|it| it.integration == integration).map(|it| it.token);
    found.extend(nearest::nearest(lower, tokens));
    let mut services: Vec<Service> = Vec::new();
    for token in found {
        if let Some(service) = service(integration, token).filter(|it| !services.contains(it)) {
            services.push(service);
        }
    }
    services.truncate(4);
    services
}

/// Of the services in no list, those that AWS is known to refuse.
const REFUSED: [&str; 1] = ["apigatewaymanagementapi"];

fn retired(service: &Service, range: Range<usize>, found: &mut Vec<Problem>) {
    let (reason, certainty, message) = match service.support {
        // The machine was valid once, and which calls still work nobody has written down.
        Support::Retired => {
            (Reason::RetiredService, Certainty::Note, format!("AWS has closed `{}`", service.token))
        }
        Support::Deprecated => (
            Reason::RetiredService,
            Certainty::Note,
            format!("the integration of `{}` is deprecated", service.token),
        ),
        Support::NotListed if REFUSED.contains(&service.token) => (
            Reason::UnlistedService,
            Certainty::Certain,
            format!("Step Functions does not call `{}`", service.token),
        ),
        Support::NotListed => (
            Reason::UnlistedService,
            Certainty::Note,
            format!("`{}` is not among the services that Step Functions lists", service.token),
        ),
        Support::Supported | Support::Unknown => return,
    };
    found.push(problem(reason, certainty, range, message));
}

fn unknown_action(resource: &Resource, service: &Service, name: &str, range: Range<usize>) -> Problem {
    let near = service.nearest_actions(name);
    if let Some(right) = near.first().filter(|it| it.eq_ignore_ascii_case(name)) {
        let message = format!("the action is written `{right}`");
        return problem(Reason::WrongCasing, Certainty::Certain, range, message).suggest([right.clone()]);
    }
    // An SDK action can be newer than the catalogue; optimized integrations are few and well known.
    let certainty = match service.integration {
        Integration::Sdk => Certainty::Likely,
        Integration::Optimized => Certainty::Certain,
    };
    let message = format!("`{}` has no action `{name}`", service.name());
    let mut problem = problem(Reason::UnknownAction, certainty, range.clone(), message);
    if service.integration == Integration::Optimized {
        let start = resource.service.as_ref().map_or(range.start, |it| it.start);
        // `dynamodb:query` exists as `aws-sdk:dynamodb:query`.
        let same = meant_services(Integration::Sdk, service.token, service.token);
        let whole = start..range.end;
        let through_sdk = same.iter().filter_map(|it| it.action(name));
        problem
            .suggestions
            .extend(through_sdk.take(1).map(|it| Suggestion { range: whole.clone(), text: it.full_name() }));
    }
    let mut names = near;
    if names.is_empty() {
        let hits = search(&format!("{} {name}", service.token), 3).into_iter();
        let own = hits.filter(|it| it.service == service.token && it.integration == service.integration);
        names = own.map(|it| it.action.to_owned()).collect();
        names.dedup();
    }
    problem.suggest(names)
}

fn wrong_place(action: &Action, place: Place, range: &Range<usize>, found: &mut Vec<Problem>) -> bool {
    let wanted = match place {
        Place::Task => None,
        Place::ItemReader => Some("ItemReader"),
        Place::ResultWriter => Some("ResultWriter"),
    };
    if action.map_field() == wanted {
        return false;
    }
    let field = action.map_field().unwrap_or("a Task");
    let message = format!("`{}` is a resource of {field} only", action.full_name());
    let problem = problem(Reason::WrongPlace, Certainty::Certain, range.clone(), message);
    let in_task = place == Place::Task;
    let sdk = in_task.then(|| self::action(Integration::Sdk, action.service.token, action.name())).flatten();
    let start = range.start - action.service.token.len() - 1;
    let texts = sdk.map(|it| Suggestion { range: start..range.end, text: it.full_name() });
    found.push(Problem { suggestions: texts.into_iter().collect(), ..problem });
    true
}

fn unavailable(action: &Action, range: Range<usize>, found: &mut Vec<Problem>) {
    let name = action.full_name();
    let (reason, certainty, message) = match action.availability() {
        Availability::Streaming => (
            Reason::StreamingAction,
            Certainty::Likely,
            format!("`{name}` streams, which Step Functions cannot carry"),
        ),
        Availability::Unsupported => (
            Reason::UnsupportedAction,
            Certainty::Likely,
            format!("Step Functions does not support `{name}`"),
        ),
        Availability::Doubtful => (
            Reason::UnsupportedAction,
            Certainty::Note,
            format!("Step Functions probably cannot call `{name}`"),
        ),
        Availability::Available | Availability::Unknown | Availability::NotListed => return,
    };
    // The optimized integration of a streaming operation puts the stream together.
    if action.service.integration == Integration::Sdk {
        found.push(problem(reason, certainty, range, message));
    }
}

fn sdk_sync(resource: &Resource, integration: Integration, found: &mut Vec<Problem>) {
    let suffix = resource.known(&resource.pattern).unwrap_or_default();
    if let (Integration::Sdk, true, Some(range)) =
        (integration, suffix.starts_with(".sync"), resource.pattern.clone())
    {
        let message = "SDK integrations cannot wait for a job: they have no `.sync`".to_owned();
        found.push(problem(Reason::SdkSync, Certainty::Certain, range, message).suggest([String::new()]));
    }
}

fn pattern(resource: &Resource, action: &Action, found: &mut Vec<Problem>) {
    let (Some(suffix), Some(range)) = (resource.known(&resource.pattern), resource.pattern.clone()) else {
        return;
    };
    let patterns = action.patterns();
    let suffixes = || patterns.iter().map(|it| it.suffix().to_owned());
    let Some(pattern) = Pattern::from_suffix(suffix) else {
        let near =
            nearest::nearest(suffix, patterns.iter().map(|it| it.suffix()).filter(|it| !it.is_empty()));
        let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
        let texts = if near.is_empty() { suffixes().collect() } else { near };
        let message = format!("there is no integration pattern `{suffix}`");
        found.push(problem(Reason::UnknownPattern, Certainty::Certain, range, message).suggest(texts));
        return;
    };
    if patterns.contains(&pattern) {
        return;
    }
    if action.service.integration == Integration::Sdk {
        sdk_sync(resource, Integration::Sdk, found);
        // The service may have an optimized integration that does wait.
        let optimized = self::action(Integration::Optimized, action.service.token, action.name());
        let has = optimized.is_some_and(|it| it.patterns().contains(&pattern));
        if let (true, Some(last), Some(service)) = (has, found.last_mut(), &resource.service) {
            let start = service.start - "aws-sdk:".len();
            let text = format!("{}:{}{suffix}", action.service.token, action.name());
            last.suggestions.insert(0, Suggestion { range: start..range.end, text });
        }
        return;
    }
    let name = action.full_name();
    if action.doubtful_patterns().contains(&pattern) {
        let message = format!("the pages of AWS do not agree whether `{name}` takes `{suffix}`");
        found.push(problem(Reason::DoubtfulPattern, Certainty::Note, range, message));
        return;
    }
    let message = format!("`{name}` does not take `{suffix}`");
    found.push(problem(Reason::UnsupportedPattern, Certainty::Certain, range, message).suggest(suffixes()));
}
