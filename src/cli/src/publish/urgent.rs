use super::changelog::Entry;
use super::{Draft, Published, Validity, finish, next};
use anyhow::{Result, bail};
use rejoinder_engine::trust::{Index, URGENT_KIND, URGENT_SCHEMA, Urgent};
use std::collections::BTreeSet;

/// A new urgent list that takes cards back, too.
///
/// # Errors
/// Nothing is published yet; a card was never published here; all of them are taken back already.
pub fn recall(published: &Published, cards: &[String], validity: &Validity) -> Result<Draft> {
    let index: BTreeSet<&String> = published.some_index()?.recalls.iter().collect();
    let mut recalls = published.recalls();
    let known: BTreeSet<&str> = published.packs.iter().flat_map(|p| &p.cards).map(|c| c.id.as_str()).collect();
    for card in cards {
        if !known.contains(card.as_str()) && !published.changelog.knows_card(card) && !recalls.contains(card) {
            bail!("no card `{card}` was published here{}", like(card, &known));
        }
    }
    if cards.iter().all(|card| recalls.contains(card)) {
        bail!("already taken back: {}; nothing was written", cards.join(", "));
    }
    let new: Vec<String> = cards.iter().filter(|card| !recalls.contains(*card)).cloned().collect();
    recalls.extend(new.iter().cloned());
    let sites_off = published.sites_off();
    // What the index has taken back already needs no urgency.
    let recalls = recalls.iter().filter(|id| !index.contains(id)).cloned().collect();
    list(published, recalls, sites_off, validity, new)
}

/// A new urgent list that switches a site's adapter off.
///
/// # Errors
/// Nothing is published yet; no pack has such an adapter; it is off already.
pub fn switch_off(published: &Published, site: &str, validity: &Validity) -> Result<Draft> {
    published.some_index()?;
    let mut sites_off = published.sites_off();
    let known: BTreeSet<&str> = published.packs.iter().flat_map(|p| &p.sites).map(|s| s.id.as_str()).collect();
    if !known.contains(site) {
        bail!("no site adapter `{site}` is published here{}", like(site, &known));
    }
    if !sites_off.insert(site.to_owned()) {
        bail!("adapter `{site}` is off already; nothing was written");
    }
    list(published, waiting(published), sites_off, validity, Vec::new())
}

/// Switches a site's adapter on again: by a new list, and, if the index has it off, by a new index with the same packs
/// and validity.
///
/// # Errors
/// Nothing is published yet; it is not off; the index has expired.
pub fn switch_on(published: &Published, site: &str, validity: &Validity) -> Result<Draft> {
    let before = published.some_index()?;
    let mut sites_off = published.sites_off();
    if !sites_off.remove(site) {
        let off: BTreeSet<&str> = sites_off.iter().map(String::as_str).collect();
        bail!("adapter `{site}` is not switched off{}", like(site, &off));
    }
    if !before.sites_off.iter().any(|off| off == site) {
        return list(published, waiting(published), sites_off, validity, Vec::new());
    }
    if before.expires <= validity.issued {
        bail!("the index has expired ({}); publish again first", before.expires);
    }
    let validity = Validity { serial: None, issued: validity.issued, expires: before.expires };
    let index = Index {
        serial: next(Some(before.serial), &validity)?,
        issued: validity.issued,
        recalls: published.recalls().into_iter().collect(),
        sites_off: sites_off.into_iter().collect(),
        ..before.clone()
    };
    let mut draft = Draft::new(published, published.some_key()?)?;
    finish(&mut draft, published, &index, Entry::of_index(&index), BTreeSet::new())?;
    Ok(draft)
}

/// The recalls of the list that no index carries yet.
fn waiting(published: &Published) -> Vec<String> {
    published.urgent.as_ref().map(|list| list.recalls.clone()).unwrap_or_default()
}

fn list(
    published: &Published,
    recalls: Vec<String>,
    sites_off: BTreeSet<String>,
    validity: &Validity,
    new: Vec<String>,
) -> Result<Draft> {
    let index = published.some_index()?;
    if validity.issued <= index.issued {
        bail!("the index was issued on {}; an urgent list counts only if it is issued later", index.issued);
    }
    let list = Urgent {
        kind: URGENT_KIND.into(),
        schema: URGENT_SCHEMA,
        min_schema: URGENT_SCHEMA,
        serial: next(published.urgent.as_ref().map(|list| list.serial), validity)?,
        issued: validity.issued,
        expires: validity.expires,
        recalls,
        sites_off: sites_off.into_iter().collect(),
    };
    let mut draft = Draft::new(published, published.some_key()?)?;
    draft.urgent(&list)?;
    let entry = Entry { recalls: new, ..Entry::of_urgent(&list) };
    draft.changelog(&published.changelog, entry, BTreeSet::new())?;
    Ok(draft)
}

/// What may have been meant, in brackets.
fn like(id: &str, known: &BTreeSet<&str>) -> String {
    let near = known.iter().map(|other| (strsim::jaro_winkler(id, other), other)).filter(|(score, _)| *score > 0.8);
    match near.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, other)) => format!(" (`{other}`?)"),
        None if known.is_empty() => String::new(),
        None => format!(" (there are: {})", known.iter().take(20).copied().collect::<Vec<_>>().join(", ")),
    }
}
