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
