//! What may come in: the signed index, and the pure decision whether an update is taken.
//!
//! Nothing here fetches, stores or asks for the time: the caller hands over bytes and `now`, and gets a decision or a
//! [`rejoinder_wire::SyncRefusal`]. Whatever the refusal, the caller keeps the last good state.

mod decision;
mod index;
mod key;
#[cfg(test)]
mod tests;

pub use decision::{Decision, check_index, check_pack, read_index, read_pack};
pub use index::{INDEX_SCHEMA, Index, IndexEntry};
pub use key::{fingerprint, read_key_file};

/// Bounds of what is received, applied before anything is parsed.
pub struct TrustLimits;

impl TrustLimits {
    /// Bytes of an index.
    pub const INDEX_BYTES: usize = 256 << 10;
    /// Bytes of a signature.
    pub const SIGNATURE_BYTES: usize = 4 << 10;
    /// Bytes of a key file.
    pub const KEY_BYTES: usize = 4 << 10;
    /// Packs of one index.
    pub const PACKS: usize = 64;
}
