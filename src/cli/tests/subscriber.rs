//! `rejoinder verify` against what a client does: every attack and fault that can be staged in a folder or on a server, with
//! the verdict that the engine's own tables give it, and the one that the engine gives when it is asked directly.

use rejoinder_attacks::{Client, DRAINED, Files, NEXT, NOW, OURS, Row, Server, key, rows, word};
use rejoinder_wire::SyncOutcome;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// What `verify --json` says, as far as it is looked at.
#[derive(Debug, Deserialize)]
struct Verdict {
    index: Option<SyncOutcome>,
    urgent: Option<SyncOutcome>,
    key: String,
    recalls: BTreeSet<String>,
    in_use: Option<InUse>,
}

#[derive(Debug, Deserialize)]
struct InUse {
    serial: u64,
}

/// Runs the program; its verdict and exit code.
fn verify(target: &str, state: &Path, now: &str) -> (Verdict, Option<i32>) {
    let state = state.display().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_rejoinder"))
        .args(["verify", target, "--state", &state, "--at", now, "--json", "--key", &key(&OURS)])
        .output()
        .expect("started");
    let said = String::from_utf8_lossy(&output.stdout);
    let verdict = serde_json::from_str(&said)
        .unwrap_or_else(|e| panic!("{e}: {said}{}", String::from_utf8_lossy(&output.stderr)));
    (verdict, output.status.code())
}

fn folder(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("written");
    }
    folder
}

fn judge(rows: &[Row]) {
    let server = Server::start();
    for row in rows {
        let mut client = Client::pinned(&key(&OURS));
        if let Some(before) = &row.before {
            assert_eq!(word(client.check(before, None, rows::at(NOW))[0].as_ref()), "updated", "{}", row.name);
        }
        let want = client.check(&row.after, row.spoilt, rows::at(row.at)).map(|outcome| word(outcome.as_ref()));
        if !row.index.is_empty() {
            assert!(want[0].starts_with(row.index), "{}: the engine says {want:?}", row.name);
        }
        if !row.urgent.is_empty() {
            assert!(want[1].starts_with(row.urgent), "{}: the engine says {want:?}", row.name);
        }
        let ways = [None, row.spoilt.is_none().then(|| folder(&row.after))];
        for way in ways.iter().take(if row.spoilt.is_some() { 1 } else { 2 }) {
            let name = format!("{}, {}", row.name, if way.is_some() { "a folder" } else { "a server" });
            let keep = tempfile::tempdir().expect("a folder");
            let state = keep.path().join("state.json");
            if let Some(before) = &row.before {
                server.show(before, None);
                let (verdict, code) = verify(&server.address(), &state, NOW);
                assert_eq!((word(verdict.index.as_ref()), code), ("updated".into(), Some(0)), "{name}");
                // With a key given, a state that has gone over to another one is not this subscriber's.
                assert_eq!(verdict.key, key(&OURS), "{name}");
            }
            server.show(&row.after, row.spoilt);
            let target = match way {
                Some(folder) => folder.path().display().to_string(),
                None => server.address(),
            };
            let (verdict, code) = verify(&target, &state, row.at);
            let got = [word(verdict.index.as_ref()), word(verdict.urgent.as_ref())];
            assert_eq!(got, want, "{name}");
            let good = |word: &String| matches!(word.as_str(), "-" | "updated" | "current");
            assert_eq!(code, Some(if want.iter().all(good) { 0 } else { 1 }), "{name}");
            assert_eq!(verdict.key, client.state.key, "{name}");
            let opened = client.state.clone().open();
            assert_eq!(verdict.in_use.map(|i| i.serial), opened.index.as_ref().map(|i| i.serial), "{name}");
            assert_eq!(verdict.recalls, opened.recalls(&client.state), "{name}");
        }
    }
}

#[test]
fn attacks() {
    judge(&rows::attacks());
    assert!(!DRAINED.load(std::sync::atomic::Ordering::SeqCst), "an endless answer was listened to");
}

#[test]
fn faults() {
    judge(&rows::faults());
}

#[test]
fn changes_of_key() {
    judge(&rows::rotations());
}

#[test]
fn urgent_lists_and_clocks() {
    judge(&rows::lists());
}

/// Once for each: what a person reads.
#[test]
fn the_verdict_is_said_in_words() {
    let rejoinder = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_rejoinder")).args(arguments).output().expect("started");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let good = rows::good();
    let at = folder(&good);
    let path = at.path().display().to_string();
    let (code, out, err) = rejoinder(&["verify", &path, "--at", NOW]);
    assert_eq!(code, Some(0), "{err}");
    assert!(
        out.starts_with("index: the client takes it.\nurgent list: nothing new.\nin use: index 7 of Agence"),
        "{out}"
    );
    assert!(err.contains("no key was given"), "{err}");

    std::fs::write(at.path().join("p-1.0.0.json"), vec![b'x'; good["p-1.0.0.json"].len()]).expect("written");
    let (code, out, _) = rejoinder(&["verify", &path, "--at", NOW, "--key", &key(&OURS)]);
    assert_eq!(code, Some(1));
    for said in
        ["the client refuses it", "pack `p` is not the one that the index names", "remedy: upload", "in use: nothing"]
    {
        assert!(out.contains(said), "{said}: {out}");
    }
    let state = at.path().join("state.json").display().to_string();
    let (code, _, _) = rejoinder(&["verify", &path, "--at", NOW, "--key", &key(&OURS), "--state", &state]);
    assert_eq!(code, Some(1));
    let (code, _, err) = rejoinder(&["verify", &path, "--key", &key(&NEXT), "--state", &state]);
    assert_eq!(code, Some(2));
    assert!(err.contains("--state trusts key"), "{err}");
    for bad in [
        &["verify", "no/such/folder"][..],
        &["verify", "http://packs.example/index.json"],
        &["verify", &path, "--key", "RWnone"],
        &["verify", &path, "--at", "tomorrow"],
    ] {
        let (code, out, err) = rejoinder(bad);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{bad:?}");
        assert!(err.starts_with("error: "), "{err}");
    }
}
