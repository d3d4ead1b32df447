use super::{Card, Changed, Claim, Cue, Helpline, Lexicon, Pack, Source, Spelling, Topic, Unknown};
use rejoinder_wire::{Change, ChangeKind, ChangeOf, Site, TextChange};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What of a thing a person reads: each text under the name of its field, lists one entry to a line.
type Texts = BTreeMap<String, String>;

/// What changed between two sets of packs, by id: pack by pack, in it topics, claims, cards,
/// helplines, words, sites, each by id.
/// Empty when nothing did that a reader of the packs could see.
pub fn changes(old: &[Pack], new: &[Pack]) -> Vec<Change> {
    let ids: BTreeSet<&str> = old.iter().chain(new).map(|pack| pack.id.as_str()).collect();
    let mut changes = Vec::new();
    for id in ids {
        let of = |packs: &[Pack]| packs.iter().find(|pack| pack.id == id).map(things).unwrap_or_default();
        let (old, new) = (of(old), of(new));
        let keys: BTreeSet<&(ChangeOf, String)> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let (before, after) = (old.get(key), new.get(key));
            let kind = match (before, after) {
                (None, _) => ChangeKind::Added,
                (_, None) => ChangeKind::Removed,
                (Some(before), Some(after)) if before == after => continue,
                _ => ChangeKind::Changed,
            };
            let title = after.or(before).and_then(|texts| texts.get("title")).cloned().unwrap_or_default();
            let texts = differing(before, after);
            changes.push(Change { pack: id.into(), of: key.0, id: key.1.clone(), title, kind, texts });
        }
    }
    changes
}

/// The texts that are not the same on both sides.
fn differing(old: Option<&Texts>, new: Option<&Texts>) -> Vec<TextChange> {
    let text = |texts: Option<&Texts>, field: &String| texts.and_then(|t| t.get(field)).cloned().unwrap_or_default();
    let fields: BTreeSet<&String> = old.into_iter().chain(new).flat_map(BTreeMap::keys).collect();
    let change = |field: &String| TextChange { field: field.clone(), old: text(old, field), new: text(new, field) };
    fields.into_iter().map(change).filter(|change| change.old != change.new).collect()
}

/// Everything in a pack that has an id or a name.
fn things(pack: &Pack) -> BTreeMap<(ChangeOf, String), Texts> {
    let mut things = BTreeMap::new();
    things.insert((ChangeOf::Pack, pack.id.clone()), of_pack(pack));
    things.extend(pack.topics.iter().map(|topic| ((ChangeOf::Topic, topic.id.clone()), of_topic(topic))));
    things.extend(pack.claims.iter().map(|claim| ((ChangeOf::Claim, claim.id.clone()), of_claim(claim))));
    things.extend(pack.cards.iter().map(|card| ((ChangeOf::Card, card.id.clone()), of_card(card))));
    things.extend(pack.helplines.iter().map(|line| ((ChangeOf::Helpline, line.id.clone()), of_helpline(line))));
    things.extend(pack.sites.iter().map(|site| ((ChangeOf::Site, site.id.clone()), of_site(site))));
    let mut words = |name: String, lines: String| {
        let entry: &mut Texts = things.entry((ChangeOf::Words, name)).or_default();
        // Cues of one kind may stand in many lists.
        let text = entry.entry("words".into()).or_default();
        text.push_str(if text.is_empty() { "" } else { "\n" });
        text.push_str(&lines);
    };
    for Lexicon { name, words: list, unknown } in &pack.lexicons {
        words(format!("lex:{name}"), with(list.join("\n"), "\n", unknown));
    }
    for Spelling { word, variants, unknown } in &pack.spellings {
        words(format!("spelling:{word}"), with(variants.join("\n"), "\n", unknown));
    }
    for cue in &pack.cues {
        words(format!("cue:{}", json(&cue.kind)), of_cue(cue));
    }
    things
}

fn of_pack(pack: &Pack) -> Texts {
    let reply = &pack.reply;
    let paces = reply
        .paces
        .iter()
        .map(|pace| with(format!("{} in {} min ({})", pace.most, pace.minutes, json(&pace.scope)), " ", &pace.unknown));
    texts([
        ("version", pack.version.clone()),
        ("title", pack.title.clone()),
        ("publisher", pack.publisher.clone()),
        ("language", pack.language.clone()),
        ("jurisdictions", pack.jurisdictions.join("\n")),
        ("status", json(&pack.status)),
        ("reply.changed", if reply.changed == Changed::default() { String::new() } else { json(&reply.changed) }),
        ("reply.pace", paces.collect::<Vec<_>>().join("\n")),
        ("reply.unknown", of_unknown(&reply.unknown)),
        ("unknown", of_unknown(&pack.unknown)),
    ])
}

fn of_topic(topic: &Topic) -> Texts {
    texts([("title", topic.title.clone()), ("unknown", of_unknown(&topic.unknown))])
}

