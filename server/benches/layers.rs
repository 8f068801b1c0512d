//! What each layer costs, from a key that is pressed to what is said of it: `cargo bench --bench layers`.

use std::sync::Arc;

use asl_grammar::format::{Style, format};
use asl_grammar::syntax::{Skeleton, Syntax};
use asl_grammar::text::{Encoding, Position, Text};
use asl_lsp::analysis::{Analysis, Format};
use asl_lsp::document::{Change, Document};
use asl_lsp::{graph, ide};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// States of a document. 10 are 4 KB, 10,000 are 4 MB.
const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];
/// Documents of 7 KB, as most are, and of half a megabyte.
const READ: [usize; 2] = [17, 1_200];

/// A machine of that many states of the usual kinds.
fn json(states: usize) -> String {
    let mut text = String::from(
        "{\n  \"Comment\": \"made for measuring\",\n  \"StartAt\": \"State0\",\n  \"States\": {\n",
    );
    for index in 0..states {
        let next = index + 1;
        let way =
            if next == states { "\"End\": true".to_owned() } else { format!("\"Next\": \"State{next}\"") };
        let state = match index % 4 {
            0 => format!(
                "\"Type\": \"Task\",\n      \"Resource\": \"arn:aws:states:::lambda:invoke\",\n      \"Parameters\": {{\n        \"FunctionName\": \"f{index}\",\n        \"Payload.$\": \"$.order.items[{index}]\"\n      }},\n      \"Retry\": [\n        {{\n          \"ErrorEquals\": [\"States.TaskFailed\"],\n          \"IntervalSeconds\": 2,\n          \"MaxAttempts\": 3,\n          \"BackoffRate\": 2\n        }}\n      ],\n      {way}"
            ),
            1 if next < states => format!(
                "\"Type\": \"Choice\",\n      \"Choices\": [\n        {{\n          \"Variable\": \"$.total\",\n          \"NumericGreaterThan\": {index},\n          \"Next\": \"State{next}\"\n        }}\n      ],\n      \"Default\": \"State{next}\""
            ),
            2 => format!("\"Type\": \"Wait\",\n      \"Seconds\": {},\n      {way}", 1 + index % 100),
            _ => format!(
                "\"Type\": \"Pass\",\n      \"Result\": {{\n        \"step\": {index},\n        \"words\": [\"a\", \"b\"]\n      }},\n      \"ResultPath\": \"$.result\",\n      {way}"
            ),
        };
        let comma = if next == states { "" } else { "," };
        text += &format!("    \"State{index}\": {{\n      {state}\n    }}{comma}\n");
    }
    text + "  }\n}\n"
}

fn yaml(states: usize) -> String {
    let mut text = String::from("StartAt: State0\nStates:\n");
    for index in 0..states {
        let way =
            if index + 1 == states { "End: true".to_owned() } else { format!("Next: State{}", index + 1) };
        text += &format!(
            "  State{index}:\n    Type: Pass\n    Result:\n      step: {index}\n      words: [a, 'b']\n    Comment: >-\n      some\n      words\n    {way}\n"
        );
    }
    text
}

/// A document that has been looked at, and the place of a letter in the middle of it.
fn open(states: usize) -> (Document, Position) {
    let text = json(states);
    let document = Document::new(0, true, Format::Json, &text, Arc::default());
    document.analysis().findings();
    document.warm();
    let name = format!("\"Next\": \"State{}", states / 2);
    let middle = text.find(&name).map_or(0, |at| at + name.len());
    (document, Text::new(&text).position(middle, Encoding::Utf16))
}

/// Expressions of a machine, as public workflows have them: about 50 bytes in the median.
const EXPRESSIONS: [&str; 8] = [
    "$states.input.orders[price > 10].id",
    "$count($states.input.items)",
    "$states.result.Payload",
    "'Order ' & $states.context.Execution.Id & ' of ' & $customer",
    "$map($states.input.items, function($v, $i) { $v.price * $i })",
    "$exists($states.input.retries) ? $states.input.retries + 1 : 1",
    "{ 'id': $uuid(), 'total': $sum($states.input.items.(price * quantity)) }",
    "( $all := $states.input.items ~> $filter(function($v) { $v.open }); $join($all.name, ', ') )",
];

