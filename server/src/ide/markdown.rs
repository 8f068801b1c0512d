//! Small helpers for the Markdown of hovers. Three editors show it three ways: paragraphs, lists, links and code marks
//! look well in all of them; tables and HTML do not.

/// A text of the document in code marks, whatever it holds.
pub fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if !text.contains('`') {
        return if text.trim().is_empty() { format!("\"{text}\"") } else { format!("`{text}`") };
    }
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// Texts in code marks, as many as fit.
pub fn codes<'n>(all: impl Iterator<Item = &'n str>, most: usize) -> String {
    let all: Vec<&str> = all.collect();
    let shown: Vec<String> = all.iter().take(most).map(|it| code(it)).collect();
    match all.len().checked_sub(most) {
        Some(more @ 1..) => format!("{} and {more} more", shown.join(", ")),
        _ => shown.join(", "),
    }
}

/// Words of the document as they are: nothing in them is a mark. Addresses stay whole, so that they can be followed.
pub fn escape(text: &str) -> String {
    let escaped = |word: &str| -> String {
        if word.starts_with("https://") || word.starts_with("http://") {
            return word.to_owned();
        }
        let mark = |it: char| matches!(it, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#' | '~' | '|');
        word.chars().flat_map(|it| mark(it).then_some('\\').into_iter().chain([it])).collect()
    };
    let line = |line: &str| line.split(' ').map(escaped).collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Markdown as plain text, for clients that show no other.
pub fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        if line.starts_with("```") || line.trim() == "---" {
            continue;
        }
        out.push_str(&plain_line(line));
        out.push('\n');
    }
    out.trim_end().to_owned()
}

/// Takes the marks out of a line; a link becomes `text (address)`.
fn plain_line(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line.trim_start_matches('#').trim_start();
    while let Some(at) = rest.find(['[', '*', '`', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((text, after)) = code_mark(rest).or_else(|| escaped_mark(rest)) {
            out.push_str(text);
            rest = after;
        } else if let Some((text, address, after)) = link_mark(rest) {
            out += &format!("{text} ({address})");
            rest = after;
        } else {
            if !rest.starts_with(['*', '`']) {
                out.push_str(&rest[..1]);
            }
            rest = &rest[1..];
        }
    }
    out + rest
}

/// What stands between two runs of as many back-ticks; nothing in it is a mark.
fn code_mark(text: &str) -> Option<(&str, &str)> {
    let fence = &text[..text.len() - text.trim_start_matches('`').len()];
    let inner = text.strip_prefix(fence).filter(|_| !fence.is_empty())?;
    let (code, after) = inner.split_once(fence)?;
    Some((if fence.len() > 1 { code.trim() } else { code }, after))
}

/// A backslash and the mark that it makes a plain letter.
fn escaped_mark(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('\\')?;
    inner.starts_with(|it: char| it.is_ascii_punctuation()).then(|| inner.split_at(1))
}

fn link_mark(text: &str) -> Option<(&str, &str, &str)> {
    let (text, after) = text.strip_prefix('[')?.split_once("](")?;
    let (address, after) = after.split_once(')')?;
    (!text.contains(']')).then_some((text, address, after))
}

#[cfg(test)]
mod tests {
    use super::{code, codes, escape, plain};

    #[test]
    fn texts_of_documents_hold_no_marks() {
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("a_b\n*"), "`a_b *`");
        assert_eq!(codes(["a", "b", "c"].into_iter(), 2), "`a`, `b` and 1 more");
        let text = "a_b *c* [d](e) https://x.y/a_b#c";
        assert_eq!(escape(text), r"a\_b \*c\* \[d\](e) https://x.y/a_b#c");
        assert_eq!(plain(&escape(text)), text);
        assert_eq!(plain(&format!("**{}**, {}", code("[a]*"), code("a`*b"))), "[a]*, a`*b");
    }

    #[test]
    fn marks_go_and_links_stay_readable() {
        assert_eq!(
            plain("**Task** `Next`\n\n[guide](https://x.y) and *more*\n```json\n{}\n```"),
            "Task Next\n\nguide (https://x.y) and more\n{}"
        );
    }
}
