//! What may come in from a publisher: the signed files, and the pure decision whether an update is taken.
//!
//! Beside its `index.json` a publisher serves, from any static file server:
//!
//! | file | signed by | says |
//! |---|---|---|
//! | `index.json`, `.minisig` | the key | the packs with size and SHA-256, until when, recalls, next keys ([`Index`]) |
//! | `urgent.json`, `.minisig` | the key | recalls and switched-off adapters between two indexes ([`Urgent`]); optional |
//! | `rotations.json` | each statement by the key before | which key followed which ([`Rotation`]); optional |
//! | `minisign.pub` | nobody | the key, for the first time only |
//! | the packs | the index, by SHA-256 | the packs |
//!
//! Nothing here fetches, stores or asks for the time. An [`Update`] says what is to be fetched next and is told what
//! came of it, until it is [`Step::Done`]; any caller that can fetch can drive it, waiting or not:
//!
//! ```
//! use rejoinder_engine::trust::{Answer, Request, Scope, State, Step, Update};
//! # fn fetch(_: &Request) -> Answer { Answer::Unreached { why: "no network".into() } }
//! let state = State::pinned("RWQ…");
//! // The clock is read once: an update is judged by one moment.
//! let now = "2026-01-15T00:00:00Z".parse()?;
//! let mut step = Update::begin(state, Scope::Whole, true, now);
//! let done = loop {
//!     match step {
//!         Step::Fetch(request, update) => step = update.got(fetch(&request), &|_| None),
//!         Step::Done(done) => break *done,
//!     }
//! };
//! assert!(done.update.is_none());
//! # Ok::<(), jiff::Error>(())
//! ```
//!
//! What is kept is a [`State`]. Whatever an update comes to, [`Done::state`] is good: it never loses the last index,
//! packs or recalls, and it never makes a later update impossible.

mod chain;
mod etag;
mod index;
mod key;
mod packs;
mod request;
mod schedule;
mod signed;
mod state;
#[cfg(test)]
mod tests;
mod update;
mod urgent;

pub use chain::{Link, ROTATION_KIND, Rotation, Rotations};
pub use index::{Decision, INDEX_KIND, INDEX_SCHEMA, Index, IndexEntry, check_index, read_index};
pub use key::{fingerprint, read_key_file, sha256};
pub use packs::{check_pack, parse_pack, read_pack};
pub use request::{Answer, File, Request};
pub use schedule::{Period, Turn};
pub use state::{Floor, Kept, Opened, Rotated, State};
pub use update::{Done, NewIndex, NewUrgent, Received, Scope, Step, Update};
pub use urgent::{URGENT_KIND, URGENT_SCHEMA, Urgent, read_urgent};

/// Bounds of what is received, applied before anything is parsed.
pub struct TrustLimits;

impl TrustLimits {
    /// Bytes of an index.
    pub const INDEX_BYTES: usize = 256 << 10;
    /// Bytes of an urgent list.
    pub const URGENT_BYTES: usize = 64 << 10;
    /// Bytes of `rotations.json`.
    pub const ROTATIONS_BYTES: usize = 64 << 10;
    /// Bytes of a signature.
    pub const SIGNATURE_BYTES: usize = 4 << 10;
    /// Bytes of a key file.
    pub const KEY_BYTES: usize = 4 << 10;
    /// Bytes of an entity tag that is asked with.
    pub const ETAG_BYTES: usize = 200;
    /// Hours after which a file is asked for whole, whatever tag the server gave it.
    pub const ETAG_HOURS: i64 = 24;
    /// Packs of one index.
    pub const PACKS: usize = 64;
    /// Keys that an index announces.
    pub const NEXT_KEYS: usize = 8;
    /// Changes of key that a client follows at once.
    pub const ROTATIONS: usize = 32;
    /// Ids of recalled cards that a client remembers beyond those of the index and the list in force.
    pub const RECALLS: usize = 50_000;
    /// Hours that a publisher's clock may be ahead of the client's. Clocks are often wrong by their time zone.
    pub const AHEAD_HOURS: i64 = 24;
}
