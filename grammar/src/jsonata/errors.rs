//! What can be wrong with an expression: the reference's codes, and our sentences about them.

use crate::span::Span;

/// The reference's code for a fault; the last ones are limits of this parser and have none there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Code {
    S0101,
    S0102,
    S0103,
    S0104,
    S0105,
    S0106,
    S0201,
    S0202,
    S0203,
    S0204,
    S0207,
    S0208,
    S0209,
    S0210,
    S0211,
    S0212,
    S0213,
    S0214,
    S0215,
    S0216,
    S0217,
    S0301,
    S0302,
    S0401,
    S0402,
    TooDeep,
    TooLong,
}

impl Code {
    pub fn as_str(self) -> &'static str {
        match self {
            Code::S0101 => "S0101",
            Code::S0102 => "S0102",
            Code::S0103 => "S0103",
            Code::S0104 => "S0104",
            Code::S0105 => "S0105",
            Code::S0106 => "S0106",
            Code::S0201 => "S0201",
            Code::S0202 => "S0202",
            Code::S0203 => "S0203",
            Code::S0204 => "S0204",
            Code::S0207 => "S0207",
            Code::S0208 => "S0208",
            Code::S0209 => "S0209",
            Code::S0210 => "S0210",
            Code::S0211 => "S0211",
            Code::S0212 => "S0212",
            Code::S0213 => "S0213",
            Code::S0214 => "S0214",
            Code::S0215 => "S0215",
            Code::S0216 => "S0216",
            Code::S0217 => "S0217",
            Code::S0301 => "S0301",
            Code::S0302 => "S0302",
            Code::S0401 => "S0401",
            Code::S0402 => "S0402",
            Code::TooDeep => "too-deep",
            Code::TooLong => "too-long",
        }
    }
}

/// One fault. The first of an expression is the one the reference stops at; the others come from recovery.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    pub code: Code,
    /// What to underline.
    pub span: Span,
    /// The reference's `position`, in UTF-16 units; a few of its errors have none.
    pub position: Option<u32>,
    /// One sentence: what is wrong and what to do.
    pub message: String,
    pub slip: Option<Slip>,
}

/// A habit from another language behind an error, for a quick fix.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slip {
    pub kind: SlipKind,
    /// The wrong operator or escape, whole: both characters of `&&`.
    pub span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SlipKind {
    /// `==` or `===` for `=`.
    DoubleEqual,
    /// `!==` for `!=`.
    StrictNotEqual,
    /// `<>` for `!=`.
    AngleNotEqual,
    /// `&&` for `and`.
    AndAnd,
    /// `||` for `or`.
    OrOr,
    /// `!x` for `$not(x)`.
    Bang,
    /// `\'` inside a string.
    EscapedApostrophe,
    /// `//` as a comment.
    LineComment,
    /// `??`, which came with JSONata 2.1.
    Coalesce,
    /// `?:`, which came with JSONata 2.1.
    Default,
    /// A comma with nothing behind it.
    TrailingComma,
    /// `;` outside parentheses.
    BareSemicolon,
}

impl SlipKind {
    /// What to write in place of the slip, where one piece of text does it.
    pub fn replacement(self) -> Option<&'static str> {
        match self {
            SlipKind::DoubleEqual => Some("="),
            SlipKind::StrictNotEqual | SlipKind::AngleNotEqual => Some("!="),
            SlipKind::AndAnd => Some("and"),
            SlipKind::OrOr => Some("or"),
            SlipKind::TrailingComma => Some(""),
            _ => None,
        }
    }

    pub(super) fn message(self) -> &'static str {
        match self {
            SlipKind::DoubleEqual => "JSONata compares with a single `=`",
            SlipKind::StrictNotEqual | SlipKind::AngleNotEqual => "JSONata writes \"not equal\" as `!=`",
            SlipKind::AndAnd => "JSONata writes `&&` as `and`",
            SlipKind::OrOr => "JSONata writes `||` as `or`",
            SlipKind::Bang => "JSONata has no `!`; use `$not(…)`",
            SlipKind::EscapedApostrophe => {
                "`\\'` is not an escape in JSONata; put a text with an apostrophe into double quotes"
            }
            SlipKind::LineComment => {
                "`//` starts an empty regular expression, not a comment; write comments as `/* … */`"
            }
            SlipKind::Coalesce => {
                "`??` needs JSONata 2.1, and Step Functions has 2.0.6; write `$exists(a) ? a : b`"
            }
            SlipKind::Default => "`?:` needs JSONata 2.1, and Step Functions has 2.0.6; write `a ? a : b`",
            SlipKind::TrailingComma => "remove the comma: JSONata takes no trailing comma",
            SlipKind::BareSemicolon => {
                "put parentheses around the expressions: `;` separates them only inside `( … )`"
            }
        }
    }
}

