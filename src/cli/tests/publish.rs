//! Publishing: what is written is what clients take, and what would hurt them is refused.

use jiff::Timestamp;
use rejoinder_cli::publish::{Draft, Published, Validity, announce, recall, rotate, switch_off, switch_on};
use rejoinder_cli::{KeyPair, PublishOptions, generate_key, publish};
use rejoinder_engine::trust::{Decision, Index, Urgent, check_index, check_pack, read_key_file, read_urgent};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const FILES: [&str; 6] =
    ["changelog.json", "changelog.md", "essai-0.1.0.json", "index.json", "index.json.minisig", "minisign.pub"];

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

    /// A helpline, and a card that names it.
    fn help(&self, expires_on: &str, text: &str) {
        let helpline = format!(
            "[[helpline]]\nid = \"ecoute\"\nname = \"Écoute\"\njurisdictions = [\"FR\"]\nphones = [\"0 800 00 00 01\"]\n\
             expires_on = \"{expires_on}\"\n"
        );
        fs::write(self.root.path().join("pack/helplines.toml"), helpline).expect("written");
        self.edit("pack.toml", "0.1.0", "0.2.0");
        self.edit("pack.toml", "\"claims.toml\", ", "\"claims.toml\", \"helplines.toml\", ");
        self.edit("cards/autisme.toml", "les études", &format!("{text} Les études"));
    }

    fn published(&self) -> Published {
        Published::read(&self.out()).expect("readable")
    }

    /// Signs, lets subscribers judge, and writes.
    fn finish(&self, mut draft: Draft, keys: &[&KeyPair]) -> anyhow::Result<()> {
        for key in keys {
            draft.sign(key)?;
        }
        draft.check()?;
        draft.write()
    }

    fn draft(&self, make: impl FnOnce(&Published) -> anyhow::Result<Draft>) -> anyhow::Result<()> {
        self.finish(make(&self.published())?, &[&self.key])
    }

    /// The urgent list, verified.
    fn urgent(&self) -> Urgent {
        let key = self.published().key.expect("a key");
        read_urgent(&key, &self.file("urgent.json"), &self.file("urgent.json.minisig")).expect("a good list")
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
        ..PublishOptions::default()
    }
}

fn later(serial: u64, issued: &str) -> PublishOptions {
    PublishOptions { issued: time(issued), ..options(serial) }
}

fn validity(issued: &str) -> Validity {
    Validity { serial: None, issued: time(issued), expires: time("2026-02-10T00:00:00Z") }
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
    assert_eq!(files, FILES.map(PathBuf::from));
}

/// Two publishers with the same packs, key aside, through a history of every kind.
#[test]
fn the_same_packs_and_options_give_the_same_bytes() {
    let key = generate_key().expect("a key");
    let next = generate_key().expect("a key");
    let history = || {
        let publisher = Publisher { key: key.clone(), ..Publisher::new() };
        publisher.publish(&options(1)).expect("published");
        publisher.draft(|p| recall(p, &["autisme-1".into()], &validity("2026-01-02T00:00:00Z"))).expect("recalled");
        publisher.edit("pack.toml", "0.1.0", "0.2.0");
        publisher.publish(&later(2, "2026-01-03T00:00:00Z")).expect("published");
        let (draft, _) = rotate(&publisher.published(), &next.public(), true, &[], &validity("2026-01-04T00:00:00Z"))
            .expect("a draft");
        publisher.finish(draft, &[&key, &next]).expect("rotated");
        publisher
    };
    let (a, b) = (history(), history());
    let unsigned = |files: Vec<(PathBuf, Vec<u8>)>| -> Vec<_> {
        let named = files.into_iter().map(|(path, bytes)| (path.file_name().expect("a name").to_owned(), bytes));
        named.filter(|(name, _)| !name.to_string_lossy().ends_with(".minisig") && name != "rotations.json").collect()
    };
    let (a, b) = (unsigned(listing(&a.out())), unsigned(listing(&b.out())));
    assert_eq!(a.len(), 7);
    assert!(a == b);
}

