//! Text to calls, by recursive descent to a bounded depth.

use super::{Call, Error, ErrorKind, Escape, MAX_DEPTH, Node, NodeId, NodeKind, StringLiteral, Tree};
use crate::path;
use crate::span::Span;

pub(super) fn parse(text: &str) -> Tree {
    let mut parser = Parser { text, offset: 0, nodes: Vec::new(), errors: Vec::new() };
    parser.whole();
    Tree { text: text.into(), nodes: parser.nodes, errors: parser.errors }
}

struct Parser<'t> {
    text: &'t str,
    offset: usize,
    nodes: Vec<Node>,
    errors: Vec<Error>,
}

fn in_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.' | '-' | ':')
}

impl<'t> Parser<'t> {
    fn whole(&mut self) {
        let name = self.word();
        if name.is_empty() {
            let span = Span::new(0, self.text.len() as u32);
            self.error(ErrorKind::Syntax, span, "a call begins with the name of a function".to_owned());
            self.push(NodeKind::Error, span, None);
            return;
        }
        self.call(name, None, 1);
        self.blanks();
        if self.offset < self.text.len() {
            let span = Span::new(self.at(), self.text.len() as u32);
            let found = first_characters(span.text(self.text));
            let message = format!("remove `{found}`: nothing may follow the call");
            self.error(ErrorKind::Syntax, span, message);
        }
    }

    /// A call from behind its name.
    fn call(&mut self, name: Span, parent: Option<NodeId>, depth: u32) -> NodeId {
        let id = self.push(NodeKind::Missing, name, parent);
        let mut call =
            Call { name, arguments: Vec::new(), open: name.end, close: name.end, commas: Vec::new(), depth };
        let after_name = self.offset;
        self.blanks();
        if self.take('(') {
            call.open = self.at();
            self.arguments(&mut call, id);
        } else {
            self.offset = after_name;
            let message = format!("expected `(` after `{}`", name.text(self.text));
            self.error(ErrorKind::Syntax, Span::at(name.end), message);
        }
        let span = Span::new(name.start, self.at());
        if let Some(node) = self.nodes.get_mut(id.0 as usize) {
            *node = Node { kind: NodeKind::Call(call), span, parent };
        }
        id
    }

    fn arguments(&mut self, call: &mut Call, id: NodeId) {
        self.blanks();
        if self.peek() == Some(')') {
            call.close = self.at();
            self.offset += 1;
            return;
        }
        loop {
            self.blanks();
            if self.peek().is_none() && call.commas.is_empty() {
                break;
            }
            let argument = self.argument(id, call.depth);
            call.arguments.push(argument);
            self.blanks();
            if !matches!(self.peek(), Some(',' | ')') | None) {
                self.stray(call);
            }
            if !self.take(',') {
                break;
            }
            call.commas.push(self.at());
        }
        call.close = self.at();
        if !self.take(')') {
            let message = format!("expected `)` to close the call to `{}`", call.name.text(self.text));
            self.error(ErrorKind::Syntax, Span::at(self.at()), message);
        }
    }

    /// Something that is neither `,` nor `)` behind an argument.
    fn stray(&mut self, call: &Call) {
        let start = self.offset;
        while let Some(character) = self.peek().filter(|character| !matches!(character, ',' | ')')) {
            self.offset += character.len_utf8();
            if character == '\'' {
                let rest = self.rest();
                self.offset += rest.find('\'').map_or(rest.len(), |end| end + 1);
            }
        }
        let span = Span::new(start as u32, self.at());
        let found = first_characters(span.text(self.text));
        let name = call.name.text(self.text);
        let message = format!("expected `,` or `)` in the call to `{name}`, found `{found}`");
        self.error(ErrorKind::Syntax, span, message);
    }

    fn argument(&mut self, parent: NodeId, depth: u32) -> NodeId {
        let start = self.at();
        match self.peek() {
            Some('\'') => self.string('\'', parent),
            Some('"') => {
                let id = self.string('"', parent);
                let span = Span::new(start, self.at());
                self.error(ErrorKind::Syntax, span, "put the text between single quotes: `'…'`".to_owned());
                id
            }
            Some('$') => {
                let mut path = path::parse_argument(self.text, start);
                self.offset = path.span.end as usize;
                for error in std::mem::take(&mut path.errors) {
                    self.error(ErrorKind::Path, error.span, error.message);
                }
                let span = path.span;
                self.push(NodeKind::Path(path), span, Some(parent))
            }
            Some('[' | '{') => self.json(parent),
            None | Some(',' | ')') => {
                // At the end of the text the missing parenthesis is reported.
                if self.peek().is_some() {
                    let span = Span::new(start, start + 1);
                    self.error(ErrorKind::Syntax, span, "an argument is missing here".to_owned());
                }
                self.push(NodeKind::Missing, Span::at(start), Some(parent))
            }
            Some(_) => self.word_argument(parent, depth),
        }
    }

