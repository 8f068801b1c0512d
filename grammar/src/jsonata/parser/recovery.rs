//! What to do with tokens that stand where they do not belong: report the first as the reference would, then go on
//! so that the rest of the tree survives.

use super::super::errors::{self, Code, Required, Role, Slip, SlipKind};
use super::super::lexer::{Kind, Lexeme};
use super::super::{NodeId, NodeKind, Operator, TokenClass};
use super::Parser;
use crate::span::Span;

impl Parser<'_> {
    /// An expression as part of a construct that goes on with one of `accepted`. Separators and closing brackets
    /// that nobody waits for are reported and passed over.
    pub(super) fn item(&mut self, accepted: &[Kind]) -> NodeId {
        let mut left = self.expression(0);
        let mut reported = false;
        loop {
            let token = self.token;
            if accepted.contains(&token.kind) || self.is_awaited(token) {
                return left;
            }
            if !reported && self.kind_of(left) != NodeKind::Error {
                self.unexpected();
            }
            reported = true;
            let joins = matches!(token.kind, Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::DotDot);
            self.advance(!joins);
            if self.token.kind.starts_operand() {
                let base = self.pending.len();
                self.pending.push(left);
                let right = self.expression(0);
                self.pending.push(right);
                left = self.branch(NodeKind::Error, base, token.span);
            } else if self.token.kind.binding_power() > 0 {
                let operator = self.token;
                self.advance(false);
                left = self.infix(left, operator);
            }
        }
    }

    /// Whether this construct or one further out waits for the token.
    fn is_awaited(&self, token: Lexeme) -> bool {
        let open = &self.open;
        match token.kind {
            Kind::CloseParen => open.paren > 0,
            Kind::CloseBracket => open.bracket > 0,
            Kind::CloseBrace => open.brace > 0,
            Kind::Comma => open.comma > 0,
            Kind::Semicolon => open.semicolon > 0,
            // At the end of the text it is more likely the beginning of `:=`.
            Kind::Colon => open.colon > 0 && token.span.end < self.text.len() as u32,
            Kind::Pipe => open.pipe > 0,
            Kind::DotDot => false,
            _ => true,
        }
    }

    /// Takes the closing token, or says that it is missing. Gives the place where the inside ends.
    pub(super) fn close(&mut self, kind: Kind, after_operand: bool) -> u32 {
        let end = self.token.span.start;
        if self.token.kind == kind {
            self.advance(after_operand);
        } else {
            self.unexpected();
        }
        end
    }

    /// Says what the construct being read waits for while `read` runs.
    pub(super) fn requiring<T>(
        &mut self,
        token: &'static str,
        role: Role,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = std::mem::replace(&mut self.required, Required { token, role });
        let outer_reported = std::mem::replace(&mut self.required_reported, false);
        let value = read(self);
        self.required = outer;
        self.required_reported = outer_reported;
        value
    }

    /// Reports that the required token does not stand here.
    pub(super) fn unexpected(&mut self) {
        let required = self.required;
        let token = self.token;
        if token.kind == Kind::End {
            if !required.token.is_empty() {
                let span = Span::at(self.previous_end);
                self.error(Code::S0203, self.text.len() as u32, span, |text| required.message(text, None));
            }
            return;
        }
        if std::mem::replace(&mut self.required_reported, true) {
            return;
        }
        let code = if required.token.is_empty() { Code::S0201 } else { Code::S0202 };
        let slip = match (token.kind, required.role) {
            (Kind::Semicolon, Role::Top) => Some(Slip { kind: SlipKind::BareSemicolon, span: token.span }),
            (Kind::Pipe, _) if self.byte_at(token.span.end) == Some(b'|') => {
                let span = Span::new(token.span.start, token.span.end + 1);
                Some(Slip { kind: SlipKind::OrOr, span })
            }
            _ => None,
        };
        self.slip(code, token.span.end, token.span, slip, |text| required.message(text, Some(token.span)));
    }

    fn byte_at(&self, offset: u32) -> Option<u8> {
        self.text.as_bytes().get(offset as usize).copied()
    }

    /// An operand directly behind another: reported, and kept beside it.
    pub(super) fn stray_operand(&mut self, left: NodeId) -> Option<NodeId> {
        let token = self.token;
        let stray = match token.kind {
            Kind::Name
            | Kind::QuotedName
            | Kind::Variable
            | Kind::String
            | Kind::Number
            | Kind::Literal
            | Kind::Regex
            | Kind::StarStar
            | Kind::Bang
            | Kind::Tilde => true,
            Kind::Pipe => self.open.pipe == 0,
            _ => false,
        };
        if !stray {
            return None;
        }
        if self.kind_of(left) != NodeKind::Error {
            self.unexpected();
        }
        if token.kind == Kind::Pipe {
            self.advance(false);
            if self.token.kind == Kind::Pipe {
                self.advance(false);
            }
            return Some(self.infix_with(left, token, NodeKind::Binary(Operator::Or), 25));
        }
        let base = self.pending.len();
        self.pending.push(left);
        let right = self.operand();
        self.pending.push(right);
        let anchor = self.span_of(right);
        Some(self.branch(NodeKind::Error, base, anchor))
    }

    /// The reference refuses `!` and `~` as soon as it sees them.
    pub(super) fn report_sign(&mut self) {
        let span = self.token.span;
        let slip = (self.token.kind == Kind::Bang).then_some(Slip { kind: SlipKind::Bang, span });
        self.slip(Code::S0204, span.end, span, slip, |_| {
            "`~` alone means nothing; `~>` passes a value to a function".to_owned()
        });
    }

    /// The operand behind a sign that means nothing.
    pub(super) fn after_stray_sign(&mut self) -> NodeId {
        let sign = self.token.span;
        // A run of signs is one mistake.
        while matches!(self.token.kind, Kind::Bang | Kind::Tilde) {
            self.advance(false);
        }
        let base = self.pending.len();
        let value = if self.token.kind.starts_operand() { self.expression(70) } else { self.missing() };
        self.pending.push(value);
        self.branch(NodeKind::Error, base, sign)
    }

    /// Reports a token that cannot begin an expression. Gives true when it was passed over, because it only
    /// doubles the operator before it, and false when it was left for what follows.
    pub(super) fn no_operand(&mut self, already: bool) -> bool {
        let token = self.token;
        let before = self.previous_end;
        let last = self.tokens.last().copied();
        let glued = last.filter(|last| last.span.end == token.span.start);
        self.advance(true);
        if !already {
            let slip = glued.and_then(|last| self.doubled(last.span, token)).or_else(|| {
                let comma = last.filter(|last| last.span.text(self.text) == ",")?;
                let closes = matches!(token.kind, Kind::CloseParen | Kind::CloseBracket | Kind::CloseBrace);
                closes.then_some(Slip { kind: SlipKind::TrailingComma, span: comma.span })
            });
            self.slip(Code::S0211, token.span.end, token.span, slip, |text| {
                let found = token.span.text(text);
                match last.map(|last| last.span.text(text)) {
                    None => format!("an expression cannot begin with `{found}`"),
                    Some(".") => format!("a name is missing after `.`, before `{found}`"),
                    Some(last) => {
                        format!("a value is missing between `{}` and `{found}`", errors::shorten(last))
                    }
                }
            });
        }
        let doubles = glued.is_some_and(|last| last.class == TokenClass::Operator);
        if doubles && matches!(token.kind, Kind::Equal | Kind::Ampersand | Kind::Greater) {
            return true;
        }
        self.restore(token, before);
        false
    }

    /// The habit behind two operators written together.
    fn doubled(&self, last: Span, token: Lexeme) -> Option<Slip> {
        let pair = last.to(token.span);
        let kind = match pair.text(self.text) {
            "==" => SlipKind::DoubleEqual,
            "!==" => SlipKind::StrictNotEqual,
            "<>" => SlipKind::AngleNotEqual,
            "&&" => SlipKind::AndAnd,
            _ => return None,
        };
        let third = kind == SlipKind::DoubleEqual && self.byte_at(pair.end) == Some(b'=');
        Some(Slip { kind, span: Span::new(pair.start, pair.end + u32::from(third)) })
    }
}
