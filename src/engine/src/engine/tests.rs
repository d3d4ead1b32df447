//! The engine's tables: one case a line, in named groups; a failure prints everything that explains it.

use super::Engine;
use crate::pack::{Claim, Cue, CueKind, CueScope, Lexicon, Pack};
use rejoinder_wire::{Part, PartKind, Post, Stance};

/// A query against texts that it must and must not find.
struct Case {
    name: &'static str,
    rule: &'static str,
    finds: &'static [&'static str],
    not: &'static [&'static str],
}

const BASICS: &[Case] = &[
    Case { name: "word", rule: "ivg", finds: &["l'IVG est un droit", "IVG."], not: &["livgarde", "IVGC123", ""] },
    Case {
        name: "and",
        rule: "vaccin AND autisme",
        finds: &["vaccin = autisme", "autisme.\n\nUn vaccin"],
        not: &["vaccin"],
    },
    Case { name: "or", rule: "clope OU tabac", finds: &["une clope", "du tabac"], not: &["tabatière"] },
    Case {
        name: "not",
        rule: "vaccin NOT (chien OR chat)",
        finds: &["vaccin mardi"],
        not: &["vaccin du chat", "chien"],
    },
    Case {
        name: "precedence",
        rule: "ror OR rougeole vaccin",
        finds: &["le ROR", "vaccin rougeole"],
        not: &["rougeole", "vaccin"],
    },
    Case {
        name: "phrase",
        rule: "\"pilule du lendemain\"",
        finds: &["PILULE  DU\nlendemain", "pilule, du lendemain"],
        not: &["pilule du surlendemain", "la pilule. Du lendemain"],
    },
    Case {
        name: "phrase, prefix of another",
        rule: "\"big pharma\" OR \"big pharmacie\"",
        finds: &["Big Pharma", "big pharmacie"],
        not: &["big pharmacien", "bigpharma"],
    },
    Case {
        name: "phrase with wildcard",
        rule: "\"vaccin* tue*\"",
        finds: &["les vaccins tuent", "vaccin 💉 tue"],
        not: &["vaccins. Tuer le temps", "tue vaccin"],
    },
    Case {
        name: "near",
        rule: "vaccin NEAR/3 mort",
        finds: &["vaccin cause la mort", "mort par vaccin"],
        not: &["vaccin qui cause la mort", "vaccin. Mort"],
    },
    Case {
        name: "near 1",
        rule: "mort NEAR/1 subite",
        finds: &["mort subite", "subite mort"],
        not: &["mort hier, subite"],
    },
    Case {
        name: "ordered",
        rule: "arrêter AVANT/5 insuline",
        finds: &["arrêter son insuline"],
        not: &["insuline à arrêter"],
    },
    Case {
        name: "ordered, f",
        rule: "vaccin NEAR/5f tue",
        finds: &["le vaccin, lui, il tue"],
        not: &["tue le vaccin"],
    },
    Case {
        name: "near groups",
        rule: "(pilule OR ivg) NEAR/3 (stérile OR stérilité)",
        finds: &["stérilité après IVG"],
        not: &["pilule oubliée. Compresse stérile"],
    },
    Case {
        name: "near chain",
        rule: "a1 NEAR/2 b1 NEAR/2 c1",
        finds: &["c1 a1 b1", "a1 b1 c1", "a1 c1 b1"],
        not: &["c1 x x x a1 b1"],
    },
    Case {
        name: "near itself",
        rule: "vaccin* NEAR/3 vaccination",
        finds: &["vaccin et vaccination"],
        not: &["vaccination"],
    },
    Case { name: "near any right", rule: "a1 NEAR/2 (b1 NEAR/1 c1)", finds: &["a1 x b1 c1"], not: &["a1 b1 x x c1"] },
    Case { name: "suffix wildcard", rule: "vaccin*", finds: &["se faire vacciner"], not: &["vacancier"] },
    Case { name: "prefix wildcard", rule: "*vax", finds: &["les antivax", "vax"], not: &["vaxer"] },
    Case { name: "inner wildcard", rule: "vac?in", finds: &["vacin", "vaccin"], not: &["vacan", "vain"] },
    Case {
        name: "lexicon",
        rule: "lex:piqures tue",
        finds: &["ce jab tue", "la petite piqûre tue"],
        not: &["piqûre tue"],
    },
];

