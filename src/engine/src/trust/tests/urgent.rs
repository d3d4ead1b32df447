use super::*;

fn sites_off(client: &Client) -> Vec<String> {
    client.state.clone().open().sites_off().into_iter().map(Into::into).collect()
}

/// What a list takes back stays taken back, whatever the server does then.
#[test]
fn recalls_are_never_unseen() {
    let mut server = Server::new();
    server.urge(&OURS, &list(3, &["one"]));
    let client = Client::of(&server);
    assert_eq!(client.recalls(), ["one"]);

    type Then = fn(&mut Server);
    type Want = fn(&SyncOutcome) -> bool;
    let cases: [(&str, Then, Want, &[&str]); 7] = [
        (
            "none any more",
            |s| drop(s.files.remove("urgent.json")),
            |o| matches!(o, SyncOutcome::Offline { .. }),
            &["one"],
        ),
        (
            "an older one",
            |s| s.urge(&OURS, &list(2, &[])),
            |o| matches!(o, SyncOutcome::Refused { refusal: SyncRefusal::Rollback { have: 3, got: 2 } }),
            &["one"],
        ),
        (
            "another one of the same serial",
            |s| s.urge(&OURS, &list(3, &[])),
            |o| matches!(o, SyncOutcome::Refused { refusal: SyncRefusal::Twice { serial: 3 } }),
            &["one"],
        ),
        (
            "a newer one without it",
            |s| s.urge(&OURS, &list(4, &["two"])),
            |o| *o == SyncOutcome::Updated,
            &["one", "two"],
        ),
        (
            "a newer one that has expired",
            |s| s.urge(&OURS, &Urgent { expires: at("2026-01-14T00:00:00Z"), ..list(4, &["two"]) }),
            |o| matches!(o, SyncOutcome::Refused { refusal: SyncRefusal::Expired { .. } }),
            &["one", "two"],
        ),
        (
            "one by another key",
            |s| s.urge(&THEIRS, &list(4, &["two"])),
            |o| matches!(o, SyncOutcome::Refused { refusal: SyncRefusal::Signature }),
            &["one"],
        ),
        ("the same", |_| {}, |o| *o == SyncOutcome::Current, &["one"]),
    ];
    for (name, then, want, recalls) in cases {
        let (mut client, mut server) = (client.clone(), server.clone());
        then(&mut server);
        let said = client.update(&server).urgent.unwrap();
        assert!(want(&said), "{name}: {said:?}");
        assert_eq!(client.recalls(), recalls, "{name}");
    }
}

/// An index that was issued after a list says itself what is switched off, and the list may go.
#[test]
fn a_later_index_overtakes_the_list() {
    let mut server = Server::new();
    server.urge(&OURS, &Urgent { sites_off: vec!["flarum".into()], ..list(1, &["one"]) });
    let mut client = Client::of(&server);
    assert_eq!(sites_off(&client), ["flarum"]);

    // Issued before the list, though published after it.
    server.publish(&OURS, &index(8));
    client.update(&server);
    assert_eq!(sites_off(&client), ["flarum"]);

    server.publish(&OURS, &Index { issued: at("2026-01-11T00:00:00Z"), sites_off: vec!["isso".into()], ..index(9) });
    server.files.remove("urgent.json");
    let done = client.update(&server);
    assert_eq!(done.urgent, Some(SyncOutcome::Current));
    assert_eq!(sites_off(&client), ["isso"]);
    assert_eq!(client.recalls(), ["one"], "for good");
    assert_eq!(client.update_at(&server, "2026-01-25T00:00:00Z").urgent, Some(SyncOutcome::Current));
}

/// One request an hour while nothing is urgent or new.
#[test]
fn the_list_is_asked_for_alone() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    let urgent = |client: &mut Client, server: &Server| {
        client.update_with(Scope::Urgent, NOW, &|request| server.answer(request))
    };
    let done = urgent(&mut client, &server);
    assert_eq!((done.index, done.urgent), (None, Some(SyncOutcome::Current)));
    assert_eq!(client.asked, ["urgent.json"]);
    server.urge(&OURS, &list(1, &["one"]));
    assert_eq!(urgent(&mut client, &server).urgent, Some(SyncOutcome::Updated));
    assert_eq!(client.asked, ["urgent.json", "urgent.json.minisig"]);
    assert_eq!(urgent(&mut client, &server).urgent, Some(SyncOutcome::Current));
    assert_eq!(client.asked, ["urgent.json"]);
}

/// Recalls of an index count, though its packs do not come, and though it waits for consent.
#[test]
fn recalls_do_not_wait_for_packs_or_consent() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    let off = vec!["flarum".to_owned()];
    server.publish(
        &OURS,
        &Index { packs: vec![entry("p", "2.0.0")], recalls: vec!["one".into()], sites_off: off.clone(), ..index(8) },
    );
    let pack = server.files.remove("p-2.0.0.json").unwrap();
    let done = client.update(&server);
    assert!(done.update.is_none());
    assert_eq!((client.serial(), client.recalls()), (Some(7), vec!["one".to_owned()]));

    server.put("p-2.0.0.json", pack);
    let done = client.ask(Scope::Whole, NOW, &|request| server.answer(request));
    client.state = done.state;
    client.state.hold(&done.update.unwrap(), at(NOW));
    assert_eq!((client.serial(), sites_off(&client)), (Some(7), off.clone()));
    assert_eq!(client.state.floor.as_ref().map(|floor| floor.serial), Some(8));
    // The index in use expires nevertheless: what is in use is what is judged.
    let opened = client.state.clone().open();
    assert_eq!((opened.index.unwrap().serial, opened.held.unwrap().serial), (7, 8));
    assert!(client.state.consent(at(NOW)));
    assert_eq!(client.serial(), Some(8));
    assert!(!client.state.consent(at(NOW)));
}
