//! The layout of JSON: a member or an element on each line, except in lists of plain values that fit on one.
//!
//! The tokens stay, only what stands between two of them is decided anew: by the two, and by what they are in. At most
//! one empty line is kept between members. Comments keep their places: behind what they stand behind, or on a line of
//! their own.

use crate::format::{Style, WIDTH, line_break};
use crate::text::Edit;

use super::lexer::{Bracket, Lexer, Token, TokenKind};

/// The text is one that can be read.
pub(crate) fn format(text: &str, style: Style) -> Vec<Edit> {
    let tokens = tokens(text);
    let Some(last) = tokens.last() else { return Vec::new() };
    let mut layout =
        Layout { text, style, line_break: line_break(text), open: Vec::new(), column: 0, due: Gap::None };
    let mut edits = Vec::new();
    let mut push = |range: std::ops::Range<usize>, gap: String| {
        if text[range.clone()] != gap {
            edits.push(Edit { range, text: gap });
        }
    };
    let mut end = 0;
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &tokens[before]);
        push(end..token.start, layout.gap(before, &tokens[index..]));
        end = token.end;
    }
    // Behind a comment that nobody closed there is nothing: a line break would be part of it.
    if !is_unclosed(text, last) {
        push(last.end..text.len(), layout.line_break.to_owned());
    }
    edits
}

fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer::new(text);
    let mut tokens: Vec<Token> = lexer.byte_order_mark().into_iter().collect();
    loop {
        let token = lexer.next();
        if token.kind == TokenKind::End {
            return tokens;
        }
        tokens.push(token);
    }
}

/// What stands between two tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    Line,
    /// What stands there now: nobody knows better.
    Same,
}

struct Layout<'t> {
    text: &'t str,
    style: Style,
    line_break: &'static str,
    /// The open brackets, and whether what is in them stands on one line.
    open: Vec<bool>,
    /// Where the text is on its line.
    column: usize,
    /// What must stand before the next token, if a comment has come between.
    due: Gap,
}

impl Layout<'_> {
    /// What stands before the first of the tokens that are left.
    fn gap(&mut self, before: Option<&Token>, rest: &[Token]) -> String {
        let token = &rest[0];
        let source = match before {
            Some(before) => &self.text[before.end..token.start],
            None => &self.text[..token.start],
        };
        let breaks = source.bytes().filter(|byte| *byte == b'\n').count();
        if matches!(token.kind, TokenKind::Close(_)) {
            let flat = self.open.pop().unwrap_or(true);
            self.due = if flat { Gap::None } else { Gap::Line };
        }
        let gap = self.choose(before, token, breaks > 0);
        let written = match gap {
            Gap::None => String::new(),
            Gap::Space => " ".to_owned(),
            Gap::Same => source.to_owned(),
            Gap::Line => {
                let inner = !matches!(token.kind, TokenKind::Close(_));
                let first = before.is_some_and(|before| matches!(before.kind, TokenKind::Open(_)));
                let empty = if breaks > 1 && inner && !first { self.line_break } else { "" };
                format!("{empty}{}{}", self.line_break, self.indentation())
            }
        };
        let width = |text: &str| text.chars().count();
        self.column = match gap {
            Gap::Line => self.open.len() * self.style.indent,
            _ => self.column + width(&written),
        };
        let flat = matches!(token.kind, TokenKind::Open(_)) && self.fits(rest);
        self.column += width(&self.text[token.range()]);
        self.after(token, gap, flat);
        written
    }

    fn choose(&self, before: Option<&Token>, token: &Token, broken: bool) -> Gap {
        let Some(before) = before else { return Gap::None };
        let comment = |token: &Token| token.kind == TokenKind::Comment;
        if comment(token) {
            // On its own line, or behind something.
            let alone = broken || ends_line(self.text, before);
            return if alone { Gap::Line } else { Gap::Space };
        }
        if ends_line(self.text, before) {
            return Gap::Line;
        }
        if comment(before) {
            let due = if self.due == Gap::None && !matches!(token.kind, TokenKind::Comma) {
                Gap::Space
            } else {
                self.due
            };
            return if broken && due != Gap::None { Gap::Line } else { due };
        }
        match (before.kind, token.kind) {
            (TokenKind::Junk, _) => Gap::None,
            (_, TokenKind::Comma | TokenKind::Colon) => Gap::None,
            _ => self.due,
        }
    }

    /// What the next token has to have before it.
    fn after(&mut self, token: &Token, gap: Gap, flat: bool) {
        let inside_flat = self.open.last().copied();
        self.due = match token.kind {
            TokenKind::Open(_) => {
                self.open.push(flat);
                if flat { Gap::None } else { Gap::Line }
            }
            TokenKind::Colon => Gap::Space,
            TokenKind::Comma => {
                if inside_flat == Some(false) {
                    Gap::Line
                } else {
                    Gap::Space
                }
            }
            // Behind a comment comes what would have come without it; after one that begins its line, that is done.
            TokenKind::Comment if gap == Gap::Line => Gap::Space,
            TokenKind::Comment => self.due,
            _ => Gap::Same,
        };
    }

    fn indentation(&self) -> String {
        let depth = self.open.len();
        if self.style.tabs { "\t".repeat(depth) } else { " ".repeat(depth * self.style.indent) }
    }

    /// May what is in the bracket stand on one line? Nothing in it, or plain values in a list that is short enough.
    fn fits(&self, rest: &[Token]) -> bool {
        let mut column = self.column + 1;
        for (index, token) in rest.iter().enumerate().skip(1) {
            match token.kind {
                TokenKind::Close(_) => {
                    let comma = rest.get(index + 1).is_some_and(|next| next.kind == TokenKind::Comma);
                    return index == 1 || column + 1 + usize::from(comma) <= WIDTH;
                }
                TokenKind::Comma => column += 2,
                TokenKind::Open(_) | TokenKind::Comment | TokenKind::Colon | TokenKind::End => return false,
                _ => column += self.text[token.range()].chars().count(),
            }
            if rest[0].kind == TokenKind::Open(Bracket::Object) || column > WIDTH {
                return false;
            }
        }
        false
    }
}

