//! Any query on any text, which a line feed parts: it is read, it is read the same from a saved engine, and it can be
//! explained.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rejoinder_engine::Engine;
use rejoinder_engine::pack::{Claim, Cue, CueKind, CueScope, Lexicon, Pack};
use rejoinder_wire::{Part, PartKind, Post};

fuzz_target!(|input: &str| {
    let Some((query, text)) = input.split_once('\n') else { return };
    let cue = |kind, scope, word: &str| Cue {
        kind,
        scope,
        reach: 0,
        clause: false,
        words: vec![word.into()],
        unknown: Default::default(),
    };
    let pack = Pack {
        claims: vec![Claim { id: "C".into(), rule: query.into(), ..Claim::default() }],
        lexicons: vec![Lexicon { name: "x".into(), words: vec!["a".into(), "le vaccin".into()], ..Lexicon::default() }],
        cues: vec![
            cue(CueKind::Negation, CueScope::Both, "pas"),
            cue(CueKind::Stop, CueScope::Forward, "mais"),
            cue(CueKind::Answer, CueScope::Forward, "non"),
        ],
        ..Pack::default()
    };
    let Ok(engine) = Engine::new(std::slice::from_ref(&pack)) else { return };
    let mut parts = vec![Part { kind: PartKind::Own, text: text.into() }];
    if let Some((quote, own)) = text.split_once('>') {
        parts =
            vec![Part { kind: PartKind::Quote, text: quote.into() }, Part { kind: PartKind::Own, text: own.into() }];
    }
    let post = Post { id: 1, parts, ..Post::default() };
    let found = engine.read(&post);
    let again = Engine::load(&engine.save()).expect("what was saved");
    assert_eq!(again.read(&post), found);
    pack.explain(query, &post).expect("a query that was compiled");
});
