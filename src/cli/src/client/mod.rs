//! A subscriber as the command line plays it: the very steps of the extension ([`Update`]), asked of a folder or
//! a server, and what they came to in words.

mod folder;
mod verdict;
mod web;

pub use folder::Folder;
pub use verdict::{InUse, Verdict, because};
pub use web::Web;

use jiff::Timestamp;
use rejoinder_engine::pack::Pack;
use rejoinder_engine::trust::{Answer, IndexEntry, Request, Scope, State, Step, Update};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a publication is.
pub trait Source {
    /// What comes of a request.
    fn get(&self, request: &Request) -> Answer;
}

/// What a subscriber keeps between two checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Whom it trusts and how far it has come.
    pub state: State,
    /// The packs that it has, by SHA-256. Their texts are not kept: nothing is done with them here.
    pub packs: BTreeMap<String, Known>,
}

/// A pack that a subscriber has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
}

impl From<&IndexEntry> for Known {
    fn from(entry: &IndexEntry) -> Known {
        Known { id: entry.id.clone(), version: entry.version.clone() }
    }
}

impl Client {
    /// One that was just told whom to trust.
    pub fn new(key: &str) -> Client {
        Client { state: State::pinned(key), packs: BTreeMap::new() }
    }

    /// Checks for news, and takes them.
    pub fn check(&mut self, source: &dyn Source, scope: Scope, now: Timestamp) -> Verdict {
        let before = self.clone();
        let opened = self.state.open();
        let complete = opened.index.is_some_and(|index| index.packs.iter().all(|e| self.packs.contains_key(&e.sha256)));
        let have = |entry: &IndexEntry| {
            let Known { id, version } = self.packs.get(&entry.sha256)?.clone();
            Some(Pack { id, version, ..Pack::default() })
        };
        let mut asked = Vec::new();
        let mut step = Update::begin(self.state.clone(), scope, complete, now);
        let done = loop {
            match step {
                Step::Fetch(request, update) => {
                    asked.push(request.name.clone());
                    step = update.got(source.get(&request), &have);
                }
                Step::Done(done) => break *done,
            }
        };
        self.state = done.state;
        if let Some(update) = &done.update {
            self.state.take(update, now);
            let known = |pack: &Pack| Known { id: pack.id.clone(), version: pack.version.clone() };
            self.packs = update.packs.iter().map(|new| (new.sha256.clone(), known(&new.pack))).collect();
        }
        Verdict::new(done.index, done.urgent, asked, &before, self)
    }
}
