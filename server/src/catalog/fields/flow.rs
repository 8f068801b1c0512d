//! Parallel, Pass, Wait, Succeed and Fail: the states with few fields of their own.

use super::state::{
    ASSIGN, CATCH, COMMENT, END, INPUT_PATH, NEXT, OUTPUT, OUTPUT_OF_INPUT, OUTPUT_PATH, QUERY_LANGUAGE,
    RESULT_PATH, RESULT_SELECTOR, RETRY, TYPE,
};
use super::{Field, Languages, Object, PathKind, Value};
use crate::catalog::{limits, pages};

pub static PARALLEL: [Field; 16] = [
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    Field {
        name: "Parameters",
        value: Value::PayloadObject,
        languages: Languages::JsonPath,
        summary: "The input of every branch, as a template: keys that end in `.$` take a path or an \
                  intrinsic function. Without it the branches get what `InputPath` picks.",
        link: pages::PARAMETERS,
        ..Field::PLAIN
    },
    Field {
        name: "Arguments",
        value: Value::Payload,
        languages: Languages::Jsonata,
        jsonata: true,
        summary: "The input of every branch; every string in it may be an expression. Without it the \
                  branches get the input of the state.",
        link: pages::QUERY_LANGUAGE,
        ..Field::PLAIN
    },
    Field {
        name: "Branches",
        value: Value::List { of: Object::Branch, min: 1 },
        required: true,
        summary: "The machines to run at the same time, each with its own `StartAt` and `States`. The result \
                  is an array of their outputs in this order.",
        link: pages::PARALLEL,
        ..Field::PLAIN
    },
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

pub static PASS: [Field; 12] = [
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    Field {
        name: "Parameters",
        value: Value::PayloadObject,
        languages: Languages::JsonPath,
        summary: "Builds the result of the state, as a template: keys that end in `.$` take a path or an \
                  intrinsic function. Without it the result is what `InputPath` picks.",
        link: pages::PARAMETERS,
        ..Field::PLAIN
    },
    Field {
        name: "Result",
        value: Value::AnyJson,
        languages: Languages::JsonPath,
        summary: "Fixed data that becomes the result of the state. It is taken literally: keys that end in \
                  `.$` mean nothing here.",
        link: pages::PASS,
        ..Field::PLAIN
    },
    RESULT_PATH,
    OUTPUT_PATH,
    ASSIGN,
    OUTPUT_OF_INPUT,
    NEXT,
    END,
];

pub static WAIT: [Field; 13] = [
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    Field {
        name: "Seconds",
        value: Value::Integer { min: 0, max: Some(limits::SECONDS) },
        jsonata: true,
        excludes: &["SecondsPath", "Timestamp", "TimestampPath"],
        summary: "How long to wait.",
        link: pages::WAIT,
        ..Field::PLAIN
    },
    Field {
        name: "SecondsPath",
        value: Value::Path(PathKind::Reference),
        languages: Languages::JsonPath,
        excludes: &["Seconds", "Timestamp", "TimestampPath"],
        summary: "Where to read how many seconds to wait.",
        link: pages::WAIT,
        ..Field::PLAIN
    },
    Field {
        name: "Timestamp",
        value: Value::Timestamp,
        jsonata: true,
        excludes: &["Seconds", "SecondsPath", "TimestampPath"],
        summary: "The moment until which to wait. A moment in the past does not wait at all.",
        link: pages::WAIT,
        ..Field::PLAIN
    },
    Field {
        name: "TimestampPath",
        value: Value::Path(PathKind::Reference),
        languages: Languages::JsonPath,
        excludes: &["Seconds", "SecondsPath", "Timestamp"],
        summary: "Where to read the moment until which to wait.",
        link: pages::WAIT,
        ..Field::PLAIN
    },
    INPUT_PATH,
    OUTPUT_PATH,
    ASSIGN,
    OUTPUT_OF_INPUT,
    NEXT,
    END,
];

pub static SUCCEED: [Field; 6] = [TYPE, COMMENT, QUERY_LANGUAGE, INPUT_PATH, OUTPUT_PATH, OUTPUT_OF_INPUT];

pub static FAIL: [Field; 7] = [
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    Field {
        name: "Error",
        value: Value::ErrorName,
        jsonata: true,
        excludes: &["ErrorPath"],
        summary: "The name of the error, which enclosing states can retry or catch and which the execution \
                  reports. Names that begin with `States.` are reserved.",
        link: pages::FAIL,
        ..Field::PLAIN
    },
    Field {
        name: "ErrorPath",
        value: Value::Path(PathKind::ReferenceOrText),
        languages: Languages::JsonPath,
        excludes: &["Error"],
        summary: "Where to read the name of the error, or an intrinsic function that gives it as text.",
        link: pages::FAIL,
        ..Field::PLAIN
    },
    Field {
        name: "Cause",
        value: Value::Text,
        jsonata: true,
        excludes: &["CausePath"],
        summary: "What went wrong, in words for a human reader.",
        link: pages::FAIL,
        ..Field::PLAIN
    },
    Field {
        name: "CausePath",
        value: Value::Path(PathKind::ReferenceOrText),
        languages: Languages::JsonPath,
        excludes: &["Cause"],
        summary: "Where to read what went wrong, or an intrinsic function that gives it as text.",
        link: pages::FAIL,
        ..Field::PLAIN
    },
];
