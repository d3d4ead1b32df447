use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The schema of indexes that this version reads and writes.
pub const INDEX_SCHEMA: u32 = 1;

/// `index.json`: what a publisher offers, signed beside it in `index.json.minisig` (minisign, Ed25519).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// [`INDEX_SCHEMA`].
    pub schema: u32,
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
    /// Ids of cards taken back.
    #[serde(default)]
    pub recalls: Vec<String>,
    /// Ids of site adapters switched off.
    #[serde(default)]
    pub sites_off: Vec<String>,
    /// Keys (minisign base64 lines) that will sign later indexes.
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
