//! What is known about Step Functions without looking at a document: names, limits, functions, each with its source.

pub mod functions;
