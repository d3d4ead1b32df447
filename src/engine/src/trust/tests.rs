use super::*;
use crate::pack::{Limits, Pack, SCHEMA};
use jiff::Timestamp;
use minisign::KeyPair;
use rejoinder_wire::SyncRefusal;
use std::sync::LazyLock;

static OURS: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate_unencrypted_keypair().unwrap());
static THEIRS: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate_unencrypted_keypair().unwrap());

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn sign(keys: &KeyPair, bytes: &[u8]) -> Vec<u8> {
    minisign::sign(Some(&keys.pk), &keys.sk, bytes, None, None).unwrap().to_string().into_bytes()
}

fn index() -> Index {
    Index {
        schema: INDEX_SCHEMA,
        publisher: "Agence de l'exemple".into(),
        serial: 7,
        issued: at("2026-01-01T00:00:00Z"),
        expires: at("2026-02-01T00:00:00Z"),
        packs: vec![entry(&pack_bytes())],
        recalls: vec![],
        sites_off: vec![],
        next_keys: vec![],
    }
}

fn pack_bytes() -> Vec<u8> {
    let pack = Pack {
        schema: SCHEMA,
        id: "p".into(),
        version: "1.0.0".into(),
        title: "P".into(),
        publisher: "Agence de l'exemple".into(),
        language: "fr".into(),
        jurisdictions: vec!["FR".into()],
        ..Pack::default()
    };
    serde_json::to_vec(&pack).unwrap()
}

fn entry(bytes: &[u8]) -> IndexEntry {
    IndexEntry {
        id: "p".into(),
        version: "1.0.0".into(),
        size: bytes.len() as u64,
        sha256: key::sha256(bytes),
        url: "p-1.0.0.json".into(),
    }
}

/// What the decision is for an index signed by us, as it was changed.
fn decide(change: impl FnOnce(&mut Index), have: Option<u64>, now: &str) -> Result<Decision, SyncRefusal> {
    let mut index = index();
    change(&mut index);
    let bytes = serde_json::to_vec(&index).unwrap();
    check_index(&OURS.pk.to_base64(), have, &bytes, &sign(&OURS, &bytes), at(now))
}

const NOW: &str = "2026-01-15T00:00:00Z";

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
    let cases: [(&str, Change); 7] = [
        ("schema", |i| i.schema = 2),
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
    let bytes = serde_json::to_vec(&index()).unwrap();
    let ours = OURS.pk.to_base64();
    let check = |bytes: &[u8], signature: &[u8]| check_index(&ours, None, bytes, signature, at(NOW));

    assert!(check(&bytes, &sign(&OURS, &bytes)).is_ok());
    assert_eq!(check(&bytes, &sign(&THEIRS, &bytes)), Err(SyncRefusal::Signature), "another key");
    assert_eq!(check(&bytes, b""), Err(SyncRefusal::Signature), "none");
    assert_eq!(check(&bytes, &[0xff; 80]), Err(SyncRefusal::Signature), "not text");
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
    let bytes = pack_bytes();
    let good = entry(&bytes);
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
        entry(b"{}"),
    ] {
        let bytes = if wrong.size == 2 { b"{}".to_vec() } else { bytes.clone() };
        let got = check_pack(&wrong, &bytes);
        assert!(matches!(got, Err(SyncRefusal::BadPack { .. })), "{wrong:?}: {got:?}");
    }
}

#[test]
fn packs_that_were_kept() {
    let bytes = pack_bytes();
    let good = entry(&bytes);
    assert_eq!(read_pack(&good, &bytes), check_pack(&good, &bytes));
    let mut changed = bytes.clone();
    changed[10] ^= 1;
    assert_eq!(read_pack(&good, &changed), Err(SyncRefusal::Hash { pack: "p".into() }));
    let later = String::from_utf8(bytes).unwrap().replace("\"schema\":1", "\"schema\":2").into_bytes();
    assert!(matches!(read_pack(&entry(&later), &later), Err(SyncRefusal::BadPack { .. })));
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
