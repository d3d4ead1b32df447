use super::index::{Index, is_not_expired, open_index};
use super::update::NewIndex;
use super::urgent::{Urgent, open_urgent};
use super::{TrustLimits, key::sha256};
use jiff::Timestamp;
use rejoinder_wire::SyncRefusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is kept of one subscription: whom it trusts, the last good files, and how far it has come.
///
/// The clock. Whether a file that is **in use** has expired is judged by [`State::clock`]: the latest of now, of the
/// last time the server was heard, and of the times at which accepted files were signed. So a clock that is set back
/// does not bring an expired index back to life. Whether a **newer** file has expired is judged by now and by those
/// signed times alone; putting it in use sets the rest back to now. So a clock that was once ahead does not lock the client out:
/// at the latest, the publisher's next publication ends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The key that signs (minisign base64 line).
    pub key: String,
    /// Keys that the newest index announces.
    #[serde(default)]
    pub announced: Vec<String>,
    /// The last change of key.
    #[serde(default)]
    pub rotated: Option<Rotated>,
    /// The index in use; `None` before the first, or when what was kept is damaged.
    #[serde(default)]
    pub index: Option<Kept>,
    /// A newer index that waits for consent.
    #[serde(default)]
    pub held: Option<Kept>,
    /// The newest index under this key: the one that is held, or else the one in use.
    #[serde(default)]
    pub floor: Option<Floor>,
    /// What the server calls the newest index.
    #[serde(default)]
    pub etag: Option<String>,
    /// When it came with that name.
    #[serde(default)]
    pub etag_since: Option<Timestamp>,
    /// The newest urgent list under this key.
    #[serde(default)]
    pub urgent: Option<Kept>,
    /// How new it is.
    #[serde(default)]
    pub urgent_floor: Option<Floor>,
    /// What the server calls it.
    #[serde(default)]
    pub urgent_etag: Option<String>,
    /// When it came with that name.
    #[serde(default)]
    pub urgent_etag_since: Option<Timestamp>,
    /// Every card that was ever taken back under this key.
    #[serde(default)]
    pub recalls: BTreeSet<String>,
    /// The latest time at which an accepted file was signed.
    #[serde(default)]
    pub proved: Option<Timestamp>,
    /// The latest time at which the server was heard, by the clock of then.
    #[serde(default)]
    pub seen: Option<Timestamp>,
}

/// A signed file as received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its text.
    pub text: String,
    /// Its signature.
    pub signature: String,
    /// The key that signed it: that of the state may be a later one.
    pub key: String,
}

/// How new a file is: nothing older is taken, and nothing else of the same serial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floor {
    /// Its serial.
    pub serial: u64,
    /// SHA-256 of its text, lower-case hex.
    pub sha256: String,
    /// When it was signed.
    pub issued: Timestamp,
    /// End of its validity.
    pub expires: Timestamp,
}

/// A change of key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotated {
    /// The key before.
    pub from: String,
    /// The key now.
    pub to: String,
    /// When it was taken.
    pub at: Timestamp,
}

/// The files of a state, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The index in use.
    pub index: Option<Index>,
    /// The index that waits for consent.
    pub held: Option<Index>,
    /// The urgent list.
    pub urgent: Option<Urgent>,
    /// What was kept and is damaged.
    pub damaged: Vec<SyncRefusal>,
}

impl State {
    /// The state of a client that was just told whom to trust.
    pub fn pinned(key: &str) -> State {
        State {
            key: key.trim().to_owned(),
            announced: Vec::new(),
            rotated: None,
            index: None,
            held: None,
            floor: None,
            etag: None,
            etag_since: None,
            urgent: None,
            urgent_floor: None,
            urgent_etag: None,
            urgent_etag_since: None,
            recalls: BTreeSet::new(),
            proved: None,
            seen: None,
        }
    }

    /// Reads what was kept. The signatures are verified again: it costs a millisecond, and a damaged store is seen. What
    /// is damaged is dropped, and fetched again by the next update; how far the client had come is not forgotten.
    pub fn open(&mut self) -> Opened {
        let mut opened = Opened::default();
        let mut read = |kept: &mut Option<Kept>| -> Option<Index> {
            let file = kept.as_ref()?;
            match open_index(&[&file.key], file.text.as_bytes(), file.signature.as_bytes()) {
                Ok((index, _)) => Some(index),
                Err(refusal) => {
                    opened.damaged.push(refusal);
                    *kept = None;
                    None
                }
            }
        };
        let index = read(&mut self.index);
        let held = read(&mut self.held);
        if let Some(file) = &self.urgent {
            match open_urgent(&[&file.key], file.text.as_bytes(), file.signature.as_bytes()) {
                Ok(list) => opened.urgent = Some(list),
                Err(refusal) => {
                    opened.damaged.push(refusal);
                    self.urgent = None;
                }
            }
        }
        Opened { index, held, ..opened }
    }

    /// The time by which a file in use is judged.
    pub fn clock(&self, now: Timestamp) -> Timestamp {
        now.max(self.proved.unwrap_or(now)).max(self.seen.unwrap_or(now))
    }

