//! What the cursor stands in: a key, a value or an element; of which container; what is typed already, and what stands
//! to the right of it. Works from the characters around the cursor, so it answers in broken text.

use std::ops::Range;

use crate::syntax::{Format, Syntax};
use crate::text::Text;
use crate::tree::{Kind, Member, Node};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A key of the container, an object.
    Key,
    /// The value of a member of the container.
    Value,
    /// An element of the container, an array.
    Item,
}

#[derive(Debug)]
pub struct Spot<'t> {
    pub slot: Slot,
    /// The object or array around the cursor. None where there is none yet: in YAML, below a key without a value.
    pub container: Option<Node<'t>>,
    /// The key of the member whose value is, or would be, here: for a value its own, for a container yet to come the
    /// one above it.
    pub key: Option<Node<'t>>,
    /// From the beginning of what is typed (its quote included) to the cursor.
    pub typed: Range<usize>,
    /// What is typed, without its quote.
    pub prefix: String,
    /// The quote that it began with.
    pub quote: Option<char>,
    /// From the cursor to the end of the word or string; with its closing quote, if it has one.
    pub rest: Range<usize>,
    pub closed: bool,
    /// A colon follows: a key here has its value already.
    pub colon: bool,
    /// Another member or element follows, without a comma before it.
    pub needs_comma_after: bool,
    /// A value ends here, without a comma after it.
    pub needs_comma_at: Option<usize>,
    /// The column where what is typed begins.
    pub column: usize,
    /// YAML outside of brackets.
    pub block: bool,
}

/// Looks at the place of an offset.
pub fn spot<'t>(syntax: &'t Syntax, text: &Text, offset: usize) -> Option<Spot<'t>> {
    let offset = offset.min(text.len());
    let window = window(syntax, text, offset);
    let source = text.slice(window.clone());
    let looker = Looker { syntax, source: &source, base: window.start };
    match syntax.format {
        Format::Json => looker.json(offset),
        Format::Yaml => looker.yaml(offset),
    }
}

/// The piece of the text that matters: the part around the cursor, or the gap between two parts, with their
/// neighbourhood.
fn window(syntax: &Syntax, text: &Text, offset: usize) -> Range<usize> {
    if syntax.format == Format::Yaml {
        return 0..text.len();
    }
    let parts = &syntax.parts;
    let after = parts.partition_point(|part| part.range.end < offset);
    let start = match after.checked_sub(1) {
        Some(before) => parts[before].range.start,
        None => 0,
    };
    let following = parts.get(after).map_or(text.len(), |part| part.range.end.max(offset));
    let next = parts.get(after + 1).map_or(text.len().min(following + 4096), |part| part.range.start + 1);
    let end = text.line_range(text.line_of(next.max(following).max(offset))).end;
    start..end
}

struct Looker<'t, 's> {
    syntax: &'t Syntax,
    source: &'s str,
    /// Where `source` begins in the document.
    base: usize,
}

