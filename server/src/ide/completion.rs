//! What could stand at the cursor.
//!
//! [`complete`] finds out where the cursor is, in the format and in the language, and asks the provider for that
//! place: one file each. A provider pushes everything that is valid there; the editor filters and ranks. All edits are
//! made by [`write`], so quotes, commas, colons and indentation are right in one place.

mod expression;
mod fields;
mod fits;
mod states;
mod values;

mod errors;

mod documents;
mod elements;
mod new_states;
mod template;

mod parameters;
mod resource;

mod placeholders;

mod docs;
mod mend;
mod write;

use std::ops::Range;

use asl_grammar::spot::{Slot, Spot, spot};
use asl_grammar::syntax::Format;
use asl_grammar::text::Edit;
use asl_grammar::tree::{Kind as NodeKind, Node};

use super::locate::{place_of, placed_of, unread_key};
use crate::analysis::Analysis;
use crate::asl::{CallView, Language, Place};
use crate::catalog::fields::{Field, Object, Value, of_some_state};

pub use docs::Docs;

/// What is offered at one place.
#[derive(Debug, Default)]
pub struct Completions {
    pub items: Vec<Completion>,
    /// There is more, or the items fit this very text: ask again after the next letter.
    pub incomplete: bool,
}

/// One thing to offer.
#[derive(Debug)]
pub struct Completion {
    pub label: String,
    pub kind: Kind,
    pub detail: String,
    pub docs: Docs,
    /// Ends at the cursor: some editors replace no further, whatever they are told.
    pub range: Range<usize>,
    /// What the editor compares with the text of the range.
    pub filter: String,
    pub text: String,
    /// The same with `$1` where the cursor goes.
    pub snippet: Option<String>,
    /// For editors whose edits may reach behind the cursor: it replaces what stands there, too. Without a `text` the
    /// item is for them alone.
    pub whole: Option<Whole>,
    /// What changes elsewhere: the rest of the word, a missing comma.
    pub more: Vec<Edit>,
    /// What an editor does that cannot do all of `more`, because it stands in the same line behind the cursor.
    pub otherwise: Vec<Edit>,
    pub deprecated: bool,
    /// Comes before others of its list.
    pub first: bool,
}

/// A snippet for a range that ends behind the cursor.
#[derive(Clone, Debug)]
pub struct Whole {
    pub end: usize,
    pub snippet: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Field,
    State,
    Value,
    Error,
    /// Several lines at once.
    Snippet,
    /// What the deployment fills in.
    Placeholder,
    /// A service that a Resource calls.
    Service,
    /// An action of such a service.
    Action,
    /// A function of an expression.
    Function,
    Variable,
    /// A member of an object that an expression looks into.
    Member,
    Operator,
}

/// Where the cursor is in the language.
pub(super) struct Context<'a> {
    pub analysis: &'a Analysis,
    pub spot: Spot<'a>,
    pub format: Format,
    pub offset: usize,
}

pub fn complete(analysis: &Analysis, offset: usize) -> Completions {
    let mut found = Completions::default();
    if expression::complete(analysis, offset, &mut found.items) {
        return found;
    }
    let format = analysis.syntax.format;
    let mended = mend::mended(analysis, offset);
    // Up to the cursor the two are the same, and what is replaced behind it stands in the real one.
    let text = &analysis.text;
    let analysis = mended.as_ref().unwrap_or(analysis);
    let spot = spot(&analysis.syntax, text, offset).filter(|it| !is_nowhere(it, analysis));
    let Some(spot) = spot.or_else(|| first_word(analysis, offset)) else { return found };
    let context = Context { analysis, spot, format, offset };
    let items = &mut found.items;
    if placeholders::complete(&context, items) {
        return found;
    }
    expression::empty(&context, items);
    if let Some((call, container)) = context.parameters() {
        parameters::complete(&context, &call, container, items);
        return found;
    }
    if context.is_empty_document() {
        documents::complete(&context, items);
    }
    if let Some(slots) = new_states::Slots::of(&context) {
        match context.spot.slot {
            Slot::Key => new_states::names(&context, &slots, items),
            Slot::Value => new_states::values(&context, &slots, items),
            Slot::Item => {}
        }
        return found;
    }
    match context.spot.slot {
        Slot::Key => fields::complete(&context, items),
        Slot::Value | Slot::Item => {
            let Some(field) = context.field() else { return found };
            match (context.spot.slot, field.value) {
                (Slot::Value, Value::StateName) => states::complete(&context, field, items),
                (Slot::Value, Value::Enum(_) | Value::Boolean | Value::Timestamp) => {
                    values::complete(&context, field, items);
                }
                (Slot::Value, Value::Resource | Value::Action(_)) => {
                    resource::complete(&context, field, &mut found);
                }
                (Slot::Item, Value::List { .. }) if context.spot.block => fields::complete(&context, items),
                (Slot::Item, Value::List { of, .. }) => elements::complete(&context, of, items),
                (Slot::Item, Value::ErrorNames) | (Slot::Value, Value::ErrorName) => {
                    errors::complete(&context, field, items);
                }
                (Slot::Value, Value::ErrorNames) if context.spot.quote.is_none() => {
                    errors::complete(&context, field, items);
                }
                _ => {}
            }
        }
    }
    found
}

