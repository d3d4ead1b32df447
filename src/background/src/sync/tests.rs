use super::*;
use crate::testing::now_or_never;
use minisign::KeyPair;
use rejoinder_engine::pack::SCHEMA;
use rejoinder_engine::trust::{INDEX_SCHEMA, IndexEntry};
use std::cell::RefCell;
use std::collections::BTreeMap;

const INDEX: &str = "https://packs.example/fr/index.json";
const SIGNATURE: &str = "https://packs.example/fr/index.json.minisig";
const KEY: &str = "https://packs.example/fr/minisign.pub";
const NOW: &str = "2026-01-15T00:00:00Z";

/// A server and its publisher.
struct Server {
    keys: KeyPair,
    files: BTreeMap<String, Vec<u8>>,
    asked: RefCell<Vec<String>>,
}

impl Fetch for Server {
    async fn get(&self, url: &Url, limit: u64, etag: Option<&str>) -> Result<Fetched, FetchError> {
        self.asked.borrow_mut().push(url.to_string());
        let bytes = self.files.get(url.as_str()).ok_or_else(|| FetchError::Unreached("404".into()))?.clone();
        let current = format!("{:x}", bytes.len());
        if etag == Some(&current) {
            return Ok(Fetched::Unchanged);
        }
        if bytes.len() as u64 > limit {
            return Err(FetchError::TooLarge { limit });
        }
        Ok(Fetched::Body { bytes, etag: Some(current) })
    }
}

impl Server {
    fn new() -> Server {
        let keys = KeyPair::generate_unencrypted_keypair().unwrap();
        let mut server = Server { keys, files: BTreeMap::new(), asked: RefCell::default() };
        server.publish(7, &[("p", "1.0.0"), ("q", "1.0.0")], |_| {});
        server.put(KEY, server.keys.pk.to_box().unwrap().to_string().into_bytes());
        server
    }

    fn put(&mut self, url: &str, bytes: Vec<u8>) {
        self.files.insert(url.into(), bytes);
    }

    fn publish(&mut self, serial: u64, packs: &[(&str, &str)], change: impl FnOnce(&mut Index)) {
        let mut entries = Vec::new();
        for (id, version) in packs {
            let pack = Pack {
                schema: SCHEMA,
                id: (*id).into(),
                version: (*version).into(),
                title: "T".into(),
                publisher: "P".into(),
                language: "fr".into(),
                jurisdictions: vec!["FR".into()],
                ..Pack::default()
            };
            let bytes = serde_json::to_vec(&pack).unwrap();
            let url = format!("{id}-{version}.json");
            entries.push(IndexEntry {
                id: pack.id,
                version: pack.version,
                size: bytes.len() as u64,
                sha256: sha256(&bytes),
                url: url.clone(),
            });
            self.put(&format!("https://packs.example/fr/{url}"), bytes);
        }
        let mut index = Index {
            schema: INDEX_SCHEMA,
            publisher: "Agence de l'exemple".into(),
            serial,
            issued: "2026-01-01T00:00:00Z".parse().unwrap(),
            expires: "2026-02-01T00:00:00Z".parse().unwrap(),
            packs: entries,
            recalls: vec![],
            sites_off: vec![],
            next_keys: vec![],
        };
        change(&mut index);
        let bytes = serde_json::to_vec(&index).unwrap();
        let signature = minisign::sign(Some(&self.keys.pk), &self.keys.sk, &bytes[..], None, None).unwrap();
        self.put(INDEX, bytes);
        self.put(SIGNATURE, signature.to_string().into_bytes());
    }

    fn key(&self) -> String {
        self.keys.pk.to_base64()
    }

    fn check(&self, known: Option<Known>, in_use: &[Pack]) -> Result<Checked, Failure> {
        self.check_at(known, in_use, NOW)
    }

    fn check_at(&self, known: Option<Known>, in_use: &[Pack], now: &str) -> Result<Checked, Failure> {
        let by_hash = |hash: &str| in_use.iter().find(|p| sha256(&serde_json::to_vec(p).unwrap()) == hash).cloned();
        self.asked.borrow_mut().clear();
        let url = Url::parse(INDEX).unwrap();
        now_or_never(check(self, &url, &self.key(), known, by_hash, now.parse().unwrap()))
    }

