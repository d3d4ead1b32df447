use super::*;
use minisign::KeyPair;

fn key(keys: &KeyPair) -> String {
    keys.pk.to_base64()
}

/// A client that was offline while two keys came and went.
#[test]
fn the_chain_leads_to_the_key_of_today() {
    let third = KeyPair::generate_unencrypted_keypair().unwrap();
    let (one, two, three) = (key(&OURS), key(&NEXT), key(&third));
    let old = Server::new();
    let mut server = old.clone();
    server.publish(&third, &Index { recalls: vec!["one".into()], ..index(1) });
    server.rotate(&[(&*OURS, &one, &two), (&*NEXT, &two, &three)]);
    let mut client = Client::of(&old);
    let done = client.update(&server);
    assert_eq!(done.index, Some(SyncOutcome::Updated));
    assert_eq!((client.serial(), client.state.key.clone()), (Some(1), three.clone()));
    assert_eq!(client.asked, ["index.json", "index.json.minisig", "rotations.json", "urgent.json"]);
    assert_eq!(client.state.rotated.as_ref().map(|r| r.from.clone()), Some(one.clone()));
    assert_eq!(client.recalls(), ["one"]);

    // The chain is walked to its end: a key in its middle signs no more.
    server.publish(&NEXT, &index(9));
    let mut late = Client::of(&old);
    assert_eq!(late.update(&server).index, refused(SyncRefusal::Signature));
    assert_eq!((late.state.key.clone(), late.serial()), (one, Some(7)));
}

/// The key was lost, and one that it had announced took over without its word, and was followed itself: a client that
/// was off all the time walks on from what was announced. Once the key itself says who follows, nobody else does.
#[test]
fn the_chain_goes_on_from_an_announced_key() {
    let third = KeyPair::generate_unencrypted_keypair().unwrap();
    let (one, two, three) = (key(&OURS), key(&NEXT), key(&third));
    let mut old = Server::new();
    old.publish(&OURS, &Index { next_keys: vec![key(&THEIRS), two.clone()], ..index(8) });
    type Chain<'a> = Vec<(&'a KeyPair, &'a str, &'a str)>;
    let theirs = key(&THEIRS);
    let cases: [(&str, Chain<'_>, bool); 4] = [
        ("from what was announced", vec![(&*NEXT, &two, &three)], true),
        ("by another than itself", vec![(&*THEIRS, &two, &three)], false),
        ("a bad statement about another", vec![(&*OURS, &theirs, &one), (&*NEXT, &two, &three)], true),
        ("the key itself says otherwise", vec![(&*OURS, &one, &theirs), (&*NEXT, &two, &three)], false),
    ];
    for (name, chain, want) in cases {
        let mut client = Client::of(&old);
        let mut server = old.clone();
        server.publish(&third, &index(1));
        server.rotate(&chain);
        let done = client.update(&server);
        assert_eq!(done.index == Some(SyncOutcome::Updated), want, "{name}: {:?}", done.index);
        assert_eq!(client.state.key == three, want, "{name}");
    }
}

#[test]
fn chains_that_are_refused() {
    let (one, two, theirs) = (key(&OURS), key(&NEXT), key(&THEIRS));
    let long: Vec<KeyPair> =
        (0..=TrustLimits::ROTATIONS).map(|_| KeyPair::generate_unencrypted_keypair().unwrap()).collect();
    let keys: Vec<String> = std::iter::once(one.clone()).chain(long.iter().map(key)).collect();
    let signers: Vec<&KeyPair> = std::iter::once(&*OURS).chain(&long).collect();
    let long: Vec<(&KeyPair, &str, &str)> =
        (0..=TrustLimits::ROTATIONS).map(|i| (signers[i], keys[i].as_str(), keys[i + 1].as_str())).collect();
    assert_eq!(long.len(), TrustLimits::ROTATIONS + 1);
    type Want = fn(&SyncRefusal) -> bool;
    let signature: Want = |r| matches!(r, SyncRefusal::Signature);
    let malformed: Want = |r| matches!(r, SyncRefusal::Malformed { .. });
    type Chain<'a> = Vec<(&'a KeyPair, &'a str, &'a str)>;
    let chains: [(&str, Chain<'_>, Want); 6] = [
        ("signed by the key that follows", vec![(&*THEIRS, &one, &theirs)], signature),
        ("from another key", vec![(&*THEIRS, &theirs, &two)], signature),
        ("empty", vec![], signature),
        ("a loop", vec![(&*OURS, &one, &two), (&*NEXT, &two, &one)], malformed),
        ("to nothing", vec![(&*OURS, &one, "RWQ")], malformed),
        ("too long", long, malformed),
    ];
    for (name, chain, want) in chains {
        let mut server = Server::new();
        let mut client = Client::of(&server);
        server.publish(&THEIRS, &index(8));
        server.rotate(&chain);
        let done = client.update(&server);
        let Some(SyncOutcome::Refused { refusal }) = &done.index else { panic!("{name}: {:?}", done.index) };
        assert!(want(refusal), "{name}: {refusal:?}");
        assert_eq!((client.state.key.clone(), client.serial()), (one.clone(), Some(7)), "{name}");
    }
    // An index is no statement, though its key signed it.
    let mut server = Server::new();
    let mut client = Client::of(&server);
    let mut statement = serde_json::to_value(index(9)).unwrap();
    for (field, value) in [("from", &one), ("to", &theirs)] {
        statement[field] = value.as_str().into();
    }
    let statement = statement.to_string();
    let signature = String::from_utf8(sign(&OURS, statement.as_bytes())).unwrap();
    let file = Rotations { rotations: vec![Link { statement, signature }] };
    server.put("rotations.json", serde_json::to_vec(&file).unwrap());
    server.publish(&THEIRS, &index(8));
    assert_eq!(client.update(&server).index, refused(SyncRefusal::OtherKind { kind: INDEX_KIND.into() }));
}

