//! The state machine and the machines inside it: branches and item processors.

use super::state::{COMMENT, JSONATA, JSONPATH};
use super::{Allowed, Field, Object, Value};
use crate::catalog::{limits, pages};

pub static MACHINE: [Field; 6] =
    [Field { link: pages::MACHINE_FIELDS, ..COMMENT }, QUERY_LANGUAGE, START_AT, STATES, VERSION, TIMEOUT];

pub static BRANCH: [Field; 3] = [COMMENT, START_AT, STATES];

pub static PROCESSOR: [Field; 4] = [PROCESSOR_CONFIG, COMMENT, START_AT, STATES];

const QUERY_LANGUAGE: Field = Field {
    name: "QueryLanguage",
    value: Value::Enum(&[JSONPATH, JSONATA]),
    default: Some("JSONPath"),
    summary: "The query language of every state that does not choose its own, also inside branches and item \
              processors. A machine in JSONPath may have states in JSONata, not the other way round.",
    link: pages::QUERY_LANGUAGE,
    ..Field::PLAIN
};

const START_AT: Field = Field {
    name: "StartAt",
    value: Value::StateName,
    required: true,
    summary: "The state to begin with: one of the names in the `States` beside it.",
    link: pages::MACHINE_FIELDS,
    ..Field::PLAIN
};

const STATES: Field = Field {
    name: "States",
    value: Value::States,
    required: true,
    summary: "The states, each under its name. A name is used only once in the whole document, branches and \
              item processors included; transitions stay among the states of one such object.",
    link: pages::STATES,
    ..Field::PLAIN
};

const VERSION: Field = Field {
    name: "Version",
    value: Value::Enum(&[Allowed { value: "1.0", summary: "The only version of the language so far." }]),
    default: Some("1.0"),
    summary: "The version of the Amazon States Language in which the machine is written.",
    link: pages::MACHINE_FIELDS,
    ..Field::PLAIN
};

const TIMEOUT: Field = Field {
    name: "TimeoutSeconds",
    value: Value::Integer { min: 1, max: Some(limits::SECONDS) },
    summary: "How long one execution may take. When the time is over the execution fails with \
              `States.Timeout`; without the field only the quotas of the service end it.",
    link: pages::MACHINE_FIELDS,
    ..Field::PLAIN
};

const PROCESSOR_CONFIG: Field = Field {
    name: "ProcessorConfig",
    value: Value::Object(Object::ProcessorConfig),
    summary: "Where the items are processed: within this execution, or each in a child execution of its own. \
              Without it they are processed inline.",
    link: pages::MAP,
    ..Field::PLAIN
};
