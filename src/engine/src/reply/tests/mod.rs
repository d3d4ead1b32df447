mod draft;
mod history;

use super::*;
use crate::pack::{Source, Variant};
use rejoinder_wire::{Count, CountUnit, LengthClass, PaceScope};
use std::collections::BTreeMap;

fn identity() -> Identity {
    Identity {
        first_name: "Jeanne".into(),
        last_name: "Martin".into(),
        role: "médiatrice".into(),
        organisation: "Agence d’exemple".into(),
        site: "agence.invalid".into(),
    }
}

fn card(text: &str) -> Card {
    let variant = Variant {
        id: "a".into(),
        length: LengthClass::Short,
        link: false,
        text: text.into(),
        unknown: BTreeMap::new(),
    };
    Card {
        id: "carte".into(),
        claims: vec!["X".into()],
        stances: vec![Stance::Asserts],
        status: CardStatus::Validated,
        validators: vec!["Dr Exemple".into()],
        validated_on: "2026-01-01".into(),
        expires_on: "2026-06-30".into(),
        sources: vec![Source { url: "https://agence.invalid/ror".into(), ..Source::default() }],
        variants: vec![variant],
        ..Card::default()
    }
}

fn pack(cards: Vec<Card>) -> Pack {
    Pack { status: CardStatus::Validated, cards, ..Pack::default() }
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// An occasion on which nothing stands in the way.
fn occasion<'a>(identity: &'a Identity, recalls: &'a BTreeSet<String>) -> Occasion<'a> {
    Occasion {
        identity,
        today: "2026-06-30".parse().expect("a date"),
        now: time("2026-06-30T10:00:00Z"),
        loopback: false,
        recalls,
        index_expires: time("2026-07-01T00:00:00Z"),
        site: None,
        held: "",
        past: &[],
    }
}

/// The composed text of one variant by one person.
fn composed(text: &str, identity: &Identity) -> Result<String, ReplyRefusal> {
    let pack = pack(vec![card(text)]);
    let offer = Offer { card: &pack.cards[0], pack: &pack };
    let recalls = BTreeSet::new();
    let occasion = occasion(identity, &recalls);
    let composed = compose(&offer, "a", &Draft::default(), &occasion).map(|c| c.text);
    // What the panel shows is what is inserted, and why not is said in one place or the other.
    let view = view(&offer, &occasion);
    match &composed {
        Ok(text) => {
            assert_eq!(&view.variants[0].text, text);
            assert_eq!(view.variants[0].characters as usize, text.encode_utf16().count());
            assert_eq!((view.refusal, &view.variants[0].refusal), (None, &None));
        }
        Err(refusal) => {
            assert_eq!(view.refusal.or(view.variants[0].refusal.clone()).as_ref(), Some(refusal));
        }
    }
    composed
}

const BLOCK: &str = "\n\nJeanne Martin, médiatrice\nAgence d’exemple – agence.invalid";

#[test]
fn texts_are_filled_once_and_literally() {
    let cases = [
        ("Bonjour.", "Bonjour."),
        ("Bonjour, ici {first_name} !\n", "Bonjour, ici Jeanne !"),
        ("{last_name}{role}", "Martinmédiatrice"),
        ("Voir {source}", "Voir https://agence.invalid/ror"),
        ("{{role}} {{{role}}}", "{role} {médiatrice}"),
        ("{role|équipe}", "médiatrice"),
        ("Vrai\u{a0}? Oui\u{202f}!", "Vrai\u{a0}? Oui\u{202f}!"),
        ("a\n\n  b 🙂", "a\n\n  b 🙂"),
    ];
    for (text, want) in cases {
        assert_eq!(composed(text, &identity()), Ok(format!("{want}{BLOCK}")), "{text}");
    }
}

#[test]
fn values_are_never_filled_again() {
    let person = Identity { first_name: "{last_name}".into(), role: "{role|x} {{".into(), ..identity() };
    let want = "{last_name}, {role|x} {{\n\n{last_name} Martin, {role|x} {{\nAgence d’exemple – agence.invalid";
    assert_eq!(composed("{first_name}, {role}", &person), Ok(want.to_owned()));
}

#[test]
fn what_nothing_provides_is_refused_unless_there_is_a_fallback() {
    let person = Identity { role: "\u{a0} ".into(), ..identity() };
    let block = "\n\nJeanne Martin\nAgence d’exemple – agence.invalid";
    assert_eq!(composed("Bonjour.", &person), Ok(format!("Bonjour.{block}")));
    assert_eq!(composed("{role|une équipe\u{a0}!}", &person), Ok(format!("une équipe\u{a0}!{block}")));
    assert_eq!(composed("a{role|}b", &person), Ok(format!("ab{block}")));
    let refused = |names: &[&str]| Err(ReplyRefusal::Unresolved { names: names.iter().map(|n| (*n).into()).collect() });
    assert_eq!(composed("{role} {role}", &person), refused(&["role"]));
    assert_eq!(composed("{humeur} {role} {humeur|x}", &person), refused(&["humeur", "role"]));
    // Such texts do not come through `Pack::check`.
    assert_eq!(composed("{first_name", &person), refused(&["{first_name"]));
    assert_eq!(composed("a } b", &person), refused(&["}"]));
    assert_eq!(composed("{role|{site}}", &person), refused(&["{"]));
}

#[test]
fn the_view_shows_what_could_not_be_filled() {
    let person = Identity::default();
    let pack = pack(vec![card("Ici {first_name|nous}, {role}.")]);
    let recalls = BTreeSet::new();
    let view = view(&Offer { card: &pack.cards[0], pack: &pack }, &occasion(&person, &recalls));
    let fields = ["first_name", "last_name", "organisation", "site"].map(String::from).to_vec();
    assert_eq!(view.refusal, Some(ReplyRefusal::IdentityMissing { fields }));
    assert_eq!(view.variants[0].text, "Ici nous, {role}.");
    assert_eq!(view.variants[0].refusal, Some(ReplyRefusal::Unresolved { names: vec!["role".into()] }));
}

#[test]
fn the_gravest_refusal_comes_first() {
    /// Makes one more thing wrong.
    type Spoil = fn(&mut Card, &mut Pack, &mut Situation);
    struct Situation {
        identity: Identity,
        loopback: bool,
        recalled: bool,
        index_expires: Timestamp,
        past: Vec<Past>,
    }
    // Gravest last: each one is added to those before it, and must win.
    let spoils: [(Spoil, ReplyRefusal); 7] = [
        (
            |card, _, _| card.variants[0].text = "{humeur}".into(),
            ReplyRefusal::Unresolved { names: vec!["humeur".into()] },
        ),
        (
            |_, _, now| {
                let likeness = Likeness::default();
                now.past.push(Past { at: time("2026-06-30T09:55:00Z"), same_thread: true, likeness });
            },
            ReplyRefusal::Pace {
                scope: PaceScope::Thread,
                replies: 1,
                within: 10,
                until: "2026-06-30T10:05:00Z".into(),
            },
        ),
        (|_, _, now| now.identity.site = " ".into(), ReplyRefusal::IdentityMissing { fields: vec!["site".into()] }),
        (|_, pack, _| pack.status = CardStatus::Example, ReplyRefusal::ExampleOnly),
        (
            |_, _, now| now.index_expires = time("2026-06-30T10:00:00Z"),
            ReplyRefusal::IndexExpired { at: "2026-06-30T10:00:00Z".into() },
        ),
        (|card, _, _| card.expires_on = "2026-06-29".into(), ReplyRefusal::Expired { on: "2026-06-29".into() }),
        (|_, _, now| now.recalled = true, ReplyRefusal::Recalled),
    ];
    let mut card = card("Bonjour.");
    let mut pack = pack(Vec::new());
    let mut now = Situation {
        identity: identity(),
        loopback: false,
        recalled: false,
        index_expires: time("2026-06-30T10:00:01Z"),
        past: Vec::new(),
    };
    let refusal = |card: &Card, pack: &Pack, now: &Situation| {
        let recalls = now.recalled.then(|| card.id.clone()).into_iter().collect();
        let occasion = Occasion {
            loopback: now.loopback,
            index_expires: now.index_expires,
            past: &now.past,
            ..occasion(&now.identity, &recalls)
        };
        compose(&Offer { card, pack }, "a", &Draft::default(), &occasion).err()
    };
    assert_eq!(refusal(&card, &pack, &now), None);
    for (spoil, want) in spoils {
        spoil(&mut card, &mut pack, &mut now);
        assert_eq!(refusal(&card, &pack, &now), Some(want));
    }
}

#[test]
fn a_card_may_be_inserted_on_its_last_day() {
    let cases = [
        ("2026-06-30", true),
        ("2026-07-01", true),
        ("2026-06-29", false),
        ("2025-12-31", false),
        ("", false),
        ("30/06/2026", false),
        ("2026-06-31", false),
    ];
    for (last, want) in cases {
        let card = Card { expires_on: last.into(), ..card("Bonjour.") };
        let pack = pack(Vec::new());
        let (identity, recalls) = (identity(), BTreeSet::new());
        let composed =
            compose(&Offer { card: &card, pack: &pack }, "a", &Draft::default(), &occasion(&identity, &recalls));
        let refusal = (!want).then(|| ReplyRefusal::Expired { on: last.into() });
        assert_eq!(composed.err(), refusal, "{last}");
    }
}

#[test]
fn only_what_was_validated_leaves_this_machine() {
    use CardStatus::{Example, Validated};
    let dr = &["Dr Exemple"][..];
    let cases = [
        // status of pack and card, validators, date, refusal elsewhere, refusal on this machine
        (Validated, Validated, dr, "2026-01-01", None, None),
        (Validated, Validated, &[], "2026-01-01", Some(ReplyRefusal::NotValidated), Some(ReplyRefusal::NotValidated)),
        (
            Validated,
            Validated,
            &[" "],
            "2026-01-01",
            Some(ReplyRefusal::NotValidated),
            Some(ReplyRefusal::NotValidated),
        ),
        (Validated, Validated, dr, "", Some(ReplyRefusal::NotValidated), Some(ReplyRefusal::NotValidated)),
        (Validated, Validated, dr, "hier", Some(ReplyRefusal::NotValidated), Some(ReplyRefusal::NotValidated)),
        (Validated, Example, &[], "", Some(ReplyRefusal::ExampleOnly), None),
        (Example, Validated, dr, "2026-01-01", Some(ReplyRefusal::ExampleOnly), None),
        (Example, Example, &[], "", Some(ReplyRefusal::ExampleOnly), None),
    ];
    for (of_pack, of_card, validators, date, elsewhere, here) in cases {
        let card = Card {
            status: of_card,
            validators: validators.iter().map(|v| (*v).into()).collect(),
            validated_on: date.into(),
            ..card("Bonjour.")
        };
        let pack = Pack { status: of_pack, ..Pack::default() };
        let (identity, recalls) = (identity(), BTreeSet::new());
        for (loopback, want) in [(false, elsewhere), (true, here)] {
            let occasion = Occasion { loopback, ..occasion(&identity, &recalls) };
            let have = compose(&Offer { card: &card, pack: &pack }, "a", &Draft::default(), &occasion).err();
            assert_eq!(have, want, "{of_pack:?} {of_card:?} {validators:?} {date} {loopback}");
        }
    }
}

#[test]
fn no_text_without_a_name_below_it() {
    type Spoil = fn(&mut Identity);
    let cases: [(Spoil, &[&str]); 3] = [
        (|i| i.first_name.clear(), &["first_name"]),
        (|i| i.organisation = "\u{a0}".into(), &["organisation"]),
        (
            |i| *i = Identity { role: "médiatrice".into(), ..Identity::default() },
            &["first_name", "last_name", "organisation", "site"],
        ),
    ];
    for (spoil, fields) in cases {
        let mut person = identity();
        spoil(&mut person);
        let fields = fields.iter().map(|f| (*f).to_owned()).collect();
        assert_eq!(composed("Bonjour.", &person), Err(ReplyRefusal::IdentityMissing { fields }));
    }
}

#[test]
fn an_unknown_variant_is_refused() {
    let pack = pack(vec![card("Bonjour.")]);
    let (identity, recalls) = (identity(), BTreeSet::new());
    let offer = find(std::slice::from_ref(&pack), "carte").expect("there");
    assert_eq!(compose(&offer, "b", &Draft::default(), &occasion(&identity, &recalls)), Err(ReplyRefusal::Unknown));
    assert!(find(std::slice::from_ref(&pack), "autre").is_none());
}

#[test]
fn fitting_cards_come_best_first() {
    let made = |id: &str, claims: &[&str], stances: &[Stance], status| Card {
        id: id.into(),
        claims: claims.iter().map(|c| (*c).into()).collect(),
        stances: stances.to_vec(),
        status,
        ..Card::default()
    };
    use CardStatus::{Example, Validated};
    use Stance::{Asks, Asserts};
    let validated = pack(vec![
        made("other", &["Y"], &[Asserts], Validated),
        made("claim", &["X"], &[], Validated),
        made("claim-example", &["X"], &[Asks], Example),
        made("both-example", &["Y", "X"], &[Asserts, Asks], Example),
        made("both", &["X"], &[Asserts], Validated),
    ]);
    // In a pack of examples, `validated` does not count.
    let example = Pack { status: Example, ..pack(vec![made("late", &["X"], &[Asserts], Validated)]) };
    let packs = [example, validated];
    let ids = |claim: &str, stance| -> Vec<&str> {
        fitting(&packs, claim, stance).iter().map(|o| o.card.id.as_str()).collect()
    };
    assert_eq!(ids("X", Asserts), ["both", "late", "both-example", "claim", "claim-example"]);
    assert_eq!(ids("X", Asks), ["claim-example", "both-example", "claim", "both", "late"]);
    assert_eq!(ids("Y", Stance::Jokes), ["other", "both-example"]);
    assert_eq!(ids("Z", Asserts), [""; 0]);
}

#[test]
fn what_the_site_takes_comes_first() {
    let variant = |id: &str, text: &str| Variant { id: id.into(), text: text.into(), ..card("").variants[0].clone() };
    let long = "mot ".repeat(80);
    let variants = vec![
        variant("long", &long),
        variant("linked", "Voir {source}"),
        variant("plain", "Bonjour."),
        variant("links", "{source} https://a.fr https://b.fr"),
    ];
    let pack = pack(vec![Card { variants, ..card("") }]);
    let offer = Offer { card: &pack.cards[0], pack: &pack };
    let (identity, recalls) = (identity(), BTreeSet::new());
    let site = Site {
        count: Some(Count { unit: CountUnit::Weighted, limit: 280, link: Some(23) }),
        links: Some(LinkPolicy { clickable: true, most: Some(2), held: true }),
        ..Site::default()
    };
    let occasion = Occasion { site: Some(&site), ..occasion(&identity, &recalls) };
    let view = view(&offer, &occasion);
    let ids: Vec<_> = view.variants.iter().map(|v| v.id.as_str()).collect();
    assert_eq!(ids, ["plain", "linked", "long", "links"]);
    // The block's address counts as one of 23.
    assert_eq!(view.variants[0].room, Some(Room { length: 8 + 2 + 25 + 1 + 19 + 23, limit: 280 }));
    assert_eq!(view.variants[1].link_fate, Some(LinkFate::Held));
    assert!(
        matches!(compose(&offer, "long", &Draft::default(), &occasion), Err(ReplyRefusal::TooLong { room }) if room.length > 280)
    );
    assert_eq!(
        compose(&offer, "links", &Draft::default(), &occasion),
        Err(ReplyRefusal::TooManyLinks { links: 3, most: 2 })
    );
    assert!(compose(&offer, "linked", &Draft::default(), &occasion).is_ok());
}
