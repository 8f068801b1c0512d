use super::duplicate_state_name::{RENAMED, rename};
use crate::asl::Machine;
use crate::check::Report;

rule! {
    /// # State named in another style than the others
    ///
    /// Nearly all states of this machine are named in one style: `LoadOrder`, `loadOrder`, `load_order`, `load-order`
    /// or `Load order`. This one is not.
    ///
    /// ```asl fails
    /// { "StartAt": "LoadOrder", "States": {
    ///   "LoadOrder": { "Type": "Pass", "Next": "CheckStock" },
    ///   "CheckStock": { "Type": "Pass", "Next": "TakePayment" },
    ///   "TakePayment": { "Type": "Pass", "Next": "PackGoods" },
    ///   "PackGoods": { "Type": "Pass", "Next": "send_parcel" },
    ///   "send_parcel": { "Type": "Succeed" }
    ///   ^^^^^^^^^^^^^ the other states are named like `SendParcel`
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "LoadOrder", "States": {
    ///   "LoadOrder": { "Type": "Pass", "Next": "CheckStock" },
    ///   "CheckStock": { "Type": "Pass", "Next": "TakePayment" },
    ///   "TakePayment": { "Type": "Pass", "Next": "PackGoods" },
    ///   "PackGoods": { "Type": "Pass", "Next": "SendParcel" },
    ///   "SendParcel": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "LoadOrder", "States": {
    ///   "LoadOrder": { "Type": "Pass", "Next": "check stock" },
    ///   "check stock": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static STATE_NAME_STYLE = { "state-name-style", Hint, Machine(check), off, fixable }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    Pascal,
    Camel,
    Snake,
    Kebab,
    Words,
}

const STYLES: [Style; 5] = [Style::Pascal, Style::Camel, Style::Snake, Style::Kebab, Style::Words];
/// With fewer names in one style nobody can speak of a style.
const ENOUGH: usize = 4;

fn check(machine: &Machine, report: &mut Report) {
    let names: Vec<&str> = machine.states().map(|state| machine.state(state).name()).collect();
    let styles: Vec<Option<Style>> = names.iter().map(|name| style(name)).collect();
    let count = |style: Style| styles.iter().filter(|it| **it == Some(style)).count();
    let told = styles.iter().flatten().count();
    let Some(usual) = STYLES.into_iter().max_by_key(|style| count(*style)) else { return };
    if count(usual) < ENOUGH || count(usual) * 5 < told * 4 {
        return;
    }
    let mut renamed = 0;
    for (state, own) in machine.states().zip(&styles) {
        if own.is_none_or(|own| own == usual) {
            continue;
        }
        let key = machine.state(state).key();
        let name = in_style(key.text(), usual);
        let finding = report.at(key, format!("the other states are named like `{name}`"));
        renamed += 1;
        if renamed <= RENAMED && machine.named(&name).next().is_none() {
            finding.fix(format!("Rename to `{name}`"), rename(machine, state, &name), false);
        }
    }
}

/// The style of a name of several words; one word has none.
fn style(name: &str) -> Option<Style> {
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-'));
    if !plain || words(name).len() < 2 {
        return None;
    }
    let capital = name.starts_with(char::is_uppercase);
    match (name.contains(' '), name.contains('_'), name.contains('-')) {
        (false, false, false) if capital => Some(Style::Pascal),
        (false, false, false) => Some(Style::Camel),
        (true, false, false) => Some(Style::Words),
        (false, true, false) => Some(Style::Snake),
        (false, false, true) => Some(Style::Kebab),
        _ => None,
    }
}

fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in name.chars() {
        let separator = matches!(c, ' ' | '_' | '-');
        let new = matches!(before, ' ' | '_' | '-') || c.is_uppercase() && !before.is_uppercase();
        if !separator && new {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| !separator) {
            word.push(c);
        }
        before = c;
    }
    words
}

fn in_style(name: &str, style: Style) -> String {
    let capital = |word: &String| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    let lower: Vec<String> = words(name).iter().map(|word| word.to_lowercase()).collect();
    let joined: String = lower.iter().map(capital).collect();
    match style {
        Style::Pascal => joined,
        Style::Camel => lower.first().into_iter().cloned().chain(lower.iter().skip(1).map(capital)).collect(),
        Style::Snake => lower.join("_"),
        Style::Kebab => lower.join("-"),
        Style::Words => {
            let rest = lower.iter().skip(1).cloned();
            lower.first().map(capital).into_iter().chain(rest).collect::<Vec<_>>().join(" ")
        }
    }
}