const FOLDING: &[Case] = &[
    Case {
        name: "accents",
        rule: "dépression",
        finds: &["depression", "DÉPRESSION", "de\u{301}pression"],
        not: &["pression"],
    },
    Case { name: "accent:", rule: "accent:jeûne", finds: &["le Jeûne", "jeu\u{302}ne"], not: &["jeune", "jeûner"] },
    Case { name: "accent: wildcard", rule: "accent:jeûn*", finds: &["jeûner"], not: &["jeunes"] },
    Case { name: "case:", rule: "case:ROR", finds: &["Le ROR à 12 mois"], not: &["ror de joie", "Ror"] },
    Case { name: "case: phrase", rule: "case:\"Mme ROR\"", finds: &["Mme ROR"], not: &["mme ROR", "Mme ror"] },
    Case { name: "ligature", rule: "œdème", finds: &["un oedème", "œdeme"], not: &["edem"] },
    Case {
        name: "apostrophes", rule: "\"l'ivg\"", finds: &["l’IVG", "lʼIVG", "l`IVG", "l ivg"], not: &["l ivoire"]
    },
    Case {
        name: "hyphens",
        rule: "anti-vaccin",
        finds: &["anti‑vaccin", "anti vaccin"],
        not: &["anti-inflammatoire et vaccin"],
    },
    Case {
        name: "unseen",
        rule: "vaccin",
        finds: &["vac\u{200b}cin", "vac\u{ad}cin", "v\u{200d}accin"],
        not: &["vaquin"],
    },
    Case { name: "full width", rule: "vaccin", finds: &["ｖａｃｃｉｎ"], not: &["ｖａｃｈｅ"] },
    Case { name: "leet", rule: "vaccin", finds: &["v@ccin", "v4cc1n", "VACC1N", "va€€in"], not: &["v8 motor"] },
    Case { name: "leet phrase", rule: "\"vaccin tue\"", finds: &["v@cc1n tu3"], not: &["v@cc1n ne tue"] },
    Case { name: "numbers stay", rule: "sos", finds: &["s0s"], not: &["Peugeot 505", "50 s"] },
    Case { name: "elongation", rule: "accro", finds: &["accroooo au tabac"], not: &["acro"] },
    Case { name: "acronym", rule: "ror", finds: &["le R.O.R. demain", "R.O.R"], not: &["terror", "r. Ortega"] },
    Case {
        name: "addresses",
        rule: "vaccin",
        finds: &["#vaccin"],
        not: &["https://exemple.fr/vaccin/page", "@vaccin_info", "www.vaccin.fr"],
    },
];

const REGRESSION: &[Case] = &[
    Case { name: "a word that ends the text", rule: "fin", finds: &["fin", "la fin"], not: &["final"] },
    Case {
        name: "the other reading keeps its neighbours",
        rule: "\"le vaccin\"",
        finds: &["lé v@ccin", "le vacciiiin"],
        not: &["v@ccin le"],
    },
];

fn claim(rule: &str) -> Claim {
    Claim { id: "C".into(), topic: "t".into(), title: "C".into(), harm: 2, rule: rule.into(), ..Claim::default() }
}

fn pack(rule: &str) -> Pack {
    let cue = |kind, scope, reach, clause, words: &[&str]| Cue {
        kind,
        scope,
        reach,
        clause,
        words: words.iter().map(|w| (*w).to_owned()).collect(),
        unknown: Default::default(),
    };
    Pack {
        id: "p".into(),
        version: "1.0.0".into(),
        claims: vec![claim(rule)],
        lexicons: vec![Lexicon {
            name: "piqures".into(),
            words: vec!["jab".into(), "petite piqûre".into()],
            ..Lexicon::default()
        }],
        cues: vec![
            cue(
                CueKind::Negation,
                CueScope::Forward,
                0,
                false,
                &["aucun lien", "faux que", "n'est pas seulement un mythe que"],
            ),
            cue(CueKind::Negation, CueScope::Forward, 4, true, &["pas", "jamais"]),
            cue(CueKind::Negation, CueScope::Backward, 0, false, &["c'est faux", "intox"]),
            cue(CueKind::Negation, CueScope::Backward, 2, true, &["en rien"]),
            cue(CueKind::LookAlike, CueScope::Forward, 0, false, &["pas seulement"]),
            cue(CueKind::Question, CueScope::Forward, 0, false, &["je me demande si"]),
            cue(CueKind::Stop, CueScope::Forward, 0, false, &["mais"]),
        ],
        ..Pack::default()
    }
}

fn engine(rule: &str) -> Engine {
    Engine::new(&[pack(rule)]).unwrap_or_else(|e| panic!("{rule}: {e}"))
}

