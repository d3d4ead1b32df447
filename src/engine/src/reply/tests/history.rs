//! What was replied before, and what stands in the box already.

use super::*;
use crate::pack::Pace;

fn past(at: &str, same_thread: bool, text: &str) -> Past {
    Past { at: time(at), same_thread, likeness: Likeness::of(text) }
}

fn pace(scope: PaceScope, most: u32, minutes: u32) -> Pace {
    Pace { scope, most, minutes, ..Pace::default() }
}

#[test]
fn replies_are_paced() {
    use PaceScope::{Site, Thread};
    let refused = |scope, replies, within, until: &str| {
        Some(ReplyRefusal::Pace { scope, replies, within, until: until.to_owned() })
    };
    // It is ten o'clock. Replies: when, and whether in the same thread.
    type Replies<'a> = &'a [(&'a str, bool)];
    let cases: [(&[Pace], Replies<'_>, Option<ReplyRefusal>); 13] = [
        (&[], &[], None),
        (&[], &[("09:50:00", true)], None),
        (&[], &[("09:50:01", true)], refused(Thread, 1, 10, "2026-06-30T10:00:01Z")),
        (&[], &[("09:59:00", false)], None),
        (
            &[],
            &[
                ("09:01", false),
                ("09:10", false),
                ("09:20", false),
                ("09:30", false),
                ("09:40", false),
                ("09:45", false),
            ],
            refused(Site, 6, 60, "2026-06-30T10:01:00Z"),
        ),
        (&[pace(Site, 2, 60)], &[("09:30", true)], None),
        (&[pace(Site, 2, 60)], &[("09:30", true), ("09:20", false)], refused(Site, 2, 60, "2026-06-30T10:20:00Z")),
        (&[pace(Thread, 2, 60)], &[("09:30", true), ("09:20", false)], None),
        // More than there may be: until enough of them have left.
        (
            &[pace(Site, 1, 60)],
            &[("09:30", true), ("09:20", true), ("09:50", true)],
            refused(Site, 3, 60, "2026-06-30T10:50:00Z"),
        ),
        // The longest wait of several.
        (&[pace(Thread, 1, 10), pace(Site, 1, 60)], &[("09:55", true)], refused(Site, 1, 60, "2026-06-30T10:55:00Z")),
        (&[pace(Thread, 1, 60), pace(Site, 1, 10)], &[("09:55", true)], refused(Thread, 1, 60, "2026-06-30T10:55:00Z")),
        // Made before the clock was set back.
        (&[pace(Site, 1, 60)], &[("10:00:01", true), ("23:00", true)], None),
        (&[pace(Site, 1, 60)], &[("10:00", true)], refused(Site, 1, 60, "2026-06-30T11:00:00Z")),
    ];
    for (paces, replies, want) in cases {
        let mut pack = pack(vec![card("Un fait.")]);
        pack.reply.paces = paces.to_vec();
        let offer = Offer { card: &pack.cards[0], pack: &pack };
        let (identity, recalls) = (identity(), BTreeSet::new());
        let past: Vec<Past> = replies.iter().map(|(at, same)| past(&format!("2026-06-30T{at}Z"), *same, "")).collect();
        let occasion = Occasion { past: &past, ..occasion(&identity, &recalls) };
        assert_eq!(view(&offer, &occasion).refusal, want, "{paces:?} {replies:?}");
        assert_eq!(compose(&offer, "a", &Draft::default(), &occasion).err(), want, "{paces:?} {replies:?}");
    }
}

#[test]
fn who_was_introduced_signs_shortly() {
    let pack = pack(vec![card("Un fait.")]);
    let offer = Offer { card: &pack.cards[0], pack: &pack };
    let (identity, recalls) = (identity(), BTreeSet::new());
    for (same_thread, want) in [(false, identity.block()), (true, identity.short_block())] {
        let past = [past("2026-06-20T10:00:00Z", same_thread, "Autre chose.")];
        let occasion = Occasion { past: &past, ..occasion(&identity, &recalls) };
        let view = review(&offer, "a", &Draft::default(), &occasion).expect("a variant");
        assert_eq!(view.signature, want);
        let words = format!("Un fait.\n\n{}", identity.block());
        let draft = Draft { words: Some(words), ..Draft::default() };
        let composed = compose(&offer, "a", &draft, &occasion).map(|c| c.text);
        assert_eq!(composed, Ok(format!("Un fait.\n\n{want}")));
    }
}

#[test]
fn what_the_box_holds_takes_room() {
    let pack = pack(vec![card("Un fait, voir {source}")]);
    let offer = Offer { card: &pack.cards[0], pack: &pack };
    let (identity, recalls) = (identity(), BTreeSet::new());
    let count = Count { unit: CountUnit::Characters, limit: 200, link: None };
    let links = LinkPolicy { clickable: true, most: Some(1), held: false };
    let site = Site { count: Some(count), links: Some(links), ..Site::default() };
    let bare = u32::try_from("Un fait, voir https://agence.invalid/ror".len() + BLOCK.chars().count()).expect("few");
    let quote = "[quote]a[/quote]";
    for (held, more, refused) in [
        ("", 0, false),
        (" \n", 0, false),
        (quote, 18, false),
        (&"a".repeat(100), 102, true),
        ("https://b.fr", 14, true),
    ] {
        let occasion = Occasion { site: Some(&site), held, ..occasion(&identity, &recalls) };
        let view = review(&offer, "a", &Draft::default(), &occasion).expect("a variant");
        assert_eq!(view.room.map(|r| r.length), Some(bare + more), "{held}");
        assert_eq!(view.refusal.is_some(), refused, "{held}");
        assert!(!view.text.contains("quote"), "{}", view.text);
    }
}

#[test]
fn wordings_used_of_late_come_after_the_others() {
    let variant = |id: &str, text: &str| Variant { id: id.into(), text: text.into(), ..card("").variants[0].clone() };
    let first = "[[Bonjour,]] de grandes études ne trouvent aucun lien entre ce vaccin et l’autisme.";
    let second = "[[Bonjour,]] la rougeole peut être sérieuse : un malade sur trois a été hospitalisé en France.";
    let pack = pack(vec![Card { variants: vec![variant("1", first), variant("2", second)], ..card("") }]);
    let offer = Offer { card: &pack.cards[0], pack: &pack };
    let (identity, recalls) = (identity(), BTreeSet::new());
    let bare = first.replace(['[', ']'], "");
    let edited = bare.replace("Bonjour,", "Bonsoir Anne,");
    let (block, short) = (identity.block(), identity.short_block());
    type Want<'a> = [(&'a str, Option<u32>); 2];
    let used: Want<'_> = [("2", None), ("1", Some(10))];
    let cases: [(Vec<Past>, Want<'_>); 8] = [
        (vec![], [("1", None), ("2", None)]),
        (vec![past("2026-06-20T09:00:00Z", false, &format!("{bare}\n\n{block}"))], used),
        (vec![past("2026-06-20T09:00:00Z", true, &format!("{bare}\n\n{short}"))], used),
        (vec![past("2026-06-20T09:00:00Z", false, &bare)], used),
        (vec![past("2026-06-20T09:00:00Z", false, &format!("{edited}\n\n{block}"))], used),
        // The block alone is no text.
        (vec![past("2026-06-20T09:00:00Z", false, &format!("Oui.\n\n{block}"))], [("1", None), ("2", None)]),
        (
            vec![past("2026-05-31T10:00:00Z", false, &bare), past("2026-06-20T09:00:00Z", false, &bare)],
            [("2", None), ("1", Some(10))],
        ),
        // Of the future, after a clock was set back.
        (vec![past("2026-07-20T09:00:00Z", false, &bare)], [("2", None), ("1", Some(0))]),
    ];
    for (i, (past, want)) in cases.into_iter().enumerate() {
        let occasion = Occasion { past: &past, ..occasion(&identity, &recalls) };
        let view = view(&offer, &occasion);
        let have: Vec<_> = view.variants.iter().map(|v| (v.id.as_str(), v.used)).collect();
        assert_eq!(have, want, "case {i}");
    }
}
