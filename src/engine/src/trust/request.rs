use super::TrustLimits;
use jiff::SignedDuration;
use rejoinder_wire::SyncRefusal;
use url::Url;

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// `minisign.pub`.
    Key,
    /// `index.json`, or whatever the subscription's address calls it.
    Index,
    /// The signature beside it.
    IndexSignature,
    /// `rotations.json`.
    Rotations,
    /// `urgent.json`.
    Urgent,
    /// The signature beside it.
    UrgentSignature,
    /// A pack.
    Pack,
}

/// What is to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which file.
    pub file: File,
    /// Its name, relative to the index; of a pack, what the index says, which is not to be believed: a caller that
    /// reads a folder must see to it that it stays in there.
    pub name: String,
    /// Its most bytes, **decoded**: reading must stop there, not begin after.
    pub limit: u64,
    /// Only if it is not this version any more (`If-None-Match`).
    pub etag: Option<String>,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A file.
    Body {
        /// All of it.
        bytes: Vec<u8>,
        /// `ETag`, if any.
        etag: Option<String>,
    },
    /// It is still the version asked about (304).
    Unchanged,
    /// There is none (404, 410).
    Missing,
    /// The server failed or wants to be left alone (429, 5xx, any other status).
    Failed {
        /// What it said.
        why: String,
        /// For how long, if it said so (`Retry-After`).
        wait: Option<SignedDuration>,
    },
    /// No answer: no network, no connection, cut off, stalled.
    Unreached {
        /// What the network said.
        why: String,
    },
    /// It was not fetched, or not to its end: too large, or sent elsewhere.
    Refused(SyncRefusal),
}

impl Request {
    /// The key, for the first time only: whoever it is of must be asked of a person.
    pub fn key() -> Request {
        Request::file(File::Key, "minisign.pub", TrustLimits::KEY_BYTES, None)
    }

    pub(super) fn file(file: File, name: &str, limit: usize, etag: Option<String>) -> Request {
        Request { file, name: name.to_owned(), limit: limit as u64, etag }
    }

    /// Its address, by that of the index. Always of the index's own origin: a publisher must not send its subscribers
    /// elsewhere.
    ///
    /// # Errors
    /// [`SyncRefusal::Malformed`].
    pub fn address(&self, index: &Url) -> Result<Url, SyncRefusal> {
        match self.file {
            File::Index => return Ok(index.clone()),
            File::IndexSignature => {
                let mut url = index.clone();
                url.set_path(&format!("{}.minisig", index.path()));
                return Ok(url);
            }
            _ => {}
        }
        let malformed = |why: String| SyncRefusal::Malformed { why };
        let url = index.join(&self.name).map_err(|e| malformed(format!("`{}`: {e}", self.name)))?;
        if url.origin() == index.origin() && url.username().is_empty() && url.password().is_none() {
            Ok(url)
        } else {
            Err(malformed(format!("`{}` is not of {}", self.name, index.origin().ascii_serialization())))
        }
    }
}
