//! The page's TypeScript types, generated from the wire crate.

use crate::paths;
use anyhow::{Result, bail};
use fs_err as fs;
use std::path::PathBuf;

fn path() -> PathBuf {
    paths::extension().join("page/wire.ts")
}

/// Writes them.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn write() -> Result<()> {
    let module = rejoinder_wire::typescript::module();
    // Untouched when current, so that nothing downstream is rebuilt.
    if fs::read_to_string(path()).ok().as_ref() != Some(&module) {
        fs::write(path(), module)?;
    }
    Ok(())
}

/// Fails when the written ones are not those of the wire crate.
///
/// # Errors
/// When they are not, or cannot be read.
pub(crate) fn check() -> Result<()> {
    if fs::read_to_string(path())? != rejoinder_wire::typescript::module() {
        bail!("extension/page/wire.ts is not current: cargo xtask types");
    }
    Ok(())
}