/// A machine with that many expressions, ten in a state.
fn with_expressions(count: usize) -> String {
    let mut text =
        String::from("{\n  \"QueryLanguage\": \"JSONata\",\n  \"StartAt\": \"State0\",\n  \"States\": {\n");
    let states = count.div_ceil(10);
    for state in 0..states {
        text += &format!(
            "    \"State{state}\": {{\n      \"Type\": \"Pass\",\n      \"Assign\": {{ \"customer\": 1 }},\n      \"Output\": {{\n"
        );
        for index in 0..10 {
            let code = EXPRESSIONS[(state + index) % EXPRESSIONS.len()];
            let comma = if index == 9 { "" } else { "," };
            text += &format!("        \"e{index}\": \"{{% {code} %}}\"{comma}\n");
        }
        let way = if state + 1 == states {
            "\"End\": true".to_owned()
        } else {
            format!("\"Next\": \"State{}\"", state + 1)
        };
        let comma = if state + 1 == states { "" } else { "," };
        text += &format!("      }},\n      {way}\n    }}{comma}\n");
    }
    text + "  }\n}\n"
}

/// The same document, looked at, and a place inside of an expression in the middle of it.
fn open_expressions(count: usize) -> (Document, Position) {
    let text = with_expressions(count);
    let document = Document::new(0, true, Format::Json, &text, Arc::default());
    document.analysis().findings();
    document.warm();
    let middle = text.len() / 2;
    let at =
        text[middle..].find("$states.input.it").map_or(middle, |at| middle + at + "$states.input.it".len());
    (document, Text::new(&text).position(at, Encoding::Utf16))
}

/// A key is pressed.
fn typed(document: &Document, at: Position) -> Document {
    let change = Change { range: Some(at..at), text: "x".into() };
    document.edited(document.version + 1, vec![change], Encoding::Utf16)
}

#[divan::bench(args = SIZES)]
fn edit_text(bencher: Bencher, states: usize) {
    let (document, at) = open(states);
    bencher.bench_local(|| typed(&document, black_box(at)));
}

#[divan::bench(args = READ)]
fn read_json(bencher: Bencher, states: usize) {
    let text = Text::new(&json(states));
    bencher
        .counter(divan::counter::BytesCount::new(text.len()))
        .bench_local(|| Syntax::new(Format::Json, &text));
}

#[divan::bench(args = READ)]
fn read_yaml(bencher: Bencher, states: usize) {
    let text = Text::new(&yaml(states));
    bencher
        .counter(divan::counter::BytesCount::new(text.len()))
        .bench_local(|| Syntax::new(Format::Yaml, &text));
}

/// tree-sitter after one letter.
#[divan::bench(args = SIZES)]
fn parse_again(bencher: Bencher, states: usize) {
    let before = Text::new(&json(states));
    let skeleton = Skeleton::parse(&before, None, &|| false).expect("nobody stops it");
    let at = before.len() / 2;
    let mut after = before.clone();
    after.edit(at..at, "x");
    let mut edited = skeleton.clone();
    edited.edit(&before, &after, at..at, 1);
    bencher.bench_local(|| Skeleton::parse(&after, Some(&edited), &|| false));
}

#[divan::bench(args = SIZES)]
fn analyse_from_scratch(bencher: Bencher, states: usize) {
    let text = Text::new(&json(states));
    bencher.bench_local(|| Analysis::new(Format::Json, text.clone(), Arc::default()));
}

/// One letter into a name, up to its new meaning.
#[divan::bench(args = SIZES)]
fn analyse_after_a_key(bencher: Bencher, states: usize) {
    let (document, at) = open(states);
    bencher.with_inputs(|| typed(&document, at)).bench_local_values(|document| {
        document.analysis();
        document
    });
}

