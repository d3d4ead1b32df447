//! Every row of the tables in `docs/queries.md`: its query finds something in its first text, and nothing in its second.

use rejoinder_engine::Engine;
use rejoinder_engine::pack::{Claim, Cue, CueKind, CueScope, Lexicon, Pack};
use rejoinder_wire::{Facts, Part, PartKind, Post};

/// Cells are parted by ` | `; a bar inside a cell is written `\|`.
fn rows(document: &str) -> Vec<[String; 4]> {
    let tables = document.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---"));
    let cells = tables.map(|line| {
        let line = line.replace("\\|", "\u{0}");
        line.trim_matches('|').split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<String>> = cells.filter(|cells| cells[0] != "what").collect();
    rows.into_iter().map(|cells| cells.try_into().unwrap_or_else(|row| panic!("not four cells: {row:?}"))).collect()
}

/// `⟨title⟩ … ⟨own⟩ …`, then facts as JSON; `⏎` is a line break.
fn post(text: &str) -> Post {
    let (text, facts) = match text.find('{') {
        Some(at) => (&text[..at], serde_json::from_str(&text[at..]).unwrap_or_else(|e| panic!("{text}: {e}"))),
        None => (text, Facts::default()),
    };
    let mut parts = Vec::new();
    for piece in text.split('⟨').filter(|piece| !piece.is_empty()) {
        let (kind, text) = piece.split_once('⟩').unwrap_or(("own", piece));
        let kind = match kind {
            "own" => PartKind::Own,
            "title" => PartKind::Title,
            "parent" => PartKind::Parent,
            "root" => PartKind::Root,
            "quote" => PartKind::Quote,
            _ => panic!("no part `{kind}`"),
        };
        parts.push(Part { kind, text: text.trim().replace('⏎', "\n") });
    }
    Post { id: 1, parts, facts, ..Post::default() }
}

fn pack(query: &str) -> Pack {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let cue = |kind, scope, list: &[&str]| Cue {
        kind,
        scope,
        reach: 12,
        clause: false,
        words: words(list),
        unknown: Default::default(),
    };
    let other = Claim { id: "SMOKE".into(), rule: "lex:tabac".into(), ..Claim::default() };
    let claim = Claim { id: "C".into(), rule: query.to_owned(), ..Claim::default() };
    Pack {
        claims: vec![claim, other],
        lexicons: vec![Lexicon { name: "tabac".into(), words: words(&["clope", "tabac"]), ..Lexicon::default() }],
        cues: vec![
            cue(CueKind::Negation, CueScope::Forward, &["ne"]),
            cue(CueKind::Report, CueScope::Forward, &["certains disent que"]),
            cue(CueKind::Testimony, CueScope::Forward, &["mon histoire"]),
            cue(CueKind::Irony, CueScope::Backward, &["😂"]),
            cue(CueKind::Uncertain, CueScope::Forward, &["peut etre que"]),
        ],
        ..Pack::default()
    }
}

#[test]
fn every_documented_query_does_what_it_says() {
    let rows = rows(include_str!("../../../docs/queries.md"));
    assert!(rows.len() > 50, "only {} rows: is the document still there?", rows.len());
    let mut wrong = Vec::new();
    for [what, query, finds, not] in rows {
        // The cell's first code is the query; others in it are its other names.
        let query = query.split('`').nth(1).unwrap_or_else(|| panic!("{what}: no query")).to_owned();
        let engine = match Engine::new(&[pack(&query)]) {
            Ok(engine) => engine,
            Err(e) => {
                wrong.push(format!("{what}: {query}: {e}"));
                continue;
            }
        };
        for (text, want) in [(finds, true), (not, false)] {
            let found = engine.read(&post(&text)).iter().any(|finding| finding.claim == "C");
            if found != want {
                let verb = if want { "does not find" } else { "finds" };
                wrong.push(format!("{what}: {query} {verb} {text:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
