//! The byte layout of `integrations.bin`, shared by the generator that writes it and the reader.
//!
//! ```text
//! magic (8) | xxh3 of all that follows (8, LE) | length of the index (4, LE) | index | frames…
//! ```
//! Numbers in the index and in frames are LEB128; a text in the index is its length and its bytes.
//! A frame is a raw deflate stream. Unpacked it holds the lengths of its columns, then the columns:
//! values of one sort stand together because they compress better that way. A string or shape is
//! written where it is first used; its later uses say how far back it was.

/// Changes with every change of the layout.
pub const MAGIC: [u8; 8] = *b"ASLCAT01";
/// Magic, checksum and the length of the index.
pub const HEADER: usize = 20;

/// The columns of a frame.
pub mod column {
    /// New strings, each ended by a line break.
    pub const TEXT: usize = 0;
    /// References to member names.
    pub const MEMBERS: usize = 1;
    /// References to shapes.
    pub const SHAPES: usize = 2;
    /// Kinds and flags.
    pub const FLAGS: usize = 3;
    /// How many members, values, errors follow.
    pub const COUNTS: usize = 4;
    /// Bounds.
    pub const NUMBERS: usize = 5;
    /// References to shape names, enum values, errors and patterns.
    pub const NAMES: usize = 6;
    /// References to operation names.
    pub const OPERATIONS: usize = 7;
    /// How many columns there are.
    pub const COUNT: usize = 8;
}

/// What an operation's flag byte says.
pub mod operation {
    /// The service discourages it.
    pub const DEPRECATED: u8 = 1;
    /// Input or output is an event stream, which Step Functions cannot carry.
    pub const STREAMING: u8 = 2;
    /// The Step Functions guide lists it as not supported.
    pub const UNSUPPORTED: u8 = 4;
    /// Probably not available, but not documented so.
    pub const DOUBTFUL: u8 = 8;
}

/// What a structure's flag byte says.
pub mod structure {
    /// Exactly one member is given.
    pub const UNION: u8 = 1;
    /// Members arrive as a stream of events.
    pub const EVENT_STREAM: u8 = 2;
}

/// What a member's flag byte says.
pub mod member {
    /// The API wants it.
    pub const REQUIRED: u8 = 1;
    /// The SDK fills it in when it is missing.
    pub const IDEMPOTENCY_TOKEN: u8 = 2;
    /// The service discourages it.
    pub const DEPRECATED: u8 = 4;
    /// The service treats the value as a secret.
    pub const SENSITIVE: u8 = 8;
    /// The Step Functions name is no function of the wire name and follows.
    pub const RENAMED: u8 = 16;
    /// Known from the API only: nobody has confirmed it for this optimized integration.
    pub const UNCONFIRMED: u8 = 32;
    /// Step Functions has added it: the API has no such member.
    pub const OWN: u8 = 64;
}

/// What the flag byte of a scalar says.
pub mod scalar {
    /// A pattern follows.
    pub const PATTERN: u8 = 1;
    /// The bytes are streamed.
    pub const STREAMING: u8 = 2;
}

/// The sorts of shapes, numbered as in frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Structure,
    List,
    Map,
    String,
    Integer,
    Long,
    Float,
    Double,
    Boolean,
    Timestamp,
    Blob,
    /// Free JSON of the API.
    Document,
    /// Any JSON, which Step Functions serialises where the API wants text.
    Json,
}

impl Kind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Kind; 13] = [
        Kind::Structure,
        Kind::List,
        Kind::Map,
        Kind::String,
        Kind::Integer,
        Kind::Long,
        Kind::Float,
        Kind::Double,
        Kind::Boolean,
        Kind::Timestamp,
        Kind::Blob,
        Kind::Document,
        Kind::Json,
    ];

    /// The kind of this number.
    pub fn from_byte(byte: u8) -> Option<Kind> {
        Kind::ALL.get(usize::from(byte)).copied()
    }

    /// The name that people read.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Structure => "structure",
            Kind::List => "list",
            Kind::Map => "map",
            Kind::String => "string",
            Kind::Integer => "integer",
            Kind::Long => "long",
            Kind::Float => "float",
            Kind::Double => "double",
            Kind::Boolean => "boolean",
            Kind::Timestamp => "timestamp",
            Kind::Blob => "blob",
            Kind::Document => "document",
            Kind::Json => "json",
        }
    }
}

/// Whether Step Functions can call a service through the SDK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Support {
    /// In the list of the Step Functions guide, or confirmed since.
    Supported,
    /// Newer than the list we have: it may well be supported.
    Unknown,
    /// Older than the list, and not in it.
    NotListed,
    /// Was supported; AWS has closed the service, and its actions are not known here.
    Retired,
    /// The guide calls the integration deprecated; its actions are not known here.
    Deprecated,
}

impl Support {
    /// All states, in the order of their numbers.
    pub const ALL: [Support; 5] =
        [Support::Supported, Support::Unknown, Support::NotListed, Support::Retired, Support::Deprecated];

    /// The state of this number.
    pub fn from_byte(byte: u8) -> Option<Support> {
        Support::ALL.get(usize::from(byte)).copied()
    }

    /// The word used in the hand-kept table and in JSON output.
    pub fn name(self) -> &'static str {
        match self {
            Support::Supported => "yes",
            Support::Unknown => "unknown",
            Support::NotListed => "no",
            Support::Retired => "retired",
            Support::Deprecated => "deprecated",
        }
    }
}
