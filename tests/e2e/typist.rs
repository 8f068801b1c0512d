//! Somebody at an editor: types letter by letter, asks for completions as editors do, accepts one, looks at hovers.
//!
//! What it makes of an item is what editors make of it: snippets are expanded, with the indentation of their first line
//! unless the item says that its text is to be taken as it is; the further edits are placed in the text before.

use serde_json::{Value, json};

use crate::client::{Client, capabilities};
use crate::mirror::Mirror;

/// What an editor does by itself and says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// Closes quotes and brackets.
    pub closes: bool,
    pub snippets: bool,
    pub edits_behind: bool,
    pub utf8: bool,
}

/// Like VS Code, like Neovim and Helix, and like an editor that can little.
pub const EDITORS: [Habits; 3] = [
    Habits { closes: true, snippets: true, edits_behind: true, utf8: false },
    Habits { closes: false, snippets: true, edits_behind: false, utf8: true },
    Habits { closes: true, snippets: false, edits_behind: false, utf8: false },
];

pub struct Typist {
    pub client: Client,
    pub cursor: usize,
    mirror: Mirror,
    habits: Habits,
    uri: String,
    version: i64,
}

impl Typist {
    /// Opens a document with the cursor at `<|>`.
    pub fn open(habits: Habits, name: &str, text: &str) -> Typist {
        let mut capabilities = capabilities();
        if habits.utf8 {
            capabilities["general"]["positionEncodings"] = json!(["utf-8", "utf-16"]);
        }
        capabilities["textDocument"]["completion"]["completionItem"]["snippetSupport"] =
            habits.snippets.into();
        capabilities["textDocument"]["completion"]["completionItem"]["insertReplaceSupport"] = false.into();
        capabilities["textDocument"]["completion"]["completionItem"]["insertTextModeSupport"] =
            json!({ "valueSet": [1, 2] });
        capabilities["experimental"] = json!({ "editsBehindCompletion": habits.edits_behind });
        let mut client = Client::start(capabilities);
        let cursor = text.find("<|>").expect("the cursor is marked");
        let text = text.replacen("<|>", "", 1);
        let uri = format!("file:///tmp/{name}");
        let language = if name.ends_with("yaml") { "asl-yaml" } else { "asl" };
        client.open(&uri, language, 1, &text);
        client.may_remain.push("textDocument/publishDiagnostics");
        Typist { client, cursor, mirror: Mirror::new(&text, habits.utf8), habits, uri, version: 1 }
    }

    pub fn text(&self) -> &str {
        &self.mirror.text
    }

    /// Types, asking for completions after each letter.
    pub fn types(&mut self, text: &str) {
        for letter in text.chars() {
            let behind = self.text()[self.cursor..].chars().next();
            if self.habits.closes && behind == Some(letter) && matches!(letter, '"' | '}' | ']') {
                // Typed over.
                self.cursor += letter.len_utf8();
                continue;
            }
            let closing = match letter {
                '"' if self.habits.closes && !behind.is_some_and(char::is_alphanumeric) => "\"",
                '{' if self.habits.closes => "}",
                '[' if self.habits.closes => "]",
                _ => "",
            };
            self.replace(self.cursor..self.cursor, &format!("{letter}{closing}"));
            self.cursor += letter.len_utf8();
            self.completions();
        }
    }

    /// Takes the letters before the cursor away.
    pub fn deletes(&mut self, count: usize) {
        self.replace(self.cursor - count..self.cursor, "");
        self.cursor -= count;
    }

    /// Puts the cursor behind the last place of a text.
    pub fn goes_behind(&mut self, text: &str) {
        let at = self.text().rfind(text).unwrap_or_else(|| panic!("{text} is not in\n{}", self.text()));
        self.cursor = at + text.len();
    }

    /// The items that the editor shows: those that fit to what has been typed.
    pub fn completions(&mut self) -> Vec<Value> {
        let position = self.mirror.position(self.cursor);
        let params = json!({ "textDocument": { "uri": self.uri }, "position": position });
        let list = self.client.request("textDocument/completion", params);
        let mut items: Vec<Value> = list["items"].as_array().cloned().unwrap_or_default();
        items.retain(|item| {
            let typed = &self.text()[self.range(&item["textEdit"]["range"]).start..self.cursor];
            let filter = item["filterText"].as_str().or(item["label"].as_str()).unwrap_or_default();
            let mut letters = filter.chars().flat_map(char::to_lowercase);
            typed.chars().flat_map(char::to_lowercase).all(|it| letters.any(|letter| letter == it))
        });
        items.sort_by_key(|item| item["sortText"].as_str().map(str::to_owned));
        items
    }

