//! The demo: everything it needs, then the scene itself, which the end-to-end crate plays.

use crate::browser::{self, Browser};
use crate::process::run;
use crate::toolchain::own_cargo;
use crate::{build, paths};
use anyhow::Result;
use std::process::Command;

/// Installs what is missing, builds, and shows the extension at work.
///
/// # Errors
/// When something cannot be installed or built, or the scene fails.
pub(crate) fn demo(browser: Browser, headless: bool, scene: &[String]) -> Result<()> {
    browser::ensure(browser)?;
    build::build(Some(browser), false)?;
    let mut cargo = Command::new(own_cargo());
    cargo.args(["run", "--quiet", "--locked", "--package", "rejoinder-e2e", "--bin", "demo", "--"]);
    cargo.args(["--browser", browser.name()]).args(headless.then_some("--headless")).args(scene);
    run(cargo.current_dir(paths::root()))
}
