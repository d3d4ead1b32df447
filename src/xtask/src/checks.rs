//! What `cargo xtask test` looks at.

use crate::browser::{self, Browser};
use crate::process::run;
use crate::steps::{Outcome, Step};
use crate::toolchain::{Toolchain, own_cargo};
use crate::{advisories, build, editors, licences, npm, packs, pages, paths, types, wasm, weblint};
use anyhow::Result;
use std::process::Command;

/// All steps: quick ones first, then those that need the built extension, then the browsers.
pub(crate) const STEPS: [Step; 14] = [
    step("format", "rustfmt", || cargo(&["fmt", "--all", "--check"])),
    step("types", "the page's types are those of the wire", || types::check().map(passed)),
    step("licences", "licences of all crates, against deny.toml", || licences::check().map(passed)),
    step("advisories", "known vulnerabilities of crates and Node tools", advisories::check),
    step("clippy", "lints of everything, natively", || {
        cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])
    }),
    step("native", "all tests that need no browser", || cargo(&["test", "--locked", "--workspace", "--no-fail-fast"])),
    step("packs", "every pack of rules/packs, with its own tests", || packs::check().map(passed)),
    step("clippy-wasm", "lints of what runs as wasm", clippy_wasm),
    step("build", "the extension for both browsers", || build::build(None, false).map(passed)),
    Step { needs: Some("build"), ..step("typescript", "types of all scripts", typescript) },
    step("scripts", "tests of the page's script", || script("test")),
    Step {
        needs: Some("build"),
        ..step("web-ext", "Mozilla's linter on what was built", || weblint::check().map(passed))
    },
    Step { needs: Some("build"), ..step("chromium", "end to end in Chromium", || end_to_end(Browser::Chromium)) },
    Step { needs: Some("build"), ..step("firefox", "end to end in Firefox", || end_to_end(Browser::Firefox)) },
];

const fn step(name: &'static str, what: &'static str, work: fn() -> Result<Outcome>) -> Step {
    Step { name, what, needs: None, work }
}

fn passed((): ()) -> Outcome {
    Outcome::Passed
}

fn cargo(arguments: &[&str]) -> Result<Outcome> {
    run(Command::new(own_cargo()).args(arguments).current_dir(paths::root())).map(passed)
}

fn clippy_wasm() -> Result<Outcome> {
    let mut clippy = Toolchain::ensure()?.cargo("clippy");
    for room in wasm::ROOMS {
        clippy.args(["-p", &format!("rejoinder-{room}")]);
    }
    run(clippy.args(["--", "-D", "warnings"])).map(passed)
}

/// A script of `extension/package.json`.
fn script(name: &str) -> Result<Outcome> {
    npm::ensure()?;
    run(Command::new("npm").args(["run", "--silent", name]).current_dir(paths::extension())).map(passed)
}

/// The page, the background and the panel live with different globals, so each has its own project.
fn typescript() -> Result<Outcome> {
    npm::ensure()?;
    for project in [".", "background", "tsconfig.panel.json"] {
        run(npm::tool("tsc").args(["--noEmit", "--project", project]))?;
    }
    Ok(Outcome::Passed)
}

fn end_to_end(browser: Browser) -> Result<Outcome> {
    browser::ensure(browser)?;
    browser::ensure_forums()?;
    pages::reader()?;
    editors::pages()?;
    // Of the workspace, not of its package: with the same features everything is already built.
    cargo(&["test", "--locked", "--workspace", "--test", "browsers", "--", &format!("{}::", browser.name())])
}
