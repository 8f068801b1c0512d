//! The analysis of Amazon States Language behind the language server and the command line.

pub mod catalog;
pub mod cli;
