mod consent;
mod faults;

use super::*;
use crate::fetch::Fetch;
use crate::library::Library;
use crate::load;
use crate::shelf::{Changes, Memory, Shelf};
use crate::store::Store;
use crate::subscription::{Stored, Subscription};
use crate::testing::now_or_never;
use futures_util::FutureExt;
use minisign::KeyPair;
use rejoinder_engine::pack::SCHEMA;
use rejoinder_engine::trust::{INDEX_KIND, INDEX_SCHEMA, Index, IndexEntry, URGENT_KIND, URGENT_SCHEMA, Urgent};
use rejoinder_wire::ChangesView;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::future::pending;
use std::rc::Rc;

const INDEX: &str = "https://packs.example/fr/index.json";
const SIGNATURE: &str = "https://packs.example/fr/index.json.minisig";
const URGENT: &str = "https://packs.example/fr/urgent.json";
const KEY: &str = "https://packs.example/fr/minisign.pub";
const Q: &str = "https://packs.example/fr/q-1.0.0.json";
const NOW: &str = "2026-01-15T00:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A run of the worker, which may be stopped at any moment.
#[derive(Default)]
struct Life {
    moments: Cell<usize>,
    /// The moment at which it is stopped.
    end: Option<usize>,
}

impl Life {
    async fn moment(&self) {
        let now = self.moments.replace(self.moments.get() + 1);
        if Some(now) == self.end {
            pending().await
        }
    }
}

/// A shelf of `storage.local`'s kind: it is written in two goes, and a worker can be stopped before, between and after.
#[derive(Clone, Default)]
struct Mortal {
    memory: Rc<Memory>,
    life: Rc<Life>,
}

impl Shelf for Mortal {
    async fn get(&self, key: &str) -> Result<Option<String>, String> {
        self.life.moment().await;
        self.memory.get(key).await
    }

    async fn all(&self, prefix: &str) -> Result<Vec<(String, String)>, String> {
        self.life.moment().await;
        self.memory.all(prefix).await
    }

    async fn write(&self, changes: Changes) -> Result<(), String> {
        self.life.moment().await;
        let (set, removed) = changes.into_iter().partition(|(_, text)| text.is_some());
        self.memory.write(set).await?;
        self.life.moment().await;
        self.memory.write(removed).await?;
        self.life.moment().await;
        Ok(())
    }

    async fn get_bytes(&self, _: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(None)
    }

    async fn put_bytes(&self, _: &str, _: &[u8]) -> Result<(), String> {
        Ok(())
    }
}

/// A server and its publisher.
struct Server {
    keys: KeyPair,
    files: BTreeMap<String, Vec<u8>>,
    asked: RefCell<Vec<String>>,
    life: Rc<Life>,
}

impl Fetch for Server {
    async fn get(&self, url: &Url, limit: u64, etag: Option<&str>) -> Answer {
        self.life.moment().await;
        self.asked.borrow_mut().push(url.to_string());
        let Some(bytes) = self.files.get(url.as_str()).cloned() else { return Answer::Missing };
        let current = format!("\"{}\"", sha256(&bytes));
        if etag == Some(&current) {
            return Answer::Unchanged;
        }
        if bytes.len() as u64 > limit {
            return Answer::Refused(SyncRefusal::TooLarge { limit });
        }
        Answer::Body { bytes, etag: Some(current) }
    }
}

impl Server {
    fn new() -> Server {
        let keys = KeyPair::generate_unencrypted_keypair().unwrap();
        let mut server = Server { keys, files: BTreeMap::new(), asked: RefCell::default(), life: Rc::default() };
        server.publish(7, &[("p", "1.0.0"), ("q", "1.0.0")], |_| {});
        server.put(KEY, server.keys.pk.to_box().unwrap().to_string().into_bytes());
        server
    }

    fn put(&mut self, url: &str, bytes: Vec<u8>) {
        self.files.insert(url.into(), bytes);
    }

