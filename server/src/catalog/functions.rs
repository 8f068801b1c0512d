//! The functions that expressions can call: `$sum` and its like in JSONata, `States.Format` and its like in JSONPath
//! states. Start with [`Function`]; the rows are in `functions/`.

mod intrinsics;
mod jsonata;

use std::collections::HashMap;
use std::sync::LazyLock;

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
    }
}
