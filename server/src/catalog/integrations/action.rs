//! One action: what a Resource such as `arn:aws:states:::glue:startJobRun.sync` calls.

use std::sync::Arc;

use super::frame::{Model, OperationNode};
use super::index::{Exception, ServiceEntry};
use super::layout::{Support, operation};
use super::optimized::{self, ActionFacts};
use super::shapes::{Member, Shape};
use super::{DOCS, GUIDE, Integration, Service, cache, index, naming};

/// How a Task waits for what it calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pattern {
    /// Goes on with the answer of the call.
    RequestResponse,
    /// Waits for the end of the job.
    Sync,
    /// Waits for the end of the execution and parses its output.
    Sync2,
    /// Waits until somebody sends the token back.
    WaitForTaskToken,
}

impl Pattern {
    /// All patterns.
    pub const ALL: [Pattern; 4] =
        [Pattern::RequestResponse, Pattern::Sync, Pattern::Sync2, Pattern::WaitForTaskToken];

    /// What stands behind the action in a Resource.
    pub fn suffix(self) -> &'static str {
        match self {
            Pattern::RequestResponse => "",
            Pattern::Sync => ".sync",
            Pattern::Sync2 => ".sync:2",
            Pattern::WaitForTaskToken => ".waitForTaskToken",
        }
    }

    /// The pattern of this suffix.
    pub fn from_suffix(suffix: &str) -> Option<Pattern> {
        Pattern::ALL.into_iter().find(|it| it.suffix() == suffix)
    }

    /// Express machines only take request-response.
    pub fn works_in_express(self) -> bool {
        self == Pattern::RequestResponse
    }
}

/// Whether Step Functions can call an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    Available,
    /// The service is newer than our list: it may well be.
    Unknown,
    /// The service is older than the list, and not in it.
    NotListed,
    /// Probably not, but not documented so.
    Doubtful,
    /// The guide says that it is not supported.
    Unsupported,
    /// It streams, which Step Functions cannot carry.
    Streaming,
}

/// An action of a service.
#[derive(Debug, Clone)]
pub struct Action {
    pub service: Service,
    model: Arc<Model>,
    at: usize,
    /// What is special about an optimized integration.
    facts: Option<&'static ActionFacts>,
}

/// The shape of a result, with the model that it lives in.
#[derive(Debug, Clone)]
pub struct Results {
    model: Arc<Model>,
    root: u32,
}

impl Results {
    /// The result itself.
    pub fn shape(&self) -> Option<Shape<'_>> {
        Shape::new(&self.model, self.root)
    }
}

impl Action {
    pub(super) fn new(service: Service, model: Arc<Model>, at: usize) -> Action {
        let facts = match service.integration {
            Integration::Sdk => None,
            Integration::Optimized => {
                let name = model.operations().get(at).map(|it| model.str(it.action)).unwrap_or_default();
                optimized::find(service.token, name)
            }
        };
        Action { service, model, at, facts }
    }

    /// The name in a Resource: `startJobRun`.
    pub fn name(&self) -> &str {
        self.node().map(|it| self.model.str(it.action)).unwrap_or_default()
    }

    /// The whole Resource without partition, as people look for it: `glue:startJobRun`.
    pub fn full_name(&self) -> String {
        format!("{}:{}", self.service.name(), self.name())
    }

    /// The operation of the API behind it: `StartJobRun`.
    pub fn api_name(&self) -> Option<&str> {
        match self.facts {
            Some(facts) => facts.api.as_ref().map(|(_, operation)| operation.as_str()),
            None => self.node().map(|it| self.model.str(it.name)),
        }
    }

    /// The operation of the API behind it, with the name of its service behind `aws-sdk:`.
    pub fn operation(&self) -> Option<(&'static str, &str)> {
        self.api().map(|(service, operation)| (service.token, operation))
    }

