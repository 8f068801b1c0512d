//! One immutable version of an open document.
//!
//! An edit makes the next version at once and cheaply: the rope is shared, tree-sitter's tree is edited. Parsing and
//! analysis happen when somebody first asks, on whatever thread asks, and are shared by all who ask later.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use asl_grammar::syntax::{Format, Skeleton};
use asl_grammar::text::{Encoding, Position, Text};

use crate::analysis::Analysis;
use crate::config::Config;

pub struct Document {
    pub version: i32,
    /// No other document of this process has it, nor this one with another text or other settings.
    pub serial: u64,
    /// Opened as Amazon States Language, or by a name that says so. Others are only looked at when they look like it.
    pub declared: bool,
    pub format: Format,
    pub text: Text,
    /// An edit could not be placed: nothing is said until the editor sends the whole text.
    pub out_of_sync: bool,
    config: Arc<Config>,
    /// tree-sitter's tree of an earlier version, with the edits since.
    stale: Option<Skeleton>,
    fresh: OnceLock<Option<Skeleton>>,
    /// The last analysis of an earlier version.
    previous: Option<Arc<Analysis>>,
    analysis: OnceLock<Arc<Analysis>>,
    /// A newer version has replaced this one.
    outdated: AtomicBool,
}

/// A change as the protocol gives it.
pub struct Change {
    /// None when the whole text is replaced.
    pub range: Option<Range<Position>>,
    pub text: String,
}

impl Document {
    pub fn new(version: i32, declared: bool, format: Format, text: &str, config: Arc<Config>) -> Document {
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        Document {
            version,
            serial: SERIAL.fetch_add(1, Ordering::Relaxed),
            declared,
            format,
            text: Text::new(text),
            out_of_sync: false,
            config,
            stale: None,
            fresh: OnceLock::new(),
            previous: None,
            analysis: OnceLock::new(),
            outdated: AtomicBool::new(false),
        }
    }

    /// The next version. Costs microseconds, whatever the size of the document.
    pub fn edited(&self, version: i32, changes: Vec<Change>, encoding: Encoding) -> Document {
        let mut text = self.text.clone();
        let mut stale = self.fresh.get().cloned().flatten().or_else(|| self.stale.clone());
        let mut out_of_sync = self.out_of_sync;
        for change in changes {
            let Some(range) = change.range else {
                text = Text::new(&change.text);
                stale = None;
                out_of_sync = false;
                continue;
            };
            if out_of_sync || range.end < range.start {
                out_of_sync = true;
                continue;
            }
            let bytes = text.offset(range.start, encoding)..text.offset(range.end, encoding);
            let before = text.clone();
            text.edit(bytes.clone(), &change.text);
            if let Some(skeleton) = &mut stale {
                skeleton.edit(&before, &text, bytes, change.text.len());
            }
        }
        self.outdated.store(true, Ordering::Relaxed);
        Document {
            version,
            text,
            out_of_sync,
            stale,
            previous: self.analysis.get().cloned().or_else(|| self.previous.clone()),
            ..Document::new(version, self.declared, self.format, "", self.config.clone())
        }
    }

    /// The same version under other settings.
    pub fn reconfigured(&self, config: Arc<Config>) -> Document {
        Document {
            text: self.text.clone(),
            out_of_sync: self.out_of_sync,
            stale: self.fresh.get().cloned().flatten().or_else(|| self.stale.clone()),
            ..Document::new(self.version, self.declared, self.format, "", config)
        }
    }

    pub fn config(&self) -> &Arc<Config> {
        &self.config
    }

    /// What is known about this version.
    pub fn analysis(&self) -> &Arc<Analysis> {
        self.analysis.get_or_init(|| {
            let config = self.config.clone();
            let text = self.text.clone();
            Arc::new(match &self.previous {
                Some(previous) => {
                    let skeleton = self.stale.is_some().then(|| self.skeleton()).flatten();
                    Analysis::update(previous, text, skeleton, config)
                }
                None => Analysis::new(self.format, text, config),
            })
        })
    }

    /// Is there anything to say about it? A document of another kind gets silence.
    pub fn is_ours(&self) -> bool {
        !self.out_of_sync && (self.declared || self.analysis().looks_like_machine())
    }

    /// Prepares for the next edit: after this, it can be read incrementally.
    pub fn warm(&self) {
        if self.format == Format::Json && self.text.len() <= crate::analysis::MAX_LEN && self.is_ours() {
            self.skeleton();
        }
    }

    /// Has no version of it been looked at before?
    pub fn is_first(&self) -> bool {
        self.previous.is_none()
    }

    pub fn is_outdated(&self) -> bool {
        self.outdated.load(Ordering::Relaxed)
    }

    /// tree-sitter's tree of this version. None when a newer version came before it was done.
    fn skeleton(&self) -> Option<&Skeleton> {
        if self.format != Format::Json {
            return None;
        }
        let stop = || self.is_outdated();
        self.fresh.get_or_init(|| Skeleton::parse(&self.text, self.stale.as_ref(), &stop)).as_ref()
    }
}
