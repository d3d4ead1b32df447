//! Every generation of every adapter of this repository, on a page in its structure: `tests/sites/SITE-GENERATION.html`.

use rejoinder_cli::pack::Authored;
use rejoinder_cli::page::{self, Document, Expected, PageScore, Ways};
use rejoinder_wire::Site;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sites() -> Vec<Site> {
    let authored = Authored::read(&root().join("rules/packs/vaccination"));
    assert_eq!(authored.errors(), 0, "{}", authored.render(false));
    authored.pack().sites.clone()
}

fn read(name: &str) -> (Document, Vec<Expected>) {
    let path = |ending: &str| root().join("tests/sites").join(format!("{name}.{ending}"));
    let html = std::fs::read(path("html")).unwrap_or_else(|e| panic!("{name}: {e}"));
    let json = std::fs::read(path("expected.json")).unwrap_or_else(|e| panic!("{name}: {e}"));
    (Document::parse(&html), serde_json::from_slice(&json).unwrap_or_else(|e| panic!("{name}: {e}")))
}

/// Among all adapters its own is chosen, and it finds every post, word for word, and nothing else.
#[test]
fn every_generation_reads_its_page() {
    let sites = sites();
    let mut known = BTreeSet::new();
    let mut wrong = Vec::new();
    for site in &sites {
        for generation in &site.generations {
            let name = format!("{}-{}", site.id, generation.id);
            let (document, expected) = read(&name);
            let reading =
                page::posts(&document, &sites, Ways::Any).unwrap().unwrap_or_else(|| panic!("{name}: no posts"));
            let score = PageScore::of(&name, Some(reading.way), &reading.posts, &expected);
            if reading.by != name || !score.is_perfect() || score.exact != score.expected {
                wrong.push(format!("{name} read by {}: {score:#?}", reading.by));
            }
            known.insert(name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let pages = page::files(&root().join("tests/sites")).unwrap();
    let idle: Vec<_> = pages.iter().filter(|p| !known.contains(&*p.file_stem().unwrap().to_string_lossy())).collect();
    assert!(idle.is_empty(), "pages of no adapter: {idle:?}");
}

/// Each says where it was seen, and when: what is old can be looked at again.
#[test]
fn every_generation_says_where_it_was_seen() {
    for site in sites() {
        for generation in &site.generations {
            let name = format!("{}-{}", site.id, generation.id);
            assert!(generation.evidence.len() > 10, "{name} gives no evidence");
            let date = generation.seen.parse::<jiff::civil::Date>();
            assert!(date.is_ok(), "{name} was seen {:?}", generation.seen);
        }
    }
}
