//! The grammars that editors use, run through the Rust binding. One binary, in the order a newcomer should read it.

mod support;

mod corpus;
mod documents;
mod verdicts;

mod agreement;

mod paint;
mod picture;
mod queries;
