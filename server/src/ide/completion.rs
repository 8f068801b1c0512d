//! What could stand at the cursor.
//!
//! [`complete`] finds out where the cursor is, in the format and in the language, and asks the provider for that
//! place: one file each. A provider pushes everything that is valid there; the editor filters and ranks. All edits are
//! made by [`write`], so quotes, commas, colons and indentation are right in one place.

mod expression;
mod fields;
mod states;
mod values;

mod parameters;
mod resource;

mod write;

use std::ops::Range;

use asl_grammar::spot::{Slot, Spot, spot};
use asl_grammar::syntax::Format;
use asl_grammar::text::Edit;
use asl_grammar::tree::Node;

use super::locate::{place_of, placed_of, unread_key};
use crate::analysis::Analysis;
use crate::asl::{CallView, Language, Place};
use crate::catalog::fields::{Field, Object, Value};

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
    pub docs: String,
    /// Ends at the cursor: some editors replace no further, whatever they are told.
    pub range: Range<usize>,
    /// What the editor compares with the text of the range.
    pub filter: String,
    pub text: String,
    /// The same with `$1` where the cursor goes.
    pub snippet: Option<String>,
    /// What changes elsewhere: the rest of the word, a missing comma.
    pub more: Vec<Edit>,
    /// What an editor does that cannot do all of `more`, because it stands in the same line behind the cursor.
    pub otherwise: Vec<Edit>,
    pub deprecated: bool,
    /// Comes before others of its list.
    pub first: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Field,
    State,
    Value,
    /// A service that a Resource calls.
    Service,
    /// An action of such a service.
    Action,
    /// A function of an expression.
    Function,
    Variable,
    /// A member of an object that an expression looks into.
    Member,
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
    let Some(spot) = spot(&analysis.syntax, &analysis.text, offset) else { return found };
    let context = Context { analysis, spot, format: analysis.syntax.format, offset };
    let items = &mut found.items;
    expression::empty(&context, items);
    if let Some((call, container)) = context.parameters() {
        parameters::complete(&context, &call, container, items);
        return found;
    }
    match context.spot.slot {
        Slot::Key => fields::complete(&context, items),
        Slot::Value | Slot::Item => {
            let Some(field) = context.field() else { return found };
            match (context.spot.slot, field.value) {
                (Slot::Value, Value::StateName) => states::complete(&context, field, items),
                (Slot::Value, Value::Enum(_) | Value::Boolean) => values::complete(&context, field, items),
                (Slot::Value, Value::Resource | Value::Action(_)) => {
                    resource::complete(&context, field, &mut found);
                }
                _ => {}
            }
        }
    }
    found
}

impl<'a> Context<'a> {
    /// The kind of object the cursor is in, with its query language.
    pub fn object(&self) -> Option<(Object, Option<Language>)> {
        match self.spot.container {
            Some(container) => {
                let place = self.place(container)?;
                Some((place.object, place.language))
            }
            // In YAML an object has no text as long as it is empty: what the key above it holds decides.
            None => {
                let key = self.spot.key?;
                let owner = self.place(key.parent()?.parent()?)?;
                match owner.object.field(key.text())?.value {
                    Value::Object(object) => Some((object, owner.language)),
                    _ => None,
                }
            }
        }
    }

    /// The field whose value, or list of values, the cursor is in.
    pub fn field(&self) -> Option<&'static Field> {
        let object = match self.spot.slot {
            Slot::Item => self.spot.container?.parent()?.parent()?,
            _ => self.spot.container?,
        };
        let place = self.place(object)?;
        match self.spot.key {
            Some(key) => place.object.field(key.text()),
            None => place.object.field(&unread_key(&self.analysis.text, &self.spot)?),
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
