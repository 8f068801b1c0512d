//! Fuzzing without cargo-fuzz: `cargo run --release -p asl-lsp --example fuzz -- SECONDS [SEED]`.
//!
//! Makes inputs out of samples and of pieces of the languages, and gives them to the same entry points. At the first
//! panic it prints the input, and how to run it again, and exits with 1. A file as the only argument is run again. What
//! took longer than a second is kept too.

#![allow(clippy::print_stdout)] // It is a program to look at.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[path = "../../tests/fuzz/entry.rs"]
mod entry;

type Target = (&'static str, fn(&[u8]), &'static [&'static str], &'static [&'static str]);

const TARGETS: [Target; 4] = [
    ("document", entry::document, DOCUMENTS, DOCUMENT_PIECES),
    ("jsonata", entry::jsonata, JSONATA, EXPRESSION_PIECES),
    ("path", entry::path, PATHS, EXPRESSION_PIECES),
    ("intrinsic", entry::intrinsic, INTRINSICS, EXPRESSION_PIECES),
];

const DOCUMENTS: &[&str] = &[
    r#"{
  "Comment": "é😀 a\u0301", "StartAt": "A",
  "States": {
    "A": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "x.$": "$.a" },
           "Retry": [{ "ErrorEquals": ["States.ALL"], "MaxAttempts": 2 }],
           "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "C" }], "Next": "B" },
    "B": { "Type": "Choice", "Choices": [{ "Variable": "$.b", "IsNull": true, "Next": "C" }], "Default": "C" },
    "C": { "Type": "Parallel", "Branches": [{ "StartAt": "D", "States": { "D": { "Type": "Pass", "End": true } } }],
           "End": true }
  }
}"#,
    r#"{"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map","Items":"{% $states.input %}",
"ItemProcessor":{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":"{% 1 + 2 %}","End":true}}},"Next":"F"},"F":{"Type":"Fail"}}}"#,
    "StartAt: A\nStates:\n  A: &a\n    Type: Pass\n    Result: |\n      text\n    Next: 'B'\n  \"B\":\n    <<: *a\n    Type: Choice\n    Choices:\n      - Variable: $.x\n        Next: A\n    Default: C\n  C: {Type: Succeed, Comment: !Sub \"é ${x}\"}\n",
    "{",
    "",
];

const DOCUMENT_PIECES: &[&str] = &[
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "  ",
    "'",
    "\\",
    "\\u00e9",
    "\\ud83d",
    "é",
    "😀",
    "\u{301}",
    "\u{feff}",
    "\0",
    "//",
    "/*",
    "*/",
    "#",
    "- ",
    "? ",
    "&a ",
    "*a",
    "<<: ",
    "!Sub ",
    "|\n",
    ">-\n",
    "---\n",
    "%",
    "$",
    "${x}",
    "\"States\": {",
    "\"StartAt\": \"A\"",
    "\"Next\": \"B\"",
    "\"Type\": \"Pass\"",
    "\"End\": true",
    "\"A\": {}",
    "\"QueryLanguage\": \"JSONata\"",
    "States:\n",
    "  A:\n",
    "    Type: Pass\n",
    "Next: B\n",
    "null",
    "true",
    "1e5",
    "-",
    "{% $x %}",
    "\"Branches\": [{",
    "\"Catch\": [",
];

const JSONATA: &[&str] = &[
    "$states.input.order[price > 10 and $exists(tax)].{ \"id\": id, \"sum\": $sum(items.price) }",
    "( $f := function($x, $y) { $x + $y }; $map([1..5], function($v) { $f($v, 1) }) ~> $join(\",\") )",
    "Account.Order@$o.Product#$i[$i = 0].`a b`^(>price, <name).%.(a ? b : c) & 'é😀\\n'",
    "payload ~> |items[0]|{\"a\": 1}, ['b']|; /a+b/i; **.x; *[0]; a in [1,2]",
];

const PATHS: &[&str] = &[
    "$.a.b[0]['c d'][*]..e[?(@.x > 1 && @.y == 'z')][1:2:3]",
    "$$.Execution.Input.é",
    "$x.a[-1][(@.length-1)]",
];

const INTRINSICS: &[&str] =
    &["States.Format('a {} \\' b {}', $.a, States.JsonToString($$.Map))", "States.ArrayRange(1, -5.5, null)"];

const EXPRESSION_PIECES: &[&str] = &[
    "$",
    "$$",
    "$x",
    ".",
    "..",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    ":",
    ":=",
    ";",
    ",",
    "?",
    "@",
    "#",
    "^",
    "~>",
    "!",
    "=",
    "<",
    ">",
    "&",
    "&&",
    "||",
    "%",
    "*",
    "**",
    "/",
    "'",
    "\"",
    "`",
    "\\",
    "\\u00",
    "é",
    "😀",
    "\n",
    " ",
    "0",
    "1e",
    "9999999999999999999",
    "and",
    "in",
    "function($x){",
    "λ",
    "null",
    "States.Format(",
    "{}",
    "a",
    "/*",
    "*/",
    "?:",
    "??",
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [file] = &arguments[..]
        && let Ok(bytes) = std::fs::read(file)
    {
        let name = std::path::Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let wanted = TARGETS.iter().filter(|(target, ..)| name.contains(target));
        for (target, run, ..) in wanted {
            println!("{target}: {file}");
            run(&bytes);
        }
        return ExitCode::SUCCESS;
    }
    let number = |index: usize| arguments.get(index).and_then(|it: &String| it.parse::<u64>().ok());
    let seconds = number(0).unwrap_or(10);
    let seed = number(1)
        .unwrap_or_else(|| std::time::UNIX_EPOCH.elapsed().map_or(1, |since| since.as_nanos() as u64));
    println!("fuzzing for {seconds} s; the seed is {seed}");
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut random = Random(seed);
    let mut counts = [0u64; TARGETS.len()];
    let mut slowest = (Duration::ZERO, "", Vec::new());
    while Instant::now() < end {
        // Half of the rounds are for documents.
        let index = if random.below(2) == 0 { 0 } else { random.below(TARGETS.len()) };
        let (name, run, samples, pieces) = TARGETS[index];
        let input = if index == 0 {
            edits(&mut random, samples, pieces)
        } else {
            mutated(&mut random, samples, pieces)
        };
        let started = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| run(&input))).is_err() {
            println!("{name} failed with seed {seed} on {:?}", String::from_utf8_lossy(&input));
            keep(&format!("{name}-{seed}.fuzz"), &input);
            return ExitCode::FAILURE;
        }
        if started.elapsed() > slowest.0 {
            slowest = (started.elapsed(), name, input);
        }
        counts[index] += 1;
    }
    for ((name, ..), count) in TARGETS.iter().zip(counts) {
        println!("{name}: {count} inputs");
    }
    let (time, name, input) = slowest;
    println!("the slowest took {time:?} ({name}, {} bytes)", input.len());
    if time > Duration::from_secs(1) {
        keep(&format!("{name}-slow-{seed}.fuzz"), &input);
    }
    ExitCode::SUCCESS
}

