//! Which compiler makes the wasm.
//!
//! `REJOINDER_WASM` chooses: `rustup` (or any Rust that has the target), `debian` (Debian's packages and a private
//! sysroot), or `auto`, the default: the target that is already there, else one `rustup target add`, else Debian.

use crate::process::{in_path, read, say};
use crate::{apt, sysroot};
use anyhow::{Result, bail};
use fs_err as fs;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The target of everything that runs in the browser.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// How long `rustup target add` may take before the next way is tried. It waits 30 s by itself when packets are dropped.
const RUSTUP_LIMIT: Duration = Duration::from_secs(90);

/// Debian's packages: compiler, cargo, the source of the standard library, clippy.
const DEBIAN: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy"];

/// A Rust that can make wasm.
pub(crate) enum Toolchain {
    /// The Rust that runs this has the target.
    Own,
    /// Debian's, with the sysroot built from its source.
    Debian {
        /// Where the standard library for wasm is.
        sysroot: PathBuf,
    },
}

impl Toolchain {
    /// The chosen toolchain, installed when it is not there.
    ///
    /// # Errors
    /// When no way works; the message says what to install.
    pub(crate) fn ensure() -> Result<Self> {
        match env::var("REJOINDER_WASM").as_deref() {
            Ok("debian") => Self::debian(),
            Ok("rustup") if has_target() || add_target() => Ok(Self::Own),
            Ok("rustup") => bail!("this Rust has no {TARGET}: rustup target add {TARGET}"),
            Ok("auto" | "") | Err(_) if has_target() || add_target() => Ok(Self::Own),
            Ok("auto" | "") | Err(_) => Self::debian(),
            Ok(other) => bail!("REJOINDER_WASM is {other:?}: debian, rustup or auto"),
        }
    }

    fn debian() -> Result<Self> {
        let there = || Path::new("/usr/bin/cargo-clippy").is_file() && sysroot::source().is_ok_and(|dir| dir.is_dir());
        if !Path::new("/usr/bin/rustc").is_file() || !there() {
            apt::install(&DEBIAN)?;
        }
        if sysroot::linker().is_none() {
            apt::install(&["lld"])?;
        }
        Ok(Self::Debian { sysroot: sysroot::ensure()? })
    }

    /// `cargo TASK --target wasm32-unknown-unknown` with the right compiler; `clippy` too.
    pub(crate) fn cargo(&self, task: &str) -> Command {
        let mut command = match self {
            Self::Own => Command::new(own_cargo()),
            Self::Debian { sysroot } => {
                // `cargo clippy` looks for the driver in the user's cargo folder first, which is another version's.
                let program = if task == "clippy" { "/usr/bin/cargo-clippy" } else { "/usr/bin/cargo" };
                let mut command = Command::new(program);
                clean(&mut command);
                let flags = format!("--sysroot\u{1f}{}", sysroot.display());
                command.env("CARGO", "/usr/bin/cargo").env("RUSTC", "/usr/bin/rustc");
                command.env("RUSTDOC", "/usr/bin/rustdoc").env("CARGO_ENCODED_RUSTFLAGS", flags);
                command
            }
        };
        command.arg(task).args(["--locked", "--target", TARGET, "--target-dir"]).arg(crate::paths::wasm_target());
        command.current_dir(crate::paths::root());
        command
    }
}

/// The cargo that runs this.
pub(crate) fn own_cargo() -> PathBuf {
    env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// Takes away what one toolchain's cargo set for its children and another's must not see.
pub(crate) fn clean(command: &mut Command) {
    for name in [
        "RUSTUP_TOOLCHAIN",
        "LD_LIBRARY_PATH",
        "RUSTC_BOOTSTRAP",
        "RUSTC",
        "RUSTDOC",
        "RUSTC_WRAPPER",
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_TARGET_DIR",
        "CARGO",
    ] {
        command.env_remove(name);
    }
}

fn has_target() -> bool {
    let Ok(folder) = read(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET])) else {
        return false;
    };
    let Ok(files) = fs::read_dir(folder.trim()) else { return false };
    files.filter_map(Result::ok).any(|file| file.file_name().to_string_lossy().starts_with("libcore-"))
}

/// One try, bounded in time: where the server cannot be reached, the next way must come soon.
fn add_target() -> bool {
    if !in_path("rustup") {
        return false;
    }
    say(format!("rustup target add {TARGET}"));
    let started = Instant::now();
    let child = Command::new("rustup")
        .args(["target", "add", TARGET])
        .env("RUSTUP_MAX_RETRIES", "0")
        .stdin(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    while started.elapsed() < RUSTUP_LIMIT {
        match child.try_wait() {
            Ok(None) => std::thread::sleep(Duration::from_millis(200)),
            Ok(Some(status)) => return status.success() && has_target(),
            Err(_) => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    say("rustup took too long");
    false
}
