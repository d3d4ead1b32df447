//! The wasm modules: compiled, cut in two where a part is loaded later, bound to JavaScript, made small.

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

/// The room of which parts are loaded later.
const SPLIT: &str = "background";

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
const BINDINGS: &str = "0.2.130: web, no default path, no names, the linker's exports if split";

/// The same of [`split`].
const SPLITTING: &str = "0.2.4: web";

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
    let compiled = split(room, compiled)?;
    let out = paths::bindgen(room);
    let module = bound(room);
    once(&compiled, BINDINGS, &module, || {
        Bindgen::new()
            .input_path(&compiled)
            .out_name(room)
            .web(true)
            .and_then(|bindgen| {
                // What is loaded later shares the table of functions with what is there, which is one of the linker's exports.
                bindgen.keep_lld_exports(room == SPLIT);
                // An extension's own address is only known at run time: the script that starts the module gives it.
                bindgen.omit_default_module_path(true).typescript(true).remove_name_section(true).generate(&out)
            })
            .map_err(|error| anyhow!("{error:#}"))
    })
}

/// Cuts off a module what is loaded later, and gives the path of the rest; the script that loads it lies beside.
fn split(room: &str, compiled: PathBuf) -> Result<PathBuf> {
    if room != SPLIT {
        return Ok(compiled);
    }
    let out = paths::bindgen(room);
    // A fresh clone has none, and the splitter makes none.
    fs::create_dir_all(&out)?;
    let rest = out.join(format!("{room}_first.wasm"));
    once(&compiled, SPLITTING, &rest, || {
        // Those of before, which may have had other names.
        parts(room)?.into_iter().try_for_each(fs::remove_file)?;
        let input = fs::read(&compiled)?;
        let main_module = format!("./{room}.js");
        let mut options = wasm_split_cli_support::Options::new(&input);
        options.output_dir = &out;
        options.main_out_path = &rest;
        options.main_module = &main_module;
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:#}"))?;
        Ok(())
    })?;
    Ok(rest)
}

/// What was cut off a room, as the splitter called it: what one way in needs, or what several share.
fn parts(room: &str) -> Result<Vec<PathBuf>> {
    let out = paths::bindgen(room);
    let mut parts = Vec::new();
    for entry in fs::read_dir(&out)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_part = name.starts_with("split_") || name.starts_with("chunk_");
        if is_part && name.ends_with(".wasm") && !name.ends_with(".small.wasm") {
            parts.push(path);
        }
    }
    parts.sort();
    Ok(parts)
}

/// The module as wasm-bindgen wrote it.
fn bound(room: &str) -> PathBuf {
    paths::bindgen(room).join(format!("{room}_bg.wasm"))
}

/// The modules of a room as they were written, by the names that the scripts know them by.
///
/// # Errors
/// When the room was not compiled.
pub(crate) fn modules(room: &str) -> Result<Vec<(String, PathBuf)>> {
    let mut modules = vec![(room.to_owned(), bound(room))];
    for part in if room == SPLIT { parts(room)? } else { Vec::new() } {
        modules.push((part.file_stem().unwrap_or_default().to_string_lossy().into_owned(), part));
    }
    Ok(modules)
}

/// Makes a module small, and gives the small one's path.
///
/// # Errors
/// When the optimiser fails.
pub(crate) fn shrink(module: &Path) -> Result<PathBuf> {
    let small = module.with_extension("small.wasm");
    once(module, &OPTIMISER.join(" "), &small, || {
        say(format!("wasm-opt -Oz {}", module.file_name().unwrap_or_default().display()));
        run(npm::tool("wasm-opt").args(OPTIMISER).arg(module).arg("-o").arg(&small))
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
