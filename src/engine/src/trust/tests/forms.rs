use super::*;
use crate::pack::Limits;
use url::Url;

/// What the decision is for an index signed by us, as it was changed.
fn decide(change: impl FnOnce(&mut Index), have: Option<u64>, now: &str) -> Result<Decision, SyncRefusal> {
    let mut index = index(7);
    change(&mut index);
    let bytes = serde_json::to_vec(&index).unwrap();
    let floor = have.map(|serial| Floor { serial, ..floor(&bytes) });
    check_index(&OURS.pk.to_base64(), floor.as_ref(), &bytes, &sign(&OURS, &bytes), at(now))
}

fn floor(bytes: &[u8]) -> Floor {
    let index = index(7);
    Floor::of(std::str::from_utf8(bytes).unwrap(), 7, index.issued, index.expires)
}

#[test]
fn serials_and_validity() {
    type Want = fn(&Result<Decision, SyncRefusal>) -> bool;
    let cases: [(&str, Option<u64>, &str, Want); 8] = [
        ("first", None, NOW, |d| matches!(d, Ok(Decision::Update(_)))),
        ("newer", Some(6), NOW, |d| matches!(d, Ok(Decision::Update(_)))),
        ("the same", Some(7), NOW, |d| matches!(d, Ok(Decision::Current))),
        ("rollback", Some(8), NOW, |d| matches!(d, Err(SyncRefusal::Rollback { have: 8, got: 7 }))),
        ("expired", Some(6), "2026-02-01T00:00:00Z", |d| matches!(d, Err(SyncRefusal::Expired { .. }))),
        ("the same, expired", Some(7), "2026-03-01T00:00:00Z", |d| matches!(d, Err(SyncRefusal::Expired { .. }))),
        ("last second", Some(6), "2026-01-31T23:59:59Z", |d| matches!(d, Ok(Decision::Update(_)))),
        ("first, expired", None, "2027-01-01T00:00:00Z", |d| matches!(d, Err(SyncRefusal::Expired { .. }))),
    ];
    for (name, have, now, want) in cases {
        let got = decide(|_| {}, have, now);
        assert!(want(&got), "{name}: {got:?}");
    }
}

#[test]
fn forms_that_are_refused() {
    type Change = fn(&mut Index);
    let cases: [(&str, Change); 9] = [
        ("no schema", |i| (i.schema, i.min_schema) = (0, 0)),
        ("too many next keys", |i| i.next_keys = vec![OURS.pk.to_base64(); TrustLimits::NEXT_KEYS + 1]),
        ("a next key that is none", |i| i.next_keys.push("RWQ".into())),
        ("expires before issued", |i| i.expires = i.issued),
        ("a pack twice", |i| i.packs.push(i.packs[0].clone())),
        ("hash not hex", |i| i.packs[0].sha256 = "Z".repeat(64)),
        ("no address", |i| i.packs[0].url.clear()),
        ("no id", |i| i.packs[0].id.clear()),
        ("too many packs", |i| {
            i.packs =
                (0..=TrustLimits::PACKS).map(|n| IndexEntry { id: n.to_string(), ..i.packs[0].clone() }).collect();
        }),
    ];
    for (name, change) in cases {
        let got = decide(change, None, NOW);
        assert!(matches!(got, Err(SyncRefusal::Malformed { .. })), "{name}: {got:?}");
    }
    let got = decide(|i| i.packs[0].size = Limits::PACK_BYTES as u64 + 1, None, NOW);
    assert!(matches!(got, Err(SyncRefusal::TooLarge { .. })), "{got:?}");
}

#[test]
fn only_the_pinned_key_counts() {
    let bytes = serde_json::to_vec(&index(7)).unwrap();
    let ours = OURS.pk.to_base64();
    let check = |bytes: &[u8], signature: &[u8]| check_index(&ours, None, bytes, signature, at(NOW));

    assert!(check(&bytes, &sign(&OURS, &bytes)).is_ok());
    assert_eq!(check(&bytes, &sign(&THEIRS, &bytes)), Err(SyncRefusal::Signature), "another key");
    for none in [&b""[..], &[0xff; 80], b"<!doctype html><title>Wi-Fi</title>"] {
        assert!(matches!(check(&bytes, none), Err(SyncRefusal::Malformed { .. })), "{none:?}");
    }
    let mut changed = bytes.clone();
    changed[20] ^= 1;
    assert_eq!(check(&changed, &sign(&OURS, &bytes)), Err(SyncRefusal::Signature), "one bit");
    // Bytes that are no index are not parsed before their signature was found right.
    assert_eq!(check(b"{", &sign(&THEIRS, b"{")), Err(SyncRefusal::Signature));
    assert!(matches!(check(b"{", &sign(&OURS, b"{")), Err(SyncRefusal::Malformed { .. })));
    let huge = vec![b' '; TrustLimits::INDEX_BYTES + 1];
    assert!(matches!(check(&huge, &sign(&OURS, &huge)), Err(SyncRefusal::TooLarge { .. })));
    // A signature by the pinned key whose trusted comment was changed.
    let signature = String::from_utf8(sign(&OURS, &bytes)).unwrap();
    let forged = signature.replace("trusted comment: ", "trusted comment: x");
    assert_eq!(check(&bytes, forged.as_bytes()), Err(SyncRefusal::Signature), "trusted comment");
}

