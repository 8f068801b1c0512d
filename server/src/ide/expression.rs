//! The expression that the cursor is in: its place, its text, where the cursor is in that text, and the way back to the
//! document. Start with [`at`]; it answers as well where the expression, its string or the document is unfinished.

use std::ops::Range;

use asl_grammar::map::OffsetMap;
use asl_grammar::span::Span;
use asl_grammar::spot::{Slot, spot};
use asl_grammar::syntax::Format;
use asl_grammar::tree::{Kind, Node};
use asl_grammar::{intrinsic, jsonata, path};

use super::locate::{place_of, placed_of, unread_key};
use crate::analysis::Analysis;
use crate::asl::expressions::{Outcome, Parsed, Role, read};
use crate::asl::{Expression, Machine, Place, Placed, StateRef};
use crate::catalog::fields::{Field, Object, of_some_state};

/// A string that holds, or may come to hold, one of the languages inside strings, with a cursor in it.
pub struct Inside<'a> {
    pub placed: Placed<'a>,
    /// The object of the language that it belongs to, and the field it stands in, at whatever depth.
    pub place: &'a Place,
    pub field: &'static Field,
    pub role: Role,
    /// The value; of another kind than a string where its text could not be read yet.
    pub node: Node<'a>,
    /// The key whose value it is; None for the elements of arrays.
    pub key: Option<Node<'a>>,
    /// What the fragment keeps of it; None when it is unfinished and was read for the cursor alone.
    pub expression: Option<&'a Expression>,
    /// The cursor, in the text that was parsed.
    pub offset: u32,
    /// The cursor, in the document.
    pub cursor: usize,
    /// How text has to be written to stand in the string.
    pub quoting: Quoting,
    made: Option<Parsed>,
    text: Text<'a>,
}

/// What a string is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// Between double quotes, with the escapes of JSON or YAML.
    Double,
    /// Between the single quotes of YAML.
    Single,
    /// A plain scalar of YAML.
    Plain,
    /// A block scalar of YAML: nothing is escaped.
    Block,
}

/// The decoded string and its way back to the document.
struct Text<'a> {
    node: Node<'a>,
    /// Instead of the text of the node.
    made: Option<String>,
    /// Instead of the map of the node.
    map: Option<OffsetMap>,
    /// Where text begins that stands behind the node: in the string, and in the document.
    tail: Option<(usize, usize)>,
    /// Where the parsed part begins and ends.
    code: Range<usize>,
}

/// The expression at an offset. Between the marks of JSONata it is the cursor's place that counts: on or outside of
/// them there is none.
pub fn at(analysis: &Analysis, offset: usize) -> Option<Inside<'_>> {
    let found = Found::whole(analysis, offset)
        .or_else(|| Found::before(analysis, offset))
        .or_else(|| Found::unread(analysis, offset))?;
    let container = found.container()?;
    let placed = placed_of(analysis, container)?;
    let (place, field, below) = field_around(&placed, container, found.name())?;
    place.state?;
    let role = Role::of(field, place.language?, below, found.name())?;
    let mut text = found.text;
    text.code = code(role, text.whole());
    let inner = match found.outside {
        true => text.whole().len(),
        false => text.inner(offset),
    };
    let cursor = offset;
    let offset = inner.checked_sub(text.code.start).filter(|_| inner <= text.code.end)? as u32;
    let kept = placed.fragment.expressions.iter().find(|it| {
        text.made.is_none()
            && container.is_of(placed.tree)
            && it.node == text.node.id()
            && it.start() == text.code.start
    });
    let made = match (kept, role) {
        (Some(_), _) => None,
        (None, Role::Jsonata) if text.code.start > 0 => {
            Some(Parsed::Jsonata(Box::new(jsonata::parse(text.code()))))
        }
        (None, Role::Jsonata) => None,
        (None, _) => read(role, text.code()).map(|(parsed, _)| parsed),
    };
    let quoting = found.quoting;
    let (node, key) = (text.node, found.key);
    Some(Inside {
        placed,
        place,
        field,
        role,
        node,
        key,
        expression: kept,
        offset,
        cursor,
        quoting,
        made,
        text,
    })
}

/// What the place for a value makes of a string, where none stands yet.
pub fn role<'a>(analysis: &'a Analysis, container: Node<'a>, key: Option<Node<'a>>) -> Option<Role> {
    let placed = placed_of(analysis, container)?;
    let (place, field, below) = field_around(&placed, container, key.map(Node::text))?;
    place.state?;
    Role::of(field, place.language?, below, key.map(Node::text))
}

impl<'a> Inside<'a> {
    /// The text that was parsed, to which all spans refer: for JSONata what stands between the marks.
    pub fn code(&self) -> &str {
        self.text.code()
    }

    /// The text up to the cursor.
    pub fn before(&self) -> &str {
        self.code().get(..self.offset as usize).unwrap_or("")
    }

    pub fn jsonata(&self) -> Option<&jsonata::Tree> {
        match self.parsed()? {
            Parsed::Jsonata(tree) if self.role == Role::Jsonata => Some(tree),
            _ => None,
        }
    }