impl<'t> Looker<'t, '_> {
    fn json(&self, offset: usize) -> Option<Spot<'t>> {
        let cursor = offset - self.base;
        let line_start = self.source[..cursor].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let opened = open_quote(&self.source[line_start..cursor]).map(|at| line_start + at);
        // In brackets of YAML a text without quotes reaches further than a word: `{ Resource: arn:aws:… }`.
        let plain = self.syntax.format == Format::Yaml;
        let start = opened.unwrap_or_else(|| match plain {
            true => line_start + flow_start(&self.source[line_start..cursor]),
            false => word_start(self.source, cursor),
        });
        let (rest, closed) = match opened {
            Some(_) => string_rest(&self.source[cursor..]),
            None if plain => (flow_len(&self.source[cursor..]), false),
            None => (word_len(&self.source[cursor..]), false),
        };
        let after = &self.source[cursor + rest..];
        let next = after.trim_start().chars().next();
        // Between a key and its colon nothing fits.
        if opened.is_none() && start == cursor && rest == 0 && next == Some(':') {
            return None;
        }
        let before = self.source[..start].trim_end();
        let previous = before.chars().next_back();
        // Directly behind a string nothing fits, and neither does anything behind the end of the document.
        if opened.is_none() && start == cursor && self.source[..cursor].ends_with(['"', '}', ']']) {
            return None;
        }
        let container = self.container(self.base + start)?;
        // Before the first bracket nothing fits.
        if self.base + start <= container.start() {
            return None;
        }
        if container.parent().is_none()
            && container.range().end <= self.base + start
            && !self.is_open(container, offset)
        {
            return None;
        }
        let object = container.kind() == Kind::Object;
        let slot = match previous {
            Some(':') if object => Slot::Value,
            _ if object => Slot::Key,
            _ => Slot::Item,
        };
        let key = match slot {
            Slot::Value => {
                let mut keys = container.members().map(|member| member.key);
                let end = self.base + before.trim_end_matches(':').trim_end().len();
                // Where the member before has no value, the reader may have taken this key for it.
                keys.find(|key| key.range().end == end)
            }
            _ => container.parent().and_then(Node::as_member).map(|member| member.key),
        };
        // A value that stands there already is neither replaced nor pushed aside.
        let value = key.and_then(|key| key.parent()).and_then(Node::as_member).map(|member| member.value);
        let stands = value.is_some_and(|it| it.kind() != Kind::Missing && it.start() >= offset);
        let stands = stands || {
            // The members of the object of all parts are not among its own.
            let line = after.split(['\n', '\r']).next().unwrap_or("").trim_start();
            key.is_none() && line.starts_with(|c: char| matches!(c, '{' | '[' | '"') || c.is_alphanumeric())
        };
        if slot == Slot::Value && opened.is_none() && start == cursor && rest == 0 && stands {
            return None;
        }
        let complete = !matches!(previous, None | Some('{' | '[' | ',' | ':'));
        let indent = self.source[line_start..start].chars().count();
        Some(Spot {
            slot,
            container: Some(container),
            key,
            typed: self.base + start..offset,
            prefix: self.source[start + opened.is_some() as usize..cursor].to_owned(),
            quote: opened.map(|_| '"'),
            rest: offset..offset + rest,
            closed,
            colon: next == Some(':'),
            needs_comma_after: matches!(next, Some('"' | '{' | '['))
                || next.is_some_and(char::is_alphanumeric),
            needs_comma_at: complete.then_some(self.base + before.len()),
            column: indent,
            block: false,
        })
    }

    /// The innermost object or array that is open at an offset, even when its closing bracket is still missing.
    fn container(&self, offset: usize) -> Option<Node<'t>> {
        let in_part = self.syntax.part_at(offset).and_then(|index| {
            let part = &self.syntax.parts[index];
            // At the very beginning of a part, its key is typed: that belongs to `States`.
            if part.range.start == offset { None } else { part.root() }
        });
        let from_part = in_part.and_then(|root| self.innermost(root, offset));
        from_part
            .or_else(|| self.unclosed_part(offset))
            .or_else(|| self.innermost(self.syntax.root()?, offset))
    }

    /// The last part before an offset reaches up to it when a bracket of it was not closed.
    fn unclosed_part(&self, offset: usize) -> Option<Node<'t>> {
        let before = self.syntax.parts.partition_point(|part| part.range.end <= offset).checked_sub(1)?;
        let root = self.syntax.parts[before].root()?;
        let value = root.as_member()?.value;
        if !self.is_open(value, offset) {
            return None;
        }
        self.innermost(root, offset)
    }

    fn innermost(&self, root: Node<'t>, offset: usize) -> Option<Node<'t>> {
        let mut found = None;
        let mut node = root;
        loop {
            if matches!(node.kind(), Kind::Object | Kind::Array) {
                found = Some(node);
            }
            let inner = node.children().filter(|child| child.start() < offset).last();
            match inner.filter(|child| self.holds(*child, offset)) {
                Some(child) => node = child,
                None => return found,
            }
        }
    }

    fn holds(&self, node: Node, offset: usize) -> bool {
        match node.kind() {
            Kind::Object | Kind::Array => offset < node.range().end || self.is_open(node, offset),
            Kind::Member => node.children().last().is_some_and(|value| self.holds(value, offset)),
            _ => false,
        }
    }

    /// Is a bracket not closed yet, with nothing but blanks (and a comma) up to the offset?
    fn is_open(&self, node: Node, offset: usize) -> bool {
        let range = node.range();
        let close = match node.kind() {
            Kind::Object => '}',
            Kind::Array => ']',
            _ => return false,
        };
        let text = |range: Range<usize>| {
            let local = |at: usize| at.saturating_sub(self.base).min(self.source.len());
            self.source.get(local(range.start)..local(range.end)).unwrap_or("")
        };
        !text(range.clone()).ends_with(close)
            && text(range.end..offset.max(range.end)).trim_matches([' ', '\t', '\r', '\n', ',']).is_empty()
    }

    fn yaml(&self, offset: usize) -> Option<Spot<'t>> {
        let cursor = offset - self.base;
        let line_start = self.source[..cursor].rfind('\n').map_or(0, |at| at + 1);
        let line = &self.source[line_start..cursor];
        if let Some(flow) = self.container(offset).filter(|node| self.is_flow(*node)) {
            let mut spot = self.json(offset)?;
            spot.container = Some(flow);
            return Some(spot);
        }
        if line.trim_start().starts_with('#') {
            return None;
        }
        let mut column = line.len() - line.trim_start_matches(' ').len();
        let mut dashed = false;
        while let Some(rest) =
            line[column..].strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' '))
        {
            column += 1 + rest.len() - rest.trim_start_matches(' ').len();
            dashed = true;
        }
        // Directly behind a dash a blank comes first.
        if dashed && line.ends_with('-') && column == line.len() {
            return None;
        }
        let content = &line[column..];
        let line_rest = self.source[cursor..].split('\n').next().unwrap_or("").trim_end_matches('\r');
        // Inside the indentation of a line nothing fits that would not tear the line away from its mapping.
        if content.is_empty() && line_rest.starts_with(' ') && !line_rest.trim().is_empty() {
            return None;
        }
        let colon = key_end(content);
        let (slot, start) = match colon {
            Some(end) => {
                let blank = content[end..].len() - content[end..].trim_start_matches(' ').len();
                (Slot::Value, column + end + blank)
            }
            None => (Slot::Key, column),
        };
        // Directly behind the colon a value needs a blank first; nothing fits there.
        if slot == Slot::Value && content[..start - column].ends_with(':') {
            return None;
        }
        let typed = &line[start..];
        let quote = typed.chars().next().filter(|c| matches!(c, '"' | '\''));
        let rest_len = match (slot, quote) {
            (_, Some(quote)) => line_rest.find(quote).map_or(line_rest.len(), |at| at + 1),
            // The name of a state has blanks in it.
            (Slot::Key, None) => match key_end(line_rest) {
                Some(end) if !line_rest.starts_with(':') => line_rest[..end - 1].trim_end().len(),
                _ => word_len(line_rest),
            },
            _ => line_rest.trim_end().len(),
        };
        let closed = quote.is_some_and(|quote| line_rest[..rest_len].ends_with(quote));
        let after = line_rest[rest_len..].trim_start();
        let (container, key) = self.block_container(line_start, column, slot, content, dashed);
        Some(Spot {
            slot: match slot {
                Slot::Key if container.is_some_and(|node| node.kind() == Kind::Array) => Slot::Item,
                slot => slot,
            },
            container,
            key,
            typed: self.base + line_start + start..offset,
            prefix: typed.trim_start_matches(['"', '\'']).to_owned(),
            quote,
            rest: offset..offset + rest_len,
            closed,
            colon: slot == Slot::Key && after.starts_with(':'),
            needs_comma_after: false,
            needs_comma_at: None,
            column,
            block: true,
        })
    }

    fn is_flow(&self, node: Node) -> bool {
        let start = node.start().saturating_sub(self.base);
        self.source.get(start..).is_some_and(|text| text.starts_with(['{', '[']))
    }

    /// The mapping that a line of that column belongs to, found by looking at the lines above (or below) it.
    fn block_container(
        &self,
        line_start: usize,
        column: usize,
        slot: Slot,
        content: &str,
        dashed: bool,
    ) -> (Option<Node<'t>>, Option<Node<'t>>) {
        if slot == Slot::Value {
            let key = self
                .node_at_column(line_start + column)
                .filter(|key| content.contains(':') && key.parent().is_some());
            let member = key.and_then(|key| key.parent()).and_then(Node::as_member);
            if let Some(member) = member {
                return (self.owner(member), Some(member.key));
            }
            // A line that cannot be read, such as `Resource: arn:aws:`, has no node. Its neighbours tell where it is.
            let (container, _) = self.neighbours(line_start, column);
            return (container.filter(|it| it.kind() == Kind::Object), None);
        }
        if dashed {
            return self.below_dash(line_start, column);
        }
        self.neighbours(line_start, column)
    }

    /// What the lines above one of that column say of its mapping, and of the key above it.
    fn neighbours(&self, line_start: usize, column: usize) -> (Option<Node<'t>>, Option<Node<'t>>) {
        for (start, line) in lines_above(self.source, line_start) {
            let indent = line.len() - line.trim_start_matches(' ').len();
            let key_column =
                indent + line[indent..].len() - line[indent..].trim_start_matches("- ").trim_start().len();
            if key_column == column && key_end(&line[key_column..]).is_some() {
                let member = self
                    .node_at_column(start + column)
                    .and_then(|key| key.parent())
                    .and_then(Node::as_member);
                return (member.and_then(|member| self.owner(member)), None);
            }
            if key_column < column {
                // The line above opens what we are in: its value is not there yet, or begins below us.
                let member = self
                    .node_at_column(start + key_column)
                    .and_then(|key| key.parent())
                    .and_then(Node::as_member);
                let value = member.map(|member| member.value).filter(|value| value.kind() == Kind::Object);
                return (value, member.map(|member| member.key));
            }
        }
        let root = self.syntax.root().filter(|root| root.kind() == Kind::Object);
        (root.filter(|_| column == 0), None)
    }

    /// The object that a member belongs to. A part is a member of the object of all parts.
    fn owner(&self, member: Member<'t>) -> Option<Node<'t>> {
        let states = || self.syntax.root()?.get("States").filter(|it| it.kind() == Kind::Object);
        member.node.parent().or_else(states)
    }

    /// An element of a list that is a mapping begins on the line of its dash.
    fn below_dash(&self, line_start: usize, column: usize) -> (Option<Node<'t>>, Option<Node<'t>>) {
        if let Some(member) =
            self.node_at_column(line_start + column).and_then(|key| key.parent()).and_then(Node::as_member)
        {
            return (member.node.parent(), None);
        }
        let line = self.source[line_start..].split('\n').next().unwrap_or("");
        let dash = line.get(..column).and_then(|it| it.rfind('-')).unwrap_or(0);
        for (start, line) in lines_above(self.source, line_start) {
            let indent = line.len() - line.trim_start_matches(' ').len();
            let is_element = line[indent..].starts_with("- ") || &line[indent..] == "-";
            if indent > dash || is_element && indent == dash {
                continue;
            }
            // A list may begin in the column of its key.
            let key =
                indent + line[indent..].len() - line[indent..].trim_start_matches("- ").trim_start().len();
            if key > dash || key_end(&line[key..]).is_none() {
                break;
            }
            let member =
                self.node_at_column(start + key).and_then(|key| key.parent()).and_then(Node::as_member);
            let value = member.map(|member| member.value).filter(|value| value.kind() == Kind::Array);
            return (value, member.map(|member| member.key));
        }
        (None, None)
    }

    /// The key that begins at a place of the window.
    fn node_at_column(&self, at: usize) -> Option<Node<'t>> {
        let offset = self.base + at;
        let node = self.syntax.node_at(offset)?;
        // A place where one value ends and the key of the next member begins does not exist in YAML.
        (node.kind() == Kind::String && node.start() == offset).then_some(node)
    }
}

