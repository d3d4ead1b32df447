//! What subscribers cost a server: counted with the client's own steps and times, on the example packs. The table of
//! `docs/updates.md` is made of it: `cargo test -p rejoinder-cli --test traffic -- --nocapture` prints both parts.

use jiff::{SignedDuration, Timestamp};
use rejoinder_cli::pack::Authored;
use rejoinder_cli::{KeyPair, PublishOptions, generate_key, publish};
use rejoinder_engine::pack::Pack;
use rejoinder_engine::trust::{Answer, File, Period, Request, Scope, State, Step, Turn, Update};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Bytes of a connection, both ways: TLS 1.3 with a chain of two certificates. Checks are too far apart to share one.
const CONNECTION: u64 = 5_000;
/// Bytes of a request and the head of its answer.
const HEADS: u64 = 600;
/// What a day is looked at for.
const CLIENTS: [u64; 3] = [100, 10_000, 1_000_000];

/// What was asked.
#[derive(Default)]
struct Count {
    checks: u64,
    requests: u64,
    bodies: u64,
}

impl Count {
    fn bytes(&self) -> u64 {
        self.checks * CONNECTION + self.requests * HEADS + self.bodies
    }
}

struct Client<'a> {
    folder: &'a Path,
    state: State,
    packs: BTreeMap<String, Pack>,
    count: Count,
}

impl Client<'_> {
    fn check(&mut self, scope: Scope, now: Timestamp) -> (bool, bool) {
        self.count.checks += 1;
        let mut step = Update::begin(self.state.clone(), scope, true, now);
        loop {
            match step {
                Step::Fetch(request, update) => {
                    let answer = self.answer(&request);
                    step = update.got(answer, &|entry| self.packs.get(&entry.sha256).cloned());
                }
                Step::Done(done) => {
                    self.state = done.state;
                    if let Some(update) = done.update {
                        self.state.take(&update, now);
                        self.packs = update.packs.iter().map(|p| (p.sha256.clone(), p.pack.clone())).collect();
                    }
                    return (done.index.is_some(), done.urgent.is_some());
                }
            }
        }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        self.count.requests += 1;
        let Ok(bytes) = std::fs::read(self.folder.join(&request.name)) else {
            assert_eq!(request.file, File::Urgent, "{}", request.name);
            return Answer::Missing;
        };
        let etag = Some(format!(
            "\"{}\"",
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        ));
        if request.etag == etag {
            return Answer::Unchanged;
        }
        self.count.bodies += bytes.len() as u64;
        Answer::Body { bytes, etag }
    }

    /// A day of a client that is never switched off.
    fn day(&mut self, begin: Timestamp) {
        let end = begin + SignedDuration::from_hours(24);
        let spread = 1 << 30;
        let asked = |period| Turn::default().asked(period, begin, None);
        let (mut index, mut urgent) = (asked(Period::Index), asked(Period::Urgent));
        let mut now = begin;
        loop {
            let times = (index.next(Period::Index, spread, now), urgent.next(Period::Urgent, spread, now));
            let (Some(next_index), Some(next_urgent)) = times else { panic!("due twice at {now}") };
            now = next_index.min(next_urgent);
            if now >= end {
                return;
            }
            let scope = if next_index <= next_urgent { Scope::Whole } else { Scope::Urgent };
            let (of_index, of_urgent) = self.check(scope, now);
            if of_index {
                index = index.asked(Period::Index, now, None);
            }
            if of_urgent {
                urgent = urgent.asked(Period::Urgent, now, None);
            }
        }
    }
}

#[test]
fn what_subscribers_cost() {
    let folder = tempfile::tempdir().expect("a folder");
    let key: KeyPair = generate_key().expect("a key");
    let begin: Timestamp = "2026-01-15T00:00:00Z".parse().expect("a time");
    let options = PublishOptions {
        publisher: "Agence d’exemple".into(),
        serial: 1,
        issued: begin,
        expires: begin + SignedDuration::from_hours(24 * 30),
        ..PublishOptions::default()
    };
    // Which pack it is does not matter to a day on which nothing is new, and this one is published fast.
    publish(&[PathBuf::from("tests/good")], folder.path(), &key, &options).expect("published");

    let count = Count::default();
    let state = State::pinned(&key.public());
    let mut client = Client { folder: folder.path(), state, packs: BTreeMap::new(), count };
    client.check(Scope::Whole, begin);
    let Count { checks, requests, bodies } = std::mem::take(&mut client.count);
    let examples = examples();
    let first = Count { checks, requests: requests + examples.len() as u64 - 1, bodies: bodies + sum(&examples) };
    client.day(begin);
    let quiet = std::mem::take(&mut client.count);

    let mut table = String::from(
        "| clients | requests a day | a second | bytes a day, nothing new | bytes of a first subscription |\n\
         |---:|---:|---:|---:|---:|\n",
    );
    for clients in CLIENTS {
        let requests = clients * quiet.requests;
        // Two digits are enough for what is sent per second.
        let second = format!("{:.2}", f64::from(u32::try_from(requests).expect("small")) / 86_400.0);
        table += &format!(
            "| {} | {} | {second} | {} | {} |\n",
            figure(clients),
            figure(requests),
            size(clients * quiet.bytes()),
            size(clients * first.bytes()),
        );
    }
    println!("{table}");
    println!("a day of one client: {} checks, {} requests", quiet.checks, quiet.requests);
    for (name, bytes) in &examples {
        println!("{name}: {bytes} bytes");
    }
    assert_eq!(quiet.bodies, 0, "nothing new, nothing sent");

    // All but the last column, which follows the packs.
    let docs = std::fs::read_to_string("../../docs/updates.md").expect("docs/updates.md");
    for line in table.lines().skip(2) {
        let (line, _) = line.trim_end_matches(" |").rsplit_once('|').expect("columns");
        assert!(docs.contains(line), "docs/updates.md has another line than:\n{line}");
    }
}

/// The example packs as they are published, with their sizes.
fn examples() -> BTreeMap<String, u64> {
    let folders = std::fs::read_dir("../../rules/packs").expect("packs").map(|entry| entry.expect("readable").path());
    let size = |folder: PathBuf| {
        let authored = Authored::read(&folder);
        let bytes = serde_json::to_vec(authored.pack()).expect("a form");
        (authored.pack().id.clone(), bytes.len() as u64)
    };
    folders.filter(|folder| folder.join("pack.toml").is_file()).map(size).collect()
}

fn sum(sizes: &BTreeMap<String, u64>) -> u64 {
    sizes.values().sum()
}

fn figure(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn size(bytes: u64) -> String {
    let units = [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    let (unit, of) = units.into_iter().find(|(_, of)| bytes >= *of).unwrap_or(("B", 1));
    // Tenths are whole numbers here.
    let tenths = bytes * 10 / of;
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}