    pub fn path(&self) -> Option<&path::Path> {
        match self.parsed()? {
            Parsed::Path(path) if self.is_path() => Some(path),
            _ => None,
        }
    }

    pub fn intrinsic(&self) -> Option<&intrinsic::Tree> {
        match self.parsed()? {
            Parsed::Intrinsic(tree) if self.is_path() => Some(tree),
            _ => None,
        }
    }

    /// Does the cursor stand in the middle of an escape?
    pub fn is_in_escape(&self) -> bool {
        let at = self.text.code.start + self.offset as usize;
        self.text.source(at..at).start < self.cursor && at < self.text.whole().len()
    }

    /// The state it belongs to.
    pub fn state(&self, machine: &Machine) -> Option<StateRef> {
        let fragment = machine.fragments.iter().position(|it| std::ptr::eq(it.tree, self.placed.tree))?;
        Some(StateRef { fragment: fragment as u32, state: self.place.state? })
    }

    /// Does its place take paths?
    pub fn is_path(&self) -> bool {
        matches!(self.role, Role::Path(_) | Role::Template)
    }

    /// What `$states` offers here beside `input` and `context`.
    pub fn outcome(&self) -> Outcome {
        Outcome::of(self.place.object, self.field)
    }

    /// Where a part of the parsed text stands in the document.
    pub fn range(&self, span: Span) -> Range<usize> {
        let start = self.text.code.start;
        self.text.source(start + span.start as usize..start + span.end as usize)
    }

    fn parsed(&self) -> Option<&Parsed> {
        self.made.as_ref().or_else(|| self.expression.map(|it| &it.parsed))
    }
}

/// The part of a string that is code.
fn code(role: Role, text: &str) -> Range<usize> {
    match role {
        Role::Jsonata if text.starts_with("{%") => {
            // A block scalar may end with a line break that is not meant.
            let end = text.trim_end().strip_suffix("%}").filter(|rest| rest.len() >= 2);
            2..end.unwrap_or(text).len()
        }
        _ => 0..text.len(),
    }
}

impl Text<'_> {
    fn whole(&self) -> &str {
        self.made.as_deref().unwrap_or_else(|| self.node.text())
    }

    fn code(&self) -> &str {
        self.whole().get(self.code.clone()).unwrap_or("")
    }

    fn inner(&self, outer: usize) -> usize {
        match (&self.map, self.tail) {
            (Some(map), _) => map.inner(outer),
            (None, Some((inner, start))) if outer >= start => inner + (outer - start),
            _ => self.node.inner_offset(outer),
        }
    }

    fn source(&self, inner: Range<usize>) -> Range<usize> {
        match (&self.map, self.tail) {
            (Some(map), _) => map.outer(inner.start)..map.outer_end(inner.end),
            (None, Some((from, start))) => {
                let known = self.node.source_range(inner.start.min(from)..inner.end.min(from));
                let behind = |inner: usize| start + (inner - from);
                let first = if inner.start >= from { behind(inner.start) } else { known.start };
                let last = if inner.end > from { behind(inner.end) } else { known.end };
                first..last.max(first)
            }
            (None, None) => self.node.source_range(inner),
        }
    }
}

/// A string around the cursor.
struct Found<'a> {
    text: Text<'a>,
    key: Option<Node<'a>>,
    /// The text of a key that could not be read.
    unread_key: Option<String>,
    /// The object or array it stands in, where its node does not tell.
    container: Option<Node<'a>>,
    quoting: Quoting,
    /// The cursor stands behind it.
    outside: bool,
}

