//! The whole build.

use crate::browser::Browser;
use crate::process::say;
use crate::{bundle, npm, paths, types, wasm};
use anyhow::{Context, Result};
use fs_err as fs;

/// Builds one browser's folder, or both.
///
/// # Errors
/// When a tool is missing or a part does not compile.
pub(crate) fn build(browser: Option<Browser>, dev: bool) -> Result<()> {
    let root = paths::root();
    fs::create_dir_all(root.join("target"))?;
    let lock = fs::File::create(root.join("target/build.lock"))?;
    lock.file().lock().context("cannot wait for another build")?;
    types::write()?;
    wasm::compile(&wasm::ROOMS)?;
    npm::ensure()?;
    let mut modules = Vec::new();
    for room in wasm::ROOMS {
        for (name, module) in wasm::modules(room)? {
            modules.push((name, if dev { module } else { wasm::shrink(&module)? }));
        }
    }
    for each in Browser::ALL.into_iter().filter(|each| browser.is_none_or(|only| only == *each)) {
        bundle::write(each, &modules, dev)?;
        let out = paths::dist(each.name());
        let scripts = ["page.js", "insert.js", "background.js", "panel.js"].map(str::to_owned);
        let sizes = scripts
            .into_iter()
            .chain(modules.iter().map(|(name, _)| format!("{name}.wasm")))
            .map(|name| Ok(format!("{name} {:.1} KB", fs::metadata(out.join(&name))?.len() as f64 / 1000.0)));
        let sizes = sizes.collect::<Result<Vec<_>>>()?;
        say(format!("dist/{}: {}", each.name(), sizes.join(", ")));
    }
    Ok(())
}
