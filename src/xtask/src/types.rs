//! What is generated from the wire crate: the page's TypeScript types, and the schema of site adapters.

use crate::paths;
use anyhow::{Result, bail};
use fs_err as fs;
use std::path::PathBuf;

fn path() -> PathBuf {
    paths::extension().join("page/wire.ts")
}

/// Where pack authors' editors find what an adapter may hold.
fn schema() -> PathBuf {
    paths::root().join("rules/schema/site.json")
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
    let text = rejoinder_wire::schema::sites()?;
    if fs::read_to_string(schema()).ok().as_ref() != Some(&text) {
        fs::write(schema(), text)?;
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
    if fs::read_to_string(schema())? != rejoinder_wire::schema::sites()? {
        bail!("rules/schema/site.json is not current: cargo xtask types");
    }
    Ok(())
}