impl<'a> Found<'a> {
    /// A string with the cursor between its quotes.
    fn whole(analysis: &'a Analysis, offset: usize) -> Option<Found<'a>> {
        let node = analysis.syntax.node_at(offset)?;
        let written = written(analysis, node)?;
        let range = node.range();
        let quoted = written.quoted();
        let inside = match quoted {
            true => range.start < offset && (offset < range.end || !written.closed),
            false => true,
        };
        (inside && !(written.quoting == Quoting::Block && offset < node.source_offset(0))).then_some(())?;
        Some(Found::of(node, written.quoting))
    }

    /// An unfinished string with nothing but blanks, and in JSON the comma of an argument, between it and the cursor.
    fn before(analysis: &'a Analysis, offset: usize) -> Option<Found<'a>> {
        const FAR: usize = 2048;
        let json = analysis.syntax.format == Format::Json;
        let mut start = offset.saturating_sub(FAR);
        let line = analysis.text.line_range(analysis.text.line_of(offset)).start;
        if json {
            start = start.max(line);
        }
        let text = analysis.text.slice(start..offset);
        let blanks: &[char] = if json { &[' ', '\t', ','] } else { &[' ', '\t', '\n', '\r'] };
        let end = start + text.trim_end_matches(blanks).len();
        if end == start || end == offset {
            return None;
        }
        let node = analysis.syntax.node_at(end)?;
        let written = written(analysis, node)?;
        let unfinished = match written.quoting {
            Quoting::Double => json && !written.closed,
            Quoting::Block => offset - line >= column(analysis, node.source_offset(0)),
            _ => false,
        };
        // The blanks and line breaks behind the last word of a block are read from the document.
        let (known, from) = match written.quoting {
            Quoting::Block => {
                let known = node.text().trim_end();
                (known, node.source_range(0..known.len()).end)
            }
            _ => (node.text(), node.range().end),
        };
        if !unfinished || from > offset {
            return None;
        }
        let mut found = Found::of(node, written.quoting);
        found.text.tail = Some((known.len(), from));
        found.text.made = Some(format!("{known}{}", analysis.text.slice(from..offset)));
        found.outside = true;
        Some(found)
    }

    /// A string of YAML whose quote is not closed: its line has no value yet.
    fn unread(analysis: &'a Analysis, offset: usize) -> Option<Found<'a>> {
        if analysis.syntax.format != Format::Yaml {
            return None;
        }
        let spot = spot(&analysis.syntax, &analysis.text, offset)?;
        let quote = spot.quote.filter(|_| !spot.closed && spot.slot != Slot::Key)?;
        let container = spot.container?;
        let start = spot.typed.start + 1;
        let raw = analysis.text.slice(start..spot.rest.end.max(offset));
        let (made, map) = match quote {
            '"' => asl_grammar::unescape(&raw, start),
            _ => {
                let mut map = OffsetMap::default();
                map.push(raw.len(), start, raw.len());
                (raw, map)
            }
        };
        let quoting = if quote == '"' { Quoting::Double } else { Quoting::Single };
        let key = spot.key.filter(|_| spot.slot == Slot::Value);
        let node = key.and_then(Node::parent).and_then(Node::as_member).map_or(container, |it| it.value);
        let text = Text { node, made: Some(made), map: Some(map), tail: None, code: 0..0 };
        let unread_key = key.is_none().then(|| unread_key(&analysis.text, &spot)).flatten();
        Some(Found { text, key, unread_key, container: Some(container), quoting, outside: false })
    }

    fn of(node: Node<'a>, quoting: Quoting) -> Found<'a> {
        let key = node.parent().and_then(Node::as_member).map(|member| member.key);
        let text = Text { node, made: None, map: None, tail: None, code: 0..0 };
        Found { text, key, unread_key: None, container: None, quoting, outside: false }
    }

    fn name(&self) -> Option<&str> {
        self.key.map(Node::text).or(self.unread_key.as_deref())
    }

    fn container(&self) -> Option<Node<'a>> {
        self.container.or_else(|| {
            let parent = self.text.node.parent()?;
            if parent.as_member().is_some() { parent.parent() } else { Some(parent) }
        })
    }
}

/// How a string stands in the document.
struct Written {
    quoting: Quoting,
    closed: bool,
}

impl Written {
    fn quoted(&self) -> bool {
        matches!(self.quoting, Quoting::Double | Quoting::Single)
    }
}

/// None when the node is no string, or a key.
fn written(analysis: &Analysis, node: Node) -> Option<Written> {
    let is_key = node.parent().and_then(Node::as_member).is_some_and(|member| member.key == node);
    if node.kind() != Kind::String || is_key {
        return None;
    }
    let text = analysis.text.slice(node.range());
    let first = text.chars().next()?;
    let quoting = match (first, analysis.syntax.format) {
        ('"', _) => Quoting::Double,
        ('\'', Format::Yaml) => Quoting::Single,
        ('|' | '>', Format::Yaml) => Quoting::Block,
        _ => Quoting::Plain,
    };
    // A quote behind a backslash is one of the text.
    let inner = text.get(1..).and_then(|rest| rest.strip_suffix(first));
    let backslashes = |inner: &str| inner.bytes().rev().take_while(|byte| *byte == b'\\').count();
    let closed = inner.is_some_and(|inner| quoting == Quoting::Single || backslashes(inner) % 2 == 0);
    Some(Written { quoting, closed })
}

fn column(analysis: &Analysis, offset: usize) -> usize {
    offset - analysis.text.line_range(analysis.text.line_of(offset)).start
}

/// The field that something in a container belongs to, with the object that has that field; and whether it stands
/// below the value of the field.
fn field_around<'a>(
    placed: &Placed<'a>,
    container: Node<'a>,
    key: Option<&str>,
) -> Option<(&'a Place, &'static Field, bool)> {
    if let Some(place) = place_of(placed.fragment, container) {
        return Some((place, field_of(place, key?)?, false));
    }
    container.ancestors().filter_map(Node::as_member).find_map(|member| {
        let place = place_of(placed.fragment, member.node.parent()?)?;
        Some((place, field_of(place, member.name())?, true))
    })
}

/// In a state whose type is not known yet, any state's field may be meant.
fn field_of(place: &Place, name: &str) -> Option<&'static Field> {
    let untyped = place.object == Object::UntypedState;
    place.object.field(name).or_else(|| untyped.then(|| of_some_state(name)).flatten())
}

#[cfg(test)]
mod tests;
