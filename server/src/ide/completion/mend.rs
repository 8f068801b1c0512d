//! YAML with a line that is only begun: often nothing around it can be read. Finished in the shortest way, it can.

use asl_grammar::syntax::Format;
use asl_grammar::text::Text;

use crate::analysis::Analysis;

/// The same document with what is missing on the line of the cursor: the colon of a key, or brackets. None when nothing
/// is, or when it could be read as it is.
pub(super) fn mended(analysis: &Analysis, offset: usize) -> Option<Analysis> {
    let syntax = &analysis.syntax;
    if syntax.format != Format::Yaml || syntax.errors().is_empty() {
        return None;
    }
    let text = &analysis.text;
    let range = text.line_range(text.line_of(offset));
    let line = text.slice(range.clone());
    let missing = missing(&line, offset.checked_sub(range.start)?)?;
    let end = range.start + line.trim_end().len();
    if end < offset.min(range.end) && !missing.starts_with([']', '}', '"', '\'']) {
        return None;
    }
    let mut whole = text.clone();
    whole.edit(end.max(offset)..end.max(offset), &missing);
    let mended = Analysis::update(analysis, Text::new(&whole.to_string()), None, analysis.config().clone());
    (mended.syntax.errors().len() < syntax.errors().len()).then_some(mended)
}

/// What a line needs.
fn missing(line: &str, cursor: usize) -> Option<String> {
    let content = line.trim_start().trim_start_matches("- ");
    if content.starts_with('#') {
        return None;
    }
    let mut open = Vec::new();
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) if line[..at].ends_with([' ', '[', '{', ',']) || at == 0 => quote = Some(c),
            ('[', None) => open.push(']'),
            ('{', None) if !line[..at].ends_with(['$', '#']) => open.push('}'),
            (']' | '}', None) if open.last() == Some(&c) => _ = open.pop(),
            _ => {}
        }
    }
    let mut missing: String = quote.into_iter().collect();
    missing.extend(open.into_iter().rev());
    if !missing.is_empty() {
        return Some(missing);
    }
    let is_word = !content.trim().is_empty()
        && content.trim().chars().all(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | ' ' | '.' | '$'));
    (is_word && cursor <= line.len()).then(|| ":".to_owned())
}
