//! Mozilla's linter for extensions.

use crate::browser::Browser;
use crate::{npm, paths};
use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Warnings that stay: code, a word of the message, and why.
const ACCEPTED: [(&str, &str, &str); 1] = [(
    "UNSUPPORTED_API",
    "dom.openOrClosedShadowRoot",
    "Chromium's way into closed shadow trees; in Firefox elements have their own, and it is asked first",
)];

/// Fails on every error, and on every warning that is not in the reviewed list. Chromium's folder is only looked at by
/// its own end-to-end tests: the linter knows Firefox's manifest alone.
///
/// # Errors
/// See above; and when the linter does not run.
pub(crate) fn check() -> Result<()> {
    let mut lint = npm::tool("web-ext");
    lint.args(["lint", "--no-config-discovery", "--output", "json", "--source-dir"]);
    lint.arg(paths::dist(Browser::Firefox.name()));
    // It ends with an error when it finds one: the report says which.
    let output = lint.output().context("cannot start web-ext")?;
    let report: Value = serde_json::from_slice(&output.stdout)
        .with_context(|| format!("web-ext lint: {}", String::from_utf8_lossy(&output.stderr)))?;
    let mut refused = Vec::new();
    for kind in ["errors", "warnings"] {
        for item in report[kind].as_array().context("web-ext's report has another form")? {
            let (code, message) =
                (item["code"].as_str().unwrap_or_default(), item["message"].as_str().unwrap_or_default());
            let line = format!("{code} in {}: {message}", item["file"].as_str().unwrap_or("manifest.json"));
            match ACCEPTED
                .iter()
                .find(|(known, word, _)| kind == "warnings" && *known == code && message.contains(word))
            {
                Some((_, _, why)) => println!("accepted: {line} ({why})"),
                None => refused.push(line),
            }
        }
    }
    if !refused.is_empty() {
        bail!("web-ext lint:\n  {}", refused.join("\n  "));
    }
    Ok(())
}