    fn sign(&mut self, url: &str, bytes: Vec<u8>) {
        let signature = minisign::sign(Some(&self.keys.pk), &self.keys.sk, &bytes[..], None, None).unwrap();
        self.put(&format!("{url}.minisig"), signature.to_string().into_bytes());
        self.put(url, bytes);
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
            kind: INDEX_KIND.into(),
            schema: INDEX_SCHEMA,
            min_schema: INDEX_SCHEMA,
            publisher: "Agence de l'exemple".into(),
            serial,
            issued: at("2026-01-01T00:00:00Z"),
            expires: at("2026-02-01T00:00:00Z"),
            packs: entries,
            recalls: vec![],
            sites_off: vec![],
            next_keys: vec![],
        };
        change(&mut index);
        self.sign(INDEX, serde_json::to_vec(&index).unwrap());
    }

    fn urge(&mut self, serial: u64, recalls: &[&str], sites_off: &[&str]) {
        let own = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let list = Urgent {
            kind: URGENT_KIND.into(),
            schema: URGENT_SCHEMA,
            min_schema: URGENT_SCHEMA,
            serial,
            issued: at("2026-01-10T00:00:00Z"),
            expires: at("2026-01-20T00:00:00Z"),
            recalls: own(recalls),
            sites_off: own(sites_off),
        };
        self.sign(URGENT, serde_json::to_vec(&list).unwrap());
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// A background, as far as it syncs.
struct Client {
    store: Store<Mortal>,
    shelf: Mortal,
    subscription: Subscription,
    library: Library,
    /// What it put in use before the packs came.
    early: RefCell<Option<Subscription>>,
}

impl Client {
    fn new(server: &Server) -> Client {
        let shelf = Mortal::default();
        let stored = Stored::new(INDEX, &server.keys.pk.to_base64(), 7);
        Client {
            store: Store::new(shelf.clone()),
            shelf,
            subscription: Subscription::read(stored),
            library: Library::default(),
            early: RefCell::default(),
        }
    }

    fn of(server: &Server) -> Client {
        let mut client = Client::new(server);
        assert_eq!(client.check(server), SyncOutcome::Updated);
        client
    }

    /// The same one after its worker was stopped, and started again.
    fn restarted(shelf: &Rc<Memory>, life: Life) -> Option<Client> {
        let shelf = Mortal { memory: Rc::clone(shelf), life: Rc::new(life) };
        let store = Store::new(shelf.clone());
        let mut subscriptions = now_or_never(load::subscriptions(&store));
        let packs = now_or_never(load::packs(&store, &mut subscriptions));
        let library = load::fill(Library::default(), &mut subscriptions, packs);
        let subscription = subscriptions.into_iter().next()?;
        Some(Client { store, shelf, subscription, library, early: RefCell::default() })
    }

    fn again(&self) -> Client {
        Client::restarted(&self.shelf.memory, Life::default()).unwrap()
    }

    /// Checks at [`NOW`]; `None`: it was stopped in the middle of it.
    fn try_check(&mut self, server: &Server, scope: Scope, now: &str) -> Option<SyncOutcome> {
        server.asked.borrow_mut().clear();
        let library = &self.library;
        let desk = Desk {
            store: &self.store,
            network: server,
            by_hash: &|sha256| library.by_hash(sha256).cloned(),
            in_use: &|| library.without(""),
            others: &BTreeSet::new,
            early: &|subscription| *self.early.borrow_mut() = Some(subscription),
        };
        let checked = check(&desk, &self.subscription, scope, at(now)).now_or_never()?;
        self.take(checked);
        Some(self.subscription.stored.outcome.clone())
    }

    fn check(&mut self, server: &Server) -> SyncOutcome {
        self.try_check(server, Scope::Whole, NOW).unwrap()
    }

    fn accept(&mut self, server: &Server) -> Result<(), Failure> {
        let library = &self.library;
        let desk = Desk {
            store: &self.store,
            network: server,
            by_hash: &|sha256| library.by_hash(sha256).cloned(),
            in_use: &|| library.without(""),
            others: &BTreeSet::new,
            early: &|_| {},
        };
        let checked = now_or_never(accept(&desk, &self.subscription, at(NOW)))?;
        self.take(checked);
        Ok(())
    }

    /// Has it ask first, or not; `None`: it was stopped in the middle of it.
    fn ask_first(&mut self, server: &Server, ask: bool) -> Option<Result<(), Failure>> {
        let library = &self.library;
        let desk = Desk {
            store: &self.store,
            network: server,
            by_hash: &|sha256| library.by_hash(sha256).cloned(),
            in_use: &|| library.without(""),
            others: &BTreeSet::new,
            early: &|_| {},
        };
        let (checked, result) = ask_first(&desk, &self.subscription, ask, at(NOW)).now_or_never()?.unwrap();
        self.take(checked);
        Some(result)
    }

    fn take(&mut self, checked: Checked) {
        self.subscription = checked.subscription;
        if let Some(library) = checked.library {
            self.library = library;
        }
    }

    /// Serial and packs in use: they must go together.
    fn state(&self) -> (Option<u64>, Vec<String>) {
        let packs = self.library.packs().iter().map(|pack| format!("{} {}", pack.id, pack.version)).collect();
        (self.subscription.opened.index.as_ref().map(|index| index.serial), packs)
    }

    fn recalls(&self) -> Vec<String> {
        self.subscription.recalls().into_iter().collect()
    }

    fn changes(&self) -> Option<ChangesView> {
        now_or_never(self.store.changes(INDEX)).unwrap()
    }
}

fn state(serial: u64, packs: &[&str]) -> (Option<u64>, Vec<String>) {
    (Some(serial), packs.iter().map(|pack| (*pack).to_owned()).collect())
}

/// An update with a pack less, a pack more, a pack raised, a recall in the index and one in the urgent list.
fn next(server: &mut Server) {
    server.publish(8, &[("p", "1.1.0"), ("r", "1.0.0")], |index| index.recalls = vec!["one".into()]);
    server.urge(1, &["two"], &["flarum"]);
}

#[test]
fn the_first_check_takes_all() {
    let server = Server::new();
    let client = Client::of(&server);
    assert_eq!(client.state(), state(7, &["p 1.0.0", "q 1.0.0"]));
    assert_eq!(server.asked.borrow().len(), 5);
    assert_eq!(client.again().state(), client.state());
    assert_eq!(client.changes(), None, "all is new, so nothing changed");
}

#[test]
fn what_is_current_costs_two_requests() {
    let server = Server::new();
    let mut client = Client::of(&server);
    assert_eq!(client.check(&server), SyncOutcome::Current);
    assert_eq!(*server.asked.borrow(), [INDEX, URGENT]);
    assert_eq!(client.try_check(&server, Scope::Urgent, NOW), Some(SyncOutcome::Current));
    assert_eq!(*server.asked.borrow(), [URGENT]);
    assert_eq!(client.again().check(&server), SyncOutcome::Current);
    assert_eq!(server.asked.borrow().len(), 2, "after a restart, too");
}

#[test]
fn only_new_packs_are_fetched() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    server.publish(8, &[("p", "1.0.0"), ("q", "1.1.0")], |_| {});
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    let asked = [INDEX, SIGNATURE, URGENT, "https://packs.example/fr/q-1.1.0.json"];
    assert_eq!(*server.asked.borrow(), asked);
    assert_eq!(client.again().state(), state(8, &["p 1.0.0", "q 1.1.0"]));
}