fn of_claim(claim: &Claim) -> Texts {
    texts([
        ("topic", claim.topic.clone()),
        ("title", claim.title.clone()),
        ("kind", json(&claim.kind)),
        ("distress", claim.distress.to_string()),
        ("harm", claim.harm.to_string()),
        ("consensus", claim.consensus.clone()),
        ("flicc", claim.flicc.join("\n")),
        ("rule", claim.rule.clone()),
        ("must", claim.must.join("\n")),
        ("must_not", claim.must_not.join("\n")),
        ("todo", claim.todo.join("\n")),
        ("unknown", of_unknown(&claim.unknown)),
    ])
}

fn of_card(card: &Card) -> Texts {
    let source = |s: &Source| with(format!("{} ({}) {} {}", s.title, s.publisher, s.url, s.checked), " ", &s.unknown);
    let sources = card.sources.iter().map(source);
    let mut texts = texts([
        ("title", card.title.clone()),
        ("claims", card.claims.join("\n")),
        ("stances", card.stances.iter().map(json).collect::<Vec<_>>().join("\n")),
        ("jurisdictions", card.jurisdictions.join("\n")),
        ("language", card.language.clone()),
        ("status", json(&card.status)),
        ("validators", card.validators.join("\n")),
        ("validated_on", card.validated_on.clone()),
        ("expires_on", card.expires_on.clone()),
        ("helplines", card.helplines.join("\n")),
        ("source", sources.collect::<Vec<_>>().join("\n")),
        ("unknown", of_unknown(&card.unknown)),
    ]);
    for variant in &card.variants {
        let name = format!("variant/{}", variant.id);
        let link = if variant.link { "yes" } else { "" };
        for (what, text) in [
            (" (length)", json(&variant.length)),
            (" (link)", link.to_owned()),
            (" (unknown)", of_unknown(&variant.unknown)),
        ] {
            if !text.is_empty() {
                texts.insert(format!("{name}{what}"), text);
            }
        }
        texts.insert(name, variant.text.clone());
    }
    texts
}

fn of_helpline(line: &Helpline) -> Texts {
    texts([
        ("title", line.name.clone()),
        ("jurisdictions", line.jurisdictions.join("\n")),
        ("phones", line.phones.join("\n")),
        ("url", line.url.clone()),
        ("hours", line.hours.clone()),
        ("checked", line.checked.clone()),
        ("expires_on", line.expires_on.clone()),
        ("ended", if line.ended { "yes".into() } else { String::new() }),
        ("unknown", of_unknown(&line.unknown)),
    ])
}

fn of_site(site: &Site) -> Texts {
    texts([
        ("title", site.name.clone()),
        ("url", site.url.join("\n")),
        ("adapter", serde_json::to_string_pretty(site).unwrap_or_default()),
    ])
}

fn of_cue(cue: &Cue) -> String {
    let how = format!("{} {} {}", json(&cue.scope), cue.reach, if cue.clause { "clause" } else { "sentence" });
    let lines = cue.words.iter().map(|word| format!("{word} ({how})")).collect::<Vec<_>>().join("\n");
    with(lines, "\n", &cue.unknown)
}

/// A text, and behind it what this version does not know: another version of the reader may heed it.
fn with(text: String, between: &str, unknown: &Unknown) -> String {
    if unknown.is_empty() { text } else { format!("{text}{between}{}", json(unknown)) }
}

fn of_unknown(unknown: &Unknown) -> String {
    with(String::new(), "", unknown)
}

fn texts<const N: usize>(fields: [(&str, String); N]) -> Texts {
    fields.into_iter().filter(|(_, text)| !text.is_empty()).map(|(field, text)| (field.to_owned(), text)).collect()
}