/// The lines before a place, nearest first, without blank ones and comments.
fn lines_above(source: &str, line_start: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut end = line_start.saturating_sub(1);
    let mut done = line_start == 0;
    std::iter::from_fn(move || {
        while !done {
            let start = source[..end].rfind('\n').map_or(0, |at| at + 1);
            let line = source[start..end].trim_end();
            done = start == 0;
            end = start.saturating_sub(1);
            if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                return Some((start, line));
            }
        }
        None
    })
}

/// Where the key of a YAML line ends, its colon included.
fn key_end(content: &str) -> Option<usize> {
    let from = match content.chars().next() {
        Some(quote @ ('"' | '\'')) => content[1..].find(quote)? + 2,
        _ => 0,
    };
    let at = from + content[from..].find(':')?;
    let after = &content[at + 1..];
    (after.is_empty() || after.starts_with(' ')).then_some(at + 1)
}

/// The quote of a string that is open at the end of a line.
fn open_quote(line: &str) -> Option<usize> {
    let mut open = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if open.is_some() => escaped = true,
            '"' => open = if open.is_some() { None } else { Some(at) },
            _ => {}
        }
    }
    open
}

/// How much of a string follows, and whether it is closed. A quote that belongs to something else further on does not
/// close it.
fn string_rest(after: &str) -> (usize, bool) {
    let line = after.split(['\n', '\r']).next().unwrap_or("");
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => {
                let beyond = line[..at].contains([',', '{', '}']) && colon_after(&line[at + 1..]);
                return if beyond { (word_len(line), false) } else { (at + 1, true) };
            }
            _ => {}
        }
    }
    (word_len(line), false)
}

