//! The grammars that editors use, run through the Rust binding. One binary, in the order a newcomer should read it.

mod corpus;
mod documents;
mod support;
mod verdicts;
