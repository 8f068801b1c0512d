//! The rules that a `Comment` silences.

use asl_grammar::tree::Kind;

use super::Hover;
use crate::asl::silencer::silenced;
use crate::check::Rule;
use crate::config::Config;
use crate::ide::locate::Located;

pub(super) fn hover(located: &Located, offset: usize, config: &Config) -> Option<Hover> {
    let node = located.node;
    let (_, member, field) = located.field().filter(|_| node.kind() == Kind::String)?;
    if field.name != "Comment" || member.value != node {
        return None;
    }
    let at = node.inner_offset(offset);
    let mut codes = silenced(node.text()).into_iter();
    let (code, place) = codes.find(|(_, place)| place.start <= at && at <= place.end)?;
    let rule = Rule::named(code)?;
    let level = match config.level(rule) {
        Some(level) => format!("reported as {}", with_article(level.name())),
        None => "switched off".to_owned(),
    };
    let markdown = format!(
        "`{code}` – {}\n\nA rule that is silenced here; elsewhere {level}.\n\n[Documentation]({})",
        rule.title(),
        rule.url()
    );
    Some(Hover { range: node.source_range(place), markdown })
}

fn with_article(level: &str) -> String {
    match level {
        "error" => "an error".to_owned(),
        "information" => level.to_owned(),
        _ => format!("a {level}"),
    }
}