/// The word of a value, as it stands in a pack.
fn json(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(value) => value.to_string(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Pace, Variant};
    use rejoinder_wire::LengthClass;

    fn pack(change: impl FnOnce(&mut Pack)) -> Pack {
        let variant = Variant {
            id: "v".into(),
            length: LengthClass::Short,
            link: false,
            text: "Non.".into(),
            unknown: BTreeMap::new(),
        };
        let mut pack = Pack {
            id: "p".into(),
            version: "1.0.0".into(),
            claims: vec![Claim { id: "C".into(), title: "T".into(), rule: "a".into(), ..Claim::default() }],
            cards: vec![Card { id: "k".into(), title: "K".into(), variants: vec![variant], ..Card::default() }],
            lexicons: vec![Lexicon { name: "l".into(), words: vec!["un".into()], ..Lexicon::default() }],
            ..Pack::default()
        };
        change(&mut pack);
        pack
    }

    #[test]
    fn changes_by_id() {
        type Edit = fn(&mut Pack);
        type Want = (ChangeOf, &'static str, ChangeKind, &'static [&'static str]);
        let cases: [(&str, Edit, &[Want]); 17] = [
            ("nothing", |_| {}, &[]),
            (
                "a rule",
                |p| p.claims[0].rule = "b".into(),
                &[(ChangeOf::Claim, "C", ChangeKind::Changed, &["rule: a > b"])],
            ),
            (
                "a card's words",
                |p| p.cards[0].variants[0].text = "Oui.".into(),
                &[(ChangeOf::Card, "k", ChangeKind::Changed, &["variant/v: Non. > Oui."])],
            ),
            (
                "a card's end",
                |p| p.cards[0].expires_on = "2027-01-01".into(),
                &[(ChangeOf::Card, "k", ChangeKind::Changed, &["expires_on:  > 2027-01-01"])],
            ),
            (
                "a variant less",
                |p| p.cards[0].variants.clear(),
                &[(ChangeOf::Card, "k", ChangeKind::Changed, &["variant/v: Non. > ", "variant/v (length): short > "])],
            ),
            (
                "a variant's length and link",
                |p| (p.cards[0].variants[0].length, p.cards[0].variants[0].link) = (LengthClass::Medium, true),
                &[(
                    ChangeOf::Card,
                    "k",
                    ChangeKind::Changed,
                    &["variant/v (length): short > medium", "variant/v (link):  > yes"],
                )],
            ),
            (
                "what may be done with a changed reply",
                |p| p.reply.changed = Changed::Flag,
                &[(ChangeOf::Pack, "p", ChangeKind::Changed, &["reply.changed:  > flag"])],
            ),
            (
                "the pace",
                |p| p.reply.paces.push(Pace::default()),
                &[(ChangeOf::Pack, "p", ChangeKind::Changed, &["reply.pace:  > 1 in 1 min (thread)"])],
            ),
            (
                "what is unknown of replies",
                |p| drop(p.reply.unknown.insert("x".into(), 1.into())),
                &[(ChangeOf::Pack, "p", ChangeKind::Changed, &["reply.unknown:  > {\"x\":1}"])],
            ),
            (
                "what is unknown of a claim",
                |p| drop(p.claims[0].unknown.insert("x".into(), 1.into())),
                &[(ChangeOf::Claim, "C", ChangeKind::Changed, &["unknown:  > {\"x\":1}"])],
            ),
            (
                "what is unknown of a variant",
                |p| drop(p.cards[0].variants[0].unknown.insert("x".into(), 1.into())),
                &[(ChangeOf::Card, "k", ChangeKind::Changed, &["variant/v (unknown):  > {\"x\":1}"])],
            ),
            (
                "what is unknown of words",
                |p| drop(p.lexicons[0].unknown.insert("x".into(), 1.into())),
                &[(ChangeOf::Words, "lex:l", ChangeKind::Changed, &["words: un > un\n{\"x\":1}"])],
            ),
            (
                "a card by another id",
                |p| p.cards[0].id = "m".into(),
                &[
                    (
                        ChangeOf::Card,
                        "k",
                        ChangeKind::Removed,
                        &["status: example > ", "title: K > ", "variant/v: Non. > ", "variant/v (length): short > "],
                    ),
                    (
                        ChangeOf::Card,
                        "m",
                        ChangeKind::Added,
                        &["status:  > example", "title:  > K", "variant/v:  > Non.", "variant/v (length):  > short"],
                    ),
                ],
            ),
            (
                "a word",
                |p| p.lexicons[0].words.push("deux".into()),
                &[(ChangeOf::Words, "lex:l", ChangeKind::Changed, &["words: un > un\ndeux"])],
            ),
            (
                "the version",
                |p| p.version = "1.0.1".into(),
                &[(ChangeOf::Pack, "p", ChangeKind::Changed, &["version: 1.0.0 > 1.0.1"])],
            ),
            (
                "a helpline",
                |p| p.helplines.push(Helpline { id: "h".into(), phones: vec!["3114".into()], ..Helpline::default() }),
                &[(ChangeOf::Helpline, "h", ChangeKind::Added, &["phones:  > 3114"])],
            ),
            (
                "a site",
                |p| p.sites.push(Site { id: "s".into(), ..Site::default() }),
                &[(ChangeOf::Site, "s", ChangeKind::Added, &[])],
            ),
        ];
        for (name, edit, want) in cases {
            let got = changes(&[pack(|_| {})], &[pack(edit)]);
            let line = |t: &TextChange| format!("{}: {} > {}", t.field, t.old, t.new);
            let got: Vec<_> = got
                .iter()
                .map(|c| (c.of, c.id.as_str(), c.kind, c.texts.iter().map(line).collect::<Vec<_>>()))
                .collect();
            assert_eq!(got.len(), want.len(), "{name}: {got:?}");
            for ((of, id, kind, texts), want) in got.iter().zip(want) {
                assert_eq!((*of, *id, *kind), (want.0, want.1, want.2), "{name}");
                assert!(want.3.is_empty() || texts == want.3, "{name}: {texts:?}");
            }
        }
    }

    #[test]
    fn packs_come_and_go_whole() {
        let other = |p: &mut Pack| p.id = "q".into();
        let got = changes(&[pack(|_| {})], &[pack(other)]);
        let kinds: Vec<_> = got.iter().map(|c| (c.pack.as_str(), c.kind)).collect();
        assert_eq!(kinds.len(), 8);
        assert!(kinds[..4].iter().all(|k| *k == ("p", ChangeKind::Removed)), "{kinds:?}");
        assert!(kinds[4..].iter().all(|k| *k == ("q", ChangeKind::Added)), "{kinds:?}");
    }
}
