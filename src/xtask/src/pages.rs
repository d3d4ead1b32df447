//! Saved pages, read in a browser by the content script's own eyes.

use crate::browser::{self, Browser};
use crate::process::run;
use crate::toolchain::own_cargo;
use crate::{build, npm, paths};
use anyhow::Result;
use fs_err as fs;
use std::process::Command;

/// Builds what is needed, and reads the pages of a folder.
///
/// # Errors
/// When something cannot be installed or built, or a page cannot be read.
pub(crate) fn pages(browser: Browser, arguments: &[String]) -> Result<()> {
    browser::ensure(browser)?;
    build::build(Some(browser), false)?;
    reader()?;
    let mut cargo = Command::new(own_cargo());
    cargo.args(["run", "--quiet", "--locked", "--package", "rejoinder-e2e", "--bin", "pages", "--"]);
    run(cargo.args(["--browser", browser.name()]).args(arguments))
}

/// Bundles the script that is run in saved pages into [`paths::reader`].
///
/// # Errors
/// When it does not compile.
pub(crate) fn reader() -> Result<()> {
    let out = paths::reader();
    fs::create_dir_all(&out)?;
    let mut esbuild = npm::tool("esbuild");
    esbuild.arg(paths::root().join("tests/reader/reader.ts")).args([
        "--bundle",
        "--format=iife",
        "--global-name=Reader",
    ]);
    run(esbuild.args(["--log-level=warning"]).arg(format!("--outfile={}", out.join("reader.js").display())))
}
