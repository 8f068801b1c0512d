//! The functions that expressions can call: `$sum` and its like in JSONata, `States.Format` and its like in JSONPath
//! states. Start with [`Function`]; the rows are in `functions/`.

mod intrinsics;
mod jsonata;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::limits::INTRINSIC_DEPTH;

pub use intrinsics::FUNCTIONS as INTRINSICS;
pub use jsonata::FUNCTIONS as JSONATA;

/// The names that `States.Hash` and `$hash` take for their algorithm.
pub const HASH_ALGORITHMS: [&str; 5] = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Function {
    /// With its `$` or `States.`.
    pub name: &'static str,
    /// In the notation of JSONata; empty for an intrinsic function.
    pub signature: &'static str,
    pub parameters: &'static [Parameter],
    /// The arguments it needs where there is no context item.
    pub min: u32,
    /// `None` when it takes any number of arguments.
    pub max: Option<u32>,
    /// The context item stands in for a first argument that is left out.
    pub context_first: bool,
    /// The type of the result, for people.
    pub returns: &'static str,
    /// An intrinsic function whose result is or can be a text: it may stand in ErrorPath and CausePath.
    pub gives_text: bool,
    /// One sentence.
    pub summary: &'static str,
    pub link: &'static str,
    pub origin: Origin,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parameter {
    pub name: &'static str,
    /// What it takes; more than one where the function has a choice.
    pub kinds: &'static [Kind],
    pub presence: Presence,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence {
    Required,
    Optional,
    /// It stands for any number of further arguments.
    Rest,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Any,
    /// Anything but a function.
    Json,
    String,
    Number,
    Integer,
    Boolean,
    Object,
    /// In JSONata a single value passes as an array of one.
    Array,
    Function,
}

/// Where a function comes from, as seen from Step Functions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    Standard,
    /// Of JSONata, with more parameters in Step Functions.
    Extended,
    /// Only in Step Functions.
    Added,
    /// Of JSONata, and not in Step Functions.
    Removed,
}

impl Function {
    /// Whether so many arguments can be right.
    pub fn accepts(&self, arguments: u32, has_context: bool) -> bool {
        let min = self.min - u32::from(self.context_first && has_context);
        min <= arguments && self.max.is_none_or(|max| arguments <= max)
    }

    /// The parameter that the argument at `index` goes to.
    pub fn parameter(&self, index: usize) -> Option<&'static Parameter> {
        let last = self.parameters.last().filter(|last| last.presence == Presence::Rest);
        self.parameters.get(index).or(last)
    }

    /// `$substring(str, start, [length])`
    pub fn label(&self) -> String {
        let show = |parameter: &Parameter| match parameter.presence {
            Presence::Required => parameter.name.to_owned(),
            Presence::Optional => format!("[{}]", parameter.name),
            Presence::Rest => format!("{}…", parameter.name),
        };
        let parameters: Vec<String> = self.parameters.iter().map(show).collect();
        format!("{}({})", self.name, parameters.join(", "))
    }
}

impl Function {
    /// What its callers write for each parameter, with its type: `start: number`, `[length: number]`, `args: any…`.
    pub fn typed_parameters(&self) -> Vec<String> {
        let show = |parameter: &Parameter| {
            let kinds: Vec<&str> = parameter.kinds.iter().map(|kind| kind.name()).collect();
            let typed = format!("{}: {}", parameter.name, kinds.join(" | "));
            match parameter.presence {
                Presence::Required => typed,
                Presence::Optional => format!("[{typed}]"),
                Presence::Rest => format!("{typed}…"),
            }
        };
        self.parameters.iter().map(show).collect()
    }

    /// `$substring(str: string, start: number, [length: number]) → string`
    pub fn typed_label(&self) -> String {
        format!("{}({}) → {}", self.name, self.typed_parameters().join(", "), self.returns)
    }

    /// What is special about it in Step Functions, or about its arguments.
    pub fn note(&self) -> Option<String> {
        match (self.origin, self.context_first, self.parameters.first()) {
            (Origin::Added, ..) => Some("Only Step Functions has it.".to_owned()),
            (Origin::Extended, ..) => {
                Some("Step Functions gives it more parameters than JSONata does.".to_owned())
            }
            (Origin::Removed, ..) => Some("Step Functions does not have it.".to_owned()),
            (Origin::Standard, true, Some(first)) => Some(format!(
                "Without `{}` it takes the context item: `name.{}`.",
                first.name,
                self.bare_call()
            )),
            _ if self.gives_text => Some("May also stand in `ErrorPath` and `CausePath`.".to_owned()),
            _ => None,
        }
    }

    /// How far its calls can go, where Step Functions refuses the rest.
    pub fn limit(&self) -> Option<String> {
        let is_intrinsic = self.name.starts_with("States.");
        is_intrinsic.then(|| format!("Calls of intrinsic functions nest at most {INTRINSIC_DEPTH} deep."))
    }

    /// The call with the context item for its first argument.
    fn bare_call(&self) -> String {
        let given = self.parameters.iter().skip(1).filter(|it| it.presence == Presence::Required);
        let names: Vec<&str> = given.map(|it| it.name).collect();
        format!("{}({})", self.name, names.join(", "))
    }

