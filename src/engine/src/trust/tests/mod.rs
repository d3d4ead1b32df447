//! A publisher, a server between, and a client, all in memory.

mod attacks;
mod clock;
mod faults;
mod forms;
mod rotation;
mod schedule;
mod urgent;

use super::*;
use crate::pack::{Pack, SCHEMA};
use jiff::Timestamp;
use minisign::KeyPair;
use rejoinder_wire::{SyncOutcome, SyncRefusal};
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(super) static OURS: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate_unencrypted_keypair().unwrap());
pub(super) static NEXT: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate_unencrypted_keypair().unwrap());
pub(super) static THEIRS: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate_unencrypted_keypair().unwrap());

pub(super) const NOW: &str = "2026-01-15T00:00:00Z";

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn sign(keys: &KeyPair, bytes: &[u8]) -> Vec<u8> {
    minisign::sign(Some(&keys.pk), &keys.sk, bytes, None, None).unwrap().to_string().into_bytes()
}

pub(super) fn pack_bytes(id: &str, version: &str) -> Vec<u8> {
    let pack = Pack {
        schema: SCHEMA,
        id: id.into(),
        version: version.into(),
        title: "P".into(),
        publisher: "Agence de l'exemple".into(),
        language: "fr".into(),
        jurisdictions: vec!["FR".into()],
        ..Pack::default()
    };
    serde_json::to_vec(&pack).unwrap()
}

pub(super) fn entry(id: &str, version: &str) -> IndexEntry {
    let bytes = pack_bytes(id, version);
    IndexEntry {
        id: id.into(),
        version: version.into(),
        size: bytes.len() as u64,
        sha256: key::sha256(&bytes),
        url: format!("{id}-{version}.json"),
    }
}

pub(super) fn index(serial: u64) -> Index {
    Index {
        kind: INDEX_KIND.into(),
        schema: INDEX_SCHEMA,
        min_schema: INDEX_SCHEMA,
        publisher: "Agence de l'exemple".into(),
        serial,
        issued: at("2026-01-01T00:00:00Z"),
        expires: at("2026-02-01T00:00:00Z"),
        packs: vec![entry("p", "1.0.0")],
        recalls: vec![],
        sites_off: vec![],
        next_keys: vec![],
    }
}

pub(super) fn list(serial: u64, recalls: &[&str]) -> Urgent {
    Urgent {
        kind: URGENT_KIND.into(),
        schema: URGENT_SCHEMA,
        min_schema: URGENT_SCHEMA,
        serial,
        issued: at("2026-01-10T00:00:00Z"),
        expires: at("2026-01-20T00:00:00Z"),
        recalls: recalls.iter().map(|id| (*id).into()).collect(),
        sites_off: vec![],
    }
}

/// What a server has.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

impl Server {
    /// Index 7 with a pack.
    pub(super) fn new() -> Server {
        let mut server = Server { files: BTreeMap::new() };
        server.put("minisign.pub", OURS.pk.to_box().unwrap().to_string().into_bytes());
        server.publish(&OURS, &index(7));
        server
    }

    pub(super) fn put(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.insert(name.into(), bytes);
    }

    pub(super) fn publish(&mut self, keys: &KeyPair, index: &Index) {
        for entry in &index.packs {
            self.put(&entry.url, pack_bytes(&entry.id, &entry.version));
        }
        self.sign("index.json", keys, serde_json::to_vec(index).unwrap());
    }

    pub(super) fn urge(&mut self, keys: &KeyPair, list: &Urgent) {
        self.sign("urgent.json", keys, serde_json::to_vec(list).unwrap());
    }

    pub(super) fn sign(&mut self, name: &str, keys: &KeyPair, bytes: Vec<u8>) {
        self.put(&format!("{name}.minisig"), sign(keys, &bytes));
        self.put(name, bytes);
    }

    pub(super) fn rotate(&mut self, chain: &[(&KeyPair, &str, &str)]) {
        let link = |(by, from, to): &(&KeyPair, &str, &str)| {
            let rotation = Rotation {
                kind: ROTATION_KIND.into(),
                schema: 1,
                from: (*from).into(),
                to: (*to).into(),
                issued: at("2026-01-05T00:00:00Z"),
            };
            let statement = serde_json::to_string(&rotation).unwrap();
            let signature = String::from_utf8(sign(by, statement.as_bytes())).unwrap();
            Link { statement, signature }
        };
        let rotations = Rotations { rotations: chain.iter().map(link).collect() };
        self.put("rotations.json", serde_json::to_vec(&rotations).unwrap());
    }

    /// Answers as a good static file server does.
    pub(super) fn answer(&self, request: &Request) -> Answer {
        let Some(bytes) = self.files.get(&request.name) else { return Answer::Missing };
        let etag = Some(format!("\"{}\"", key::sha256(bytes)));
        if request.etag == etag {
            return Answer::Unchanged;
        }
        if bytes.len() as u64 > request.limit {
            return Answer::Refused(SyncRefusal::TooLarge { limit: request.limit });
        }
        Answer::Body { bytes: bytes.clone(), etag }
    }
}

/// What a client has.
#[derive(Clone)]
pub(super) struct Client {
    pub(super) state: State,
    pub(super) packs: BTreeMap<String, Pack>,
    pub(super) asked: Vec<String>,
}

impl Client {
    pub(super) fn new() -> Client {
        let state = State::pinned(&OURS.pk.to_base64());
        Client { state, packs: BTreeMap::new(), asked: Vec::new() }
    }

    /// One that has taken what the server has.
    pub(super) fn of(server: &Server) -> Client {
        let mut client = Client::new();
        let done = client.update(server);
        assert_eq!(done.index, Some(SyncOutcome::Updated));
        client
    }

    pub(super) fn update(&mut self, server: &Server) -> Done {
        self.update_with(Scope::Whole, NOW, &|request| server.answer(request))
    }

    pub(super) fn update_at(&mut self, server: &Server, now: &str) -> Done {
        self.update_with(Scope::Whole, now, &|request| server.answer(request))
    }

    /// Updates and takes what there is to take.
    pub(super) fn update_with(&mut self, scope: Scope, now: &str, answer: &dyn Fn(&Request) -> Answer) -> Done {
        let done = self.ask(scope, now, answer);
        self.state = done.state.clone();
        if let Some(update) = &done.update {
            self.state.take(update, at(now));
            self.packs = update.packs.iter().map(|p| (p.sha256.clone(), p.pack.clone())).collect();
        }
        done
    }

    /// Updates, and takes nothing.
    pub(super) fn ask(&mut self, scope: Scope, now: &str, answer: &dyn Fn(&Request) -> Answer) -> Done {
        self.asked.clear();
        let complete = self
            .state
            .clone()
            .open()
            .index
            .is_some_and(|index| index.packs.iter().all(|entry| self.packs.contains_key(&entry.sha256)));
        let mut step = Update::begin(self.state.clone(), scope, complete, at(now));
        loop {
            match step {
                Step::Fetch(request, update) => {
                    self.asked.push(request.name.clone());
                    step = update.got(answer(&request), &|entry| self.packs.get(&entry.sha256).cloned());
                }
                Step::Done(done) => return *done,
            }
        }
    }

    pub(super) fn serial(&self) -> Option<u64> {
        self.state.clone().open().index.map(|index| index.serial)
    }

    pub(super) fn recalls(&self) -> Vec<String> {
        self.state.clone().open().recalls(&self.state).into_iter().collect()
    }
}

pub(super) fn refused(refusal: SyncRefusal) -> Option<SyncOutcome> {
    Some(SyncOutcome::Refused { refusal })
}
