//! From a card to the text that is inserted.

mod answer;
mod edit;
mod length;
mod likeness;
mod mark;
mod pace;
#[cfg(test)]
mod tests;
mod text;
mod token;

pub use length::{length, links};
pub use likeness::Likeness;
pub use mark::{MarkError, MarkErrorKind, NAMES, check_marks, lint_marks};

use crate::pack::{Card, Changed, Pack, Variant};
use edit::Edited;
use jiff::{Timestamp, civil::Date};
use rejoinder_wire::{
    CardStatus, CardView, Departure, Draft, Identity, LinkFate, LinkPolicy, Piece, Question, ReplyRefusal, Room, Site,
    SourceView, Stance, VariantView,
};
use std::collections::BTreeSet;

/// The circumstances in which a card would be used.
#[derive(Clone, Debug)]
pub struct Occasion<'a> {
    /// Who replies.
    pub identity: &'a Identity,
    /// Today, where the manager is.
    pub today: Date,
    /// Now, for the validity of the index.
    pub now: Timestamp,
    /// Whether the page is of this machine (`localhost`, `127.0.0.0/8`, `[::1]`).
    pub loopback: bool,
    /// Ids of cards that their publisher took back.
    pub recalls: &'a BTreeSet<String>,
    /// End of validity of the index that brought the card.
    pub index_expires: Timestamp,
    /// What is known of the site, which counts in its own way and has its own mind about links.
    pub site: Option<&'a Site>,
    /// What the reply box holds already.
    pub held: &'a str,
    /// The manager's replies on the site of late.
    pub past: &'a [Past],
}

/// A reply that the manager made.
#[derive(Clone, Debug)]
pub struct Past {
    /// When.
    pub at: Timestamp,
    /// It stands in the same thread, as far as is known.
    pub same_thread: bool,
    /// What is kept of its text.
    pub likeness: Likeness,
}

/// A text that may be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The text.
    pub text: String,
    /// Words that differ from the approved ones, in percent.
    pub changed: u8,
}

impl Occasion<'_> {
    /// What the site would be given: a text below what its box holds.
    fn post(&self, text: &str) -> String {
        if self.held.trim().is_empty() { text.to_owned() } else { format!("{}\n\n{text}", self.held) }
    }

    /// How much room a text takes on the site.
    fn room(&self, text: &str) -> Option<Room> {
        let count = self.site?.count.as_ref()?;
        Some(Room { length: length(&self.post(text), count), limit: count.limit })
    }

    /// What the site does with the link of a text that has one.
    fn link_fate(&self, text: &str) -> Option<LinkFate> {
        let policy = self.site?.links.as_ref().filter(|_| links(text) > 0)?;
        match policy {
            LinkPolicy { clickable: false, .. } => Some(LinkFate::Dead),
            LinkPolicy { held: true, .. } => Some(LinkFate::Held),
            LinkPolicy { .. } => None,
        }
    }

    /// Why the site would not take a text.
    fn site_refusal(&self, text: &str) -> Option<ReplyRefusal> {
        refused_by(self.site?, &self.post(text))
    }

    /// The block below the words: the whole one once in a thread, then the short one.
    fn signature(&self) -> String {
        let known = self.past.iter().any(|past| past.same_thread);
        if known { self.identity.short_block() } else { self.identity.block() }
    }

    /// Days since some words were last used, under whichever block.
    fn used(&self, words: &str) -> Option<u32> {
        if self.past.is_empty() {
            return None;
        }
        let (words, block) = (Likeness::of(words), Likeness::of(&self.identity.block()));
        let same = |past: &&Past| words.is_above(&block, &past.likeness);
        let last = self.past.iter().filter(same).map(|past| past.at).max()?;
        Some(u32::try_from(self.now.duration_since(last).as_hours() / 24).unwrap_or(0))
    }
}

/// Words with the identity block below them.
fn signed(words: &str, block: &str) -> String {
    if block.is_empty() { words.to_owned() } else { format!("{words}\n\n{block}") }
}

