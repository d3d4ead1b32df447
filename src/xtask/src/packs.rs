//! The packs of this repository.

use crate::paths;
use crate::process::run;
use crate::toolchain::own_cargo;
use anyhow::{Result, bail};
use fs_err as fs;
use std::path::PathBuf;
use std::process::Command;

/// Has the command-line tool check every pack and run its tests.
///
/// # Errors
/// When there is no pack, or one is not in order.
pub(crate) fn check() -> Result<()> {
    let packs = folders()?;
    if packs.is_empty() {
        bail!("rules/packs holds no pack");
    }
    for task in ["check", "test"] {
        for pack in &packs {
            let mut cargo = Command::new(own_cargo());
            cargo.args(["run", "--quiet", "--locked", "--package", "rejoinder-cli", "--", task]).arg(pack);
            run(cargo.current_dir(paths::root()))?;
        }
    }
    Ok(())
}

fn folders() -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(paths::root().join("rules/packs"))? {
        let path = entry?.path();
        if path.join("pack.toml").is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
