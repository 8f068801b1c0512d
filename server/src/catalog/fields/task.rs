//! The Task state and its credentials.

use super::state::{
    ASSIGN, CATCH, COMMENT, END, INPUT_PATH, NEXT, OUTPUT, OUTPUT_PATH, QUERY_LANGUAGE, RESULT_PATH,
    RESULT_SELECTOR, RETRY, TYPE,
};
use super::{Field, Languages, Object, PathKind, Value};
use crate::catalog::{limits, pages};

pub static TASK: [Field; 21] = [
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    RESOURCE,
    INPUT_PATH,
    PARAMETERS,
    ARGUMENTS,
    CREDENTIALS_FIELD,
    TIMEOUT,
    TIMEOUT_PATH,
    HEARTBEAT,
    HEARTBEAT_PATH,
    RESULT_SELECTOR,
    RESULT_PATH,
    OUTPUT_PATH,
    ASSIGN,
    OUTPUT,
    RETRY,
    CATCH,
    NEXT,
    END,
];

/// One of the two is needed, which is a rule of its own. Together they collide as members of a template do.
pub static CREDENTIALS: [Field; 2] = [
    Field {
        name: "RoleArn",
        value: Value::RoleArn,
        jsonata: true,
        summary: "The role under which the task runs. The execution role must be allowed to assume it.",
        link: pages::CREDENTIALS,
        ..Field::PLAIN
    },
    Field {
        name: "RoleArn.$",
        value: Value::Path(PathKind::Template),
        languages: Languages::JsonPath,
        summary: "The role under which the task runs, read from the input or computed.",
        link: pages::CREDENTIALS,
        ..Field::PLAIN
    },
];

const RESOURCE: Field = Field {
    name: "Resource",
    value: Value::Resource,
    required: true,
    summary: "What the task does: the ARN of a Lambda function or activity, or \
              `arn:aws:states:::service:action`. A suffix such as `.sync` or `.waitForTaskToken` says what \
              to wait for. Always literal text.",
    link: pages::RESOURCES,
    ..Field::PLAIN
};

const PARAMETERS: Field = Field {
    name: "Parameters",
    value: Value::PayloadObject,
    languages: Languages::JsonPath,
    summary: "The input of the resource, as a template: keys that end in `.$` take a path or an intrinsic \
              function. Without it the resource gets what `InputPath` picks.",
    link: pages::PARAMETERS,
    ..Field::PLAIN
};

const ARGUMENTS: Field = Field {
    name: "Arguments",
    value: Value::PayloadObject,
    languages: Languages::Jsonata,
    jsonata: true,
    summary: "The input of the resource; every string in it may be an expression. Without it the resource \
              gets the input of the state.",
    link: pages::QUERY_LANGUAGE,
    ..Field::PLAIN
};

const CREDENTIALS_FIELD: Field = Field {
    name: "Credentials",
    value: Value::Object(Object::Credentials),
    jsonata: true,
    summary: "Runs the task under another IAM role, perhaps of another account. Without it the execution \
              role is used.",
    link: pages::CREDENTIALS,
    ..Field::PLAIN
};

const TIMEOUT: Field = Field {
    name: "TimeoutSeconds",
    value: SECONDS,
    jsonata: true,
    excludes: &["TimeoutSecondsPath"],
    default: Some("99999999"),
    summary: "How long the task may take. When the time is over it fails with `States.Timeout`; with the \
              default, a task that never answers holds the execution for the rest of its life.",
    link: pages::TASK,
    ..Field::PLAIN
};

const TIMEOUT_PATH: Field = Field {
    name: "TimeoutSecondsPath",
    value: Value::Path(PathKind::Reference),
    languages: Languages::JsonPath,
    excludes: &["TimeoutSeconds"],
    summary: "Where to read `TimeoutSeconds` when the task starts.",
    link: pages::TASK,
    ..Field::PLAIN
};

const HEARTBEAT: Field = Field {
    name: "HeartbeatSeconds",
    value: SECONDS,
    jsonata: true,
    excludes: &["HeartbeatSecondsPath"],
    default: Some("99999999"),
    summary: "How long the worker of an activity or callback task may stay silent between two heartbeats \
              before the task fails with `States.HeartbeatTimeout`. It is shorter than `TimeoutSeconds`.",
    link: pages::TASK,
    ..Field::PLAIN
};

const HEARTBEAT_PATH: Field = Field {
    name: "HeartbeatSecondsPath",
    value: Value::Path(PathKind::Reference),
    languages: Languages::JsonPath,
    excludes: &["HeartbeatSeconds"],
    summary: "Where to read `HeartbeatSeconds` when the task starts.",
    link: pages::TASK,
    ..Field::PLAIN
};

const SECONDS: Value = Value::Integer { min: 1, max: Some(limits::SECONDS) };
