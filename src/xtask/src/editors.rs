//! Real editors: their pages, and the record of what the extension does in them.

use crate::browser::{self, Browser};
use crate::process::run;
use crate::toolchain::own_cargo;
use crate::{build, npm, paths};
use anyhow::Result;
use fs_err as fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// Builds what is needed, tries every editor, records what is seen, and writes `docs/EDITORS.md`.
///
/// # Errors
/// When something cannot be installed or built, or a reply is not as it should be.
pub(crate) fn editors(only: Option<Browser>) -> Result<()> {
    build::build(only, false)?;
    pages()?;
    for browser in Browser::ALL.into_iter().filter(|browser| only.is_none_or(|only| only == *browser)) {
        browser::ensure(browser)?;
        record(&["--workspace", "--test", "browsers", "--", &format!("{}::editors", browser.name())])?;
    }
    document()
}

/// Writes `docs/EDITORS.md` from what is recorded.
///
/// # Errors
/// When something is not.
pub(crate) fn document() -> Result<()> {
    record(&["--package", "rejoinder-e2e", "--lib", "editors::document"])
}

fn record(test: &[&str]) -> Result<()> {
    let mut cargo = Command::new(own_cargo());
    run(cargo.args(["test", "--locked"]).args(test).env("REJOINDER_RECORD_EDITORS", "1"))
}

/// Builds the pages into [`paths::editors`], when a source is newer.
///
/// # Errors
/// When an editor cannot be installed, or a page does not compile.
pub(crate) fn pages() -> Result<()> {
    let sources = paths::root().join("tests/editors");
    npm::install(&sources)?;
    let out = paths::editors();
    // Written at the end of every build.
    let built = out.join("editors.json").metadata().and_then(|file| file.modified());
    if built.is_ok_and(|built| newest(&sources).is_ok_and(|newest| newest <= built)) {
        return Ok(());
    }
    run(Command::new("node").arg(sources.join("build.mjs")).arg(out))
}

/// When the youngest file of a folder was written; of its packages, the list of them counts.
fn newest(folder: &Path) -> Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let time = match entry.file_type()?.is_dir() {
            true if entry.file_name() == "node_modules" => path.join(".package-lock.json").metadata()?.modified()?,
            true => self::newest(&path)?,
            false => entry.metadata()?.modified()?,
        };
        newest = newest.max(time);
    }
    Ok(newest)
}
