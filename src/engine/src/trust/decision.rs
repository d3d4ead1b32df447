use super::key::{public_key, sha256};
use super::{INDEX_SCHEMA, Index, IndexEntry, TrustLimits};
use crate::pack::{Limits, Pack, PackErrorKind, SCHEMA};
use jiff::Timestamp;
use minisign_verify::Signature;
use rejoinder_wire::SyncRefusal;
use std::collections::BTreeSet;

/// What is to be done with a received index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is the one in use.
    Current,
    /// It is newer: take it with all its packs, or not at all.
    Update(Index),
}

/// Decides whether a received index is taken. `have` is the serial in use, `None` before the first.
///
/// # Errors
/// In this order: [`SyncRefusal::TooLarge`], [`SyncRefusal::Signature`] (nothing is parsed before), [`SyncRefusal::Malformed`],
/// [`SyncRefusal::Rollback`], [`SyncRefusal::Expired`].
pub fn check_index(
    key: &str,
    have: Option<u64>,
    bytes: &[u8],
    signature: &[u8],
    now: Timestamp,
) -> Result<Decision, SyncRefusal> {
    let index = read_index(key, bytes, signature)?;
    if let Some(have) = have
        && index.serial < have
    {
        return Err(SyncRefusal::Rollback { have, got: index.serial });
    }
    if index.expires <= now {
        return Err(SyncRefusal::Expired { at: index.expires.to_string() });
    }
    Ok(if have == Some(index.serial) { Decision::Current } else { Decision::Update(index) })
}

/// Reads an index whose signature is right, whatever its serial and validity: for one that was stored.
///
/// # Errors
/// [`SyncRefusal::TooLarge`], [`SyncRefusal::Signature`], [`SyncRefusal::Malformed`].
pub fn read_index(key: &str, bytes: &[u8], signature: &[u8]) -> Result<Index, SyncRefusal> {
    for (have, limit) in [
        (bytes.len(), TrustLimits::INDEX_BYTES),
        (signature.len(), TrustLimits::SIGNATURE_BYTES),
        (key.len(), TrustLimits::KEY_BYTES),
    ] {
        if have > limit {
            return Err(SyncRefusal::TooLarge { limit: limit as u64 });
        }
    }
    let key = public_key(key)?;
    let signature = std::str::from_utf8(signature).map_err(|_| SyncRefusal::Signature)?;
    let signature = Signature::decode(signature).map_err(|_| SyncRefusal::Signature)?;
    // No legacy signatures: a publisher of ours never made any.
    key.verify(bytes, &signature, false).map_err(|_| SyncRefusal::Signature)?;
    let index: Index = serde_json::from_slice(bytes).map_err(|e| malformed(e.to_string()))?;
    check_form(&index)?;
    Ok(index)
}

/// What a signed index must be, beyond its types: a publisher's mistake must not be taken either.
fn check_form(index: &Index) -> Result<(), SyncRefusal> {
    if index.schema != INDEX_SCHEMA {
        return Err(malformed(format!("schema {}; this version reads {INDEX_SCHEMA}", index.schema)));
    }
    if index.expires <= index.issued {
        return Err(malformed("it expires before it was issued".into()));
    }
    if index.packs.len() > TrustLimits::PACKS {
        return Err(malformed(format!("{} packs; at most {}", index.packs.len(), TrustLimits::PACKS)));
    }
    let mut ids = BTreeSet::new();
    for entry in &index.packs {
        if entry.id.is_empty() || entry.url.is_empty() {
            return Err(malformed("a pack has no id or address".into()));
        }
        if !ids.insert(&entry.id) {
            return Err(malformed(format!("pack `{}` stands twice", entry.id)));
        }
        if entry.sha256.len() != 64 || !entry.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(malformed(format!("pack `{}`: not a SHA-256 in lower-case hex", entry.id)));
        }
        if entry.size > Limits::PACK_BYTES as u64 {
            return Err(SyncRefusal::TooLarge { limit: Limits::PACK_BYTES as u64 });
        }
    }
    Ok(())
}

/// Reads a pack that [`check_pack`] let in before, from where it was kept: the same bytes, so the same verdict; its
/// rules and tests are not run again.
///
/// # Errors
/// [`SyncRefusal::Hash`] when it is not the same bytes any more, [`SyncRefusal::BadPack`] when this version does not
/// read its form.
pub fn read_pack(entry: &IndexEntry, bytes: &[u8]) -> Result<Pack, SyncRefusal> {
    if sha256(bytes) != entry.sha256 {
        return Err(SyncRefusal::Hash { pack: entry.id.clone() });
    }
    let bad = |why: String| SyncRefusal::BadPack { pack: entry.id.clone(), why };
    let pack: Pack = serde_json::from_slice(bytes).map_err(|e| bad(e.to_string()))?;
    if pack.schema == SCHEMA { Ok(pack) } else { Err(bad(format!("schema {}", pack.schema))) }
}

/// Decides whether a received pack is the announced one and may be used.
///
/// # Errors
/// In this order: [`SyncRefusal::TooLarge`] (larger than announced, or than any pack may be), [`SyncRefusal::Hash`] (nothing is
/// parsed before), [`SyncRefusal::BadPack`].
pub fn check_pack(entry: &IndexEntry, bytes: &[u8]) -> Result<Pack, SyncRefusal> {
    let limit = entry.size.min(Limits::PACK_BYTES as u64);
    if bytes.len() as u64 > limit {
        return Err(SyncRefusal::TooLarge { limit });
    }
    if sha256(bytes) != entry.sha256 {
        return Err(SyncRefusal::Hash { pack: entry.id.clone() });
    }
    let bad = |why: String| SyncRefusal::BadPack { pack: entry.id.clone(), why };
    let pack = Pack::from_json(bytes).map_err(|e| match e.kind {
        PackErrorKind::TooLarge { limit, .. } => SyncRefusal::TooLarge { limit: limit as u64 },
        _ => bad(e.to_string()),
    })?;
    // Another pack of the same publisher, rightly hashed, must not pass for this one.
    if pack.id != entry.id || pack.version != entry.version {
        return Err(bad(format!("it says that it is `{}` {}, not {}", pack.id, pack.version, entry.version)));
    }
    if let Some(failure) = pack.failing_tests().into_iter().next() {
        return Err(bad(failure.to_string()));
    }
    Ok(pack)
}

fn malformed(why: String) -> SyncRefusal {
    SyncRefusal::Malformed { why: format!("index.json: {why}") }
}