    /// The parameters that a function handed to it has.
    pub fn callback(&self) -> &'static [&'static str] {
        match self.name {
            "$map" | "$filter" | "$single" | "$each" | "$sift" => &["$v"],
            "$reduce" => &["$acc", "$v"],
            "$sort" => &["$l", "$r"],
            _ => &[],
        }
    }
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Json => "JSON",
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array => "array",
            Self::Function => "function",
        }
    }
}

/// A function of JSONata by its name, with or without the `$`; removed ones included.
pub fn jsonata(name: &str) -> Option<&'static Function> {
    static BY_NAME: LazyLock<HashMap<&str, &Function>> =
        LazyLock::new(|| JSONATA.iter().map(|it| (it.name.trim_start_matches('$'), it)).collect());
    BY_NAME.get(name.strip_prefix('$').unwrap_or(name)).copied()
}

/// An intrinsic function by its full name.
pub fn intrinsic(name: &str) -> Option<&'static Function> {
    INTRINSICS.iter().find(|function| function.name == name)
}

const ANY: &[Kind] = &[Kind::Any];
const JSON: &[Kind] = &[Kind::Json];
const STRING: &[Kind] = &[Kind::String];
const NUMBER: &[Kind] = &[Kind::Number];
const INTEGER: &[Kind] = &[Kind::Integer];
const BOOLEAN: &[Kind] = &[Kind::Boolean];
const OBJECT: &[Kind] = &[Kind::Object];
const ARRAY: &[Kind] = &[Kind::Array];
const FUNCTION: &[Kind] = &[Kind::Function];

const fn required(name: &'static str, kinds: &'static [Kind]) -> Parameter {
    Parameter { name, kinds, presence: Presence::Required }
}

const fn optional(name: &'static str, kinds: &'static [Kind]) -> Parameter {
    Parameter { name, kinds, presence: Presence::Optional }
}

const fn rest(name: &'static str, kinds: &'static [Kind]) -> Parameter {
    Parameter { name, kinds, presence: Presence::Rest }
}

const fn row(
    name: &'static str,
    signature: &'static str,
    parameters: &'static [Parameter],
    returns: &'static str,
    summary: &'static str,
    link: &'static str,
) -> Function {
    let (mut min, mut max) = (0, Some(parameters.len() as u32));
    let mut index = 0;
    while index < parameters.len() {
        match parameters[index].presence {
            Presence::Required => min += 1,
            Presence::Optional => {}
            Presence::Rest => max = None,
        }
        index += 1;
    }
    // In a signature `-` follows the parameter that the context item can stand in for: always the first.
    let letters = signature.as_bytes();
    let (mut context_first, mut index) = (false, 0);
    while index < letters.len() {
        context_first |= letters[index] == b'-';
        index += 1;
    }
    let (gives_text, origin) = (false, Origin::Standard);
    Function {
        name,
        signature,
        parameters,
        min,
        max,
        context_first,
        returns,
        gives_text,
        summary,
        link,
        origin,
    }
}

impl Function {
    const fn gives_text(mut self) -> Function {
        self.gives_text = true;
        self
    }

    const fn extended(mut self) -> Function {
        self.origin = Origin::Extended;
        self
    }

    const fn added(mut self) -> Function {
        self.origin = Origin::Added;
        self
    }

    const fn removed(mut self) -> Function {
        self.origin = Origin::Removed;
        self
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn rows_are_complete() {
        for function in JSONATA.iter().chain(&INTRINSICS) {
            assert!(!function.context_first || function.min > 0, "{}", function.name);
            assert!(function.summary.ends_with('.'), "{}", function.name);
            assert!(function.link.starts_with("https://"), "{}", function.name);
        }
    }

    #[test]
    fn names_are_found() {
        assert_eq!(JSONATA.len(), 70);
        assert_eq!(INTRINSICS.len(), 18);
        assert_eq!(jsonata("$hash").map(|it| it.origin), Some(Origin::Added));
        assert_eq!(jsonata("eval").map(|it| it.origin), Some(Origin::Removed));
        assert_eq!(jsonata("toUpper"), None);
        assert_eq!(intrinsic("States.uuid"), None);
    }

    #[test]
    fn arguments_count_with_the_context() {
        let substring = jsonata("substring").expect("known");
        assert!(substring.accepts(1, true) && !substring.accepts(1, false) && !substring.accepts(4, true));
        let array = intrinsic("States.Array").expect("known");
        assert!(array.accepts(0, false) && array.accepts(9, false));
    }

    #[test]
    fn labels() {
        let labels: Vec<String> =
            ["$substring", "$zip", "$uuid"].iter().filter_map(|name| Some(jsonata(name)?.label())).collect();
        expect![[r#"
            $substring(str, start, [length])
            $zip(array, more…)
            $uuid()"#]]
        .assert_eq(&labels.join("\n"));
        let typed: Vec<String> = ["$substring", "$contains", "$zip"]
            .iter()
            .filter_map(|name| Some(jsonata(name)?.typed_label()))
            .collect();
        expect![[r#"
            $substring(str: string, start: number, [length: number]) → string
            $contains(str: string, pattern: string | function) → boolean
            $zip(array: array, more: array…) → array"#]]
        .assert_eq(&typed.join("\n"));
    }

    #[test]
    fn functions_that_take_a_function_say_what_it_gets() {
        let named = JSONATA.iter().filter(|it| it.parameters.iter().any(|it| it.name == "function"));
        for function in named {
            assert!(!function.callback().is_empty(), "{}", function.name);
        }
    }
}
