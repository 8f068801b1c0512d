//! Small edits of a document that keep its style: a member or an element in, out, or under another name.
//!
//! The nodes tell where things stand, the text between two neighbours tells how they are written: on one line or on
//! several, with which indentation, with commas (JSON and flow YAML) or without (block YAML).

use std::ops::Range;

use crate::text::{Edit, Text};
use crate::tree::{Kind, Member, Node};

/// The text that nodes belong to.
#[derive(Clone, Copy)]
pub struct Source<'t> {
    pub text: &'t Text,
    /// Where in the text the offset 0 of the nodes stands.
    pub start: usize,
}

/// A value to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    /// A number, `true`, `false`, `null`: written as it is.
    Plain(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// Children of one container that are roots of trees of their own, and so know neither it nor one another.
pub struct Family<'t> {
    pub container: Node<'t>,
    pub children: Vec<Node<'t>>,
}

impl Family<'_> {
    /// Takes some children out. When there are no others, an empty container is left.
    pub fn remove(&self, nodes: &[Node]) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        let mut index = 0;
        while index < self.children.len() {
            let run = self.children[index..].iter().take_while(|child| nodes.contains(child)).count();
            if run == self.children.len() {
                let empty = if self.container.kind() == Kind::Object { "{}" } else { "[]" };
                return Some(vec![Edit { range: self.container.range(), text: empty.to_owned() }]);
            }
            if run > 0 {
                let last = index + run - 1;
                let (before, after) = (self.before(index), self.children.get(last + 1).copied());
                edits.push(cut(before, self.children[index], self.children[last], after)?);
            }
            index += run + 1;
        }
        (!edits.is_empty()).then_some(edits)
    }

    /// Puts a new member behind another one.
    pub fn insert_after(&self, source: Source, sibling: Node, name: &str, value: &Value) -> Option<Edit> {
        let index = self.children.iter().position(|other| *other == sibling)?;
        let layout = Layout::beside(source, self.container, self.before(index), sibling);
        let after = self.children.get(index + 1).copied();
        layout.member_behind(source, sibling.as_member()?, after, name, value)
    }

    fn before(&self, index: usize) -> Option<Node<'_>> {
        Some(self.children[index.checked_sub(1)?])
    }
}

/// Takes a member or an element out. None when it is the only one of its container.
pub fn remove(node: Node) -> Option<Edit> {
    remove_run(node, node)
}

/// Takes neighbours out, from the first to the last one. None when they are all that their container has.
pub fn remove_run(first: Node, last: Node) -> Option<Edit> {
    cut(first.previous(), first, last, last.next())
}

fn cut(before: Option<Node>, first: Node, last: Node, after: Option<Node>) -> Option<Edit> {
    let range = match (before, after) {
        // What stands between it and the one before is its own comma, line break and comment.
        (Some(before), _) => before.range().end..last.range().end,
        (None, Some(after)) => first.start()..after.start(),
        (None, None) => return None,
    };
    // What comes out of an alias does not stand where it belongs.
    if range.end < range.start {
        return None;
    }
    Some(Edit { range, text: String::new() })
}

/// Gives a key another name that needs no quotes; those that it has stay as they are.
pub fn rename(key: Node, name: &str) -> Edit {
    Edit { range: key.content(), text: name.to_owned() }
}

/// Gives a key or a string another text, between the quotes it has. It gets some where it needs them.
pub fn set_text(source: Source, node: Node, text: &str) -> Edit {
    let single = node.is_quoted() && source.slice(node.open()) == "'";
    let escaped = quoted(text);
    let (range, text) = match node.is_quoted() {
        true if !single => (node.content(), escaped[1..escaped.len() - 1].to_owned()),
        true if !text.contains(char::is_control) => (node.content(), text.replace('\'', "''")),
        false if is_plain(text) => (node.range(), text.to_owned()),
        _ => (node.range(), escaped),
    };
    Edit { range, text }
}

/// Puts a new member behind another one of the same object.
pub fn insert_after(source: Source, sibling: Member, name: &str, value: &Value) -> Option<Edit> {
    Layout::of(source, sibling.node)?.member_behind(source, sibling, sibling.node.next(), name, value)
}

