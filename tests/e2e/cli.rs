//! The command line, run as its users run it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use expect_test::{expect, expect_file};
use serde_json::Value;
use tempfile::TempDir;

/// Runs the binary in a folder.
fn run(folder: &Path, arguments: &[&str]) -> Answer {
    run_with(folder, arguments, "")
}

fn run_with(folder: &Path, arguments: &[&str], stdin: &str) -> Answer {
    let mut child = Command::new(env!("CARGO_BIN_EXE_asl-lsp"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input is free to end before we have written it.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    Answer::new(child.wait_with_output().unwrap())
}

struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Answer {
    fn new(output: Output) -> Answer {
        Answer {
            code: output.status.code().expect("ended by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// The files reported on, each with its codes.
    fn codes(&self) -> Vec<String> {
        let json = self.json();
        let files = json["files"].as_array().unwrap().iter();
        files
            .map(|file| {
                let codes: Vec<_> =
                    file["diagnostics"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
                let codes: Vec<_> = codes.into_iter().filter_map(Value::as_str).collect();
                format!("{}: {}", file["path"].as_str().unwrap(), codes.join(" "))
            })
            .collect()
    }
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

const GOOD: &str = r#"{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }"#;
const BAD: &str = r#"{ "StartAt": "A", "States": { "A": { "Type": "Succeed", "Colour": 1 } } }"#;
const MENDABLE: &str = r#"{ "StartAt": "A", "States": {
  "A": { "Type": "Wait", "Seconds": "5", "Next": "Bee" },
  "Be": { "Type": "Succeed" } } }
"#;
const MENDED: &str = r#"{ "StartAt": "A", "States": {
  "A": { "Type": "Wait", "Seconds": 5, "Next": "Be" },
  "Be": { "Type": "Succeed" } } }
"#;

/// `tests/golden/sample.asl.json` in each format. Rewrite what is expected with `UPDATE_EXPECT=1`.
fn golden(format: &str) -> Answer {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    let answer = run(&folder, &["check", "--format", format, "sample.asl.json", "clean.asl.yaml"]);
    assert_eq!((answer.code, answer.err.as_str()), (1, ""));
    answer
}

#[test]
fn format_human() {
    expect_file!["../golden/human.txt"].assert_eq(&golden("human").out);
}

#[test]
fn format_json() {
    let answer = golden("json");
    expect_file!["../golden/sample.json"].assert_eq(&answer.out);
    let json = answer.json();
    assert_eq!(json["summary"]["files"], 2);
    assert_eq!(json["files"][0]["path"], "clean.asl.yaml", "clean files are listed too");
}

#[test]
fn format_sarif() {
    let answer = golden("sarif");
    // The pages of the rules change often and have tests of their own.
    let mut json = answer.json();
    crate::sarif::assert_valid(&json);
    let rules = json["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap();
    rules.truncate(1);
    for result in json["runs"][0]["results"].as_array_mut().unwrap() {
        result.as_object_mut().unwrap().remove("ruleIndex");
    }
    json["runs"][0]["tool"]["driver"]["version"] = "VERSION".into();
    expect_file!["../golden/sample.sarif.json"]
        .assert_eq(&(serde_json::to_string_pretty(&json).unwrap() + "\n"));
}

#[test]
fn format_github() {
    expect_file!["../golden/github.txt"].assert_eq(&golden("github").out);
}

#[test]
fn format_junit() {
    expect_file!["../golden/junit.xml"].assert_eq(&golden("junit").out);
}

#[test]
fn the_code_tells_what_happened() {
    let folder = folder(&[("good.asl", GOOD), ("bad.asl", BAD), ("binary.asl", "")]);
    std::fs::write(folder.path().join("binary.asl"), [0xff, 0xfe, 0]).unwrap();
    let code = |arguments: &[&str]| run(folder.path(), arguments).code;
    assert_eq!(code(&["check", "good.asl"]), 0);
    assert_eq!(code(&["check", "good.asl", "bad.asl"]), 1, "every file is checked, not only the first");
    assert_eq!(code(&["check", "missing.asl"]), 2);
    assert_eq!(code(&["check", "binary.asl"]), 2);
    assert_eq!(code(&["check", "good.asl", "--format", "xml"]), 2);
    assert_eq!(code(&["check", "good.asl", "--config", "missing.toml"]), 2);
    assert_eq!(code(&["check", "good.asl", "--threads", "0"]), 2);
    assert_eq!(code(&["nonsense"]), 2);
    assert_eq!(code(&["--version"]), 0);
    assert_eq!(code(&["--help"]), 0);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert_eq!(code(&["completions", shell]), 0);
    }

    let answer = run(folder.path(), &["check", "binary.asl", "bad.asl", "missing.asl"]);
    assert_eq!(answer.code, 2);
    assert!(answer.out.contains("unknown-field"), "what can be read is checked all the same: {}", answer.out);
    assert!(answer.err.contains("`binary.asl`: it is not UTF-8"), "{}", answer.err);
    assert!(answer.err.contains("cannot read `missing.asl`"), "{}", answer.err);
}

#[test]
fn warnings_may_be_limited() {
    let folder = folder(&[("asl-lsp.toml", "[rules]\nunknown-field = \"warning\"\n"), ("a.asl", BAD)]);
    let code = |arguments: &[&str]| run(folder.path(), &[&["check"], arguments].concat()).code;
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--max-warnings", "1"]), 0);
    assert_eq!(code(&["--max-warnings", "0"]), 1);
    assert_eq!(code(&["--max-warnings", "0", "--severity", "error"]), 1, "also when they are not shown");
}

#[test]
fn reads_stdin() {
    let folder = folder(&[]);
    let answer = run_with(folder.path(), &["check", "-", "--format", "json"], BAD);
    assert_eq!((answer.code, answer.codes()), (1, vec!["<stdin>: unknown-field".to_owned()]));
    let yaml = "StartAt: A\nStates:\n  A:\n    Type: Succeed\n";
    let arguments = ["check", "-", "--stdin-filename", "x/a.asl.yaml", "--format", "json"];
    assert_eq!(run_with(folder.path(), &arguments, yaml).codes(), ["x/a.asl.yaml: "]);
    assert_eq!(run_with(folder.path(), &["check", "-"], yaml).code, 1, "without a name it is JSON");
}

#[test]
fn stdin_takes_the_configuration_of_its_name() {
    let folder = folder(&[("x/asl-lsp.toml", "[rules]\nunknown-field = \"hint\"\n")]);
    let code = |name| run_with(folder.path(), &["check", "-", "--stdin-filename", name], BAD).code;
    assert_eq!(code("x/a.asl"), 0);
    assert_eq!(code("a.asl"), 1);
}

#[test]
fn folders_are_walked() {
    let folder = folder(&[
        (".gitignore", "build/\n*.tmp.asl.json\n"),
        ("z.asl", GOOD),
        ("a/one.asl.json", BAD),
        ("a/two.asl.yml", "StartAt: A\nStates: { A: { Type: Succeed } }\n"),
        ("a/machine.json", BAD),
        ("a/machine.yaml", "StartAt: A\nStates: { A: { Type: Succeed } }\n"),
        ("a/package.json", r#"{ "name": "StartAt", "States": 1 }"#),
        ("a/list.json", "[1, 2]"),
        ("a/notes.txt", BAD),
        ("a/x.tmp.asl.json", BAD),
        ("build/out.asl.json", BAD),
    ]);
    let expected = [
        "a/machine.json: unknown-field",
        "a/machine.yaml: ",
        "a/one.asl.json: unknown-field",
        "a/two.asl.yml: ",
        "z.asl: ",
    ];
    for threads in ["1", "2", "16"] {
        let answer = run(folder.path(), &["check", "--format", "json", "--threads", threads]);
        assert_eq!(answer.codes(), expected);
    }
    let named = ["check", "--format", "json", "build/out.asl.json", "a/notes.txt", "a/list.json"];
    assert_eq!(
        run(folder.path(), &named).codes(),
        ["a/list.json: root-not-object", "a/notes.txt: unknown-field", "build/out.asl.json: unknown-field"],
        "what is named is checked"
    );
    let twice = ["check", "--format", "json", "z.asl", ".", "./z.asl", "a"];
    assert_eq!(run(folder.path(), &twice).codes(), expected, "and only once");
}

#[test]
fn a_folder_without_machines_is_no_error() {
    let folder = folder(&[("a.json", "{}")]);
    let answer = run(folder.path(), &["check"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, "warning: no state machine found\n"));
}

#[test]
fn configuration_is_found_upwards() {
    let folder = folder(&[
        ("asl-lsp.toml", "colour = true\n[rules]\nunknown-field = \"hint\"\nunknwon-field = \"off\"\n"),
        ("a/b/one.asl", BAD),
        ("a/b/two.asl", BAD),
        ("c/asl-lsp.toml", "[rules]\n"),
        ("c/three.asl", BAD),
        ("broken/asl-lsp.toml", "[rules"),
        ("broken/four.asl", GOOD),
        ("other.toml", "[rules]\nunknown-field = \"off\"\n"),
    ]);
    let answer = run(folder.path(), &["check", "--format", "json"]);
    let severities: Vec<_> = answer.json()["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["diagnostics"][0]["severity"].as_str().unwrap_or("-").to_owned())
        .collect();
    assert_eq!(severities, ["hint", "hint", "-", "error"]);
    expect![[r#"
        warning: asl-lsp.toml: there is no rule `unknwon-field`; did you mean `unknown-field`?
        warning: asl-lsp.toml: there is no setting `colour`
        warning: broken/asl-lsp.toml: unclosed table, expected `]`
    "#]]
    .assert_eq(&answer.err);
    assert_eq!(run(&folder.path().join("a"), &["check", "b"]).code, 0, "also above the current folder");
    assert_eq!(run(folder.path(), &["check", "c/../a"]).code, 0, "the way to a file does not count");
    assert_eq!(run(folder.path(), &["check", "c", "--config", "other.toml"]).code, 0);
    assert_eq!(run(folder.path(), &["check", "c", "--config", "broken/asl-lsp.toml"]).code, 2);
}

#[test]
fn rules_are_chosen() {
    let folder = folder(&[
        ("a.asl", MENDABLE),
        ("asl-lsp.toml", "[rules]\nwrong-type = \"off\"\nunknown-next-state = \"warning\"\n"),
    ]);
    let codes = |arguments: &[&str]| {
        run(folder.path(), &[&["check", "--format", "json"], arguments].concat()).codes().join("\n")
    };
    assert_eq!(codes(&[]), "a.asl: unknown-next-state");
    assert_eq!(codes(&["--select", "wrong-type"]), "a.asl: wrong-type", "switches on what is off");
    assert_eq!(codes(&["--select", "wrong-type,unknown-next-state"]), "a.asl: wrong-type unknown-next-state");
    assert_eq!(codes(&["--ignore", "wrong-type", "--ignore", "unknown-next-state"]), "a.asl: ");
    assert_eq!(codes(&["--severity", "error"]), "a.asl: ");
    let answer = run(folder.path(), &["check", "--select", "wrong-typ"]);
    assert_eq!(answer.code, 2);
    assert_eq!(answer.err, "error: there is no rule `wrong-typ`; did you mean `wrong-type`?\n");
}

#[test]
fn fixes_what_is_safe() {
    let folder = folder(&[("a.asl.json", MENDABLE), ("good.asl", GOOD), ("bad.asl", BAD)]);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let modified = || std::fs::metadata(folder.path().join("good.asl")).unwrap().modified().unwrap();
    let before = modified();
    let answer = run(folder.path(), &["check", "--fix", "--ignore", "unknown-field"]);
    assert_eq!((answer.code, read("a.asl.json").as_str()), (0, MENDED));
    assert_eq!(answer.out, "2 fixes applied\nnothing to report in 3 files\n");
    assert_eq!((read("good.asl").as_str(), read("bad.asl").as_str()), (GOOD, BAD));
    assert_eq!(modified(), before, "a file without fixes is not written");
    let again = run(folder.path(), &["check", "--fix", "a.asl.json"]);
    assert_eq!(again.out, "nothing to report in 1 file\n");
    assert_eq!(read("a.asl.json"), MENDED);

    let answer = run_with(folder.path(), &["check", "--fix", "-", "--format", "json"], MENDABLE);
    assert_eq!((answer.code, answer.out.as_str()), (0, MENDED), "the text of stdin goes to stdout");
    assert!(answer.err.contains(r#""path":"<stdin>""#), "{}", answer.err);
}

#[test]
fn line_breaks_and_marks_survive_a_fix() {
    let text = MENDABLE.replace('\n', "\r\n").replace("Bee", "Bée").replace("\"Be\"", "\"Bé\"");
    let folder = folder(&[("a.asl", &text)]);
    run(folder.path(), &["check", "--fix"]);
    let expected = MENDED.replace('\n', "\r\n").replace("\"Be\"", "\"Bé\"");
    assert_eq!(std::fs::read_to_string(folder.path().join("a.asl")).unwrap(), expected);
}

#[test]
fn explains_rules() {
    let folder = folder(&[]);
    let answer = run(folder.path(), &["explain", "unknown-next-state"]);
    assert_eq!(answer.code, 0);
    assert!(answer.out.starts_with("unknown-next-state: error, has fixes\n"), "{}", answer.out);
    assert!(answer.out.trim_end().ends_with("#unknown-next-state"), "{}", answer.out);
    let answer = run(folder.path(), &["explain", "unknown-next-stat"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert!(answer.err.contains("did you mean `unknown-next-state`?"), "{}", answer.err);
}

#[test]
fn lists_rules() {
    let folder = folder(&[]);
    let json = run(folder.path(), &["rules", "--format", "json"]).json();
    let rules = json.as_array().unwrap();
    assert_eq!(rules.len(), asl_lsp::rules::ALL.len());
    let keys: Vec<_> = rules[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["code", "severity", "enabled", "fixable", "summary", "url"]);
    let table = run(folder.path(), &["rules"]).out;
    assert_eq!(table.lines().count(), rules.len() + 1);
}

#[test]
fn nobody_needs_to_listen_to_the_end() {
    let folder = folder(&[("a.asl", BAD)]);
    for arguments in [&["rules", "--format", "json"][..], &["completions", "bash"], &["check"], &["--help"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_asl-lsp"))
            .args(arguments)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let answer = child.wait_with_output().unwrap();
        let err = String::from_utf8(answer.stderr).unwrap();
        assert!(answer.status.code().is_some_and(|code| code < 2) && err.is_empty(), "{arguments:?}: {err}");
    }
}

/// What the README shows.
#[test]
fn the_example_is_instructive() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/examples");
    let json = run(&folder, &["check", "--format", "json", "order.asl.json"]).json();
    let mut codes: Vec<_> = json["files"][0]["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["code"].as_str().unwrap().to_owned())
        .collect();
    codes.sort();
    codes.dedup();
    assert!(codes.len() >= 6, "{codes:?}");
}

#[test]
fn fmt_lays_out_in_place_or_tells_which_would_change() {
    let laid_out = "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": {\n      \"Type\": \"Succeed\"\n    }\n  }\n}\n";
    let folder = folder(&[
        ("good.asl.json", laid_out),
        ("cramped.asl", GOOD),
        ("deep/machine.json", GOOD),
        ("deep/other.json", "{\"a\":1}"),
        ("b.asl.yaml", "StartAt:  A\nStates:\n    A: { Type: Succeed }\n"),
    ]);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let answer = run(folder.path(), &["fmt", "--check"]);
    assert_eq!(answer.out, "b.asl.yaml\ncramped.asl\ndeep/machine.json\n");
    assert_eq!((answer.code, answer.err.as_str()), (1, "3 would be formatted, 1 unchanged\n"));
    assert_eq!(read("cramped.asl"), GOOD, "nothing has been written");
    let answer = run(folder.path(), &["fmt", "."]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""), "{}", answer.err);
    assert_eq!((read("cramped.asl").as_str(), read("deep/machine.json").as_str()), (laid_out, laid_out));
    assert_eq!(read("b.asl.yaml"), "StartAt: A\nStates:\n  A: { Type: Succeed }\n");
    assert_eq!(read("deep/other.json"), "{\"a\":1}");
    assert_eq!(run(folder.path(), &["fmt", "--check"]).code, 0);
    let answer = run_with(folder.path(), &["fmt", "-"], GOOD);
    assert_eq!((answer.code, answer.out.as_str()), (0, laid_out));
}

#[test]
fn fmt_leaves_alone_what_it_cannot_read() {
    let broken = "{ \"StartAt\": \"A\",\n \"States\": { \"A\" { } } }";
    let folder = folder(&[
        ("broken.asl", broken),
        ("asl-lsp.toml", "[format]\nindent = 1\n"),
        ("a.asl", "{\"a\":[]}"),
    ]);
    let answer = run(folder.path(), &["fmt"]);
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.starts_with("error: `broken.asl` is left as it is: line 2, column "),
        "{}",
        answer.err
    );
    assert_eq!(std::fs::read_to_string(folder.path().join("broken.asl")).unwrap(), broken);
    assert_eq!(
        std::fs::read_to_string(folder.path().join("a.asl")).unwrap(),
        "{\n \"a\": []\n}\n",
        "the others are done"
    );
    assert_eq!(run_with(folder.path(), &["fmt", "-"], broken).out, "");
}

#[test]
fn graph_in_each_format() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    let draw = |format: &str| {
        let answer = run(&folder, &["graph", "--format", format, "machine.asl.yaml"]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""));
        answer
    };
    expect_file!["../golden/machine.mmd"].assert_eq(&draw("mermaid").out);
    expect_file!["../golden/machine.dot"].assert_eq(&draw("dot").out);
    expect_file!["../golden/machine.svg"].assert_eq(&draw("svg").out);
    let json = serde_json::to_string_pretty(&draw("json").json()).unwrap() + "\n";
    expect_file!["../golden/machine.json"].assert_eq(&json);
    assert_eq!(run(&folder, &["graph", "nothing.asl"]).code, 2);
    assert_eq!(run(&folder, &["graph", "."]).code, 2);
    let half = run_with(&folder, &["graph", "-"], "{ \"States\": { \"A\": { \"Type\": \"Pass\", \"Ne");
    assert!(half.code == 0 && half.out.contains(">A</text>"), "{}", half.out);
}

#[test]
fn the_pictures_of_the_readme_are_what_graph_draws() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/examples");
    let draw = |file: &str| run(&folder, &["graph", file]).out;
    expect_file!["../../server/docs/graph-crawl.svg"].assert_eq(&draw("crawl.asl.yaml"));
    expect_file!["../../server/docs/graph-publish.svg"].assert_eq(&draw("publish.asl.yaml"));
    expect_file!["../../server/docs/graph-order.svg"].assert_eq(&draw("order.asl.json"));
}
