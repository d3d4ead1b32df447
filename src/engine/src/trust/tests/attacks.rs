//! The attacks that The Update Framework lists (specification 1.0.34, 1.5.2), one test each, by its names.

use super::*;

/// Whoever answers for the server can install nothing: neither without a signature, nor with their own.
#[test]
fn arbitrary_installation() {
    let good = Server::new();
    for (name, keys) in [("their key", Some(&*THEIRS)), ("no signature", None)] {
        let mut client = Client::of(&good);
        let mut evil = good.clone();
        let bytes = serde_json::to_vec(&index(8)).unwrap();
        match keys {
            Some(keys) => evil.sign("index.json", keys, bytes),
            None => {
                evil.put("index.json", bytes);
                evil.files.remove("index.json.minisig");
            }
        }
        evil.put("minisign.pub", THEIRS.pk.to_box().unwrap().to_string().into_bytes());
        let done = client.update(&evil);
        assert!(!matches!(done.index, Some(SyncOutcome::Updated | SyncOutcome::Current)), "{name}: {:?}", done.index);
        assert_eq!(client.serial(), Some(7), "{name}");
        assert_eq!(client.state.key, OURS.pk.to_base64(), "{name}");
    }
    // A pack that was changed on the way.
    let mut client = Client::new();
    let mut evil = good.clone();
    evil.files.get_mut("p-1.0.0.json").unwrap()[10] ^= 1;
    assert_eq!(client.update(&evil).index, refused(SyncRefusal::Hash { pack: "p".into() }));
    assert_eq!(client.serial(), None);
}

/// Every file has its limit, told to whoever fetches, and held to again before anything is read.
#[test]
fn endless_data() {
    let mut good = Server::new();
    good.urge(&OURS, &list(1, &[]));
    let limits = [
        ("index.json", TrustLimits::INDEX_BYTES),
        ("index.json.minisig", TrustLimits::SIGNATURE_BYTES),
        ("urgent.json", TrustLimits::URGENT_BYTES),
        ("urgent.json.minisig", TrustLimits::SIGNATURE_BYTES),
        ("p-1.0.0.json", pack_bytes("p", "1.0.0").len()),
    ];
    for (file, limit) in limits {
        let mut client = Client::new();
        let done = client.ask(Scope::Whole, NOW, &|request| {
            if request.name != file {
                return good.answer(request);
            }
            assert_eq!(request.limit, limit as u64, "{file}");
            // As a caller that forgot to stop; what follows the good file is blank, and would be read.
            let Answer::Body { mut bytes, etag } = good.answer(request) else { panic!("{file}") };
            bytes.resize(limit + 1, b' ');
            Answer::Body { bytes, etag }
        });
        let said = if file.starts_with("urgent") { done.urgent } else { done.index };
        assert_eq!(said, refused(SyncRefusal::TooLarge { limit: limit as u64 }), "{file}");
    }
    // The publisher's own signature is no excuse.
    let huge = vec![b' '; TrustLimits::INDEX_BYTES + 1];
    let key = OURS.pk.to_base64();
    let got = read_index(&key, &huge, &sign(&OURS, &huge));
    assert_eq!(got, Err(SyncRefusal::TooLarge { limit: TrustLimits::INDEX_BYTES as u64 }));
    assert!(matches!(
        Rotations::read(&vec![b' '; TrustLimits::ROTATIONS_BYTES + 1]),
        Err(SyncRefusal::TooLarge { .. })
    ));
}

/// Nothing is fetched but what the index names, and only from its own origin.
#[test]
fn extraneous_dependencies() {
    let mut server = Server::new();
    server.put("q-1.0.0.json", pack_bytes("q", "1.0.0"));
    let mut client = Client::new();
    let done = client.update(&server);
    assert_eq!(done.update.unwrap().packs.len(), 1);
    assert_eq!(client.asked, ["index.json", "index.json.minisig", "urgent.json", "p-1.0.0.json"]);

    let elsewhere = Request { file: File::Pack, name: "https://evil.example/p.json".into(), limit: 9, etag: None };
    let address = url::Url::parse("https://packs.example/fr/index.json").unwrap();
    assert!(matches!(elsewhere.address(&address), Err(SyncRefusal::Malformed { .. })));
    // One pack rightly signed and hashed, under the id of another.
    let mut as_another = index(8);
    as_another.packs.push(IndexEntry { id: "q".into(), ..entry("p", "1.0.0") });
    server.publish(&OURS, &as_another);
    server.put("p-1.0.0.json", pack_bytes("p", "1.0.0"));
    let done = client.update(&server);
    assert!(
        matches!(&done.index, Some(SyncOutcome::Refused { refusal: SyncRefusal::BadPack { pack, .. } }) if pack == "q")
    );
    assert_eq!(client.serial(), Some(7));
}

