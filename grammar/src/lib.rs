//! Text to tree. This crate knows JSON, YAML and the small languages inside their strings; it knows nothing of
//! Step Functions, of editors or of files.
//!
//! Parsing always succeeds: it gives a tree and a list of errors, however broken the text.
//!
//! The modules in the order a newcomer should read them:

pub mod text;

pub mod tree;

pub mod map;

mod json;

mod yaml;

pub mod syntax;

pub mod spot;

pub mod span;

pub mod jsonata;

pub mod path;

pub mod intrinsic;
pub mod write;

pub mod format;

pub use json::{MAX_DEPTH, unescape};
