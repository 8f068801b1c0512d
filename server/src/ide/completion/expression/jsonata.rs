//! Inside JSONata: functions, variables, and the members of `$states`.

use asl_grammar::jsonata::scope::{BindingKind, visible_at};
use asl_grammar::jsonata::{NodeKind, Token, TokenClass, Tree};

use super::{Argument, Word, members, operators};
use crate::analysis::Analysis;
use crate::asl::availability::is_available;
use crate::catalog::context::{Found, Member, STATES, find_in};
use crate::catalog::functions::{Function, JSONATA, Origin};
use crate::ide::completion::write::escape;
use crate::ide::completion::{Completion, Kind};
use crate::ide::expression::Inside;
use crate::ide::hover::{binding_text, context_text, lambda_label, variable_summary, variable_text};

pub(super) fn complete(analysis: &Analysis, inside: &Inside, tree: &Tree, items: &mut Vec<Completion>) {
    let word = Word::new(inside, is_name);
    let before = Before::new(tree, &word, inside.offset);
    if before.in_text || before.names_something() || word.after().trim_start().starts_with(":=") {
        return;
    }
    let is_variable = word.typed().starts_with('$');
    if before.ends_with(".") {
        if let Some(names) = before.states_path() {
            let found = find_in(STATES, names.iter().copied());
            let owner = ["$states"].iter().chain(&names).copied().collect::<Vec<_>>().join(".");
            match found {
                Found::Whole => members(&word, &owner, STATES, items),
                Found::Member(member) => members(&word, &owner, member.kind.members(), items),
                Found::Free | Found::Unknown(_) => {}
            }
            return;
        }
        // Fields are not guessed; a function can stand there, with the item for its argument.
        if !is_variable {
            return;
        }
    } else if before.ends_operand() && !is_variable {
        if !before.ends_parameters() {
            operators::complete(&word, items);
        }
        return;
    }
    local(&word, tree, items);
    states(&word, items);
    variables(analysis, &word, items);
    functions(&word, items);
    if !is_variable {
        keywords(&word, items);
    }
    // Somebody who types `sum` means `$sum`, and some editors compare from the first letter on.
    if !word.typed().is_empty() && !is_variable {
        for item in items.iter_mut().filter(|it| it.filter.starts_with('$')) {
            item.filter.remove(0);
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// The tokens before the word at the cursor.
struct Before<'t> {
    tokens: &'t [Token],
    text: &'t str,
    /// The cursor stands in a text, a comment or a regular expression.
    in_text: bool,
}

impl<'t> Before<'t> {
    fn new(tree: &'t Tree, word: &Word, offset: u32) -> Before<'t> {
        let tokens = tree.tokens();
        let start = word.start as u32;
        let count = tokens.partition_point(|token| token.span.end <= start);
        let around = tokens.iter().find(|token| token.span.start < offset && offset <= token.span.end);
        let in_text = around.is_some_and(|token| {
            let text = token.span.text(tree.text());
            let closed = |mark: char| text.len() > 1 && text.ends_with(mark) && offset == token.span.end;
            match token.class {
                TokenClass::String => !closed(text.chars().next().unwrap_or('"')),
                TokenClass::Comment => !(text.ends_with("*/") && offset == token.span.end),
                TokenClass::Regex | TokenClass::Number | TokenClass::Signature => true,
                TokenClass::Name => text.starts_with('`') && !closed('`'),
                _ => false,
            }
        });
        let tokens = &tokens[..count];
        Before { tokens, text: tree.text(), in_text }
    }

    /// The tokens from the cursor to the front, without comments.
    fn back(&self) -> impl Iterator<Item = (&'t str, TokenClass)> {
        let text = self.text;
        let real = self.tokens.iter().rev().filter(|token| token.class != TokenClass::Comment);
        real.map(move |token| (token.span.text(text), token.class))
    }

    fn ends_with(&self, mark: &str) -> bool {
        self.back().next().is_some_and(|(text, _)| text == mark)
    }

    /// Is a value complete before the cursor, so that only an operator can follow?
    fn ends_operand(&self) -> bool {
        use TokenClass::*;
        self.back().next().is_some_and(|(text, class)| match class {
            Name | Variable | Parameter | Function | Context | String | Number | Regex => true,
            Keyword => matches!(text, "true" | "false" | "null"),
            Punctuation => matches!(text, ")" | "]" | "}"),
            _ => false,
        })
    }

    /// Is a name expected here that does not exist yet: a parameter of a function, or what `@` and `#` bind?
    fn names_something(&self) -> bool {
        matches!(self.back().next(), Some(("@" | "#", _))) || Self::follows_parameters(self.back())
    }

    /// Are the parameters of a function complete, so that its body follows?
    fn ends_parameters(&self) -> bool {
        let mut back = self.back();
        matches!(back.next(), Some((")", _))) && Self::follows_parameters(back)
    }

    /// Does it lead over parameters to the beginning of a function?
    fn follows_parameters(back: impl Iterator<Item = (&'t str, TokenClass)>) -> bool {
        let mut back = back.peekable();
        while back.next_if(|(text, _)| *text == "," || text.starts_with('$')).is_some() {}
        let open = back.next().is_some_and(|(text, _)| text == "(");
        open && matches!(back.next(), Some(("function" | "λ", TokenClass::Keyword | TokenClass::Name)))
    }

    /// The names between `$states` and the dot before the cursor.
    fn states_path(&self) -> Option<Vec<&'t str>> {
        let mut names = Vec::new();
        let mut back = self.back();
        loop {
            back.next().filter(|(text, _)| *text == ".")?;
            match back.next()? {
                ("$states", _) => break,
                (name, TokenClass::Name) => names.push(name.trim_matches('`')),
                _ => return None,
            }
        }
        names.reverse();
        Some(names)
    }
}

/// What the expression binds itself.
fn local(word: &Word, tree: &Tree, items: &mut Vec<Completion>) {
    for binding in visible_at(tree, word.inside.offset) {
        // What is being typed is not known by itself.
        if tree.span(binding.node).touches(word.inside.offset) || binding.name.is_empty() {
            continue;
        }
        let label = format!("${}", binding.name);
        let mut item = word.item(&label, Kind::Variable);
        item.docs = binding_text(tree, &binding).into();
        item.first = true;
        item.detail = match binding.kind {
            BindingKind::Parameter => "parameter",
            BindingKind::Assignment => "bound in this expression",
            BindingKind::Focus => "item",
            BindingKind::Index => "position",
        }
        .to_owned();
        let bind = tree.parent(binding.node).filter(|&it| tree.kind(it) == NodeKind::Bind);
        let value = bind.and_then(|bind| tree.children(bind).get(1)).copied();
        if let Some(lambda) = value.filter(|&it| tree.kind(it) == NodeKind::Lambda) {
            item.kind = Kind::Function;
            item.detail = lambda_label(tree, binding.name, lambda).trim_start_matches(&label).to_owned();
            if !word.after().starts_with('(') {
                item.snippet = Some(format!("{}($1)$0", escape(&item.text)));
            }
        }
        items.push(item);
    }
}

/// `$states` and its members, as far as they exist here.
fn states(word: &Word, items: &mut Vec<Completion>) {
    let inside = word.inside;
    let exists = |member: &&Member| {
        is_available(&inside.placed, inside.place, inside.field, member.availability) != Some(false)
    };
    let members: Vec<&Member> = STATES.iter().filter(exists).collect();
    let mut whole = word.item("$states", Kind::Variable);
    whole.detail = members.iter().map(|member| member.name).collect::<Vec<_>>().join(", ");
    whole.first = true;
    items.push(whole);
    if word.after().starts_with('.') {
        return;
    }
    for member in members {
        let label = format!("$states.{}", member.name);
        let mut item = word.item(&label, Kind::Member);
        item.detail = member.kind.name().to_owned();
        item.docs = context_text(&label, member).into();
        item.first = true;
        items.push(item);
    }
}

/// The variables of the workflow that are, or may be, assigned when the state begins.
fn variables(analysis: &Analysis, word: &Word, items: &mut Vec<Completion>) {
    for (label, detail, docs) in visible(analysis, word.inside) {
        if items.iter().any(|item| item.label == label) {
            continue;
        }
        let mut item = word.item(&label, Kind::Variable);
        item.detail = detail;
        item.docs = docs.into();
        item.first = true;
        items.push(item);
    }
}

/// Those variables with a few words and many.
pub(super) fn visible(analysis: &Analysis, inside: &Inside) -> Vec<(String, String, String)> {
    let Some(machine) = analysis.machine() else { return Vec::new() };
    let Some(state) = inside.state(&machine) else { return Vec::new() };
    let found = machine.variables().visible_to(&machine, state);
    let shown = found.iter().map(|variable| {
        let docs = variable_text(analysis, &machine, variable.name, variable.known, &variable.assigned);
        (format!("${}", variable.name), variable_summary(&machine, variable), docs)
    });
    shown.collect()
}

fn functions(word: &Word, items: &mut Vec<Completion>) {
    for function in JSONATA.iter().filter(|it| it.origin != Origin::Removed) {
        if !items.iter().any(|item| item.label == function.name) {
            items.push(word.call(function, |index| argument(function, index)));
        }
    }
}

fn argument(function: &Function, index: usize) -> Option<Argument> {
    let parameter = function.parameters.get(index)?;
    if parameter.name == "function" {
        let head = format!("function({}) {{ ", function.callback().join(", "));
        return Some(Argument::around(head, "$v", " }"));
    }
    Some(Argument::plain(parameter.name))
}

fn keywords(word: &Word, items: &mut Vec<Completion>) {
    for name in ["true", "false", "null"] {
        items.push(word.item(name, Kind::Value));
    }
    let mut item = word.item("function", Kind::Value);
    item.detail = "function($v) { … }".to_owned();
    if !word.after().trim_start().starts_with('(') {
        let body = [Argument::around("function(", "$v", ") { "), Argument::around("", "$v", " }")];
        let body = body.iter().enumerate().map(|(at, it)| it.snippet(at + 1, word.inside.quoting));
        item.snippet = Some(body.collect::<String>() + "$0");
    }
    items.push(item);
}
