//! The publisher's side: what is written into the folder that a static server serves, and what would hurt subscribers
//! and is refused. Every change of a publication is a [`Draft`] first; it is signed, judged as subscribers would, and
//! written whole or not at all.

mod changelog;
mod draft;
mod files;
mod published;
mod rotate;
mod urgent;
mod words;

pub use changelog::{Changelog, Entry};
pub(crate) use changelog::{id, ids};
pub use draft::Draft;
pub use published::Published;
pub use rotate::{announce, rotate};
pub use urgent::{recall, switch_off, switch_on};

use crate::key::KeyPair;
use crate::pack::Authored;
use crate::sha256::sha256;
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use rejoinder_engine::trust::{self, INDEX_KIND, INDEX_SCHEMA, Index, IndexEntry, Urgent};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const INDEX: &str = "index.json";
const URGENT: &str = "urgent.json";
const ROTATIONS: &str = "rotations.json";
const CHANGELOG: &str = "changelog.json";
const CHANGELOG_TEXT: &str = "changelog.md";
const TO_SIGN: &str = "to-sign.json";

/// What an index says beyond its packs.
#[derive(Clone, Debug, Default)]
pub struct PublishOptions {
    /// Who publishes, for people.
    pub publisher: String,
    /// Higher than that of the index published before.
    pub serial: u64,
    /// When it is signed.
    pub issued: Timestamp,
    /// Until when it may be relied on.
    pub expires: Timestamp,
    /// Ids of cards to take back. Those taken back before stay so.
    pub recalls: Vec<String>,
    /// Ids that were published and go for good.
    pub retire: Vec<String>,
}

/// From when to when something holds.
#[derive(Clone, Copy, Debug)]
pub struct Validity {
    /// Its number; `None`: one more than the last one's.
    pub serial: Option<u64>,
    /// When it is signed.
    pub issued: Timestamp,
    /// Until when it may be relied on.
    pub expires: Timestamp,
}

/// Publishes packs, given by their folders, into the folder `out`: `index.json` with its signature, the public key, the
/// changelog, and one JSON file for each pack; a new urgent list if there is one. The same packs, options and earlier
/// publications give the same bytes, but for the signatures.
///
/// # Errors
/// A pack has errors, fails its own tests, or would hurt subscribers (the error is the full report); the
/// serial was not raised; `out` was signed with another key; a recalled card is not in the packs; a file cannot be
/// written. Nothing is written then.
pub fn publish(packs: &[PathBuf], out: &Path, key: &KeyPair, options: &PublishOptions) -> Result<Index> {
    let published = Published::read(out)?;
    let mut authored: Vec<Authored> = packs.iter().map(|folder| Authored::read(folder)).collect();
    for pack in &mut authored {
        pack.test();
    }
    crate::pack::review(&mut authored, &published, options);
    let refused: Vec<&Authored> = authored.iter().filter(|pack| pack.errors() > 0).collect();
    if let Some(first) = refused.first() {
        let reports: String = refused.iter().map(|pack| pack.render(false)).collect();
        bail!("{} is not published:\n\n{reports}", first.folder());
    }
    let (mut draft, index) = draft(&authored, &published, &key.public(), options)?;
    draft.sign(key)?;
    draft.check()?;
    draft.write()?;
    Ok(index)
}

/// The publication of packs that were read, tested and reviewed already; and its index.
///
/// # Errors
/// The serial was not raised; the folder is signed with another key; a pack's file is there with other bytes; a recalled
/// card is not in the packs.
pub fn draft(packs: &[Authored], published: &Published, key: &str, options: &PublishOptions) -> Result<(Draft, Index)> {
    if packs.is_empty() {
        bail!("no packs to publish");
    }
    same_key(published, key)?;
    let validity = Validity { serial: Some(options.serial), issued: options.issued, expires: options.expires };
    let serial = next(published.index.as_ref().map(|index| index.serial), &validity)?;
    let mut draft = Draft::new(published, key)?;
    let mut entries = Vec::new();
    for pack in packs {
        let (entry, bytes) = entry(pack, &published.folder)?;
        draft.put(&entry.url, bytes);
        entries.push(entry);
    }
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    unique_ids(packs)?;

    let index = Index {
        kind: INDEX_KIND.into(),
        schema: INDEX_SCHEMA,
        min_schema: INDEX_SCHEMA,
        publisher: options.publisher.clone(),
        serial,
        issued: options.issued,
        expires: options.expires,
        packs: entries,
        recalls: recalls(packs, published, &options.recalls)?,
        sites_off: published.sites_off().into_iter().collect(),
        next_keys: published.index.as_ref().map(|index| index.next_keys.clone()).unwrap_or_default(),
    };
    let new: Vec<_> = packs.iter().map(|pack| pack.pack().clone()).collect();
    let mut entry = Entry::of_index(&index);
    entry.changes = changelog::changes(&published.packs, &new);
    let gone = ids(&published.packs).difference(&ids(&new)).cloned().collect();
    finish(&mut draft, published, &index, entry, gone)?;
    Ok((draft, index))
}

