//! What could stand at the cursor.
//!
//! [`complete`] finds out where the cursor is, in the format and in the language, and asks the provider for that
//! place: one file each. A provider pushes everything that is valid there; the editor filters and ranks. All edits are
//! made by [`write`], so quotes, commas, colons and indentation are right in one place.

mod fields;
mod states;
mod values;
mod write;

use std::ops::Range;

use asl_grammar::spot::{Slot, Spot, spot};
use asl_grammar::syntax::Format;
use asl_grammar::text::Edit;
use asl_grammar::tree::Node;

use super::locate::place_of;
use crate::analysis::Analysis;
use crate::asl::Language;
use crate::catalog::fields::{Field, Object, Value};

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
    pub deprecated: bool,
    /// Comes before others of its list.
    pub first: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Field,
    State,
    Value,
}

/// Where the cursor is in the language.
pub(super) struct Context<'a> {
    pub analysis: &'a Analysis,
    pub spot: Spot<'a>,
    pub format: Format,
    pub offset: usize,
}

pub fn complete(analysis: &Analysis, offset: usize) -> Vec<Completion> {
    let Some(spot) = spot(&analysis.syntax, &analysis.text, offset) else { return Vec::new() };
    let context = Context { analysis, spot, format: analysis.syntax.format, offset };
    let mut items = Vec::new();
    match context.spot.slot {
        Slot::Key => fields::complete(&context, &mut items),
        Slot::Value | Slot::Item => {
            let Some(field) = context.field() else { return items };
            match (context.spot.slot, field.value) {
                (Slot::Value, Value::StateName) => states::complete(&context, field, &mut items),
                (Slot::Value, Value::Enum(_) | Value::Boolean) => {
                    values::complete(&context, field, &mut items)
                }
                _ => {}
            }
        }
    }
    items
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
        self.place(object)?.object.field(self.spot.key?.text())
    }

    fn place(&self, object: Node<'a>) -> Option<&'a crate::asl::Place> {
        let fragment = self.analysis.syntax.part_at(object.start()).map_or(0, |part| part + 1);
        let placed = self.analysis.placed(fragment)?;
        // At the border of two pieces the node tells which one is meant.
        let placed = if object.is_of(placed.tree) { placed } else { self.analysis.placed(0)? };
        place_of(placed.fragment, object)
    }
}

#[cfg(test)]
mod tests;
