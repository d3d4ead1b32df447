//! From a card to the text that is inserted.

use crate::pack::{Card, Pack};
use jiff::{Timestamp, civil::Date};
use rejoinder_wire::{CardView, Identity, ReplyRefusal, Stance};
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
}

/// The cards of some packs that answer a claim in a stance, best first.
pub fn fitting<'a>(packs: &'a [Pack], claim: &str, stance: Stance) -> Vec<&'a Card> {
    let _ = (packs, claim, stance);
    Vec::new()
}

/// A card as the panel shows it: texts filled, reasons of refusal named.
pub fn view(card: &Card, occasion: &Occasion<'_>) -> CardView {
    let _ = occasion;
    CardView {
        id: card.id.clone(),
        title: card.title.clone(),
        status: card.status,
        expires_on: card.expires_on.clone(),
        sources: Vec::new(),
        variants: Vec::new(),
        refusal: None,
    }
}

/// The text to insert: placeholders filled once, literally, and the identity block below.
///
/// # Errors
/// Why the card may not be used on this occasion.
pub fn compose(card: &Card, variant: &str, occasion: &Occasion<'_>) -> Result<String, ReplyRefusal> {
    let _ = (card, variant, occasion);
    Err(ReplyRefusal::Unknown)
}