    fn asked(&self) -> usize {
        self.asked.borrow().len()
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn update(checked: Result<Checked, Failure>) -> Update {
    match checked {
        Ok(Checked::Update(update)) => *update,
        other => panic!("{other:?}"),
    }
}

fn known(serial: u64) -> Known {
    Known { serial, expires: "2026-02-01T00:00:00Z".parse().unwrap(), etag: None, complete: true }
}

#[test]
fn the_first_check_takes_all() {
    let server = Server::new();
    let update = update(server.check(None, &[]));
    assert_eq!(update.index.serial, 7);
    assert_eq!(update.packs.iter().map(|p| p.pack.id.as_str()).collect::<Vec<_>>(), ["p", "q"]);
    assert!(update.packs.iter().all(|p| p.text.is_some()));
    assert_eq!(update.text.as_bytes(), server.files[INDEX]);
    assert_eq!(server.asked(), 4);
}

#[test]
fn what_is_current_costs_one_request() {
    let server = Server::new();
    let etag = update(server.check(None, &[])).etag;
    assert!(etag.is_some());
    let current = server.check(Some(Known { etag: etag.clone(), ..known(7) }), &[]);
    assert!(matches!(current, Ok(Checked::Current)), "{current:?}");
    assert_eq!(server.asked(), 1);
    let without_etag = server.check(Some(known(7)), &[]);
    assert!(matches!(without_etag, Ok(Checked::Current)), "{without_etag:?}");
    assert_eq!(server.asked(), 2);
    // A server that for ever says that nothing changed.
    let frozen = server.check_at(Some(Known { etag, ..known(7) }), &[], "2026-02-01T00:00:00Z");
    assert!(matches!(frozen, Err(Failure::Refused(SyncRefusal::Expired { .. }))), "{frozen:?}");
}

#[test]
fn only_new_packs_are_fetched() {
    let mut server = Server::new();
    let packs: Vec<Pack> = update(server.check(None, &[])).packs.into_iter().map(|p| p.pack).collect();
    server.publish(8, &[("p", "1.0.0"), ("q", "1.1.0")], |_| {});
    let update = update(server.check(Some(known(7)), &packs));
    assert_eq!(update.packs.iter().map(|p| p.text.is_some()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(server.asked(), 3);
}

#[test]
fn a_state_without_its_packs_is_fetched_again_but_never_an_older_one() {
    let server = Server::new();
    let incomplete = |serial| Known { complete: false, etag: Some("x".into()), ..known(serial) };
    assert_eq!(update(server.check(Some(incomplete(7)), &[])).packs.len(), 2);
    let older = server.check(Some(incomplete(8)), &[]);
    assert_eq!(older.unwrap_err(), Failure::Refused(SyncRefusal::Rollback { have: 8, got: 7 }));
}

#[test]
fn all_packs_or_none() {
    type Spoil = fn(&mut Server);
    type Want = fn(&Failure) -> bool;
    let q = "https://packs.example/fr/q-1.0.0.json";
    assert!(Server::new().files.contains_key(q));
    let cases: [(&str, Spoil, Want); 8] = [
        (
            "a pack is missing",
            |s| drop(s.files.remove("https://packs.example/fr/q-1.0.0.json")),
            |f| matches!(f, Failure::Offline(_)),
        ),
        (
            "a pack was changed",
            |s| s.files.get_mut("https://packs.example/fr/q-1.0.0.json").unwrap()[5] ^= 1,
            |f| matches!(f, Failure::Refused(SyncRefusal::Hash { .. })),
        ),
        (
            "a pack never ends",
            |s| s.put("https://packs.example/fr/q-1.0.0.json", vec![b' '; 1 << 20]),
            |f| matches!(f, Failure::Refused(SyncRefusal::TooLarge { .. })),
        ),
        (
            "a pack stands elsewhere",
            |s| s.publish(8, &[("p", "1.0.0")], |i| i.packs[0].url = "https://evil.example/p.json".into()),
            |f| matches!(f, Failure::Refused(SyncRefusal::Malformed { .. })),
        ),
        (
            "a pack for another",
            |s| {
                s.publish(8, &[("p", "1.0.0"), ("q", "1.0.0")], |i| {
                    let hash = (i.packs[0].sha256.clone(), i.packs[0].size, i.packs[0].url.clone());
                    (i.packs[1].sha256, i.packs[1].size, i.packs[1].url) = hash;
                });
            },
            |f| matches!(f, Failure::Refused(SyncRefusal::BadPack { .. })),
        ),
        (
            "the signature is of the index before",
            |s| {
                let old = s.files[SIGNATURE].clone();
                s.publish(8, &[("p", "1.0.0")], |_| {});
                s.put(SIGNATURE, old);
            },
            |f| matches!(f, Failure::Refused(SyncRefusal::Signature)),
        ),
        (
            "the index never ends",
            |s| s.put(INDEX, vec![b' '; 1 << 20]),
            |f| matches!(f, Failure::Refused(SyncRefusal::TooLarge { .. })),
        ),
        ("no signature", |s| drop(s.files.remove(SIGNATURE)), |f| matches!(f, Failure::Offline(_))),
    ];
    for (name, spoil, want) in cases {
        let mut server = Server::new();
        spoil(&mut server);
        let got = server.check(None, &[]).expect_err(name);
        assert!(want(&got), "{name}: {got:?}");
    }
}

#[test]
fn offers_show_the_key() {
    let mut server = Server::new();
    let url = Url::parse(INDEX).unwrap();
    let now: Timestamp = NOW.parse().unwrap();
    let offered = now_or_never(offer(&server, &url, now)).unwrap();
    assert_eq!(offered.key, server.key());
    assert_eq!(offered.fingerprint, trust::fingerprint(&server.key()));
    assert_eq!(offered.publisher, "Agence de l'exemple");
    assert_eq!(offered.packs, ["p 1.0.0", "q 1.0.0"]);
    let other = KeyPair::generate_unencrypted_keypair().unwrap();
    server.put(KEY, other.pk.to_box().unwrap().to_string().into_bytes());
    assert_eq!(now_or_never(offer(&server, &url, now)), Err(Failure::Refused(SyncRefusal::Signature)));
}
