use serde::{Deserialize, Serialize};

/// What stands at a subscription address, shown before the manager trusts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionOffer {
    /// Address of the index.
    pub url: String,
    /// Who signs it, as the index says.
    pub publisher: String,
    /// The public key, minisign's base64 line.
    pub key: String,
    /// The key's fingerprint to compare aloud: first 16 bytes of its SHA-256 in hex groups of four.
    pub fingerprint: String,
    /// Packs on offer.
    pub packs: Vec<String>,
}

/// A subscription, as the options page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionView {
    /// Address of the index.
    pub url: String,
    /// Who signs it.
    pub publisher: String,
    /// The key's fingerprint.
    pub fingerprint: String,
    /// Serial of the index in use.
    pub serial: u64,
    /// End of validity of the index in use, RFC 3339.
    pub expires: String,
    /// When it was last asked, RFC 3339; empty: never.
    pub checked: String,
    /// What the last check gave.
    pub outcome: SyncOutcome,
}

/// What a check of a subscription gave. The last good state stays in use whatever it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum SyncOutcome {
    /// New packs are in use.
    Updated,
    /// Nothing new.
    Current,
    /// Not reached; what was there is still used.
    Offline {
        /// What the network said.
        why: String,
    },
    /// What was received is refused.
    Refused {
        /// Why.
        refusal: SyncRefusal,
    },
}

/// Why an index or a pack was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum SyncRefusal {
    /// The subscription's key did not sign it.
    Signature,
    /// Not an index or pack; the text says where.
    Malformed {
        /// What and where.
        why: String,
    },
    /// Larger than announced or allowed.
    TooLarge {
        /// Bytes allowed.
        limit: u64,
    },
    /// An older index than the one in use.
    Rollback {
        /// Serial in use.
        have: u64,
        /// Serial received.
        got: u64,
    },
    /// Its validity is over.
    Expired {
        /// Since when, RFC 3339.
        at: String,
    },
    /// A pack does not have the announced SHA-256.
    Hash {
        /// The pack.
        pack: String,
    },
    /// A pack's rules do not pass their own tests or limits.
    BadPack {
        /// The pack.
        pack: String,
        /// What and where.
        why: String,
    },
    /// It could not be stored.
    Storage {
        /// What the browser said.
        why: String,
    },
}
