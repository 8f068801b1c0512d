//! The fields that several types of state share.

use super::{Allowed, Field, Languages, Object, PathKind, Value};
use crate::catalog::pages;
use crate::catalog::states::StateType;

/// What every state has, whatever its type.
pub static COMMON: [Field; 3] = [TYPE, COMMENT, QUERY_LANGUAGE];

pub const TYPE: Field = Field {
    name: "Type",
    value: Value::Enum(&TYPES),
    required: true,
    summary: "What kind of state it is. The type decides which other fields the state takes.",
    link: pages::STATES,
    ..Field::PLAIN
};

static TYPES: [Allowed; 8] = {
    let mut types = [Allowed { value: "", summary: "" }; 8];
    let mut i = 0;
    while i < types.len() {
        let it = StateType::ALL[i];
        types[i] = Allowed { value: it.name(), summary: it.summary() };
        i += 1;
    }
    types
};

pub const COMMENT: Field = Field {
    name: "Comment",
    value: Value::Text,
    summary: "A note for human readers. It has no effect.",
    link: pages::STATES,
    ..Field::PLAIN
};

pub const QUERY_LANGUAGE: Field = Field {
    name: "QueryLanguage",
    value: Value::Enum(&[JSONPATH, JSONATA]),
    summary: "The query language of this state alone; states inside it do not inherit it. Without it the \
              machine's counts. A machine in JSONata has no states in JSONPath.",
    link: pages::QUERY_LANGUAGE,
    ..Field::PLAIN
};

pub const JSONPATH: Allowed = Allowed {
    value: "JSONPath",
    summary: "Paths (`$.order.id`), payload templates with `.$` keys and intrinsic functions.",
};

pub const JSONATA: Allowed = Allowed {
    value: "JSONata",
    summary: "JSONata expressions between `{%` and `%}`, with `Arguments`, `Output` and `$states`.",
};

pub const NEXT: Field = Field {
    name: "Next",
    value: Value::StateName,
    summary: "The state to go to afterwards, in the same `States` object. A state has either this or \
              `\"End\": true`.",
    link: pages::TRANSITIONS,
    ..Field::PLAIN
};

pub const END: Field = Field {
    name: "End",
    value: Value::Boolean,
    summary: "With `true` the machine, branch or item processor ends after this state, and the state's \
              output is its output. `false` means nothing; then the state needs `Next`.",
    link: pages::TRANSITIONS,
    ..Field::PLAIN
};

pub const INPUT_PATH: Field = Field {
    name: "InputPath",
    value: Value::Path(PathKind::Path),
    languages: Languages::JsonPath,
    nullable: true,
    default: Some("$"),
    summary: "Picks the part of the input that the state works with. With `null` the state works with an \
              empty object.",
    link: pages::PARAMETERS,
    ..Field::PLAIN
};

pub const OUTPUT_PATH: Field = Field {
    name: "OutputPath",
    value: Value::Path(PathKind::Path),
    languages: Languages::JsonPath,
    nullable: true,
    default: Some("$"),
    summary: "Picks the part that is handed on, after `ResultPath` has been applied. With `null` an empty \
              object is handed on.",
    link: pages::PATHS,
    ..Field::PLAIN
};

pub const RESULT_PATH: Field = Field {
    name: "ResultPath",
    value: Value::Path(PathKind::Target),
    languages: Languages::JsonPath,
    nullable: true,
    default: Some("$"),
    summary: "Where in the input the result is put; missing objects on the way are made. `$` replaces the \
              input by the result, `null` drops the result and keeps the input.",
    link: pages::RESULT_PATH,
    ..Field::PLAIN
};

pub const RESULT_SELECTOR: Field = Field {
    name: "ResultSelector",
    value: Value::PayloadObject,
    languages: Languages::JsonPath,
    summary: "Builds a new object out of the result, before `ResultPath` is applied. Paths in it read the \
              result, not the input; without it the result stays as it is.",
    link: pages::PARAMETERS,
    ..Field::PLAIN
};

/// For Task, Parallel and Map: what to do about errors.
pub const RETRY: Field = Field {
    name: "Retry",
    value: Value::List { of: Object::Retrier, min: 0 },
    summary: "Which errors to try again, how often and after what delay. The first retrier that names the \
              error counts; without one, or when its attempts are used up, `Catch` has its turn.",
    link: pages::RETRIERS,
    ..Field::PLAIN
};

pub const CATCH: Field = Field {
    name: "Catch",
    value: Value::List { of: Object::Catcher, min: 0 },
    summary: "Where to go on after an error that is not, or no longer, retried. The first catcher that names \
              the error counts; without one the error fails the machine, branch or item.",
    link: pages::CATCHERS,
    ..Field::PLAIN
};

pub const ASSIGN: Field = Field {
    name: "Assign",
    value: Value::Assignments,
    summary: "Sets variables, each under its name. Later states read them; expressions of this state still \
              see the old values.",
    link: pages::VARIABLES,
    ..Field::PLAIN
};

/// For states that have a result of their own; the others change the summary.
pub const OUTPUT: Field = Field {
    name: "Output",
    value: Value::Payload,
    languages: Languages::Jsonata,
    jsonata: true,
    summary: "What the state hands on, often built from `$states.result` and `$states.input`. Without it the \
              result is handed on.",
    link: pages::QUERY_LANGUAGE,
    ..Field::PLAIN
};

pub const OUTPUT_OF_INPUT: Field = Field {
    summary: "What the state hands on, often built from `$states.input`. Without it the input is handed on.",
    ..OUTPUT
};