#[test]
fn what_changed_needs_a_higher_version_and_serial() {
    let publisher = Publisher::new();
    assert_eq!(publisher.published().next_serial(), 1);
    publisher.publish(&options(4)).expect("published");
    assert_eq!(publisher.published().next_serial(), 5);
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

/// What would hurt those who have an earlier publication: each with its place and its remedy.
#[test]
fn packs_are_reviewed_before_they_are_published() {
    type Edit = fn(&Publisher);
    type Case = (&'static str, Edit, &'static [&'static str]);
    let cases: [Case; 11] = [
        (
            "a helpline that nobody has reached lately",
            |p| p.help("2025-12-31", "Appelez le 0 800 00 00 01."),
            &["helplines.toml:6:14", "helpline `ecoute` was to be checked again by 2025-12-31", "call it"],
        ),
        (
            "a helpline that does not answer any more",
            |p| {
                p.help("2099-12-31", "Appelez le 0 800 00 00 01.");
                p.edit("helplines.toml", "expires_on = \"2099-12-31\"", "ended = true");
            },
            &["cards/autisme.toml:", "helpline `ecoute` does not answer any more"],
        ),
        (
            "a helpline of elsewhere",
            |p| {
                p.help("2099-12-31", "Appelez le 0 800 00 00 01.");
                p.edit("helplines.toml", "\"FR\"", "\"CA-QC\"");
            },
            &["cards/autisme.toml:", "helpline `ecoute` answers in CA-QC only, and this card is for FR"],
        ),
        (
            "a card that has expired",
            |p| p.edit("cards/autisme.toml", "2099-12-31", "2025-12-31"),
            &["cards/autisme.toml:9:14", "card `autisme-1` has expired", "validated again"],
        ),
        (
            "a validated card without validator and date",
            |p| p.edit("cards/autisme.toml", "\"example\"", "\"validated\""),
            &["card `autisme-1`", "must not be empty", "is not a date"],
        ),
        (
            "a card without source",
            |p| p.edit("cards/autisme.toml", "[[card.source]]", "[[card.sauce]]"),
            &["cards/autisme.toml:1:1", "missing field `source`"],
        ),
        (
            "a version that was not raised",
            |p| p.edit("pack.toml", "Essai", "Essais"),
            &["pack.toml:3:11", "changed since version 0.1.0", "raise it, to 0.1.1"],
        ),
        (
            "a version that is lower",
            |p| p.edit("pack.toml", "0.1.0", "0.0.1"),
            &["pack.toml:3:11", "0.0.1 is lower than 0.1.0", "raise it, to 0.1.1"],
        ),
        (
            "a card by another id",
            |p| {
                p.edit("pack.toml", "0.1.0", "0.2.0");
                p.edit("cards/autisme.toml", "autisme-1", "autisme-2");
            },
            &["card `autisme-1` was published and is gone", "--retire autisme-1"],
        ),
        (
            "another pack in its place",
            |p| p.edit("pack.toml", "id = \"essai\"", "id = \"autre\""),
            &["pack `essai` was published and is gone", "--retire essai"],
        ),
        (
            "a topic that is gone",
            |p| {
                p.edit("pack.toml", "0.1.0", "0.2.0");
                p.edit("pack.toml", "id = \"vaccination\"", "id = \"vaccins\"");
                p.edit("claims.toml", "topic = \"vaccination\"", "topic = \"vaccins\"");
            },
            &["topic `vaccination` was published and is gone"],
        ),
    ];
    for (name, edit, whys) in cases {
        let publisher = Publisher::new();
        publisher.publish(&options(1)).expect("published");
        edit(&publisher);
        for why in whys {
            println!("{name}");
            publisher.refused(&options(2), why);
        }
    }
}

#[test]
fn an_id_that_goes_is_never_used_again() {
    let publisher = Publisher::new();
    publisher.publish(&options(1)).expect("published");
    publisher.edit("pack.toml", "0.1.0", "0.2.0");
    publisher.edit("cards/autisme.toml", "autisme-1", "autisme-2");
    let retire = PublishOptions { retire: vec!["autisme-1".into()], ..options(2) };
    publisher.publish(&retire).expect("it was said that it goes");
    publisher.edit("pack.toml", "0.2.0", "0.3.0");
    publisher.publish(&options(3)).expect("once is enough");
    publisher.edit("pack.toml", "0.3.0", "0.4.0");
    let back = PublishOptions { retire: vec!["autisme-2".into()], ..options(4) };
    publisher.edit("cards/autisme.toml", "autisme-2", "autisme-1");
    publisher.refused(&back, "cards/autisme.toml:2:6");
    publisher.refused(&back, "card `autisme-1` was published before and went for good");
}

#[test]
fn a_card_that_expires_soon_is_a_warning() {
    let publisher = Publisher::new();
    publisher.edit("cards/autisme.toml", "2099-12-31", "2026-01-31");
    let mut packs = [rejoinder_cli::pack::Authored::read(&publisher.root.path().join("pack"))];
    rejoinder_cli::pack::review(&mut packs, &publisher.published(), &options(1));
    assert_eq!((packs[0].errors(), packs[0].warnings()), (0, 1));
    assert!(packs[0].render(false).contains("expires before this publication does (2026-02-01)"));
    publisher.edit("cards/autisme.toml", "2026-01-31", "2026-02-01");
    let mut packs = [rejoinder_cli::pack::Authored::read(&publisher.root.path().join("pack"))];
    rejoinder_cli::pack::review(&mut packs, &publisher.published(), &options(1));
    assert_eq!((packs[0].errors(), packs[0].warnings()), (0, 0));
}

#[test]
fn what_changed_is_told_by_id() {
    let publisher = Publisher::new();
    publisher.publish(&options(1)).expect("published");
    publisher.edit("pack.toml", "0.1.0", "0.1.1");
    publisher.edit("cards/autisme.toml", "aucun lien", "pas de lien");
    publisher.publish(&options(2)).expect("published");
    publisher.publish(&options(3)).expect("prolonged");
    let text = String::from_utf8(publisher.file("changelog.md")).expect("UTF-8");
    let wants = [
        "## Publication 3, 2026-01-01T00:00:00Z\n\n- valid until 2026-02-01T00:00:00Z\n\n## Publication 2,",
        "- pack `essai` (Essai): changed\n  - version: ~~0.1.0~~**0.1.1**\n",
        "- card `autisme-1` (Aucun lien avec l'autisme): changed\n  - variant/court: ",
        " études ne montrent ~~aucun~~**pas de** lien : {source}, {?Où lire …\n",
    ];
    for want in wants {
        assert!(text.contains(want), "{want}: {text}");
    }
    let log = publisher.published().changelog;
    assert_eq!(log.publications.iter().map(|entry| entry.index).collect::<Vec<_>>(), [Some(3), Some(2), Some(1)]);
    assert_eq!(log.publications[0].changes, []);
    assert!(log.publications[2].changes.iter().all(|change| change.texts.is_empty()), "they are in the packs");
    // A client with an older index from a cache may ask until that expires.
    let wanted: Vec<_> = log.wanted().into_iter().collect();
    assert_eq!(
        wanted,
        [("essai-0.1.0.json", time("2026-02-01T00:00:00Z")), ("essai-0.1.1.json", time("2026-02-01T00:00:00Z"))]
    );
}

#[test]
fn a_recall_is_urgent_and_then_carried_on() {
    let publisher = Publisher::new();
    let cards = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let now = validity("2026-01-02T00:00:00Z");
    assert!(recall(&publisher.published(), &cards(&["autisme-1"]), &now).is_err(), "nothing is published yet");
    publisher.publish(&options(1)).expect("published");
    let before = listing(&publisher.out());
    for (ids, why) in [(&["autisme-2"][..], "(`autisme-1`?)"), (&["autisme-1", "x"], "no card `x` was published here")]
    {
        let error = recall(&publisher.published(), &cards(ids), &now).expect_err("refused").to_string();
        assert!(error.contains(why), "{error}");
    }
    let early = recall(&publisher.published(), &cards(&["autisme-1"]), &validity("2026-01-01T00:00:00Z"));
    assert!(early.expect_err("refused").to_string().contains("issued later"));
    assert_eq!(listing(&publisher.out()), before);

    publisher.draft(|p| recall(p, &cards(&["autisme-1"]), &now)).expect("recalled");
    assert_eq!((publisher.urgent().serial, publisher.urgent().recalls), (1, cards(&["autisme-1"])));
    assert_eq!(publisher.file("index.json"), before.iter().find(|(p, _)| p.ends_with("index.json")).expect("one").1);
    let again = recall(&publisher.published(), &cards(&["autisme-1"]), &now).expect_err("refused");
    assert!(again.to_string().contains("already taken back"), "{again}");

    let index = publisher.publish(&later(2, "2026-01-03T00:00:00Z")).expect("published");
    assert_eq!(index.recalls, ["autisme-1"]);
    let list = publisher.urgent();
    assert_eq!((list.serial, list.issued, list.expires), (2, index.issued, index.expires));
    let log = publisher.published().changelog.publications;
    assert_eq!(log.iter().map(|entry| entry.recalls.len()).collect::<Vec<_>>(), [0, 1, 0], "told once");
}

#[test]
fn adapters_are_switched_off_and_on() {
    let publisher = Publisher::new();
    let site = "\n[[site]]\nid = \"forum\"\nname = \"Forum\"\n[[site.generation]]\nid = \"a\"\ndetect = \"main\"\npost = \"p\"\n";
    publisher.edit("pack.toml", "title = \"Vaccination\"", &format!("title = \"Vaccination\"{site}"));
    publisher.publish(&options(1)).expect("published");
    let off = |site: &'static str, day| publisher.draft(|p| switch_off(p, site, &validity(day)));
    let on = |site: &'static str, day| publisher.draft(|p| switch_on(p, site, &validity(day)));
    for (got, why) in
        [(off("fora", "2026-01-02T00:00:00Z"), "(`forum`?)"), (on("forum", "2026-01-02T00:00:00Z"), "not switched off")]
    {
        let error = got.expect_err("refused").to_string();
        assert!(error.contains(why), "{error}");
    }
    off("forum", "2026-01-02T00:00:00Z").expect("off");
    assert!(off("forum", "2026-01-03T00:00:00Z").expect_err("refused").to_string().contains("off already"));
    assert_eq!(publisher.urgent().sites_off, ["forum"]);
    on("forum", "2026-01-03T00:00:00Z").expect("on, by a list alone");
    assert_eq!((publisher.urgent().serial, publisher.published().index.expect("one").serial), (2, 1));
    assert!(publisher.published().sites_off().is_empty());

    off("forum", "2026-01-04T00:00:00Z").expect("off");
    let index = publisher.publish(&later(2, "2026-01-05T00:00:00Z")).expect("published");
    assert_eq!(index.sites_off, ["forum"], "carried on");
    on("forum", "2026-01-06T00:00:00Z").expect("on, by an index too");
    let index = publisher.published().index.expect("one");
    assert_eq!((index.serial, index.sites_off.len(), index.expires), (3, 0, options(1).expires));
    assert!(publisher.published().sites_off().is_empty());

    // A list that an index has overtaken, as other tools may leave one, switches nothing off.
    let mut list = publisher.urgent();
    list.sites_off = vec!["forum".into()];
    for (issued, want) in [("2026-01-05T00:00:00Z", 0), ("2026-01-07T00:00:00Z", 1)] {
        list.issued = time(issued);
        let json = serde_json::to_vec(&list).expect("JSON");
        fs::write(publisher.out().join("urgent.json"), json).expect("written");
        assert_eq!(publisher.published().sites_off().len(), want, "{issued}");
    }
}

#[test]
fn a_key_is_announced_and_changed() {
    let publisher = Publisher::new();
    let next = generate_key().expect("a key");
    publisher.publish(&options(1)).expect("published");
    publisher.draft(|p| recall(p, &["autisme-1".into()], &validity("2026-01-02T00:00:00Z"))).expect("recalled");
    let day = validity("2026-01-03T00:00:00Z");
    let not_announced = rotate(&publisher.published(), &next.public(), false, &[], &day).expect_err("refused");
    assert!(not_announced.to_string().contains("was not announced"), "{not_announced}");
    assert!(rotate(&publisher.published(), &publisher.key.public(), true, &[], &day).is_err(), "the same");
    assert!(announce(&publisher.published(), &[publisher.key.public()], &day).is_err(), "the same");

    publisher.draft(|p| Ok(announce(p, &[next.public()], &day)?.0)).expect("announced");
    assert_eq!(publisher.published().index.expect("one").next_keys, [next.public()]);
    let day = validity("2026-01-04T00:00:00Z");
    let (draft, index) = rotate(&publisher.published(), &next.public(), true, &[], &day).expect("a draft");
    assert_eq!((index.recalls, index.next_keys.len()), (vec!["autisme-1".to_owned()], 0));
    let half = publisher.finish(draft, &[&next]);
    assert!(half.is_err(), "the old key has not stated that it is followed");
    let (draft, _) = rotate(&publisher.published(), &next.public(), true, &[], &day).expect("a draft");
    publisher.finish(draft, &[&publisher.key, &next]).expect("rotated");
    assert_eq!(read_key_file(&publisher.file("minisign.pub")), Ok(next.public()));
    assert_eq!(publisher.urgent().recalls, ["autisme-1"]);

    publisher.refused(&later(9, "2026-01-05T00:00:00Z"), "signed with another key");
    let back = rotate(&publisher.published(), &publisher.key.public(), true, &[], &validity("2026-01-05T00:00:00Z"));
    assert!(back.expect_err("refused").to_string().contains("no client comes back to it"));
    let publisher = Publisher { key: next, ..publisher };
    publisher.publish(&later(9, "2026-01-05T00:00:00Z")).expect("published");

    // Without the old key: only what was announced.
    let lost = generate_key().expect("a key");
    publisher.draft(|p| Ok(announce(p, &[lost.public()], &validity("2026-01-06T00:00:00Z"))?.0)).expect("announced");
    let day = validity("2026-01-07T00:00:00Z");
    let (draft, _) = rotate(&publisher.published(), &lost.public(), false, &[], &day).expect("a draft");
    publisher.finish(draft, &[&lost]).expect("rotated");

    // The chain has a gap now; its later part can be gone on with.
    let mut from = lost;
    for day in ["2026-01-08T00:00:00Z", "2026-01-09T00:00:00Z"] {
        let to = generate_key().expect("a key");
        let (draft, _) = rotate(&publisher.published(), &to.public(), true, &[], &validity(day)).expect("a draft");
        publisher.finish(draft, &[&from, &to]).expect("rotated");
        from = to;
    }
    let chain = rejoinder_engine::trust::Rotations::read(&publisher.file("rotations.json")).expect("read");
    assert_eq!(chain.rotations.len(), 3);
}

#[test]
fn a_draft_that_subscribers_would_not_take_is_not_written() {
    let publisher = Publisher::new();
    publisher.publish(&options(1)).expect("published");
    // Issued before what is published: to those who have that, it has expired already.
    let old =
        PublishOptions { issued: time("2025-11-01T00:00:00Z"), expires: time("2025-12-01T00:00:00Z"), ..options(2) };
    publisher.refused(&old, "a subscriber of the last publication would not take this");
    let mut early = validity("2026-01-02T00:00:00Z");
    early.expires = early.issued;
    assert!(recall(&publisher.published(), &["autisme-1".into()], &early).is_err());
}

#[test]
fn a_folder_that_is_not_whole_is_not_published_into() {
    let publisher = Publisher::new();
    publisher.publish(&options(1)).expect("published");
    let pack = publisher.out().join("essai-0.1.0.json");
    let bytes = fs::read(&pack).expect("read");
    fs::write(&pack, "{}").expect("written");
    publisher.refused(&options(2), "not the pack that the index names");
    fs::remove_file(&pack).expect("removed");
    publisher.refused(&options(2), "copy the whole published folder here again");
    fs::write(&pack, bytes).expect("written");
    fs::write(publisher.out().join("changelog.json"), "[").expect("written");
    publisher.refused(&options(2), "not a changelog");
}
