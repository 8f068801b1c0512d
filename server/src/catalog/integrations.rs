//! The integration catalogue: every service that Step Functions can call, its actions, their parameters
//! and results, the errors they raise and where AWS documents them.
//!
//! It is embedded in the binary, compressed service by service. [`service()`] and [`services()`] look only at
//! the index; [`Service::action`] unpacks the service's frame the first time, which takes a millisecond or
//! less, and finds it in a bounded cache afterwards. [`Action`] is what one Resource calls. [`resource`]
//! takes Resource strings apart, [`problems()`] says what is wrong with one, [`search()`] finds actions by
//! pieces of their names.
//!
//! The file behind it is made by `server/generate`; its layout is described in `layout.rs`.

pub mod resource;

mod action;
mod problems;
mod search;
mod shapes;

mod optimized;

mod cache;
mod frame;
mod index;
mod layout;
pub(crate) mod naming;
mod nearest;

#[cfg(test)]
mod tests;

pub use action::{Action, Availability, Pattern, Results};
pub use frame::Bound;
pub use layout::{Kind, Support};
pub use problems::{Certainty, Place, Problem, Reason, Suggestion, action_of, problems};
pub use search::{Hit, search};
pub use shapes::{Member, Shape};

use std::sync::OnceLock;

use index::{Index, OptimizedEntry, ServiceEntry};

static BLOB: &[u8] = include_bytes!("integrations.bin");

/// The reference pages of AWS.
const DOCS: &str = "https://docs.aws.amazon.com/";
/// The Step Functions guide.
const GUIDE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/";

/// The two ways in which a Task calls a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Integration {
    /// `arn:aws:states:::glue:startJobRun`: made by hand for this service.
    Optimized,
    /// `arn:aws:states:::aws-sdk:glue:startJobRun`: any operation of the SDK.
    Sdk,
}

/// A service, as one of the two integrations knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service {
    pub integration: Integration,
    /// The name in a Resource.
    pub token: &'static str,
    /// The name that people know.
    pub title: &'static str,
    /// What its errors start with, as in `Glue.EntityNotFoundException`.
    pub error_prefix: &'static str,
    /// What its IAM actions start with; empty for what calls no AWS service.
    pub iam_prefix: &'static str,
    pub support: Support,
    pub action_count: usize,
    /// Its place in the index.
    number: usize,
}

/// The version of botocore that the catalogue was made from.
pub fn source() -> &'static str {
    index().source
}

/// All services: the optimized integrations, then those of the SDK, each sorted by token.
pub fn services() -> impl Iterator<Item = Service> {
    let optimized = index().optimized.iter().enumerate();
    let optimized = optimized.filter_map(|(number, entry)| optimized_service(number, entry));
    let sdk = index().services.iter().enumerate().map(|(number, entry)| sdk_service(number, entry));
    optimized.chain(sdk)
}

/// The service of this token.
pub fn service(integration: Integration, token: &str) -> Option<Service> {
    match integration {
        Integration::Optimized => {
            let number = index().optimized.binary_search_by(|it| it.token.cmp(token)).ok()?;
            optimized_service(number, index().optimized.get(number)?)
        }
        Integration::Sdk => {
            let number = index().services.binary_search_by(|it| it.token.cmp(token)).ok()?;
            Some(sdk_service(number, index().services.get(number)?))
        }
    }
}

/// The action of this name.
pub fn action(integration: Integration, token: &str, name: &str) -> Option<Action> {
    service(integration, token)?.action(name)
}

impl Service {
    /// All actions, sorted by name.
    pub fn actions(&self) -> Vec<Action> {
        let Some(model) = self.inputs() else { return Vec::new() };
        (0..model.operations().len()).map(|at| Action::new(*self, model.clone(), at)).collect()
    }

    /// The action of this name, in its exact casing.
    pub fn action(&self, name: &str) -> Option<Action> {
        let model = self.inputs()?;
        let at = model.find(name)?;
        Some(Action::new(*self, model, at))
    }

    /// The actions whose names are most like this one, the nearest first.
    pub fn nearest_actions(&self, name: &str) -> Vec<String> {
        let Some(model) = self.inputs() else { return Vec::new() };
        let names = model.operations().iter().map(|it| model.str(it.action));
        nearest::nearest(name, names).into_iter().map(str::to_owned).collect()
    }

    /// The service as it begins in a Resource: `glue`, `aws-sdk:glue`.
    pub fn name(&self) -> String {
        match self.integration {
            Integration::Optimized => self.token.to_owned(),
            Integration::Sdk => format!("aws-sdk:{}", self.token),
        }
    }

    /// The name of its folder in botocore; empty for optimized integrations and closed services.
    pub fn directory(&self) -> &'static str {
        match self.integration {
            Integration::Optimized => "",
            Integration::Sdk => index().services.get(self.number).map_or("", |it| it.directory),
        }
    }

    /// Its page in the Step Functions guide.
    pub fn guide_url(&self) -> String {
        let page = match self.integration {
            Integration::Optimized => optimized::of_service(self.token).map(|it| it.guide.as_str()).next(),
            Integration::Sdk => None,
        };
        format!("{GUIDE}{}", page.unwrap_or("supported-services-awssdk.html"))
    }

    fn inputs(&self) -> Option<std::sync::Arc<frame::Model>> {
        cache::inputs(self.integration, self.number)
    }
}

fn index() -> &'static Index<'static> {
    static INDEX: OnceLock<Index<'static>> = OnceLock::new();
    // The build has verified the blob; an empty catalogue is still better than a dead server.
    INDEX.get_or_init(|| Index::read(BLOB).unwrap_or_default())
}

fn sdk_service(number: usize, entry: &ServiceEntry<'static>) -> Service {
    Service {
        integration: Integration::Sdk,
        token: entry.token,
        title: entry.title,
        error_prefix: entry.error_prefix,
        iam_prefix: entry.iam_prefix,
        support: entry.support,
        action_count: entry.action_count,
        number,
    }
}

fn optimized_service(number: usize, entry: &OptimizedEntry<'static>) -> Option<Service> {
    let first = optimized::of_service(entry.token).next()?;
    let api = optimized::of_service(entry.token).find_map(|it| it.api.as_ref());
    let api = api.and_then(|(token, _)| index().service(token));
    Some(Service {
        integration: Integration::Optimized,
        token: entry.token,
        title: api.map(|it| it.title).or(first.title.as_deref()).unwrap_or(entry.token),
        error_prefix: first.error_prefix.as_str(),
        iam_prefix: api.map_or("", |it| it.iam_prefix),
        support: Support::Supported,
        action_count: optimized::of_service(entry.token).count(),
        number,
    })
}