/// Why a site would not take a text; `None`: as far as is known, it does.
pub fn refused_by(site: &Site, text: &str) -> Option<ReplyRefusal> {
    if let Some(count) = &site.count {
        let room = Room { length: length(text, count), limit: count.limit };
        if room.length > room.limit {
            return Some(ReplyRefusal::TooLong { room });
        }
    }
    let most = site.links.as_ref()?.most?;
    let links = links(text);
    (links > most).then_some(ReplyRefusal::TooManyLinks { links, most })
}

/// A card and the pack it came in, which has a say in whether it may be used.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// The card.
    pub card: &'a Card,
    /// Its pack; [`Pack::version`] goes to the journal.
    pub pack: &'a Pack,
}

impl Offer<'_> {
    /// Whether an organisation stands behind the card: in a pack of examples, all cards are examples.
    pub fn status(&self) -> CardStatus {
        match (self.pack.status, self.card.status) {
            (CardStatus::Validated, CardStatus::Validated) => CardStatus::Validated,
            _ => CardStatus::Example,
        }
    }
}

/// The cards of some packs that answer a claim, best first: those made for the stance before the others, validated
/// ones before examples, and otherwise in the packs' order. Cards that may not be used are among them; [`view`] says
/// why.
pub fn fitting<'a>(packs: &'a [Pack], claim: &str, stance: Stance) -> Vec<Offer<'a>> {
    let mut offers: Vec<Offer<'a>> = offers(packs).filter(|o| o.card.claims.iter().any(|c| c == claim)).collect();
    offers.sort_by_key(|o| (!o.card.stances.contains(&stance), o.status() != CardStatus::Validated));
    offers
}

/// The card of an id, from the first pack that has it.
pub fn find<'a>(packs: &'a [Pack], card: &str) -> Option<Offer<'a>> {
    offers(packs).find(|o| o.card.id == card)
}

fn offers(packs: &[Pack]) -> impl Iterator<Item = Offer<'_>> {
    packs.iter().flat_map(|pack| pack.cards.iter().map(move |card| Offer { card, pack }))
}

/// A draft of a wording on one occasion.
struct Reading {
    /// The whole text.
    text: String,
    signature: String,
    pieces: Vec<Piece>,
    questions: Vec<Question>,
    departures: Vec<Departure>,
    changed: u8,
    used: Option<u32>,
    refusal: Option<ReplyRefusal>,
}

impl Reading {
    fn of(offer: &Offer<'_>, variant: &Variant, draft: &Draft, occasion: &Occasion<'_>) -> Reading {
        let filled = text::fill(variant, offer.card, occasion.identity, &draft.answers);
        let mut refusal = filled.refusal();
        let mut words = filled.words();
        let (mut pieces, mut departures, mut changed) = (filled.pieces.clone(), Vec::new(), 0);
        if let Some(own) = &draft.words {
            let edited = Edited::of(&filled, own, occasion.identity);
            (words, pieces, departures, changed) = (edited.words, edited.pieces, edited.departures, edited.changed);
            let bound: Vec<Departure> = departures.iter().filter(|d| d.locked).cloned().collect();
            let strict = offer.pack.reply.changed == Changed::Refuse && !bound.is_empty();
            refusal = refusal
                .or(edited.refusal)
                .or_else(|| strict.then_some(ReplyRefusal::NotApproved { departures: bound }));
        }
        let signature = occasion.signature();
        let text = signed(&words, &signature);
        let refusal = refusal.or_else(|| occasion.site_refusal(&text));
        let used = occasion.used(&words);
        Reading { text, signature, pieces, questions: filled.questions, departures, changed, used, refusal }
    }

    fn view(self, variant: &Variant, occasion: &Occasion<'_>) -> VariantView {
        VariantView {
            id: variant.id.clone(),
            length: variant.length,
            link: variant.link,
            pieces: self.pieces,
            questions: self.questions,
            signature: self.signature,
            departures: self.departures,
            used: self.used,
            characters: u32::try_from(self.text.encode_utf16().count()).unwrap_or(u32::MAX),
            room: occasion.room(&self.text),
            link_fate: occasion.link_fate(&self.text),
            refusal: self.refusal,
            text: self.text,
        }
    }
}

