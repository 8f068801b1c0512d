//! The Choice state, its rules and their comparison operators.

use super::state::{ASSIGN, COMMENT, INPUT_PATH, OUTPUT, OUTPUT_OF_INPUT, OUTPUT_PATH, QUERY_LANGUAGE, TYPE};
use super::{Field, Languages, Object, PathKind, Value, concat};
use crate::catalog::pages;

pub static CHOICE: [Field; 9] = [
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    Field {
        name: "Choices",
        value: Value::List { of: Object::ChoiceRule, min: 1 },
        required: true,
        summary: "The rules, tried in this order. The first that matches decides where to go.",
        link: pages::CHOICE,
        ..Field::PLAIN
    },
    Field {
        name: "Default",
        value: Value::StateName,
        summary: "The state to go to when no rule matches. Without it the execution then fails with \
                  `States.NoChoiceMatched`.",
        link: pages::CHOICE,
        ..Field::PLAIN
    },
    OUTPUT_PATH,
    Field {
        summary: "Sets variables when no rule matches. When a rule matches, only the `Assign` of that rule \
                  counts.",
        ..ASSIGN
    },
    Field {
        summary: "What the state hands on when no rule matches. Without it the input is handed on.",
        ..OUTPUT_OF_INPUT
    },
];

/// A rule in either query language: JSONata has `Condition`, JSONPath has `Variable` with an operator, or a
/// combination of nested rules.
pub static RULE: [Field; 48] = concat(
    &[
        Field {
            name: "Condition",
            value: Value::Condition,
            languages: Languages::Jsonata,
            required: true,
            jsonata: true,
            summary: "The rule matches when this is true: an expression, or plain `true` or `false`.",
            link: pages::CHOICE,
            ..Field::PLAIN
        },
        VARIABLE,
        AND,
        OR,
        NOT,
        Field {
            name: "Next",
            value: Value::StateName,
            required: true,
            summary: "The state to go to when the rule matches, in the same `States` object.",
            link: pages::CHOICE,
            ..Field::PLAIN
        },
        Field {
            summary: "Sets variables when this rule matches; the `Assign` of the Choice state is not applied \
                      then.",
            ..ASSIGN
        },
        Field {
            summary: "What the state hands on when this rule matches. Without it the input is handed on.",
            ..OUTPUT
        },
        COMMENT,
    ],
    &OPERATORS,
);

pub static NESTED_RULE: [Field; 44] = concat(&[VARIABLE, AND, OR, NOT, COMMENT], &OPERATORS);

const VARIABLE: Field = Field {
    name: "Variable",
    value: Value::Path(PathKind::Reference),
    languages: Languages::JsonPath,
    summary: "The value to test, with one comparison operator beside it. When nothing is there the execution \
              fails, except with `IsPresent`.",
    link: pages::CHOICE,
    ..Field::PLAIN
};

const AND: Field = Field {
    name: "And",
    value: Value::List { of: Object::NestedRule, min: 1 },
    languages: Languages::JsonPath,
    summary: "Matches when all of these rules match. Rules after the first that does not match are not \
              tried.",
    link: pages::CHOICE,
    ..Field::PLAIN
};

const OR: Field = Field {
    name: "Or",
    value: Value::List { of: Object::NestedRule, min: 1 },
    languages: Languages::JsonPath,
    summary: "Matches when at least one of these rules matches. Rules after the first that matches are not \
              tried.",
    link: pages::CHOICE,
    ..Field::PLAIN
};

const NOT: Field = Field {
    name: "Not",
    value: Value::Object(Object::NestedRule),
    languages: Languages::JsonPath,
    summary: "Matches when this rule does not match.",
    link: pages::CHOICE,
    ..Field::PLAIN
};

const fn operator(name: &'static str, value: Value, summary: &'static str) -> Field {
    Field { name, value, languages: Languages::JsonPath, summary, link: pages::CHOICE, ..Field::PLAIN }
}

/// The five comparisons of one type, each with a literal operand and with a path to the operand.
macro_rules! comparisons {
    (
        $kind:literal, $value:expr, $subject:literal, $operand:literal,
        $($comparison:literal $relation:literal),*
    ) => {
        [$(
            operator(
                concat!($kind, $comparison),
                $value,
                concat!("Matches when the value is ", $subject, " ", $relation, " this ", $operand, "."),
            ),
            operator(
                concat!($kind, $comparison, "Path"),
                Value::Path(PathKind::Reference),
                concat!(
                    "Matches when the value is ", $subject, " ", $relation, " the ", $operand, " at this path."
                ),
            ),
        )*]
    };
}

static STRING: [Field; 10] = comparisons!(
    "String", Value::Text, "a string", "text",
    "Equals" "equal to",
    "LessThan" "that sorts before",
    "GreaterThan" "that sorts after",
    "LessThanEquals" "that equals or sorts before",
    "GreaterThanEquals" "that equals or sorts after"
);

static NUMERIC: [Field; 10] = comparisons!(
    "Numeric", Value::Number { min: None, max: None }, "a number", "number",
    "Equals" "equal to",
    "LessThan" "less than",
    "GreaterThan" "greater than",
    "LessThanEquals" "less than or equal to",
    "GreaterThanEquals" "greater than or equal to"
);

static TIMESTAMP: [Field; 10] = comparisons!(
    "Timestamp", Value::Timestamp, "a timestamp", "moment",
    "Equals" "equal to",
    "LessThan" "before",
    "GreaterThan" "after",
    "LessThanEquals" "at or before",
    "GreaterThanEquals" "at or after"
);

static OTHERS: [Field; 9] = [
    operator("BooleanEquals", Value::Boolean, "Matches when the value is this boolean."),
    operator(
        "BooleanEqualsPath",
        Value::Path(PathKind::Reference),
        "Matches when the value is the boolean at this path.",
    ),
    operator(
        "StringMatches",
        Value::Pattern,
        "Matches when the value is a string of this shape. `*` stands for any characters; `\\\\*` in the \
         JSON text is a real asterisk.",
    ),
    operator(
        "IsPresent",
        Value::Boolean,
        "With `true` matches when anything, be it `null`, is at the path of `Variable`, with `false` when \
         nothing is. Ask it first, inside `And`, about a field that may be missing: the other operators fail \
         the execution then.",
    ),
    operator("IsNull", Value::Boolean, "With `true` matches `null`, with `false` anything else."),
    operator("IsString", Value::Boolean, "With `true` matches a string, with `false` anything else."),
    operator("IsNumeric", Value::Boolean, "With `true` matches a number, with `false` anything else."),
    operator("IsBoolean", Value::Boolean, "With `true` matches a boolean, with `false` anything else."),
    operator(
        "IsTimestamp",
        Value::Boolean,
        "With `true` matches a string that is a timestamp, with `false` anything else.",
    ),
];

/// The comparison operators. A rule has exactly one, or one of `And`, `Or` and `Not`. A value of another type
/// than the operator compares does not match.
pub static OPERATORS: [Field; 39] = {
    let texts_and_numbers: [Field; 20] = concat(&STRING, &NUMERIC);
    let compared: [Field; 30] = concat(&texts_and_numbers, &TIMESTAMP);
    concat(&compared, &OTHERS)
};
