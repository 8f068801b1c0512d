//! What Amazon States Language and the services around it consist of, as data.

pub mod integrations;
pub mod models;
