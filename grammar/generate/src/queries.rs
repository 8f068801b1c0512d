//! Queries: written once, with the capture names of Neovim, and copied to each editor in its dialect.
//!
//! Both editors look for queries by the name of a language, and neither of them allows a hook in between, so each gets
//! a folder that is right as it is: `editors/neovim` is a plugin, and what is in `editors/helix/queries` goes to the
//! `queries` of a Helix runtime.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::Output;

/// A language in the editors, and the sources of its queries: `*/highlights.scm` and so on, joined in this order.
struct Language {
    neovim: &'static str,
    helix: &'static str,
    folder: &'static str,
    /// It also gets `embedded.scm`, with the nodes that only the parser for embedded text has.
    embedded: bool,
    /// The language that the editors take the rest from, such as indents.
    inherits: Option<&'static str>,
}

const LANGUAGES: [Language; 6] = [
    Language { neovim: "asl", helix: "asl", folder: "queries/json", embedded: false, inherits: Some("json") },
    Language {
        neovim: "asl_yaml",
        helix: "asl-yaml",
        folder: "queries/yaml",
        embedded: false,
        inherits: Some("yaml"),
    },
    language("jsonata", "tree-sitter-jsonata/queries", false),
    language("jsonata_json", "tree-sitter-jsonata/queries", true),
    language("aslpath", "tree-sitter-asl-path/queries", false),
    language("aslpath_json", "tree-sitter-asl-path/queries", true),
];

const fn language(name: &'static str, folder: &'static str, embedded: bool) -> Language {
    Language { neovim: name, helix: name, folder, embedded, inherits: None }
}

/// The captures that Helix has under another name. The first column holds whole names.
const HELIX: [(&str, &str); 12] = [
    ("boolean", "constant.builtin.boolean"),
    ("character.special", "constant.character"),
    ("class.inner", "class.inside"),
    ("class.outer", "class.around"),
    ("function.call", "function"),
    ("function.method.call", "function.method"),
    ("local.definition.parameter", "local.definition.variable.parameter"),
    ("local.definition.var", "local.definition.variable"),
    ("number", "constant.numeric"),
    ("property", "variable.other.member"),
    ("string.escape", "constant.character.escape"),
    ("variable.member", "variable.other.member"),
];

pub fn generate(root: &Path, output: &mut Output) -> Result<()> {
    let editors = root.parent().context("the grammars stand beside the editors")?.join("editors");
    for language in LANGUAGES {
        let neovim = editors.join("neovim/queries").join(language.neovim);
        let helix = editors.join("helix/queries").join(language.helix);
        for kind in ["highlights", "injections", "locals", "folds", "textobjects"] {
            let name = format!("{kind}.scm");
            let source = root.join(language.folder).join(&name);
            if !source.exists() {
                continue;
            }
            let mut text = format!("; Written by asl-grammar-generate from {}/{name}.\n\n", language.folder);
            text += &fs::read_to_string(&source).with_context(|| source.display().to_string())?;
            if language.embedded && kind == "highlights" {
                text += "\n";
                text += &fs::read_to_string(root.join(language.folder).join("embedded.scm"))?;
            }
            output.put(&neovim.join(&name), text.as_bytes())?;
            match kind {
                // Helix folds by indentation.
                "folds" => {}
                "textobjects" => {
                    let text = inherit(language.inherits) + "\n" + &for_helix(&states(&text));
                    output.put(&helix.join(&name), text.as_bytes())?;
                }
                _ => output.put(&helix.join(&name), for_helix(&text).as_bytes())?,
            }
        }
        if language.inherits.is_some() {
            let text = inherit(language.inherits);
            output.put(&neovim.join("indents.scm"), text.as_bytes())?;
            for kind in ["indents", "rainbows"] {
                output.put(&helix.join(format!("{kind}.scm")), text.as_bytes())?;
            }
        }
    }
    Ok(())
}

fn inherit(language: Option<&str>) -> String {
    language.map(|it| format!("; inherits: {it}\n")).unwrap_or_default()
}

/// Of the text objects, those that Helix does not have for JSON and YAML already: the states.
fn states(query: &str) -> String {
    let patterns: Vec<_> = query.split("\n\n").filter(|it| it.contains("@class.")).collect();
    format!("; The states.\n\n{}\n", patterns.join("\n\n"))
}

/// The query with the captures renamed, wherever they stand: behind a node or in a predicate.
fn for_helix(query: &str) -> String {
    let mut text = String::with_capacity(query.len());
    let mut rest = query;
    while let Some(at) = rest.find('@') {
        let (before, name) = rest.split_at(at + 1);
        let end = name.find(|it: char| !it.is_alphanumeric() && it != '.' && it != '_').unwrap_or(name.len());
        let (name, after) = name.split_at(end);
        text += before;
        text += HELIX.iter().find(|(neovim, _)| *neovim == name).map_or(name, |(_, helix)| helix);
        rest = after;
    }
    text + rest
}
