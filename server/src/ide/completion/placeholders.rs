//! Names between `${` and `}`, which the deployment fills in: those that the document uses already.

use std::collections::BTreeSet;

use super::write::blank;
use super::{Completion, Context, Kind};
use crate::asl::placeholders;

/// Offers names when the cursor stands in a placeholder. False when it does not, or when there are none.
pub(super) fn complete(context: &Context, items: &mut Vec<Completion>) -> bool {
    let spot = &context.spot;
    let Some(typed) = open_placeholder(&spot.prefix) else { return false };
    let start = spot.typed.end - typed.len();
    let text = &context.analysis.text;
    let rest = text.slice(spot.rest.clone());
    // What follows of the name, and its bracket if it has one.
    let end = rest.find(|it: char| !is_name(it)).unwrap_or(rest.len());
    let closed = rest[end..].starts_with('}');
    for name in names(context) {
        let mut item = blank(context, &format!("{}{name}}}", &typed[..2]), Kind::Placeholder);
        item.range = start..spot.typed.end;
        item.filter = format!("{}{name}", &typed[..2]);
        item.detail = "placeholder".into();
        item.text = format!("{}{name}", &typed[..2]);
        if !closed {
            item.text.push('}');
        } else if end > 0 {
            item.more.push(asl_grammar::text::Edit {
                range: spot.typed.end..spot.typed.end + end,
                text: String::new(),
            });
        }
        items.push(item);
    }
    !items.is_empty()
}

/// The `${Na` that a text ends with.
pub(super) fn open_placeholder(prefix: &str) -> Option<&str> {
    let at = prefix.rfind("${").or_else(|| prefix.rfind("#{"))?;
    let typed = &prefix[at..];
    typed[2..].chars().all(is_name).then_some(typed)
}

fn is_name(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '_' | '.' | ':' | '-')
}

/// What fills a Resource elsewhere: `${Function}`.
pub(super) fn resources(context: &Context, items: &mut Vec<Completion>) {
    if !context.spot.prefix.is_empty() {
        return;
    }
    let analysis = context.analysis;
    let calls = (0..=analysis.syntax.parts.len()).filter_map(|it| analysis.placed(it));
    let texts = calls.flat_map(|it| it.calls()).map(|it| it.resource()).filter(|it| {
        let text = it.text();
        let whole = text.starts_with("${") && text.find('}') == Some(text.len() - 1);
        whole && !it.touches(context.offset)
    });
    let texts: BTreeSet<&str> = texts.map(|it| it.text()).collect();
    for name in texts {
        let mut item = super::write::text(context, name, Kind::Placeholder);
        item.detail = "placeholder".into();
        items.push(item);
    }
}

/// The names that stand elsewhere in the document, in alphabetical order.
pub(super) fn names(context: &Context) -> Vec<String> {
    let text = context.analysis.text.to_string();
    let mut names = BTreeSet::new();
    for line in text.split(['\n', '"', '\'']).filter(|it| it.contains('{')) {
        let found = placeholders(line).map(|it| &line[it.start + 2..it.end - 1]);
        names.extend(found.filter(|it| !it.is_empty() && it.chars().all(is_name)).map(str::to_owned));
    }
    if let Some(typed) = open_placeholder(&context.spot.prefix) {
        let rest = context.analysis.text.slice(context.spot.rest.clone());
        let tail: String = rest.chars().take_while(|it| is_name(*it)).collect();
        let own = format!("{}{tail}", &typed[2..]);
        // The name at the cursor does not count, unless it stands elsewhere.
        if text.matches(&format!("{{{own}}}")).count() < 2 {
            names.remove(&own);
        }
    }
    names.into_iter().collect()
}
