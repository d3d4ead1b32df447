//! What a manager makes of a card's words.

use super::*;
use rejoinder_wire::PieceKind::{self, Answer, Free, Locked};

fn draft(answers: &[(&str, &str)], words: Option<&str>) -> Draft {
    Draft {
        answers: answers.iter().map(|(q, a)| ((*q).to_owned(), (*a).to_owned())).collect(),
        words: words.map(str::to_owned),
    }
}

/// The view of a draft and what it composes to; they must not contradict each other.
fn reviewed(text: &str, draft: &Draft, changed: Changed) -> (VariantView, Result<Composed, ReplyRefusal>) {
    let mut pack = pack(vec![card(text)]);
    pack.reply.changed = changed;
    let offer = Offer { card: &pack.cards[0], pack: &pack };
    let (identity, recalls) = (identity(), BTreeSet::new());
    let occasion = occasion(&identity, &recalls);
    let view = review(&offer, "a", draft, &occasion).expect("a variant");
    let composed = compose(&offer, "a", draft, &occasion);
    let pieces: String = view.pieces.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(format!("{pieces}\n\n{}", view.signature), view.text, "{text}");
    match &composed {
        Ok(composed) => assert_eq!((&composed.text, &view.refusal), (&view.text, &None), "{text}"),
        Err(refusal) => assert_eq!(Some(refusal), view.refusal.as_ref(), "{text}"),
    }
    (view, composed)
}

fn pieces(view: &VariantView) -> Vec<(&str, PieceKind)> {
    view.pieces.iter().map(|p| (p.text.as_str(), p.kind)).collect()
}