/// Puts a new member in front of another one of the same object.
pub fn insert_before(source: Source, sibling: Member, name: &str, value: &Value) -> Option<Edit> {
    insert_all_before(source, sibling, &[(name.to_owned(), value.clone())])
}

/// Puts new members in front of those that an object has.
pub fn prepend(source: Source, object: Node, members: &[(String, Value)]) -> Option<Edit> {
    match object.members().next() {
        Some(first) => insert_all_before(source, first, members),
        None => fill(source, object, members),
    }
}

fn insert_all_before(source: Source, sibling: Member, members: &[(String, Value)]) -> Option<Edit> {
    let layout = Layout::of(source, sibling.node)?;
    let start = sibling.node.start();
    // Behind an anchor or a tag the next line would begin at another column.
    let before = source.slice(source.line_start(start)..start);
    if layout.block && !before.trim_matches([' ', '-']).is_empty() {
        return None;
    }
    let colon = colon(source, sibling);
    let behind = match layout.block {
        true => format!("{}{}", layout.newline, " ".repeat(layout.column)),
        false => format!(",{}", layout.between()),
    };
    let written = members.iter().map(|(name, value)| layout.member(name, &colon, value) + &behind);
    Some(insertion(start, written.collect()))
}

/// Puts another member in the place of one.
pub fn replace_member(source: Source, member: Member, name: &str, value: &Value) -> Option<Edit> {
    let text = Layout::of(source, member.node)?.member(name, &colon(source, member), value);
    Some(Edit { range: member.node.range(), text })
}

/// What stands between a key and its value.
fn colon(source: Source, member: Member) -> String {
    let colon = source.slice(member.key.range().end..member.value.start());
    if colon.trim() == ":" && !colon.contains('\n') { colon } else { ": ".to_owned() }
}

/// Puts a new member at the end of an object.
pub fn append(source: Source, object: Node, name: &str, value: &Value) -> Option<Edit> {
    match object.members().last() {
        Some(last) => insert_after(source, last, name, value),
        None => fill(source, object, &[(name.to_owned(), value.clone())]),
    }
}

/// Puts members into an object that has none.
fn fill(source: Source, object: Node, members: &[(String, Value)]) -> Option<Edit> {
    let empty = source.slice(object.range());
    let blank = empty.strip_prefix('{')?.strip_suffix('}')?.trim().is_empty();
    let value = Value::Object(members.to_vec());
    (blank && object.kind() == Kind::Object).then(|| Edit { range: object.range(), text: value.inline() })
}

/// Puts a new element at the end of an array that has elements.
pub fn append_item(source: Source, array: Node, value: &Value) -> Option<Edit> {
    let last = array.items().last()?;
    let layout = Layout::of(source, last)?;
    let text = if layout.block { value.block(layout.column) } else { layout.flow(value) };
    Some(layout.place_item(last, &text))
}

/// Puts a new element in front of another one of an array.
pub fn insert_item_before(source: Source, item: Node, value: &Value) -> Option<Edit> {
    let layout = Layout::of(source, item)?;
    let text = match layout.block {
        true => {
            let indent = " ".repeat(layout.column.saturating_sub(2));
            format!("{}{}{indent}- ", value.block(layout.column), layout.newline)
        }
        false => format!("{},{}", layout.flow(value), layout.between()),
    };
    Some(insertion(item.start(), text))
}

/// Puts a text behind the last element of an array: what `text` was written as in another element.
pub fn append_copy(source: Source, array: Node, text: &str) -> Option<Edit> {
    let last = array.items().last()?;
    Some(Layout::of(source, last)?.place_item(last, text))
}

/// Makes a value the only element of an array.
pub fn wrap_in_array(source: Source, value: Node) -> Edit {
    let text = source.slice(value.range());
    let block = matches!(value.kind(), Kind::Object | Kind::Array) && !text.starts_with(['{', '[']);
    let text = match block {
        true => format!("- {}", text.replace('\n', "\n  ")),
        false => format!("[{text}]"),
    };
    Edit { range: value.range(), text }
}