/// A serial that was driven up keeps later ones out only until the key is changed.
#[test]
fn fast_forward() {
    let mut server = Server::new();
    server.publish(&OURS, &Index { next_keys: vec![NEXT.pk.to_base64()], ..index(u64::MAX) });
    server.urge(&OURS, &list(u64::MAX, &["everything"]));
    let mut client = Client::of(&server);
    server.publish(&OURS, &index(8));
    assert_eq!(client.update(&server).index, refused(SyncRefusal::Rollback { have: u64::MAX, got: 8 }));

    server.publish(&NEXT, &Index { recalls: vec!["one".into()], ..index(8) });
    server.urge(&NEXT, &list(1, &["two"]));
    let done = client.update(&server);
    assert_eq!((done.index, client.serial()), (Some(SyncOutcome::Updated), Some(8)));
    assert_eq!(client.state.urgent_floor.as_ref().map(|floor| floor.serial), Some(1));
    assert_eq!(client.recalls(), ["one", "two"]);
    // From here on serials count again.
    server.publish(&NEXT, &index(7));
    assert_eq!(client.update(&server).index, refused(SyncRefusal::Rollback { have: 8, got: 7 }));
}

/// A server that shows the same for ever is found out when that expires: by "unchanged", by the same bytes, by nothing.
#[test]
fn indefinite_freeze() {
    let mut server = Server::new();
    server.urge(&OURS, &list(1, &["one"]));
    let client = Client::of(&server);
    let late = "2026-02-01T00:00:00Z";
    let expired = refused(SyncRefusal::Expired { at: late.into() });
    let list_expired = refused(SyncRefusal::Expired { at: "2026-01-20T00:00:00Z".into() });
    type Freeze = fn(&Server, &Request) -> Answer;
    let cases: [(&str, Freeze); 3] = [
        ("unchanged", |server, request| server.answer(request)),
        ("the same bytes", |server, request| server.answer(&Request { etag: None, ..request.clone() })),
        ("the list hidden", |server, request| match request.file {
            File::Urgent => Answer::Missing,
            _ => server.answer(request),
        }),
    ];
    for (name, freeze) in cases {
        let mut client = client.clone();
        let done = client.update_with(Scope::Whole, "2026-01-31T23:59:59Z", &|request| freeze(&server, request));
        assert_eq!(done.index, Some(SyncOutcome::Current), "{name}");
        assert_eq!(done.urgent, list_expired, "{name}");
        let done = client.update_with(Scope::Whole, late, &|request| freeze(&server, request));
        assert_eq!(done.index, expired, "{name}");
        // The last good ones stay.
        assert_eq!((client.serial(), client.recalls()), (Some(7), vec!["one".to_owned()]), "{name}");
    }
    // To whom it is new, too.
    assert_eq!(Client::new().update_at(&server, late).index, expired);
}

/// A server that gives nothing, or the oddest things, takes nothing away, and cannot put the client off for long.
#[test]
fn malicious_mirrors() {
    let mut server = Server::new();
    server.urge(&OURS, &list(1, &["one"]));
    let ten_years = jiff::SignedDuration::from_hours(24 * 3650);
    let answers = [
        Answer::Missing,
        Answer::Unchanged,
        Answer::Body { bytes: Vec::new(), etag: None },
        Answer::Body { bytes: b"<!doctype html>".to_vec(), etag: Some("x".into()) },
        Answer::Failed { why: "503".into(), wait: Some(ten_years) },
        Answer::Unreached { why: "reset".into() },
        Answer::Refused(SyncRefusal::Redirected),
    ];
    for answer in answers {
        let mut client = Client::of(&server);
        for scope in [Scope::Whole, Scope::Urgent] {
            let done = client.update_with(scope, NOW, &|_| answer.clone());
            assert!(done.update.is_none(), "{answer:?}");
            let turn = Turn::default().asked(Period::Index, at(NOW), done.wait);
            let next = turn.next(Period::Index, 0, at(NOW)).unwrap();
            assert!(next.duration_since(at(NOW)) <= Period::LONGEST, "{answer:?}: {next}");
        }
        assert_eq!((client.serial(), client.recalls()), (Some(7), vec!["one".to_owned()]), "{answer:?}");
        let mut again = server.clone();
        again.publish(&OURS, &index(8));
        assert_eq!(client.update(&again).index, Some(SyncOutcome::Updated), "{answer:?}");
    }
}