fn keep(name: &str, input: &[u8]) {
    let file = std::env::temp_dir().join(name);
    match std::fs::write(&file, input) {
        Ok(()) => println!("run again with the argument {}", file.display()),
        Err(error) => println!("it cannot be kept: {error}"),
    }
}

/// A sample, or none, with a few changes.
fn mutated(random: &mut Random, samples: &[&str], pieces: &[&str]) -> Vec<u8> {
    let mut text = if random.below(5) == 0 { String::new() } else { random.of(samples).to_string() };
    for _ in 0..random.below(12) {
        let start = random.place(&text);
        let end = match random.below(4) {
            0 => random.place(&text).max(start),
            1 => (start + 1..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(start),
            _ => start,
        };
        let new = match random.below(8) {
            0 => String::new(),
            1 => {
                let (from, to) = (random.place(&text), random.place(&text));
                text[from.min(to)..from.max(to)].to_owned()
            }
            2 => random.of(pieces).repeat(1 + random.below(40)),
            _ => random.of(pieces).to_string(),
        };
        text.replace_range(start..end, &new);
        text.truncate((0..=text.len().min(20_000)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0));
    }
    let mut bytes = text.into_bytes();
    if random.below(20) == 0 && !bytes.is_empty() {
        let at = random.below(bytes.len());
        bytes[at] = random.below(256) as u8;
    }
    bytes
}

/// A document with edits, as [`entry::document`] reads it.
fn edits(random: &mut Random, samples: &[&str], pieces: &[&str]) -> Vec<u8> {
    let sample = random.below(samples.len());
    let yaml = if random.below(10) == 0 { random.below(2) } else { usize::from(sample == 2) };
    let mut input = vec![(yaml + 2 * random.below(2) + 4 * random.below(4)) as u8];
    input.extend(mutated(random, &samples[sample..=sample], pieces));
    for _ in 0..random.below(12) {
        let removed = if random.below(3) == 0 { random.below(30) } else { random.below(2) };
        let edit = [random.below(4), random.below(256), random.below(256), removed];
        // These would end the edit.
        let edit = edit.map(|byte| if byte == entry::BREAK as usize { 2 } else { byte as u8 });
        input.push(entry::BREAK as u8);
        input.extend(edit);
        for _ in 0..random.below(3) {
            input.extend(random.of(pieces).bytes());
        }
    }
    input
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }

    fn of<'t>(&mut self, items: &[&'t str]) -> &'t str {
        items[self.below(items.len())]
    }

    fn place(&mut self, text: &str) -> usize {
        let at = self.below(text.len() + 1);
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    }
}
