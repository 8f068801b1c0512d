//! The rules, one file each.
//!
//! A rule's file holds its declaration (name, level, function), the page for the person who has just been flagged,
//! and the function. The page ends with examples, which are the rule's first tests:
//!
//! * ` ```asl fails `: each `^^^ message` line says what is reported about the line above it;
//! * ` ```asl passes `: nothing is reported;
//! * ` ```asl fixed `: what the `fails` example before it becomes when the first fix is applied to each finding;
//!   ` ```asl fixed 2 ` shows the second one.
//!
//! From the same text come `asl-lsp explain`, the page `docs/rules.md`, hovers and links. To add a rule, write its
//! file and add one line to the list below.

mod common;

mod conversion;
#[cfg(test)]
mod tests;

mod arguments;
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
    // What the document silences.
    unused_silencer::UNUSED_SILENCER,
    // Query language.
    query_language_downgrade::QUERY_LANGUAGE_DOWNGRADE,
    query_language_misplaced::QUERY_LANGUAGE_MISPLACED,
    wrong_query_language_field::WRONG_QUERY_LANGUAGE_FIELD,
    // Errors: Retry and Catch.
    states_all_position::STATES_ALL_POSITION,
    unknown_states_error::UNKNOWN_STATES_ERROR,
    reserved_error_prefix::RESERVED_ERROR_PREFIX,
    uncatchable_error::UNCATCHABLE_ERROR,
    shadowed_error_name::SHADOWED_ERROR_NAME,
    retry_delay_cap::RETRY_DELAY_CAP,
    heartbeat_not_below_timeout::HEARTBEAT_NOT_BELOW_TIMEOUT,
    // Payload templates.
    payload_duplicate_field::PAYLOAD_DUPLICATE_FIELD,
    // Resources.
    express_unsupported_resource::EXPRESS_UNSUPPORTED_RESOURCE,
    // Map.
    distributed_only_field::DISTRIBUTED_ONLY_FIELD,
    processor_config::PROCESSOR_CONFIG,
    reader_config::READER_CONFIG,
    item_batcher_without_limit::ITEM_BATCHER_WITHOUT_LIMIT,
    result_writer_incomplete::RESULT_WRITER_INCOMPLETE,
    invalid_label::INVALID_LABEL,
    duplicate_label::DUPLICATE_LABEL,
    // Time.
    invalid_timestamp::INVALID_TIMESTAMP,
    wait_too_long::WAIT_TOO_LONG,
    // Choice.
    choice_missing_operator::CHOICE_MISSING_OPERATOR,
    choice_multiple_operators::CHOICE_MULTIPLE_OPERATORS,
    choice_missing_variable::CHOICE_MISSING_VARIABLE,
    choice_nested_next::CHOICE_NESTED_NEXT,
    dead_choice_rule::DEAD_CHOICE_RULE,
    constant_condition::CONSTANT_CONDITION,
    choice_without_default::CHOICE_WITHOUT_DEFAULT,
    // Deprecated and style.
    callback_without_timeout::CALLBACK_WITHOUT_TIMEOUT,
    legacy_lambda_resource::LEGACY_LAMBDA_RESOURCE,
    sync_output_is_text::SYNC_OUTPUT_IS_TEXT,
    hardcoded_account::HARDCODED_ACCOUNT,
    plaintext_secret::PLAINTEXT_SECRET,
    deprecated_iterator::DEPRECATED_ITERATOR,
    deprecated_map_parameters::DEPRECATED_MAP_PARAMETERS,
    task_without_timeout::TASK_WITHOUT_TIMEOUT,
    task_without_retry::TASK_WITHOUT_RETRY,
    lambda_retry_transient::LAMBDA_RETRY_TRANSIENT,
    catch_without_all::CATCH_WITHOUT_ALL,
    missing_comment::MISSING_COMMENT,
    inline_map_concurrency::INLINE_MAP_CONCURRENCY_RULE,
    confusing_state_name::CONFUSING_STATE_NAME,
    unqualified_lambda::UNQUALIFIED_LAMBDA,
    heartbeat_without_callback::HEARTBEAT_WITHOUT_CALLBACK,
    nested_execution_link::NESTED_EXECUTION_LINK,
    timeout_exceeds_machine::TIMEOUT_EXCEEDS_MACHINE,
    redundant_default::REDUNDANT_DEFAULT,
    empty_pass::EMPTY_PASS,
    choice_single_target::CHOICE_SINGLE_TARGET,
    choice_redundant_group::CHOICE_REDUNDANT_GROUP,
    string_matches_without_wildcard::STRING_MATCHES_WITHOUT_WILDCARD,
    parallel_single_branch::PARALLEL_SINGLE_BRANCH,
    retry_without_jitter::RETRY_WITHOUT_JITTER,
    catch_discards_input::CATCH_DISCARDS_INPUT,
    data_limit_not_caught::DATA_LIMIT_NOT_CAUGHT,
    is_present_guard::IS_PRESENT_GUARD,
    prefer_jsonata::PREFER_JSONATA,
    state_name_style::STATE_NAME_STYLE,
    field_order::FIELD_ORDER,
    // Query language in strings.
    jsonata_in_jsonpath_state::JSONATA_IN_JSONPATH_STATE,
    jsonpath_in_jsonata_state::JSONPATH_IN_JSONATA_STATE,
    dollar_key_in_jsonata::DOLLAR_KEY_IN_JSONATA,
    // Paths.
    invalid_json_path::INVALID_JSON_PATH,
    invalid_reference_path::INVALID_REFERENCE_PATH,
    result_path_target::RESULT_PATH_TARGET,
    intrinsic_not_allowed_here::INTRINSIC_NOT_ALLOWED_HERE,
    // Payloads.
    dollar_key_needs_path::DOLLAR_KEY_NEEDS_PATH,
    missing_dollar_suffix::MISSING_DOLLAR_SUFFIX,
    path_in_plain_field::PATH_IN_PLAIN_FIELD,
    static_result_path::STATIC_RESULT_PATH,
    // Intrinsic functions.
    unknown_intrinsic::UNKNOWN_INTRINSIC,
    intrinsic_arity::INTRINSIC_ARITY,
    intrinsic_syntax::INTRINSIC_SYNTAX,
    intrinsic_bad_escape::INTRINSIC_BAD_ESCAPE,
    intrinsic_argument_type::INTRINSIC_ARGUMENT_TYPE,
    intrinsic_nesting::INTRINSIC_NESTING,
    format_placeholder_count::FORMAT_PLACEHOLDER_COUNT,
    // Context object.
    unknown_context_field::UNKNOWN_CONTEXT_FIELD,
    context_not_available_here::CONTEXT_NOT_AVAILABLE_HERE,
    // JSONata.
    jsonata_delimiters::JSONATA_DELIMITERS,
    jsonata_syntax::JSONATA_SYNTAX,
    jsonata_top_level_name::JSONATA_TOP_LEVEL_NAME,
    jsonata_root_reference::JSONATA_ROOT_REFERENCE,
    jsonata_unknown_function::JSONATA_UNKNOWN_FUNCTION,
    jsonata_unsupported_function::JSONATA_UNSUPPORTED_FUNCTION,
    jsonata_arity::JSONATA_ARITY,
    jsonata_unused_binding::JSONATA_UNUSED_BINDING,
    jsonata_shadowed_binding::JSONATA_SHADOWED_BINDING,
    states_field_not_available::STATES_FIELD_NOT_AVAILABLE,
    unknown_states_field::UNKNOWN_STATES_FIELD,
    // Variables.
    invalid_variable_name::INVALID_VARIABLE_NAME,
    reserved_variable_name::RESERVED_VARIABLE_NAME,
    undefined_variable::UNDEFINED_VARIABLE,
    possibly_undefined_variable::POSSIBLY_UNDEFINED_VARIABLE,
    variable_shadows_outer::VARIABLE_SHADOWS_OUTER,
    variable_read_while_assigned::VARIABLE_READ_WHILE_ASSIGNED,
    outer_variable_in_distributed_map::OUTER_VARIABLE_IN_DISTRIBUTED_MAP,
    unused_variable::UNUSED_VARIABLE,
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
                    Some("fixed") if kind.ends_with('2') => "After the other fix:",
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
