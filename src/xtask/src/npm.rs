//! Node's tools, at the versions that `extension/package-lock.json` pins.

use crate::paths;
use crate::process::{in_path, run, say};
use anyhow::{Result, bail};
use fs_err as fs;
use std::path::Path;
use std::process::Command;

/// Installs them when they are not there or the lock file is newer.
///
/// # Errors
/// When there is no npm, or it fails.
pub(crate) fn ensure() -> Result<()> {
    install(&paths::extension())
}

/// Installs what the lock file of a folder names, likewise.
///
/// # Errors
/// As [`ensure`].
pub(crate) fn install(folder: &Path) -> Result<()> {
    let lock = fs::metadata(folder.join("package-lock.json"))?.modified()?;
    // npm writes this list of what it installed at the end of every install.
    let installed = folder.join("node_modules/.package-lock.json").metadata().and_then(|file| file.modified());
    if installed.is_ok_and(|installed| installed >= lock) {
        return Ok(());
    }
    if !in_path("npm") {
        bail!("no npm in the path: install Node 20 or newer (Debian: apt-get install nodejs npm)");
    }
    say(format!("npm ci in {}", folder.display()));
    run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))
}

/// One of the installed programs, run in `extension/`.
pub(crate) fn tool(name: &str) -> Command {
    let extension = paths::extension();
    let mut command = Command::new(extension.join("node_modules/.bin").join(name));
    command.current_dir(extension);
    command
}
