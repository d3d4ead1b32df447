//! An organisation's managed policy, in the file that the browser reads it from.

use super::{Browser, Kind};
use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A policy that is in force; gone when dropped.
#[derive(Debug)]
pub struct Policy {
    file: PathBuf,
}

impl Drop for Policy {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.file);
    }
}

impl Browser {
    /// Sets what `storage.managed` gives to the extension. Chromium reads the machine's folder only, and takes a file a
    /// few seconds after it was written; Firefox reads the user's when the background starts.
    ///
    /// # Errors
    /// The file cannot be written: Chromium's needs the rights of root.
    pub async fn set_policy(&self, values: &Value) -> Result<Policy> {
        let (file, content) = match self.kind {
            Kind::Chromium => {
                let extensions = json!({ self.extension.as_str(): values });
                let file = PathBuf::from("/etc/chromium/policies/managed/rejoinder-e2e.json");
                (file, json!({ "3rdparty": { "extensions": extensions } }))
            }
            Kind::Firefox => {
                let home = std::env::home_dir().context("no home folder")?;
                let id = super::firefox::ADD_ON;
                let manifest =
                    json!({ "name": id, "description": "policy of a test", "type": "storage", "data": values });
                (home.join(format!(".mozilla/managed-storage/{id}.json")), manifest)
            }
        };
        fs_err::create_dir_all(file.parent().context("no folder")?)?;
        fs_err::write(&file, content.to_string())?;
        let policy = Policy { file };
        self.stop_background().await?;
        Ok(policy)
    }
}
