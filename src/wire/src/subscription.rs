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
    /// When it is asked next, RFC 3339: for its index or for its urgent list, whichever comes first.
    pub next_check: String,
    /// Its urgent list.
    pub urgent: UrgentView,
    /// The last change of its key.
    pub rotated: Option<RotatedView>,
    /// Cards that it has taken back.
    pub recalls: u32,
    /// Whether updates wait for the manager's consent.
    pub ask: bool,
    /// The update that waits for it.
    pub held: Option<HeldView>,
}

/// The urgent list of a subscription: cards taken back and adapters switched off between two indexes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgentView {
    /// Serial of the list in force; `None`: there is none.
    pub serial: Option<u64>,
    /// Until when the list in force may be relied on, RFC 3339; empty: there is none.
    pub expires: String,
    /// When it was last asked for, RFC 3339; empty: never.
    pub checked: String,
    /// What that gave. Whatever it is, the list in force stays so.
    pub outcome: SyncOutcome,
}

/// A change of key that the publisher announced or proved with the key before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotatedView {
    /// Fingerprint of the key before.
    pub from: String,
    /// Fingerprint of the key now.
    pub to: String,
    /// When this client took it, RFC 3339.
    pub at: String,
}

/// A verified update that waits for the manager's consent. Its recalls and switched-off adapters count already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldView {
    /// Serial of its index.
    pub serial: u64,
    /// When it was issued, RFC 3339.
    pub issued: String,
    /// Its packs, each with its version.
    pub packs: Vec<String>,
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
    /// A signed file of another kind, under the name of this one.
    OtherKind {
        /// What it says that it is.
        kind: String,
    },
    /// Only a newer version of the extension understands it.
    TooNew {
        /// The oldest schema that understands it.
        schema: u32,
        /// The newest schema that this version reads.
        reads: u32,
    },
    /// The server sends elsewhere; nobody accepted that address.
    Redirected,
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
    /// Another file than the one in use, under the same serial.
    Twice {
        /// The serial.
        serial: u64,
    },
    /// It was issued more than a day after now, as the clock of this computer has it: the one or the other is wrong.
    NotYet {
        /// When it says that it was issued, RFC 3339.
        at: String,
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