    pub fn labels(&mut self) -> Vec<String> {
        self.completions().iter().map(|it| it["label"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Accepts the item of that label.
    pub fn accepts(&mut self, label: &str) {
        let items = self.completions();
        let found = items.iter().find(|it| it["label"] == label);
        let labels = || items.iter().filter_map(|it| it["label"].as_str()).collect::<Vec<_>>();
        let item = found.unwrap_or_else(|| panic!("no {label} among {:?} in\n{}", labels(), self.marked()));
        self.accept(&item.clone());
    }

    pub fn accept(&mut self, item: &Value) {
        let range = self.range(&item["textEdit"]["range"]);
        assert!(self.habits.edits_behind || range.end <= self.cursor, "edits end at the cursor: {item}");
        let text = item["textEdit"]["newText"].as_str().expect("an item has a text");
        let is_snippet = item["insertTextFormat"] == 2;
        assert!(self.habits.snippets || !is_snippet, "{item}");
        let (mut text, mut stop) = if is_snippet { expand(text) } else { (text.to_owned(), text.len()) };
        if is_snippet && item["insertTextMode"] != 1 {
            let line = &self.text()[..range.start];
            let line = &line[line.rfind('\n').map_or(0, |at| at + 1)..];
            let indent = &line[..line.len() - line.trim_start().len()];
            stop += indent.len() * text[..stop].matches('\n').count();
            text = text.replace('\n', &format!("\n{indent}"));
        }
        let mut edits: Vec<(std::ops::Range<usize>, String, bool)> = vec![(range, text, true)];
        for edit in item["additionalTextEdits"].as_array().into_iter().flatten() {
            let range = self.range(&edit["range"]);
            assert!(
                self.habits.edits_behind || range.end <= self.cursor,
                "an edit behind the cursor: {item}"
            );
            edits.push((range, edit["newText"].as_str().unwrap_or_default().to_owned(), false));
        }
        edits.sort_by_key(|(range, _, main)| (range.start, !*main));
        for pair in edits.windows(2) {
            assert!(pair[0].0.end <= pair[1].0.start, "edits overlap: {item}");
        }
        let mut cursor = 0;
        let mut moved = 0isize;
        for (range, text, main) in &edits {
            if *main {
                cursor = range.start.wrapping_add_signed(moved) + stop;
            }
            moved += text.len() as isize - range.len() as isize;
        }
        for (range, text, _) in edits.into_iter().rev() {
            self.replace(range, &text);
        }
        self.cursor = cursor;
    }

    /// What the hover at the last place of a text says; the cursor there is `|`.
    pub fn hovers(&mut self, place: &str) -> String {
        let bare = place.replacen('|', "", 1);
        let at = self.text().rfind(&bare).unwrap_or_else(|| panic!("{bare} is not in\n{}", self.text()));
        let position = self.mirror.position(at + place.find('|').expect("the cursor is a bar"));
        let params = json!({ "textDocument": { "uri": self.uri }, "position": position });
        let hover = self.client.request("textDocument/hover", params);
        hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// The codes of the diagnostics of the text as it is now.
    pub fn findings(&mut self) -> Vec<String> {
        let diagnostics = self.client.diagnostics(&self.uri.clone(), self.version);
        diagnostics
            .iter()
            .map(|it| format!("{}: {}", it["code"].as_str().unwrap_or(""), it["message"]))
            .collect()
    }

    /// The text with its cursor.
    pub fn marked(&self) -> String {
        format!("{}<|>{}", &self.text()[..self.cursor], &self.text()[self.cursor..])
    }

    fn replace(&mut self, range: std::ops::Range<usize>, text: &str) {
        let change = self.mirror.replace(range, text);
        self.version += 1;
        self.client.change(&self.uri.clone(), self.version, json!([change]));
    }

    fn range(&self, range: &Value) -> std::ops::Range<usize> {
        let offset = |position: &Value| {
            let (line, column) = (position["line"].as_u64(), position["character"].as_u64());
            let (line, column) = (line.expect("a line") as usize, column.expect("a column") as usize);
            let start = match line {
                0 => 0,
                _ => self.text().match_indices('\n').nth(line - 1).expect("the line exists").0 + 1,
            };
            let mut units = 0;
            for (at, letter) in self.text()[start..].char_indices() {
                if units >= column {
                    return start + at;
                }
                units += if self.habits.utf8 { letter.len_utf8() } else { letter.len_utf16() };
            }
            self.text().len()
        };
        offset(&range["start"])..offset(&range["end"])
    }
}

/// A snippet with its holes filled in, and where the cursor stands first.
fn expand(snippet: &str) -> (String, usize) {
    let mut out = String::new();
    // The first hole: the lowest number, where 0 comes last.
    let mut stop: Option<(u32, usize)> = None;
    let mut rest = snippet;
    // The ends of the defaults that are open.
    let mut open = 0;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '\\' => {
                let escaped = rest.chars().next().expect("something stands behind a backslash");
                out.push(escaped);
                rest = &rest[escaped.len_utf8()..];
            }
            '}' if open > 0 => open -= 1,
            '$' => {
                let braced = rest.starts_with('{');
                let digits = rest.trim_start_matches('{');
                let end = digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len());
                let number: u32 = digits[..end].parse().expect("a hole has a number");
                let place = if number == 0 { u32::MAX } else { number };
                if stop.is_none_or(|(first, _)| place < first) {
                    stop = Some((place, out.len()));
                }
                rest = &digits[end..];
                if braced && rest.starts_with('|') {
                    let end = rest.find("|}").expect("a choice ends");
                    out.push_str(rest[1..end].split(',').next().unwrap_or_default());
                    rest = &rest[end + 2..];
                } else if braced {
                    open += 1;
                    rest = rest.strip_prefix(':').unwrap_or(rest);
                }
            }
            _ => out.push(letter),
        }
    }
    let end = out.len();
    (out, stop.map_or(end, |(_, at)| at))
}

#[test]
fn snippets_are_expanded() {
    assert_eq!(expand("a$0b"), ("ab".into(), 1));
    assert_eq!(expand("\"x\": ${2:1}, ${1|é,b|}$0\\$\\}"), ("\"x\": 1, é$}".into(), 8));
    assert_eq!(expand("{ $1 }"), ("{  }".into(), 2));
}
