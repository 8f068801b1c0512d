//! For people: each finding with the lines of source it is about, and a summary.
//!
//! Written with colours; the stream takes them out where they are not wanted.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::Style;
use asl_grammar::text::{Encoding, Position, Text};
use unicode_width::UnicodeWidthChar;

use super::{BOLD, DIM, FileReport, HINT, INFORMATION, Report, style};
use crate::check::{Finding, Level};

/// Longer lines are shown in part.
const WIDEST: usize = 120;
/// So much is shown before the place in question then.
const BEFORE: usize = 40;

pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for file in &report.files {
        for finding in &file.findings {
            write_finding(out, file, finding)?;
        }
    }
    summary(out, report)
}

fn write_finding(out: &mut dyn Write, file: &FileReport, finding: &Finding) -> io::Result<()> {
    let level = style(finding.level);
    let name = finding.level.name();
    let message = printable(&finding.message);
    writeln!(out, "{level}{name}[{}]{level:#}{BOLD}: {message}{BOLD:#}", finding.rule.name)?;

    let mut places = vec![Place::new(&file.text, &finding.range, '^', level, "")];
    let related = finding.related.iter();
    places.extend(related.map(|it| Place::new(&file.text, &it.range, '-', INFORMATION, &it.message)));
    let (line, column) = (places[0].line + 1, places[0].column + 1);
    places.sort_by_key(|place| (place.line, place.column));
    let gutter = places.iter().map(|place| (place.line + 1).to_string().len()).max().unwrap_or(1);
    let blank = " ".repeat(gutter);
    writeln!(out, "{blank}{DIM}-->{DIM:#} {}:{line}:{column}", printable(&file.path))?;
    writeln!(out, "{blank} {DIM}|{DIM:#}")?;
    let mut last: Option<&Place> = None;
    for place in &places {
        let same =
            last.is_some_and(|last| last.line == place.line && last.excerpt.text == place.excerpt.text);
        if last.is_some_and(|last| last.line + 1 < place.line) {
            writeln!(out, "{DIM}{}{DIM:#}", ".".repeat(3.min(gutter + 2)))?;
        }
        if !same {
            writeln!(out, "{DIM}{:>gutter$} |{DIM:#} {}", place.line + 1, place.excerpt.text)?;
        }
        let Excerpt { before, width, .. } = place.excerpt;
        let (mark, paint) = (place.mark.to_string().repeat(width), place.style);
        let label = if place.label.is_empty() { "" } else { " " };
        let indent = " ".repeat(before);
        writeln!(
            out,
            "{blank} {DIM}|{DIM:#} {indent}{paint}{mark}{label}{}{paint:#}",
            printable(place.label)
        )?;
        last = Some(place);
    }
    writeln!(out, "{blank} {DIM}|{DIM:#}")?;
    if let Some(fix) = finding.fixes.first() {
        let by_hand = if fix.safe { "" } else { " (not applied by --fix)" };
        writeln!(out, "{blank} {DIM}={DIM:#} {HINT}fix{HINT:#}: {}{by_hand}", printable(&fix.title))?;
    }
    writeln!(out, "{blank} {DIM}= see: {}{DIM:#}\n", finding.rule.url())
}

fn summary(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let files = report.files.len();
    let many = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let nouns = ["error", "warning", "note", "hint"];
    let counts = report.counts();
    let mut parts = Vec::new();
    for ((level, noun), count) in Level::ALL.into_iter().zip(nouns).zip(counts) {
        if count > 0 {
            let style = style(level);
            parts.push(format!("{style}{}{style:#}", many(count, noun)));
        }
    }
    if report.fixed() > 0 {
        let fixed = report.fixed();
        writeln!(out, "{fixed} fix{} applied", if fixed == 1 { "" } else { "es" })?;
    }
    if parts.is_empty() {
        return writeln!(out, "nothing to report in {}", many(files, "file"));
    }
    let affected = report.files.iter().filter(|file| !file.findings.is_empty()).count();
    let place = if files == 1 { "1 file".to_owned() } else { format!("{affected} of {files} files") };
    write!(out, "{} in {place}", parts.join(", "))?;
    let fixable = report
        .files
        .iter()
        .flat_map(|file| &file.findings)
        .filter(|finding| finding.fixes.iter().any(|fix| fix.safe))
        .count();
    if fixable > 0 && !report.mended {
        write!(out, " ({fixable} fixable with --fix)")?;
    }
    writeln!(out)
}

/// A range of the source to show, and what to write below it.
struct Place<'f> {
    line: u32,
    column: u32,
    excerpt: Excerpt,
    mark: char,
    style: Style,
    label: &'f str,
}