    /// Whether the newest index may still be relied on.
    ///
    /// # Errors
    /// [`SyncRefusal::Expired`].
    pub(super) fn is_current(&self, now: Timestamp) -> Result<(), SyncRefusal> {
        match &self.floor {
            Some(floor) => is_not_expired(floor.expires, self.clock(now)),
            None => Ok(()),
        }
    }

    /// Whether the newest index is there as it was kept.
    pub(super) fn has_newest(&self) -> bool {
        let newest = self.held.as_ref().or(self.index.as_ref());
        newest.zip(self.floor.as_ref()).is_some_and(|(kept, floor)| floor.is_of(kept.text.as_bytes()))
    }

    /// The urgent list in force that no index has overtaken.
    pub(super) fn pressing(&self) -> Option<&Floor> {
        let newest = self.floor.as_ref().map(|floor| floor.issued);
        self.urgent_floor.as_ref().filter(|list| newest.is_none_or(|issued| list.issued > issued))
    }

    /// Remembers cards that were taken back.
    pub(super) fn recall(&mut self, ids: &[String]) {
        for id in ids {
            if self.recalls.len() < TrustLimits::RECALLS && !self.recalls.contains(id) {
                self.recalls.insert(id.clone());
            }
        }
    }

    /// Puts a new index in use. Its packs are the caller's to keep, together with this state or not at all.
    pub fn take(&mut self, new: &NewIndex, now: Timestamp) {
        self.accept(new, now);
        self.index = Some(new.kept.clone());
        self.held = None;
        self.seen = Some(now);
    }

    /// Keeps a new index until it is consented to. Its recalls, its keys and its serial count at once.
    pub fn hold(&mut self, new: &NewIndex, now: Timestamp) {
        self.accept(new, now);
        self.held = Some(new.kept.clone());
    }

    /// Puts the held index in use; `false`: there is none.
    pub fn consent(&mut self, now: Timestamp) -> bool {
        let held = self.held.take();
        let is_some = held.is_some();
        if is_some {
            self.index = held;
            self.seen = Some(now);
        }
        is_some
    }

    fn accept(&mut self, new: &NewIndex, now: Timestamp) {
        if new.kept.key != self.key {
            // Whoever held the key before may have signed anything: how far the client had come under it, and what was
            // taken back under it, counts no more.
            let next = State::pinned(&new.kept.key);
            let before = std::mem::replace(self, next);
            self.rotated = Some(Rotated { from: before.key, to: self.key.clone(), at: now });
            self.index = before.index;
            // This client's own clock, which no key has a say in.
            self.seen = before.seen;
        }
        self.announced.clone_from(&new.index.next_keys);
        self.floor = Some(Floor::of(&new.kept.text, new.index.serial, new.index.issued, new.index.expires));
        self.etag.clone_from(&new.etag);
        self.etag_since = Some(now);
        self.proved = self.proved.max(Some(new.index.issued));
        self.recall(&new.index.recalls);
        if let Some(list) = &new.urgent {
            self.urge(list.kept.clone(), &list.list, list.etag.clone(), now);
        }
    }

    /// Puts a newer urgent list in force.
    pub(super) fn urge(&mut self, kept: Kept, list: &Urgent, etag: Option<String>, now: Timestamp) {
        self.recall(&list.recalls);
        self.proved = self.proved.max(Some(list.issued));
        self.urgent_floor = Some(Floor::of(&kept.text, list.serial, list.issued, list.expires));
        self.urgent_etag = etag;
        self.urgent_etag_since = Some(now);
        self.urgent = Some(kept);
    }
}

impl Floor {
    pub(super) fn of(text: &str, serial: u64, issued: Timestamp, expires: Timestamp) -> Floor {
        Floor { serial, sha256: sha256(text.as_bytes()), issued, expires }
    }

    /// Whether these are its bytes.
    pub(super) fn is_of(&self, bytes: &[u8]) -> bool {
        self.sha256 == sha256(bytes)
    }
}

impl Opened {
    /// The index in use, the one that waits, and the urgent list all take cards back, at once; and so does the past.
    pub fn recalls(&self, state: &State) -> BTreeSet<String> {
        let indexes = [&self.index, &self.held].into_iter().flatten().flat_map(|index| &index.recalls);
        let urgent = self.urgent.iter().flat_map(|list| &list.recalls);
        state.recalls.iter().chain(indexes).chain(urgent).cloned().collect()
    }

    /// The adapters that are switched off by the index in use, by the one that waits, or by an urgent list that was
    /// issued after the one in use.
    pub fn sites_off(&self) -> BTreeSet<&str> {
        let indexes = [&self.index, &self.held].into_iter().flatten().flat_map(|index| &index.sites_off);
        let issued = self.index.as_ref().map(|index| index.issued);
        let urgent = self.urgent.iter().filter(|list| issued.is_none_or(|issued| list.issued > issued));
        indexes.chain(urgent.flat_map(|list| &list.sites_off)).map(String::as_str).collect()
    }
}
