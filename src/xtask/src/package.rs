//! The archives that the stores ask for.

use crate::browser::Browser;
use crate::process::{run, say};
use crate::{build, npm, paths, weblint};
use anyhow::Result;
use fs_err as fs;
use std::process::Command;

/// Builds, lints, and writes one archive per browser and one of the sources, which reviewers need beside bundled code.
///
/// # Errors
/// When the build, the linter or an archive fails.
pub(crate) fn package() -> Result<()> {
    build::build(None, false)?;
    weblint::check()?;
    let out = paths::root().join("out/packages");
    fs::create_dir_all(&out)?;
    let version = env!("CARGO_PKG_VERSION");
    for browser in Browser::ALL {
        let mut web_ext = npm::tool("web-ext");
        web_ext
            .args(["build", "--no-config-discovery", "--overwrite-dest", "--source-dir"])
            .arg(paths::dist(browser.name()));
        web_ext.arg("--artifacts-dir").arg(&out);
        run(web_ext.args(["--filename", &format!("rejoinder-{}-{version}.zip", browser.name())]))?;
    }
    let sources = out.join(format!("rejoinder-sources-{version}.zip"));
    run(Command::new("git")
        .args(["archive", "--format=zip", "HEAD", "--output"])
        .arg(sources)
        .current_dir(paths::root()))?;
    say("written to out/packages");
    Ok(())
}