/// What the innermost unfinished construct asks for next.
#[derive(Clone, Copy)]
pub(super) struct Required {
    pub(super) token: &'static str,
    pub(super) role: Role,
}

#[derive(Clone, Copy)]
pub(super) enum Role {
    Top,
    /// The arguments of a call of what stands at the span.
    Call(Span),
    Parameters,
    Block,
    Array,
    Filter,
    Key,
    Object,
    Group,
    Signature,
    BodyStart,
    Body,
    OrderStart,
    Order,
    TransformPattern,
    Transform,
}

impl Required {
    pub(super) const TOP: Required = Required { token: "", role: Role::Top };

    /// "expected `)` to close the call to `$sum`", and what stands there instead.
    pub(super) fn message(self, text: &str, found: Option<Span>) -> String {
        let token = self.token;
        let wanted = match self.role {
            Role::Top => {
                let found = shorten(found.map_or("", |span| span.text(text)));
                if matches!(found, ")" | "]" | "}") {
                    return format!("`{found}` closes nothing: remove it, or open its bracket before");
                }
                return format!("the expression is complete before `{found}`; an operator is missing here");
            }
            Role::Call(callee) if callee.is_empty() => format!("expected `{token}` to close the call"),
            Role::Call(callee) => {
                format!("expected `{token}` to close the call to `{}`", shorten(callee.text(text)))
            }
            Role::Parameters => format!("expected `{token}` to close the parameter list of the function"),
            Role::Block => format!("expected `{token}` to close the parenthesis"),
            Role::Array => format!("expected `{token}` to close the array"),
            Role::Filter => format!("expected `{token}` to close the filter"),
            Role::Key => format!("expected `{token}` and a value after the key of the object"),
            Role::Object => format!("expected `{token}` to close the object"),
            Role::Group => format!("expected `{token}` to close the grouping"),
            Role::Signature => format!("expected `{token}` to close the signature of the function"),
            Role::BodyStart => format!("expected `{token}` and the body of the function"),
            Role::Body => format!("expected `{token}` to close the body of the function"),
            Role::OrderStart => format!("expected `{token}` and the sort key after `^`"),
            Role::Order => format!("expected `{token}` to close the sort keys"),
            Role::TransformPattern => format!("expected `{token}` before the update of the transform"),
            Role::Transform => format!("expected `{token}` to close the transform"),
        };
        match found {
            Some(found) => format!("{wanted}, found `{}`", shorten(found.text(text))),
            None => wanted,
        }
    }
}

/// The sentence for a fault of the scanner.
pub(super) fn lexical(code: Code, found: &str) -> String {
    match code {
        Code::S0101 => "the text is not closed: add the quote it began with".to_owned(),
        Code::S0102 => format!("the number `{}` is too large", shorten(found)),
        Code::S0103 if found == "\\" => "the backslash escapes nothing: remove it".to_owned(),
        Code::S0103 => format!("`{found}` is not an escape; write two backslashes for one"),
        Code::S0104 => "`\\u` needs four hexadecimal digits".to_owned(),
        Code::S0105 => "the quoted name is not closed: add a backtick".to_owned(),
        Code::S0106 => "the comment is not closed: add `*/`".to_owned(),
        Code::S0301 => SlipKind::LineComment.message().to_owned(),
        _ => "the regular expression is not closed: add `/`, and check its brackets".to_owned(),
    }
}

/// The sentence when the text ends where an operand must follow `before`, the last token.
pub(super) fn unfinished(before: &str) -> String {
    match before {
        "" => "the expression is empty; write a JSONata expression".to_owned(),
        "." => "a name is missing after `.`".to_owned(),
        _ => format!("the expression ends too early: something is missing after `{}`", shorten(before)),
    }
}

/// The first characters of a long piece of text.
pub(super) fn shorten(text: &str) -> &str {
    match text.char_indices().nth(40) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}
