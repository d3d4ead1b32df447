//! What goes wrong without anybody meaning it. None of it costs what was there, and none keeps the next update out.

use super::*;

fn cut(answer: Answer) -> Answer {
    match answer {
        Answer::Body { mut bytes, etag } => {
            bytes.truncate(bytes.len() / 2);
            Answer::Body { bytes, etag }
        }
        other => other,
    }
}

fn html(_: Answer) -> Answer {
    Answer::Body { bytes: b"<!doctype html><title>Wi-Fi</title><p>Please log in".to_vec(), etag: Some("x".into()) }
}

fn redirect(_: Answer) -> Answer {
    Answer::Refused(SyncRefusal::Redirected)
}

fn failed(_: Answer) -> Answer {
    Answer::Failed { why: "500".into(), wait: None }
}

fn silence(_: Answer) -> Answer {
    Answer::Unreached { why: "stalled".into() }
}

fn missing(_: Answer) -> Answer {
    Answer::Missing
}

fn bomb(_: Answer) -> Answer {
    Answer::Refused(SyncRefusal::TooLarge { limit: 1 })
}

fn update_fails(spoil: fn(Answer) -> Answer) {
    let mut old = Server::new();
    old.urge(&OURS, &list(1, &["one"]));
    let mut server = old.clone();
    server.publish(&OURS, &Index { packs: vec![entry("p", "2.0.0"), entry("q", "1.0.0")], ..index(8) });
    server.urge(&OURS, &list(2, &["two"]));
    let files =
        ["index.json", "index.json.minisig", "urgent.json", "urgent.json.minisig", "p-2.0.0.json", "q-1.0.0.json"];
    for file in files {
        let mut client = Client::of(&old);
        let packs = client.packs.clone();
        let done = client.update_with(Scope::Whole, NOW, &|request| {
            let answer = server.answer(request);
            if request.name == file { spoil(answer) } else { answer }
        });
        assert!(client.asked.iter().any(|name| name == file), "{file} was not asked for");
        let said = if file.starts_with("urgent") { done.urgent } else { done.index };
        assert!(matches!(said, Some(SyncOutcome::Offline { .. } | SyncOutcome::Refused { .. })), "{file}: {said:?}");
        if !file.starts_with("urgent") {
            assert_eq!((client.serial(), &client.packs), (Some(7), &packs), "{file}");
        }
        assert!(client.recalls().contains(&"one".to_owned()), "{file}");

        let done = client.update(&server);
        assert!(matches!(done.index, Some(SyncOutcome::Updated | SyncOutcome::Current)), "{file}: {:?}", done.index);
        assert!(matches!(done.urgent, Some(SyncOutcome::Updated | SyncOutcome::Current)), "{file}: {:?}", done.urgent);
        assert_eq!((client.serial(), client.recalls().len(), client.packs.len()), (Some(8), 2, 2), "{file}");
    }
}

#[test]
fn truncated() {
    update_fails(cut);
}

#[test]
fn captive_portal() {
    update_fails(html);
}

#[test]
fn redirected() {
    update_fails(redirect);
}

#[test]
fn not_modified_with_nothing_stored() {
    let mut client = Client::new();
    let done = client.update_with(Scope::Whole, NOW, &|_| Answer::Unchanged);
    assert!(matches!(done.index, Some(SyncOutcome::Offline { .. })), "{:?}", done.index);
    assert!(matches!(done.urgent, Some(SyncOutcome::Offline { .. })), "{:?}", done.urgent);
    assert_eq!(client.serial(), None);
    assert_eq!(client.update(&Server::new()).index, Some(SyncOutcome::Updated));
}

#[test]
fn not_modified_for_what_was_not_conditional() {
    // The packs are lost, so nothing is conditional.
    let server = Server::new();
    let mut client = Client::of(&server);
    client.packs.clear();
    let done = client.update_with(Scope::Whole, NOW, &|_| Answer::Unchanged);
    assert!(matches!(done.index, Some(SyncOutcome::Offline { .. })), "{:?}", done.index);
    assert_eq!(client.update(&server).index, Some(SyncOutcome::Updated));
}

#[test]
fn server_error() {
    update_fails(failed);
    let done = Client::new().update_with(Scope::Whole, NOW, &|request| failed(Server::new().answer(request)));
    assert_eq!(done.wait, Some(jiff::SignedDuration::ZERO));
}

#[test]
fn offline() {
    update_fails(silence);
    let mut client = Client::new();
    let done = client.update_with(Scope::Whole, NOW, &|request| silence(Server::new().answer(request)));
    assert_eq!(client.asked, ["index.json"], "a network that is not there is asked once");
    assert_eq!(done.wait, None);
}

/// That there is no list is no failure, unless one is in force.
#[test]
fn missing_files() {
    update_fails(missing);
    assert_eq!(Client::new().update(&Server::new()).urgent, Some(SyncOutcome::Current));
}

