//! Fuzzing: random input, guided by what it reaches, for everything that reads what others wrote.

use crate::paths;
use crate::process::{in_path, run, say, works};
use crate::toolchain::clean;
use anyhow::{Result, bail};
use fs_err as fs;
use std::path::PathBuf;
use std::process::Command;

/// What is fuzzed: `fuzz/fuzz_targets`.
pub(crate) const TARGETS: [&str; 6] = ["query", "pack", "normaliser", "evaluator", "saved", "sketch"];

/// Most bytes of one input. Longer ones only repeat what shorter ones reach.
const LONGEST: usize = 4_096;

/// Seconds that one input may take.
const SLOW: usize = 10;

/// Fuzzes targets for so many minutes each. Installs what is missing: cargo-fuzz into the cache, and where there is no
/// nightly Rust, the stable one is told to take a nightly's flags. The corpus is kept in the cache.
///
/// # Errors
/// When something cannot be installed or built, or a target fails: the input is then in `fuzz/artifacts`.
pub(crate) fn fuzz(minutes: u64, only: &[String]) -> Result<()> {
    if let Some(unknown) = only.iter().find(|name| !TARGETS.contains(&name.as_str())) {
        bail!("no target `{unknown}`: {}", TARGETS.join(", "));
    }
    let program = cargo_fuzz()?;
    let targets = TARGETS.into_iter().filter(|name| only.is_empty() || only.iter().any(|o| o == name));
    for target in targets {
        say(format!("fuzzing {target} for {minutes} min"));
        let corpus = paths::cache().join("fuzz").join(target);
        fs::create_dir_all(&corpus)?;
        let mut command = Command::new(&program);
        clean(&mut command);
        if works(Command::new("rustc").args(["+nightly", "--version"])) {
            command.env("RUSTUP_TOOLCHAIN", "nightly");
        } else {
            command.env("RUSTC_BOOTSTRAP", "1");
        }
        // No code of ours is unsafe: what is looked for are panics and time, and without the address sanitizer there
        // are three times as many runs.
        command.args(["fuzz", "run", "--sanitizer", "none", target]).arg(&corpus).arg("--");
        command.arg(format!("-max_total_time={}", minutes * 60));
        command.arg(format!("-max_len={LONGEST}")).arg(format!("-timeout={SLOW}")).arg("-rss_limit_mb=4096");
        command.args(["-print_final_stats=1", "-verbosity=0"]).current_dir(paths::root());
        run(&mut command)?;
    }
    Ok(())
}

/// The program, in the path or in the cache.
fn cargo_fuzz() -> Result<PathBuf> {
    if in_path("cargo-fuzz") {
        return Ok("cargo-fuzz".into());
    }
    let tools = paths::cache().join("tools");
    let program = tools.join("bin/cargo-fuzz");
    if !program.is_file() {
        say("cargo install cargo-fuzz");
        let mut command = Command::new("cargo");
        clean(&mut command);
        run(command.args(["install", "cargo-fuzz", "--locked", "--root"]).arg(&tools))?;
    }
    Ok(program)
}
