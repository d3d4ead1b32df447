//! One check of one subscription: what is fetched, in which order, and what is made of it. The decisions are those of
//! [`rejoinder_engine::trust`]; whatever fails here, nothing that is in use is touched.

use crate::address;
use crate::fetch::{Fetch, FetchError, Fetched};
use jiff::Timestamp;
use rejoinder_engine::pack::{Limits, Pack};
use rejoinder_engine::trust::{self, Decision, Index, TrustLimits};
use rejoinder_wire::{SubscriptionOffer, SyncOutcome, SyncRefusal, Trouble};
use url::Url;

/// Why a check gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Not reached.
    Offline(String),
    /// What was received is refused.
    Refused(SyncRefusal),
}

impl From<Failure> for SyncOutcome {
    fn from(failure: Failure) -> SyncOutcome {
        match failure {
            Failure::Offline(why) => SyncOutcome::Offline { why },
            Failure::Refused(refusal) => SyncOutcome::Refused { refusal },
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        match failure {
            Failure::Offline(why) => Trouble::Offline { why },
            Failure::Refused(refusal) => Trouble::Refused { refusal },
        }
    }
}

impl From<SyncRefusal> for Failure {
    fn from(refusal: SyncRefusal) -> Failure {
        Failure::Refused(refusal)
    }
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Failure {
        match error {
            FetchError::Unreached(why) => Failure::Offline(why),
            FetchError::TooLarge { limit } => Failure::Refused(SyncRefusal::TooLarge { limit }),
        }
    }
}

/// The state in use of a subscription, as far as a check needs it.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// Serial of its index.
    pub(crate) serial: u64,
    /// End of its validity.
    pub(crate) expires: Timestamp,
    /// What the server called it.
    pub(crate) etag: Option<String>,
    /// Whether all its packs are in use; if not, it is fetched again whole.
    pub(crate) complete: bool,
}

/// What a check gave.
#[derive(Debug)]
pub(crate) enum Checked {
    /// Nothing new.
    Current,
    /// A newer index with all its packs.
    Update(Box<Update>),
}

/// A newer index with all its packs, everything verified.
#[derive(Debug)]
pub(crate) struct Update {
    /// The index, read.
    pub(crate) index: Index,
    /// The index, as received.
    pub(crate) text: String,
    /// Its signature, as received.
    pub(crate) signature: String,
    /// What the server calls it.
    pub(crate) etag: Option<String>,
    /// The packs in the index's order.
    pub(crate) packs: Vec<Received>,
}

/// A pack of an update.
#[derive(Debug)]
pub(crate) struct Received {
    /// SHA-256 of its text.
    pub(crate) sha256: String,
    /// The pack, read.
    pub(crate) pack: Pack,
    /// Its text; `None` when it was in use already.
    pub(crate) text: Option<String>,
}

/// Checks one subscription. `in_use` gives the packs that need not be fetched, by SHA-256.
///
/// # Errors
/// Why nothing is taken.
pub(crate) async fn check(
    fetch: &impl Fetch,
    url: &Url,
    key: &str,
    known: Option<Known>,
    in_use: impl Fn(&str) -> Option<Pack>,
    now: Timestamp,
) -> Result<Checked, Failure> {
    let floor = known.as_ref().map(|k| k.serial);
    let complete = known.filter(|k| k.complete);
    let (have, etag) = (complete.as_ref().map(|k| k.serial), complete.as_ref().and_then(|k| k.etag.as_deref()));
    let (bytes, etag) = match fetch.get(url, TrustLimits::INDEX_BYTES as u64, etag).await? {
        Fetched::Body { bytes, etag } => (bytes, etag),
        Fetched::Unchanged => {
            // A server that says "unchanged" for ever must not keep an index alive beyond its validity.
            let expires = complete.map_or(Timestamp::MAX, |k| k.expires);
            return if expires <= now {
                Err(SyncRefusal::Expired { at: expires.to_string() }.into())
            } else {
                Ok(Checked::Current)
            };
        }
    };
    let signature = body(fetch, &address::signature_of(url), TrustLimits::SIGNATURE_BYTES as u64).await?;
    let index = match trust::check_index(key, have, &bytes, &signature, now)? {
        Decision::Current => return Ok(Checked::Current),
        Decision::Update(index) => index,
    };
    // An incomplete state still knows which serial it had.
    if let Some(have) = floor.filter(|&floor| index.serial < floor) {
        return Err(SyncRefusal::Rollback { have, got: index.serial }.into());
    }
    let mut packs = Vec::with_capacity(index.packs.len());
    for entry in &index.packs {
        let sha256 = entry.sha256.clone();
        if let Some(pack) = in_use(&sha256).filter(|p| p.id == entry.id && p.version == entry.version) {
            packs.push(Received { sha256, pack, text: None });
            continue;
        }
        let at = address::pack_of(url, &entry.url).map_err(malformed)?;
        let bytes = body(fetch, &at, entry.size.min(Limits::PACK_BYTES as u64)).await?;
        let pack = trust::check_pack(entry, &bytes)?;
        packs.push(Received { sha256, pack, text: Some(text(bytes)?) });
    }
    Ok(Checked::Update(Box::new(Update { index, text: text(bytes)?, signature: text(signature)?, etag, packs })))
}

/// What stands at an address, signed by the key beside it: for the manager to compare its fingerprint.
///
/// # Errors
/// Why it cannot be offered.
pub(crate) async fn offer(fetch: &impl Fetch, url: &Url, now: Timestamp) -> Result<SubscriptionOffer, Failure> {
    let bytes = body(fetch, url, TrustLimits::INDEX_BYTES as u64).await?;
    let signature = body(fetch, &address::signature_of(url), TrustLimits::SIGNATURE_BYTES as u64).await?;
    let key = body(fetch, &address::key_of(url).map_err(malformed)?, TrustLimits::KEY_BYTES as u64).await?;
    let key = trust::read_key_file(&key)?;
    match trust::check_index(&key, None, &bytes, &signature, now)? {
        Decision::Update(index) => Ok(SubscriptionOffer {
            url: url.to_string(),
            publisher: index.publisher,
            fingerprint: trust::fingerprint(&key),
            key,
            packs: index.packs.into_iter().map(|p| format!("{} {}", p.id, p.version)).collect(),
        }),
        Decision::Current => Err(malformed("no serial".into())),
    }
}

async fn body(fetch: &impl Fetch, url: &Url, limit: u64) -> Result<Vec<u8>, Failure> {
    match fetch.get(url, limit, None).await? {
        Fetched::Body { bytes, .. } => Ok(bytes),
        Fetched::Unchanged => Err(Failure::Offline(format!("{url}: unchanged, though nothing was known"))),
    }
}

fn text(bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|e| malformed(e.to_string()))
}

fn malformed(why: String) -> Failure {
    Failure::Refused(SyncRefusal::Malformed { why })
}

#[cfg(test)]
mod tests;
