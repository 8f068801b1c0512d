//! The rules, one file each.
//!
//! A rule's file holds its declaration (name, level, function), the page for the person who has just been flagged,
//! and the function. The page ends with examples, which are the rule's first tests:
//!
//! * ` ```asl fails `: each `^^^ message` line says what is reported about the line above it;
//! * ` ```asl passes `: nothing is reported;
//! * ` ```asl fixed `: what the `fails` example before it becomes when the first fix is applied to each finding.
//!
//! From the same text come `asl-lsp explain`, the page `docs/rules.md`, hovers and links. To add a rule, write its
//! file and add one line to the list below.

#[cfg(test)]
mod tests;

mod arguments;
mod insert;
mod resource_problems;

use crate::check::Rule;

/// Where the reference of the rules stands.
pub const REFERENCE_URL: &str = "https://github.com/asl-lsp/asl-lsp/blob/main/server/docs/rules.md";

/// Declares a rule: its page as a doc comment, then its facts.
macro_rules! rule {
    (
        $(#[doc = $docs:literal])*
        pub static $ident:ident = { $name:literal, $level:ident, $run:ident($($function:expr),+) $(, $option:ident)* $(,)? }
    ) => {
        pub static $ident: $crate::check::Rule = {
            #[allow(unused_mut)]
            let mut rule = $crate::check::Rule {
                name: $name,
                level: $crate::check::Level::$level,
                on: true,
                fixable: false,
                tag: None,
                docs: concat!($($docs, "\n"),*),
                run: $crate::check::Run::$run($($function),+),
            };
            $(rule!(@option rule, $option);)*
            rule
        };
    };
    (@option $rule:ident, off) => { $rule.on = false; };
    (@option $rule:ident, fixable) => { $rule.fixable = true; };
    (@option $rule:ident, unnecessary) => { $rule.tag = Some($crate::check::Tag::Unnecessary); };
    (@option $rule:ident, deprecated) => { $rule.tag = Some($crate::check::Tag::Deprecated); };
}

/// Makes the module, the entry of [`ALL`] and the test of each rule.
macro_rules! rules {
    ($($module:ident::$ident:ident,)*) => {
        $(mod $module;)*

        /// Every rule, sorted by name within its group.
        pub static ALL: &[&Rule] = &[$(&$module::$ident),*];

        #[cfg(test)]
        mod examples {
            $(#[test] fn $module() { super::tests::check_examples(&super::$module::$ident); })*
        }
    };
}

rules! {
    // The text itself.
    json_syntax::JSON_SYNTAX,
    json_trailing_comma::JSON_TRAILING_COMMA,
    json_comment::JSON_COMMENT,
    unquoted_placeholder::UNQUOTED_PLACEHOLDER,
    empty_document::EMPTY_DOCUMENT,
    root_not_object::ROOT_NOT_OBJECT,
    duplicate_key::DUPLICATE_KEY,
    definition_too_large::DEFINITION_TOO_LARGE,
    too_deeply_nested::TOO_DEEPLY_NESTED,
    // Structure, types, bounds.
    missing_required_field::MISSING_REQUIRED_FIELD,
    unknown_field::UNKNOWN_FIELD,
    field_not_allowed_in_state::FIELD_NOT_ALLOWED_IN_STATE,
    unknown_state_type::UNKNOWN_STATE_TYPE,
    wrong_type::WRONG_TYPE,
    out_of_range::OUT_OF_RANGE,
    invalid_enum_value::INVALID_ENUM_VALUE,
    empty_collection::EMPTY_COLLECTION,
    mutually_exclusive_fields::MUTUALLY_EXCLUSIVE_FIELDS,
    wait_without_duration::WAIT_WITHOUT_DURATION,
    // Flow.
    missing_transition::MISSING_TRANSITION,
    next_and_end::NEXT_AND_END,
    unknown_start_at::UNKNOWN_START_AT,
    unknown_next_state::UNKNOWN_NEXT_STATE,
    next_into_other_scope::NEXT_INTO_OTHER_SCOPE,
    unreachable_state::UNREACHABLE_STATE,
    missing_terminal_state::MISSING_TERMINAL_STATE,
    sub_machine_never_ends::SUB_MACHINE_NEVER_ENDS,
    no_path_to_terminal::NO_PATH_TO_TERMINAL,
    duplicate_state_name::DUPLICATE_STATE_NAME,
    invalid_state_name::INVALID_STATE_NAME,
    // Service calls.
    invalid_resource_arn::INVALID_RESOURCE_ARN,
    unknown_integration::UNKNOWN_INTEGRATION,
    unsupported_integration_pattern::UNSUPPORTED_INTEGRATION_PATTERN,
    missing_task_token::MISSING_TASK_TOKEN,
    missing_integration_argument::MISSING_INTEGRATION_ARGUMENT,
    unknown_integration_argument::UNKNOWN_INTEGRATION_ARGUMENT,
    invalid_integration_argument::INVALID_INTEGRATION_ARGUMENT,
}

/// The rule of that code.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// The reference of all rules, as Markdown.
pub fn reference() -> String {
    let mut out = String::from(
        "# Rules\n\nThis page is made from the rules themselves; `asl-lsp explain CODE` shows one of them.\n\n\
         A rule's level is changed, or the rule switched off, in `asl-lsp.toml` (`[rules]`, then `code = \"off\"`) \
         or in the settings of the editor.\n\n| code | level | fix | |\n|---|---|---|---|\n",
    );
    for rule in ALL {
        let level =
            if rule.on { rule.level.name().to_owned() } else { format!("{} (off)", rule.level.name()) };
        let fix = if rule.fixable { "yes" } else { "" };
        out += &format!("| [`{0}`](#{0}) | {level} | {fix} | {1} |\n", rule.name, rule.title());
    }
    for rule in ALL {
        out += &format!("\n## <a name=\"{0}\"></a>`{0}`\n\n{1}", rule.name, page(rule));
    }
    out
}

/// A rule's page: its text without the marks that its tests need.
pub fn page(rule: &Rule) -> String {
    let mut out = String::new();
    for line in rule.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        match line.strip_prefix("```asl ") {
            Some(kind) => {
                let language = if kind.contains("yaml") { "yaml" } else { "json" };
                let lead = match kind.split(' ').next() {
                    Some("fails") => "Reported:",
                    Some("fixed") => "After the fix:",
                    _ => "Fine:",
                };
                out += &format!("{lead}\n\n```{language}\n");
            }
            None => match line.strip_prefix("# ") {
                Some(title) => out += &format!("**{title}**\n"),
                None => out += &format!("{line}\n"),
            },
        }
    }
    out.trim_end().to_owned() + "\n"
}
