//! Semantic tokens as the protocol wants them: in lines and columns, each told by its distance from the one before.

use asl_grammar::text::{Encoding, Text};
use tower_lsp::lsp_types::{SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokensEdit};
use tower_lsp::lsp_types::{SemanticTokens, SemanticTokensDelta, SemanticTokensLegend};

use crate::ide::tokens::Token;

/// What the numbers of [`encode`] mean. The order is that of `TokenKind` and `Modifiers`.
pub(crate) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: vec![
            SemanticTokenType::CLASS,
            SemanticTokenType::ENUM_MEMBER,
            SemanticTokenType::NAMESPACE,
            SemanticTokenType::METHOD,
            SemanticTokenType::DECORATOR,
            SemanticTokenType::FUNCTION,
            SemanticTokenType::VARIABLE,
            SemanticTokenType::PARAMETER,
            SemanticTokenType::PROPERTY,
            SemanticTokenType::TYPE,
            SemanticTokenType::STRING,
            SemanticTokenType::NUMBER,
            SemanticTokenType::REGEXP,
            SemanticTokenType::KEYWORD,
            SemanticTokenType::OPERATOR,
            SemanticTokenType::COMMENT,
            SemanticTokenType::MACRO,
        ],
        token_modifiers: vec![
            SemanticTokenModifier::DECLARATION,
            SemanticTokenModifier::DEFAULT_LIBRARY,
            SemanticTokenModifier::READONLY,
        ],
    }
}

/// The tokens of a text, in one walk through it. A client that does not take tokens of several lines gets one for each
/// line, without the indentation.
pub(crate) fn encode(
    text: &Text,
    tokens: &[Token],
    encoding: Encoding,
    multiline: bool,
) -> Vec<SemanticToken> {
    let source = text.to_string();
    let mut place = Place { offset: 0, line: 0, column: 0 };
    let mut last = (0, 0);
    let mut encoded = Vec::with_capacity(tokens.len());
    for token in tokens {
        let Some(whole) = source.get(token.range.clone()) else { continue };
        let mut start = token.range.start;
        let pieces = if multiline { vec![whole] } else { whole.split_inclusive(['\n', '\r']).collect() };
        for (index, piece) in pieces.into_iter().enumerate() {
            let end = start + piece.len();
            let ended = if multiline { piece } else { piece.trim_end_matches(['\n', '\r']) };
            let shown = if index > 0 { ended.trim_start() } else { ended };
            start += ended.len() - shown.len();
            if !shown.is_empty() {
                place.advance(&source, start, encoding);
                let (line, column) = (place.line, place.column);
                encoded.push(SemanticToken {
                    delta_line: line - last.0,
                    delta_start: if line == last.0 { column - last.1 } else { column },
                    length: shown.bytes().map(|byte| units(byte, encoding)).sum(),
                    token_type: token.kind as u32,
                    token_modifiers_bitset: token.modifiers.0,
                });
                last = (line, column);
            }
            start = end;
        }
    }
    encoded
}

/// Where a walk through the text has come to.
struct Place {
    offset: usize,
    line: u32,
    column: u32,
}

impl Place {
    fn advance(&mut self, source: &str, to: usize, encoding: Encoding) {
        let bytes = source.as_bytes();
        for at in self.offset..to {
            match bytes[at] {
                // The line ends with the second character of `\r\n`.
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => {}
                b'\n' | b'\r' => (self.line, self.column) = (self.line + 1, 0),
                byte => self.column += units(byte, encoding),
            }
        }
        self.offset = to;
    }
}

/// The units that a byte of UTF-8 stands for; the bytes of a character sum up to its own.
fn units(byte: u8, encoding: Encoding) -> u32 {
    match (encoding, byte) {
        (Encoding::Utf8, _) => 1,
        (Encoding::Utf16, 0x80..=0xBF) => 0,
        (Encoding::Utf16, 0xF0..) => 2,
        (Encoding::Utf16, _) => 1,
    }
}

/// What has become of the tokens that the client has: one replacement.
pub(crate) fn difference(old: &[SemanticToken], new: &SemanticTokens) -> SemanticTokensDelta {
    let tokens = &new.data;
    let before = old.iter().zip(tokens).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(tokens.len()) - before;
    let behind =
        old.iter().rev().zip(tokens.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    let data = tokens[before..tokens.len() - behind].to_vec();
    // The protocol counts numbers, of which a token has five.
    let edit = SemanticTokensEdit {
        start: 5 * before as u32,
        delete_count: 5 * (old.len() - before - behind) as u32,
        data: Some(data),
    };
    let same = old == tokens.as_slice();
    SemanticTokensDelta {
        result_id: new.result_id.clone(),
        edits: if same { Vec::new() } else { vec![edit] },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::tokens::{Modifiers, TokenKind};

    fn encoded(text: &str, ranges: &[(usize, usize)], encoding: Encoding, multiline: bool) -> Vec<[u32; 3]> {
        let token = |&(start, end): &(usize, usize)| Token {
            range: start..end,
            kind: TokenKind::String,
            modifiers: Modifiers::NONE,
        };
        let tokens: Vec<Token> = ranges.iter().map(token).collect();
        let encoded = encode(&Text::new(text), &tokens, encoding, multiline);
        encoded.iter().map(|it| [it.delta_line, it.delta_start, it.length]).collect()
    }

    #[test]
    fn distances_are_those_of_the_editor() {
        let text = "é😀 'é😀'\r\n 'b' c";
        let ranges = [(7, 15), (18, 21), (22, 23)];
        assert_eq!(encoded(text, &ranges, Encoding::Utf16, false), [[0, 4, 5], [1, 1, 3], [0, 4, 1]]);
        assert_eq!(encoded(text, &ranges, Encoding::Utf8, false), [[0, 7, 8], [1, 1, 3], [0, 4, 1]]);
    }

    #[test]
    fn a_token_is_cut_at_the_ends_of_lines() {
        let text = "x 'a\n\n  b\r\n c' d";
        let ranges = [(2, 14), (15, 16)];
        let pieces = [[0, 2, 2], [2, 2, 1], [1, 1, 2], [0, 3, 1]];
        assert_eq!(encoded(text, &ranges, Encoding::Utf16, false), pieces);
        assert_eq!(encoded(text, &ranges, Encoding::Utf16, true), [[0, 2, 12], [3, 4, 1]]);
    }

    #[test]
    fn a_difference_turns_the_old_into_the_new() {
        let token = |length| SemanticToken { length, ..SemanticToken::default() };
        let lists = ["", "a", "ab", "abc", "abxc", "xabc", "ax", "aab", "aaab", "bb"];
        let tokens = |list: &str| list.bytes().map(|byte| token(byte.into())).collect::<Vec<_>>();
        for (old, new) in lists.iter().flat_map(|old| lists.map(|new| (old, new))) {
            let wanted = SemanticTokens { result_id: None, data: tokens(new) };
            let mut have = tokens(old);
            for edit in difference(&have.clone(), &wanted).edits {
                let start = edit.start as usize / 5;
                have.splice(start..start + edit.delete_count as usize / 5, edit.data.unwrap());
            }
            assert_eq!(have, wanted.data, "{old} to {new}");
        }
    }
}
