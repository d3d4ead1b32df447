//! Known vulnerabilities. Both databases are on the network; where one cannot be reached, that is said, not passed over.

use crate::process::{in_path, run, say, works};
use crate::steps::Outcome;
use crate::toolchain::own_cargo;
use crate::{npm, paths};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const DATABASE: &str = "https://github.com/rustsec/advisory-db";

/// Looks up all crates and all Node tools.
///
/// # Errors
/// When one has a known vulnerability.
pub(crate) fn check() -> Result<Outcome> {
    let not_looked_up: Vec<String> = [crates()?, node()?].into_iter().flatten().collect();
    if not_looked_up.is_empty() { Ok(Outcome::Passed) } else { Ok(Outcome::Skipped(not_looked_up.join("; "))) }
}

/// Why the crates could not be looked up.
fn crates() -> Result<Option<String>> {
    let mut git = Command::new("timeout");
    git.args(["20", "git", "ls-remote", "--quiet", DATABASE, "HEAD"]).env("GIT_TERMINAL_PROMPT", "0");
    if !works(&mut git) {
        return Ok(Some(format!("crates not looked up: {DATABASE} cannot be reached")));
    }
    run(Command::new(cargo_deny()?).args(["--all-features", "check", "advisories"]).current_dir(paths::root()))?;
    Ok(None)
}

fn cargo_deny() -> Result<PathBuf> {
    let name = "cargo-deny";
    let kept = paths::cache().join(name);
    let program = kept.join("bin").join(name);
    if in_path(name) {
        return Ok(name.into());
    }
    if !program.is_file() {
        say("cargo install cargo-deny (once, several minutes)");
        run(Command::new(own_cargo()).args(["install", "--locked", name, "--root"]).arg(kept))?;
    }
    Ok(program)
}

/// Why the Node tools could not be looked up.
fn node() -> Result<Option<String>> {
    npm::ensure()?;
    let mut audit = Command::new("npm");
    audit.args(["audit", "--json"]).current_dir(paths::extension()).stderr(Stdio::null());
    let output = audit.output().context("cannot start npm")?;
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let Some(counts) = answer.pointer("/metadata/vulnerabilities") else {
        let why = answer["message"].as_str().unwrap_or("the registry does not answer");
        return Ok(Some(format!("Node tools not looked up: {why}")));
    };
    let grave = ["high", "critical"].iter().filter_map(|severity| counts[severity].as_u64()).sum::<u64>();
    if grave > 0 {
        bail!("{grave} Node tools have a known grave vulnerability: npm audit (in extension/)");
    }
    Ok(None)
}
