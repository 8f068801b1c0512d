//! The HTML of the API models as Markdown. It is a small dialect: paragraphs, lists, code, links, emphasis
//! and a few boxes. Unknown elements vanish and their text stays.

/// Longer texts are cut at a paragraph: a hover is no manual.
const LONGEST: usize = 20_000;

/// Converts a documentation text.
pub fn markdown(html: &str) -> String {
    let mut writer = Writer::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        writer.text(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.find('>') else { break };
        writer.element(&rest[1..end]);
        rest = &rest[end + 1..];
        if writer.out.len() > LONGEST {
            writer.close();
            writer.out.push_str("\n\n…");
            return writer.out;
        }
    }
    if !rest.starts_with('<') {
        writer.text(rest);
    }
    writer.close();
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The open lists: `Some` with the number of the next item in an ordered one.
    lists: Vec<Option<usize>>,
    /// Text since `<code>`.
    code: Option<String>,
    /// Where the text of each open link began, and its address.
    links: Vec<(usize, Option<String>)>,
    /// A blank line is due before the next text.
    wants_paragraph: bool,
    /// A line break is due before the next text.
    wants_line: bool,
    /// Mark of the list item that the next text begins.
    item: Option<String>,
    /// Emphasis to open before the next text.
    emphasis: String,
}

impl Writer {
    fn element(&mut self, element: &str) {
        let name = element.trim_end_matches('/').split_whitespace().next().unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "p" | "/p" | "dt" | "div" | "/div" | "dl" | "/dl" | "section" | "/section" | "table"
            | "/table" => {
                // The first paragraph of an item stands beside its mark.
                self.wants_paragraph |= self.item.is_none();
            }
            "br" | "dd" | "/dt" | "tr" => self.wants_line = true,
            "ul" => self.open_list(None),
            "ol" => self.open_list(Some(1)),
            "/ul" | "/ol" => {
                self.lists.pop();
                self.item = None;
                self.wants_paragraph = true;
            }
            "li" => self.item(),
            "code" | "pre" => self.code = Some(String::new()),
            "/code" | "/pre" => self.close_code(),
            "b" | "strong" | "h1" | "h2" | "h3" | "h4" => self.open_emphasis("**", name.starts_with('h')),
            "/b" | "/strong" | "/h1" | "/h2" | "/h3" | "/h4" => {
                self.close_emphasis("**");
                self.wants_paragraph |= name.starts_with("/h");
            }
            "i" | "em" => self.open_emphasis("_", false),
            "/i" | "/em" => self.close_emphasis("_"),
            "note" | "important" | "caution" | "tip" | "warning" => {
                self.wants_paragraph = true;
                let title = name[..1].to_ascii_uppercase() + &name[1..].to_ascii_lowercase();
                self.raw(&format!("**{title}**"));
                self.wants_paragraph = true;
            }
            "/note" | "/important" | "/caution" | "/tip" | "/warning" => self.wants_paragraph = true,
            "a" => {
                self.raw("");
                self.links.push((self.out.len(), address(element)));
            }
            "/a" => self.close_link(),
            _ => {}
        }
    }

    fn text(&mut self, html: &str) {
        let text = entities(html);
        if let Some(code) = &mut self.code {
            code.push_str(&text);
            return;
        }
        let starts_blank = text.starts_with(char::is_whitespace);
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            self.blank();
            return;
        }
        if starts_blank {
            self.blank();
        }
        self.raw(&escape(&words.join(" ")));
        if text.ends_with(char::is_whitespace) {
            self.blank();
        }
    }

    /// A blank between words, unless a line begins here.
    fn blank(&mut self) {
        let is_due = self.wants_paragraph || self.wants_line || self.item.is_some();
        if !is_due && !self.out.is_empty() && !self.out.ends_with(char::is_whitespace) {
            self.out.push(' ');
        }
    }

    /// Writes breaks and marks that are due, then a text.
    fn raw(&mut self, text: &str) {
        let indent = "   ".repeat(self.lists.len().saturating_sub(usize::from(self.item.is_some())));
        if self.wants_paragraph || self.wants_line || self.item.is_some() {
            let length = self.out.trim_end().len();
            self.out.truncate(length);
            if !self.out.is_empty() {
                let is_item = self.item.is_some() && !self.wants_paragraph;
                self.out.push_str(match (is_item, self.wants_paragraph) {
                    (true, _) => "\n",
                    (false, true) => "\n\n",
                    (false, false) => "  \n",
                });
                self.out.push_str(&indent);
            }
            self.wants_paragraph = false;
            self.wants_line = false;
            if let Some(item) = self.item.take() {
                self.out.push_str(&item);
            }
        }
        let emphasis = std::mem::take(&mut self.emphasis);
        self.out.push_str(&emphasis);
        self.out.push_str(text);
    }

    fn open_list(&mut self, number: Option<usize>) {
        // The first item of an outer list may hold nothing but this list.
        self.wants_paragraph |= self.lists.is_empty();
        self.lists.push(number);
    }

    fn item(&mut self) {
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "-  ".to_owned(),
        };
        // Paragraphs between items would only make the list loose.
        self.wants_paragraph &= !self.in_item();
        self.item = Some(mark);
    }

    /// Whether the last line written belongs to a list.
    fn in_item(&self) -> bool {
        let line = self.out.trim_end().rsplit('\n').next().unwrap_or_default().trim_start();
        line.starts_with("-  ") || line.split_once(". ").is_some_and(|it| it.0.parse::<usize>().is_ok())
    }

    fn close_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        if code.is_empty() {
            return;
        }
        // A backtick inside needs longer marks outside.
        let marks = if code.contains('`') { "``" } else { "`" };
        let space = if code.contains('`') { " " } else { "" };
        self.raw(&format!("{marks}{space}{code}{space}{marks}"));
    }

    fn open_emphasis(&mut self, mark: &str, is_heading: bool) {
        self.wants_paragraph |= is_heading;
        if self.code.is_none() {
            self.emphasis.push_str(mark);
        }
    }

    fn close_emphasis(&mut self, mark: &str) {
        if self.code.is_some() {
            return;
        }
        // Nothing stood between: no marks at all.
        if let Some(rest) = self.emphasis.strip_suffix(mark) {
            self.emphasis.truncate(rest.len());
            return;
        }
        let is_blank = self.out.ends_with(' ');
        let length = self.out.trim_end().len();
        self.out.truncate(length);
        self.out.push_str(mark);
        if is_blank {
            self.out.push(' ');
        }
    }

    fn close_link(&mut self) {
        let Some((start, address)) = self.links.pop() else { return };
        let (Some(address), Some(text)) = (address, self.out.get(start..)) else { return };
        if !text.trim().is_empty() {
            let link = format!("[{}]({address})", text.trim());
            self.out.truncate(start);
            self.out.push_str(&link);
        }
    }

    /// Closes what the text left open.
    fn close(&mut self) {
        self.close_code();
        while !self.links.is_empty() {
            self.close_link();
        }
        let length = self.out.trim_end().len();
        self.out.truncate(length);
    }
}