impl<'f> Place<'f> {
    fn new(text: &Text, range: &Range<usize>, mark: char, style: Style, label: &'f str) -> Place<'f> {
        let Position { line, column } = text.position(range.start, Encoding::Utf16);
        let bounds = text.line_range(line as usize);
        // A line may have megabytes: only what may be shown of it is taken out of the text.
        let boundary = |offset| text.offset(text.position(offset, Encoding::Utf8), Encoding::Utf8);
        let start = range.start.clamp(bounds.start, bounds.end);
        let from = boundary(start.saturating_sub(4 * WIDEST).max(bounds.start));
        let to = boundary((start + 4 * WIDEST).min(bounds.end));
        let marked = start - from..range.end.clamp(start, to.max(start)) - from;
        let whole = (from..to) == bounds;
        Place { line, column, excerpt: excerpt(&text.slice(from..to), whole, marked), mark, style, label }
    }
}

/// A line of source, or the part of it that matters.
struct Excerpt {
    text: String,
    /// Columns before the marked part, and in it.
    before: usize,
    width: usize,
}

fn excerpt(line: &str, whole: bool, marked: Range<usize>) -> Excerpt {
    let columns = |text: &str| text.chars().map(|c| shape(c).1).sum::<usize>();
    let fits = whole && columns(line) <= WIDEST;
    let head = line.get(..marked.start).unwrap_or(line);
    let begin = match fits || columns(head) <= WIDEST / 2 {
        true => 0,
        false => head.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at),
    };
    let cut = begin > 0;
    let mut text = String::from(if cut { "…" } else { "" });
    let mut width = usize::from(cut);
    let (mut before, mut after) = (None, None);
    for (at, c) in line.char_indices().skip_while(|(at, _)| *at < begin) {
        if at >= marked.start {
            before = before.or(Some(width));
        }
        if at >= marked.end {
            after = after.or(Some(width));
        }
        if width >= WIDEST {
            text.push('…');
            break;
        }
        let (c, columns) = shape(c);
        match c {
            '\t' => text.push_str("    "),
            c => text.push(c),
        }
        width += columns;
    }
    let before = before.unwrap_or(width);
    Excerpt { text, before, width: after.unwrap_or(width).saturating_sub(before).max(1) }
}

/// A character as it can be shown, and how many columns it takes.
fn shape(c: char) -> (char, usize) {
    match c {
        '\t' => (c, 4),
        c => (picture(c), picture(c).width().unwrap_or(0)),
    }
}

/// Control characters would do things to the terminal: a picture stands for each.
fn picture(c: char) -> char {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32('\u{2400}' as u32 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        // These reorder or hide the text around them.
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => '\u{fffd}',
        c => c,
    }
}

fn printable(text: &str) -> String {
    text.chars().map(picture).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(line: &str, marked: &str) -> String {
        let start = line.find(marked).unwrap();
        let text = Text::new(line);
        let place = Place::new(&text, &(start..start + marked.len()), '^', BOLD, "");
        let Excerpt { text, before, width } = place.excerpt;
        format!("{text}\n{}{}", " ".repeat(before), "^".repeat(width))
    }

    #[test]
    fn carets_stand_below_what_they_mark() {
        assert_eq!(drawn("\t\"a\": x", "x"), "    \"a\": x\n         ^");
        assert_eq!(drawn("\"日本\": x", "x"), "\"日本\": x\n        ^");
        assert_eq!(drawn("\"日本\": x", "日本"), "\"日本\": x\n ^^^^");
        assert_eq!(drawn("\"😀e\u{301}\u{1b}\": x", "x"), "\"😀e\u{301}␛\": x\n        ^");
        assert_eq!(drawn("abc", ""), "abc\n^");
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let line = format!("{}\"x\"{}", "é1".repeat(50_000), ", 2".repeat(50_000));
        let drawn = drawn(&line, "\"x\"");
        let (text, carets) = drawn.split_once('\n').unwrap();
        assert!(text.starts_with('…') && text.ends_with('…'), "{drawn}");
        assert!(text.chars().count() <= WIDEST + 2, "{drawn}");
        let at = carets.chars().position(|c| c == '^').unwrap();
        assert_eq!(text.chars().skip(at).take(3).collect::<String>(), "\"x\"", "{drawn}");
    }

    #[test]
    fn a_long_mark_is_cut_with_its_line() {
        let line = format!("\"a\": \"{}\"", "x".repeat(500));
        let marked = line[5..].to_owned();
        let drawn = drawn(&line, &marked);
        assert!(drawn.lines().all(|line| line.chars().count() <= WIDEST + 1), "{drawn}");
    }
}
