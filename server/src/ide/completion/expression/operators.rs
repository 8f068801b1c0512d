//! Behind a whole value of JSONata, where only an operator can follow.

use super::Word;
use crate::catalog::operators::{self as operator, Operator};
use crate::ide::completion::{Completion, Kind};
use crate::ide::hover::operator_text;

const WORDS: [(&str, &Operator); 3] = [("and", &operator::AND), ("or", &operator::OR), ("in", &operator::IN)];

const SIGNS: [(&str, &Operator); 14] = [
    ("&", &operator::CONCATENATE),
    ("~>", &operator::CHAIN),
    ("? :", &operator::CONDITION),
    ("=", &operator::EQUAL),
    ("!=", &operator::NOT_EQUAL),
    ("<", &operator::LESS),
    ("<=", &operator::LESS_EQUAL),
    (">", &operator::GREATER),
    (">=", &operator::GREATER_EQUAL),
    ("+", &operator::ADD),
    ("-", &operator::SUBTRACT),
    ("*", &operator::MULTIPLY),
    ("/", &operator::DIVIDE),
    ("%", &operator::REMAINDER),
];

/// Who types letters can only mean a word. Where none are typed, nobody is bothered: a blank asks for nothing, so
/// somebody wants to see all there are.
pub(super) fn complete(word: &Word, items: &mut Vec<Completion>) {
    if word.typed().is_empty() && (is_followed_by_one(word) || word.before().ends_with(['"', '\''])) {
        return;
    }
    items.extend(WORDS.map(|(label, meaning)| item(word, label, meaning)));
    if word.typed().is_empty() {
        items.extend(SIGNS.map(|(label, meaning)| item(word, label, meaning)));
    }
}

fn item(word: &Word, label: &str, meaning: &Operator) -> Completion {
    let mut item = word.item(label, Kind::Operator);
    item.detail = meaning.name.to_owned();
    item.docs = operator_text(meaning).into();
    if let Some((question, colon)) = label.split_once(' ') {
        item.text = question.to_owned();
        item.snippet = Some(format!("{question} $1 {colon} $2"));
    }
    item
}

/// Does an operator stand behind the cursor already?
fn is_followed_by_one(word: &Word) -> bool {
    let rest = word.inside.code()[word.inside.offset as usize..].trim_start();
    let first = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    rest.starts_with(['&', '~', '?', '=', '!', '<', '>', '+', '-', '*', '/', '%', '.', '[', '^', '@', '#'])
        || WORDS.iter().any(|(label, _)| *label == first)
}
