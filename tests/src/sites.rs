//! The adapters of this repository.

use crate::paths;
use anyhow::{Result, ensure};
use rejoinder_cli::pack::Authored;
use rejoinder_wire::Site;

/// All of them, as the pack that ships them has them.
///
/// # Errors
/// The pack has errors.
pub fn all() -> Result<Vec<Site>> {
    let authored = Authored::read(&paths::root().join("rules/packs/vaccination"));
    ensure!(authored.errors() == 0, "the pack has errors: {}", authored.render(false));
    Ok(authored.pack().sites.clone())
}