/// How the children of one container are written.
struct Layout {
    /// YAML without brackets.
    block: bool,
    /// The child beside it has its text in quotes.
    quotes: bool,
    /// The child beside it is an object on one line.
    compact: bool,
    /// The white space between a child and the comma or bracket before it.
    gap: String,
    /// Columns before a child that begins a line.
    column: usize,
    /// One step of indentation.
    step: String,
    newline: &'static str,
}

impl Layout {
    fn of(source: Source, child: Node) -> Option<Layout> {
        Some(Layout::beside(source, child.parent()?, child.previous(), child))
    }

    fn beside(source: Source, container: Node, previous: Option<Node>, child: Node) -> Layout {
        let from = previous.map_or(container.start(), |previous| previous.range().end);
        let between = source.slice(from..child.start());
        let head = between.trim_end();
        let block = !(head.ends_with([',', '{', '[']) || source.slice(container.open()) == "{");
        let column = source.column(child.start());
        let gap = between[head.len()..].to_owned();
        let outer = source.indent(container.start());
        let step = last_line(&gap).strip_prefix(outer.as_str()).filter(|step| !step.is_empty());
        let step = step.unwrap_or(if outer.starts_with('\t') { "\t" } else { "  " }).to_owned();
        let newline = if source.has_crlf(child.start()) { "\r\n" } else { "\n" };
        let value = child.as_member().map_or(child, |member| member.value);
        let compact = value.members().next().is_some() && !source.slice(value.range()).contains('\n');
        Layout { block, quotes: value.is_quoted(), compact, gap, column, step, newline }
    }

    /// Puts a member behind another one.
    fn member_behind(
        &self,
        source: Source,
        sibling: Member,
        after: Option<Node>,
        name: &str,
        value: &Value,
    ) -> Option<Edit> {
        let written = self.member(name, &colon(source, sibling), value);
        Some(self.place(sibling.node, after, &written))
    }

    fn member(&self, name: &str, colon: &str, value: &Value) -> String {
        match self.block {
            true => match value {
                Value::List(_) | Value::Object(_) if !value.is_simple() => {
                    let inner = self.column + 2;
                    format!("{}:{}{}{}", key(name), self.newline, " ".repeat(inner), value.block(inner))
                }
                Value::Text(text) if self.quotes => format!("{}{colon}{}", key(name), quoted(text)),
                _ => format!("{}{colon}{}", key(name), value.block(self.column)),
            },
            false => format!("{}{colon}{}", quoted(name), self.flow(value)),
        }
    }

    /// On several lines where the neighbours stand on lines of their own, too.
    fn flow(&self, value: &Value) -> String {
        let compact = self.compact && matches!(value, Value::Object(_));
        match self.gap.contains('\n') && !compact && !value.is_simple() {
            true => value.lines(last_line(&self.gap), &self.step, self.newline),
            false => value.inline(),
        }
    }

    fn place(&self, child: Node, next: Option<Node>, text: &str) -> Edit {
        let indent = " ".repeat(self.column);
        match (self.block, next) {
            (true, Some(next)) => insertion(next.start(), format!("{text}{}{indent}", self.newline)),
            (true, None) => insertion(child.range().end, format!("{}{indent}{text}", self.newline)),
            (false, _) => insertion(child.range().end, format!(",{}{text}", self.between())),
        }
    }

    /// Behind the last element. In block YAML the dash stands two columns before it.
    fn place_item(&self, last: Node, text: &str) -> Edit {
        let indent = " ".repeat(self.column.saturating_sub(2));
        match self.block {
            true => insertion(last.range().end, format!("{}{indent}- {text}", self.newline)),
            false => insertion(last.range().end, format!(",{}{text}", self.between())),
        }
    }

    /// What follows a comma: what follows the other ones, or a blank behind the first child of `{"a": 1}`.
    fn between(&self) -> &str {
        if self.gap.is_empty() { " " } else { &self.gap }
    }
}

/// What follows the last line break of some white space: the indentation of a line.
fn last_line(gap: &str) -> &str {
    gap.rsplit(['\n', '\r']).next().filter(|_| gap.contains('\n')).unwrap_or("")
}

fn insertion(at: usize, text: String) -> Edit {
    Edit { range: at..at, text }
}

