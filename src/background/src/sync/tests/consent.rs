//! Updates that wait for the manager.

use super::*;
use rejoinder_wire::{ChangeKind, ChangeOf};

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

/// Nobody is to be asked any more: what waits is in use with that, wherever the worker is stopped.
#[test]
fn what_waits_does_not_wait_for_nobody() {
    for end in 0.. {
        let mut server = Server::new();
        let mut client = Client::of(&server);
        assert_eq!(client.ask_first(&server, true), Some(Ok(())));
        next(&mut server);
        client.check(&server);
        let mut client = client.again();
        assert!(client.subscription.stored.ask && client.subscription.opened.held.is_some());
        let life = Rc::new(Life { moments: Cell::new(0), end: Some(end) });
        client.shelf.life = Rc::clone(&life);
        client.store = Store::new(client.shelf.clone());
        let done = client.ask_first(&server, false);
        let found = client.again();
        let waits = found.subscription.opened.held.is_some();
        assert_eq!(found.subscription.stored.ask, waits, "stopped at {end}");
        assert_eq!(found.state().0, Some(if waits { 7 } else { 8 }), "stopped at {end}");
        if let Some(result) = done {
            assert_eq!((result, waits), (Ok(()), false));
            break;
        }
    }
}

/// What could not be used when nobody was to be asked any more comes into use with the next check.
#[test]
fn what_could_not_be_used_does_not_wait_for_ever() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    client.ask_first(&server, true);
    next(&mut server);
    client.check(&server);
    let lost = format!("pack/{}", sha256(&server.files["https://packs.example/fr/r-1.0.0.json"]));
    now_or_never(client.shelf.write(vec![(lost, None)])).unwrap();
    assert!(matches!(client.ask_first(&server, false), Some(Err(Failure::Refused(SyncRefusal::Hash { .. })))));
    assert!(!client.subscription.stored.ask && !client.subscription.complete);
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    assert_eq!(client.state(), state(8, &["p 1.1.0", "r 1.0.0"]));

    // As an older version may have left it.
    let mut older = Server::new();
    let mut client = Client::of(&older);
    client.ask_first(&older, true);
    next(&mut older);
    client.check(&older);
    client.subscription.stored.ask = false;
    assert_eq!(client.check(&older), SyncOutcome::Current);
    assert_eq!(client.again().state(), state(8, &["p 1.1.0", "r 1.0.0"]));
}

/// The packs in use are lost, and an update waits: the list is that of this update, not the one of before.
#[test]
fn what_waits_has_its_own_list() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    server.publish(8, &[("p", "1.1.0")], |_| {});
    client.check(&server);
    assert_eq!(client.changes().map(|changes| changes.to), Some(8));
    client.ask_first(&server, true);
    let lost = format!("pack/{}", sha256(&server.files["https://packs.example/fr/p-1.1.0.json"]));
    now_or_never(client.shelf.write(vec![(lost, None)])).unwrap();
    let mut client = client.again();
    server.publish(9, &[("p", "1.2.0")], |_| {});
    assert_eq!(client.check(&server), SyncOutcome::Updated);
    let changes = client.changes().unwrap();
    assert_eq!((changes.to, changes.held), (9, true));
    assert_eq!(changes.changes.iter().map(|change| change.kind).collect::<Vec<_>>(), [ChangeKind::Added]);
}
