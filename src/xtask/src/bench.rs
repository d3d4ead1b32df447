//! Measures: the engine alone, then the budgets in real browsers. Printed, never asserted.

use crate::browser::{self, Browser};
use crate::process::{run, say};
use crate::toolchain::own_cargo;
use crate::{build, paths, peers};
use anyhow::Result;
use std::process::Command;

/// Measures the engine by itself, and in browsers.
///
/// # Errors
/// When something does not build or run.
pub(crate) fn bench(native: bool, browsers: bool) -> Result<()> {
    let cargo = |arguments: &[&str]| run(Command::new(own_cargo()).args(arguments).current_dir(paths::root()));
    if native {
        say("the engine, natively");
        cargo(&["bench", "--locked", "--package", "rejoinder-engine"])?;
    }
    if !browsers {
        return Ok(());
    }
    Browser::ALL.into_iter().try_for_each(browser::ensure)?;
    build::build(None, false)?;
    peers::build()?;
    say("the budgets, and the engine beside other matchers, in the browsers");
    cargo(&["run", "--quiet", "--locked", "--package", "rejoinder-e2e", "--bin", "budgets"])
}