impl Source<'_> {
    pub fn slice(&self, range: Range<usize>) -> String {
        self.text.slice(range.start + self.start..range.end + self.start)
    }

    /// Where the line of an offset begins, in the offsets of the nodes; at their first one at the earliest.
    fn line_start(&self, offset: usize) -> usize {
        let line = self.text.line_of(offset + self.start);
        self.text.line_range(line).start.saturating_sub(self.start)
    }

    fn column(&self, offset: usize) -> usize {
        let line = self.text.line_of(offset + self.start);
        (offset + self.start).saturating_sub(self.text.line_range(line).start)
    }

    /// The white space at the beginning of the line.
    fn indent(&self, offset: usize) -> String {
        let at = offset + self.start;
        let line = self.text.slice(self.text.line_range(self.text.line_of(at)).start..at);
        let text = line.trim_start_matches([' ', '\t']);
        line[..line.len() - text.len()].to_owned()
    }

    fn has_crlf(&self, offset: usize) -> bool {
        let end = self.text.line_range(self.text.line_of(offset + self.start)).end;
        self.text.is(end..end + 2, "\r\n")
    }
}

impl Value {
    pub fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }

    pub fn plain(text: impl ToString) -> Value {
        Value::Plain(text.to_string())
    }

    pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Value {
        Value::List(texts.into_iter().map(Value::text).collect())
    }

    pub fn object<'t>(members: impl IntoIterator<Item = (&'t str, Value)>) -> Value {
        Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Fits on a line wherever it stands.
    fn is_simple(&self) -> bool {
        match self {
            Value::Text(_) | Value::Plain(_) => true,
            Value::List(items) => items.iter().all(|item| matches!(item, Value::Text(_) | Value::Plain(_))),
            Value::Object(members) => members.is_empty(),
        }
    }

    /// On one line.
    pub fn inline(&self) -> String {
        match self {
            Value::Text(text) => quoted(text),
            Value::Plain(text) => text.clone(),
            Value::List(items) => {
                format!("[{}]", items.iter().map(Value::inline).collect::<Vec<_>>().join(", "))
            }
            Value::Object(members) if members.is_empty() => "{}".to_owned(),
            Value::Object(members) => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| format!("{}: {}", quoted(name), value.inline()))
                    .collect();
                format!("{{ {} }}", members.join(", "))
            }
        }
    }

    /// JSON on several lines, of which the first one has this indentation.
    fn lines(&self, indent: &str, step: &str, newline: &str) -> String {
        let inner = format!("{indent}{step}");
        let (open, close, parts): (_, _, Vec<String>) = match self {
            _ if self.is_simple() => return self.inline(),
            Value::List(items) => {
                ("[", "]", items.iter().map(|item| item.lines(&inner, step, newline)).collect())
            }
            Value::Object(members) => {
                let member = |(name, value): &(String, Value)| {
                    format!("{}: {}", quoted(name), value.lines(&inner, step, newline))
                };
                ("{", "}", members.iter().map(member).collect())
            }
            _ => return self.inline(),
        };
        let parts = parts.join(&format!(",{newline}{inner}"));
        format!("{open}{newline}{inner}{parts}{newline}{indent}{close}")
    }

    /// Block YAML, of which the first line begins at `column`.
    fn block(&self, column: usize) -> String {
        let parts: Vec<String> = match self {
            Value::Text(text) if is_plain(text) => return text.clone(),
            _ if self.is_simple() => return self.inline(),
            Value::List(items) => items.iter().map(|item| format!("- {}", item.block(column + 2))).collect(),
            Value::Object(members) => {
                let member = |(name, value): &(String, Value)| match value.is_simple() {
                    true => format!("{}: {}", key(name), value.block(column)),
                    false => format!("{}:\n{}{}", key(name), " ".repeat(column + 2), value.block(column + 2)),
                };
                members.iter().map(member).collect()
            }
            _ => return self.inline(),
        };
        parts.join(&format!("\n{}", " ".repeat(column)))
    }
}

/// A key of block YAML.
fn key(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { quoted(name) }
}

