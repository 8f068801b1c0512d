//! Where an expression could begin: in an empty string, or where no value stands yet.

use asl_grammar::spot::Slot;

use super::Word;
use super::path::ROOTS;
use crate::asl::expressions::Role;
use crate::catalog::fields::{Intrinsics, PathKind};
use crate::catalog::operators::PATH_CONTEXT;
use crate::ide::completion::write::{escape, text};
use crate::ide::completion::{Completion, Context, Kind};
use crate::ide::expression::{self, Inside};
use crate::ide::hover::operator_text;

/// The marks of JSONata, in a string that is empty or begins with a part of them.
pub(super) fn marks(inside: &Inside, items: &mut Vec<Completion>) {
    if inside.role != Role::Jsonata || !inside.code().is_empty() && inside.code() != "{" {
        return;
    }
    let word = Word::new(inside, |c| c == '{');
    items.push(with_marks(word.item("{% %}", Kind::Value), ""));
}

fn with_marks(mut item: Completion, quote: &str) -> Completion {
    item.detail = "JSONata expression".to_owned();
    item.text = format!("{quote}{{%  %}}{quote}");
    item.snippet = Some(format!("{quote}{{% $1 %\\}}{quote}"));
    item.first = true;
    item
}

/// The same where not even the quotes are there.
pub(in crate::ide::completion) fn empty(context: &Context, items: &mut Vec<Completion>) {
    let spot = &context.spot;
    if spot.quote.is_some() || !spot.prefix.is_empty() || spot.slot == Slot::Key {
        return;
    }
    let key = spot.key.filter(|_| spot.slot == Slot::Value);
    let Some(container) = spot.container else { return };
    match expression::role(context.analysis, container, key) {
        Some(Role::Jsonata) => {
            let mut item = text(context, "{% %}", Kind::Value);
            let comma = if item.text.ends_with(',') { "," } else { "" };
            item = with_marks(item, "\"");
            item.text += comma;
            item.snippet = item.snippet.map(|snippet| snippet + comma);
            item.filter = "{% %}".to_owned();
            items.push(item);
        }
        Some(Role::Path(kind)) => roots(context, kind, items),
        Some(Role::Template) => roots(context, PathKind::Template, items),
        _ => {}
    }
}

fn roots(context: &Context, kind: PathKind, items: &mut Vec<Completion>) {
    for (root, meaning) in ROOTS.iter().filter(|(_, meaning)| kind.context() || **meaning != PATH_CONTEXT) {
        let mut item = text(context, root, Kind::Variable);
        item.detail = meaning.name.to_owned();
        item.docs = operator_text(meaning).into();
        item.first = true;
        if let Some(at) = root.ends_with('.').then(|| item.text.rfind('.')).flatten() {
            let (head, tail) = item.text.split_at(at + 1);
            item.snippet = Some(format!("{}$1{}", escape(head), escape(tail)));
        }
        items.push(item);
    }
    if kind.intrinsics() != Intrinsics::None {
        let mut item = text(context, "States.", Kind::Function);
        item.detail = "intrinsic function".to_owned();
        if let Some((head, tail)) = item.text.split_once("States.") {
            item.snippet = Some(format!("{}States.$1{}", escape(head), escape(tail)));
        }
        items.push(item);
    }
}