    /// A nested call, a number, `true`, `false`, `null`, or a word that is none of them.
    fn word_argument(&mut self, parent: NodeId, depth: u32) -> NodeId {
        let start = self.at();
        let span = self.word();
        let word = span.text(self.text);
        let kind = match word {
            "true" => NodeKind::True,
            "false" => NodeKind::False,
            "null" => NodeKind::Null,
            _ => match number(self.rest_from(start)) {
                Some((value, length)) => {
                    self.offset = start as usize + length;
                    let span = Span::new(start, self.at());
                    return self.push(NodeKind::Number(value), span, Some(parent));
                }
                None => NodeKind::Error,
            },
        };
        if kind != NodeKind::Error {
            return self.push(kind, span, Some(parent));
        }
        let called = self.rest().trim_start_matches([' ', '\t', '\n', '\r']).starts_with('(');
        if called && !span.is_empty() {
            if depth >= MAX_DEPTH {
                let span = Span::new(start, self.text.len() as u32);
                self.error(ErrorKind::TooDeep, span, format!("calls are nested more than {MAX_DEPTH} deep"));
                self.offset = self.text.len();
                return self.push(NodeKind::Error, span, Some(parent));
            }
            return self.call(span, Some(parent), depth + 1);
        }
        while let Some(character) = self.peek().filter(|it| !matches!(it, ',' | ')' | ' ' | '\'')) {
            self.offset += character.len_utf8();
        }
        let span = Span::new(start, self.at());
        let found = first_characters(span.text(self.text));
        let message = if span.text(self.text).starts_with("States.") {
            format!("expected `(` after `{found}`")
        } else {
            format!("`{found}` is no argument: put a text between single quotes, begin a path with `$`")
        };
        self.error(ErrorKind::Syntax, span, message);
        self.push(NodeKind::Error, span, Some(parent))
    }

    fn json(&mut self, parent: NodeId) -> NodeId {
        let start = self.at();
        let mut depth = 0u32;
        while let Some(character) = self.peek() {
            self.offset += character.len_utf8();
            match character {
                '[' | '{' => depth += 1,
                ']' | '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        let span = Span::new(start, self.at());
        let message = "JSON arrays and objects are no arguments: use `States.Array(…)` or a path".to_owned();
        self.error(ErrorKind::Syntax, span, message);
        self.push(NodeKind::Error, span, Some(parent))
    }

    fn string(&mut self, quote: char, parent: NodeId) -> NodeId {
        let start = self.at();
        self.offset += 1;
        let mut literal = StringLiteral {
            value: String::new(),
            escapes: Vec::new(),
            placeholders: Vec::new(),
            stray_braces: Vec::new(),
        };
        let mut closed = false;
        while let Some(character) = self.peek() {
            let from = self.at();
            self.offset += character.len_utf8();
            match character {
                '\\' => self.escape(from, &mut literal),
                _ if character == quote => {
                    if self.peek() != Some(quote) {
                        closed = true;
                        break;
                    }
                    self.offset += 1;
                    literal.value.push(quote);
                    let span = Span::new(from, self.at());
                    let message = "write an apostrophe inside a text as `\\'`".to_owned();
                    self.error(ErrorKind::Syntax, span, message);
                }
                '{' if self.peek() == Some('}') => {
                    self.offset += 1;
                    literal.value.push_str("{}");
                    literal.placeholders.push(Span::new(from, self.at()));
                }
                other => {
                    if matches!(other, '{' | '}') {
                        literal.stray_braces.push(Span::new(from, self.at()));
                    }
                    literal.value.push(other);
                }
            }
        }
        let span = Span::new(start, self.at());
        if !closed {
            self.error(ErrorKind::Syntax, span, format!("the text is not closed: add `{quote}`"));
        }
        self.push(NodeKind::String(literal), span, Some(parent))
    }

    fn escape(&mut self, from: u32, literal: &mut StringLiteral) {
        let escaped = self.peek();
        self.offset += escaped.map_or(0, char::len_utf8);
        let span = Span::new(from, self.at());
        let valid = matches!(escaped, Some('\'' | '{' | '}' | '\\'));
        literal.escapes.push(Escape { span, valid });
        if !valid {
            literal.value.push('\\');
            let message = match escaped {
                Some(other) => {
                    format!(
                        "remove the backslash: `\\{other}` is not an escape, only `\\'`, `\\{{`, `\\}}` and `\\\\` are"
                    )
                }
                None => "the backslash escapes nothing: remove it".to_owned(),
            };
            self.error(ErrorKind::BadEscape, span, message);
        }
        literal.value.extend(escaped);
    }

    fn word(&mut self) -> Span {
        let start = self.at();
        let rest = self.rest();
        self.offset += rest.find(|character| !in_word(character)).unwrap_or(rest.len());
        Span::new(start, self.at())
    }

    fn push(&mut self, kind: NodeKind, span: Span, parent: Option<NodeId>) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node { kind, span, parent });
        id
    }

    fn error(&mut self, kind: ErrorKind, span: Span, message: String) {
        if self.errors.len() < 32 {
            self.errors.push(Error { kind, span, message });
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.offset..).unwrap_or("")
    }

    fn rest_from(&self, start: u32) -> &'t str {
        self.text.get(start as usize..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn at(&self) -> u32 {
        self.offset as u32
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.offset += wanted.len_utf8();
        }
        found
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        let blank = |character: char| matches!(character, ' ' | '\t' | '\n' | '\r');
        self.offset += rest.find(|character| !blank(character)).unwrap_or(rest.len());
    }
}

/// The JSON number that a text begins with, and its length.
fn number(text: &str) -> Option<(f64, usize)> {
    let numeric = |character: char| character.is_ascii_digit() || "+-.eE".contains(character);
    let digits = text.get(..text.find(|character| !numeric(character)).unwrap_or(text.len()))?;
    let begins = digits.trim_start_matches('-').starts_with(|first: char| first.is_ascii_digit());
    let value = digits.parse::<f64>().ok()?;
    (begins && value.is_finite()).then_some((value, digits.len()))
}

fn first_characters(text: &str) -> &str {
    match text.char_indices().nth(20) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}