#[test]
fn words_are_shown_in_their_pieces() {
    type Want<'a> = &'a [(&'a str, PieceKind)];
    let cases: [(&str, Want<'_>); 9] = [
        ("Un fait.", &[("Un fait.", Locked)]),
        ("[[Bonjour,]] un fait.\n", &[("Bonjour,", Free), (" un fait.", Locked)]),
        ("[[Ici {first_name},]] oui", &[("Ici ", Free), ("Jeanne", Locked), (",", Free), (" oui", Locked)]),
        ("{role|x} {source}", &[("médiatrice https://agence.invalid/ror", Locked)]),
        ("Un fait.[[]]", &[("Un fait.", Locked), ("", Free)]),
        ("[[a]][[b]]", &[("ab", Free)]),
        ("[[[[a]]]] {{b}}", &[("[[a]] {b}", Locked)]),
        ("Dans {?Où|ce fil}.", &[("Dans ", Locked), ("ce fil", Answer), (".", Locked)]),
        ("{?Où|ici}{?Qui|vous}", &[("ici", Answer), ("vous", Answer)]),
    ];
    for (text, want) in cases {
        let (view, composed) = reviewed(text, &Draft::default(), Changed::Refuse);
        assert_eq!(pieces(&view), want, "{text}");
        assert_eq!(composed.map(|c| c.changed), Ok(0), "{text}");
    }
}

#[test]
fn a_question_is_asked_once_and_answered_literally() {
    let text = "Dans {?Quel article ?}, oui, {?Quel article ?}. Et {?Qui|vous}.";
    let (view, composed) = reviewed(text, &Draft::default(), Changed::Refuse);
    assert_eq!(composed, Err(ReplyRefusal::Unresolved { names: vec!["Quel article ?".into()] }));
    let asked: Vec<_> = view.questions.iter().map(|q| (q.question.as_str(), q.fallback.as_deref())).collect();
    assert_eq!(asked, [("Quel article ?", None), ("Qui", Some("vous"))]);
    for (answers, want) in [
        (&[("Quel article ?", " {role} [[a]] ")][..], "Dans {role} [[a]], oui, {role} [[a]]. Et vous."),
        (&[("Quel article ?", "a"), ("Qui", "{?Qui}"), ("Autre", "x")], "Dans a, oui, a. Et {?Qui}."),
        (&[("Quel article ?", "a"), ("Qui", "\u{a0} ")], "Dans a, oui, a. Et vous."),
    ] {
        let (_, composed) = reviewed(text, &draft(answers, None), Changed::Refuse);
        assert_eq!(composed, Ok(Composed { text: format!("{want}{BLOCK}"), changed: 0 }));
    }
    for answer in ["a\nb", "voir a.fr", "\u{202e}a", "https://a", &"a".repeat(201)] {
        let (view, composed) = reviewed(text, &draft(&[("Quel article ?", answer)], None), Changed::Refuse);
        assert_eq!(composed, Err(ReplyRefusal::BadAnswer { question: "Quel article ?".into() }), "{answer:?}");
        assert_eq!(view.questions[0].answer, answer);
    }
}

/// `-was+now`, with `!` before it when bound.
fn shown(departures: &[Departure]) -> String {
    let one = |d: &Departure| format!("{}-{}+{}", if d.locked { "!" } else { "" }, d.was, d.now);
    departures.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_bound_stays_and_what_is_free_does_not_have_to() {
    let card = "[[Bonjour,]] le vaccin protège.\nDeux doses : {source}\n[[Bonne journée.]]";
    let source = "https://agence.invalid/ror";
    let greeted = format!("Bonjour, le vaccin protège.\nDeux doses : {source}\nBonne journée.");
    let cases = [
        // words, departures, changed in percent
        (greeted.clone(), "", 0),
        (greeted.replace('\n', "\r\n"), "", 0),
        (format!("  {}  \n\n", greeted.replace(" :", "\u{a0}:").replace("protège.", "protège. \t")), "", 0),
        (greeted.replace("è", "e\u{300}"), "", 0),
        (greeted.replace("Bonjour,", "Bonsoir à tous,"), "-Bonjour+Bonsoir à tous", 22),
        (greeted.replace("Bonjour,", "Merci pour le message : le"), "-Bonjour,+Merci pour le message : le", 32),
        (greeted.replace("Bonjour,", "Vous dites que le vaccin tue ;"), "-Bonjour,+Vous dites que le vaccin tue ;", 36),
        (greeted.replace("Bonjour, l", "L"), "-Bonjour,+ -le+Le", 17),
        (greeted.replace("\nBonne journée.", ""), "-\nBonne journée.+", 17),
        (greeted.replace("\nBonne journée.", "\n\nÀ vous,\nbien"), "-Bonne journée.+\nÀ vous,\nbien", 24),
        (format!("{greeted}\nMerci."), "-+\nMerci.", 8),
        (greeted.replace("protège", "tue"), "!-protège+tue", 9),
        (greeted.replace("Deux doses", "Deux ou trois doses"), "!-+ou trois", 15),
        (greeted.replace("Deux doses : ", ""), "!-Deux doses :+", 17),
        (greeted.replace("protège.\nDeux", "protège. Deux"), "!-\n+", 1),
        (greeted.replace("/ror", "/rougeole"), "!-ror+rougeole", 9),
        (greeted.replace("protège.", "protège !"), "!-.+!", 1),
        (greeted.replace("Bonjour,", "Bonsoir,").replace("Deux", "Trois"), "-Bonjour+Bonsoir !-Deux+Trois", 17),
    ];
    for (words, departures, changed) in cases {
        let draft = draft(&[], Some(&words));
        let (view, flagged) = reviewed(card, &draft, Changed::Flag);
        assert_eq!(shown(&view.departures), departures, "{words}");
        let text = format!("{}{BLOCK}", words.replace("\r\n", "\n").trim());
        assert_eq!(flagged, Ok(Composed { text, changed }), "{words}");
        let (view, strict) = reviewed(card, &draft, Changed::Refuse);
        assert_eq!(shown(&view.departures), departures, "{words}");
        let bound: Vec<Departure> = view.departures.into_iter().filter(|d| d.locked).collect();
        let want = if bound.is_empty() { flagged } else { Err(ReplyRefusal::NotApproved { departures: bound }) };
        assert_eq!(strict, want, "{words}");
    }
}

#[test]
fn where_free_and_bound_words_meet() {
    for (card, words, departures) in [
        ("Un fait.[[]]", "Un fait. Courage.", "-+Courage."),
        ("Un fait.[[]]", "Un fait.\n\nCourage.", "-+\n\nCourage."),
        ("[[]]\nUn fait.", "Bonjour,\nUn fait.", "-+Bonjour,\n"),
        ("Un [[]]fait.", "Un vrai fait.", "-+vrai"),
        ("Un fait.", "Bonjour, un fait.", "!-Un+Bonjour, un"),
        ("Un fait.", "Un fait. Et ?", "!-+Et ?"),
        ("Un fait.\n\nDeux.", "Un fait.\nDeux.", "!-\n+"),
        ("[[Bonjour]]s ici", "Bonsoirs ici", "!-Bonjours+Bonsoirs"),
        ("[[Ici {first_name},]] oui", "Moi, c’est Jeanne, oui", "-Ici+Moi, c’est"),
        ("[[Ici {first_name},]] oui", "Ici Anne, oui", "!-Jeanne+Anne"),
        ("[[a]] b [[c]] b [[d]]", "x b b b y b", "-a+x -c+ -d+b y b"),
        ("[[tout]]", "rien de tel", "-tout+rien de tel"),
        ("[[Bonjour,]] le ROR", "le ROR", "-Bonjour,+"),
        ("[[Bonjour,]] le ROR", "le ror", "-Bonjour,+ !-ROR+ror"),
    ] {
        let (view, composed) = reviewed(card, &draft(&[], Some(words)), Changed::Refuse);
        let found = shown(&view.departures);
        assert_eq!(composed.is_err(), departures.contains('!'), "{card}: {found}");
        assert_eq!(found, departures, "{card} {words}");
    }
}

#[test]
fn changed_words_are_shown_in_their_pieces() {
    let (view, _) =
        reviewed("[[Bonjour,]] le fait. [[Bien]]", &draft(&[], Some("Salut ! Le fait. À vous")), Changed::Refuse);
    assert_eq!(pieces(&view), [("Salut ! Le ", Free), ("fait. ", Locked), ("À vous", Free)]);
    let (view, _) = reviewed("Dans {?Où|ce fil} oui", &draft(&[], Some("Dans un autre fil oui")), Changed::Refuse);
    assert_eq!(pieces(&view), [("Dans ", Locked), ("un autre fil ", Answer), ("oui", Locked)]);
    let (view, _) = reviewed("[[Oui,]] un fait", &draft(&[], Some("Oui, deux faits")), Changed::Flag);
    assert_eq!(pieces(&view), [("Oui, ", Free), ("deux faits", Locked)]);
}

#[test]
fn an_answer_among_the_words_is_an_answer() {
    let card = "Dans {?Où|ce fil}, oui.";
    for (answers, words, want) in [
        (&[][..], "Dans un autre fil, oui.", Ok(0)),
        (&[("Où", "l’article")], "Dans l’article du jour, oui.", Ok(0)),
        (&[], "Dans ce fil, non.", Err(None)),
        (&[], "Dans www.a.fr, oui.", Err(Some("Où"))),
        (&[], "Dans ce fil a.fr, oui.", Err(Some("Où"))),
        (&[("Où", "ici")], "Dans\nici, oui.", Err(Some("Où"))),
    ] {
        let composed = reviewed(card, &draft(answers, Some(words)), Changed::Refuse).1;
        match (composed, want) {
            (Ok(have), Ok(changed)) => assert_eq!(have.changed, changed, "{words}"),
            (Err(ReplyRefusal::BadAnswer { question }), Err(want)) => {
                assert_eq!(Some(question.as_str()), want, "{words}")
            }
            (Err(ReplyRefusal::NotApproved { .. }), Err(None)) => {}
            (have, want) => panic!("{words}: {have:?}, not {want:?}"),
        }
    }
}

#[test]
fn a_text_that_cannot_be_compared_is_refused_however_the_pack_is() {
    let one = |was: &str, now: &str| {
        let departures = vec![Departure { was: was.into(), now: now.into(), locked: true }];
        ReplyRefusal::NotApproved { departures }
    };
    let long = format!("Un fait. {}", "a".repeat(9_992));
    let cases = [
        ("", one("Un fait.", "")),
        (" \n\u{a0}", one("Un fait.", "")),
        ("Un\u{200b} fait.", one("", "U+200B")),
        ("Un \u{202e}fait.", one("", "U+202E")),
        ("Un fait.\u{b}", one("", "U+000B")),
        ("\n\nJeanne Martin, médiatrice\nAgence d’exemple – agence.invalid", one("Un fait.", "")),
        (&long, ReplyRefusal::TooLong { room: Room { length: 10_001, limit: 10_000 } }),
    ];
    for (words, want) in cases {
        for changed in [Changed::Refuse, Changed::Flag] {
            let words = words.replace('\u{b}', "\u{b}a");
            assert_eq!(reviewed("Un fait.", &draft(&[], Some(&words)), changed).1, Err(want.clone()), "{words:?}");
        }
    }
    // What the card itself holds may stay, and so may emoji.
    let (view, composed) = reviewed("Un\u{ad}e [[x]]", &draft(&[], Some("Un\u{ad}e 👩‍👩‍👧 ❤️")), Changed::Refuse);
    assert!(composed.is_ok(), "{:?}", view.departures);
}

#[test]
fn the_identity_block_stands_below_once() {
    let card = "Un fait.[[]]";
    for words in [
        "Un fait.",
        "Un fait.\n\nJeanne Martin, médiatrice\nAgence d’exemple – agence.invalid",
        "Un fait.\r\n\r\nJeanne Martin, médiatrice\r\nAgence d’exemple – agence.invalid\r\n",
        "Un fait.\nJeanne Martin, Agence d’exemple",
    ] {
        let composed = reviewed(card, &draft(&[], Some(words)), Changed::Refuse).1;
        assert_eq!(composed, Ok(Composed { text: format!("Un fait.{BLOCK}"), changed: 0 }), "{words}");
    }
    // A sentence that ends so is a sentence; and a card's own end is the card's.
    let words = "Un fait. Par Jeanne Martin, Agence d’exemple";
    let composed = reviewed(card, &draft(&[], Some(words)), Changed::Refuse).1.map(|c| c.text);
    assert_eq!(composed, Ok(format!("{words}{BLOCK}")));
    let own = "Un fait.\n{first_name} {last_name}, {organisation}";
    let words = "Un fait.\nJeanne Martin, Agence d’exemple";
    let composed = reviewed(own, &draft(&[], Some(words)), Changed::Refuse).1.map(|c| c.text);
    assert_eq!(composed, Ok(format!("{words}{BLOCK}")));
}

mod any_draft {
    use super::*;
    use proptest::prelude::*;

    /// Runs of one-letter words, and whether they are free.
    fn card() -> impl Strategy<Value = Vec<(bool, String)>> {
        prop::collection::vec((any::<bool>(), "[a-c]{0,3}"), 1..6)
    }

    fn spaced(letters: &str) -> String {
        letters.chars().map(|c| format!("{c} ")).collect()
    }

    proptest! {
        /// Nothing bound differs exactly when the words are the bound ones with anything in the zones, which a regular
        /// expression can tell as well.
        #[test]
        fn is_refused_exactly_when_a_bound_word_differs(runs in card(), words in "[a-c]{1,8}") {
            let text: String = runs
                .iter()
                .map(|(free, letters)| if *free { format!("[[{}]] ", spaced(letters)) } else { spaced(letters) })
                .collect();
            let pattern: String =
                runs.iter().map(|(free, letters)| if *free { ".*" } else { letters.as_str() }).collect();
            let pattern = regex::Regex::new(&format!("^{pattern}$")).expect("a pattern");
            let words = spaced(&words).trim_end().to_owned();
            let (view, composed) = reviewed(&text, &draft(&[], Some(&words)), Changed::Refuse);
            prop_assert_eq!(composed.is_ok(), pattern.is_match(&words.replace(' ', "")), "{} {:?}", text, view.departures);
        }
    }
}
