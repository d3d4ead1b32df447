use super::changelog::Changelog;
use super::{CHANGELOG, INDEX, ROTATIONS, URGENT};
use crate::key::PUBLIC;
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use rejoinder_engine::pack::Pack;
use rejoinder_engine::trust::{self, Index, Rotations, Urgent};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// What stands in a published folder. It is the publisher's own: nothing of it is verified here.
#[derive(Debug)]
pub struct Published {
    /// The folder.
    pub folder: PathBuf,
    /// The key of `minisign.pub`.
    pub key: Option<String>,
    /// The index.
    pub index: Option<Index>,
    /// The urgent list.
    pub urgent: Option<Urgent>,
    /// The packs of the index.
    pub packs: Vec<Pack>,
    /// What was published before.
    pub changelog: Changelog,
    pub(super) rotations: Rotations,
}

impl Published {
    /// Reads a folder; one that is not there has nothing in it.
    ///
    /// # Errors
    /// A file cannot be read or is not what its name says; a pack that the index names is missing, or another one.
    pub fn read(folder: &Path) -> Result<Published> {
        let key = match bytes(folder, PUBLIC)? {
            Some(bytes) => {
                let not_a_key = |_| anyhow::anyhow!("{}: not a minisign public key", folder.join(PUBLIC).display());
                Some(trust::read_key_file(&bytes).map_err(not_a_key)?)
            }
            None => None,
        };
        let index: Option<Index> = json(folder, INDEX, "an index")?;
        let mut packs = Vec::new();
        for entry in index.iter().flat_map(|index| &index.packs) {
            let path = folder.join(&entry.url);
            let remedy = "copy the whole published folder here again";
            if !Path::new(&entry.url).components().all(|part| matches!(part, Component::Normal(_))) {
                bail!("{}: `{}` is not a file of this folder", folder.join(INDEX).display(), entry.url);
            }
            let Some(bytes) = bytes(folder, &entry.url)? else {
                bail!("{}: the index names it, and it is not there; {remedy}", path.display());
            };
            packs.push(
                trust::read_pack(entry, &bytes)
                    .map_err(|_| anyhow::anyhow!("{}: not the pack that the index names; {remedy}", path.display()))?,
            );
        }
        Ok(Published {
            key,
            packs,
            index,
            urgent: json(folder, URGENT, "an urgent list")?,
            changelog: json(folder, CHANGELOG, "a changelog")?.unwrap_or_default(),
            rotations: json(folder, ROTATIONS, "a list of changes of key")?.unwrap_or_default(),
            folder: folder.to_owned(),
        })
    }

    /// The index.
    ///
    /// # Errors
    /// There is none.
    pub fn some_index(&self) -> Result<&Index> {
        let none =
            || format!("{}: nothing is published here; `rejoinder publish` is the first step", self.folder.display());
        self.index.as_ref().with_context(none)
    }

    /// The key that signs.
    ///
    /// # Errors
    /// `minisign.pub` is not there.
    pub fn some_key(&self) -> Result<&str> {
        self.key.as_deref().with_context(|| format!("{}: not there", self.folder.join(PUBLIC).display()))
    }

    /// The serial of the next index.
    pub fn next_serial(&self) -> u64 {
        self.index.as_ref().map_or(1, |index| index.serial.saturating_add(1))
    }

    /// Every card that is taken back.
    pub fn recalls(&self) -> BTreeSet<String> {
        let index = self.index.iter().flat_map(|index| &index.recalls);
        index.chain(self.urgent.iter().flat_map(|list| &list.recalls)).cloned().collect()
    }

    /// The adapters that are switched off: by the index, and by a list that was issued after it.
    pub fn sites_off(&self) -> BTreeSet<String> {
        let issued = self.index.as_ref().map_or(Timestamp::MIN, |index| index.issued);
        let list = self.urgent.iter().filter(|list| list.issued > issued);
        let index = self.index.iter().flat_map(|index| &index.sites_off);
        index.chain(list.flat_map(|list| &list.sites_off)).cloned().collect()
    }
}

/// A file of the folder, if it is there.
pub(super) fn bytes(folder: &Path, name: &str) -> Result<Option<Vec<u8>>> {
    let path = folder.join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

pub(super) fn json<T: DeserializeOwned>(folder: &Path, name: &str, what: &str) -> Result<Option<T>> {
    let Some(bytes) = bytes(folder, name)? else { return Ok(None) };
    let wrong = || format!("{}: not {what}; copy it here again from where it is served", folder.join(name).display());
    Ok(Some(serde_json::from_slice(&bytes).with_context(wrong)?))
}
