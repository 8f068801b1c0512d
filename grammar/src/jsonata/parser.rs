//! Tokens to tree, by operator precedence. The order in which tokens are fetched and checked follows the reference
//! parser, so that the first error here is the one it stops at; everything after it is recovery.
//!
//! Start with [`Parser::expression`]. The bracketed forms are in `constructs`, the repairs in `recovery`.

mod constructs;
mod recovery;

use super::errors::{self, Code, Error, Required, Slip, SlipKind};
use super::lexer::{Kind, Lexeme, Lexer};
use super::{MAX_DEPTH, MAX_ERRORS, MAX_LENGTH, Node, NodeId, NodeKind, Operator, Token, TokenClass, Tree};
use super::{ancestry, check};
use crate::span::Span;

pub(super) fn parse(text: &str) -> Tree {
    let mut parser = Parser::new(text);
    let root = if text.len() > MAX_LENGTH {
        parser.refuse(Code::TooLong, Span::new(0, text.len() as u32));
        parser.leaf(NodeKind::Error, Span::new(0, text.len() as u32))
    } else {
        parser.advance(false);
        parser.item(&[])
    };
    parser.finish(root)
}

/// How many constructs around the current token wait for a token of the kind.
#[derive(Clone, Copy, Default)]
struct Open {
    paren: u32,
    bracket: u32,
    brace: u32,
    comma: u32,
    semicolon: u32,
    colon: u32,
    pipe: u32,
}

