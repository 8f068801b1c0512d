//! JSONPath as Step Functions takes it: paths into the input (`$.order.id`), into the context object
//! (`$$.Execution.Id`) and into variables (`$order.lines[0]`). Start with [`parse`] and [`Path`].
//!
//! The engine behind the service accepts almost anything. This parser accepts what is documented or in use; names
//! that it takes with a doubt are marked [`Segment::unusual`]. Which of the features a field allows is the caller's
//! business: see [`Path::beyond_reference`].

mod filter;
mod parser;

use crate::span::Span;

/// Filters inside filters, and parentheses inside them, are read to this depth.
pub const MAX_DEPTH: u32 = 32;

/// Parses the decoded text of a field that holds one path.
pub fn parse(text: &str) -> Path {
    parser::Parser::new(text).whole()
}

/// Parses the path that begins at `start` and ends before a blank, a comma or a closing parenthesis.
pub(crate) fn parse_argument(text: &str, start: u32) -> Path {
    parser::Parser::new(text).argument(start)
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
    pub root: Root,
    pub span: Span,
    /// `$`, `$$`, `@`, or `$` and the name of the variable.
    pub root_span: Span,
    pub segments: Vec<Segment>,
    /// The paths inside filters and function arguments, in the order of the text.
    pub nested: Vec<Path>,
    /// Unquoted words that stand for texts in filters: older engines take them.
    pub unquoted: Vec<Span>,
    pub errors: Vec<Error>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Root {
    /// `$`
    Input,
    /// `$$`
    Context,
    /// `$name`
    Variable,
    /// `@`, in a filter.
    Item,
    /// The text does not begin like a path.
    None,
}

/// One step. Its span reaches from the dot or bracket to the end of the step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    pub kind: SegmentKind,
    pub span: Span,
    /// The name, index or keyword itself, without dot, brackets and quotes.
    pub inner: Span,
    /// The bare name has characters that belong into brackets and quotes.
    pub unusual: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum SegmentKind {
    /// `.name` or `['name']`, without quotes and escapes.
    Name(String),
    /// `[3]`, `[-1]`
    Index(i64),
    /// `.*` or `[*]`
    Wildcard,
    /// `..` before the step that follows.
    Descent,
    /// `['a','b']` or `[0,1]`
    Union,
    /// `[1:3]`
    Slice,
    /// `[?(…)]`
    Filter,
    /// `.length()`
    Function,
    /// `[(@.length-1)]`, which only old engines take; it is not looked into.
    Script,
    /// Nothing, or nothing readable, after a dot or in brackets.
    Missing,
}

/// What can make a path more than a reference to one node.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Feature {
    Wildcard,
    Descent,
    Filter,
    Slice,
    Union,
    Function,
    Script,
    /// `@` or `:` in a bare name, unescaped.
    ReservedCharacter,
    /// A step was not readable.
    Unreadable,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    pub kind: ErrorKind,
    /// From the place where reading stopped.
    pub span: Span,
    /// One sentence: what is wrong and what to do.
    pub message: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ErrorKind {
    /// The text does not begin with `$`.
    NoRoot,
    /// It is a `{% … %}` expression.
    JsonataText,
    /// It is a call of an intrinsic function.
    IntrinsicCall,
    /// A step is missing or malformed.
    Step,
    /// A bracket, quote or parenthesis is not closed.
    Unclosed,
    /// A filter is malformed.
    Filter,
    /// Something is left over behind the path.
    Trailing,
    TooDeep,
}

impl Path {
    /// The name of the variable in `$name…`.
    pub fn variable<'t>(&self, text: &'t str) -> Option<&'t str> {
        let name = self.root_span.text(text).strip_prefix('$');
        name.filter(|_| self.root == Root::Variable)
    }

    /// What keeps the path from naming one node, in the order of the text.
    pub fn features(&self) -> impl Iterator<Item = (Feature, Span)> {
        self.segments.iter().filter_map(|segment| {
            let feature = match &segment.kind {
                SegmentKind::Wildcard => Feature::Wildcard,
                SegmentKind::Descent => Feature::Descent,
                SegmentKind::Filter => Feature::Filter,
                SegmentKind::Slice => Feature::Slice,
                SegmentKind::Union => Feature::Union,
                SegmentKind::Function => Feature::Function,
                SegmentKind::Script => Feature::Script,
                SegmentKind::Missing => Feature::Unreadable,
                SegmentKind::Name(name) if segment.unusual && name.contains(['@', ':']) => {
                    Feature::ReservedCharacter
                }
                SegmentKind::Name(_) | SegmentKind::Index(_) => return None,
            };
            Some((feature, segment.span))
        })
    }

    /// The first thing that a reference path must not have.
    pub fn beyond_reference(&self) -> Option<(Feature, Span)> {
        self.features().next()
    }

    /// The number of the segment at an offset; a segment that ends there wins over one that begins there.
    pub fn segment_at(&self, offset: u32) -> Option<usize> {
        self.segments.iter().position(|segment| segment.span.touches(offset))
    }

    /// This path and all paths inside its filters.
    pub fn all(&self) -> Vec<&Path> {
        let mut all = vec![self];
        let mut next = 0;
        while let Some(&path) = all.get(next) {
            all.extend(&path.nested);
            next += 1;
        }
        all
    }
}
