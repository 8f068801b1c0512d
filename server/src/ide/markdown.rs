//! Small helpers for the Markdown of hovers.

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
    while let Some(at) = rest.find(['[', '*', '`']) {
        out.push_str(&rest[..at]);
        let mark = &rest[at..];
        let link = mark.strip_prefix('[').and_then(|inner| {
            let (text, after) = inner.split_once("](")?;
            let (address, after) = after.split_once(')')?;
            (!text.contains(']')).then_some((text, address, after))
        });
        match link {
            Some((text, address, after)) => {
                out += &format!("{text} ({address})");
                rest = after;
            }
            None => {
                if mark.starts_with('[') {
                    out.push('[');
                }
                rest = &mark[1..];
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_go_and_links_stay_readable() {
        assert_eq!(
            super::plain("**Task** `Next`\n\n[guide](https://x.y) and *more*\n```json\n{}\n```"),
            "Task Next\n\nguide (https://x.y) and more\n{}"
        );
    }
}
