//! Publishing: what is written is what clients take, and what would hurt them is refused.

use jiff::Timestamp;
use rejoinder_cli::{KeyPair, PublishOptions, generate_key, next_serial, publish};
use rejoinder_engine::trust::{Decision, Index, check_index, check_pack, read_key_file};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Publisher {
    root: TempDir,
    key: KeyPair,
}

impl Publisher {
    /// A publisher with a copy of the good pack.
    fn new() -> Publisher {
        let root = tempfile::tempdir().expect("a folder");
        copy(Path::new("tests/good"), &root.path().join("pack"));
        Publisher { root, key: generate_key().expect("a key") }
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("out")
    }

    fn file(&self, name: &str) -> Vec<u8> {
        fs::read(self.out().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    fn publish(&self, options: &PublishOptions) -> anyhow::Result<Index> {
        publish(&[self.root.path().join("pack")], &self.out(), &self.key, options)
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.root.path().join("pack").join(file);
        let text = fs::read_to_string(&path).expect("read");
        assert!(text.contains(from), "{file}: no {from}");
        fs::write(path, text.replace(from, to)).expect("written");
    }

    /// Refused, for a reason that holds `why`, and nothing was touched.
    fn refused(&self, options: &PublishOptions, why: &str) {
        let before = listing(&self.out());
        let error = format!("{:#}", self.publish(options).expect_err("refused"));
        assert!(error.contains(why), "{error}");
        assert_eq!(listing(&self.out()), before);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("there") {
        let path = entry.expect("readable").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("copied");
        }
    }
}

fn listing(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|e| e.expect("readable").path());
    let mut files: Vec<_> = paths.map(|p| (p.clone(), fs::read(p).expect("read"))).collect();
    files.sort();
    files
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn options(serial: u64) -> PublishOptions {
    PublishOptions {
        publisher: "Agence d’exemple".into(),
        serial,
        issued: time("2026-01-01T00:00:00Z"),
        expires: time("2026-02-01T00:00:00Z"),
        recalls: Vec::new(),
    }
}

#[test]
fn what_is_published_is_what_clients_take() {
    let publisher = Publisher::new();
    let index = publisher.publish(&options(7)).expect("published");

    let key = read_key_file(&publisher.file("minisign.pub")).expect("a key");
    assert_eq!(key, publisher.key.public());
    let now = time("2026-01-15T00:00:00Z");
    let (bytes, signature) = (publisher.file("index.json"), publisher.file("index.json.minisig"));
    assert_eq!(check_index(&key, None, &bytes, &signature, now), Ok(Decision::Update(index.clone())));
    assert_eq!(index.packs.len(), 1);
    let entry = &index.packs[0];
    assert_eq!((entry.id.as_str(), entry.version.as_str(), entry.url.as_str()), ("essai", "0.1.0", "essai-0.1.0.json"));
    let pack = check_pack(entry, &publisher.file(&entry.url)).expect("a good pack");
    assert_eq!(&pack, rejoinder_cli::pack::Authored::read(Path::new("tests/good")).pack());

    let other = generate_key().expect("a key").public();
    assert!(check_index(&other, None, &bytes, &signature, now).is_err());
    let mut files: Vec<_> = listing(&publisher.out()).into_iter().map(|(path, _)| path).collect();
    files.iter_mut().for_each(|p| *p = p.file_name().expect("a name").into());
    assert_eq!(files, ["essai-0.1.0.json", "index.json", "index.json.minisig", "minisign.pub"].map(PathBuf::from));
}

#[test]
fn the_same_packs_and_options_give_the_same_bytes() {
    let (a, b) = (Publisher::new(), Publisher::new());
    a.publish(&options(1)).expect("published");
    b.publish(&options(1)).expect("published");
    for file in ["index.json", "essai-0.1.0.json"] {
        assert_eq!(a.file(file), b.file(file), "{file}");
    }
}

#[test]
fn what_changed_needs_a_higher_version_and_serial() {
    let publisher = Publisher::new();
    assert_eq!(next_serial(&publisher.out()).expect("none yet"), 1);
    publisher.publish(&options(4)).expect("published");
    assert_eq!(next_serial(&publisher.out()).expect("one"), 5);
    publisher.refused(&options(4), "serial 4 is not higher than 4");
    publisher.refused(&options(3), "serial 3 is not higher than 4");
    publisher.publish(&options(5)).expect("unchanged packs may be published again, to prolong them");
}

#[test]
fn a_changed_pack_is_refused_until_its_version_is_raised() {
    let publisher = Publisher::new();
    publisher.publish(&options(1)).expect("published");
    publisher.edit("cards/autisme.toml", "Bonjour", "Bonsoir");
    publisher.refused(&options(2), "changed since version 0.1.0 was published");
    publisher.edit("pack.toml", "0.1.0", "0.0.9");
    publisher.refused(&options(2), "version 0.0.9 is lower than 0.1.0");
    publisher.edit("pack.toml", "0.0.9", "0.1.1");
    let index = publisher.publish(&options(2)).expect("published");
    assert_eq!(index.packs[0].url, "essai-0.1.1.json");
    // Clients that still hold the older index can go on fetching what it names.
    assert!(publisher.out().join("essai-0.1.0.json").exists());
}

#[test]
fn a_recalled_card_stays_recalled() {
    let publisher = Publisher::new();
    let recall = |serial, card: &str| PublishOptions { recalls: vec![card.into()], ..options(serial) };
    publisher.refused(&recall(1, "autisme-2"), "no card `autisme-2`");
    assert_eq!(publisher.publish(&recall(1, "autisme-1")).expect("published").recalls, ["autisme-1"]);
    assert_eq!(publisher.publish(&options(2)).expect("published").recalls, ["autisme-1"]);
    fs::write(publisher.root.path().join("pack/cards/autisme.toml"), "").expect("written");
    publisher.edit("pack.toml", "0.1.0", "0.2.0");
    assert_eq!(publisher.publish(&recall(3, "autisme-1")).expect("published").recalls, ["autisme-1"]);
}

#[test]
fn what_would_hurt_subscribers_is_refused() {
    let publisher = Publisher::new();
    let late = PublishOptions { expires: time("2026-01-01T00:00:00Z"), ..options(1) };
    publisher.refused(&late, "would expire");
    let nothing = publish(&[], &publisher.out(), &publisher.key, &options(1));
    assert!(nothing.expect_err("refused").to_string().contains("no packs"));

    let pack = publisher.root.path().join("pack");
    let twice = publish(&[pack.clone(), pack.clone()], &publisher.out(), &publisher.key, &options(1));
    assert!(twice.expect_err("refused").to_string().contains("in another one of these packs too"));

    publisher.publish(&options(1)).expect("published");
    let other = generate_key().expect("a key");
    let error = publish(&[pack], &publisher.out(), &other, &options(2)).expect_err("refused").to_string();
    assert!(error.contains("another key") && error.contains(&other.fingerprint()), "{error}");

    fs::write(publisher.out().join("index.json"), "{").expect("written");
    publisher.refused(&options(2), "not an index");
}

#[test]
fn a_pack_that_fails_its_tests_or_check_is_not_published() {
    let publisher = Publisher::new();
    publisher.edit("claims.toml", "\"Le vaccin protège\"", "\"Le vaccin rend autiste\"");
    publisher.refused(&options(1), "claims.toml:18:");
    publisher.edit("claims.toml", "autis*'", "autis*)'");
    publisher.refused(&options(1), "claims.toml:16:");
    publisher.edit("pack.toml", "schema = 1", "schema = ");
    publisher.refused(&options(1), "pack.toml:1:");
    assert!(!publisher.out().exists());
}