#[test]
fn packs_are_the_announced_ones() {
    let bytes = pack_bytes("p", "1.0.0");
    let good = entry("p", "1.0.0");
    assert_eq!(check_pack(&good, &bytes).unwrap().id, "p");

    let mut changed = bytes.clone();
    changed[10] ^= 1;
    assert_eq!(check_pack(&good, &changed), Err(SyncRefusal::Hash { pack: "p".into() }));
    let mut longer = bytes.clone();
    longer.push(b' ');
    assert_eq!(check_pack(&good, &longer), Err(SyncRefusal::TooLarge { limit: bytes.len() as u64 }));

    for wrong in [
        IndexEntry { id: "q".into(), ..good.clone() },
        IndexEntry { version: "1.0.1".into(), ..good.clone() },
        IndexEntry { size: 2, sha256: key::sha256(b"{}"), ..good.clone() },
    ] {
        let bytes = if wrong.size == 2 { b"{}".to_vec() } else { bytes.clone() };
        let got = check_pack(&wrong, &bytes);
        assert!(matches!(got, Err(SyncRefusal::BadPack { .. })), "{wrong:?}: {got:?}");
    }
}

#[test]
fn packs_that_were_kept() {
    let bytes = pack_bytes("p", "1.0.0");
    let good = entry("p", "1.0.0");
    assert_eq!(read_pack(&good, &bytes), check_pack(&good, &bytes));
    let mut changed = bytes.clone();
    changed[10] ^= 1;
    assert_eq!(read_pack(&good, &changed), Err(SyncRefusal::Hash { pack: "p".into() }));
    let later = String::from_utf8(bytes).unwrap().replace("\"schema\":1", "\"schema\":2").into_bytes();
    assert!(matches!(
        read_pack(&IndexEntry { sha256: key::sha256(&later), ..good }, &later),
        Err(SyncRefusal::BadPack { .. })
    ));
}

#[test]
fn key_files() {
    let key = OURS.pk.to_base64();
    let file = OURS.pk.to_box().unwrap().to_string();
    assert_eq!(read_key_file(file.as_bytes()), Ok(key.clone()));
    assert_eq!(read_key_file(key.as_bytes()), Ok(key.clone()), "without a comment");
    for bad in ["", "untrusted comment: x\n", "untrusted comment: x\nabc\n", "<html>"] {
        assert!(matches!(read_key_file(bad.as_bytes()), Err(SyncRefusal::Malformed { .. })), "{bad:?}");
    }
    assert!(matches!(read_key_file(&vec![b'\n'; TrustLimits::KEY_BYTES + 1]), Err(SyncRefusal::TooLarge { .. })));
}

#[test]
fn fingerprints() {
    // `printf %s abc | sha256sum`
    assert_eq!(fingerprint("abc"), "ba78 16bf 8f01 cfea 4141 40de 5dae 2223");
    assert_eq!(fingerprint("abc\n"), fingerprint("abc"));
}

#[test]
fn schemas() {
    type Change = fn(&mut Index);
    let cases: [(&str, Change, Option<SyncRefusal>); 5] = [
        ("ours", |_| {}, None),
        ("without a least one", |i| i.min_schema = 0, None),
        ("a later one that we understand", |i| i.schema = 9, None),
        (
            "a later one that we do not",
            |i| (i.schema, i.min_schema) = (9, 2),
            Some(SyncRefusal::TooNew { schema: 2, reads: 1 }),
        ),
        (
            "a later one that does not say",
            |i| (i.schema, i.min_schema) = (9, 0),
            Some(SyncRefusal::TooNew { schema: 9, reads: 1 }),
        ),
    ];
    for (name, change, want) in cases {
        assert_eq!(decide(change, None, NOW).err(), want, "{name}");
    }
    // Whatever its form: only the head of a later one is read.
    let later = br#"{"kind":"rejoinder-index","schema":3,"min_schema":3,"packs":"elsewhere"}"#;
    let got = read_index(&OURS.pk.to_base64(), later, &sign(&OURS, later));
    assert_eq!(got, Err(SyncRefusal::TooNew { schema: 3, reads: 1 }));
}

#[test]
fn unknown_fields_are_no_error() {
    let mut value = serde_json::to_value(index(7)).unwrap();
    value["colour"] = "blue".into();
    value["packs"][0]["mirror"] = "none".into();
    let bytes = serde_json::to_vec(&value).unwrap();
    assert_eq!(read_index(&OURS.pk.to_base64(), &bytes, &sign(&OURS, &bytes)), Ok(index(7)));
}

#[test]
fn addresses_are_beside_the_index() {
    let index = Url::parse("https://packs.example.org/fr/index.json?v=1").unwrap();
    let request = |file, name: &str| Request { file, name: name.into(), limit: 1, etag: None };
    for (file, name, want) in [
        (File::Index, "index.json", Some("https://packs.example.org/fr/index.json?v=1")),
        (File::IndexSignature, "index.json.minisig", Some("https://packs.example.org/fr/index.json.minisig?v=1")),
        (File::Key, "minisign.pub", Some("https://packs.example.org/fr/minisign.pub")),
        (File::Urgent, "urgent.json", Some("https://packs.example.org/fr/urgent.json")),
        (File::Pack, "p-1.0.0.json", Some("https://packs.example.org/fr/p-1.0.0.json")),
        (File::Pack, "/other/p.json", Some("https://packs.example.org/other/p.json")),
        (File::Pack, "https://evil.example/p.json", None),
        (File::Pack, "//evil.example/p.json", None),
        (File::Pack, "http://packs.example.org/p.json", None),
        (File::Pack, "https://packs.example.org:444/p.json", None),
        (File::Pack, "https://me@packs.example.org/p.json", None),
        (File::Pack, "https://:x@packs.example.org/p.json", None),
    ] {
        assert_eq!(request(file, name).address(&index).ok().as_ref().map(Url::as_str), want, "{name}");
    }
}
