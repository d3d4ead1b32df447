//! Packs that are wrong, one folder each under `bad/`, and what is said of them: every line of it, places included.
//! After a wanted change run with `REJOINDER_BLESS=1`, and read the difference before it is committed.

use rejoinder_cli::pack::Authored;
use rejoinder_engine::pack::{Changed, Pack};
use std::fs;
use std::path::Path;

/// What `rejoinder test` says of the pack, without colours.
fn said(folder: &Path) -> String {
    let mut authored = Authored::read(folder);
    authored.test();
    format!("{}{} errors, {} warnings\n", authored.render(false), authored.errors(), authored.warnings())
}

#[test]
fn every_problem_is_said_at_its_place() {
    let mut folders: Vec<_> =
        fs::read_dir("tests/bad").expect("there").map(|entry| entry.expect("readable").path()).collect();
    folders.sort();
    assert!(folders.len() >= 8, "{folders:?}");
    let mut differing = Vec::new();
    for folder in folders {
        let have = said(&folder);
        let file = folder.join("expected.txt");
        if std::env::var_os("REJOINDER_BLESS").is_some() {
            fs::write(&file, &have).expect("written");
            continue;
        }
        let want = fs::read_to_string(&file).expect("an expected.txt");
        if have != want {
            differing.push(format!("=== {}\n--- wanted\n{want}\n--- said\n{have}", folder.display()));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn a_folder_that_is_no_pack_is_said_to_be_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = said(folder.path());
    assert!(said.contains("pack.toml") && said.contains("a pack is a folder"), "{said}");
    assert!(said.ends_with("1 errors, 0 warnings\n"), "{said}");
}

#[test]
fn the_good_pack_is_good() {
    let mut authored = Authored::read(Path::new("tests/good"));
    let tests = authored.test();
    assert_eq!(authored.render(false), "");
    assert_eq!(tests.len(), 1);
    assert_eq!((tests[0].must.passed, tests[0].must_not.passed, tests[0].todo.all), (2, 2, 1));
    let pack = authored.pack();
    assert_eq!((pack.claims.len(), pack.cards.len(), pack.lexicons.len(), pack.cues.len()), (1, 1, 1, 1));
    assert_eq!(
        pack.cards[0].variants[0].text,
        "[[Bonjour,]]\nles études ne montrent aucun lien : {source}, {?Où lire la suite ?|sur le site}"
    );
    let policy = &pack.reply;
    assert_eq!((policy.changed, policy.paces.len(), policy.paces[0].most), (Changed::Flag, 1, 3));
    let published = serde_json::to_vec(pack).expect("written");
    assert_eq!(&Pack::from_json(&published).expect("read"), pack);
    assert!(pack.unknown.is_empty(), "`include` is not part of a pack: {:?}", pack.unknown);
}
