//! The example pack, published and signed as a publisher would, in a folder of its own; and spoilt on purpose.

use crate::paths;
use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp};
use rejoinder_cli::{KeyPair, PublishOptions, generate_key, publish};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A published folder, and the key that signs it.
#[derive(Debug)]
pub struct Publication {
    folder: TempDir,
    source: TempDir,
    key: KeyPair,
    serial: u64,
}

impl Publication {
    /// Publishes the example pack, signed with a fresh key.
    ///
    /// # Errors
    /// The pack does not pass its own tests.
    pub fn new() -> Result<Publication> {
        let mut publication = Publication {
            folder: tempfile::Builder::new().prefix("rejoinder-packs-").tempdir()?,
            source: tempfile::Builder::new().prefix("rejoinder-rules-").tempdir()?,
            key: generate_key()?,
            serial: 0,
        };
        // A copy, so that tests can change it; with the folders that it includes.
        crate::forums::copy(&paths::root().join("rules"), publication.source.path())?;
        publication.publish(&[])?;
        Ok(publication)
    }

    /// The folder to serve.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the manager compares before trusting the key.
    pub fn fingerprint(&self) -> String {
        self.key.fingerprint()
    }

    /// Publishes again, as the next serial, taking cards back.
    ///
    /// # Errors
    /// The pack does not pass its own tests.
    pub fn publish(&mut self, recalls: &[&str]) -> Result<()> {
        let now = Timestamp::now();
        self.publish_until(recalls, now.checked_add(SignedDuration::from_hours(24 * 30))?)
    }

    /// [`Publication::publish`] with another end of validity.
    ///
    /// # Errors
    /// As [`Publication::publish`].
    pub fn publish_until(&mut self, recalls: &[&str], expires: Timestamp) -> Result<()> {
        self.serial += 1;
        let options = PublishOptions {
            publisher: "Agence de démonstration".into(),
            serial: self.serial,
            // Before now, so that a clock that is a little late still takes it.
            issued: Timestamp::now()
                .checked_sub(SignedDuration::from_mins(5))?
                .min(expires - SignedDuration::from_mins(1)),
            expires,
            recalls: recalls.iter().map(|id| (*id).to_owned()).collect(),
        };
        publish(&[self.pack()], self.folder.path(), &self.key, &options)?;
        Ok(())
    }

    /// The authored pack's folder.
    pub fn pack(&self) -> PathBuf {
        self.source.path().join("packs/vaccination-fr")
    }

    /// Edits every file of the authored pack whose text holds `from`.
    ///
    /// # Errors
    /// No file does.
    pub fn edit(&self, from: &str, to: &str) -> Result<()> {
        let mut edited = 0;
        for folder in [self.pack(), self.pack().join("cards"), self.pack().join("claims")] {
            for entry in fs_err::read_dir(folder)? {
                let path = entry?.path();
                if path.extension().is_some_and(|e| e == "toml") {
                    let text = fs_err::read_to_string(&path)?;
                    if text.contains(from) {
                        fs_err::write(&path, text.replace(from, to))?;
                        edited += 1;
                    }
                }
            }
        }
        (edited > 0).then_some(()).with_context(|| format!("no file of the pack holds `{from}`"))
    }

    /// Changes one published file without signing it again.
    ///
    /// # Errors
    /// It is not there.
    pub fn tamper(&self, file: &str, change: impl FnOnce(String) -> String) -> Result<()> {
        let path = self.folder.path().join(file);
        let text = fs_err::read_to_string(&path)?;
        Ok(fs_err::write(path, change(text))?)
    }
}
