//! The rows: those of the engine's own tables, by the same names.

use crate::server::Spoilt;
use jiff::{SignedDuration, Timestamp};
use minisign::KeyPair;
use rejoinder_engine::pack::{Pack, SCHEMA};
use rejoinder_engine::trust::{
    INDEX_KIND, INDEX_SCHEMA, Index, IndexEntry, Link, ROTATION_KIND, Rotation, Rotations, TrustLimits, URGENT_KIND,
    URGENT_SCHEMA, Urgent,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

/// The publisher's key.
pub static OURS: LazyLock<KeyPair> = LazyLock::new(new_key);
/// The publisher's next one.
pub static NEXT: LazyLock<KeyPair> = LazyLock::new(new_key);
static THEIRS: LazyLock<KeyPair> = LazyLock::new(new_key);

/// When the rows take place, unless they say otherwise or [`take_place`] did.
pub const NOW: &str = "2026-01-15T00:00:00Z";

static SHIFT: OnceLock<SignedDuration> = OnceLock::new();

/// Has every row of this process take place at another time: a browser's clock cannot be told. Once, before any is asked
/// for.
pub fn take_place(now: Timestamp) {
    let usual: Timestamp = NOW.parse().expect("a time");
    SHIFT.get_or_init(|| now.duration_since(usual));
}

/// What a server has.
pub type Files = BTreeMap<String, Vec<u8>>;

/// One thing that is done to a client.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is.
    pub name: String,
    /// What it took before; `None`: nothing yet.
    pub before: Option<Files>,
    /// What it finds.
    pub after: Files,
    /// How the server answers wrongly, and for which file; `*`: for all.
    pub spoilt: Option<(&'static str, Spoilt)>,
    /// When, in the rows' calendar ([`at`]).
    pub at: &'static str,
    /// How the verdicts begin by the engine's tables; empty: whatever the engine says.
    pub index: &'static str,
    /// Likewise of the urgent list.
    pub urgent: &'static str,
}

fn new_key() -> KeyPair {
    KeyPair::generate_unencrypted_keypair().expect("a key")
}

/// A key as clients pin it.
pub fn key(keys: &KeyPair) -> String {
    keys.pk.to_base64()
}

/// A time of the rows' calendar as the rows' place in time has it.
///
/// # Panics
/// It is none.
pub fn at(text: &str) -> Timestamp {
    let time: Timestamp = text.parse().expect("a time");
    time + SHIFT.get().copied().unwrap_or_default()
}

fn sign(files: &mut Files, name: &str, keys: &KeyPair, bytes: Vec<u8>) {
    let signature = minisign::sign(Some(&keys.pk), &keys.sk, bytes.as_slice(), None, None).expect("signed");
    files.insert(format!("{name}.minisig"), signature.into_string().into_bytes());
    files.insert(name.into(), bytes);
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("JSON")
}

fn pack(id: &str, version: &str) -> Vec<u8> {
    json(&Pack {
        schema: SCHEMA,
        id: id.into(),
        version: version.into(),
        title: "P".into(),
        publisher: "Agence de l'exemple".into(),
        language: "fr".into(),
        jurisdictions: vec!["FR".into()],
        ..Pack::default()
    })
}

fn entry(id: &str, version: &str) -> IndexEntry {
    let bytes = pack(id, version);
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    IndexEntry {
        id: id.into(),
        version: version.into(),
        size: bytes.len() as u64,
        sha256,
        url: format!("{id}-{version}.json"),
    }
}

fn index(serial: u64) -> Index {
    Index {
        kind: INDEX_KIND.into(),
        schema: INDEX_SCHEMA,
        min_schema: INDEX_SCHEMA,
        publisher: "Agence de l'exemple".into(),
        serial,
        issued: at("2026-01-01T00:00:00Z"),
        expires: at("2026-02-01T00:00:00Z"),
        packs: vec![entry("p", "1.0.0")],
        recalls: vec![],
        sites_off: vec![],
        next_keys: vec![],
    }
}

fn list(serial: u64, recalls: &[&str]) -> Urgent {
    Urgent {
        kind: URGENT_KIND.into(),
        schema: URGENT_SCHEMA,
        min_schema: URGENT_SCHEMA,
        serial,
        issued: at("2026-01-10T00:00:00Z"),
        expires: at("2026-01-20T00:00:00Z"),
        recalls: recalls.iter().map(|id| (*id).into()).collect(),
        sites_off: vec![],
    }
}

/// Files with an index of these keys in them.
fn publish(mut files: Files, keys: &KeyPair, index: &Index) -> Files {
    for entry in &index.packs {
        files.insert(entry.url.clone(), pack(&entry.id, &entry.version));
    }
    sign(&mut files, "index.json", keys, json(index));
    files
}

fn urge(mut files: Files, keys: &KeyPair, list: &Urgent) -> Files {
    sign(&mut files, "urgent.json", keys, json(list));
    files
}

fn without(mut files: Files, name: &str) -> Files {
    assert!(files.remove(name).is_some(), "{name}");
    files
}

fn with(mut files: Files, name: &str, bytes: Vec<u8>) -> Files {
    files.insert(name.into(), bytes);
    files
}

fn rotate(files: Files, chain: &[(&KeyPair, &str, &str)]) -> Files {
    let link = |(by, from, to): &(&KeyPair, &str, &str)| {
        let statement = json(&Rotation {
            kind: ROTATION_KIND.into(),
            schema: 1,
            from: (*from).into(),
            to: (*to).into(),
            issued: at("2026-01-05T00:00:00Z"),
        });
        let mut signed = Files::new();
        sign(&mut signed, "s", by, statement.clone());
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Link { statement: text(statement), signature: text(signed["s.minisig"].clone()) }
    };
    let rotations = Rotations { rotations: chain.iter().map(link).collect() };
    with(files, "rotations.json", json(&rotations))
}

/// Index 7 with a pack.
pub fn good() -> Files {
    let key = OURS.pk.to_box().expect("a box").into_string().into_bytes();
    publish(Files::from([("minisign.pub".to_owned(), key)]), &OURS, &index(7))
}

/// The same with a list.
fn listed() -> Files {
    urge(good(), &OURS, &list(1, &["one"]))
}

fn row(name: &str, before: Option<&Files>, after: Files, index: &'static str, urgent: &'static str) -> Row {
    Row { name: name.into(), before: before.cloned(), after, spoilt: None, at: NOW, index, urgent }
}

/// The attacks that a client of signed files is to withstand (TUF specification, §1.5.2).
pub fn attacks() -> Vec<Row> {
    let good = good();
    let listed = listed();
    let newer = publish(good.clone(), &OURS, &Index { packs: vec![entry("p", "1.1.0")], ..index(8) });
    let other_key = publish(good.clone(), &THEIRS, &index(8));
    let mut tampered = good.clone();
    tampered.get_mut("p-1.0.0.json").expect("a pack")[10] ^= 1;
    let mut rows = vec![
        row("nothing is wrong", None, listed.clone(), "updated", "updated"),
        row("nothing is new", Some(&listed), listed.clone(), "current", "current"),
        row("arbitrary installation: their key", Some(&good), other_key.clone(), "Signature", "current"),
        row(
            "arbitrary installation: no signature",
            Some(&good),
            without(other_key, "index.json.minisig"),
            "offline",
            "",
        ),
        row("arbitrary installation: a pack", None, tampered, "Hash  pack: p", "current"),
    ];

    let limits = [
        ("index.json", TrustLimits::INDEX_BYTES),
        ("index.json.minisig", TrustLimits::SIGNATURE_BYTES),
        ("urgent.json", TrustLimits::URGENT_BYTES),
        ("urgent.json.minisig", TrustLimits::SIGNATURE_BYTES),
        ("p-1.0.0.json", pack("p", "1.0.0").len()),
    ];
    for (file, limit) in limits {
        let mut bytes = listed[file].clone();
        bytes.resize(limit + 1, b' ');
        let (of_index, of_list) = if file.starts_with("urgent") { ("updated", "TooLarge") } else { ("TooLarge", "") };
        let name = format!("endless data: {file}");
        rows.push(row(&name, None, with(listed.clone(), file, bytes), of_index, of_list));
        for how in [Spoilt::Endless, Spoilt::Bomb] {
            let spoilt = Some((file, how));
            rows.push(Row { spoilt, ..row(&name, None, listed.clone(), of_index, of_list) });
        }
    }

    let mut as_another = index(8);
    as_another.packs.push(IndexEntry { id: "q".into(), ..entry("p", "1.0.0") });
    let as_another = with(publish(good.clone(), &OURS, &as_another), "p-1.0.0.json", pack("p", "1.0.0"));
    rows.push(row("extraneous dependencies: another pack", Some(&good), as_another, "BadPack q", ""));
    let mut elsewhere = index(8);
    elsewhere.packs.push(IndexEntry { url: "https://evil.invalid/q.json".into(), ..entry("q", "1.0.0") });
    let mut files = good.clone();
    sign(&mut files, "index.json", &OURS, json(&elsewhere));
    rows.push(row("extraneous dependencies: elsewhere", Some(&good), files, "Malformed", ""));

    let ahead = Index { next_keys: vec![key(&NEXT)], ..index(u64::MAX) };
    let ahead = urge(publish(good.clone(), &OURS, &ahead), &OURS, &list(u64::MAX, &["everything"]));
    let back = publish(ahead.clone(), &OURS, &index(8));
    rows.push(row("fast-forward", Some(&ahead), back, "Rollback  have: 18446744073709551615, got: 8", ""));
    let again = publish(ahead.clone(), &NEXT, &Index { recalls: vec!["one".into()], ..index(8) });
    let again = urge(again, &NEXT, &list(1, &["two"]));
    rows.push(row("fast-forward, and another key", Some(&ahead), again, "updated", "updated"));

    let late = "2026-02-01T00:00:00Z";
    let frozen = row("indefinite freeze", Some(&listed), listed.clone(), "Expired", "Expired");
    rows.push(Row { at: late, ..frozen });
    let all = Some(("*", Spoilt::Unchanged));
    let frozen = row("indefinite freeze: unchanged", Some(&listed), listed.clone(), "Expired", "Expired");
    rows.push(Row { at: late, spoilt: all, ..frozen });
    let hidden = without(listed.clone(), "urgent.json");
    rows.push(Row { at: late, ..row("indefinite freeze: hidden", Some(&listed), hidden, "Expired", "Expired") });
    rows.push(Row { at: late, ..row("indefinite freeze: first", None, good.clone(), "Expired", "") });
    rows.push(Row { at: "2026-01-31T23:59:59Z", ..row("the last second", None, good.clone(), "updated", "") });

    let mirrors = [
        (Spoilt::Redirect, "Redirected", "Redirected"),
        (Spoilt::Status, "offline", "offline"),
        (Spoilt::Page, "Malformed", "Malformed"),
        (Spoilt::Silence, "offline", "-"),
        (Spoilt::Cut, "offline", "-"),
        (Spoilt::Unchanged, "current", "current"),
    ];
    for (how, of_index, of_list) in mirrors {
        let name = format!("malicious mirrors: {how:?}");
        rows.push(Row { spoilt: Some(("*", how)), ..row(&name, Some(&listed), listed.clone(), of_index, of_list) });
    }
    rows.push(row("malicious mirrors: nothing", Some(&listed), Files::new(), "offline", "offline"));
    let blank = listed.keys().map(|name| (name.clone(), Vec::new())).collect();
    rows.push(row("malicious mirrors: empty files", Some(&listed), blank, "Malformed", "Malformed"));

    let old_signature = good["index.json.minisig"].clone();
    let longer = good["index.json"].iter().copied().chain(*b" ").collect();
    let twin = publish(good.clone(), &OURS, &Index { packs: vec![entry("p", "1.1.0")], ..index(7) });
    let mixes = [
        ("an older signature", with(newer.clone(), "index.json.minisig", old_signature), "Signature"),
        ("an older pack", with(newer.clone(), "p-1.1.0.json", pack("p", "1.0.0")), "Hash  pack: p"),
        ("an older index", with(newer.clone(), "index.json", longer), "Signature"),
        ("two of one serial", twin, "Twice  serial: 7"),
    ];
    for (name, files, want) in mixes {
        rows.push(row(&format!("mix-and-match: {name}"), Some(&good), files, want, ""));
    }

    let new = urge(publish(listed.clone(), &OURS, &index(8)), &OURS, &list(2, &["two"]));
    let back = ("Rollback  have: 8, got: 7", "Rollback  have: 2, got: 1");
    rows.push(row("rollback", Some(&new), listed, back.0, back.1));

    let other = |kind: &str| publish(good.clone(), &OURS, &Index { kind: kind.into(), ..index(9) });
    let mut swapped = urge(good.clone(), &OURS, &list(9, &["one"]));
    for (a, b) in [("index.json", "urgent.json"), ("index.json.minisig", "urgent.json.minisig")] {
        let (x, y) = (swapped[a].clone(), swapped[b].clone());
        swapped.insert(a.into(), y);
        swapped.insert(b.into(), x);
    }
    let kinds = ("OtherKind  kind: rejoinder-urgent", "OtherKind  kind: rejoinder-index");
    rows.push(row("wrong software: swapped", Some(&good), swapped, kinds.0, kinds.1));
    rows.push(row("wrong software: another's", Some(&good), other("other-index"), "OtherKind  kind: other-index", ""));
    rows.push(row("wrong software: nameless", Some(&good), other(""), "OtherKind  kind:", ""));
    let later = Index { schema: 9, min_schema: 2, ..index(9) };
    rows.push(row("wrong software: a later one", Some(&good), publish(good.clone(), &OURS, &later), "TooNew", ""));
    rows
}

/// What goes wrong by accident, for each file of an update.
pub fn faults() -> Vec<Row> {
    let old = listed();
    let packs = vec![entry("p", "2.0.0"), entry("q", "1.0.0")];
    let new = urge(publish(old.clone(), &OURS, &Index { packs, ..index(8) }), &OURS, &list(2, &["two"]));
    let files =
        ["index.json", "index.json.minisig", "urgent.json", "urgent.json.minisig", "p-2.0.0.json", "q-1.0.0.json"];
    let mut rows = Vec::new();
    for file in files {
        let half = new[file][..new[file].len() / 2].to_vec();
        rows.push(row(&format!("truncated: {file}"), Some(&old), with(new.clone(), file, half), "", ""));
        rows.push(row(&format!("missing: {file}"), Some(&old), without(new.clone(), file), "", ""));
        let ways = [
            Spoilt::Redirect,
            Spoilt::Status,
            Spoilt::Page,
            Spoilt::Cut,
            Spoilt::Silence,
            Spoilt::Bomb,
            Spoilt::Unchanged,
        ];
        for how in ways {
            let name = format!("{how:?}: {file}");
            rows.push(Row { spoilt: Some((file, how)), ..row(&name, Some(&old), new.clone(), "", "") });
        }
    }
    let nothing = Some(("*", Spoilt::Unchanged));
    rows.push(Row { spoilt: nothing, ..row("unchanged, though nothing is known", None, old, "offline", "offline") });
    rows
}

/// Changes of key, right and wrong.
pub fn rotations() -> Vec<Row> {
    let (one, two, theirs) = (key(&OURS), key(&NEXT), key(&THEIRS));
    let good = good();
    let third = new_key();
    let three = key(&third);
    let chained = [(&*OURS, one.as_str(), two.as_str()), (&*NEXT, &two, &three)];
    let end = publish(good.clone(), &third, &Index { recalls: vec!["one".into()], ..index(1) });
    let middle = publish(good.clone(), &NEXT, &index(9));
    let announced = Index { next_keys: vec![two.clone()], ..index(8) };
    let announced = publish(good.clone(), &OURS, &announced);
    let changed = urge(publish(announced.clone(), &NEXT, &index(9)), &NEXT, &list(1, &["one"]));
    let not_whole = Index { packs: vec![entry("p", "2.0.0")], ..index(1) };
    let not_whole = without(publish(announced.clone(), &NEXT, &not_whole), "p-2.0.0.json");
    let mut rows = vec![
        row("a chain of keys", Some(&good), rotate(end, &chained), "updated", "current"),
        row("a key in the middle of the chain", Some(&good), rotate(middle, &chained), "Signature", ""),
        row("an announced key", Some(&announced), changed, "updated", "updated"),
        row("an announced key without its packs", Some(&announced), not_whole, "offline", ""),
        row("a key that was not announced", Some(&good), publish(good.clone(), &NEXT, &index(9)), "Signature", ""),
    ];
    type Chain<'a> = Vec<(&'a KeyPair, &'a str, &'a str)>;
    let chains: [(&str, Chain<'_>, &str); 5] = [
        ("signed by the key that follows", vec![(&*THEIRS, &one, &theirs)], "Signature"),
        ("from another key", vec![(&*THEIRS, &theirs, &two)], "Signature"),
        ("empty", vec![], "Signature"),
        ("a loop", vec![(&*OURS, &one, &two), (&*NEXT, &two, &one)], "Malformed"),
        ("to nothing", vec![(&*OURS, &one, "RWQ")], "Malformed"),
    ];
    for (name, chain, want) in chains {
        let files = rotate(publish(good.clone(), &THEIRS, &index(8)), &chain);
        rows.push(row(&format!("a chain {name}"), Some(&good), files, want, ""));
    }
    let links: Vec<KeyPair> = (0..=TrustLimits::ROTATIONS).map(|_| new_key()).collect();
    let keys: Vec<String> = std::iter::once(one.clone()).chain(links.iter().map(key)).collect();
    let signers = std::iter::once(&*OURS).chain(&links);
    let long: Vec<(&KeyPair, &str, &str)> =
        signers.zip(keys.windows(2)).map(|(by, two)| (by, two[0].as_str(), two[1].as_str())).collect();
    if let Some(last) = links.last() {
        let files = rotate(publish(good.clone(), last, &index(8)), &long);
        rows.push(row("a chain too long", Some(&good), files, "Malformed", ""));
    }
    rows
}

/// Urgent lists and clocks.
pub fn lists() -> Vec<Row> {
    let had = urge(good(), &OURS, &list(3, &["one"]));
    let expired = Urgent { expires: at("2026-01-14T00:00:00Z"), ..list(4, &["two"]) };
    let overtaken = Index { issued: at("2026-01-11T00:00:00Z"), ..index(8) };
    let overtaken = without(publish(had.clone(), &OURS, &overtaken), "urgent.json");
    let mut rows = vec![
        row("none any more", Some(&had), without(had.clone(), "urgent.json"), "current", "offline"),
        row("an older list", Some(&had), urge(had.clone(), &OURS, &list(2, &[])), "current", "Rollback"),
        row("another list", Some(&had), urge(had.clone(), &OURS, &list(3, &[])), "current", "Twice"),
        row("a newer list", Some(&had), urge(had.clone(), &OURS, &list(4, &["two"])), "current", "updated"),
        row("a newer list that has expired", Some(&had), urge(had.clone(), &OURS, &expired), "current", "Expired"),
        row(
            "a list by another key",
            Some(&had),
            urge(had.clone(), &THEIRS, &list(4, &["two"])),
            "current",
            "Signature",
        ),
        row("a later index overtakes the list", Some(&had), overtaken, "updated", "current"),
    ];
    let newer =
        urge(publish(good(), &OURS, &Index { recalls: vec!["one".into()], ..index(8) }), &OURS, &list(4, &["two"]));
    let behind = row("a clock that is behind", Some(&had), newer, "NotYet", "NotYet");
    rows.push(Row { at: "2001-01-01T00:00:00Z", ..behind });
    for (issued, want) in [("2026-01-15T23:59:59Z", "updated"), ("2026-01-16T00:00:01Z", "NotYet")] {
        let ahead = publish(had.clone(), &OURS, &Index { issued: at(issued), ..index(9) });
        rows.push(row("a publisher's clock that is ahead", Some(&had), ahead, want, ""));
    }
    rows
}