/// A card as the panel shows it: texts filled as far as they can be, reasons of refusal named. Wordings that fit the site
/// come first, those whose link it does nothing for after the others, and those used of late after others of their rank.
pub fn view(offer: &Offer<'_>, occasion: &Occasion<'_>) -> CardView {
    let card = offer.card;
    let draft = Draft::default();
    let variants = card.variants.iter().map(|v| Reading::of(offer, v, &draft, occasion).view(v, occasion));
    let mut variants: Vec<VariantView> = variants.collect();
    variants.sort_by_key(|view| (view.refusal.is_some(), view.link_fate.is_some(), view.used.is_some()));
    let sources = card.sources.iter().map(|source| SourceView {
        title: source.title.clone(),
        publisher: source.publisher.clone(),
        url: source.url.clone(),
        checked: source.checked.clone(),
    });
    CardView {
        id: card.id.clone(),
        title: card.title.clone(),
        status: offer.status(),
        expires_on: card.expires_on.clone(),
        sources: sources.collect(),
        variants,
        refusal: refusal(offer, occasion),
    }
}

/// What a draft of a wording comes to; `None`: the card has no such variant.
pub fn review(offer: &Offer<'_>, variant: &str, draft: &Draft, occasion: &Occasion<'_>) -> Option<VariantView> {
    let variant = offer.card.variants.iter().find(|v| v.id == variant)?;
    Some(Reading::of(offer, variant, draft, occasion).view(variant, occasion))
}

/// The text to insert: the card's words or the manager's, holes filled once, literally, and the identity block below.
///
/// # Errors
/// Why the card may not be used on this occasion; the gravest reason when there are several: those of the card, of which
/// the pace is the least, then those of the wording, then those of the site.
pub fn compose(
    offer: &Offer<'_>,
    variant: &str,
    draft: &Draft,
    occasion: &Occasion<'_>,
) -> Result<Composed, ReplyRefusal> {
    let variant = offer.card.variants.iter().find(|v| v.id == variant).ok_or(ReplyRefusal::Unknown)?;
    if let Some(refusal) = refusal(offer, occasion) {
        return Err(refusal);
    }
    let reading = Reading::of(offer, variant, draft, occasion);
    match reading.refusal {
        Some(refusal) => Err(refusal),
        None => Ok(Composed { text: reading.text, changed: reading.changed }),
    }
}

/// Why no variant of a card may be used, the gravest reason first.
fn refusal(offer: &Offer<'_>, occasion: &Occasion<'_>) -> Option<ReplyRefusal> {
    let card = offer.card;
    if occasion.recalls.contains(&card.id) {
        return Some(ReplyRefusal::Recalled);
    }
    // A last day that cannot be read cannot be known to lie ahead.
    let current = card.expires_on.parse::<Date>().is_ok_and(|last| last >= occasion.today);
    if !current {
        return Some(ReplyRefusal::Expired { on: card.expires_on.clone() });
    }
    if occasion.now >= occasion.index_expires {
        return Some(ReplyRefusal::IndexExpired { at: occasion.index_expires.to_string() });
    }
    match offer.status() {
        CardStatus::Validated => {
            let validated = card.validators.iter().any(|v| !v.trim().is_empty());
            if !validated || card.validated_on.parse::<Date>().is_err() {
                return Some(ReplyRefusal::NotValidated);
            }
        }
        CardStatus::Example if !occasion.loopback => return Some(ReplyRefusal::ExampleOnly),
        CardStatus::Example => {}
    }
    let missing: Vec<String> = occasion.identity.missing().into_iter().map(str::to_owned).collect();
    if !missing.is_empty() {
        return Some(ReplyRefusal::IdentityMissing { fields: missing });
    }
    // The only reason that goes by itself.
    pace::refusal(offer.pack, occasion)
}