fn run(group: &str, cases: &[Case]) {
    for case in cases {
        let engine = engine(case.rule);
        // As a worker that starts has it.
        let kept = Engine::load_without_regexes(&engine.save()).unwrap_or_else(|e| panic!("{}: {e}", case.rule));
        let texts = case.finds.iter().map(|t| (t, true)).chain(case.not.iter().map(|t| (t, false)));
        for (text, want) in texts {
            let found = engine.read(&Post::own(1, *text));
            assert_eq!(!found.is_empty(), want, "{group}/{}: {} on {text:?}: {found:#?}", case.name, case.rule);
            if !kept.can_read(&Post::own(1, *text)) {
                kept.add_regexes();
            }
            assert_eq!(kept.read(&Post::own(1, *text)), found, "{group}/{}, kept: {text:?}", case.name);
            // Whatever was found, its spans cut the original.
            let units: Vec<u16> = text.encode_utf16().collect();
            for span in found.iter().flat_map(|f| &f.spans) {
                let cut = String::from_utf16(&units[span.start as usize..span.end as usize]);
                assert!(cut.is_ok_and(|c| !c.is_empty()), "{group}/{}: span {span:?} of {text:?}", case.name);
            }
        }
    }
}

/// Only a post in which a regular expression may match needs what compiles it.
#[test]
fn without_regexes() {
    let engine = |rule: &str| Engine::load_without_regexes(&engine(rule).save()).expect("as it was saved");
    let none = Post::own(1, "rien du tout");
    let anywhere = engine(r"vaccin ET (/\bautis(me|tes?)\b/i OU /\w+/)");
    assert!(anywhere.has_regexes() && !anywhere.can_read(&none), "one of them can match anywhere");
    let kept = engine(r"vaccin ET (/\bautis(me|tes?)\b/i OU tue)");
    assert!(kept.can_read(&none));
    for (text, can) in [("le vaccin tue", true), ("vaccin et AUTISTE", false), ("autisme", false)] {
        assert_eq!(kept.can_read(&Post::own(1, text)), can, "{text}");
    }
    let post = Post::own(1, "vaccin et AUTISTE");
    kept.add_regexes();
    assert!(kept.can_read(&post));
    assert_eq!(kept.read(&post).len(), 1);
    assert!(!engine("vaccin").has_regexes());
}

#[test]
fn basics() {
    run("BASICS", BASICS);
}

#[test]
fn folding() {
    run("FOLDING", FOLDING);
}

#[test]
fn regression() {
    run("REGRESSION", REGRESSION);
}

#[test]
fn stances() {
    let engine = engine("(vaccin NEAR/6 autisme) OR \"pas efficace\"");
    for (text, want) in [
        ("le vaccin donne l'autisme", Stance::Asserts),
        ("le vaccin ne donne pas l'autisme", Stance::Denies),
        ("le vaccin ne donne pas seulement l'autisme", Stance::Asserts),
        ("ce n'est pas seulement un mythe que le vaccin donne l'autisme", Stance::Denies),
        ("aucun lien entre vaccin et autisme", Stance::Denies),
        ("il est faux que le vaccin donne l'autisme", Stance::Denies),
        ("vaccin et autisme, c'est faux", Stance::Denies),
        ("vaccin et autisme. Mais c'est faux !", Stance::Denies),
        ("le vaccin ne donne l'autisme en rien", Stance::Denies),
        ("le vaccin donne l'autisme. En rien je ne plaisante", Stance::Asserts),
        ("vaccin et autisme. J'ai lu partout que c'est faux mais non", Stance::Asserts),
        ("je ne fume pas, le vaccin donne l'autisme", Stance::Asserts),
        ("aucun lien disent-ils mais le vaccin donne l'autisme", Stance::Asserts),
        ("le vaccin donne l'autisme ?", Stance::Asks),
        ("Le vaccin donne l'autisme\u{a0}?!", Stance::Asks),
        ("ça va ? le vaccin donne l'autisme", Stance::Asserts),
        ("je me demande si le vaccin donne l'autisme", Stance::Asks),
        ("est-ce que le vaccin ne donne pas l'autisme ?", Stance::Asks),
        ("il dit « le vaccin donne l'autisme » et voilà", Stance::Quotes),
        ("le « vaccin » donne l'« autisme »", Stance::Asserts),
        ("le vaccin, pas chez moi, autisme", Stance::Asserts),
        ("ce vaccin est pas efficace", Stance::Asserts),
    ] {
        let found = engine.read(&Post::own(1, text));
        let stances: Vec<Stance> = found.iter().map(|f| f.stance).collect();
        assert_eq!(stances, [want], "{text}: {found:#?}");
    }
}

#[test]
fn a_rule_that_looks_for_the_denying_words_itself_is_not_denied_by_them() {
    let engine = engine("(arrêter NEAR/8 danger) OR (jamais AVANT/2 arrêter AVANT/8 danger)");
    for (text, want) in [
        ("arrêter, c'est le danger", Stance::Asserts),
        ("ne jamais arrêter, le danger est là", Stance::Asserts),
        // Only one of the two denials is the rule's own.
        ("aucun lien : jamais arrêter le danger", Stance::Denies),
        ("arrêter n'est jamais un danger", Stance::Denies),
    ] {
        let found = engine.read(&Post::own(1, text));
        assert_eq!(found.iter().map(|f| f.stance).collect::<Vec<_>>(), [want], "{text}: {found:#?}");
    }
}

