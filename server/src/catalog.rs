//! What we know about the Amazon States Language: plain tables that hover, completion and the rules all read.
//!
//! Start with [`fields`]: which fields an object takes and what they hold. The catalog asks nothing of the other
//! modules; everyone asks the catalog.

pub mod fields;
pub mod states;

pub mod functions;
pub mod integrations;
pub mod models;

pub mod arns;
pub mod context;
pub mod errors;
pub mod limits;
pub mod operators;
pub mod placeholders;

/// The pages that the tables link to. A page may be renamed; then there is one line to change.
pub(crate) mod pages {
    macro_rules! guide {
        ($page:literal) => {
            concat!("https://docs.aws.amazon.com/step-functions/latest/dg/", $page)
        };
    }
    macro_rules! spec {
        ($section:literal) => {
            concat!("https://states-language.net/spec.html#", $section)
        };
    }

    pub const MACHINE_FIELDS: &str = spec!("toplevelfields");
    pub const STATES: &str = spec!("states-fields");
    pub const TRANSITIONS: &str = spec!("transition");
    pub const TASK: &str = guide!("state-task.html");
    pub const PARALLEL: &str = guide!("state-parallel.html");
    pub const MAP: &str = guide!("state-map.html");
    pub const INLINE_MAP: &str = guide!("state-map-inline.html");
    pub const DISTRIBUTED_MAP: &str = guide!("state-map-distributed.html");
    pub const PASS: &str = guide!("state-pass.html");
    pub const WAIT: &str = guide!("state-wait.html");
    pub const CHOICE: &str = guide!("state-choice.html");
    pub const SUCCEED: &str = guide!("state-succeed.html");
    pub const FAIL: &str = guide!("state-fail.html");
    pub const RESOURCES: &str = guide!("connect-to-resource.html");
    pub const CREDENTIALS: &str = guide!("concepts-access-cross-acct-resources.html");
    pub const QUERY_LANGUAGE: &str = guide!("transforming-data.html");
    pub const VARIABLES: &str = guide!("workflow-variables.html");
    pub const PATHS: &str = guide!("concepts-input-output-filtering.html");
    pub const PARAMETERS: &str = guide!("input-output-inputpath-params.html");
    pub const RESULT_PATH: &str = guide!("input-output-resultpath.html");
    pub const ITEM_READER: &str = guide!("input-output-itemreader.html");
    pub const ITEMS_PATH: &str = guide!("input-output-itemspath.html");
    pub const ITEM_SELECTOR: &str = guide!("input-output-itemselector.html");
    pub const ITEM_BATCHER: &str = guide!("input-output-itembatcher.html");
    pub const RESULT_WRITER: &str = guide!("input-output-resultwriter.html");
    pub const ERRORS: &str = guide!("concepts-error-handling.html");
    pub const RETRIERS: &str = spec!("retrying-after-error");
    pub const CATCHERS: &str = spec!("fallback-states");
    pub const CONTEXT: &str = guide!("input-output-contextobject.html");
    pub const QUOTAS: &str = guide!("service-quotas.html");
    pub const SUBSTITUTIONS: &str = "https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html";
    pub const PSEUDO_PARAMETERS: &str =
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html";
}
