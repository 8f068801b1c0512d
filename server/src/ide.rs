//! Answers to questions at a cursor: one file each, a function from an [`Analysis`](crate::analysis::Analysis) and an
//! offset to a plain struct.

pub mod expression;
pub mod locate;

pub mod symbols;

pub mod definition;
pub mod references;
pub mod rename;

mod variables;

pub mod hover;
pub mod markdown;
pub mod time;

pub mod inlay;
pub mod links;

pub mod folding;
pub mod selection;
pub mod tokens;

pub mod actions;
pub mod completion;
pub mod fix_all;
pub mod signature;