/// The address of a link, when it leads to the web.
fn address(element: &str) -> Option<String> {
    let (_, rest) = element.split_once("href=")?;
    let quote = rest.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let address = entities(rest[1..].split(quote).next()?.trim());
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let is_plain = !address.contains(|it: char| it.is_whitespace() || matches!(it, '(' | ')' | '<' | '>'));
    (is_web && is_plain).then_some(address)
}

/// Characters that Markdown would take for marks.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for it in text.chars() {
        if matches!(it, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\') {
            escaped.push('\\');
        }
        escaped.push(it);
    }
    escaped
}

fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|it| *it < 10);
        let name = end.and_then(|it| rest.get(1..it)).unwrap_or_default();
        let number = name.strip_prefix('#').and_then(|it| match it.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => it.parse().ok(),
        });
        let letter = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some(' '),
            _ => number.and_then(char::from_u32),
        };
        match (letter, end) {
            (Some(letter), Some(end)) => {
                plain.push(letter);
                rest = &rest[end + 1..];
            }
            _ => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn elements() {
        for (html, expected) in [
            ("<p>One <b>two</b>.</p><p>Three</p>", "One **two**.\n\nThree"),
            ("<p>Use <code>a_b</code> &amp; <i>c</i></p>", "Use `a_b` & _c_"),
            (
                "<p>See <a href=\"https://x.example/a\">the page</a>.</p>",
                "See [the page](https://x.example/a).",
            ),
            ("<a href=\"javascript:x\">no</a> <a>none</a>", "no none"),
            (
                "<p>Either:</p><ul><li><p>one</p></li><li><p>two</p></li></ul><p>End</p>",
                "Either:\n\n-  one\n-  two\n\nEnd",
            ),
            ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
            ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "-  a\n   -  b\n-  c"),
            ("<note><p>Mind.</p></note>", "**Note**\n\nMind."),
            ("a * b _c_ &lt;d&gt;", "a \\* b \\_c\\_ \\<d\\>"),
            ("<code>a`b</code>", "`` a`b ``"),
            ("one<br/>two", "one  \ntwo"),
            ("<b></b>x<unknown y>z", "xz"),
            ("&#39;&#x41;&bogus; & &", "'A&bogus; & &"),
            ("<code>open", "`open`"),
            ("broken <", "broken"),
            ("", ""),
        ] {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }

    #[test]
    fn long_texts_are_cut() {
        let text = markdown(&"<p>word word word</p>".repeat(10_000));
        assert!(text.len() < 21_000 && text.ends_with('…'));
    }
}
