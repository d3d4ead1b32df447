use super::*;
use crate::fetch::Fetch;
use crate::library::Library;
use crate::load::load_library;
use crate::shelf::{Changes, Memory, Shelf};
use crate::store::Store;
use crate::subscription::{Stored, Subscription};
use crate::testing::now_or_never;
use futures_util::FutureExt;
use minisign::KeyPair;
use rejoinder_engine::pack::SCHEMA;
use rejoinder_engine::trust::{INDEX_KIND, INDEX_SCHEMA, Index, IndexEntry, URGENT_KIND, URGENT_SCHEMA, Urgent};
use rejoinder_wire::{ChangeKind, ChangeOf, ChangesView};
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
        let current = sha256(&bytes);
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
}

impl Client {
    fn new(server: &Server) -> Client {
        let shelf = Mortal::default();
        let stored = Stored::new(INDEX, &server.keys.pk.to_base64(), 7);
        Client {
            store: Store::new(shelf.clone()),
            shelf,
            subscription: Subscription::read(stored),
            library: Library::empty().unwrap(),
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
        let (subscriptions, library) = now_or_never(load_library(&store)).unwrap();
        let subscription = subscriptions.into_iter().next()?;
        Some(Client { store, shelf, subscription, library })
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
        };
        let checked = now_or_never(accept(&desk, &self.subscription))?;
        self.take(checked);
        Ok(())
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
fn a_state_without_its_packs_is_fetched_again_but_never_an_older_one() {
    let mut server = Server::new();
    let client = Client::of(&server);
    let pack = client.shelf.memory.keys().into_iter().find(|key| key.starts_with("pack/")).unwrap();
    now_or_never(client.shelf.write(vec![(pack, None)])).unwrap();
    let mut client = client.again();
    assert_eq!(client.state(), state(7, &[]));
    server.publish(6, &[("p", "1.0.0")], |_| {});
    let rollback = SyncOutcome::Refused { refusal: SyncRefusal::Rollback { have: 7, got: 6 } };
    assert_eq!(client.check(&server), rollback);
    server.publish(7, &[("p", "1.0.0"), ("q", "1.0.0")], |_| {});
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    assert_eq!(client.again().state(), state(7, &["p 1.0.0", "q 1.0.0"]));
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

/// An update with a pack less, a pack more, a pack raised, a recall in the index and one in the urgent list.
fn next(server: &mut Server) {
    server.publish(8, &[("p", "1.1.0"), ("r", "1.0.0")], |index| index.recalls = vec!["one".into()]);
    server.urge(1, &["two"], &["flarum"]);
}

/// Stopped anywhere, the worker finds the state of before or that of after when it starts again, and goes on from there.
#[test]
fn killed_between_any_two_steps() {
    let old = state(7, &["p 1.0.0", "q 1.0.0"]);
    let new = state(8, &["p 1.1.0", "r 1.0.0"]);
    let mut seen = BTreeSet::new();
    for end in 0.. {
        let mut server = Server::new();
        let client = Client::of(&server);
        next(&mut server);
        let memory = Rc::clone(&client.shelf.memory);
        let mut client = Client::restarted(&memory, Life::default()).unwrap();
        let life = Rc::new(Life { moments: Cell::new(0), end: Some(end) });
        client.shelf.life = Rc::clone(&life);
        client.store = Store::new(client.shelf.clone());
        server.life = life;
        let done = client.try_check(&server, Scope::Whole, NOW);
        server.life = Rc::default();

        let mut client = Client::restarted(&memory, Life::default()).unwrap();
        let found = client.state();
        assert!(found == old || found == new, "stopped at {end}: {found:?}");
        assert!(client.subscription.complete, "stopped at {end}");
        seen.insert(found == new);
        let said = client.check(&server);
        assert!(matches!(said, SyncOutcome::Updated | SyncOutcome::Current), "stopped at {end}: {said:?}");
        let again = client.again();
        assert_eq!((again.state(), again.recalls()), (new.clone(), vec!["one".to_owned(), "two".into()]), "{end}");
        if done.is_some() {
            assert!(end > 8, "only {end} moments");
            break;
        }
    }
    assert_eq!(seen.len(), 2);
}

/// Nothing of a subscription that was never whole is kept.
#[test]
fn killed_at_the_first_check() {
    for end in 0.. {
        let mut server = Server::new();
        let mut client = Client::new(&server);
        let life = Rc::new(Life { moments: Cell::new(0), end: Some(end) });
        client.shelf.life = Rc::clone(&life);
        client.store = Store::new(client.shelf.clone());
        server.life = life;
        let done = client.try_check(&server, Scope::Whole, NOW);
        if let Some(found) = Client::restarted(&client.shelf.memory, Life::default()) {
            assert_eq!(found.state(), state(7, &["p 1.0.0", "q 1.0.0"]), "stopped at {end}");
        }
        if done.is_some() {
            break;
        }
    }
}

/// What cannot be written is not used, and what was there stays. A recall counts nevertheless, as long as the worker lives.
#[test]
fn storage_full() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    let keys = client.shelf.memory.keys();
    next(&mut server);
    client.shelf.memory.full.set(true);
    let said = client.check(&server);
    assert!(matches!(said, SyncOutcome::Refused { refusal: SyncRefusal::Storage { .. } }), "{said:?}");
    assert_eq!(client.state(), state(7, &["p 1.0.0", "q 1.0.0"]));
    assert_eq!(client.recalls(), ["one", "two"]);
    assert_eq!(client.shelf.memory.keys(), keys);
    assert_eq!(client.again().state(), client.state());
    client.shelf.memory.full.set(false);
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    assert_eq!(client.again().state(), state(8, &["p 1.1.0", "r 1.0.0"]));
}

/// A damaged index costs neither the subscription nor its recalls.
#[test]
fn damaged_store() {
    let mut server = Server::new();
    server.urge(1, &["two"], &[]);
    let client = Client::of(&server);
    let mut stored = client.subscription.stored.clone();
    stored.state.index.as_mut().unwrap().text.truncate(20);
    now_or_never(client.store.set_checked(&stored)).unwrap();
    let mut client = client.again();
    assert_eq!(client.state(), (None, vec![]));
    assert_eq!(client.recalls(), ["two"]);
    assert_eq!(client.subscription.valid_until(at(NOW)), Timestamp::MIN);
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    assert_eq!(client.again().state(), state(7, &["p 1.0.0", "q 1.0.0"]));
}

/// An update that waits changes nothing but what is taken back and switched off, until the manager consents.
#[test]
fn an_update_waits_for_consent() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    client.subscription.stored.ask = true;
    next(&mut server);
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    assert_eq!(client.state(), state(7, &["p 1.0.0", "q 1.0.0"]));
    assert_eq!(client.recalls(), ["one", "two"]);
    assert_eq!(client.subscription.sites_off(), BTreeSet::from(["flarum"]));
    let view = client.subscription.view(at(NOW));
    assert_eq!(view.held.map(|held| (held.serial, held.packs)), Some((8, vec!["p 1.1.0".into(), "r 1.0.0".into()])));
    assert_eq!((view.serial, view.recalls, view.urgent.serial), (7, 2, Some(1)));
    assert_eq!(client.check(&server), SyncOutcome::Current);
    assert_eq!(server.asked.borrow().len(), 2, "it is not fetched again");
    // Older ones than what waits are refused.
    server.publish(7, &[("p", "1.0.0"), ("q", "1.0.0")], |_| {});
    assert_eq!(client.check(&server), SyncOutcome::Refused { refusal: SyncRefusal::Rollback { have: 8, got: 7 } });

    let changes = client.changes().unwrap();
    assert_eq!((changes.from, changes.to, changes.held), (7, 8, true));
    let of: Vec<_> = changes.changes.iter().map(|c| (c.of, c.id.as_str(), c.kind)).collect();
    let want = [
        (ChangeOf::Pack, "p", ChangeKind::Changed),
        (ChangeOf::Pack, "q", ChangeKind::Removed),
        (ChangeOf::Pack, "r", ChangeKind::Added),
    ];
    assert_eq!(of, want);

    let mut client = client.again();
    assert_eq!(client.state(), state(7, &["p 1.0.0", "q 1.0.0"]));
    client.accept(&server).unwrap();
    assert_eq!(client.state(), state(8, &["p 1.1.0", "r 1.0.0"]));
    let client = client.again();
    assert_eq!(client.state(), state(8, &["p 1.1.0", "r 1.0.0"]));
    assert_eq!(client.changes().map(|changes| changes.held), Some(false));
    assert_eq!(client.subscription.view(at(NOW)).held, None);
    assert_eq!(client.shelf.memory.keys().iter().filter(|key| key.starts_with("pack/")).count(), 2);
}

/// The same packs for longer are nothing to ask about; and what is in use expires while an update waits.
#[test]
fn what_is_not_asked_about() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    client.subscription.stored.ask = true;
    let longer = at("2026-03-01T00:00:00Z");
    server.publish(8, &[("p", "1.0.0"), ("q", "1.0.0")], |index| index.expires = longer);
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    assert_eq!(client.state(), state(8, &["p 1.0.0", "q 1.0.0"]));
    server.publish(9, &[("p", "2.0.0")], |index| index.expires = at("2026-06-01T00:00:00Z"));
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    assert_eq!(client.subscription.valid_until(at(NOW)), longer);
    assert!(client.subscription.valid_until(longer) <= longer);
}

