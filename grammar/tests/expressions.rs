//! The languages inside strings: against the reference's verdicts, against real definitions, on arbitrary text.

#[path = "expressions/reference.rs"]
mod reference;

#[path = "expressions/shared.rs"]
mod shared;

#[path = "expressions/corpus.rs"]
mod corpus;

#[path = "expressions/cut.rs"]
mod cut;

#[path = "expressions/queries.rs"]
mod queries;

#[path = "expressions/robust.rs"]
mod robust;

#[path = "expressions/bench.rs"]
mod bench;

#[path = "expressions/trees.rs"]
mod trees;
