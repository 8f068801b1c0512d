//! The index in front of the catalogue: the services and where their frames are.
//!
//! Its strings are borrowed from the blob, so reading it copies nothing. The generator includes this
//! file too.

use std::ops::Range;

use super::frame::number;
use super::layout::{HEADER, MAGIC, Support};

/// What the index says of one service that the SDK knows.
#[derive(Debug, Clone)]
pub struct ServiceEntry<'a> {
    /// The name in a Resource: `emrcontainers`.
    pub token: &'a str,
    /// The name that people know.
    pub title: &'a str,
    /// What its errors start with: `EmrContainers`.
    pub error_prefix: &'a str,
    /// The name of its folder in botocore.
    pub directory: &'a str,
    /// The name of its endpoint.
    pub endpoint: &'a str,
    /// The name it is signed with.
    pub signing: &'a str,
    /// What its IAM actions start with.
    pub iam_prefix: &'a str,
    /// The name of its model in documentation links.
    pub uid: &'a str,
    /// The reference page of an operation, without the host and the operation; empty when unknown.
    pub page: &'a str,
    /// What the anchors of single parameters start with; empty when there are none.
    pub anchor: &'a str,
    pub support: Support,
    pub action_count: usize,
    pub inputs: Range<usize>,
    pub outputs: Range<usize>,
}

/// The frames of one service with optimized integrations.
#[derive(Debug, Clone)]
pub struct OptimizedEntry<'a> {
    pub token: &'a str,
    pub inputs: Range<usize>,
    pub outputs: Range<usize>,
}

/// An operation whose link or IAM action follows no rule.
#[derive(Debug, Clone)]
pub struct Exception<'a> {
    pub service: &'a str,
    pub operation: &'a str,
    pub text: &'a str,
}

/// The whole index. Services are sorted by token.
#[derive(Debug, Clone, Default)]
pub struct Index<'a> {
    pub blob: &'a [u8],
    /// The version of botocore it was made from.
    pub source: &'a str,
    /// The names of all actions, one in a line, an empty line behind each service.
    pub names: Range<usize>,
    /// The facts of the optimized integrations.
    pub facts: Range<usize>,
    pub services: Vec<ServiceEntry<'a>>,
    pub optimized: Vec<OptimizedEntry<'a>>,
    pub links: Vec<Exception<'a>>,
    pub iam: Vec<Exception<'a>>,
}

impl<'a> Index<'a> {
    /// Reads the index of a blob. `None` means that the bytes are no catalogue.
    pub fn read(blob: &'a [u8]) -> Option<Index<'a>> {
        let length = u32::from_le_bytes(blob.get(16..HEADER)?.try_into().ok()?) as usize;
        if blob.get(..8)? != MAGIC {
            return None;
        }
        let mut cursor = Cursor { rest: blob.get(HEADER..HEADER + length)?, frame: HEADER + length };
        let source = cursor.text()?;
        let names = cursor.frame()?;
        let facts = cursor.frame()?;
        let mut index = Index {
            blob,
            source,
            names,
            facts,
            services: Vec::new(),
            optimized: Vec::new(),
            links: Vec::new(),
            iam: Vec::new(),
        };
        for _ in 0..number(&mut cursor.rest)? {
            index.services.push(cursor.service()?);
        }
        for _ in 0..number(&mut cursor.rest)? {
            index.optimized.push(OptimizedEntry {
                token: cursor.text()?,
                inputs: cursor.frame()?,
                outputs: cursor.frame()?,
            });
        }
        for _ in 0..number(&mut cursor.rest)? {
            index.links.push(cursor.exception()?);
        }
        for _ in 0..number(&mut cursor.rest)? {
            index.iam.push(cursor.exception()?);
        }
        (cursor.frame == blob.len()).then_some(index)
    }

    /// The bytes of a frame.
    pub fn frame(&self, range: &Range<usize>) -> &'a [u8] {
        self.blob.get(range.clone()).unwrap_or_default()
    }

    /// The service of this token.
    pub fn service(&self, token: &str) -> Option<&ServiceEntry<'a>> {
        let at = self.services.binary_search_by(|it| it.token.cmp(token)).ok()?;
        self.services.get(at)
    }
}

/// Takes values off the front of the index; frames follow each other in the order of the index.
struct Cursor<'a> {
    rest: &'a [u8],
    frame: usize,
}

impl<'a> Cursor<'a> {
    fn service(&mut self) -> Option<ServiceEntry<'a>> {
        Some(ServiceEntry {
            token: self.text()?,
            title: self.text()?,
            error_prefix: self.text()?,
            directory: self.text()?,
            endpoint: self.text()?,
            signing: self.text()?,
            iam_prefix: self.text()?,
            uid: self.text()?,
            page: self.text()?,
            anchor: self.text()?,
            support: Support::from_byte(u8::try_from(number(&mut self.rest)?).ok()?)?,
            action_count: usize::try_from(number(&mut self.rest)?).ok()?,
            inputs: self.frame()?,
            outputs: self.frame()?,
        })
    }

    fn exception(&mut self) -> Option<Exception<'a>> {
        Some(Exception { service: self.text()?, operation: self.text()?, text: self.text()? })
    }

    fn frame(&mut self) -> Option<Range<usize>> {
        let start = self.frame;
        self.frame = start.checked_add(usize::try_from(number(&mut self.rest)?).ok()?)?;
        Some(start..self.frame)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(number(&mut self.rest)?).ok()?;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        std::str::from_utf8(text).ok()
    }
}
