//! Inside paths and calls of intrinsic functions.

use asl_grammar::intrinsic::{NodeKind, Tree};

use super::jsonata::visible;
use super::{Argument, Word, members};
use crate::analysis::Analysis;
use crate::asl::expressions::Role;
use crate::catalog::context::{CONTEXT, Found, find_in};
use crate::catalog::fields::{Intrinsics, PathKind};
use crate::catalog::functions::{Function, HASH_ALGORITHMS, INTRINSICS, Kind as Takes};
use crate::catalog::operators::{self as operator, Operator};
use crate::ide::completion::write::escape;
use crate::ide::completion::{Completion, Kind};
use crate::ide::expression::Inside;
use crate::ide::hover::operator_text;

/// The root of a path with what is typed behind it, and what it is.
pub(super) const ROOTS: [(&str, &Operator); 3] =
    [("$", &operator::PATH_INPUT), ("$.", &operator::PATH_INPUT), ("$$.", &operator::PATH_CONTEXT)];

pub(super) fn complete(analysis: &Analysis, inside: &Inside, items: &mut Vec<Completion>) {
    if inside.intrinsic().is_some_and(|tree| in_text(tree, inside.offset)) {
        return;
    }
    let whole = Word::new(inside, is_path);
    let step = Word::new(inside, is_name);
    let takes = Allowed::of(inside);
    if let Some(names) = whole.typed().strip_prefix("$$.") {
        if takes.context {
            context(&step, names, items);
        }
        return;
    }
    let before = whole.before().trim_end();
    let begins = before.is_empty() || takes.intrinsics != Intrinsics::None && before.ends_with(['(', ',']);
    // A path has begun: the fields of a document that nobody knows are not guessed.
    let steps = whole.typed().contains('.') && !whole.typed().starts_with("States.");
    if !begins || steps {
        return;
    }
    if whole.typed().is_empty() || whole.typed().starts_with('$') {
        // The steps behind the root stay.
        let root = Word { end: whole.start + root_len(&inside.code()[whole.start..whole.end]), ..whole };
        roots(&root, &takes, items);
        for (label, detail, docs) in visible(analysis, inside).into_iter().filter(|_| takes.variables) {
            let mut item = root.item(&label, Kind::Variable);
            item.detail = detail;
            item.docs = docs.into();
            items.push(item);
        }
    }
    let inner = !before.is_empty();
    let all = inner || takes.intrinsics == Intrinsics::All;
    if takes.intrinsics != Intrinsics::None && !whole.typed().starts_with('$') {
        for function in INTRINSICS.iter().filter(|it| all || it.gives_text) {
            items.push(whole.call(function, |index| argument(function, index)));
        }
    }
}

/// What the place takes.
struct Allowed {
    context: bool,
    variables: bool,
    intrinsics: Intrinsics,
}

impl Allowed {
    fn of(inside: &Inside) -> Allowed {
        let kind = match inside.role {
            Role::Path(kind) => kind,
            _ => PathKind::Template,
        };
        Allowed { context: kind.context(), variables: kind.variables(), intrinsics: kind.intrinsics() }
    }
}

/// How much of a path is its root.
fn root_len(path: &str) -> usize {
    let name = path.trim_start_matches('$');
    path.len() - name.trim_start_matches(is_name).len()
}

fn is_path(c: char) -> bool {
    is_name(c) || matches!(c, '.' | '$')
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Is the cursor between the quotes of a text?
fn in_text(tree: &Tree, offset: u32) -> bool {
    tree.ids().map(|id| tree.node(id)).any(|node| {
        let closed = node.span.end - node.span.start > 1 && node.span.text(tree.text()).ends_with('\'');
        matches!(node.kind, NodeKind::String(_))
            && node.span.start < offset
            && (offset < node.span.end || offset == node.span.end && !closed)
    })
}

/// The members of the context object behind the names that are there already.
fn context(step: &Word, names: &str, items: &mut Vec<Completion>) {
    let known: Vec<&str> = names.rsplit_once('.').map_or(Vec::new(), |(known, _)| known.split('.').collect());
    let owner = ["$$"].iter().chain(&known).copied().collect::<Vec<_>>().join(".");
    match find_in(CONTEXT, known.iter().copied()) {
        Found::Whole => members(step, &owner, CONTEXT, items),
        Found::Member(member) => members(step, &owner, member.kind.members(), items),
        Found::Free | Found::Unknown(_) => {}
    }
}

fn roots(word: &Word, takes: &Allowed, items: &mut Vec<Completion>) {
    for (root, meaning) in ROOTS {
        let begins_step = root.ends_with('.') && word.after().starts_with(['.', '[']);
        if root.starts_with("$$") && !takes.context || begins_step {
            continue;
        }
        let mut item = word.item(root, Kind::Variable);
        item.detail = meaning.name.to_owned();
        item.docs = operator_text(meaning).into();
        item.first = true;
        item.snippet = root.ends_with('.').then(|| escape(&item.text) + "$1");
        items.push(item);
    }
}

/// What stands for an argument until it is written.
fn argument(function: &Function, index: usize) -> Option<Argument> {
    let parameter = function.parameters.get(index)?;
    Some(match (parameter.name, parameter.kinds) {
        ("template", _) => Argument::around("'", "{}", "'"),
        ("algorithm", _) => Argument::around("'", HASH_ALGORITHMS[2], "'"),
        ("delimiters", _) => Argument::around("'", ",", "'"),
        ("deep", _) => Argument::plain("false"),
        ("index" | "start", _) => Argument::plain("0"),
        ("last" | "end", _) => Argument::plain("10"),
        (_, [Takes::Integer]) => Argument::plain("1"),
        _ => Argument::plain(format!("$.{}", parameter.name)),
    })
}
