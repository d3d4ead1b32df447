//! The two wasm modules: compiled, bound to JavaScript, made small.

use crate::process::{run, say};
use crate::toolchain::{TARGET, Toolchain};
use crate::{npm, paths};
use anyhow::{Context, Result, anyhow};
use fs_err as fs;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// The rooms that run as wasm. Their crates are `rejoinder-ROOM`.
pub(crate) const ROOMS: [&str; 2] = ["background", "panel"];

const PROFILE: &str = "wasm-release";

/// For size, with what the compiler's default wasm uses and every supported browser has.
const OPTIMISER: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The settings of [`bind`] in words: change both together, so that old output is not kept.
const BINDINGS: &str = "0.2.130: web, no default path, no names";

/// Compiles rooms and writes their JavaScript.
///
/// # Errors
/// When there is no toolchain, a crate does not compile, or the bindings cannot be made.
pub(crate) fn compile(rooms: &[&str]) -> Result<()> {
    let toolchain = Toolchain::ensure()?;
    say(format!("compiling to wasm: {}", rooms.join(", ")));
    let mut cargo = toolchain.cargo("build");
    cargo.args(["--profile", PROFILE]);
    for room in rooms {
        cargo.args(["-p", &format!("rejoinder-{room}")]);
    }
    run(&mut cargo)?;
    rooms.iter().try_for_each(|room| bind(room).with_context(|| format!("wasm-bindgen for {room}")))
}

fn bind(room: &str) -> Result<()> {
    let compiled = paths::wasm_target().join(TARGET).join(PROFILE).join(format!("rejoinder_{room}.wasm"));
    let out = paths::bindgen(room);
    let module = bound(room);
    once(&compiled, BINDINGS, &module, || {
        Bindgen::new()
            .input_path(&compiled)
            .out_name(room)
            .web(true)
            .and_then(|bindgen| {
                // An extension's own address is only known at run time: the script that starts the module gives it.
                bindgen.omit_default_module_path(true).typescript(true).remove_name_section(true).generate(&out)
            })
            .map_err(|error| anyhow!("{error:#}"))
    })
}

/// The module as wasm-bindgen wrote it.
pub(crate) fn bound(room: &str) -> PathBuf {
    paths::bindgen(room).join(format!("{room}_bg.wasm"))
}

/// Makes the module of `room` small, and gives the small one's path.
///
/// # Errors
/// When the optimiser fails.
pub(crate) fn shrink(room: &str) -> Result<PathBuf> {
    let small = paths::bindgen(room).join(format!("{room}_small.wasm"));
    let input = bound(room);
    once(&input, &OPTIMISER.join(" "), &small, || {
        say(format!("wasm-opt -Oz {room}"));
        run(npm::tool("wasm-opt").args(OPTIMISER).arg(&input).arg("-o").arg(&small))
    })?;
    Ok(small)
}

/// Does `work`, which makes `output` from `input`, unless it was done with the same input and settings.
fn once(input: &Path, settings: &str, output: &Path, work: impl FnOnce() -> Result<()>) -> Result<()> {
    let mut hash = Sha256::new_with_prefix(settings);
    hash.update(fs::read(input)?);
    let key: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let stamp = output.with_extension("made-from");
    if output.is_file() && fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == key) {
        return Ok(());
    }
    work()?;
    Ok(fs::write(stamp, key)?)
}
