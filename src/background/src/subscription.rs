use rejoinder_engine::trust::{self, Index};
use rejoinder_wire::{SubscriptionView, SyncOutcome, SyncRefusal};
use serde::{Deserialize, Serialize};

/// A subscription as it is stored: what was pinned, and the last good index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stored {
    /// Address of the index.
    pub(crate) url: String,
    /// The pinned key.
    pub(crate) key: String,
    /// What the server calls this version of the index.
    pub(crate) etag: Option<String>,
    /// When it was last asked, RFC 3339; empty: never.
    pub(crate) checked: String,
    /// What that gave.
    pub(crate) outcome: SyncOutcome,
    /// The last good index, as received.
    pub(crate) index: String,
    /// Its signature, as received.
    pub(crate) signature: String,
}

/// A subscription in use.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    /// What is stored of it.
    pub(crate) stored: Stored,
    /// The index, read.
    pub(crate) index: Index,
    /// Whether all its packs are there; else the next check fetches them again.
    pub(crate) complete: bool,
}

impl Subscription {
    /// Reads a stored one. The signature is verified again: it costs a millisecond, and a damaged store is seen.
    ///
    /// # Errors
    /// Why the stored index is refused.
    pub(crate) fn read(stored: Stored) -> Result<Subscription, SyncRefusal> {
        let index = trust::read_index(&stored.key, stored.index.as_bytes(), stored.signature.as_bytes())?;
        Ok(Subscription { stored, index, complete: true })
    }

    /// As the options page shows it.
    pub(crate) fn view(&self) -> SubscriptionView {
        SubscriptionView {
            url: self.stored.url.clone(),
            publisher: self.index.publisher.clone(),
            fingerprint: trust::fingerprint(&self.stored.key),
            serial: self.index.serial,
            expires: self.index.expires.to_string(),
            checked: self.stored.checked.clone(),
            outcome: self.stored.outcome.clone(),
        }
    }
}