/// A pack of the update that waits is lost: it comes again, and waits again.
#[test]
fn an_update_that_waits_and_is_not_whole() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    client.subscription.stored.ask = true;
    next(&mut server);
    client.check(&server);
    let lost = format!("pack/{}", sha256(&server.files["https://packs.example/fr/r-1.0.0.json"]));
    now_or_never(client.shelf.write(vec![(lost, None)])).unwrap();
    assert!(matches!(client.accept(&server), Err(Failure::Refused(SyncRefusal::Hash { .. }))));
    assert_eq!(client.state(), state(7, &["p 1.0.0", "q 1.0.0"]));
    let mut client = client.again();
    assert!(!client.subscription.complete);
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    assert_eq!(client.state(), state(7, &["p 1.0.0", "q 1.0.0"]));
    client.accept(&server).unwrap();
    assert_eq!(client.state(), state(8, &["p 1.1.0", "r 1.0.0"]));
}

/// What is damaged comes back as it was: what was in use in use, what waited waiting.
#[test]
fn what_was_damaged_needs_no_other_consent() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    client.subscription.stored.ask = true;
    let damage = |client: &Client, kept: fn(&mut State) -> &mut Option<trust::Kept>| {
        let mut stored = client.subscription.stored.clone();
        kept(&mut stored.state).as_mut().unwrap().text.truncate(20);
        now_or_never(client.store.set_checked(&stored)).unwrap();
        client.again()
    };
    client = damage(&client, |state| &mut state.index);
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    assert_eq!(client.state(), state(7, &["p 1.0.0", "q 1.0.0"]));
    next(&mut server);
    client.check(&server);
    client = damage(&client, |state| &mut state.held);
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    assert_eq!(client.state(), state(7, &["p 1.0.0", "q 1.0.0"]));
    assert_eq!(client.subscription.view(at(NOW)).held.map(|held| held.serial), Some(8));
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