/// What a snippet inserts where there are none.
pub fn plain_text(snippet: &str) -> String {
    write::without_marks(snippet)
}

/// A word without anything around it: that of an empty document.
fn is_nowhere(spot: &Spot, analysis: &Analysis) -> bool {
    spot.container.is_none()
        && spot.key.is_none()
        && analysis.syntax.root().is_none_or(|it| it.kind() != NodeKind::Object)
}

/// The place in a document that has nothing but, perhaps, this one word.
fn first_word(analysis: &Analysis, offset: usize) -> Option<Spot<'static>> {
    let text = &analysis.text;
    if text.len() > 200 {
        return None;
    }
    let source = text.to_string();
    let word = source.trim();
    if !word.chars().all(|it| it.is_alphanumeric() || it == ' ') || word.contains("  ") {
        return None;
    }
    let start = if word.is_empty() { offset } else { source.len() - source.trim_start().len() };
    let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let is_inside = start <= offset && offset <= start.max(source.trim_end().len());
    (is_inside && (word.is_empty() || start == line_start)).then(|| Spot {
        slot: Slot::Key,
        container: None,
        key: None,
        typed: start..offset,
        prefix: source[start..offset].to_owned(),
        quote: None,
        rest: offset..source.trim_end().len().max(offset),
        closed: false,
        colon: false,
        needs_comma_after: false,
        needs_comma_at: None,
        column: start - line_start,
        block: analysis.syntax.format == Format::Yaml,
    })
}

impl<'a> Context<'a> {
    /// Is there nothing in the document yet, or nothing but an empty object?
    fn is_empty_document(&self) -> bool {
        let root = self.analysis.syntax.root().filter(|it| it.kind() == NodeKind::Object);
        let others = |root: Node| root.members().any(|it| !it.key.touches(self.offset));
        match (root, self.spot.container) {
            (None, container) => container.is_none(),
            (Some(root), Some(container)) => {
                root == container && self.spot.slot == Slot::Key && !self.spot.colon && !others(root)
            }
            (Some(_), None) => false,
        }
    }

    /// Does the object around the cursor begin on the line of the cursor, with a bracket?
    fn in_brackets(&self) -> bool {
        let text = &self.analysis.text;
        let begins = self.spot.container.map(|it| text.line_of(it.start()));
        !self.spot.block && begins == Some(text.line_of(self.offset))
    }

    /// The kind of object the cursor is in, with its query language.
    pub fn object(&self) -> Option<(Object, Option<Language>)> {
        match self.spot.container {
            // Behind the dash of a block an element begins.
            Some(container) if self.spot.slot == Slot::Item => {
                let Value::List { of, .. } = self.field().filter(|_| self.spot.block)?.value else {
                    return None;
                };
                Some((of, self.place(container.parent()?.parent()?)?.language))
            }
            Some(container) => {
                let place = self.place(container)?;
                Some((place.object, place.language))
            }
            // In YAML an object has no text as long as it is empty: what the key above it holds decides.
            None if self.spot.key.is_none() => {
                (self.format == Format::Yaml && self.is_empty_document()).then_some((Object::Machine, None))
            }
            None => {
                let key = self.spot.key?;
                let Some(owner) = key.parent()?.parent().filter(|it| !self.holds_states(*it)) else {
                    let language = self.place(self.analysis.syntax.root()?)?.language;
                    return Some((Object::UntypedState, language));
                };
                let owner = self.place(owner)?;
                match owner.object.field(key.text())?.value {
                    Value::Object(object) => Some((object, owner.language)),
                    _ => None,
                }
            }
        }
    }

    /// Is the object that of the states of a branch or an item processor?
    fn holds_states(&self, object: Node<'a>) -> bool {
        let member = object.parent().and_then(Node::as_member);
        let field = member.and_then(|it| self.place(it.node.parent()?)?.object.field(it.name()));
        field.is_some_and(|it| it.value == Value::States)
    }

    /// The field whose value, or list of values, the cursor is in.
    pub fn field(&self) -> Option<&'static Field> {
        let object = match self.spot.slot {
            Slot::Item => self.spot.container?.parent()?.parent()?,
            _ => self.spot.container?,
        };
        let place = self.place(object)?;
        let field = |name: &str| match place.object {
            Object::UntypedState => place.object.field(name).or_else(|| of_some_state(name)),
            object => object.field(name),
        };
        match self.spot.key {
            Some(key) => field(key.text()),
            None => field(&unread_key(&self.analysis.text, &self.spot)?),
        }
    }

    /// The call in whose parameters the cursor is, with the object or array around the cursor there, or with the
    /// member whose value is still to come.
    pub fn parameters(&self) -> Option<(CallView<'a>, Node<'a>)> {
        let node = match self.spot.container {
            Some(container) => container,
            None => self.spot.key?.parent()?,
        };
        let placed = placed_of(self.analysis, node)?;
        let call = placed.calls().find(|call| {
            let given = call.given();
            given.is_some_and(|given| node == given.node || node.ancestors().any(|it| it == given.value))
        })?;
        Some((call, node))
    }

    fn place(&self, object: Node<'a>) -> Option<&'a Place> {
        place_of(placed_of(self.analysis, object)?.fragment, object)
    }
}

#[cfg(test)]
mod tests;
