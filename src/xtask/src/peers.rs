//! The page on which the engine is measured beside other matchers: `tests/peers`.

use crate::process::run;
use crate::{npm, paths, wasm};
use anyhow::Result;
use fs_err as fs;

/// Its wasm room.
const ROOM: &str = "peers";

/// The wasm that harper.js looks for beside its script.
const HARPER: &str = "harper_wasm_slim_bg.wasm";

/// Builds the page into [`paths::peers`], made small as the extension is.
///
/// # Errors
/// When a tool is missing or a part does not compile.
pub(crate) fn build() -> Result<()> {
    let sources = paths::root().join("tests/peers");
    npm::install(&sources)?;
    wasm::compile(&[ROOM])?;
    let out = paths::peers();
    fs::create_dir_all(&out)?;
    let mut esbuild = npm::tool("esbuild");
    esbuild.arg(sources.join("page.ts")).args(["--bundle", "--format=esm", "--minify", "--log-level=error"]);
    // harper.js asks for it where it runs in Node only.
    esbuild.arg("--external:fs");
    esbuild.arg(format!("--alias:rejoinder-peers={}", paths::bindgen(ROOM).join("peers.js").display()));
    run(esbuild.arg(format!("--outfile={}", out.join("peers.js").display())))?;
    for (name, module) in wasm::modules(ROOM)? {
        fs::copy(wasm::shrink(&module)?, out.join(name).with_extension("wasm"))?;
    }
    fs::copy(sources.join("node_modules/harper.js/dist").join(HARPER), out.join(HARPER))?;
    fs::copy(sources.join("index.html"), out.join("index.html"))?;
    Ok(())
}
