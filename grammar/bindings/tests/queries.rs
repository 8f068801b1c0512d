//! The queries of both editors: they load, they mark what they should, and they do not contradict themselves.

use std::collections::HashMap;
use std::{env, fs};

use tree_sitter::{Parser, Query, QueryCursor, StreamingIterator};

use crate::paint::{Editor, paint, parser, queries};
use crate::support::{grammar, read, shared};

const EDITORS: [Editor; 2] = [Editor::Neovim, Editor::Helix];
const SAMPLES: [(&str, [&str; 2]); 2] =
    [("orders.asl.json", ["asl", "asl"]), ("orders.asl.yaml", ["asl_yaml", "asl-yaml"])];

#[test]
fn queries_load() {
    let mut count = 0;
    for editor in EDITORS {
        for folder in fs::read_dir(queries(editor)).expect("the folder is there").flatten() {
            let language = folder.file_name().into_string().expect("our names are ASCII");
            for file in fs::read_dir(folder.path()).expect("a folder for each language").flatten() {
                let text = read(&file.path());
                if let Err(error) = Query::new(&parser(&language), &text) {
                    panic!("{}: {error}", file.path().display());
                }
                count += 1;
            }
        }
    }
    println!("{count} queries load");
}

/// `samples/*.marks` has every line of the sample and below it what is marked in it. `UPDATE_EXPECT=1` writes it.
#[test]
fn samples_are_marked() {
    for (file, [language, _]) in SAMPLES {
        let path = grammar("bindings/tests/samples").join(file);
        let document = read(&path);
        let marks = marks(&document, language);
        let expected = path.with_file_name(format!("{file}.marks"));
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&expected, &marks).expect("the marks can be written");
        }
        let expected = read(&expected);
        for (line, (actual, expected)) in marks.lines().zip(expected.lines()).enumerate() {
            assert_eq!(actual, expected, "{file}.marks, line {}", line + 1);
        }
        assert_eq!(marks.len(), expected.len(), "{file}.marks");
    }
}

fn marks(document: &str, language: &str) -> String {
    let pieces = paint(document, language, Editor::Neovim);
    let mut text = String::new();
    let mut start = 0;
    for line in document.split_inclusive('\n') {
        let end = start + line.len();
        text += &format!("|{}\n", line.trim_end_matches('\n'));
        for (range, capture) in &pieces {
            let range = range.start.max(start)..range.end.min(end);
            let (Some(capture), false) = (capture, range.is_empty()) else { continue };
            let piece = document[range].trim();
            if !piece.is_empty() {
                text += &format!("    {capture}: {piece}\n");
            }
        }
        start = end;
    }
    text
}

#[test]
fn both_editors_mark_the_same() {
    for (file, [neovim, helix]) in SAMPLES {
        let document = read(&grammar("bindings/tests/samples").join(file));
        let ranges = |language, editor| -> Vec<_> {
            paint(&document, language, editor).into_iter().map(|(range, it)| (range, it.is_some())).collect()
        };
        assert_eq!(ranges(neovim, Editor::Neovim), ranges(helix, Editor::Helix), "{file}");
    }
}

/// Where two patterns capture one node the editors disagree, and Helix with its own older releases, about which one
/// counts. So none may.
#[test]
fn no_node_is_captured_twice() {
    let expression = "$f := function($x)<n:n> { $sum($$.`a`.*[$x] ~> $g(?, %)) & 'a\\n' ? /b/ : null }";
    let path = "$.a..b.*[0][?(@.b =~ /c/ && $v == 'd')].length()";
    let call = "States.Format('{} \\{', $$.a, 1, true, null)";
    let mut samples = vec![
        ("jsonata", expression.to_owned()),
        ("jsonata_json", format!("{{%{expression}%}}")),
        ("aslpath", path.to_owned()),
        ("aslpath", call.to_owned()),
        ("aslpath_json", path.to_owned()),
    ];
    for (file, [language, _]) in SAMPLES {
        samples.push((language, read(&grammar("bindings/tests/samples").join(file))));
    }
    for (language, document) in samples {
        let language_of = parser(language);
        let text =
            read(&std::path::Path::new(&queries(Editor::Neovim)).join(language).join("highlights.scm"));
        let query = Query::new(&language_of, &text).expect("it loads");
        let mut parser = Parser::new();
        parser.set_language(&language_of).expect("the binding takes our ABI");
        let tree = parser.parse(&document, None).expect("a language is set and nothing cancels");
        let mut seen: HashMap<usize, &str> = HashMap::new();
        let mut cursor = QueryCursor::new();
        let mut matches = cursor.matches(&query, tree.root_node(), document.as_bytes());
        while let Some(it) = matches.next() {
            for capture in it.captures {
                let name = query.capture_names()[capture.index as usize];
                if name.starts_with('_') {
                    continue;
                }
                let old = seen.insert(capture.node.id(), name);
                let text = &document[capture.node.byte_range()];
                assert!(old.is_none_or(|old| old == name), "{language}: {text} is {old:?} and {name}");
            }
        }
        assert!(!seen.is_empty(), "{language}");
    }
}

/// Neovim and Helix allow 256 unfinished matches and silently drop the rest; half of that is our bound.
#[test]
fn matches_do_not_pile_up() {
    let mut documents: Vec<_> = SAMPLES.map(|(file, _)| grammar("bindings/tests/samples").join(file)).into();
    let mut folders: Vec<_> = shared("corpus/dev").into_iter().collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { documents.push(path) }
        }
    }
    println!("{} documents", documents.len());
    for language in ["asl", "asl_yaml"] {
        let language_of = parser(language);
        let mut parser = Parser::new();
        parser.set_language(&language_of).expect("the binding takes our ABI");
        let queries = ["highlights", "injections", "locals", "folds"].map(|kind| {
            let path =
                std::path::Path::new(&queries(Editor::Neovim)).join(language).join(format!("{kind}.scm"));
            Query::new(&language_of, &read(&path)).expect("it loads")
        });
        let is_yaml = |it: &&std::path::PathBuf| it.extension().is_some_and(|it| it == "yaml" || it == "yml");
        for path in documents.iter().filter(|it| is_yaml(it) == (language == "asl_yaml")) {
            let Ok(text) = fs::read_to_string(path) else { continue };
            let tree = parser.parse(&text, None).expect("a language is set and nothing cancels");
            for query in &queries {
                let mut cursor = QueryCursor::new();
                cursor.set_match_limit(128);
                let mut captures = cursor.captures(query, tree.root_node(), text.as_bytes());
                while captures.next().is_some() {}
                drop(captures);
                assert!(!cursor.did_exceed_match_limit(), "{}", path.display());
            }
        }
    }
}

#[test]
fn built_in_functions_are_those_of_the_project() {
    let Some(file) = shared("expr/functions.json") else { return };
    let json: serde_json::Value = serde_json::from_str(&read(&file)).expect("the shared data is JSON");
    let query = read(&grammar("tree-sitter-jsonata/queries/highlights.scm"));
    let functions = json["functions"].as_array().expect("a list");
    let names = functions.iter().filter_map(|it| it["name"].as_str()).filter(|it| it.starts_with('$'));
    for name in names {
        // One list says which functions are built in, the other which are not.
        let count = query.matches(&format!("\"{name}\"")).count();
        assert_eq!(count, if name == "$eval" { 0 } else { 2 }, "{name}");
    }
}
