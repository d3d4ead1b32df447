//! Whatever the text, every span cuts it at characters, and is what the finding says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rejoinder_engine::Engine;
use rejoinder_engine::pack::{Claim, Pack, Spelling};
use rejoinder_wire::Post;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let claim = |(id, rule): (usize, &str)| Claim { id: format!("C{id}"), rule: rule.into(), ..Claim::default() };
    let rules = [
        "an* OR en* OR in* OR *es OR *ou* OR a OR vaccin OR 5g OR \"l'ivg\"",
        "💉 OR #a* OR @a* OR /[0-9]+/ OR /\\w\\W\\w/ OR raw:\"!\"",
        "son:vaccin OR lemma:fumer OR vaccination~1 OR stem:vacciner OR accent:été OR !ROR",
        "SENT(an* NEAR/3 en*) OR 2 OF (ae*, ie*, ou*) OR \"le * vaccin\" OR \"un deux trois\"~4",
    ];
    let spelling = Spelling { word: "vaccin".into(), variants: vec!["vaxin".into()], ..Spelling::default() };
    let claims = rules.into_iter().enumerate().map(claim).collect();
    Engine::new(&[Pack { claims, spellings: vec![spelling], ..Pack::default() }]).expect("the rules are sound")
});

fuzz_target!(|text: &str| {
    let post = Post::own(0, text);
    let units: Vec<u16> = text.encode_utf16().collect();
    for finding in ENGINE.read(&post) {
        let mut last = 0;
        for span in &finding.spans {
            assert!(span.start >= last && span.start < span.end, "{finding:?}");
            last = span.end;
            let cut = String::from_utf16(&units[span.start as usize..span.end as usize]).expect("cut at characters");
            assert!(text.contains(&cut));
            let of = |word: &str| cut.contains(word) || word.contains(&cut);
            assert!(finding.why.words.iter().any(|word| of(&word.text)), "{finding:?}");
        }
    }
});
