//! The words in a `Comment` that silence findings: `asl-lsp: allow(code, code)`.

use std::ops::Range;

pub const MARK: &str = "asl-lsp: allow(";

/// Does a comment silence anything?
pub fn silences(comment: &str) -> bool {
    comment.contains(MARK)
}

/// The codes that a comment names, with their places in it.
pub fn silenced(comment: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    for (at, _) in comment.match_indices(MARK) {
        let start = at + MARK.len();
        let list = comment[start..].split(')').next().unwrap_or("");
        let mut offset = start;
        for piece in list.split(',') {
            let code = piece.trim();
            let from = offset + (piece.len() - piece.trim_start().len());
            if !code.is_empty() {
                found.push((code, from..from + code.len()));
            }
            offset += piece.len() + 1;
        }
    }
    found
}
