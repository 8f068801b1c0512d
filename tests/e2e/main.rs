//! The product as its users meet it: the binary over stdio and on the command line, and real documents.

#![allow(clippy::print_stdout)] // A test says what it skipped.

mod cli;
mod client;
mod mirror;
mod typist;

mod lifecycle;

mod sync;

mod encodings;

mod features;
mod strings;

mod settings;

mod cancel;

mod saturation;

mod limits;

mod wire;

mod notices;

mod seeds;

mod accept;
mod cut;
mod drawing;
mod format;
mod sarif;
mod shared;
