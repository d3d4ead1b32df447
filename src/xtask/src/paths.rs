//! Where things lie: in the clone, in cargo's target folder, and in the cache that outlives both.

use std::env;
use std::path::PathBuf;

/// The clone's root.
pub(crate) fn root() -> PathBuf {
    // Asked when it runs: clones that share a target folder share this program.
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()));
    here.ancestors().nth(2).map(PathBuf::from).unwrap_or(here)
}

/// Sources of the extension that are not Rust.
pub(crate) fn extension() -> PathBuf {
    root().join("extension")
}

/// The built extension of one browser.
pub(crate) fn dist(browser: &str) -> PathBuf {
    root().join("dist").join(browser)
}

/// The page that measures the engine beside other matchers, built.
pub(crate) fn peers() -> PathBuf {
    root().join("target/peers")
}

/// The script that reads saved pages, bundled.
pub(crate) fn reader() -> PathBuf {
    root().join("target/reader")
}

/// The pages with editors, built.
pub(crate) fn editors() -> PathBuf {
    root().join("target/editors")
}

/// What wasm-bindgen wrote for `room`. Always inside the clone, whatever `CARGO_TARGET_DIR` says: `tsconfig.json` names it.
pub(crate) fn bindgen(room: &str) -> PathBuf {
    root().join("target/wasm-bindgen").join(room)
}

/// Cargo's target folder of native builds.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Cargo's target folder of wasm builds. Apart from the native one, so that two compilers never share a lock or a fingerprint.
pub(crate) fn wasm_target() -> PathBuf {
    target().join("wasm")
}

/// What is slow to make and the same for every clone: `REJOINDER_CACHE`, else `rejoinder` in the user's cache folder.
pub(crate) fn cache() -> PathBuf {
    let from = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    from("REJOINDER_CACHE")
        .or_else(|| from("XDG_CACHE_HOME").map(|dir| dir.join("rejoinder")))
        .or_else(|| from("HOME").map(|dir| dir.join(".cache/rejoinder")))
        .unwrap_or_else(|| root().join("target/cache"))
}