/// Adds an index, a list that goes on from the one that is there, and the changelog.
fn finish(
    draft: &mut Draft,
    published: &Published,
    index: &Index,
    mut entry: Entry,
    gone: BTreeSet<String>,
) -> Result<()> {
    draft.index(index)?;
    if let Some(list) = &published.urgent {
        // Never older than the index beside it, so that nobody finds it expired before the index is.
        let list = Urgent {
            serial: list.serial.saturating_add(1),
            issued: index.issued,
            expires: index.expires,
            sites_off: index.sites_off.clone(),
            ..list.clone()
        };
        entry.urgent = Some(list.serial);
        draft.urgent(&list)?;
    }
    let before = published.recalls();
    entry.recalls = index.recalls.iter().filter(|id| !before.contains(*id)).cloned().collect();
    draft.changelog(&published.changelog, entry, gone)
}

/// The serial that follows another one.
fn next(before: Option<u64>, validity: &Validity) -> Result<u64> {
    if validity.expires <= validity.issued {
        bail!("it would expire ({}) before it is issued ({})", validity.expires, validity.issued);
    }
    match (before, validity.serial) {
        (Some(before), Some(serial)) if serial <= before => {
            bail!("serial {serial} is not higher than {before}, which is published already; leave --serial out")
        }
        (_, Some(serial)) => Ok(serial),
        (before, None) => before
            .unwrap_or(0)
            .checked_add(1)
            .context("no serial is left under this key; change it: `rejoinder rotate`"),
    }
}

/// Clients pin the key: a folder that is signed with another one would be lost to all of them.
fn same_key(published: &Published, key: &str) -> Result<()> {
    match &published.key {
        Some(pinned) if pinned != key => bail!(
            "{} is signed with another key ({}, not {}), which its subscribers trust; `rejoinder rotate` changes keys",
            published.folder.display(),
            trust::fingerprint(pinned),
            trust::fingerprint(key)
        ),
        _ => Ok(()),
    }
}

fn entry(authored: &Authored, out: &Path) -> Result<(IndexEntry, Vec<u8>)> {
    let pack = authored.pack();
    let folder = authored.folder();
    if pack.id.contains('/') || pack.id.starts_with('.') {
        bail!("{folder}: the id `{}` cannot be part of a file's name", pack.id);
    }
    let bytes = serde_json::to_vec(pack)?;
    let entry = IndexEntry {
        id: pack.id.clone(),
        version: pack.version.clone(),
        size: bytes.len() as u64,
        sha256: sha256(&bytes),
        url: format!("{}-{}.json", pack.id, pack.version),
    };
    // An older index may name the file that is there: it is never written over.
    if published::bytes(out, &entry.url)?.is_some_and(|published| published != bytes) {
        bail!("{folder}: `{}` changed since version {} was published; raise it", pack.id, pack.version);
    }
    Ok((entry, bytes))
}

/// Findings and recalls name claims and cards by id alone, so no two packs may share one.
fn unique_ids(packs: &[Authored]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for authored in packs {
        let pack = authored.pack();
        let ids = std::iter::once(("pack", &pack.id))
            .chain(pack.claims.iter().map(|c| ("claim", &c.id)))
            .chain(pack.cards.iter().map(|c| ("card", &c.id)));
        for (kind, id) in ids {
            if !seen.insert((kind, id)) {
                bail!("{}: {kind} `{id}` is in another one of these packs too", authored.folder());
            }
        }
    }
    Ok(())
}

/// A card that was taken back never comes back by itself: its text may stand in a client that missed an index.
fn recalls(packs: &[Authored], published: &Published, new: &[String]) -> Result<Vec<String>> {
    let mut recalls = published.recalls();
    for id in new {
        let known = packs.iter().any(|p| p.pack().cards.iter().any(|c| c.id == *id));
        if !known && !recalls.contains(id) {
            bail!("no card `{id}` in these packs to recall");
        }
        recalls.insert(id.clone());
    }
    Ok(recalls.into_iter().collect())
}

fn pretty(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
