//! How a Distributed Map reads its items and writes its results.

use super::{Allowed, Field, Languages, Object, PathKind, Value};
use crate::catalog::{limits, pages};

pub static ITEM_READER: [Field; 4] = [
    Field {
        name: "Resource",
        value: Value::Action(&[
            Allowed {
                value: "s3:getObject",
                summary: "Reads one file; `InputType` in `ReaderConfig` tells its format.",
            },
            Allowed {
                value: "s3:listObjectsV2",
                summary: "Lists the objects of a bucket; each object is an item.",
            },
        ]),
        required: true,
        summary: "Whether to read a file or to list a bucket.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
    Field {
        name: "Parameters",
        value: Value::PayloadObject,
        languages: Languages::JsonPath,
        summary: "What to read, as a template: `Bucket` and `Key` (perhaps `VersionId`) of a file, or \
                  `Bucket` and `Prefix` of a listing.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
    Field {
        name: "Arguments",
        value: Value::PayloadObject,
        languages: Languages::Jsonata,
        jsonata: true,
        summary: "What to read: `Bucket` and `Key` (perhaps `VersionId`) of a file, or `Bucket` and `Prefix` \
                  of a listing.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
    Field {
        name: "ReaderConfig",
        value: Value::Object(Object::ReaderConfig),
        summary: "The format of the data and how much of it to read. Reading a file needs it.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
];

pub static READER_CONFIG: [Field; 9] = [
    Field {
        name: "InputType",
        value: Value::Enum(&[
            Allowed { value: "CSV", summary: "A table as text; each row is an item." },
            Allowed { value: "JSON", summary: "A JSON file that is, or holds, an array or object of items." },
            Allowed { value: "JSONL", summary: "One JSON value per line; each line is an item." },
            Allowed { value: "PARQUET", summary: "An Apache Parquet file; each row is an item." },
            Allowed {
                value: "MANIFEST",
                summary: "The manifest of an Amazon S3 inventory; each object that the inventory lists is an \
                          item.",
            },
        ]),
        summary: "The format of the file. Needed with `s3:getObject`, unless `ManifestType` is \
                  `S3_INVENTORY`, and with `LOAD_AND_FLATTEN`.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
    Field {
        name: "Transformation",
        value: Value::Enum(&[
            Allowed { value: "NONE", summary: "Each listed object is an item: its key, size and so on." },
            Allowed {
                value: "LOAD_AND_FLATTEN",
                summary: "Every listed file is read, and the rows of all of them together are the items.",
            },
        ]),
        default: Some("NONE"),
        summary: "With `s3:listObjectsV2`: whether the items are the objects of the listing or what is in \
                  them.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
    Field {
        name: "ManifestType",
        value: Value::Enum(&[
            Allowed {
                value: "ATHENA_DATA",
                summary: "The manifest of an Athena `UNLOAD`; `InputType` tells the format of the data \
                          files.",
            },
            Allowed {
                value: "S3_INVENTORY",
                summary: "The manifest of an Amazon S3 inventory; `InputType` is left out.",
            },
        ]),
        summary: "What kind of manifest the file is.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
    Field {
        name: "CSVDelimiter",
        value: Value::Enum(&[
            Allowed { value: "COMMA", summary: "Values are separated by `,`." },
            Allowed { value: "PIPE", summary: "Values are separated by `|`." },
            Allowed { value: "SEMICOLON", summary: "Values are separated by `;`." },
            Allowed { value: "SPACE", summary: "Values are separated by a space." },
            Allowed { value: "TAB", summary: "Values are separated by a tab." },
        ]),
        default: Some("COMMA"),
        summary: "What separates the values of a CSV row.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
    Field {
        name: "CSVHeaderLocation",
        value: Value::Enum(&[
            Allowed { value: "FIRST_ROW", summary: "The first row of the file holds the column names." },
            Allowed { value: "GIVEN", summary: "`CSVHeaders` holds the column names." },
        ]),
        summary: "Where the names of the CSV columns come from. They become the member names of each item.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
    Field {
        name: "CSVHeaders",
        value: Value::Texts,
        summary: "The names of the CSV columns in order, without duplicates. Only with `GIVEN`, and needed \
                  there.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
    Field {
        name: "ItemsPointer",
        value: Value::JsonPointer,
        summary: "Where in a JSON file the items are, as a JSON Pointer such as `/orders/lines`. Without it \
                  the whole file is taken.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
    Field {
        name: "MaxItems",
        // Published samples of AWS say 0, for all items.
        value: Value::Integer { min: 0, max: Some(limits::READER_ITEMS) },
        jsonata: true,
        excludes: &["MaxItemsPath"],
        summary: "How many items to take at most; the rest is left out. Without it all of them.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
    Field {
        name: "MaxItemsPath",
        value: Value::Path(PathKind::Reference),
        languages: Languages::JsonPath,
        excludes: &["MaxItems"],
        summary: "Where to read `MaxItems`.",
        link: pages::ITEM_READER,
        ..Field::PLAIN
    },
];

/// Legal are `WriterConfig` alone, a destination (`Resource` with `Parameters` or `Arguments`), or both: a
/// rule.
pub static RESULT_WRITER: [Field; 4] = [
    Field {
        name: "Resource",
        value: Value::Action(&[Allowed {
            value: "s3:putObject",
            summary: "Writes the results to a bucket.",
        }]),
        summary: "How the results are written. Needs the destination beside it; without both they stay in \
                  the output.",
        link: pages::RESULT_WRITER,
        ..Field::PLAIN
    },
    Field {
        name: "Parameters",
        value: Value::PayloadObject,
        languages: Languages::JsonPath,
        summary: "Where to write, as a template: `Bucket` and `Prefix`.",
        link: pages::RESULT_WRITER,
        ..Field::PLAIN
    },
    Field {
        name: "Arguments",
        value: Value::PayloadObject,
        languages: Languages::Jsonata,
        jsonata: true,
        summary: "Where to write: `Bucket` and `Prefix`.",
        link: pages::RESULT_WRITER,
        ..Field::PLAIN
    },
    Field {
        name: "WriterConfig",
        value: Value::Object(Object::WriterConfig),
        summary: "The form of the results, written to Amazon S3 or handed on.",
        link: pages::RESULT_WRITER,
        ..Field::PLAIN
    },
];

pub static WRITER_CONFIG: [Field; 2] = [
    Field {
        name: "OutputType",
        value: Value::Enum(&[
            Allowed { value: "JSON", summary: "One JSON array." },
            Allowed { value: "JSONL", summary: "One JSON value per line." },
        ]),
        required: true,
        summary: "The format of the results.",
        link: pages::RESULT_WRITER,
        ..Field::PLAIN
    },
    Field {
        name: "Transformation",
        value: Value::Enum(&[
            Allowed { value: "NONE", summary: "The outputs together with facts about each child execution." },
            Allowed { value: "COMPACT", summary: "The output of each child execution, and nothing else." },
            Allowed {
                value: "FLATTEN",
                summary: "The outputs, with arrays among them dissolved: one flat list of results.",
            },
        ]),
        required: true,
        summary: "How much is kept of each child execution.",
        link: pages::RESULT_WRITER,
        ..Field::PLAIN
    },
];
