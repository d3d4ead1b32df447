//! What goes wrong: storage, and the worker itself, at every step. What the network does is in the engine's tests.

use super::*;

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

/// What was taken back is stored, and in use, before the first pack is asked for: packs may take long, and a worker that
/// is stopped while it fetches them does not begin again with its next start.
#[test]
fn what_is_taken_back_does_not_wait_for_packs() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    next(&mut server);
    let later = "2026-01-15T07:00:00Z";
    // Index, urgent list, their signatures; then the first pack.
    server.life = Rc::new(Life { moments: Cell::new(0), end: Some(4) });
    assert_eq!(client.try_check(&server, Scope::Whole, later), None, "stopped at the first pack");
    assert_eq!(server.asked.borrow().len(), 4);
    let found = client.again();
    assert_eq!((found.state(), found.recalls()), (state(7, &["p 1.0.0", "q 1.0.0"]), vec!["one".into(), "two".into()]));
    assert_eq!(found.subscription.sites_off(), BTreeSet::from(["flarum"]));
    assert_eq!(found.subscription.due(at(later)), None, "not again at once");
    let early = client.early.take().expect("in use");
    assert_eq!((early.recalls(), early.complete), (found.subscription.recalls(), true));

    // Of a subscription that has nothing yet, nothing is kept.
    let mut first = Client::new(&server);
    server.life = Rc::new(Life { moments: Cell::new(0), end: Some(4) });
    assert_eq!(first.try_check(&server, Scope::Whole, NOW), None);
    assert!(first.early.take().is_none() && first.shelf.memory.keys().is_empty());
}
