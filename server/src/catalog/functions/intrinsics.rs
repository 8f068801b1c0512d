//! The intrinsic functions of JSONPath states, after the Developer Guide, "Intrinsic functions".

use super::{ANY, ARRAY, BOOLEAN, Function, INTEGER, OBJECT, STRING, optional, required, rest, row};

macro_rules! guide {
    ($anchor:literal) => {
        concat!(
            "https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html#asl-intrsc-func-",
            $anchor
        )
    };
}

/// In the order of the documentation.
pub static FUNCTIONS: [Function; 18] = [
    row(
        "States.Format",
        "",
        &[required("template", STRING), rest("args", ANY)],
        "string",
        "Puts the arguments into the `{}` places of a text.",
        guide!("generic"),
    )
    .gives_text(),
    row(
        "States.StringToJson",
        "",
        &[required("string", STRING)],
        "any",
        "The value that JSON text describes.",
        guide!("json-manipulate"),
    ),
    row(
        "States.JsonToString",
        "",
        &[required("value", ANY)],
        "string",
        "A value written as JSON text.",
        guide!("json-manipulate"),
    )
    .gives_text(),
    row(
        "States.JsonMerge",
        "",
        &[required("json1", OBJECT), required("json2", OBJECT), required("deep", BOOLEAN)],
        "object",
        "One object from two; where names meet, the second one stays. Only shallow merging exists.",
        guide!("json-manipulate"),
    ),
    row("States.Array", "", &[rest("values", ANY)], "array", "An array of the arguments.", guide!("arrays")),
    row(
        "States.ArrayPartition",
        "",
        &[required("array", ARRAY), required("size", INTEGER)],
        "array",
        "Splits an array into arrays of a given size, the last one perhaps shorter.",
        guide!("arrays"),
    ),
    row(
        "States.ArrayContains",
        "",
        &[required("array", ARRAY), required("value", ANY)],
        "boolean",
        "Whether a value is among the items of an array.",
        guide!("arrays"),
    ),
    row(
        "States.ArrayRange",
        "",
        &[required("first", INTEGER), required("last", INTEGER), required("step", INTEGER)],
        "array",
        "The integers from a first to a last one, a step apart; 1000 at most.",
        guide!("arrays"),
    ),
    row(
        "States.ArrayGetItem",
        "",
        &[required("array", ARRAY), required("index", INTEGER)],
        "any",
        "The item of an array at a zero-based place.",
        guide!("arrays"),
    )
    .gives_text(),
    row(
        "States.ArrayLength",
        "",
        &[required("array", ARRAY)],
        "integer",
        "How many items an array has.",
        guide!("arrays"),
    ),
    row(
        "States.ArrayUnique",
        "",
        &[required("array", ARRAY)],
        "array",
        "The array with equal items kept only once, in no promised order.",
        guide!("arrays"),
    ),
    row(
        "States.Base64Encode",
        "",
        &[required("string", STRING)],
        "string",
        "The Base64 form of a text of at most 10,000 characters.",
        guide!("data-encode-decode"),
    )
    .gives_text(),
    row(
        "States.Base64Decode",
        "",
        &[required("string", STRING)],
        "string",
        "The text behind a Base64 string of at most 10,000 characters.",
        guide!("data-encode-decode"),
    )
    .gives_text(),
    row(
        "States.Hash",
        "",
        &[required("data", STRING), required("algorithm", STRING)],
        "string",
        "The hexadecimal digest of a text by the named algorithm.",
        guide!("hash-calc"),
    )
    .gives_text(),
    row(
        "States.MathRandom",
        "",
        &[required("start", INTEGER), required("end", INTEGER), optional("seed", INTEGER)],
        "integer",
        "A random integer from a start up to, but not including, an end; a seed makes it repeatable.",
        guide!("math-operation"),
    ),
    row(
        "States.MathAdd",
        "",
        &[required("a", INTEGER), required("b", INTEGER)],
        "integer",
        "The sum of two integers.",
        guide!("math-operation"),
    ),
    row(
        "States.StringSplit",
        "",
        &[required("string", STRING), required("delimiters", STRING)],
        "array",
        "The pieces of a text between any of the given characters.",
        guide!("string-operation"),
    ),
    row("States.UUID", "", &[], "string", "A new random UUID (version 4).", guide!("uuid-generate"))
        .gives_text(),
];
