use super::key::{public_key, sha256};
use super::signed::Form;
use super::{Floor, TrustLimits};
use crate::pack::Limits;
use jiff::{SignedDuration, Timestamp};
use rejoinder_wire::SyncRefusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The schema of indexes that this version writes, and the newest that it reads.
pub const INDEX_SCHEMA: u32 = 1;
/// What an index says that it is.
pub const INDEX_KIND: &str = "rejoinder-index";

const FORM: Form = Form { name: "index.json", kind: INDEX_KIND, reads: INDEX_SCHEMA, limit: TrustLimits::INDEX_BYTES };

/// `index.json`: what a publisher offers, signed beside it in `index.json.minisig` (minisign, Ed25519). Fields that
/// this version does not know are no error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// [`INDEX_KIND`].
    pub kind: String,
    /// The schema that it is written in.
    pub schema: u32,
    /// The oldest schema whose readers understand it; 0: the one that it is written in.
    #[serde(default)]
    pub min_schema: u32,
    /// Who publishes, for people.
    pub publisher: String,
    /// Strictly raised at every publication.
    pub serial: u64,
    /// When it was signed.
    pub issued: Timestamp,
    /// Until when it may be relied on.
    pub expires: Timestamp,
    /// The packs.
    pub packs: Vec<IndexEntry>,
    /// Ids of cards taken back. For good: ids are never reused, and a client forgets none as long as the key is the same.
    #[serde(default)]
    pub recalls: Vec<String>,
    /// Ids of site adapters switched off.
    #[serde(default)]
    pub sites_off: Vec<String>,
    /// Keys (minisign base64 lines) that may sign later indexes. The first index that one of them signs makes it the
    /// only key.
    #[serde(default)]
    pub next_keys: Vec<String>,
}

/// One pack on offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexEntry {
    /// Id of the pack.
    pub id: String,
    /// Its semantic version.
    pub version: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// Its address, relative to the index.
    pub url: String,
}

/// What is to be done with a received index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is the one that is known.
    Current,
    /// It is newer: take it with all its packs, or not at all.
    Update(Index),
}

/// Decides whether a received index is taken. `floor` is the newest one known under this key, `None` before the first.
///
/// # Errors
/// In this order: those of [`read_index`], [`SyncRefusal::Rollback`], [`SyncRefusal::Twice`], [`SyncRefusal::NotYet`],
/// [`SyncRefusal::Expired`].
pub fn check_index(
    key: &str,
    floor: Option<&Floor>,
    bytes: &[u8],
    signature: &[u8],
    now: Timestamp,
) -> Result<Decision, SyncRefusal> {
    let index = read_index(key, bytes, signature)?;
    let newer = follows(floor, index.serial, bytes)?;
    is_not_early(index.issued, now)?;
    is_not_expired(index.expires, now)?;
    Ok(if newer { Decision::Update(index) } else { Decision::Current })
}

/// Reads an index whose signature is right, whatever its serial and validity: for one that was stored.
///
/// # Errors
/// In this order: [`SyncRefusal::TooLarge`], [`SyncRefusal::Signature`] (nothing is parsed before; one that is no
/// signature at all is [`SyncRefusal::Malformed`]), [`SyncRefusal::OtherKind`], [`SyncRefusal::TooNew`],
/// [`SyncRefusal::Malformed`].
pub fn read_index(key: &str, bytes: &[u8], signature: &[u8]) -> Result<Index, SyncRefusal> {
    open_index(&[key], bytes, signature).map(|(index, _)| index)
}

/// As [`read_index`], by any of several keys; says which.
pub(super) fn open_index<'k>(
    keys: &[&'k str],
    bytes: &[u8],
    signature: &[u8],
) -> Result<(Index, &'k str), SyncRefusal> {
    let (index, key): (Index, _) = FORM.open(keys, bytes, signature)?;
    check_form(&index)?;
    Ok((index, key))
}

/// Whether a signed file is a newer one than what is known: `false` for the same one.
///
/// # Errors
/// [`SyncRefusal::Rollback`], [`SyncRefusal::Twice`].
pub(super) fn follows(floor: Option<&Floor>, serial: u64, bytes: &[u8]) -> Result<bool, SyncRefusal> {
    let Some(floor) = floor else { return Ok(true) };
    match serial.cmp(&floor.serial) {
        std::cmp::Ordering::Less => Err(SyncRefusal::Rollback { have: floor.serial, got: serial }),
        std::cmp::Ordering::Equal if sha256(bytes) != floor.sha256 => Err(SyncRefusal::Twice { serial }),
        std::cmp::Ordering::Equal => Ok(false),
        std::cmp::Ordering::Greater => Ok(true),
    }
}

/// Refuses what was issued more than a day from now. `now` is the clock as it is: a clock that is behind by years refuses
/// everything until it is set right, and loses nothing.
pub(super) fn is_not_early(issued: Timestamp, now: Timestamp) -> Result<(), SyncRefusal> {
    let ahead = SignedDuration::from_hours(TrustLimits::AHEAD_HOURS);
    if issued.duration_since(now) > ahead { Err(SyncRefusal::NotYet { at: issued.to_string() }) } else { Ok(()) }
}

/// Refuses what has expired.
pub(super) fn is_not_expired(expires: Timestamp, clock: Timestamp) -> Result<(), SyncRefusal> {
    if expires <= clock { Err(SyncRefusal::Expired { at: expires.to_string() }) } else { Ok(()) }
}

/// What a signed index must be, beyond its types: a publisher's mistake must not be taken either.
fn check_form(index: &Index) -> Result<(), SyncRefusal> {
    if index.expires <= index.issued {
        return Err(FORM.malformed("it expires before it was issued"));
    }
    if index.packs.len() > TrustLimits::PACKS {
        return Err(FORM.malformed(&format!("{} packs; at most {}", index.packs.len(), TrustLimits::PACKS)));
    }
    let keys = &index.next_keys;
    if keys.len() > TrustLimits::NEXT_KEYS {
        return Err(FORM.malformed(&format!("{} next keys; at most {}", keys.len(), TrustLimits::NEXT_KEYS)));
    }
    if let Some(bad) = keys.iter().find(|key| public_key(key).is_err()) {
        let bad: String = bad.chars().take(80).collect();
        return Err(FORM.malformed(&format!("`{bad}` among the next keys is no key")));
    }
    let mut ids = BTreeSet::new();
    for entry in &index.packs {
        if entry.id.is_empty() || entry.url.is_empty() {
            return Err(FORM.malformed("a pack has no id or address"));
        }
        if !ids.insert(&entry.id) {
            return Err(FORM.malformed(&format!("pack `{}` stands twice", entry.id)));
        }
        if entry.sha256.len() != 64 || !entry.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(FORM.malformed(&format!("pack `{}`: not a SHA-256 in lower-case hex", entry.id)));
        }
        if entry.size > Limits::PACK_BYTES as u64 {
            return Err(SyncRefusal::TooLarge { limit: Limits::PACK_BYTES as u64 });
        }
    }
    Ok(())
}
