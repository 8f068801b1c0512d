//! Inside the languages in strings. What is inserted is written as the string around it demands.

mod jsonata;
mod operators;
mod path;
mod slot;

use std::ops::Range;

use asl_grammar::text::Edit;

use super::write::escape;
use super::{Completion, Docs, Kind};
use crate::analysis::Analysis;
use crate::asl::availability::is_available;
use crate::catalog::context::Member;
use crate::catalog::functions::{Function, Presence};
use crate::ide::expression::{self, Inside, Quoting};
use crate::ide::hover::{context_text, function_text};

pub(super) use slot::empty;

/// Offers what can stand at the cursor in an expression. False when it is not in one, so that others have a say too.
pub(super) fn complete(analysis: &Analysis, offset: usize, items: &mut Vec<Completion>) -> bool {
    let Some(inside) = expression::at(analysis, offset) else { return false };
    if inside.is_in_escape() {
        return true;
    }
    if let Some(tree) = inside.jsonata() {
        jsonata::complete(analysis, &inside, tree, items);
        true
    } else if inside.is_path() {
        path::complete(analysis, &inside, items);
        true
    } else {
        slot::marks(&inside, items);
        false
    }
}

/// The word before the cursor that an item replaces, and the rest of it behind the cursor.
struct Word<'i, 'a> {
    inside: &'i Inside<'a>,
    /// Where it begins, in the code.
    start: usize,
    /// Where it ends.
    end: usize,
}

impl<'i, 'a> Word<'i, 'a> {
    fn new(inside: &'i Inside<'a>, belongs: impl Fn(char) -> bool) -> Word<'i, 'a> {
        let (before, after) = inside.code().split_at(inside.offset as usize);
        let start = before.trim_end_matches(&belongs).len();
        let end = inside.code().len() - after.trim_start_matches(&belongs).len();
        Word { inside, start, end }
    }

    /// What is typed of it.
    fn typed(&self) -> &'i str {
        &self.inside.code()[self.start..self.inside.offset as usize]
    }

    fn before(&self) -> &'i str {
        &self.inside.code()[..self.start]
    }

    fn after(&self) -> &'i str {
        &self.inside.code()[self.end..]
    }

    fn range(&self, range: Range<usize>) -> Range<usize> {
        self.inside.range(asl_grammar::span::Span::new(range.start as u32, range.end as u32))
    }

    /// An item in place of the word.
    fn item(&self, label: &str, kind: Kind) -> Completion {
        let (offset, cursor) = (self.inside.offset as usize, self.inside.cursor);
        let rest = cursor..if self.end > offset { self.range(offset..self.end).end } else { cursor };
        let more = if rest.is_empty() { Vec::new() } else { vec![Edit { range: rest, text: String::new() }] };
        let range = if self.start < offset { self.range(self.start..offset).start } else { cursor }..cursor;
        Completion {
            label: label.to_owned(),
            kind,
            detail: String::new(),
            docs: Docs::default(),
            range,
            filter: label.to_owned(),
            text: quoted(self.inside.quoting, label),
            snippet: None,
            whole: None,
            more,
            otherwise: Vec::new(),
            deprecated: false,
            first: false,
        }
    }

    /// The same for a function, with its parentheses where they are missing.
    fn call(&self, function: &Function, argument: impl Fn(usize) -> Option<Argument>) -> Completion {
        let mut item = self.item(function.name, Kind::Function);
        item.detail = function.typed_label().trim_start_matches(function.name).to_owned();
        item.docs = function_text(function).into();
        if self.after().starts_with('(') {
            return item;
        }
        let mut snippet = escape(&item.text) + "(";
        // What may be left out is left out; of what may be repeated there is one, behind something that there must be.
        let optional = function.parameters.iter().position(|it| it.presence == Presence::Optional);
        let required =
            if function.min == 0 && !function.context_first { 0 } else { function.parameters.len() };
        let required = required.min(optional.unwrap_or(required));
        for index in 0..required {
            let Some(argument) = argument(index) else { continue };
            if index > 0 && !snippet.ends_with('(') {
                snippet += ", ";
            }
            snippet += &argument.snippet(index + 1, self.inside.quoting);
        }
        if required == 0 && !function.parameters.is_empty() {
            snippet += "$1";
        }
        item.snippet = Some(snippet + ")$0");
        if function.parameters.is_empty() {
            item.text += "()";
        }
        item
    }
}

/// What stands in the place of an argument until it is written: text, then a hole with a proposal, then text.
struct Argument {
    before: String,
    proposal: String,
    after: String,
}

impl Argument {
    fn plain(proposal: impl Into<String>) -> Argument {
        Argument { before: String::new(), proposal: proposal.into(), after: String::new() }
    }

    fn around(before: impl Into<String>, proposal: impl Into<String>, after: impl Into<String>) -> Argument {
        Argument { before: before.into(), proposal: proposal.into(), after: after.into() }
    }

    fn snippet(&self, number: usize, quoting: Quoting) -> String {
        let write = |text: &str| escape(&quoted(quoting, text));
        format!("{}${{{number}:{}}}{}", write(&self.before), write(&self.proposal), write(&self.after))
    }
}

/// A text as it is written in a string.
fn quoted(quoting: Quoting, text: &str) -> String {
    match quoting {
        Quoting::Double => text.replace('\\', "\\\\").replace('"', "\\\""),
        Quoting::Single => text.replace('\'', "''"),
        Quoting::Plain | Quoting::Block => text.to_owned(),
    }
}

/// The members of an object of the context that have a value here.
fn members(word: &Word, owner: &str, members: &'static [Member], items: &mut Vec<Completion>) {
    let inside = word.inside;
    for member in members {
        let available = is_available(&inside.placed, inside.place, inside.field, member.availability);
        if available == Some(false) {
            continue;
        }
        let mut item = word.item(member.name, Kind::Member);
        item.detail = member.kind.name().to_owned();
        item.docs = context_text(&format!("{owner}.{}", member.name), member).into();
        items.push(item);
    }
}
