use super::*;

const EXPIRED: &str = "2026-02-01T00:00:00Z";

/// A clock that is set back does not bring an expired index back to life.
#[test]
fn a_clock_set_back_revives_nothing() {
    let mut server = Server::new();
    server.urge(&OURS, &list(1, &[]));
    let mut client = Client::of(&server);
    let expired = refused(SyncRefusal::Expired { at: EXPIRED.into() });
    assert_eq!(client.update_at(&server, "2026-03-01T00:00:00Z").index, expired);
    for back in [NOW, "2001-01-01T00:00:00Z"] {
        assert_eq!(client.update_at(&server, back).index, expired, "{back}");
        assert!(client.state.clock(at(back)) >= at("2026-03-01T00:00:00Z"));
    }
}

/// The time at which a newer file was signed is a time that has passed, whatever the clock says.
#[test]
fn signed_times_count() {
    let mut server = Server::new();
    server.publish(&OURS, &Index { issued: at(NOW), ..index(8) });
    let mut client = Client::of(&server);
    let late = Index { issued: at("2026-01-02T00:00:00Z"), expires: at("2026-01-14T00:00:00Z"), ..index(9) };
    server.publish(&OURS, &late);
    let done = client.update_at(&server, "2026-01-13T00:00:00Z");
    assert_eq!(done.index, refused(SyncRefusal::Expired { at: "2026-01-14T00:00:00Z".into() }));
    assert_eq!(client.serial(), Some(8));
}

/// A clock that was ahead for years once: the next publication is taken, and all is as it was.
#[test]
fn a_clock_that_was_ahead_locks_nobody_out() {
    let mut server = Server::new();
    server.urge(&OURS, &list(1, &[]));
    let mut client = Client::of(&server);
    client.update_at(&server, "2090-01-01T00:00:00Z");
    assert!(client.update(&server).index != Some(SyncOutcome::Current), "the index in use stays suspect");
    server.publish(&OURS, &index(8));
    assert_eq!(client.update(&server).index, Some(SyncOutcome::Updated));
    assert_eq!(client.update(&server).index, Some(SyncOutcome::Current));
    assert_eq!(client.state.clock(at(NOW)), at(NOW));
}

/// A clock without a network proves nothing: as at the start of a computer, before it is set right.
#[test]
fn a_clock_counts_only_when_the_server_was_heard() {
    let server = Server::new();
    let mut client = Client::of(&server);
    let silence = |_: &Request| Answer::Unreached { why: "no network".into() };
    client.update_with(Scope::Whole, "2090-01-01T00:00:00Z", &silence);
    assert_eq!(client.update(&server).index, Some(SyncOutcome::Current));
}

/// A clock that is behind for years takes nothing, says why, and loses nothing.
#[test]
fn a_clock_that_is_behind() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    server.publish(&OURS, &Index { recalls: vec!["one".into()], ..index(8) });
    server.urge(&OURS, &list(1, &["two"]));
    let done = client.update_at(&server, "2001-01-01T00:00:00Z");
    assert_eq!(done.index, refused(SyncRefusal::NotYet { at: "2026-01-01T00:00:00Z".into() }));
    assert_eq!(done.urgent, refused(SyncRefusal::NotYet { at: "2026-01-10T00:00:00Z".into() }));
    assert_eq!(client.serial(), Some(7));
    assert_eq!(client.recalls(), ["one", "two"], "to take back is safe at any time");
    assert_eq!(client.update(&server).index, Some(SyncOutcome::Updated));
    // A publisher's clock may be a time zone ahead.
    for (issued, want) in [("2026-01-15T23:59:59Z", true), ("2026-01-16T00:00:01Z", false)] {
        server.publish(&OURS, &Index { issued: at(issued), ..index(9) });
        let done = client.ask(Scope::Whole, NOW, &|request| server.answer(request));
        assert_eq!(done.update.is_some(), want, "{issued}");
    }
}

/// An update that waits says nothing of the clock: what is in use has expired still, until the update takes its place.
#[test]
fn an_update_that_waits_revives_nothing() {
    for (keys, serial) in [(&*OURS, 9), (&*NEXT, 1)] {
        let mut server = Server::new();
        server.publish(&OURS, &Index { next_keys: vec![NEXT.pk.to_base64()], ..index(8) });
        let mut client = Client::of(&server);
        let late = at("2026-03-01T00:00:00Z");
        client.update_at(&server, "2026-03-01T00:00:00Z");
        server.publish(keys, &Index { expires: at("2026-06-01T00:00:00Z"), ..index(serial) });
        let done = client.ask(Scope::Whole, NOW, &|request| server.answer(request));
        client.state = done.state;
        client.state.hold(&done.update.unwrap(), at(NOW));
        assert!(client.state.clock(at(NOW)) >= late, "{serial}");
        assert!(client.state.consent(at(NOW)));
        assert_eq!(client.state.clock(at(NOW)), at(NOW), "{serial}");
    }
}