/// The same with what is to be said of it.
#[divan::bench(args = SIZES)]
fn findings_after_a_key(bencher: Bencher, states: usize) {
    let (document, at) = open(states);
    bencher.with_inputs(|| typed(&document, at)).bench_local_values(|document| {
        document.analysis().findings();
        document
    });
}

/// All rules, on a document that has been read.
#[divan::bench(args = SIZES)]
fn rules(bencher: Bencher, states: usize) {
    let text = Text::new(&json(states));
    bencher.with_inputs(|| Analysis::new(Format::Json, text.clone(), Arc::default())).bench_local_values(
        |analysis| {
            analysis.findings();
            analysis
        },
    );
}

#[divan::bench(args = SIZES)]
fn completion(bencher: Bencher, states: usize) {
    let (document, at) = open(states);
    let offset = document.text.offset(at, Encoding::Utf16);
    bencher.bench_local(|| ide::completion::complete(document.analysis(), black_box(offset)));
}

#[divan::bench(args = SIZES)]
fn hover(bencher: Bencher, states: usize) {
    let (document, at) = open(states);
    let offset = document.text.offset(at, Encoding::Utf16);
    bencher.bench_local(|| ide::hover::hover(document.analysis(), black_box(offset)));
}

/// Of a document that has been read.
#[divan::bench(args = [100, 1_000, 10_000], max_time = 10)]
fn draw(bencher: Bencher, states: usize) {
    let (document, _) = open(states);
    bencher.bench_local(|| graph::graph(document.analysis()));
}

/// The picture of a drawing.
#[divan::bench(args = [1_000])]
fn write_svg(bencher: Bencher, states: usize) {
    let (document, _) = open(states);
    let drawn = graph::graph(document.analysis());
    bencher.bench_local(|| graph::svg::svg(&drawn, &document.text, Encoding::Utf16));
}

#[divan::bench(args = [100, 1_000, 10_000])]
fn lay_out_json(bencher: Bencher, states: usize) {
    let text = Text::new(&json(states));
    bencher.bench_local(|| format(Format::Json, &text, Style { indent: 4, tabs: false }));
}

#[divan::bench(args = [100, 1_000, 10_000], max_time = 10)]
fn lay_out_yaml(bencher: Bencher, states: usize) {
    let text = Text::new(&yaml(states));
    bencher.bench_local(|| format(Format::Yaml, &text, Style { indent: 4, tabs: false }));
}

#[divan::bench(args = SIZES)]
fn symbols(bencher: Bencher, states: usize) {
    let (document, _) = open(states);
    bencher.bench_local(|| ide::symbols::symbols(document.analysis()));
}

/// Parsing and judging one expression: the time of all of them, by their number.
#[divan::bench]
fn expressions(bencher: Bencher) {
    const COUNT: usize = 5_000;
    let text = Text::new(&with_expressions(COUNT));
    bencher.counter(divan::counter::ItemsCount::new(COUNT)).bench_local(|| {
        let analysis = Analysis::new(Format::Json, text.clone(), Arc::default());
        analysis.findings().len()
    });
}

#[divan::bench]
fn parse_expression(bencher: Bencher) {
    bencher
        .counter(divan::counter::ItemsCount::new(EXPRESSIONS.len()))
        .bench_local(|| EXPRESSIONS.map(|text| asl_grammar::jsonata::parse(black_box(text)).errors().len()));
}

/// One letter into one of 5,000 expressions, up to what is to be said of the document.
#[divan::bench]
fn findings_after_a_key_in_an_expression(bencher: Bencher) {
    let (document, at) = open_expressions(5_000);
    bencher.with_inputs(|| typed(&document, at)).bench_local_values(|document| {
        document.analysis().findings();
        document
    });
}

#[divan::bench]
fn semantic_tokens(bencher: Bencher) {
    let (document, _) = open_expressions(5_000);
    let analysis = document.analysis();
    bencher.bench_local(|| ide::tokens::tokens(analysis, 0..analysis.text.len()));
}

#[divan::bench(args = SIZES)]
fn folds(bencher: Bencher, states: usize) {
    let (document, _) = open(states);
    bencher.bench_local(|| ide::folding::folds(document.analysis(), ide::folding::Options::default()));
}