/// Announced keys that did not come into use are dropped with the key before, unless they are announced again.
#[test]
fn the_first_announced_key_that_signs_is_the_only_one() {
    let mut server = Server::new();
    server.publish(&OURS, &Index { next_keys: vec![key(&NEXT), key(&THEIRS)], ..index(8) });
    let mut client = Client::of(&server);
    server.publish(&NEXT, &index(9));
    assert_eq!(client.update(&server).index, Some(SyncOutcome::Updated));
    server.publish(&THEIRS, &index(10));
    assert_eq!(client.update(&server).index, refused(SyncRefusal::Signature));
    // Announced only in what was refused.
    server.publish(&THEIRS, &Index { next_keys: vec![key(&THEIRS)], ..index(11) });
    assert_eq!(client.update(&server).index, refused(SyncRefusal::Signature));
}

/// Neither key nor floor moves before the whole update is there.
#[test]
fn a_key_changes_with_its_whole_update_only() {
    let mut server = Server::new();
    server.publish(&OURS, &Index { next_keys: vec![key(&NEXT)], ..index(8) });
    let mut client = Client::of(&server);
    server.publish(&NEXT, &Index { packs: vec![entry("p", "2.0.0")], ..index(1) });
    server.files.remove("p-2.0.0.json");
    let done = client.update(&server);
    assert!(matches!(done.index, Some(SyncOutcome::Offline { .. })), "{:?}", done.index);
    assert_eq!((client.state.key.clone(), client.serial()), (key(&OURS), Some(8)));
    server.put("p-2.0.0.json", pack_bytes("p", "2.0.0"));
    assert_eq!(client.update(&server).index, Some(SyncOutcome::Updated));
    assert_eq!((client.state.key.clone(), client.serial()), (key(&NEXT), Some(1)));
}

/// The hourly look at the urgent list finds the key that is new.
#[test]
fn an_urgent_list_of_another_key_has_the_index_asked_for() {
    let mut server = Server::new();
    server.publish(&OURS, &Index { next_keys: vec![key(&NEXT)], ..index(8) });
    let mut client = Client::of(&server);
    server.publish(&NEXT, &index(9));
    server.urge(&NEXT, &list(1, &["one"]));
    let done = client.update_with(Scope::Urgent, NOW, &|request| server.answer(request));
    assert_eq!(done.index, Some(SyncOutcome::Updated));
    assert_eq!(done.urgent, Some(SyncOutcome::Updated));
    assert_eq!((client.state.key.clone(), client.recalls()), (key(&NEXT), vec!["one".to_owned()]));
}

/// What is taken back under a key that only follows counts before its packs come, and though its index is refused; with
/// the change of key it is forgotten, unless the new key says it too.
#[test]
fn recalls_under_a_key_that_follows_do_not_wait() {
    for (name, announced, expired) in [
        ("announced", true, false),
        ("chained", false, false),
        ("expired", true, true),
        ("chained, expired", false, true),
    ] {
        let mut server = Server::new();
        let next_keys = if announced { vec![key(&NEXT)] } else { vec![] };
        server.publish(&OURS, &Index { next_keys, ..index(8) });
        let mut client = Client::of(&server);
        let expires = at(if expired { "2026-01-14T00:00:00Z" } else { "2026-02-01T00:00:00Z" });
        let packs = vec![entry("p", "2.0.0")];
        let recalling = Index { packs, recalls: vec!["one".into()], expires, ..index(1) };
        server.publish(&NEXT, &recalling);
        server.urge(&NEXT, &list(1, &["two"]));
        server.rotate(&[(&*OURS, &key(&OURS), &key(&NEXT))]);
        server.files.remove("p-2.0.0.json");
        client.update(&server);
        assert_eq!((client.state.key.clone(), client.serial()), (key(&OURS), Some(8)), "{name}");
        assert_eq!(client.recalls(), ["one", "two"], "{name}");

        server.publish(&NEXT, &Index { recalls: vec!["three".into()], ..index(2) });
        server.urge(&NEXT, &list(2, &["four"]));
        assert_eq!(client.update(&server).index, Some(SyncOutcome::Updated), "{name}");
        assert_eq!(client.recalls(), ["four", "three"], "{name}");
    }
    // Whoever is none of them takes nothing back.
    let mut server = Server::new();
    let mut client = Client::of(&server);
    server.publish(&THEIRS, &Index { recalls: vec!["one".into()], ..index(9) });
    server.urge(&THEIRS, &list(1, &["two"]));
    client.update(&server);
    assert_eq!(client.recalls(), Vec::<String>::new());
}
