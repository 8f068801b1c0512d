//! What a variable may be called.

use crate::catalog::limits::VARIABLE_NAME_CHARACTERS;

/// The name that Step Functions keeps for itself.
pub const RESERVED: &str = "states";

/// Why a text is no name for a variable, as the end of a sentence.
pub fn problem(name: &str) -> Option<String> {
    let continues = |c: char| c.is_alphanumeric() || c == '_' || !c.is_ascii() && !c.is_whitespace();
    let Some(first) = name.chars().next() else { return Some("it is empty".into()) };
    if first == '$' {
        return Some("it is assigned without the `$`".into());
    }
    if first.is_ascii_digit() {
        return Some("it begins with a digit".into());
    }
    if let Some(wrong) = name.chars().find(|c| !continues(*c)) {
        return Some(match wrong {
            ' ' => "a blank cannot stand in it".into(),
            wrong => format!("`{wrong}` cannot stand in it"),
        });
    }
    let length = name.chars().count();
    let longest = VARIABLE_NAME_CHARACTERS;
    (length > longest).then(|| format!("it has {length} characters, and {longest} is the limit"))
}
