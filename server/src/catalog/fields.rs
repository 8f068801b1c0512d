//! The fields of the language: which object takes them, what they hold and what they do.
//!
//! Ask an [`Object`] for its [`Field`]s. Hover, completion and the rules read the same rows, so they agree. A
//! field that differs between objects (`TimeoutSeconds` of the machine and of a Task) has a row for each.
//! Conditions that take more than one field to tell (`Next` or `End`, `ExecutionType` with `DISTRIBUTED`) are
//! rules, not rows.

mod machine;

mod choice;
mod error;
mod flow;
mod map;
mod reader;
mod state;
mod task;

use super::states::StateType;
pub use choice::OPERATORS;

/// A kind of object that the language defines: where the names of fields have a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Object {
    /// The document itself.
    Machine,
    /// An element of `Branches`.
    Branch,
    /// `ItemProcessor` or `Iterator`.
    Processor,
    State(StateType),
    /// A state whose `Type` is missing or unknown: the fields that every state has.
    UntypedState,
    /// An element of `Choices`, with the fields of both query languages.
    ChoiceRule,
    /// A rule inside `And`, `Or` or `Not`.
    NestedRule,
    Retrier,
    Catcher,
    ProcessorConfig,
    ItemReader,
    ReaderConfig,
    ItemBatcher,
    ResultWriter,
    WriterConfig,
    Credentials,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    pub name: &'static str,
    /// What the field holds.
    pub value: Value,
    /// In which query language the field exists.
    pub languages: Languages,
    /// Whether the field must be there wherever it exists. (`Next` is not: a state may have `End`.)
    pub required: bool,
    /// In a JSONata state the whole value may be one `{% … %}` string.
    pub jsonata: bool,
    /// May be `null`.
    pub nullable: bool,
    /// Fields that must not stand beside it.
    pub excludes: &'static [&'static str],
    /// Only for a Distributed Map.
    pub distributed: bool,
    /// The field to use instead.
    pub deprecated: Option<&'static str>,
    /// What the service takes when the field is absent, where that is a value one could write.
    pub default: Option<&'static str>,
    /// What the field does, for a hover. Bounds, default and deprecation are printed from the other columns.
    pub summary: &'static str,
    pub link: &'static str,
}

/// In which query language something exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Languages {
    Both,
    JsonPath,
    Jsonata,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Free text.
    Text,
    /// One of these texts.
    Enum(&'static [Allowed]),
    Integer {
        min: u64,
        max: Option<u64>,
    },
    Number {
        min: Option<f64>,
        max: Option<f64>,
    },
    Boolean,
    /// The name of a state of the same scope; for `StartAt`, of the scope that begins here.
    StateName,
    Path(PathKind),
    /// JSONPath: a payload template. JSONata: any JSON in which every string may be an expression.
    Payload,
    /// The same, but an object.
    PayloadObject,
    /// An object that names variables; the values are a payload.
    Assignments,
    /// Plain JSON that nobody evaluates.
    AnyJson,
    Object(Object),
    List {
        of: Object,
        min: usize,
    },
    /// An object with a state under each name.
    States,
    /// A list of error names, not empty.
    ErrorNames,
    /// One error name, one's own or a predefined one.
    ErrorName,
    /// A list of plain strings.
    Texts,
    /// ISO 8601 with a time zone: `2030-01-31T09:00:00Z`.
    Timestamp,
    /// Text in which `*` stands for any characters.
    Pattern,
    /// The ARN of what a task does.
    Resource,
    /// The ARN of one of these actions: `arn:<partition>:states:::` and the value.
    Action(&'static [Allowed]),
    /// The ARN of an IAM role.
    RoleArn,
    /// The label of a Distributed Map.
    Label,
    /// `true`, `false` or an expression.
    Condition,
    /// An array, an object or an expression.
    Items,
    /// RFC 6901: `/orders/0/lines`.
    JsonPointer,
}

/// Which kinds of path a field takes. Each may start with `$`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PathKind {
    /// Any path into the data, also with wildcards and filters; the context object; a variable.
    Path,
    /// A path to exactly one place; the context object; a variable.
    Reference,
    /// A path to exactly one place in the data: `ResultPath` writes there.
    Target,
    /// A reference path, the context object, a variable or an intrinsic function that gives text.
    ReferenceOrText,
    /// What a `.$` member of a payload template takes: any path or any intrinsic function.
    Template,
}

/// One of the texts that an enumeration allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    pub value: &'static str,
    pub summary: &'static str,
}

impl Object {
    pub const ALL: [Self; 23] = [
        Self::Machine,
        Self::Branch,
        Self::Processor,
        Self::State(StateType::Task),
        Self::State(StateType::Parallel),
        Self::State(StateType::Map),
        Self::State(StateType::Pass),
        Self::State(StateType::Wait),
        Self::State(StateType::Choice),
        Self::State(StateType::Succeed),
        Self::State(StateType::Fail),
        Self::UntypedState,
        Self::ChoiceRule,
        Self::NestedRule,
        Self::Retrier,
        Self::Catcher,
        Self::ProcessorConfig,
        Self::ItemReader,
        Self::ReaderConfig,
        Self::ItemBatcher,
        Self::ResultWriter,
        Self::WriterConfig,
        Self::Credentials,
    ];