/// Files of different publications do not go together.
#[test]
fn mix_and_match() {
    let old = Server::new();
    let mut new = old.clone();
    new.publish(&OURS, &Index { packs: vec![entry("p", "1.1.0")], ..index(8) });

    type Mix = fn(&mut Server, &Server);
    type Want = fn(&SyncRefusal) -> bool;
    let cases: [(&str, Mix, Want); 3] = [
        (
            "the signature of the index before",
            |mixed, old| mixed.put("index.json.minisig", old.files["index.json.minisig"].clone()),
            |r| matches!(r, SyncRefusal::Signature),
        ),
        (
            "the pack before under the new name, made as long",
            |mixed, _| mixed.put("p-1.1.0.json", pack_bytes("p", "1.0.0")),
            |r| matches!(r, SyncRefusal::Hash { .. }),
        ),
        (
            "the index before, with the new signature",
            |mixed, old| mixed.put("index.json", old.files["index.json"].iter().copied().chain(*b" ").collect()),
            |r| matches!(r, SyncRefusal::Signature),
        ),
    ];
    for (name, mix, want) in cases {
        let mut client = Client::of(&old);
        let mut mixed = new.clone();
        mix(&mut mixed, &old);
        let done = client.update(&mixed);
        let Some(SyncOutcome::Refused { refusal }) = &done.index else { panic!("{name}: {:?}", done.index) };
        assert!(want(refusal), "{name}: {refusal:?}");
        assert_eq!(client.serial(), Some(7), "{name}");
        assert!(client.packs.contains_key(&entry("p", "1.0.0").sha256), "{name}");
    }
    // Two indexes of one serial.
    let mut client = Client::of(&old);
    let mut twin = old.clone();
    twin.publish(&OURS, &Index { packs: vec![entry("p", "1.1.0")], ..index(7) });
    assert_eq!(client.update(&twin).index, refused(SyncRefusal::Twice { serial: 7 }));
}

/// An older index or list is never taken again, however good its signature.
#[test]
fn rollback() {
    let mut old = Server::new();
    old.urge(&OURS, &list(1, &["one"]));
    let mut new = old.clone();
    new.publish(&OURS, &index(8));
    new.urge(&OURS, &list(2, &["two"]));
    let client = Client::of(&new);

    let mut mirrored = client.clone();
    let done = mirrored.update(&old);
    assert_eq!(done.index, refused(SyncRefusal::Rollback { have: 8, got: 7 }));
    assert_eq!(done.urgent, refused(SyncRefusal::Rollback { have: 2, got: 1 }));
    assert_eq!((mirrored.serial(), mirrored.recalls()), (Some(8), vec!["two".to_owned()]));
    // What is lost on this side does not help either.
    let mut damaged = client.clone();
    damaged.packs.clear();
    damaged.state.index.as_mut().unwrap().text.push(' ');
    damaged.state.urgent = None;
    assert_eq!(damaged.state.open().damaged.len(), 1);
    let done = damaged.update(&old);
    assert_eq!(done.index, refused(SyncRefusal::Rollback { have: 8, got: 7 }));
    assert_eq!(done.urgent, refused(SyncRefusal::Rollback { have: 2, got: 1 }));
    assert_eq!(damaged.update(&new).index, Some(SyncOutcome::Updated), "what is known may come again");
}

/// Who has the old key can do nothing any more to a client that has seen the new one.
#[test]
fn key_compromise() {
    let mut server = Server::new();
    server.publish(&OURS, &Index { next_keys: vec![NEXT.pk.to_base64()], ..index(8) });
    let mut client = Client::of(&server);
    server.publish(&NEXT, &index(9));
    assert_eq!(client.update(&server).index, Some(SyncOutcome::Updated));
    assert_eq!(client.state.key, NEXT.pk.to_base64());
    let rotated = client.state.rotated.clone().unwrap();
    assert_eq!((rotated.from, rotated.to), (OURS.pk.to_base64(), NEXT.pk.to_base64()));

    let mut thief = server.clone();
    thief.publish(&OURS, &Index { next_keys: vec![OURS.pk.to_base64()], ..index(10) });
    thief.urge(&OURS, &list(1, &["one"]));
    thief.rotate(&[(&*OURS, &OURS.pk.to_base64(), &THEIRS.pk.to_base64())]);
    let done = client.update(&thief);
    assert_eq!(done.index, refused(SyncRefusal::Signature));
    assert_eq!(done.urgent, refused(SyncRefusal::Signature));
    assert_eq!((client.serial(), client.recalls()), (Some(9), vec![]));
    assert_eq!(client.state.key, NEXT.pk.to_base64());
}

/// A file that was signed for something else is nothing else.
#[test]
fn wrong_software() {
    let mut server = Server::new();
    server.urge(&OURS, &list(9, &["one"]));
    let files = server.files.clone();
    let kind = |kind: &str| refused(SyncRefusal::OtherKind { kind: kind.into() });

    let mut client = Client::of(&Server::new());
    server.put("index.json", files["urgent.json"].clone());
    server.put("index.json.minisig", files["urgent.json.minisig"].clone());
    server.put("urgent.json", files["index.json"].clone());
    server.put("urgent.json.minisig", files["index.json.minisig"].clone());
    client.packs.clear();
    let done = client.update(&server);
    assert_eq!((done.index, done.urgent), (kind(URGENT_KIND), kind(INDEX_KIND)));

    // Another program's, of the same publisher and with the same fields.
    for other in ["", "rejoinder-index-2", "other-index"] {
        server.publish(&OURS, &Index { kind: other.into(), ..index(9) });
        assert_eq!(client.update(&server).index, kind(other));
    }
    let mut nameless = serde_json::to_value(index(9)).unwrap();
    nameless.as_object_mut().unwrap().remove("kind");
    server.sign("index.json", &OURS, serde_json::to_vec(&nameless).unwrap());
    assert_eq!(client.update(&server).index, kind(""));
    assert_eq!(client.serial(), Some(7));
}
