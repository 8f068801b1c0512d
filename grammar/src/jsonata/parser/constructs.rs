//! The forms with brackets or with rules of their own: blocks, arrays, objects, calls, functions, sorting, binding.

use super::super::errors::{Code, Role, Slip, SlipKind, shorten};
use super::super::lexer::{Kind, Lexeme};
use super::super::{NodeId, NodeKind, TokenClass};
use super::super::{signature, unquoted_name};
use super::{Open, Parser};
use crate::span::Span;

impl Parser<'_> {
    /// Counts what a construct waits for while `read` runs. The bars of a transform outside do not reach in.
    fn inside<T>(&mut self, count: impl FnOnce(&mut Open), read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.open;
        self.open.pipe = 0;
        count(&mut self.open);
        let value = read(self);
        self.open = outer;
        value
    }

    /// `( … )` where an operand stands.
    pub(super) fn block(&mut self) -> NodeId {
        let open = self.token.span;
        let base = self.pending.len();
        self.advance(true);
        let close = self.requiring(")", Role::Block, |parser| {
            let count = |open: &mut Open| {
                open.paren += 1;
                open.semicolon += 1;
            };
            parser.inside(count, |parser| {
                while parser.token.kind != Kind::CloseParen {
                    let item = parser.item(&[Kind::Semicolon]);
                    parser.pending.push(item);
                    if parser.token.kind != Kind::Semicolon {
                        break;
                    }
                    parser.advance(false);
                    if parser.token.kind == Kind::End {
                        break;
                    }
                }
            });
            parser.close(Kind::CloseParen, true)
        });
        self.bracketed(NodeKind::Block, base, open, close)
    }

    /// `[ … ]` where an operand stands.
    pub(super) fn array(&mut self) -> NodeId {
        let open = self.token.span;
        let base = self.pending.len();
        self.advance(true);
        let close = self.requiring("]", Role::Array, |parser| {
            let count = |open: &mut Open| {
                open.bracket += 1;
                open.comma += 1;
            };
            parser.inside(count, |parser| {
                if parser.token.kind == Kind::CloseBracket {
                    return;
                }
                loop {
                    let item = parser.array_item();
                    parser.pending.push(item);
                    if parser.token.kind != Kind::Comma {
                        return;
                    }
                    parser.advance(false);
                }
            });
            parser.close(Kind::CloseBracket, true)
        });
        self.bracketed(NodeKind::Array, base, open, close)
    }

    fn array_item(&mut self) -> NodeId {
        let from = self.item(&[Kind::Comma, Kind::DotDot]);
        if self.token.kind != Kind::DotDot {
            return from;
        }
        let anchor = self.token.span;
        let base = self.pending.len();
        self.pending.push(from);
        self.advance(false);
        let to = self.item(&[Kind::Comma]);
        self.pending.push(to);
        self.branch(NodeKind::Range, base, anchor)
    }

    /// `{ … }` where an operand stands.
    pub(super) fn object(&mut self) -> NodeId {
        let open = self.token.span;
        let base = self.pending.len();
        self.advance(true);
        let close = self.pairs(Role::Object);
        self.bracketed(NodeKind::Object, base, open, close)
    }

    /// `{ … }` behind a value.
    pub(super) fn group(&mut self, left: NodeId, open: Lexeme) -> NodeId {
        let base = self.pending.len();
        self.pending.push(left);
        let close = self.pairs(Role::Group);
        self.bracketed(NodeKind::Group, base, open.span, close)
    }

    fn pairs(&mut self, role: Role) -> u32 {
        let count = |open: &mut Open| {
            open.brace += 1;
            open.comma += 1;
        };
        self.inside(count, |parser| {
            if parser.token.kind == Kind::CloseBrace {
                return;
            }
            loop {
                parser.pair(role);
                if parser.token.kind != Kind::Comma {
                    return;
                }
                parser.advance(false);
            }
        });
        self.requiring("}", role, |parser| parser.close(Kind::CloseBrace, true))
    }

    fn pair(&mut self, role: Role) {
        let base = self.pending.len();
        let key = self.requiring(":", Role::Key, |parser| {
            parser.open.colon += 1;
            let key = parser.item(&[Kind::Colon]);
            parser.open.colon -= 1;
            if parser.token.kind != Kind::Colon {
                parser.unexpected();
            }
            key
        });
        self.pending.push(key);
        let anchor = self.token.span;
        let value = if self.token.kind == Kind::Colon {
            self.advance(false);
            self.requiring("}", role, |parser| parser.item(&[Kind::Comma]))
        } else {
            self.missing()
        };
        self.pending.push(value);
        let anchor = if anchor.end <= self.previous_end { anchor } else { Span::at(self.previous_end) };
        let pair = self.branch(NodeKind::Pair, base, anchor);
        self.pending.push(pair);
    }

    /// `| pattern | update, delete |`
    pub(super) fn transform(&mut self) -> NodeId {
        let open = self.token.span;
        let base = self.pending.len();
        self.advance(true);
        let outer = self.open;
        self.open.pipe += 1;
        let pattern = self.requiring("|", Role::TransformPattern, |parser| {
            let pattern = parser.item(&[Kind::Pipe]);
            if parser.token.kind == Kind::Pipe {
                parser.advance(false);
            } else {
                parser.unexpected();
            }
            pattern
        });
        self.pending.push(pattern);
        let close = self.requiring("|", Role::Transform, |parser| {
            let update = parser.item(&[Kind::Pipe, Kind::Comma]);
            parser.pending.push(update);
            if parser.token.kind == Kind::Comma {
                parser.advance(false);
                let delete = parser.item(&[Kind::Pipe]);
                parser.pending.push(delete);
            }
            parser.open = outer;
            parser.close(Kind::Pipe, false)
        });
        self.bracketed(NodeKind::Transform, base, open, close)
    }

    /// `( … )` behind a value: a call, or a function when the value is the word `function`.
    pub(super) fn call(&mut self, callee: NodeId, open: Lexeme) -> NodeId {
        let word = self.peeled(callee);
        let is_lambda = self.kind_of(word) == NodeKind::Name
            && matches!(unquoted_name(self.span_of(word).text(self.text)), "function" | "λ");
        let role = if is_lambda { Role::Parameters } else { Role::Call(self.span_of(callee)) };
        let base = self.pending.len();
        self.pending.push(callee);
        let (partial, close) = self.requiring(")", role, |parser| {
            let count = |open: &mut Open| {
                open.paren += 1;
                open.comma += 1;
            };
            let partial = parser.inside(count, Parser::call_arguments);
            (partial, parser.close(Kind::CloseParen, true))
        });
        if is_lambda {
            self.reclassify(self.span_of(word), TokenClass::Keyword);
            return self.lambda(base, open.span, close);
        }
        if self.kind_of(word) == NodeKind::Variable {
            self.reclassify(self.span_of(word), TokenClass::Function);
        }
        let kind = if partial { NodeKind::Partial } else { NodeKind::Call };
        self.bracketed(kind, base, open.span, close)
    }

    fn call_arguments(&mut self) -> bool {
        let mut partial = false;
        if matches!(self.token.kind, Kind::CloseParen | Kind::End) {
            return partial;
        }
        loop {
            let argument = if self.token.kind == Kind::Question {
                partial = true;
                let span = self.token.span;
                self.advance(false);
                let placeholder = self.leaf(NodeKind::Placeholder, span);
                self.stray_operand(placeholder).unwrap_or(placeholder)
            } else {
                self.item(&[Kind::Comma])
            };
            self.pending.push(argument);
            if self.token.kind != Kind::Comma {
                return partial;
            }
            self.advance(false);
        }
    }

    /// What follows the parameter list of a function. The word and the parameters are pending from `base` on.
    fn lambda(&mut self, base: usize, open: Span, close: u32) -> NodeId {
        self.check_parameters(base);
        if self.token.kind == Kind::Less {
            self.signature();
        }
        let mut end = close;
        let body = match self.token.kind {
            Kind::OpenBrace => {
                self.advance(false);
                let (body, close) = self.requiring("}", Role::Body, |parser| {
                    let body = parser.inside(|open| open.brace += 1, |parser| parser.item(&[]));
                    (body, parser.close(Kind::CloseBrace, false))
                });
                end = close;
                body
            }
            kind => {
                self.requiring("{", Role::BodyStart, Parser::unexpected);
                let body = if kind.starts_operand() { self.expression(0) } else { self.missing() };
                if kind.starts_operand() {
                    end = self.token.span.start;
                }
                body
            }
        };
        self.pending.push(body);
        self.bracketed(NodeKind::Lambda, base, open, end)
    }

    fn check_parameters(&mut self, base: usize) {
        let parameters: Vec<NodeId> = self.pending.get(base + 1..).unwrap_or_default().to_vec();
        let mut wrong = None;
        for (index, &parameter) in parameters.iter().enumerate() {
            let peeled = self.peeled(parameter);
            if self.is_variable(peeled) {
                self.reclassify(self.span_of(peeled), TokenClass::Parameter);
            } else if wrong.is_none() && self.kind_of(peeled) != NodeKind::Missing {
                wrong = Some((index + 1, peeled));
            }
        }
        if let Some((number, parameter)) = wrong {
            let span = self.span_of(parameter);
            self.error(Code::S0208, self.anchor_of(parameter).end, span, |text| {
                let found = shorten(span.text(text));
                format!("parameter {number} of the function must be a variable: write `$` before `{found}`")
            });
        }
    }

    /// `<…>` between the parameters and the body. Its letters are checked as the reference reads them: without
    /// the blanks and quotes of its tokens.
    fn signature(&mut self) {
        let open = self.token.span;
        let mut depth = 1;
        let mut letters = String::from("<");
        while depth > 0 && !matches!(self.token.kind, Kind::OpenBrace | Kind::End) {
            self.advance(false);
            match self.token.kind {
                Kind::Greater => depth -= 1,
                Kind::Less => depth += 1,
                _ => {}
            }
            if !matches!(self.token.kind, Kind::OpenBrace | Kind::End) {
                let text = self.token.span.text(self.text);
                letters.push_str(match self.token.kind {
                    Kind::Variable => text.strip_prefix('$').unwrap_or(text),
                    Kind::String => text.trim_matches(['"', '\'']),
                    Kind::QuotedName => unquoted_name(text),
                    _ => text,
                });
            }
        }
        let span = Span::new(open.start, self.token.span.end);
        self.requiring(">", Role::Signature, |parser| parser.close(Kind::Greater, false));
        if let Some(fault) = signature::check(&letters) {
            let position = open.end + fault.offset;
            self.error(fault.code, position, span, |_| fault.message);
        }
        let span = Span::new(open.start, self.previous_end.max(open.end));
        let first = self.tokens.partition_point(|token| token.span.start < open.start);
        for token in self.tokens.get_mut(first..).unwrap_or_default() {
            if !matches!(token.class, TokenClass::Operator | TokenClass::Punctuation) {
                token.class = TokenClass::Signature;
            }
        }
        let node = self.leaf(NodeKind::Signature, span);
        self.pending.push(node);
    }

    /// `a[b]` and `a[]`
    pub(super) fn filter(&mut self, left: NodeId, open: Lexeme) -> NodeId {
        let base = self.pending.len();
        self.pending.push(left);
        if self.token.kind == Kind::CloseBracket {
            let close = self.token.span.start;
            self.advance(false);
            return self.bracketed(NodeKind::KeepArray, base, open.span, close);
        }
        let close = self.requiring("]", Role::Filter, |parser| {
            let filter = parser.inside(|open| open.bracket += 1, |parser| parser.item(&[]));
            parser.pending.push(filter);
            parser.close(Kind::CloseBracket, true)
        });
        self.bracketed(NodeKind::Filter, base, open.span, close)
    }

    /// `a^(…)`
    pub(super) fn order_by(&mut self, left: NodeId, caret: Lexeme) -> NodeId {
        let base = self.pending.len();
        self.pending.push(left);
        if self.token.kind != Kind::OpenParen {
            self.requiring("(", Role::OrderStart, Parser::unexpected);
            if self.token.kind.starts_operand() {
                let term = self.term();
                self.pending.push(term);
            }
            return self.branch(NodeKind::OrderBy, base, caret.span);
        }
        self.advance(false);
        let close = self.requiring(")", Role::Order, |parser| {
            let count = |open: &mut Open| {
                open.paren += 1;
                open.comma += 1;
            };
            parser.inside(count, |parser| {
                loop {
                    let term = parser.term();
                    parser.pending.push(term);
                    if parser.token.kind != Kind::Comma {
                        break;
                    }
                    parser.advance(false);
                }
            });
            parser.close(Kind::CloseParen, false)
        });
        self.bracketed(NodeKind::OrderBy, base, caret.span, close)
    }

    fn term(&mut self) -> NodeId {
        let base = self.pending.len();
        let mut anchor = Span::at(self.token.span.start);
        if matches!(self.token.kind, Kind::Less | Kind::Greater) {
            anchor = self.token.span;
            self.advance(false);
        }
        let value = self.item(&[Kind::Comma]);
        self.pending.push(value);
        let anchor = if anchor.end <= self.previous_end { anchor } else { Span::at(self.previous_end) };
        self.branch(NodeKind::Term, base, anchor)
    }

    /// `a@$x` and `a#$x`
    pub(super) fn step_variable(&mut self, left: NodeId, sign: Lexeme, kind: NodeKind) -> NodeId {
        let base = self.pending.len();
        self.pending.push(left);
        // Nothing binds more strongly than the sign itself, so one operand is the whole right side.
        let variable = self.operand();
        self.pending.push(variable);
        let at_end = self.token.kind == Kind::End;
        let place = match self.kind_of(variable) {
            NodeKind::Variable | NodeKind::Context | NodeKind::Root => None,
            // The reference places what is missing at the end of the text; elsewhere it was reported already.
            NodeKind::Missing => at_end.then_some(self.text.len() as u32),
            _ => Some(self.anchor_of(variable).end),
        };
        if let Some(place) = place {
            let sign = sign.span;
            self.error(Code::S0214, place, sign, |text| {
                format!("expected a variable after `{}`", sign.text(text))
            });
        }
        self.branch(kind, base, sign.span)
    }

    /// `$x := a`
    pub(super) fn bind(&mut self, left: NodeId, sign: Lexeme) -> NodeId {
        let target = self.peeled(left);
        if !self.is_variable(target) && !matches!(self.kind_of(target), NodeKind::Missing | NodeKind::Error) {
            let span = self.span_of(target);
            self.error(Code::S0212, self.anchor_of(target).end, span, |text| {
                let found = shorten(span.text(text));
                format!("only a variable can stand before `:=`, not `{found}`")
            });
        }
        self.infix_with(left, sign, NodeKind::Bind, 9)
    }

    /// `a ? b : c`, and the operators of JSONata 2.1 that begin alike.
    pub(super) fn condition(&mut self, left: NodeId, question: Lexeme) -> NodeId {
        let base = self.pending.len();
        self.pending.push(left);
        let second = self.token;
        let glued = second.span.start == question.span.end;
        if glued && matches!(second.kind, Kind::Colon | Kind::Question) {
            let (kind, slip) = match second.kind {
                Kind::Colon => (NodeKind::Default, SlipKind::Default),
                _ => (NodeKind::Coalesce, SlipKind::Coalesce),
            };
            self.advance(true);
            let span = question.span.to(second.span);
            let slip = Slip { kind: slip, span };
            self.slip(Code::S0211, second.span.end, second.span, Some(slip), |_| String::new());
            self.reclassify(second.span, TokenClass::Operator);
            let right = self.expression(0);
            self.pending.push(right);
            return self.branch(kind, base, span);
        }
        self.open.colon += 1;
        let then = self.expression(0);
        self.open.colon -= 1;
        self.pending.push(then);
        if self.token.kind == Kind::Colon {
            self.advance(false);
            let otherwise = self.expression(0);
            self.pending.push(otherwise);
        }
        self.branch(NodeKind::Condition, base, question.span)
    }
}
