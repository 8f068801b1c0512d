//! Trees as text, and where the project's shared data lies when it is there.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use tree_sitter::{Node, Parser, Tree};
use tree_sitter_language::LanguageFn;

pub struct Reader(Parser);

impl Reader {
    pub fn new(language: LanguageFn) -> Self {
        let mut parser = Parser::new();
        parser.set_language(&language.into()).expect("the binding takes our ABI");
        Self(parser)
    }

    pub fn tree(&mut self, text: &str) -> Tree {
        self.0.parse(text, None).expect("a language is set and nothing cancels")
    }

    /// The tree, or nothing when the text has an error.
    pub fn accept(&mut self, text: &str) -> Option<Tree> {
        Some(self.tree(text)).filter(|it| !it.root_node().has_error())
    }
}

/// The named nodes with their fields. The marks around an embedded text are left out, so that the trees of the two
/// spellings compare.
pub fn shape(tree: &Tree) -> String {
    let mut text = String::new();
    write_node(tree.root_node(), None, &mut text);
    text
}

fn write_node(node: Node, field: Option<&str>, text: &mut String) {
    if !node.is_named() || matches!(node.kind(), "open" | "close") {
        return;
    }
    if let Some(field) = field {
        let _ = write!(text, " {field}:");
    }
    let _ = write!(text, " ({}", node.kind());
    let mut cursor = node.walk();
    if cursor.goto_first_child() {
        loop {
            write_node(cursor.node(), cursor.field_name(), text);
            if !cursor.goto_next_sibling() {
                break;
            }
        }
    }
    text.push(')');
}

/// A file or folder of the data that lies beside the repository. It is absent on other machines: the tests that want
/// it then say so and pass.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: no {} beside the repository", path.file_name().unwrap_or_default().display());
    None
}

/// Where a folder of `grammar/` is.
pub fn grammar(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(path)
}

pub fn read(path: &std::path::Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
