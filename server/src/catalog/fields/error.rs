//! Retriers and catchers.

use super::state::{ASSIGN, COMMENT, OUTPUT, RESULT_PATH};
use super::{Allowed, Field, Value};
use crate::catalog::{limits, pages};

pub static RETRIER: [Field; 7] = [
    Field {
        summary: "The errors that this retrier tries again. `States.ALL` takes nearly every error; it stands \
                  alone, in the last retrier.",
        link: pages::RETRIERS,
        ..ERROR_EQUALS
    },
    Field {
        name: "IntervalSeconds",
        value: Value::Integer { min: 1, max: Some(limits::SECONDS) },
        default: Some("1"),
        summary: "How long to wait before the first retry. `BackoffRate` makes later waits longer.",
        link: pages::RETRIERS,
        ..Field::PLAIN
    },
    Field {
        name: "MaxAttempts",
        value: Value::Integer { min: 0, max: Some(limits::SECONDS) },
        default: Some("3"),
        summary: "How often to try again at most, not counting the first attempt. With 0 these errors are \
                  never retried.",
        link: pages::RETRIERS,
        ..Field::PLAIN
    },
    Field {
        name: "BackoffRate",
        value: Value::Number { min: Some(1.0), max: None },
        default: Some("2.0"),
        summary: "The factor by which each wait is longer than the one before. With 1 all waits are equal.",
        link: pages::RETRIERS,
        ..Field::PLAIN
    },
    Field {
        name: "MaxDelaySeconds",
        value: Value::Integer { min: 1, max: Some(limits::MAX_DELAY_SECONDS) },
        summary: "The longest wait between two attempts, however far `BackoffRate` would stretch it. Without \
                  it waits grow unbounded.",
        link: pages::RETRIERS,
        ..Field::PLAIN
    },
    Field {
        name: "JitterStrategy",
        value: Value::Enum(&[
            Allowed { value: "NONE", summary: "Waits exactly as long as computed." },
            Allowed { value: "FULL", summary: "Waits a random time between zero and the computed delay." },
        ]),
        default: Some("NONE"),
        summary: "Whether waits are randomised, so that many executions do not retry at the same moment.",
        link: pages::RETRIERS,
        ..Field::PLAIN
    },
    COMMENT,
];

pub static CATCHER: [Field; 6] = [
    Field {
        summary: "The errors that this catcher takes. `States.ALL` takes nearly every error; it stands \
                  alone, in the last catcher.",
        link: pages::CATCHERS,
        ..ERROR_EQUALS
    },
    Field {
        name: "Next",
        value: Value::StateName,
        required: true,
        summary: "The state to go to after the error, in the same `States` object as the state that failed.",
        link: pages::CATCHERS,
        ..Field::PLAIN
    },
    Field {
        summary: "Where in the state's input the error output, an object with `Error` and `Cause`, is put. \
                  `$` replaces the input by it, `null` drops it and keeps the input.",
        link: pages::CATCHERS,
        ..RESULT_PATH
    },
    Field {
        summary: "What is handed on after the error, often built from `$states.errorOutput` and \
                  `$states.input`. Without it the error output is handed on.",
        ..OUTPUT
    },
    Field {
        summary: "Sets variables when this catcher takes an error; the state's own `Assign` is not applied \
                  then. The error output has the members `Error` and `Cause`.",
        ..ASSIGN
    },
    COMMENT,
];

const ERROR_EQUALS: Field =
    Field { name: "ErrorEquals", value: Value::ErrorNames, required: true, ..Field::PLAIN };
