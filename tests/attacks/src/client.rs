use crate::rows::Files;
use crate::server::{self, Spoilt};
use jiff::Timestamp;
use rejoinder_engine::pack::Pack;
use rejoinder_engine::trust::{Answer, Request, Scope, State, Step, Update};
use rejoinder_wire::{SyncOutcome, SyncRefusal};
use std::collections::BTreeMap;

/// A client of the engine alone, all in memory.
#[derive(Debug)]
pub struct Client {
    /// What it keeps.
    pub state: State,
    packs: BTreeMap<String, Pack>,
}

impl Client {
    /// One that trusts a key, and has taken nothing yet.
    pub fn pinned(key: &str) -> Client {
        Client { state: State::pinned(key), packs: BTreeMap::new() }
    }

    /// Checks index and urgent list against what a server would answer; what each gave.
    pub fn check(&mut self, files: &Files, spoilt: Option<(&str, Spoilt)>, now: Timestamp) -> [Option<SyncOutcome>; 2] {
        let opened = self.state.open();
        let complete = opened.index.is_some_and(|i| i.packs.iter().all(|e| self.packs.contains_key(&e.sha256)));
        let mut step = Update::begin(self.state.clone(), Scope::Whole, complete, now);
        loop {
            match step {
                Step::Fetch(request, update) => {
                    let answer = answer(files, spoilt, &request);
                    step = update.got(answer, &|entry| self.packs.get(&entry.sha256).cloned());
                }
                Step::Done(done) => {
                    self.state = done.state;
                    if let Some(update) = done.update {
                        self.state.take(&update, now);
                        self.packs = update.packs.iter().map(|p| (p.sha256.clone(), p.pack.clone())).collect();
                    }
                    return [done.index, done.urgent];
                }
            }
        }
    }
}

fn answer(files: &Files, spoilt: Option<(&str, Spoilt)>, request: &Request) -> Answer {
    // As any caller must: an address elsewhere is not asked.
    if request.name.contains("//") {
        return Answer::Refused(SyncRefusal::Malformed { why: String::new() });
    }
    let spoilt = spoilt.filter(|(file, _)| *file == request.name || *file == "*").map(|(_, how)| how);
    if let Some(spoilt) = spoilt {
        return match spoilt {
            Spoilt::Redirect => Answer::Refused(SyncRefusal::Redirected),
            Spoilt::Status => Answer::Failed { why: String::new(), wait: None },
            Spoilt::Endless | Spoilt::Bomb => Answer::Refused(SyncRefusal::TooLarge { limit: request.limit }),
            Spoilt::Cut | Spoilt::Silence => Answer::Unreached { why: String::new() },
            Spoilt::Page => Answer::Body { bytes: server::PAGE.to_vec(), etag: None },
            Spoilt::Unchanged => Answer::Unchanged,
        };
    }
    match files.get(&request.name) {
        None => Answer::Missing,
        Some(bytes) if bytes.len() as u64 > request.limit => {
            Answer::Refused(SyncRefusal::TooLarge { limit: request.limit })
        }
        Some(bytes) => {
            let etag = Some(server::etag(bytes));
            if request.etag == etag { Answer::Unchanged } else { Answer::Body { bytes: bytes.clone(), etag } }
        }
    }
}

/// An outcome in a word, without what the network said.
pub fn word(outcome: Option<&SyncOutcome>) -> String {
    match outcome {
        None => "-".into(),
        Some(SyncOutcome::Updated) => "updated".into(),
        Some(SyncOutcome::Current) => "current".into(),
        Some(SyncOutcome::Offline { .. }) => "offline".into(),
        Some(SyncOutcome::Refused { refusal: SyncRefusal::Malformed { .. } }) => "Malformed".into(),
        Some(SyncOutcome::Refused { refusal: SyncRefusal::BadPack { pack, .. } }) => format!("BadPack {pack}"),
        Some(SyncOutcome::Refused { refusal }) => format!("{refusal:?}").replace(['{', '}', '"'], "").trim().into(),
    }
}
