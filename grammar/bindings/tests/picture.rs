//! The picture of the README, drawn from a highlight run. `UPDATE_EXPECT=1` draws it anew.

use std::fmt::Write as _;
use std::{env, fs};

use crate::paint::{Editor, paint};
use crate::support::{grammar, read};

/// Colours by the first part of a capture's name that has one, on `BACKGROUND`.
const COLOURS: [(&str, &str); 17] = [
    ("comment", "#7f848e"),
    ("constant", "#d19a66"),
    ("boolean", "#d19a66"),
    ("number", "#d19a66"),
    ("character", "#d19a66"),
    ("function", "#61afef"),
    ("keyword", "#c678dd"),
    ("label", "#e5c07b"),
    ("operator", "#56b6c2"),
    ("property", "#abb2bf"),
    ("punctuation.special", "#ff7ab2"),
    ("string.escape", "#56b6c2"),
    ("string.regexp", "#56b6c2"),
    ("string.special", "#2bbac5"),
    ("string", "#98c379"),
    ("type", "#e06c75"),
    ("variable.member", "#abb2bf"),
];
const VARIABLE: &str = "#e06c75";
const PLAIN: &str = "#828997";
const BACKGROUND: &str = "#282c34";

/// Of one character, and from one line to the next.
const SIZE: (f32, usize) = (7.8, 19);

#[test]
fn picture_is_fresh() {
    let document = read(&grammar("bindings/tests/samples/orders.asl.json"));
    let picture = draw(&document);
    let path = grammar("picture.svg");
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &picture).expect("the picture can be written");
    }
    assert!(read(&path) == picture, "picture.svg is stale: UPDATE_EXPECT=1 draws it anew");
}

fn draw(document: &str) -> String {
    let pieces = paint(document, "asl", Editor::Neovim);
    let columns = document.lines().map(|it| it.chars().count()).max().unwrap_or_default();
    let width = (columns as f32 * SIZE.0) as usize + 40;
    let height = document.lines().count() * SIZE.1 + 32;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <title>A state machine as the queries colour it</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\" xml:space=\"preserve\">\n"
    );
    let mut start = 0;
    for (row, line) in document.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        let _ = write!(svg, "<text y=\"{}\">", row * SIZE.1 + 28);
        for (range, capture) in &pieces {
            let range = range.start.max(start)..range.end.min(end);
            if range.is_empty() {
                continue;
            }
            let text = &document[range.clone()];
            let blank = text.len() - text.trim_start_matches(' ').len();
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            // A place of its own for each piece: the picture stays right when the font is another one.
            let column = document[start..range.start + blank].chars().count();
            let x = 20.0 + column as f32 * SIZE.0;
            let length = text.chars().count() as f32 * SIZE.0;
            let colour = capture.as_deref().map_or(PLAIN, colour);
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let _ = write!(
                svg,
                "<tspan x=\"{x:.1}\" textLength=\"{length:.1}\" fill=\"{colour}\">{text}</tspan>"
            );
        }
        svg += "</text>\n";
        start = end;
    }
    svg + "</g>\n</svg>\n"
}

fn colour(capture: &str) -> &'static str {
    let known = |name: &str| COLOURS.iter().find(|(it, _)| *it == name).map(|(_, colour)| *colour);
    let first = capture.split('.').next().unwrap_or(capture);
    known(capture).or_else(|| known(first)).unwrap_or(if first == "variable" { VARIABLE } else { PLAIN })
}