fn is_unclosed(text: &str, token: &Token) -> bool {
    let inner = text[token.range()].strip_prefix("/*");
    token.kind == TokenKind::Comment && inner.is_some_and(|inner| !inner.ends_with("*/"))
}

/// A comment that reaches to the end of its line.
fn ends_line(text: &str, token: &Token) -> bool {
    token.kind == TokenKind::Comment && text[token.range()].starts_with("//")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;
    use crate::format::apply;

    fn formatted(text: &str, style: Style) -> String {
        apply(text, &format(text, style))
    }

    fn check(text: &str, expected: Expect) {
        let once = formatted(text, Style::default());
        expected.assert_eq(&once);
        assert_eq!(formatted(&once, Style::default()), once, "once is enough");
    }

    #[test]
    fn a_member_on_each_line() {
        check(
            r#"{"StartAt":"A" , "States":{"A":{"Type":"Task","Retry":[{"ErrorEquals":["A","B"],"MaxAttempts":1.0e3}],

               "Catch":[ ], "Parameters": {  } ,"End":true}}}"#,
            expect![[r#"
                {
                  "StartAt": "A",
                  "States": {
                    "A": {
                      "Type": "Task",
                      "Retry": [
                        {
                          "ErrorEquals": ["A", "B"],
                          "MaxAttempts": 1.0e3
                        }
                      ],

                      "Catch": [],
                      "Parameters": {},
                      "End": true
                    }
                  }
                }
            "#]],
        );
    }

    #[test]
    fn comments_and_placeholders_stay() {
        check(
            "// first\n{ // open\n\"a\": ${X}, /* b */ \"b\":1, // one\n\n\n// alone\n\"c\": /* in */ [1, // x\n2 /* y */]\n/* last */ }// end",
            expect![[r#"
                // first
                { // open
                  "a": ${X}, /* b */
                  "b": 1, // one

                  // alone
                  "c": /* in */ [
                    1, // x
                    2 /* y */
                  ]
                  /* last */
                } // end
            "#]],
        );
    }

    #[test]
    fn long_lists_are_broken() {
        let long = format!("[{}]", ["\"twelve chars\""; 8].join(","));
        assert_eq!(formatted(&long, Style::default()).lines().count(), 10);
        assert_eq!(formatted("[1,[2],\n3]", Style::default()), "[\n  1,\n  [2],\n  3\n]\n");
        assert_eq!(formatted("{\"a\":1}", Style { indent: 4, tabs: true }), "{\n\t\"a\": 1\n}\n");
        assert_eq!(formatted("{\"a\":\r\n1}", Style::default()), "{\r\n  \"a\": 1\r\n}\r\n");
    }

    #[test]
    fn what_is_right_is_not_touched() {
        let text = "{\n  \"a\": [1, 2],\n  \"b\": {\n    \"c\": 1\n  }\n}\n";
        assert_eq!(format(text, Style::default()), []);
        let edits = format(&text.replace("\"c\": 1", "\"c\":1"), Style::default());
        assert_eq!(edits.len(), 1, "{edits:?}");
        assert_eq!(format("", Style::default()), []);
        assert_eq!(format("{} /* open", Style::default()), [], "a line break would be part of the comment");
    }

    proptest! {
        #[test]
        fn only_white_space_changes(text in r#"([{}\[\],:]|"a"|1|true|\$\{X\}|//c\n|/\*d\*/|[ \n]){0,30}"#) {
            let once = formatted(&text, Style::default());
            let spaceless = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(spaceless(&once), spaceless(&text));
            prop_assert_eq!(formatted(&once, Style::default()), once);
        }
    }
}
