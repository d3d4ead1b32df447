//! The packs of this repository.

use crate::paths;
use crate::process::run;
use crate::toolchain::own_cargo;
use anyhow::{Context, Result, bail};
use fs_err as fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Has the command-line tool check every pack, that of the README too, and run its tests.
///
/// # Errors
/// When there is no pack, or one is not in order.
pub(crate) fn check() -> Result<()> {
    let mut packs = folders()?;
    if packs.is_empty() {
        bail!("rules/packs holds no pack");
    }
    packs.push(readme()?);
    // Of the workspace, not of its package: with the same features everything is already built by the tests.
    let build = ["build", "--quiet", "--locked", "--workspace", "--bin", "rejoinder"];
    run(Command::new(own_cargo()).args(build).current_dir(paths::root()))?;
    for task in ["check", "test"] {
        for pack in &packs {
            run(Command::new(paths::target().join("debug/rejoinder")).arg(task).arg(pack))?;
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

/// Writes the README's pack as deep in `target/readme` as it says to stand in `rules`, with the same lexicons around it.
fn readme() -> Result<PathBuf> {
    let root = paths::root();
    let text = fs::read_to_string(root.join("README.md"))?;
    let (_, pack) = text.split_once("```toml\n").context("README.md shows no pack")?;
    let (pack, _) = pack.split_once("```").context("the pack in README.md does not end")?;
    let rules = root.join("target/readme");
    let folder = rules.join("packs/paracetamol");
    fs::create_dir_all(&folder)?;
    fs::create_dir_all(rules.join("lexicons"))?;
    for lexicon in fs::read_dir(root.join("rules/lexicons"))? {
        let lexicon = lexicon?.path();
        fs::copy(&lexicon, rules.join("lexicons").join(lexicon.file_name().map(Path::new).unwrap_or(&lexicon)))?;
    }
    fs::write(folder.join("pack.toml"), pack)?;
    Ok(folder)
}