struct Parser<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    token: Lexeme,
    /// The end of the last token that was taken.
    previous_end: u32,
    nodes: Vec<Node>,
    children: Vec<NodeId>,
    /// Children of the constructs being read; each takes its own from the end.
    pending: Vec<NodeId>,
    tokens: Vec<Token>,
    errors: Vec<Error>,
    depth: u32,
    required: Required,
    /// The construct that waits for `required` has been reported already.
    required_reported: bool,
    open: Open,
    /// Set when the text is refused: no more tokens, no more errors.
    halted: bool,
    /// The text ended where an operand was expected.
    ended_early: bool,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Parser<'t> {
        // A typical expression has a token every four bytes and a node for most of them.
        let guess = text.len().min(MAX_LENGTH) / 4 + 4;
        Parser {
            text,
            lexer: Lexer::new(text),
            token: Lexeme { kind: Kind::End, span: Span::at(0) },
            previous_end: 0,
            nodes: Vec::with_capacity(guess),
            children: Vec::with_capacity(guess),
            pending: Vec::new(),
            tokens: Vec::with_capacity(guess),
            errors: Vec::new(),
            depth: 0,
            required: Required::TOP,
            required_reported: false,
            open: Open::default(),
            halted: false,
            ended_early: false,
        }
    }

    fn finish(mut self, root: NodeId) -> Tree {
        if !self.lexer.comments.is_empty() {
            let comments = self.lexer.comments.iter();
            self.tokens.extend(comments.map(|&span| Token { span, class: TokenClass::Comment }));
            self.tokens.sort_unstable_by_key(|token| token.span);
        }
        let mut tree = Tree {
            text: self.text.into(),
            nodes: self.nodes,
            children: self.children,
            root,
            tokens: self.tokens,
            errors: self.errors,
        };
        if tree.errors.is_empty() {
            // The reference makes these checks in one walk and stops at the first fault.
            let unfinished = if self.ended_early { check::unfinished(&tree) } else { None };
            let faults = [unfinished, check::first_fault(&tree), ancestry::first_fault(&tree)];
            let first = faults.into_iter().flatten().min_by_key(|(order, _)| *order);
            tree.errors.extend(first.map(|(_, error)| error));
        }
        // Positions were bytes until now.
        if !tree.text.is_ascii() {
            for error in &mut tree.errors {
                error.position = error.position.map(|at| utf16_offset(&tree.text, at));
            }
        }
        tree
    }

    /// An expression that ends before a token that does not bind more strongly than `power`.
    fn expression(&mut self, power: u8) -> NodeId {
        if self.depth >= MAX_DEPTH {
            let rest = Span::new(self.token.span.start, self.text.len() as u32);
            self.refuse(Code::TooDeep, rest);
            return self.leaf(NodeKind::Error, rest);
        }
        self.depth += 1;
        let mut left = self.operand();
        loop {
            let token = self.token;
            if token.kind.binding_power() == 0 {
                match self.stray_operand(left) {
                    Some(joined) => left = joined,
                    None => break,
                }
            } else if power >= token.kind.binding_power() {
                break;
            } else {
                self.advance(false);
                left = self.infix(left, token);
            }
        }
        self.depth -= 1;
        left
    }

    /// What stands at the beginning of an expression. Reads exactly one operand, without what follows it.
    fn operand(&mut self) -> NodeId {
        let mut skipped = false;
        loop {
            let token = self.token;
            let kind = match token.kind {
                Kind::Name | Kind::QuotedName | Kind::And | Kind::Or | Kind::In => NodeKind::Name,
                Kind::Variable => self.variable_kind(token.span),
                Kind::String => NodeKind::String,
                Kind::Number => NodeKind::Number,
                Kind::Literal => NodeKind::Literal,
                Kind::Regex => NodeKind::Regex,
                Kind::Star => NodeKind::Wildcard,
                Kind::StarStar => NodeKind::Descendants,
                Kind::Percent => NodeKind::Parent,
                Kind::Minus => {
                    self.advance(true);
                    let base = self.pending.len();
                    let value = self.expression(70);
                    self.pending.push(value);
                    return self.branch(NodeKind::Negate, base, token.span);
                }
                Kind::OpenParen => return self.block(),
                Kind::OpenBracket => return self.array(),
                Kind::OpenBrace => return self.object(),
                Kind::Pipe => return self.transform(),
                Kind::End => {
                    self.ended_early = true;
                    return self.missing();
                }
                Kind::Bang | Kind::Tilde => return self.after_stray_sign(),
                _ => match self.no_operand(skipped) {
                    true => {
                        skipped = true;
                        continue;
                    }
                    false => return self.missing(),
                },
            };
            self.advance(true);
            if matches!(token.kind, Kind::And | Kind::Or | Kind::In) {
                self.reclassify(token.span, TokenClass::Name);
            }
            return self.leaf(kind, token.span);
        }
    }

    fn variable_kind(&self, span: Span) -> NodeKind {
        match span.text(self.text) {
            "$" => NodeKind::Context,
            "$$" => NodeKind::Root,
            _ => NodeKind::Variable,
        }
    }

    /// What an operator makes of the operand on its left. The operator has been taken.
    fn infix(&mut self, left: NodeId, token: Lexeme) -> NodeId {
        let operator = match token.kind {
            Kind::OpenParen => return self.call(left, token),
            Kind::OpenBracket => return self.filter(left, token),
            Kind::OpenBrace => return self.group(left, token),
            Kind::Caret => return self.order_by(left, token),
            Kind::At => return self.step_variable(left, token, NodeKind::Focus),
            Kind::Hash => return self.step_variable(left, token, NodeKind::Index),
            Kind::Question => return self.condition(left, token),
            Kind::Bind => return self.bind(left, token),
            Kind::Dot => NodeKind::Path,
            Kind::Chain => NodeKind::Chain,
            Kind::Plus => NodeKind::Binary(Operator::Add),
            Kind::Minus => NodeKind::Binary(Operator::Subtract),
            Kind::Star => NodeKind::Binary(Operator::Multiply),
            Kind::Slash => NodeKind::Binary(Operator::Divide),
            Kind::Percent => NodeKind::Binary(Operator::Remainder),
            Kind::Ampersand if self.token.kind == Kind::Ampersand => NodeKind::Binary(Operator::And),
            Kind::Ampersand => NodeKind::Binary(Operator::Concatenate),
            Kind::Equal => NodeKind::Binary(Operator::Equal),
            Kind::NotEqual => NodeKind::Binary(Operator::NotEqual),
            Kind::Less => NodeKind::Binary(Operator::Less),
            Kind::LessEqual => NodeKind::Binary(Operator::LessEqual),
            Kind::Greater => NodeKind::Binary(Operator::Greater),
            Kind::GreaterEqual => NodeKind::Binary(Operator::GreaterEqual),
            Kind::In => NodeKind::Binary(Operator::In),
            Kind::And => NodeKind::Binary(Operator::And),
            Kind::Or => NodeKind::Binary(Operator::Or),
            _ => NodeKind::Error,
        };
        self.infix_with(left, token, operator, token.kind.binding_power())
    }

    fn infix_with(&mut self, left: NodeId, token: Lexeme, kind: NodeKind, power: u8) -> NodeId {
        let base = self.pending.len();
        self.pending.push(left);
        let right = self.expression(power);
        self.pending.push(right);
        self.branch(kind, base, token.span)
    }

    /// Takes the current token and reads the next one.
    fn advance(&mut self, after_operand: bool) {
        if self.token.kind != Kind::End {
            self.previous_end = self.token.span.end;
            self.tokens.push(Token { span: self.token.span, class: class_of(self.token.kind) });
        }
        if self.halted {
            return;
        }
        self.token = self.lexer.next(after_operand);
        if !self.lexer.faults.is_empty() {
            self.take_faults();
        }
        if matches!(self.token.kind, Kind::Bang | Kind::Tilde) {
            self.report_sign();
        }
    }

    /// Undoes the last [`Parser::advance`], which took `token`.
    fn restore(&mut self, token: Lexeme, previous_end: u32) {
        self.tokens.pop();
        self.previous_end = previous_end;
        if !self.halted {
            self.lexer.offset = token.span.end as usize;
            self.token = token;
        }
    }

    fn reclassify(&mut self, span: Span, class: TokenClass) {
        let index = self.tokens.partition_point(|token| token.span.start < span.start);
        if let Some(token) = self.tokens.get_mut(index) {
            token.class = class;
        }
    }

    fn leaf(&mut self, kind: NodeKind, span: Span) -> NodeId {
        let base = self.pending.len();
        self.push_node(kind, span, span, span.end, base)
    }

    fn missing(&mut self) -> NodeId {
        self.leaf(NodeKind::Missing, Span::at(self.previous_end))
    }

    /// A node with the pending children from `base` on; it reaches from the first of them, or from its anchor, to
    /// the last token taken.
    fn branch(&mut self, kind: NodeKind, base: usize, anchor: Span) -> NodeId {
        self.bracketed(kind, base, anchor, self.previous_end)
    }

    fn bracketed(&mut self, kind: NodeKind, base: usize, anchor: Span, close: u32) -> NodeId {
        let first = self.pending.get(base).and_then(|id| self.nodes.get(id.index()));
        let start = first.map_or(anchor.start, |node| node.span.start.min(anchor.start));
        let end = self.previous_end.max(anchor.end);
        self.push_node(kind, Span::new(start, end), anchor, close, base)
    }

    fn push_node(&mut self, kind: NodeKind, span: Span, anchor: Span, close: u32, base: usize) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        let first_child = self.children.len() as u32;
        let child_count = (self.pending.len().saturating_sub(base)) as u32;
        for child in self.pending.drain(base..) {
            if let Some(node) = self.nodes.get_mut(child.index()) {
                node.parent = Some(id);
            }
            self.children.push(child);
        }
        self.nodes.push(Node { kind, span, anchor, close, parent: None, first_child, child_count });
        id
    }

    fn kind_of(&self, id: NodeId) -> NodeKind {
        self.nodes.get(id.index()).map_or(NodeKind::Missing, |node| node.kind)
    }

    fn span_of(&self, id: NodeId) -> Span {
        self.nodes.get(id.index()).map_or(Span::default(), |node| node.span)
    }

    fn anchor_of(&self, id: NodeId) -> Span {
        self.nodes.get(id.index()).map_or(Span::default(), |node| node.anchor)
    }

    /// The node below any `[]`, which leaves no trace in the reference's tree.
    fn peeled(&self, mut id: NodeId) -> NodeId {
        while let Some(node) = self.nodes.get(id.index()).filter(|node| node.kind == NodeKind::KeepArray) {
            match self.children.get(node.first_child as usize) {
                Some(&child) => id = child,
                None => break,
            }
        }
        id
    }

    fn is_variable(&self, id: NodeId) -> bool {
        matches!(self.kind_of(id), NodeKind::Variable | NodeKind::Context | NodeKind::Root)
    }

    /// Records an error unless one was found at the same place: the second would only be its echo.
    fn error(&mut self, code: Code, at: u32, span: Span, message: impl FnOnce(&str) -> String) {
        self.slip(code, at, span, None, message);
    }

    fn slip(
        &mut self,
        code: Code,
        at: u32,
        span: Span,
        slip: Option<Slip>,
        message: impl FnOnce(&str) -> String,
    ) {
        let full = self.errors.len() >= MAX_ERRORS;
        if self.halted || full || self.errors.iter().any(|error| error.position == Some(at)) {
            return;
        }
        let message = match slip {
            Some(slip) => slip.kind.message().to_owned(),
            None => message(self.text),
        };
        self.errors.push(Error { code, span, position: Some(at), message, slip });
    }

    /// Gives up on the rest of the text.
    fn refuse(&mut self, code: Code, span: Span) {
        self.error(code, span.start, span, |_| match code {
            Code::TooDeep => {
                format!("the expression is nested more than {MAX_DEPTH} levels deep; move parts of it into variables")
            }
            _ => format!("the expression is longer than {} KiB and was not read", MAX_LENGTH / 1024),
        });
        let end = Span::at(self.text.len() as u32);
        self.halted = true;
        self.token = Lexeme { kind: Kind::End, span: end };
        // The rest is taken, by the node that stands for it: what it stands in reaches as far.
        self.previous_end = end.start;
        self.lexer.offset = self.text.len();
    }

    fn take_faults(&mut self) {
        for fault in std::mem::take(&mut self.lexer.faults) {
            let escaped = fault.span.text(self.text);
            let start = fault.span.start;
            let two_before = Span::new(start.saturating_sub(1), start + 1);
            let slip = match (fault.code, escaped) {
                (Code::S0103, "\\'") => Some((SlipKind::EscapedApostrophe, fault.span)),
                (Code::S0301, _) => Some((SlipKind::LineComment, fault.span)),
                (Code::S0302, _) if two_before.text(self.text) == "//" => {
                    Some((SlipKind::LineComment, two_before))
                }
                _ => None,
            };
            let slip = slip.map(|(kind, span)| Slip { kind, span });
            self.slip(fault.code, fault.at, fault.span, slip, |_| errors::lexical(fault.code, escaped));
        }
    }
}

fn class_of(kind: Kind) -> TokenClass {
    match kind {
        Kind::Name | Kind::QuotedName => TokenClass::Name,
        Kind::Variable => TokenClass::Variable,
        Kind::String => TokenClass::String,
        Kind::Number => TokenClass::Number,
        Kind::Literal | Kind::And | Kind::Or | Kind::In => TokenClass::Keyword,
        Kind::Regex => TokenClass::Regex,
        Kind::OpenParen
        | Kind::CloseParen
        | Kind::OpenBracket
        | Kind::CloseBracket
        | Kind::OpenBrace
        | Kind::CloseBrace
        | Kind::Comma
        | Kind::Semicolon
        | Kind::Colon => TokenClass::Punctuation,
        Kind::Bang | Kind::Tilde => TokenClass::Invalid,
        _ => TokenClass::Operator,
    }
}

/// The number of UTF-16 units before a byte offset.
fn utf16_offset(text: &str, offset: u32) -> u32 {
    text.char_indices()
        .take_while(|&(start, _)| start < offset as usize)
        .map(|(_, character)| character.len_utf16() as u32)
        .sum()
}
