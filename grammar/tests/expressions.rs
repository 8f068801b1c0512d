//! The languages inside strings: against the reference's verdicts, against real definitions, on arbitrary text.

#[path = "expressions/reference.rs"]
mod reference;

#[path = "expressions/shared.rs"]
mod shared;