#[test]
fn too_large() {
    update_fails(bomb);
}

/// An index in use that was damaged where it is kept comes again, and nothing older does.
#[test]
fn damaged_store() {
    let mut server = Server::new();
    server.urge(&OURS, &list(1, &["one"]));
    let mut client = Client::of(&server);
    let all = |client: &mut Client| {
        client.state.index.as_mut().unwrap().text.truncate(9);
        client.state.urgent.as_mut().unwrap().signature.clear();
    };
    all(&mut client);
    let opened = client.state.open();
    assert_eq!((opened.index, opened.urgent, opened.damaged.len()), (None, None, 2));
    assert_eq!(client.recalls(), ["one"]);
    assert_eq!(client.update(&server).index, Some(SyncOutcome::Updated));
    assert_eq!(client.serial(), Some(7));
    assert!(client.state.open().urgent.is_some());
}

/// An update that waited, and was damaged where it is kept, comes again, though all packs in use are there.
#[test]
fn damaged_update_that_waits() {
    let mut server = Server::new();
    let mut client = Client::of(&server);
    server.publish(&OURS, &Index { packs: vec![entry("p", "2.0.0")], ..index(8) });
    let done = client.ask(Scope::Whole, NOW, &|request| server.answer(request));
    client.state = done.state;
    client.state.hold(&done.update.unwrap(), at(NOW));
    assert!(client.ask(Scope::Whole, NOW, &|request| server.answer(request)).update.is_none());
    client.state.held.as_mut().unwrap().text.truncate(9);
    assert_eq!(client.state.open().damaged.len(), 1);
    let done = client.ask(Scope::Whole, NOW, &|request| server.answer(request));
    assert_eq!(done.update.map(|update| update.index.serial), Some(8));
}

/// A tag that is none, or that of the next file, keeps nothing away: not at once, or not for longer than a day.
#[test]
fn wrong_etags() {
    let list_of = |server: &mut Server, serial: u64| server.urge(&OURS, &list(serial, &["one"]));
    for (tag, at_once) in [("*", true), ("\"a\", \"b\"", true), ("", true), ("x", true), ("\"next\"", false)] {
        let mut server = Server::new();
        list_of(&mut server, 1);
        let mut client = Client::new();
        // Whatever the tag asked with is, it is still that one.
        let wrong = |server: Server| {
            move |request: &Request| match (server.answer(&Request { etag: None, ..request.clone() }), &request.etag) {
                (Answer::Body { .. }, Some(_)) => Answer::Unchanged,
                (Answer::Body { bytes, .. }, None) => Answer::Body { bytes, etag: Some(tag.into()) },
                (other, _) => other,
            }
        };
        client.update_with(Scope::Whole, NOW, &wrong(server.clone()));
        assert_eq!(client.serial(), Some(7), "{tag}");
        server.publish(&OURS, &index(8));
        list_of(&mut server, 2);
        let newest = |client: &Client| {
            let opened = client.state.clone().open();
            (client.serial(), opened.urgent.map(|list| list.serial))
        };
        client.update_with(Scope::Whole, "2026-01-15T23:00:00Z", &wrong(server.clone()));
        assert_eq!(newest(&client) == (Some(8), Some(2)), at_once, "{tag}: {:?}", newest(&client));
        client.update_with(Scope::Whole, "2026-01-16T00:00:00Z", &wrong(server.clone()));
        assert_eq!(newest(&client), (Some(8), Some(2)), "{tag}");
    }
}

/// What is answered with anything but a file, or with "unchanged" though it has expired, is asked for whole the next time.
#[test]
fn an_etag_that_leads_nowhere_is_dropped() {
    type Spoil = fn(Answer) -> Answer;
    let answers: [(&str, Spoil, &str, bool); 6] = [
        ("unchanged", |_| Answer::Unchanged, NOW, true),
        ("unchanged, expired", |_| Answer::Unchanged, "2026-02-01T00:00:00Z", false),
        ("failed", failed, NOW, false),
        ("silence", silence, NOW, false),
        ("missing", missing, NOW, false),
        ("redirected", redirect, NOW, false),
    ];
    for (name, spoil, now, kept) in answers {
        let mut server = Server::new();
        server.urge(&OURS, &list(1, &[]));
        for file in ["index.json", "urgent.json"] {
            let mut client = Client::of(&server);
            let since = at(now) - jiff::SignedDuration::from_hours(1);
            (client.state.etag_since, client.state.urgent_etag_since) = (Some(since), Some(since));
            client.update_with(Scope::Whole, now, &|request| {
                assert!(request.name != file || request.etag.is_some(), "{name}: {file} is asked for with its tag");
                let answer = server.answer(request);
                if request.name == file { spoil(answer) } else { answer }
            });
            let tag = if file == "index.json" { client.state.etag } else { client.state.urgent_etag };
            assert_eq!(tag.is_some(), kept, "{name}: {file}");
        }
    }
}
