//! One row for every operator and every trap of the writing of French that we know (`queries.jsonl`): a query, texts in
//! which it must find something, texts in which it must not. A word split by markup is the page script's to join, and
//! is tested there.

use rejoinder_engine::Engine;
use rejoinder_engine::pack::{Claim, Cue, CueKind, CueScope, Pack, Spelling};
use rejoinder_wire::{Part, PartKind, Post};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    id: String,
    operator: String,
    query: String,
    finds: Vec<String>,
    not: Vec<String>,
}

fn pack(query: &str) -> Pack {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let question = Cue {
        kind: CueKind::Question,
        scope: CueScope::Forward,
        reach: 0,
        clause: false,
        words: words(&["est-ce que"]),
        unknown: Default::default(),
    };
    let spelling =
        Spelling { word: "vaccin".into(), variants: words(&["vaxin", "vaksin", "vacsin"]), ..Spelling::default() };
    let claim = Claim { id: "C".into(), rule: query.to_owned(), ..Claim::default() };
    Pack { claims: vec![claim], spellings: vec![spelling], cues: vec![question], ..Pack::default() }
}

/// A text, or `body: … | quote: …`.
fn post(text: &str) -> Post {
    let part = |kind, text: &str| Part { kind, text: text.to_owned() };
    let fields = text.strip_prefix("body: ").and_then(|rest| rest.split_once(" | quote: "));
    match fields {
        None => Post::own(1, text),
        Some((body, quote)) => {
            Post { id: 1, parts: vec![part(PartKind::Own, body), part(PartKind::Quote, quote)], ..Post::default() }
        }
    }
}

#[test]
fn every_query_finds_what_it_must_and_nothing_else() {
    let rows: Vec<Row> = include_str!("queries.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}")))
        .collect();
    assert_eq!(rows.len(), 67);
    let mut wrong = Vec::new();
    for Row { id, operator, query, finds, not } in rows {
        let engine = match Engine::new(&[pack(&query)]) {
            Ok(engine) => engine,
            // A query of negatives only may be refused: it finds nothing then.
            Err(e) if finds.is_empty() => {
                assert!(e.to_string().contains("negatives only"), "{id}: {e}");
                continue;
            }
            Err(e) => panic!("{id}: {query}: {e}"),
        };
        let texts = finds.iter().map(|text| (text, true)).chain(not.iter().map(|text| (text, false)));
        for (text, want) in texts {
            let found = engine.read(&post(text));
            if found.is_empty() == want {
                let what = if want { "finds nothing in" } else { "finds something in" };
                wrong.push(format!("{id} ({operator}): {query} {what} {text:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
