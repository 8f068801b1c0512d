//! The tree-sitter grammars that editors use, as the Rust binding takes them.
//!
//! Nothing of the server depends on this crate: it exists so that the grammars and their queries run in our tests.

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_jsonata() -> *const ();
    fn tree_sitter_jsonata_json() -> *const ();
    fn tree_sitter_aslpath() -> *const ();
    fn tree_sitter_aslpath_json() -> *const ();
}

// SAFETY (all four): each function is the one that tree-sitter generated into the parser.c of that name.

/// JSONata as text of its own, such as a `.jsonata` file.
pub const JSONATA: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_jsonata) };
/// JSONata as it stands in a JSON or YAML document: between `{%` and `%}`, escaped, quotes included.
pub const JSONATA_JSON: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_jsonata_json) };
/// Paths and intrinsic functions as text of their own.
pub const ASLPATH: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_aslpath) };
/// Paths and intrinsic functions as they stand in a JSON or YAML document: escaped, quotes included.
pub const ASLPATH_JSON: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_aslpath_json) };
