//! The analysis of Amazon States Language behind the language server and the command line.
//!
//! The modules in the order a newcomer should read them; ARCHITECTURE.md tells who may call whom.

pub mod catalog;

pub mod asl;

pub mod check;
pub mod rules;
pub mod suggest;

pub mod config;

pub mod analysis;
pub mod document;

pub mod ide;

pub mod graph;

#[cfg(feature = "lsp")]
pub mod lsp;

pub mod cli;

#[cfg(test)]
mod fixture;
