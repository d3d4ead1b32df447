use super::ALL;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Used by the page's script when the wasm does not start, and so not through this crate.
const BY_SCRIPT: [&str; 1] = ["start_failed"];

fn file(name: &str) -> String {
    let path = format!("{}/../../extension/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn locale(language: &str) -> BTreeMap<String, String> {
    let json: BTreeMap<String, Value> =
        serde_json::from_str(&file(&format!("_locales/{language}/messages.json"))).unwrap();
    json.into_iter().map(|(key, value)| (key, value["message"].as_str().unwrap().to_owned())).collect()
}

fn keys(locale: &BTreeMap<String, String>) -> BTreeSet<&str> {
    locale.keys().map(String::as_str).collect()
}

/// Keys that the manifest names as `__MSG_key__`.
fn manifest_keys(manifest: &str) -> BTreeSet<&str> {
    manifest.split("__MSG_").skip(1).filter_map(|rest| rest.split("__").next()).collect()
}

#[test]
fn both_languages_have_every_key_that_is_used_and_no_other() {
    let manifest = file("manifest.json");
    let mut used = manifest_keys(&manifest);
    assert!(!used.is_empty(), "the manifest names its texts by key");
    used.extend(ALL.iter().map(|message| message.key()));
    used.extend(BY_SCRIPT);
    for language in ["fr", "en"] {
        let locale = locale(language);
        let missing: Vec<_> = used.difference(&keys(&locale)).copied().collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
        let idle: Vec<_> = keys(&locale).difference(&used).copied().map(str::to_owned).collect();
        assert!(idle.is_empty(), "{language} has texts that nothing uses: {idle:?}");
        assert_eq!(locale["language"], language);
    }
}

#[test]
fn a_key_of_the_scripts_is_used_by_them() {
    let script = file("panel.ts");
    for key in BY_SCRIPT {
        assert!(script.contains(&format!("\"{key}\"")), "panel.ts does not use {key}");
    }
}

#[test]
fn both_languages_fill_the_same_places() {
    let places = |text: &str| -> BTreeSet<char> { text.split('$').skip(1).filter_map(|s| s.chars().next()).collect() };
    let (fr, en) = (locale("fr"), locale("en"));
    for (key, text) in &fr {
        assert!(!text.trim().is_empty() && !en[key].trim().is_empty(), "{key} says nothing");
        assert_eq!(places(text), places(&en[key]), "{key}");
    }
}

/// A line may not break before a double sign nor inside guillemets.
#[test]
fn french_double_signs_have_their_hard_space() {
    for (key, text) in locale("fr") {
        let signs: Vec<char> = text.chars().collect();
        for (at, sign) in signs.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| signs[at]);
            if matches!(sign, ':' | ';' | '!' | '?' | '»') {
                assert_eq!(before, Some('\u{a0}'), "{key}: {text}");
            }
            if *sign == '«' {
                assert_eq!(signs.get(at + 1), Some(&'\u{a0}'), "{key}: {text}");
            }
            assert_ne!(*sign, '\'', "{key} has a typewriter apostrophe: {text}");
        }
    }
}
