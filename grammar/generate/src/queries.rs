//! Queries: written once, copied to each editor in its dialect.

use std::path::Path;

use anyhow::Result;

use crate::Output;

pub fn generate(_root: &Path, _output: &mut Output) -> Result<()> {
    Ok(())
}