#[test]
fn all_packs_or_none() {
    type Spoil = fn(&mut Server);
    type Want = fn(&SyncOutcome) -> bool;
    let cases: [(&str, Spoil, Want); 6] = [
        ("a pack is missing", |s| drop(s.files.remove(Q)), |o| matches!(o, SyncOutcome::Offline { .. })),
        (
            "a pack was changed",
            |s| s.files.get_mut(Q).unwrap()[5] ^= 1,
            |o| matches!(o, SyncOutcome::Refused { refusal: SyncRefusal::Hash { .. } }),
        ),
        (
            "a pack never ends",
            |s| s.put(Q, vec![b' '; 1 << 20]),
            |o| matches!(o, SyncOutcome::Refused { refusal: SyncRefusal::TooLarge { .. } }),
        ),
        (
            "a pack stands elsewhere",
            |s| s.publish(8, &[("p", "1.0.0")], |i| i.packs[0].url = "https://evil.example/p.json".into()),
            |o| matches!(o, SyncOutcome::Refused { refusal: SyncRefusal::Malformed { .. } }),
        ),
        (
            "a pack for another",
            |s| {
                s.publish(8, &[("p", "1.0.0"), ("q", "1.0.0")], |i| {
                    let hash = (i.packs[0].sha256.clone(), i.packs[0].size, i.packs[0].url.clone());
                    (i.packs[1].sha256, i.packs[1].size, i.packs[1].url) = hash;
                });
            },
            |o| matches!(o, SyncOutcome::Refused { refusal: SyncRefusal::BadPack { .. } }),
        ),
        ("no signature", |s| drop(s.files.remove(SIGNATURE)), |o| matches!(o, SyncOutcome::Offline { .. })),
    ];
    for (name, spoil, want) in cases {
        let mut server = Server::new();
        spoil(&mut server);
        let mut client = Client::new(&server);
        let got = client.check(&server);
        assert!(want(&got), "{name}: {got:?}");
        assert_eq!(client.shelf.memory.keys(), Vec::<String>::new(), "{name}");
        assert_eq!(client.state(), (None, vec![]), "{name}");
    }
}