    /// The structure of all parameters; `None` when there are none.
    pub fn input(&self) -> Option<Shape<'_>> {
        Shape::new(&self.model, *self.node()?.shapes.first()?)
    }

    /// The parameters, in the order of the API.
    pub fn parameters(&self) -> Vec<Member<'_>> {
        self.input().map(|it| it.members().collect()).unwrap_or_default()
    }

    /// The parameter of this name.
    pub fn parameter(&self, name: &str) -> Option<Member<'_>> {
        self.input()?.member(name)
    }

    /// What it gives back. With a callback the result is what the caller sends: not known.
    pub fn result(&self, pattern: Pattern) -> Option<Results> {
        let model = cache::outputs(self.service.integration, self.service.number)?;
        let operation = model.operations().get(model.find(self.name())?)?;
        let at = match pattern {
            Pattern::RequestResponse => 0,
            Pattern::Sync => 1,
            Pattern::Sync2 => 2,
            Pattern::WaitForTaskToken => return None,
        };
        let root = *operation.shapes.get(at)?;
        Some(Results { model, root })
    }

    /// The patterns it certainly has.
    pub fn patterns(&self) -> Vec<Pattern> {
        match self.facts {
            None => vec![Pattern::RequestResponse, Pattern::WaitForTaskToken],
            Some(facts) => {
                let others = facts.patterns.iter().filter_map(|it| Pattern::from_suffix(it));
                [Pattern::RequestResponse].into_iter().chain(others).collect()
            }
        }
    }

    /// The patterns of which AWS's own pages say different things.
    pub fn doubtful_patterns(&self) -> Vec<Pattern> {
        let suffixes = self.facts.map(|it| it.doubtful_patterns.as_slice()).unwrap_or_default();
        suffixes.iter().filter_map(|it| Pattern::from_suffix(it)).collect()
    }

    /// Whether Step Functions can call it.
    pub fn availability(&self) -> Availability {
        let flags = self.node().map_or(0, |it| it.flags);
        let has = |flag| flags & flag != 0;
        match self.service.support {
            _ if has(operation::STREAMING) => Availability::Streaming,
            _ if has(operation::UNSUPPORTED) => Availability::Unsupported,
            _ if has(operation::DOUBTFUL) => Availability::Doubtful,
            Support::Supported => Availability::Available,
            Support::NotListed => Availability::NotListed,
            Support::Unknown | Support::Retired | Support::Deprecated => Availability::Unknown,
        }
    }

    /// The service discourages it.
    pub fn is_deprecated(&self) -> bool {
        self.node().is_some_and(|it| it.flags & operation::DEPRECATED != 0)
    }

    /// The field of a Map that it serves, `ItemReader` or `ResultWriter`, when it is no resource of a Task.
    pub fn map_field(&self) -> Option<&'static str> {
        self.facts?.place.as_deref()
    }

    /// Errors as Catch and Retry see them. Others may come.
    pub fn errors(&self) -> Vec<String> {
        let Some(node) = self.node() else { return Vec::new() };
        let prefix = self.service.error_prefix;
        let shapes = self.model.errors(node).iter().map(|it| self.model.str(*it));
        let mut errors = Vec::new();
        match self.facts {
            Some(facts) => {
                errors.extend(facts.errors.iter().cloned());
                errors.extend(shapes.map(|it| format!("{prefix}.{}", optimized_error(it))));
            }
            None => {
                errors.extend(shapes.map(|it| format!("{prefix}.{}", naming::exception(it))));
                errors.push(format!("{prefix}.{prefix}Exception"));
                errors.push(format!("{prefix}.SdkClientException"));
            }
        }
        let mut seen = std::collections::HashSet::new();
        errors.retain(|it| seen.insert(it.clone()));
        errors
    }

    /// The permission that the machine's role needs, as far as one name says it.
    pub fn iam_action(&self) -> Option<String> {
        if let Some(action) = self.facts.and_then(|it| it.iam.as_ref()) {
            return Some(action.clone());
        }
        let (api, operation) = self.api()?;
        if let Some(known) = exception(&index().iam, api.token, operation) {
            return Some(known.to_owned());
        }
        (!api.iam_prefix.is_empty()).then(|| format!("{}:{operation}", api.iam_prefix))
    }

    /// Its page in the API reference.
    pub fn api_url(&self) -> Option<String> {
        let (api, operation) = self.api()?;
        if let Some(page) = exception(&index().links, api.token, operation) {
            return Some(format!("{DOCS}{page}"));
        }
        Some(page(api, operation))
    }

    /// Its page in the Step Functions guide.
    pub fn guide_url(&self) -> String {
        match self.facts {
            Some(facts) => format!("{GUIDE}{}", facts.guide),
            None => self.service.guide_url(),
        }
    }

    /// Where a parameter is documented: as near to it as anchors go.
    pub fn parameter_url(&self, parameter: &Member) -> String {
        let Some((api, operation)) = self.api().filter(|_| !parameter.own) else { return self.guide_url() };
        let special = exception(&index().links, api.token, operation).is_some();
        match self.api_url() {
            Some(url) if !special && !api.page.is_empty() => {
                if api.anchor.is_empty() {
                    // Pages made from query protocols and resource models only have sections.
                    let page = api.page.rsplit('/').next().unwrap_or_default();
                    format!("{url}#{page}{operation}_RequestParameters")
                } else {
                    format!("{url}#{}-{operation}-request-{}", api.anchor, parameter.wire_name)
                }
            }
            Some(url) => url,
            None => self.guide_url(),
        }
    }

    /// Where a member of a nested structure is documented.
    pub fn member_url(&self, shape: &Shape, member: &Member) -> Option<String> {
        let (api, _) = self.api().filter(|_| !member.own)?;
        let name = shape.name()?;
        let url = page(api, name);
        if api.page.is_empty() || api.anchor.is_empty() {
            return Some(url);
        }
        Some(format!("{url}#{}-Type-{name}-{}", api.anchor, member.wire_name))
    }

    /// What one should know, in our own words.
    pub fn notes(&self) -> &'static [String] {
        self.facts.map(|it| it.notes.as_slice()).unwrap_or_default()
    }

    /// What one should know of a parameter.
    pub fn parameter_note(&self, name: &str) -> Option<&'static str> {
        self.facts?.parameter_notes.get(name).map(String::as_str)
    }

    /// What holds when a parameter is missing.
    pub fn default_value(&self, name: &str) -> Option<&'static str> {
        self.facts?.defaults.get(name).map(String::as_str)
    }

    /// Groups of parameters of which one is needed.
    pub fn one_of(&self) -> &'static [Vec<String>] {
        self.facts.map(|it| it.one_of.as_slice()).unwrap_or_default()
    }

    /// Whether a parameter is refused together with a pattern.
    pub fn is_refused(&self, parameter: &str, pattern: Pattern) -> bool {
        let patterns = self.facts.and_then(|it| it.refused_with.get(parameter));
        patterns.is_some_and(|it| it.iter().any(|it| it == pattern.suffix()))
    }

    fn node(&self) -> Option<&OperationNode> {
        self.model.operations().get(self.at)
    }

    /// The API behind it.
    fn api(&self) -> Option<(&'static ServiceEntry<'static>, &str)> {
        match self.facts {
            Some(facts) => {
                let (token, operation) = facts.api.as_ref()?;
                Some((index().service(token)?, operation))
            }
            None => Some((index().services.get(self.service.number)?, self.api_name()?)),
        }
    }
}

/// The page of an operation or a structure.
fn page(api: &ServiceEntry, name: &str) -> String {
    if api.page.is_empty() {
        return format!("{DOCS}goto/WebAPI/{}/{name}", api.uid);
    }
    format!("{DOCS}{}{name}.html", api.page)
}

fn exception<'a>(all: &[Exception<'a>], service: &str, operation: &str) -> Option<&'a str> {
    all.iter().find(|it| it.service == service && it.operation == operation).map(|it| it.text)
}

/// Optimized integrations keep the casing of the model.
fn optimized_error(shape: &str) -> String {
    let name = shape.strip_suffix("Fault").unwrap_or(shape);
    if name.ends_with("Exception") { name.to_owned() } else { format!("{name}Exception") }
}
