//! `docs/EDITORS.md`.
use std::path::PathBuf;
/// x
pub fn path() -> PathBuf {
    crate::paths::root().join("docs/EDITORS.md")
}
/// x
/// # Errors
/// x
pub fn current() -> anyhow::Result<String> {
    Ok(String::new())
}
