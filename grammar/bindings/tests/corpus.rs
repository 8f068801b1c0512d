//! The corpus tests of the grammars, in the format of tree-sitter's own tool (`test/corpus/*.txt`).
//!
//! `UPDATE_EXPECT=1` writes the trees as they are; read the diff. Of the attributes `:language(…)` and `:error` are
//! known, the only ones in use here.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use asl_grammar_editors::{ASLPATH, ASLPATH_JSON, JSONATA, JSONATA_JSON};

use crate::support::{Reader, grammar, read};

#[test]
fn corpus() {
    let update = env::var_os("UPDATE_EXPECT").is_some();
    let mut failures = Vec::new();
    let mut count = 0;
    for folder in ["tree-sitter-jsonata/test/corpus", "tree-sitter-asl-path/test/corpus"] {
        let mut files: Vec<_> = fs::read_dir(grammar(folder))
            .expect("the folder is there")
            .flatten()
            .map(|it| it.path())
            .collect();
        files.sort();
        for file in files.iter().filter(|it| it.extension().is_some_and(|it| it == "txt")) {
            count += run(file, update, &mut failures);
        }
    }
    println!("{count} corpus tests");
    assert!(count > 0 && failures.is_empty(), "{}", failures.join("\n\n"));
}

/// The texts of the cases of one language that are well-formed.
pub fn inputs(folder: &str, language: &str) -> Vec<String> {
    let files = fs::read_dir(grammar(folder)).expect("the folder is there").flatten();
    let files = files.map(|it| it.path()).filter(|it| it.extension().is_some_and(|it| it == "txt"));
    let cases = |file: std::path::PathBuf| {
        let text = read(&file);
        let cases = parse(&text).into_iter().filter(|it| it.language == language && !it.error);
        cases.map(|it| it.input.to_owned()).collect::<Vec<_>>()
    };
    files.flat_map(cases).collect()
}

struct Case<'a> {
    /// The name and the attributes, with the lines around them.
    head: String,
    name: &'a str,
    language: &'a str,
    error: bool,
    input: &'a str,
    expected: String,
}

fn run(file: &Path, update: bool, failures: &mut Vec<String>) -> usize {
    let text = read(file);
    let cases = parse(&text);
    let mut updated = String::new();
    for case in &cases {
        let language = match case.language {
            "jsonata" => JSONATA,
            "jsonata_json" => JSONATA_JSON,
            "aslpath" => ASLPATH,
            "aslpath_json" => ASLPATH_JSON,
            other => panic!("{}: no language {other}", file.display()),
        };
        let tree = Reader::new(language).tree(case.input);
        // How the parser recovers from an error is not ours to fix.
        let actual = if case.error { String::new() } else { pretty(&tree.root_node().to_sexp()) };
        let _ = write!(updated, "{}\n{}\n\n---\n\n{actual}\n\n", case.head, case.input);
        let name = format!("{}, {}", file.file_name().unwrap_or_default().display(), case.name);
        if tree.root_node().has_error() != case.error {
            let sexp = tree.root_node().to_sexp();
            failures.push(format!("{name}: {} an error\n{sexp}", if case.error { "wants" } else { "has" }));
        } else if !update && actual != case.expected {
            failures.push(format!("{name}:\n{actual}\ninstead of\n{}", case.expected));
        }
    }
    if update {
        fs::write(file, updated.trim_end().to_owned() + "\n").expect("the corpus can be written");
    }
    cases.len()
}

fn parse(text: &str) -> Vec<Case<'_>> {
    let bar = |line: &str| line.len() >= 3 && line.bytes().all(|it| it == b'=');
    let mut cases = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if !bar(line) {
            continue;
        }
        let mut case = Case {
            head: line.to_owned() + "\n",
            name: "",
            language: "",
            error: false,
            input: "",
            expected: String::new(),
        };
        for line in lines.by_ref() {
            let _ = writeln!(case.head, "{line}");
            match line.strip_prefix(':') {
                _ if bar(line) => break,
                None => case.name = line,
                Some("error") => case.error = true,
                Some(attribute) => {
                    let name = attribute.strip_prefix("language(").and_then(|it| it.strip_suffix(')'));
                    case.language = name.expect("a language, the only other attribute in use");
                }
            }
        }
        let mut body = "";
        while let Some(line) = lines.next_if(|it| !bar(it)) {
            let start = if body.is_empty() { line.as_ptr() } else { body.as_ptr() };
            let start = start as usize - text.as_ptr() as usize;
            let end = line.as_ptr() as usize + line.len() - text.as_ptr() as usize;
            body = &text[start..end];
        }
        let (input, expected) = body.split_once("\n---").expect("a line between the text and its tree");
        case.input = input.trim_matches('\n');
        case.expected = pretty(expected);
        cases.push(case);
    }
    cases
}

/// One node a line, so that differences are readable; white space of the input does not matter.
fn pretty(tree: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    let spaced = tree.replace('(', " (").replace(')', " ) ");
    let mut label = false;
    for word in spaced.split_whitespace() {
        if word == ")" {
            depth -= 1;
            out.push(')');
        } else if word.ends_with(':') || word.starts_with('(') {
            if !label && !out.is_empty() {
                let _ = write!(out, "\n{:1$}", "", depth * 2);
            }
            label = word.ends_with(':');
            if label {
                let _ = write!(out, "{word} ");
            } else {
                out.push_str(word);
                depth += 1;
            }
        } else {
            let _ = write!(out, " {word}");
        }
    }
    out
}
