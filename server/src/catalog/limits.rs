//! Quotas that can be told from the document alone. Source of most: the page [`LINK`].

pub const LINK: &str = super::pages::QUOTAS;

/// The definition as text: 1 MiB.
pub const DEFINITION_CHARACTERS: usize = 1_048_576;
/// Code points of a state name.
pub const STATE_NAME_CHARACTERS: usize = 80;
/// Code points of a variable name.
pub const VARIABLE_NAME_CHARACTERS: usize = 80;
/// Characters of the label of a Distributed Map.
pub const LABEL_CHARACTERS: usize = 40;
/// Characters that a label must not hold, besides blanks and control characters.
pub const LABEL_FORBIDDEN: &str = "?*<>{}[]:;,\\|^~$#%&`\"";

/// One variable, and also everything that one `Assign` sets: 256 KiB.
pub const VARIABLE_BYTES: usize = 262_144;
/// All variables of an execution: 10 MiB.
pub const VARIABLES_BYTES: usize = 10_485_760;
/// Input or output of a state, as UTF-8: 256 KiB.
pub const STATE_DATA_BYTES: usize = 262_144;

/// The largest number that fields counting seconds or attempts take.
pub const SECONDS: u64 = 99_999_999;
/// A longer wait fails at run time: 2³¹ − 1 seconds, some 24,855 days.
pub const WAIT_SECONDS: u64 = 2_147_483_647;
/// The documentation says "less than" this number (366 days); AWS is not known to refuse the number itself.
pub const MAX_DELAY_SECONDS: u64 = 31_622_400;
/// One year.
pub const STANDARD_EXECUTION_SECONDS: u64 = 31_536_000;
/// Five minutes.
pub const EXPRESS_EXECUTION_SECONDS: u64 = 300;
/// An HTTP task gives up after a minute.
pub const HTTP_TASK_SECONDS: u64 = 60;
/// Events in the history of a Standard execution.
pub const HISTORY_EVENTS: usize = 25_000;

/// Items that an inline Map works on at the same time, about.
pub const INLINE_MAP_CONCURRENCY: u64 = 40;
/// Child executions of one Map Run at the same time.
pub const MAP_RUN_CONCURRENCY: u64 = 10_000;
/// Items that a reader takes at most.
pub const READER_ITEMS: u64 = 100_000_000;
/// Input of one batch: 256 KiB.
pub const BATCH_BYTES: u64 = 262_144;
/// `CSVHeaders` as a whole: 10 KiB.
pub const CSV_HEADERS_BYTES: usize = 10_240;

/// Characters of the error name of a Fail state.
pub const ERROR_CHARACTERS: usize = 256;
/// Characters of the cause of a Fail state.
pub const CAUSE_CHARACTERS: usize = 32_768;

/// Calls of intrinsic functions inside one another.
pub const INTRINSIC_DEPTH: usize = 10;
/// Text arguments of `States.Base64Encode`, `States.Base64Decode` and `States.Hash`.
pub const INTRINSIC_TEXT_CHARACTERS: usize = 10_000;
/// Items of a `States.ArrayRange`.
pub const ARRAY_RANGE_ITEMS: usize = 1_000;
/// Time for one JSONata expression.
pub const JSONATA_SECONDS: u64 = 1;

/// Diagnostics that AWS's own validation returns at most.
pub const AWS_DIAGNOSTICS: usize = 100;
