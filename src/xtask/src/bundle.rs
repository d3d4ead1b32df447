//! One browser's folder: scripts bundled, wasm and static files beside them.

use crate::browser::Browser;
use crate::process::run;
use crate::{manifest, npm, paths, wasm};
use anyhow::Result;
use fs_err as fs;
use std::path::{Path, PathBuf};

/// A script of the extension: where it starts, what it becomes, and its module format.
const SCRIPTS: [(&str, &str, &str); 4] = [
    ("background/worker.ts", "background.js", "esm"),
    ("panel.ts", "panel.js", "esm"),
    ("page/main.ts", "page.js", "iife"),
    ("page/insert/main.ts", "insert.js", "iife"),
];

/// The oldest browsers that the manifest lets in.
const TARGET: &str = "--target=chrome140,firefox142";

/// What an organisation can set. Firefox asks for no schema.
const MANAGED: &str = "managed.json";

const FOLDERS: [&str; 3] = ["style", "icons", "_locales"];

/// Writes the folder anew.
///
/// # Errors
/// When a source is missing or a script does not compile.
pub(crate) fn write(browser: Browser, modules: &[(String, PathBuf)], dev: bool) -> Result<()> {
    let out = paths::dist(browser.name());
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    fs::create_dir_all(&out)?;
    let extension = paths::extension();
    manifest::write(browser, &out)?;
    for (name, module) in modules {
        fs::copy(module, out.join(format!("{name}.wasm")))?;
    }
    for (source, script, format) in SCRIPTS {
        let mut esbuild = npm::tool("esbuild");
        esbuild.arg(source).args(["--bundle", TARGET, "--charset=utf8", "--log-level=warning"]);
        esbuild.arg(format!("--format={format}")).arg(format!("--outfile={}", out.join(script).display()));
        esbuild.arg(format!("--define:BROWSER=\"{}\"", browser.name()));
        for room in wasm::ROOMS {
            let glue = paths::bindgen(room).join(format!("{room}.js"));
            esbuild.arg(format!("--alias:rejoinder-{room}={}", glue.display()));
        }
        esbuild.arg(if dev { "--sourcemap=inline" } else { "--minify" });
        run(&mut esbuild)?;
    }
    if browser == Browser::Chromium {
        fs::copy(extension.join(MANAGED), out.join(MANAGED))?;
    }
    for entry in fs::read_dir(&extension)? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "html") {
            fs::copy(entry.path(), out.join(entry.file_name()))?;
        }
    }
    FOLDERS.iter().try_for_each(|folder| copy(&extension.join(folder), &out.join(folder)))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