/// Is the text in YAML a string without quotes, whatever stands before and after it?
pub fn is_plain(text: &str) -> bool {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let harmless =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-' | '/' | '(' | ')' | ':');
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(harmless)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// A JSON string, which is also a YAML one.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x20 => out += &format!("\\u{:04x}", c as u32),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Format, Syntax};

    fn with(format: Format, text: &str, edit: impl Fn(Source, Node) -> Option<Edit>) -> String {
        let text = Text::new(text);
        let syntax = Syntax::new(format, &text);
        let source = Source { text: &text, start: 0 };
        let edit = edit(source, syntax.root().unwrap()).expect("an edit");
        let mut changed = text.slice(0..text.len());
        changed.replace_range(edit.range, &edit.text);
        changed
    }

    fn json(text: &str, edit: impl Fn(Source, Node) -> Option<Edit>) -> String {
        with(Format::Json, text, edit)
    }

    fn yaml(text: &str, edit: impl Fn(Source, Node) -> Option<Edit>) -> String {
        with(Format::Yaml, text, edit)
    }

    fn retry() -> Value {
        Value::List(vec![Value::object([
            ("ErrorEquals", Value::texts(["A", "B"])),
            ("MaxAttempts", Value::plain(2)),
        ])])
    }

    #[test]
    fn takes_members_out() {
        let out = |name: &'static str| move |_: Source, root: Node| remove(root.member(name)?.node);
        assert_eq!(json(r#"{ "a": 1, "b": [2], "c": 3 }"#, out("a")), r#"{ "b": [2], "c": 3 }"#);
        assert_eq!(json(r#"{ "a": 1, "b": [2], "c": 3 }"#, out("b")), r#"{ "a": 1, "c": 3 }"#);
        assert_eq!(json("{\n  \"a\": 1,\n  \"b\": {}\n}\n", out("b")), "{\n  \"a\": 1\n}\n");
        assert_eq!(yaml("a: 1\nb:\n  x: 2\nc: 3\n", out("a")), "b:\n  x: 2\nc: 3\n");
        assert_eq!(yaml("a: 1\nb:\n  x: 2\nc: 3\n", out("b")), "a: 1\nc: 3\n");
        assert_eq!(yaml("a: 1\nb: |\n  x\n  y\nc: 3\n", out("b")), "a: 1\nc: 3\n");
        assert_eq!(yaml("a: 1\nb: |\n  x\n  y\nc: 3\n", out("c")), "a: 1\nb: |\n  x\n  y\n");
        let text = Text::new(r#"{ "a": 1 }"#);
        let syntax = Syntax::new(Format::Json, &text);
        assert_eq!(remove(syntax.root().unwrap().member("a").unwrap().node), None);
    }

    #[test]
    fn takes_elements_out() {
        let out = |index: usize| move |_: Source, root: Node| remove(root.get("a")?.items().nth(index)?);
        assert_eq!(json(r#"{ "a": [1, 2, 3] }"#, out(0)), r#"{ "a": [2, 3] }"#);
        assert_eq!(json(r#"{ "a": [1, 2, 3] }"#, out(2)), r#"{ "a": [1, 2] }"#);
        assert_eq!(yaml("a:\n  - x: 1\n    y: 2\n  - 3\n  - 4\n", out(0)), "a:\n  - 3\n  - 4\n");
        assert_eq!(yaml("a:\n  - x: 1\n    y: 2\n  - 3\n  - 4\n", out(1)), "a:\n  - x: 1\n    y: 2\n  - 4\n");
    }

    #[test]
    fn puts_members_in() {
        let after = |name: &'static str, value: Value| {
            move |source: Source, root: Node| insert_after(source, root.member(name)?, "new", &value)
        };
        let one = || Value::plain(1);
        assert_eq!(json(r#"{ "a": 1, "b": 2 }"#, after("a", one())), r#"{ "a": 1, "new": 1, "b": 2 }"#);
        assert_eq!(json(r#"{"a":1}"#, after("a", one())), r#"{"a":1, "new":1}"#);
        assert_eq!(json("{\n\t\"a\": 1\n}", after("a", one())), "{\n\t\"a\": 1,\n\t\"new\": 1\n}");
        assert_eq!(json("{\r\n  \"a\": 1\r\n}", after("a", one())), "{\r\n  \"a\": 1,\r\n  \"new\": 1\r\n}");
        assert_eq!(
            json("{\n  \"a\": 1,\n  \"b\": 2\n}", after("b", retry())),
            "{\n  \"a\": 1,\n  \"b\": 2,\n  \"new\": [\n    {\n      \"ErrorEquals\": [\"A\", \"B\"],\n      \
             \"MaxAttempts\": 2\n    }\n  ]\n}"
        );
        assert_eq!(
            json(r#"{ "a": 1 }"#, after("a", retry())),
            r#"{ "a": 1, "new": [{ "ErrorEquals": ["A", "B"], "MaxAttempts": 2 }] }"#
        );
        assert_eq!(yaml("a: 1\nb: 2\n", after("a", one())), "a: 1\nnew: 1\nb: 2\n");
        assert_eq!(yaml("a: 1\nb: 2\n", after("b", one())), "a: 1\nb: 2\nnew: 1\n");
        assert_eq!(
            yaml("a:\n  x: 1\nb:\n  y: 2\n", after("b", retry())),
            "a:\n  x: 1\nb:\n  y: 2\nnew:\n  - ErrorEquals: [\"A\", \"B\"]\n    MaxAttempts: 2\n"
        );
        assert_eq!(yaml("{ a: 1 }\n", after("a", one())), "{ a: 1, \"new\": 1 }\n");
    }

    #[test]
    fn puts_members_in_front() {
        let before = |name: &'static str| {
            move |source: Source, root: Node| {
                insert_before(source, root.member(name)?, "new", &Value::plain(1))
            }
        };
        assert_eq!(json(r#"{ "a": 1, "b": 2 }"#, before("a")), r#"{ "new": 1, "a": 1, "b": 2 }"#);
        assert_eq!(json("{\n  \"a\": 1\n}", before("a")), "{\n  \"new\": 1,\n  \"a\": 1\n}");
        assert_eq!(yaml("a: 1\nb: 2\n", before("a")), "new: 1\na: 1\nb: 2\n");
        assert_eq!(yaml("a: 1\nb: 2\n", before("b")), "a: 1\nnew: 1\nb: 2\n");
    }

    #[test]
    fn appends() {
        let inner = |source: Source, root: Node| append(source, root.get("a")?, "new", &Value::text("x"));
        assert_eq!(json(r#"{ "a": {} }"#, inner), r#"{ "a": { "new": "x" } }"#);
        assert_eq!(json(r#"{ "a": { "b": 1 } }"#, inner), r#"{ "a": { "b": 1, "new": "x" } }"#);
        assert_eq!(yaml("a:\n  b: 1\nc: 2\n", inner), "a:\n  b: 1\n  new: x\nc: 2\n");
        assert_eq!(yaml("a:\n  b: 'y'\n", inner), "a:\n  b: 'y'\n  new: \"x\"\n");
        let item = |source: Source, root: Node| {
            append_item(
                source,
                root.get("a")?,
                &Value::object([("k", Value::text("x")), ("l", Value::plain(1))]),
            )
        };
        assert_eq!(
            json(r#"{ "a": [{ "k": "y" }] }"#, item),
            r#"{ "a": [{ "k": "y" }, { "k": "x", "l": 1 }] }"#
        );
        assert_eq!(yaml("a:\n  - k: y\nc: 2\n", item), "a:\n  - k: y\n  - k: x\n    l: 1\nc: 2\n");
    }

    #[test]
    fn keeps_the_indentation_of_the_file() {
        let inside = |source: Source, root: Node| append(source, root.get("a")?, "new", &retry());
        assert_eq!(
            json("{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}", inside),
            "{\n\t\"a\": {\n\t\t\"b\": 1,\n\t\t\"new\": [\n\t\t\t{\n\t\t\t\t\"ErrorEquals\": [\"A\", \"B\"],\n\
             \t\t\t\t\"MaxAttempts\": 2\n\t\t\t}\n\t\t]\n\t}\n}"
        );
        assert_eq!(
            json("{\n    \"a\": {\n        \"b\": 1\n    }\n}", inside),
            "{\n    \"a\": {\n        \"b\": 1,\n        \"new\": [\n            {\n                \
             \"ErrorEquals\": [\"A\", \"B\"],\n                \"MaxAttempts\": 2\n            }\n        ]\n    }\n}"
        );
    }

    #[test]
    fn puts_several_members_in_front() {
        let both = |_: &str| {
            let members = [("x".to_owned(), Value::plain(1)), ("y z".to_owned(), Value::object([]))];
            move |source: Source, root: Node| prepend(source, root.get("a")?, &members)
        };
        assert_eq!(json(r#"{"a":{"b":2}}"#, both("")), r#"{"a":{"x":1, "y z":{}, "b":2}}"#);
        assert_eq!(json(r#"{ "a": {  } }"#, both("")), r#"{ "a": { "x": 1, "y z": {} } }"#);
        assert_eq!(yaml("a:\n  b: 2\n", both("")), "a:\n  x: 1\n  y z: {}\n  b: 2\n");
        assert_eq!(yaml("a: { b: 2 }\n", both("")), "a: { \"x\": 1, \"y z\": {}, b: 2 }\n");
    }

    #[test]
    fn takes_families_out() {
        let out = |name: &'static str| {
            move |_: Source, root: Node| {
                let container = root.get("a")?;
                let children: Vec<Node> = container.children().collect();
                let gone =
                    children.iter().copied().filter(|it| it.as_member().is_some_and(|it| it.name() <= name));
                let gone: Vec<Node> = gone.collect();
                Family { container, children }.remove(&gone)?.pop()
            }
        };
        assert_eq!(json(r#"{ "a": { "b": 1, "c": 2 } }"#, out("c")), r#"{ "a": {} }"#);
        assert_eq!(json(r#"{ "a": { "b": 1, "c": 2 } }"#, out("b")), r#"{ "a": { "c": 2 } }"#);
        assert_eq!(yaml("a:\n  b: 1\n  c: 2\n", out("c")), "a:\n  {}\n");
    }

    #[test]
    fn sets_texts() {
        let to = |text: &'static str| {
            move |source: Source, root: Node| Some(set_text(source, root.get("a")?, text))
        };
        assert_eq!(json(r#"{ "a": "x" }"#, to("say \"y\"")), r#"{ "a": "say \"y\"" }"#);
        assert_eq!(yaml("a: x\n", to("arn:aws:x")), "a: arn:aws:x\n");
        assert_eq!(yaml("a: x\n", to("yes")), "a: \"yes\"\n");
        assert_eq!(yaml("a: x\n", to("a: b")), "a: \"a: b\"\n");
        assert_eq!(yaml("a: 'x'\n", to("it's")), "a: 'it''s'\n");
    }

    #[test]
    fn puts_elements_in_front() {
        let before = |source: Source, root: Node| {
            insert_item_before(
                source,
                root.get("a")?.items().last()?,
                &Value::object([("k", Value::text("x"))]),
            )
        };
        assert_eq!(json(r#"{ "a": [{ "k": "y" }] }"#, before), r#"{ "a": [{ "k": "x" }, { "k": "y" }] }"#);
        assert_eq!(
            json("{\n  \"a\": [\n    1,\n    { \"k\": 2 }\n  ]\n}", before),
            "{\n  \"a\": [\n    1,\n    { \"k\": \"x\" },\n    { \"k\": 2 }\n  ]\n}"
        );
        assert_eq!(yaml("a:\n  - 1\n  - k: y\n", before), "a:\n  - 1\n  - k: x\n  - k: y\n");
    }

    #[test]
    fn wraps() {
        let wrap = |source: Source, root: Node| Some(wrap_in_array(source, root.get("a")?));
        assert_eq!(json(r#"{ "a": { "k": "y" } }"#, wrap), r#"{ "a": [{ "k": "y" }] }"#);
        assert_eq!(yaml("a: x\n", wrap), "a: [x]\n");
        assert_eq!(
            yaml("a:\n  k: y\n  l:\n    m: 1\nb: 2\n", wrap),
            "a:\n  - k: y\n    l:\n      m: 1\nb: 2\n"
        );
    }

    #[test]
    fn renames() {
        let as_b = |_: Source, root: Node| Some(rename(root.member("a")?.key, "b"));
        assert_eq!(json(r#"{ "a": 1 }"#, as_b), r#"{ "b": 1 }"#);
        assert_eq!(yaml("a: 1\n", as_b), "b: 1\n");
        assert_eq!(yaml("'a': 1\n", as_b), "'b': 1\n");
    }
}
