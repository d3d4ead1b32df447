use crate::paths;
use anyhow::{Context as _, Result};
use serde::Deserialize;

/// One page, as `tests/editors/catalogue.json` describes it; its README says what each field means.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Name of the page.
    pub name: String,
    /// The editor, in words.
    pub editor: String,
    /// The package that the editor's version is that of.
    pub package: Option<String>,
    /// What is clicked before there is a composer.
    pub opener: Option<String>,
    /// The frame that the composer is in.
    pub frame: Option<FrameKind>,
    /// Nothing may be written.
    #[serde(default)]
    pub read_only: bool,
    /// No more than this may be written, UTF-16 units.
    pub max_length: Option<usize>,
    /// The editor starts under a strict policy.
    pub strict: bool,
    /// Sites that write with it.
    pub sites: Vec<String>,
}

/// Whose document is in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FrameKind {
    /// The page's own.
    Same,
    /// Another site's.
    Cross,
}

impl Entry {
    /// Whether the box must stay as it is.
    pub fn takes_nothing(&self) -> bool {
        self.read_only || self.max_length.is_some()
    }

    /// Version of the editor, as the pages' lock file pins it.
    ///
    /// # Errors
    /// The lock file does not have it.
    pub fn version(&self) -> Result<Option<String>> {
        let Some(package) = &self.package else { return Ok(None) };
        let text = fs_err::read_to_string(folder().join("package-lock.json"))?;
        let lock: serde_json::Value = serde_json::from_str(&text)?;
        let packages = lock["packages"].as_object().context("a lock file without packages")?;
        // A package of a package is named by the folder it is linked from.
        let own = package.split("/node_modules/").last().unwrap_or(package);
        let nested = package.contains("/node_modules/");
        let found = packages.iter().find(|(path, _)| {
            let is_own = path.ends_with(&format!("node_modules/{own}"));
            is_own && (nested != (**path == format!("node_modules/{own}")))
        });
        let version = found.and_then(|(_, entry)| entry["version"].as_str());
        Ok(Some(version.with_context(|| format!("no version of {package}"))?.to_owned()))
    }
}

/// All pages, in their order.
///
/// # Errors
/// The catalogue is not there.
pub fn entries() -> Result<Vec<Entry>> {
    let text = fs_err::read_to_string(folder().join("catalogue.json"))?;
    Ok(serde_json::from_str(&text)?)
}

pub(super) fn folder() -> std::path::PathBuf {
    paths::root().join("tests/editors")
}
