use super::IndexEntry;
use super::key::sha256;
use crate::pack::{Limits, Pack, PackErrorKind, SCHEMA};
use rejoinder_wire::SyncRefusal;

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
    parse_pack(entry, bytes)
}

/// [`read_pack`] for who has compared the hash already.
///
/// # Errors
/// [`SyncRefusal::BadPack`].
pub fn parse_pack(entry: &IndexEntry, bytes: &[u8]) -> Result<Pack, SyncRefusal> {
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
