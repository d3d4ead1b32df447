//! A private sysroot: wasm's standard library built once by Debian's compiler, which ships its source but no wasm library.
//!
//! Built once and kept, instead of `-Zbuild-std` in every build: the standard library is not compiled again for each
//! profile, and `RUSTC_BOOTSTRAP` does not leak to build scripts that probe for a nightly compiler.

use crate::paths;
use crate::process::{read, say};
use crate::toolchain::{self, TARGET};
use anyhow::{Context, Result, bail};
use fs_err as fs;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::ffi::OsStr;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

const CARGO: &str = "/usr/bin/cargo";
const RUSTC: &str = "/usr/bin/rustc";

/// Part of the key: raise it when what is built here changes.
const RECIPE: &str = "2: std,panic_abort,test; optimize_for_size; opt-level s; panic abort";

const MANIFEST: &str = r#"[package]
name = "standard_library"
version = "0.0.0"
edition = "2024"
[workspace]
[profile.release]
opt-level = "s"
panic = "abort"
codegen-units = 1
debug = false
"#;

/// The source of the standard library that belongs to Debian's compiler.
///
/// # Errors
/// When that compiler is not installed.
pub(crate) fn source() -> Result<PathBuf> {
    let sysroot = read(Command::new(RUSTC).args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"))
}

/// The sysroot's folder, built when it is not there. Its path depends on the compiler alone: cargo rebuilds everything
/// when a path in the flags changes.
///
/// # Errors
/// When a part of Debian's toolchain or a linker is missing, or the standard library does not build.
pub(crate) fn ensure() -> Result<PathBuf> {
    let version = read(Command::new(RUSTC).arg("-vV"))?;
    let key: String =
        Sha256::digest(format!("{version}{RECIPE}")).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let cache = paths::cache();
    let done = cache.join(format!("sysroot-{key}"));
    if done.is_dir() {
        return Ok(done);
    }
    fs::create_dir_all(&cache)?;
    let lock = fs::File::create(cache.join("sysroot.lock"))?;
    lock.file().lock().context("cannot lock the cache")?;
    if done.is_dir() {
        return Ok(done);
    }
    say("building the standard library for wasm, once (one to three minutes)");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc -vV names no host")?;
    let work = cache.join(format!("sysroot-{key}.part"));
    let _ = fs::remove_dir_all(&work);
    let made = work.join("sysroot");
    fill(&work, &made, host)?;
    // Renamed when whole, so an interrupted build is never taken for a sysroot.
    fs::rename(&made, &done)?;
    fs::remove_dir_all(&work)?;
    Ok(done)
}

fn fill(work: &Path, made: &Path, host: &str) -> Result<()> {
    let package = work.join("package");
    fs::create_dir_all(package.join("src"))?;
    fs::write(package.join("Cargo.toml"), MANIFEST)?;
    fs::write(package.join("src/lib.rs"), "#![no_std]\n")?;
    let mut cargo = Command::new(CARGO);
    toolchain::clean(&mut cargo);
    let messages = read(
        cargo
            .args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,test"])
            // Sorting alone, made for each type that is sorted, was an eighth of the module that every start compiles.
            .arg("-Zbuild-std-features=optimize_for_size")
            .args(["--message-format", "json-render-diagnostics", "--target-dir"])
            .arg(work.join("target"))
            .current_dir(&package)
            .env("RUSTC", RUSTC)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_ENCODED_RUSTFLAGS", "-Cembed-bitcode=yes"),
    )?;
    let libraries = made.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&libraries)?;
    for library in built(&messages)? {
        fs::copy(&library, libraries.join(library.file_name().unwrap_or_default()))?;
    }
    let system = read(Command::new(RUSTC).args(["--print", "sysroot"]))?;
    let hosted = made.join("lib/rustlib").join(host);
    fs::create_dir_all(hosted.join("bin"))?;
    symlink(Path::new(system.trim()).join("lib/rustlib").join(host).join("lib"), hosted.join("lib"))?;
    let linker = linker().context("no lld to link wasm with: apt-get install lld")?;
    symlink(linker, hosted.join("bin/rust-lld"))?;
    Ok(())
}

/// The libraries that cargo reports as built, but for the package that asked for them.
fn built(messages: &str) -> Result<Vec<PathBuf>> {
    let mut libraries = Vec::new();
    for message in messages.lines() {
        let message: Value = serde_json::from_str(message).context("cargo's build messages")?;
        if message["reason"] != "compiler-artifact" || message["target"]["name"] == "standard_library" {
            continue;
        }
        let files = message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str).map(PathBuf::from);
        libraries
            .extend(files.filter(|file| matches!(file.extension().and_then(OsStr::to_str), Some("rlib" | "rmeta"))));
    }
    if libraries.is_empty() {
        bail!("cargo built no library for {TARGET}");
    }
    Ok(libraries)
}

/// The newest lld of Debian, else the one that comes with the Rust that runs this.
pub(crate) fn linker() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib")
        .ok()?
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let major = entry.file_name().to_str()?.strip_prefix("llvm-")?.parse().ok()?;
            Some((major, entry.path().join("bin/lld")))
        })
        .filter(|(_, path)| path.is_file())
        .collect();
    found.sort();
    let own = || {
        let sysroot = read(Command::new("rustc").args(["--print", "sysroot"])).ok()?;
        let hosts = fs::read_dir(Path::new(sysroot.trim()).join("lib/rustlib")).ok()?;
        hosts.filter_map(Result::ok).map(|host| host.path().join("bin/rust-lld")).find(|lld| lld.is_file())
    };
    found.pop().map(|(_, path)| path).or_else(own)
}

#[cfg(test)]
mod tests {
    use super::built;
    use std::path::PathBuf;

    #[test]
    fn libraries_are_picked_from_messages() {
        let messages = concat!(
            r#"{"reason":"compiler-artifact","target":{"name":"core"},"filenames":["/t/libcore-1.rlib","/t/libcore-1.rmeta"]}"#,
            "\n",
            r#"{"reason":"compiler-artifact","target":{"name":"build-script-build"},"filenames":["/t/build-script-build"]}"#,
            "\n",
            r#"{"reason":"compiler-artifact","target":{"name":"standard_library"},"filenames":["/t/libstandard.rlib"]}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#,
        );
        let expected = ["/t/libcore-1.rlib", "/t/libcore-1.rmeta"].map(PathBuf::from);
        assert_eq!(built(messages).expect("messages of cargo"), expected);
        assert!(built("").is_err());
    }
}
