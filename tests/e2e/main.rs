//! The product as its users meet it: the binary over stdio and on the command line, and real documents.

#![allow(clippy::print_stdout)] // A test says what it skipped.

mod accept;
mod shared;