/// `Ne, "End": true`: the quote before `End` opens a key.
fn colon_after(line: &str) -> bool {
    line.find('"').is_some_and(|at| line[at + 1..].trim_start().starts_with(':'))
}

/// Where the text without quotes begins that ends a line of YAML in brackets.
fn flow_start(line: &str) -> usize {
    let bracket = line.rfind(['{', '}', '[', ']', ',']).map_or(0, |at| at + 1);
    let from = line[bracket..].rfind(": ").map_or(bracket, |at| bracket + at + 2);
    from + (line[from..].len() - line[from..].trim_start().len())
}

/// How far such a text reaches.
fn flow_len(after: &str) -> usize {
    let end = after.find(['{', '}', '[', ']', ',', '\n', '\r']).unwrap_or(after.len());
    let colon = after[..end].match_indices(':').map(|(at, _)| at);
    let mut colon = colon.filter(|at| after[at + 1..end].is_empty() || after[at + 1..].starts_with(' '));
    after[..colon.next().unwrap_or(end)].trim_end().len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '-')
}

fn word_start(source: &str, cursor: usize) -> usize {
    cursor - source[..cursor].chars().rev().take_while(|c| is_word(*c)).map(char::len_utf8).sum::<usize>()
}

fn word_len(text: &str) -> usize {
    text.chars().take_while(|c| is_word(*c)).map(char::len_utf8).sum()
}
