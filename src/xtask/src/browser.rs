//! The browsers, and what is needed to drive them.

use crate::process::{in_path, run, say};
use crate::toolchain::own_cargo;
use crate::{apt, paths};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use std::process::Command;

/// A browser that the extension is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Browser {
    /// Chromium and all made from it
    Chromium,
    /// Firefox
    Firefox,
}

impl Browser {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// The name of its folder in `dist` and of its object in the manifest.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }
}

/// The version that the end-to-end tests look for in the cache.
const GECKODRIVER: &str = "0.37.1";

/// For a machine without a desktop: letters, and the emoji that posts are full of.
const FONTS: [&str; 2] = ["fonts-dejavu-core", "fonts-noto-color-emoji"];

/// What the forum software of the end-to-end tests is installed with.
const FORUMS: [&str; 4] = ["build-essential", "python3-dev", "python3-venv", "pkg-config"];

/// Makes sure that a browser and its driver are there. One that is installed for it speaks French, which the demo is in;
/// another one may show it in English.
///
/// # Errors
/// When one is missing and cannot be installed; the message says what to install.
pub(crate) fn ensure(browser: Browser) -> Result<()> {
    match browser {
        Browser::Chromium if in_path("chromium") && in_path("chromedriver") => Ok(()),
        Browser::Chromium => apt::install(&[&["chromium", "chromium-driver", "chromium-l10n"], &FONTS[..]].concat()),
        Browser::Firefox => {
            if !in_path("firefox-esr") && !in_path("firefox") {
                apt::install(&[&["firefox-esr", "firefox-esr-l10n-fr"], &FONTS[..]].concat())?;
            }
            geckodriver()
        }
    }
}

/// Makes sure that forum software can be installed.
///
/// # Errors
/// When something is missing and cannot be installed; the message says what to install.
pub(crate) fn ensure_forums() -> Result<()> {
    if in_path("apt-get") {
        return apt::install(&FORUMS);
    }
    if !in_path("python3") || !in_path("cc") {
        bail!("the forum software of the tests needs Python 3 with venv and headers, and a C compiler");
    }
    Ok(())
}

/// Debian has no package of it.
fn geckodriver() -> Result<()> {
    let kept = paths::cache().join(format!("geckodriver-{GECKODRIVER}"));
    if kept.join("bin/geckodriver").is_file() {
        return Ok(());
    }
    say("cargo install geckodriver (once, a few minutes)");
    let mut cargo = Command::new(own_cargo());
    cargo.args(["install", "--locked", "geckodriver", "--version", GECKODRIVER, "--root"]).arg(kept);
    // Not in the clone, whose settings are not meant for it.
    run(cargo.current_dir(std::env::temp_dir())).context("geckodriver, which drives Firefox")
}
