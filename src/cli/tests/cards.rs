//! The cards of this repository, as a manager meets them.

use jiff::Timestamp;
use rejoinder_cli::pack::Authored;
use rejoinder_engine::pack::Pack;
use rejoinder_engine::reply::{self, Likeness, Occasion, Offer, Past};
use rejoinder_wire::{Identity, PieceKind};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

/// The packs that have cards.
static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/packs");
    let folders = std::fs::read_dir(folder).expect("there").map(|e| e.expect("readable").path());
    let mut folders: Vec<_> = folders.filter(|folder| folder.join("cards").exists()).collect();
    folders.sort();
    folders.iter().map(|folder| Authored::read(folder).pack().clone()).collect()
});

fn identity() -> Identity {
    Identity {
        first_name: "Jeanne".into(),
        last_name: "Martin".into(),
        role: "médiatrice en santé".into(),
        organisation: "Agence régionale d’exemple".into(),
        site: "agence.invalid".into(),
    }
}

/// What `look` makes of each card after a past of replies.
fn each(past: impl Fn(&Offer<'_>) -> Vec<Past>, mut look: impl FnMut(&Offer<'_>, &Occasion<'_>)) {
    let (identity, recalls) = (identity(), BTreeSet::new());
    let offers: Vec<Offer<'_>> =
        PACKS.iter().flat_map(|pack| pack.cards.iter().map(move |card| Offer { card, pack })).collect();
    assert!(offers.len() >= 15, "{}", offers.len());
    for offer in offers {
        let past = past(&offer);
        let now: Timestamp = "2026-12-01T12:00:00Z".parse().expect("a time");
        let occasion = Occasion {
            identity: &identity,
            today: "2026-12-01".parse().expect("a day"),
            now,
            loopback: true,
            recalls: &recalls,
            index_expires: Timestamp::MAX,
            site: None,
            held: "",
            past: &past,
        };
        look(&offer, &occasion);
    }
}

#[test]
fn every_wording_can_be_inserted_and_greeted_otherwise() {
    let mut questions = 0;
    each(
        |_| Vec::new(),
        |offer, occasion| {
            let view = reply::view(offer, occasion);
            assert_eq!(view.refusal, None, "{}", view.id);
            for variant in view.variants {
                assert_eq!(variant.refusal, None, "{} {}", view.id, variant.id);
                let free = variant.pieces.iter().any(|piece| piece.kind == PieceKind::Free);
                assert!(free, "{} {} has no free zone", view.id, variant.id);
                assert!(!variant.text.contains(['[', ']', '{', '}']), "{}", variant.text);
                questions += variant.questions.len();
            }
        },
    );
    assert!(questions > 0, "no card shows how to ask");
}

/// The wordings of a card are there to be used in turn: none may pass for another.
#[test]
fn a_wording_that_was_used_is_known_and_no_other_is_taken_for_it() {
    let mut wrong = Vec::new();
    for at in 0..6 {
        each(
            |offer| {
                let Some(variant) = offer.card.variants.get(at) else { return Vec::new() };
                let words = variant.text.replace(['[', ']'], "").replace("{source}", &offer.card.sources[0].url);
                let words = words.replace("{?Qui peut en parler avec la personne ?|Votre médecin ou la PMI}", "Ici");
                let text = format!("{words}\n\n{}", identity().block());
                let at = "2026-11-28T12:00:00Z".parse().expect("a time");
                vec![Past { at, same_thread: false, likeness: Likeness::of(&text) }]
            },
            |offer, occasion| {
                let used = offer.card.variants.get(at).map(|variant| &variant.id);
                for variant in reply::view(offer, occasion).variants {
                    let want = (Some(&variant.id) == used).then_some(3);
                    if variant.used != want {
                        wrong.push(format!("{} {}: {:?} after {used:?}", offer.card.id, variant.id, variant.used));
                    }
                }
            },
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
