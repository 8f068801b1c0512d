//! Placeholders: what `${Name}` is, and where else it stands.

use asl_grammar::tree::Kind;

use super::Hover;
use crate::analysis::Analysis;
use crate::asl::{is_expression, placeholders};
use crate::catalog::placeholders::find;
use crate::ide::locate::Located;
use crate::ide::markdown::code;

/// As many lines fit into a hover.
const LINES: usize = 12;

pub(super) fn hover(analysis: &Analysis, located: &Located, offset: usize) -> Option<Hover> {
    let node = located.node;
    if !matches!(node.kind(), Kind::String | Kind::Opaque) {
        return None;
    }
    let text = node.text();
    let at = node.inner_offset(offset);
    let hole = placeholders(text).find(|hole| hole.contains(&at))?;
    let placeholder = &text[hole.clone()];
    let (family, summary) = find(placeholder)?;
    // In an expression `${…}` may as well group what stands before it; only a name says that it does not.
    if is_expression(text) && placeholder.contains(['(', ' ']) {
        return None;
    }
    let range = node.source_range(hole);
    let mut markdown = format!("{} – {}\n\n{summary}", code(placeholder), family.title);
    markdown += &others(analysis, placeholder, analysis.text.line_of(range.start));
    if let Some(link) = family.link {
        markdown += &format!("\n\n[Documentation]({link})");
    }
    Some(Hover { range, markdown })
}

/// The other lines on which it stands.
fn others(analysis: &Analysis, placeholder: &str, here: usize) -> String {
    let text = analysis.text.slice(0..analysis.text.len());
    let lines = text.match_indices(placeholder).map(|(at, _)| analysis.text.line_of(at));
    let mut lines: Vec<usize> = lines.filter(|line| *line != here).collect();
    lines.dedup();
    if lines.is_empty() {
        return String::new();
    }
    let shown: Vec<String> = lines.iter().take(LINES).map(|line| (line + 1).to_string()).collect();
    let more = match lines.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("\n\nAlso on line{} {}{more}", if lines.len() == 1 { "" } else { "s" }, shown.join(", "))
}