#[test]
fn offers_show_the_key() {
    let mut server = Server::new();
    let url = Url::parse(INDEX).unwrap();
    let offered = now_or_never(offer(&server, &url, at(NOW))).unwrap();
    assert_eq!(offered.key, server.keys.pk.to_base64());
    assert_eq!(offered.fingerprint, trust::fingerprint(&offered.key));
    assert_eq!(offered.publisher, "Agence de l'exemple");
    assert_eq!(offered.packs, ["p 1.0.0", "q 1.0.0"]);
    let other = KeyPair::generate_unencrypted_keypair().unwrap();
    server.put(KEY, other.pk.to_box().unwrap().to_string().into_bytes());
    assert_eq!(now_or_never(offer(&server, &url, at(NOW))), Err(Failure::Refused(SyncRefusal::Signature)));
}

/// A clock that was set back does not prolong what is in use.
#[test]
fn validity_follows_the_latest_clock() {
    let server = Server::new();
    let mut client = Client::of(&server);
    let end = at("2026-02-01T00:00:00Z");
    assert_eq!(client.subscription.valid_until(at(NOW)), end);
    client.try_check(&server, Scope::Whole, "2026-03-01T00:00:00Z");
    for client in [&client, &client.again()] {
        assert!(client.subscription.valid_until(at(NOW)) <= at(NOW));
    }
}

#[test]
fn the_view_says_when_it_is_asked_next() {
    let server = Server::new();
    let mut client = Client::new(&server);
    assert_eq!(client.subscription.view(at(NOW)).next_check, NOW, "at once");
    client.check(&server);
    let view = client.subscription.view(at(NOW));
    assert_eq!((view.checked.as_str(), view.urgent.checked.as_str()), (NOW, NOW));
    assert_eq!(view.urgent.serial, None);
    let next = at(&view.next_check);
    assert!(next > at(NOW) && next <= at("2026-01-15T01:00:00Z"), "{next}");
}
