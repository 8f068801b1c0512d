//! The Map state, how it processes its items and how it batches them.

use super::state::{
    ASSIGN, CATCH, COMMENT, END, INPUT_PATH, NEXT, OUTPUT, OUTPUT_PATH, QUERY_LANGUAGE, RESULT_PATH,
    RESULT_SELECTOR, RETRY, TYPE,
};
use super::{Allowed, Field, Languages, Object, PathKind, Value};
use crate::catalog::{limits, pages};

pub static MAP: [Field; 29] = [
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    ITEMS_PATH,
    ITEMS,
    ITEM_READER,
    ITEM_SELECTOR,
    PARAMETERS,
    ITEM_BATCHER_FIELD,
    ITEM_PROCESSOR,
    ITERATOR,
    MAX_CONCURRENCY,
    MAX_CONCURRENCY_PATH,
    TOLERATED_COUNT,
    TOLERATED_COUNT_PATH,
    TOLERATED_PERCENTAGE,
    TOLERATED_PERCENTAGE_PATH,
    LABEL,
    RESULT_WRITER,
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

pub static PROCESSOR_CONFIG: [Field; 2] = [
    Field {
        name: "Mode",
        value: Value::Enum(&[
            Allowed {
                value: "INLINE",
                summary: "The items are processed within this execution and its history, some 40 at a time.",
            },
            Allowed {
                value: "DISTRIBUTED",
                summary: "Each item or batch gets a child execution with a history of its own, thousands at \
                          a time. Needs `ExecutionType`.",
            },
        ]),
        default: Some("INLINE"),
        summary: "Whether the Map is inline or distributed.",
        link: pages::MAP,
        ..Field::PLAIN
    },
    Field {
        name: "ExecutionType",
        value: Value::Enum(&[
            Allowed {
                value: "STANDARD",
                summary: "Child executions run up to a year, exactly once, and are billed by transition.",
            },
            Allowed {
                value: "EXPRESS",
                summary: "Child executions run up to five minutes, at least once, and are billed by time and \
                          memory. `.sync` and `.waitForTaskToken` do not work in them.",
            },
        ]),
        distributed: true,
        summary: "The kind of the child executions. Required with `DISTRIBUTED`, meaningless with `INLINE`.",
        link: pages::DISTRIBUTED_MAP,
        ..Field::PLAIN
    },
];

/// At least one of the limits is needed, which is a rule of its own.
pub static ITEM_BATCHER: [Field; 5] = [
    Field {
        name: "MaxItemsPerBatch",
        value: Value::Integer { min: 1, max: None },
        jsonata: true,
        excludes: &["MaxItemsPerBatchPath"],
        summary: "How many items one child execution gets at most.",
        link: pages::ITEM_BATCHER,
        ..Field::PLAIN
    },
    Field {
        name: "MaxItemsPerBatchPath",
        value: Value::Path(PathKind::Reference),
        languages: Languages::JsonPath,
        excludes: &["MaxItemsPerBatch"],
        summary: "Where to read `MaxItemsPerBatch`.",
        link: pages::ITEM_BATCHER,
        ..Field::PLAIN
    },
    Field {
        name: "MaxInputBytesPerBatch",
        value: Value::Integer { min: 1, max: Some(limits::BATCH_BYTES) },
        jsonata: true,
        excludes: &["MaxInputBytesPerBatchPath"],
        summary: "How large the input of one child execution may become, `BatchInput` included.",
        link: pages::ITEM_BATCHER,
        ..Field::PLAIN
    },
    Field {
        name: "MaxInputBytesPerBatchPath",
        value: Value::Path(PathKind::Reference),
        languages: Languages::JsonPath,
        excludes: &["MaxInputBytesPerBatch"],
        summary: "Where to read `MaxInputBytesPerBatch`.",
        link: pages::ITEM_BATCHER,
        ..Field::PLAIN
    },
    Field {
        name: "BatchInput",
        value: Value::Payload,
        jsonata: true,
        summary: "Fixed data that every batch gets besides its items. A child execution finds it as \
                  `BatchInput`, and the items as `Items`, in its input.",
        link: pages::ITEM_BATCHER,
        ..Field::PLAIN
    },
];

const ITEMS_PATH: Field = Field {
    name: "ItemsPath",
    value: Value::Path(PathKind::Reference),
    languages: Languages::JsonPath,
    default: Some("$"),
    summary: "Where in the input the array or object is whose items are processed.",
    link: pages::ITEMS_PATH,
    ..Field::PLAIN
};

const ITEMS: Field = Field {
    name: "Items",
    value: Value::Items,
    languages: Languages::Jsonata,
    jsonata: true,
    summary: "The items to process: an array, an object or an expression that gives one. Without it the \
              input of the state is taken.",
    link: pages::QUERY_LANGUAGE,
    ..Field::PLAIN
};

const ITEM_READER: Field = Field {
    name: "ItemReader",
    value: Value::Object(Object::ItemReader),
    distributed: true,
    summary: "Reads the items from Amazon S3: the rows of a file, or the objects of a bucket. Without it \
              they come from the input of the state.",
    link: pages::ITEM_READER,
    ..Field::PLAIN
};

const ITEM_SELECTOR: Field = Field {
    name: "ItemSelector",
    value: Value::PayloadObject,
    jsonata: true,
    excludes: &["Parameters"],
    summary: "Builds the input of each iteration, out of the item (`$$.Map.Item.Value`, in JSONata \
              `$states.context.Map.Item.Value`) and the state's input. Without it an iteration gets the item \
              itself.",
    link: pages::ITEM_SELECTOR,
    ..Field::PLAIN
};

const PARAMETERS: Field = Field {
    name: "Parameters",
    value: Value::PayloadObject,
    languages: Languages::JsonPath,
    excludes: &["ItemSelector"],
    deprecated: Some("ItemSelector"),
    summary: "The old name of `ItemSelector`: builds the input of each iteration.",
    link: pages::INLINE_MAP,
    ..Field::PLAIN
};

const ITEM_BATCHER_FIELD: Field = Field {
    name: "ItemBatcher",
    value: Value::Object(Object::ItemBatcher),
    distributed: true,
    summary: "Gives each child execution several items at once, which saves executions. Without it each gets \
              a single item.",
    link: pages::ITEM_BATCHER,
    ..Field::PLAIN
};

const ITEM_PROCESSOR: Field = Field {
    name: "ItemProcessor",
    value: Value::Object(Object::Processor),
    excludes: &["Iterator"],
    summary: "The machine that runs once for every item or batch, with its own `StartAt` and `States`. Every \
              Map needs it.",
    link: pages::MAP,
    ..Field::PLAIN
};

const ITERATOR: Field = Field {
    name: "Iterator",
    value: Value::Object(Object::Processor),
    excludes: &["ItemProcessor"],
    deprecated: Some("ItemProcessor"),
    summary: "The old name of `ItemProcessor`: the machine that runs once for every item.",
    link: pages::INLINE_MAP,
    ..Field::PLAIN
};

const MAX_CONCURRENCY: Field = Field {
    name: "MaxConcurrency",
    value: Value::Integer { min: 0, max: None },
    jsonata: true,
    excludes: &["MaxConcurrencyPath"],
    default: Some("0"),
    summary: "How many iterations run at the same time. With 0 as many as the service can, with 1 one after \
              the other in the order of the items.",
    link: pages::MAP,
    ..Field::PLAIN
};

const MAX_CONCURRENCY_PATH: Field = Field {
    name: "MaxConcurrencyPath",
    value: Value::Path(PathKind::Reference),
    languages: Languages::JsonPath,
    excludes: &["MaxConcurrency"],
    summary: "Where to read `MaxConcurrency`.",
    link: pages::MAP,
    ..Field::PLAIN
};

const TOLERATED_COUNT: Field = Field {
    name: "ToleratedFailureCount",
    value: Value::Integer { min: 0, max: None },
    jsonata: true,
    excludes: &["ToleratedFailureCountPath"],
    distributed: true,
    default: Some("0"),
    summary: "How many items may fail before the Map fails with `States.ExceedToleratedFailureThreshold`. \
              Beside `ToleratedFailurePercentage`, whichever is exceeded first counts.",
    link: pages::DISTRIBUTED_MAP,
    ..Field::PLAIN
};

const TOLERATED_COUNT_PATH: Field = Field {
    name: "ToleratedFailureCountPath",
    value: Value::Path(PathKind::Reference),
    languages: Languages::JsonPath,
    excludes: &["ToleratedFailureCount"],
    distributed: true,
    summary: "Where to read `ToleratedFailureCount`.",
    link: pages::DISTRIBUTED_MAP,
    ..Field::PLAIN
};

const TOLERATED_PERCENTAGE: Field = Field {
    name: "ToleratedFailurePercentage",
    value: Value::Number { min: Some(0.0), max: Some(100.0) },
    jsonata: true,
    excludes: &["ToleratedFailurePercentagePath"],
    distributed: true,
    default: Some("0"),
    summary: "What share of the items may fail before the Map fails with \
              `States.ExceedToleratedFailureThreshold`; fractions are allowed. With 100 failed items never \
              fail the Map.",
    link: pages::DISTRIBUTED_MAP,
    ..Field::PLAIN
};

const TOLERATED_PERCENTAGE_PATH: Field = Field {
    name: "ToleratedFailurePercentagePath",
    value: Value::Path(PathKind::Reference),
    languages: Languages::JsonPath,
    excludes: &["ToleratedFailurePercentage"],
    distributed: true,
    summary: "Where to read `ToleratedFailurePercentage`.",
    link: pages::DISTRIBUTED_MAP,
    ..Field::PLAIN
};

const LABEL: Field = Field {
    name: "Label",
    value: Value::Label,
    distributed: true,
    summary: "A name for the Map Runs of this state, which becomes part of their ARNs. It is unique in the \
              document; without it the service makes one up.",
    link: pages::DISTRIBUTED_MAP,
    ..Field::PLAIN
};

const RESULT_WRITER: Field = Field {
    name: "ResultWriter",
    value: Value::Object(Object::ResultWriter),
    distributed: true,
    summary: "Writes the results of the child executions to Amazon S3, or only changes their form. Without \
              it they become the result of the state and must fit its size limit.",
    link: pages::RESULT_WRITER,
    ..Field::PLAIN
};