    /// Every field of the object, in the order in which people write them.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Machine => &machine::MACHINE,
            Self::Branch => &machine::BRANCH,
            Self::Processor => &machine::PROCESSOR,
            Self::State(StateType::Task) => &task::TASK,
            Self::State(StateType::Parallel) => &flow::PARALLEL,
            Self::State(StateType::Map) => &map::MAP,
            Self::State(StateType::Pass) => &flow::PASS,
            Self::State(StateType::Wait) => &flow::WAIT,
            Self::State(StateType::Choice) => &choice::CHOICE,
            Self::State(StateType::Succeed) => &flow::SUCCEED,
            Self::State(StateType::Fail) => &flow::FAIL,
            Self::UntypedState => &state::COMMON,
            Self::ChoiceRule => &choice::RULE,
            Self::NestedRule => &choice::NESTED_RULE,
            Self::Retrier => &error::RETRIER,
            Self::Catcher => &error::CATCHER,
            Self::ProcessorConfig => &map::PROCESSOR_CONFIG,
            Self::ItemReader => &reader::ITEM_READER,
            Self::ReaderConfig => &reader::READER_CONFIG,
            Self::ItemBatcher => &map::ITEM_BATCHER,
            Self::ResultWriter => &reader::RESULT_WRITER,
            Self::WriterConfig => &reader::WRITER_CONFIG,
            Self::Credentials => &task::CREDENTIALS,
        }
    }

    /// The field of that name; names are compared exactly.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|it| it.name == name)
    }

    /// What to call the object in a message: "a Task state", "the machine".
    pub const fn title(self) -> &'static str {
        match self {
            Self::Machine => "the machine",
            Self::Branch => "a branch",
            Self::Processor => "an item processor",
            Self::State(StateType::Task) => "a Task state",
            Self::State(StateType::Parallel) => "a Parallel state",
            Self::State(StateType::Map) => "a Map state",
            Self::State(StateType::Pass) => "a Pass state",
            Self::State(StateType::Wait) => "a Wait state",
            Self::State(StateType::Choice) => "a Choice state",
            Self::State(StateType::Succeed) => "a Succeed state",
            Self::State(StateType::Fail) => "a Fail state",
            Self::UntypedState => "a state",
            Self::ChoiceRule => "a choice rule",
            Self::NestedRule => "a nested rule",
            Self::Retrier => "a retrier",
            Self::Catcher => "a catcher",
            Self::ProcessorConfig => "`ProcessorConfig`",
            Self::ItemReader => "`ItemReader`",
            Self::ReaderConfig => "`ReaderConfig`",
            Self::ItemBatcher => "`ItemBatcher`",
            Self::ResultWriter => "`ResultWriter`",
            Self::WriterConfig => "`WriterConfig`",
            Self::Credentials => "`Credentials`",
        }
    }
}

/// The objects that have a field of that name.
pub fn objects_with(name: &str) -> impl Iterator<Item = Object> {
    Object::ALL.into_iter().filter(move |it| it.field(name).is_some())
}

/// Whether any object of the language has a field of that name.
pub fn known_anywhere(name: &str) -> bool {
    objects_with(name).next().is_some()
}

/// The field in the first state type that has it: for a state whose type is not known yet.
pub fn of_some_state(name: &str) -> Option<&'static Field> {
    StateType::ALL.into_iter().find_map(|it| Object::State(it).field(name))
}

/// The comparison operator of choice rules that has that name.
pub fn operator(name: &str) -> Option<&'static Field> {
    OPERATORS.iter().find(|it| it.name == name)
}

impl Field {
    /// A field about which nothing is special: what the rows start from.
    const PLAIN: Self = Self {
        name: "",
        value: Value::Text,
        languages: Languages::Both,
        required: false,
        jsonata: false,
        nullable: false,
        excludes: &[],
        distributed: false,
        deprecated: None,
        default: None,
        summary: "",
        link: "",
    };
}

impl Languages {
    pub const fn in_jsonpath(self) -> bool {
        !matches!(self, Self::Jsonata)
    }

    pub const fn in_jsonata(self) -> bool {
        !matches!(self, Self::JsonPath)
    }
}

impl PathKind {
    /// Whether wildcards, slices, filters and `..` may stand in it.
    pub const fn many(self) -> bool {
        matches!(self, Self::Path | Self::Template)
    }

    /// Whether `$$.…` may stand there.
    pub const fn context(self) -> bool {
        !matches!(self, Self::Target)
    }

    /// Whether `$name…` may stand there.
    pub const fn variables(self) -> bool {
        !matches!(self, Self::Target)
    }

    pub const fn intrinsics(self) -> Intrinsics {
        match self {
            Self::Path | Self::Reference | Self::Target => Intrinsics::None,
            Self::ReferenceOrText => Intrinsics::Text,
            Self::Template => Intrinsics::All,
        }
    }
}

/// Which intrinsic functions may stand in place of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Intrinsics {
    None,
    /// Those in [`TEXT_INTRINSICS`].
    Text,
    All,
}

/// The intrinsic functions that `ErrorPath` and `CausePath` take.
pub const TEXT_INTRINSICS: [&str; 7] = [
    "States.Format",
    "States.JsonToString",
    "States.ArrayGetItem",
    "States.Base64Encode",
    "States.Base64Decode",
    "States.Hash",
    "States.UUID",
];

/// Puts two tables behind one another.
const fn concat<const A: usize, const B: usize, const N: usize>(
    first: &[Field; A],
    second: &[Field; B],
) -> [Field; N] {
    assert!(A + B == N);
    let mut all = [Field::PLAIN; N];
    let mut i = 0;
    while i < N {
        all[i] = if i < A { first[i] } else { second[i - A] };
        i += 1;
    }
    all
}

#[cfg(test)]
mod tests;