#[test]
fn quoted_parts_are_not_the_posters() {
    let engine = engine("vaccin NEAR/6 autisme");
    let part = |kind, text: &str| Part { kind, text: text.into() };
    let claim = "le vaccin donne l'autisme";
    let quote_only =
        Post { id: 7, parts: vec![part(PartKind::Quote, claim), part(PartKind::Own, "Non.")], ..Post::default() };
    let found = engine.read(&quote_only);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].stance, found[0].spans[0].part), (Stance::Quotes, 0));
    let both = Post { id: 7, parts: vec![part(PartKind::Quote, claim), part(PartKind::Own, claim)], ..Post::default() };
    let found = engine.read(&both);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].stance, found[0].spans[0].part), (Stance::Asserts, 1));
    // Neither half of a rule is taken from a quotation.
    let split =
        Post { id: 7, parts: vec![part(PartKind::Quote, "autisme"), part(PartKind::Own, "vaccin")], ..Post::default() };
    assert!(engine.read(&split).is_empty());
}

#[test]
fn why() {
    let found = engine("vaccin NEAR/6 autis*").read(&Post::own(3, "Ce V@cc1n ne rend pas AUTISTE"));
    let why = &found[0].why;
    let words: Vec<_> = why.words.iter().map(|w| (w.text.as_str(), w.pattern.as_str(), w.folded.as_deref())).collect();
    assert_eq!(words, [("V@cc1n", "vaccin", Some("vaccin")), ("AUTISTE", "autis*", None)]);
    assert_eq!((why.distance, why.pack.as_str(), why.version.as_str()), (Some(4), "p", "1.0.0"));
    assert_eq!(why.cues.len(), 1);
    assert_eq!(why.cues[0].text, "pas");
    let spans: Vec<_> = found[0].spans.iter().map(|s| (s.start, s.end)).collect();
    assert_eq!(spans, [(3, 9), (22, 29)]);
}

#[test]
fn hostile_texts() {
    let engine = engine("(vaccin NEAR/1000 autisme) NEAR/1000 (mort OR tue)");
    let long = "vaccin autisme mort v@cc1n ".repeat(5_000);
    for text in
        [long.as_str(), "\u{0}", "....?!?!", "((((", "«««", "@@@@ ###", "\u{301}\u{301}", "R.R.R.R.R.", "\u{200b}"]
    {
        let _ = engine.read(&Post::own(1, text));
    }
    let runs = format!("{} vaccin", "aaabbbccc".repeat(10_000));
    let _ = engine.read(&Post::own(1, runs));
    assert!(engine.read(&Post::default()).is_empty());
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever the text, every span cuts it at character borders, in order, and covers words that matched.
        #[test]
        fn spans_cut_the_original(
            parts in proptest::collection::vec("(vaccin|v@cc1n|vacciiin|autisme|ﬁn|e\u{301}|💉|\u{200b}|R\\.O\\.R|[ .?!\\n«»\"']|\\PC){0,40}", 0..3),
        ) {
            let engine = engine("vaccin OR autis* OR fin OR ror OR \"vaccin autisme\"");
            let own = |text: &String| Part { kind: PartKind::Own, text: text.clone() };
            let post = Post { id: 1, parts: parts.iter().map(own).collect(), ..Post::default() };
            for finding in engine.read(&post) {
                let mut last = None;
                for span in finding.spans {
                    prop_assert!(last < Some((span.part, span.start)));
                    last = Some((span.part, span.end - 1));
                    let units: Vec<u16> = parts[span.part as usize].encode_utf16().collect();
                    let cut = String::from_utf16(&units[span.start as usize..span.end as usize]);
                    prop_assert!(cut.is_ok());
                    let cut = cut.unwrap_or_default();
                    prop_assert!(finding.why.words.iter().any(|w| cut.contains(&w.text) || w.text.contains(&cut)));
                }
            }
        }

        /// No query, however made, panics; what is refused is refused at a place in it.
        #[test]
        fn queries_never_panic(query in "((AND|OR|NOT|NEAR/3|SAUF|lex:x|case:|accent:|[a-zé*?]{1,4}|[()\"«»|,:-]|<<<|>>>|\\PC) ?){0,30}") {
            if let Err(e) = crate::query::parse(&query) {
                prop_assert!(query.get(e.at.clone()).is_some(), "{:?}", e);
            }
        }
    }
}
