//! Where things are.

use anyhow::{Context as _, Result, ensure};
use std::path::{Path, PathBuf};

/// Top of the repository, or of another checkout whose `dist/` and `rules/` are to be tried (`$REJOINDER_ROOT`).
pub fn root() -> PathBuf {
    if let Some(other) = std::env::var_os("REJOINDER_ROOT") {
        return PathBuf::from(other);
    }
    // Asked when it runs, of who is run by cargo: clones that share a target folder share this program.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").filter(|dir| !dir.is_empty());
    let here = here.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map(Path::to_path_buf).unwrap_or(here)
}

/// The built extension of one browser.
///
/// # Errors
/// It was not built.
pub fn dist(browser: &str) -> Result<PathBuf> {
    let dir = root().join("dist").join(browser);
    ensure!(
        dir.join("manifest.json").is_file(),
        "{} holds no built extension: run `cargo xtask build` first",
        dir.display()
    );
    Ok(dir)
}

/// The example pack.
pub fn example_pack() -> PathBuf {
    root().join("rules/packs/vaccination")
}

/// Where screenshots go (not in the repository).
pub fn out(folder: &str) -> Result<PathBuf> {
    let dir = root().join("out").join(folder);
    fs_err::create_dir_all(&dir)?;
    Ok(dir)
}

/// What is kept between runs, outside the clone: `$REJOINDER_CACHE`, else `$XDG_CACHE_HOME/rejoinder`, else
/// `~/.cache/rejoinder`.
///
/// # Errors
/// None of these variables is set.
pub fn cache() -> Result<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(dir) = set("REJOINDER_CACHE") {
        return Ok(dir);
    }
    let base = set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")));
    Ok(base.context("neither REJOINDER_CACHE, XDG_CACHE_HOME nor HOME is set")?.join("rejoinder"))
}

/// A program that our tasks installed into the cache, else one of that name on the path.
pub fn program(cached: &str, name: &str) -> PathBuf {
    cache().map(|dir| dir.join(cached)).ok().filter(|path| path.is_file()).unwrap_or_else(|| PathBuf::from(name))
}
