//! Cards for a finding, and what is done with them.

use crate::address;
use crate::browser;
use crate::clock;
use crate::core::{Core, State};
use crate::journal::{self, CardUsed};
use crate::readings::Frame;
use crate::timeout::within;
use futures_channel::oneshot;
use jiff::Timestamp;
use rejoinder_engine::reply::{self, Occasion, Offer};
use rejoinder_wire::{
    Account, BackgroundToPage, BackgroundToPanel, Envelope, Finding, FoundPost, InsertAnswer, InsertFailure,
    InsertReport, JournalOutcome, PanelAnswer, ReplyRefusal, Stance, Trouble,
};
use std::collections::BTreeSet;
use url::Url;

/// Milliseconds that a page is given to be read again.
const REREAD: u32 = 5_000;
/// Milliseconds that a page is given to insert and read back.
const INSERT: u32 = 45_000;
/// Pages number their posts from 1.
const NO_POST: u32 = 0;

/// The post that is answered, as the browser knows it now.
struct Place {
    finding: Finding,
    url: Url,
    document: Option<String>,
    loopback: bool,
    /// What the document shows as the account in use, and whose it is.
    shown: Option<String>,
    account: Account,
    /// Id of the adapter in use there.
    site: String,
}

impl Core {
    /// The cards that fit.
    pub(crate) async fn cards(&self, post: FoundPost, claim: &str, stance: Stance) -> Result<PanelAnswer, Trouble> {
        let place = self.place(post, claim).await?;
        let state = self.state.borrow();
        let offers = reply::fitting(state.library.packs(), claim, stance);
        let cards = offers.iter().map(|offer| state.with_occasion(offer, &place, |o| reply::view(offer, o)));
        Ok(PanelAnswer::Cards { cards: cards.collect() })
    }

    /// Composes again and puts the text in the composer.
    pub(crate) async fn insert(
        &self,
        post: FoundPost,
        claim: &str,
        card: &str,
        variant: &str,
    ) -> Result<PanelAnswer, Trouble> {
        let place = self.place(post, claim).await?;
        let composed = {
            let state = self.state.borrow();
            let offer = state.offer(claim, card).ok_or(ReplyRefusal::Unknown);
            offer.and_then(|offer| {
                if let Some(refusal) = place.account.refusal() {
                    return Err(refusal);
                }
                let text = state.with_occasion(&offer, &place, |o| reply::compose(&offer, variant, o))?;
                Ok((text, offer.pack.version.clone()))
            })
        };
        let (text, version) = match composed {
            Ok(composed) => composed,
            Err(refusal) => return Ok(PanelAnswer::Inserted { answer: InsertAnswer::Refused { refusal } }),
        };
        let report = self.insert_text(post, &place, &text).await;
        let outcome = match report {
            InsertReport::Inserted { .. } => JournalOutcome::Inserted,
            InsertReport::Failed { .. } => JournalOutcome::Failed,
        };
        self.journal(&place, CardUsed { card, variant, version: &version }, outcome).await;
        Ok(PanelAnswer::Inserted { answer: InsertAnswer::Reported { report, text } })
    }

    /// In the post's own document if it has a composer. Else, if that is the tab's main document, in a frame: comment
    /// services have theirs on another site. Only documents of enabled sites are known here.
    async fn insert_text(&self, post: FoundPost, place: &Place, text: &str) -> InsertReport {
        let mut report = insert_in(post, place.document.as_deref(), text, place.shown.clone()).await;
        // A post in a frame is answered in that frame; only of the main document it is known that the others are in it.
        // What may be used on this machine only does not leave it this way either.
        let frames: Vec<_> = match post.frame {
            0 => {
                let state = self.state.borrow();
                let allowed = |frame: &Frame| {
                    let taken =
                        state.library.site(&frame.site).is_none_or(|site| reply::refused_by(site, text).is_none());
                    (frame.is_loopback() || !place.loopback) && state.account(frame).refusal().is_none() && taken
                };
                let below = state.readings.below(post.tab).filter(|(_, frame)| allowed(frame));
                below.map(|(at, frame)| (at, frame.document.clone(), frame.account.clone())).collect()
            }
            _ => Vec::new(),
        };
        for (frame, document, shown) in frames {
            if report != (InsertReport::Failed { failure: InsertFailure::NoComposer }) {
                break;
            }
            // No post of that document is answered.
            match insert_in(FoundPost { frame, post: NO_POST, ..post }, document.as_deref(), text, shown).await {
                // It is gone; that says nothing of the next.
                InsertReport::Failed { failure: InsertFailure::Unreachable } => {}
                other => report = other,
            }
        }
        report
    }

    /// The manager copied a card.
    pub(crate) async fn copied(
        &self,
        post: FoundPost,
        claim: &str,
        card: &str,
        variant: &str,
    ) -> Result<PanelAnswer, Trouble> {
        let place = self.place(post, claim).await?;
        let version = self.state.borrow().offer(claim, card).map(|offer| offer.pack.version.clone());
        let version = version.ok_or_else(|| Trouble::Protocol { why: format!("no card `{card}`") })?;
        self.journal(&place, CardUsed { card, variant, version: &version }, JournalOutcome::Copied).await;
        Ok(PanelAnswer::Done)
    }

    /// The entry is lost rather than the reply when the store fails; the console says so.
    async fn journal(&self, place: &Place, used: CardUsed<'_>, outcome: JournalOutcome) {
        let site = place.url.host_str().unwrap_or_default();
        let entry = journal::entry(clock::now(), site, &place.finding, used, outcome);
        match self.store.record(&entry).await {
            Ok(()) => self.tell_panels(BackgroundToPanel::Journal),
            Err(why) => crate::console::warn(&format!("the journal could not be written: {why}")),
        }
    }

    /// Where a finding is now. After the worker was stopped, its page is read again first.
    async fn place(&self, post: FoundPost, claim: &str) -> Result<Place, Trouble> {
        let tab = browser::tab(post.tab).await.ok_or(Trouble::Gone)?;
        if self.state.borrow().readings.frame(post.tab, post.frame).is_none() {
            let (done, read) = oneshot::channel();
            self.waiting.borrow_mut().push((post, done));
            // The whole tab, when nothing of it is known: its other frames are forgotten too.
            let frame = self.state.borrow().readings.knows(post.tab).then_some(post.frame);
            self.tell_page(post.tab, frame, &BackgroundToPage::Reread).await.map_err(|_| Trouble::Gone)?;
            // Read in time or not: what is known then decides.
            let _ = within(REREAD, read).await;
        }
        let state = self.state.borrow();
        let finding = state.readings.finding(post, claim).ok_or(Trouble::Gone)?.clone();
        let frame = state.readings.frame(post.tab, post.frame).ok_or(Trouble::Gone)?;
        // Where the browser tells the tab's address, it too must be of this machine: a frame of this machine within a
        // page of another does not make that page one to try examples on.
        let around = tab.url.as_deref().and_then(|a| Url::parse(a).ok());
        Ok(Place {
            finding,
            url: frame.url.clone(),
            document: frame.document.clone(),
            shown: frame.account.clone(),
            account: state.account(frame),
            site: frame.site.clone(),
            loopback: frame.is_loopback() && around.as_ref().is_none_or(address::is_loopback),
        })
    }
}

/// Has one document insert a text, under the account that it has said to show.
async fn insert_in(post: FoundPost, document: Option<&str>, text: &str, account: Option<String>) -> InsertReport {
    let failed = InsertReport::Failed { failure: InsertFailure::Unreachable };
    let message = BackgroundToPage::Insert { post: post.post, text: text.to_owned(), account };
    let Ok(json) = Envelope::new(message).to_json() else { return failed };
    match within(INSERT, browser::ask_page(post.tab, Some(post.frame), document, &json)).await {
        Some(Ok(Some(answer))) => Envelope::<InsertReport>::read(&answer).unwrap_or(failed),
        _ => failed,
    }
}

impl State {
    /// The card of an id that answers a claim.
    fn offer(&self, claim: &str, card: &str) -> Option<Offer<'_>> {
        let cards =
            self.library.packs().iter().flat_map(|pack| pack.cards.iter().map(move |card| Offer { card, pack }));
        cards.into_iter().find(|o| o.card.id == card && o.card.claims.iter().any(|c| c == claim))
    }

    /// Looks at a card on the occasion of now: validity and recalls are those of the index that brought its pack.
    fn with_occasion<T>(&self, offer: &Offer<'_>, place: &Place, look: impl FnOnce(&Occasion<'_>) -> T) -> T {
        let origin = self.library.origin(offer.pack);
        let index = origin
            .and_then(|o| self.subscriptions.iter().find(|s| s.stored.url == o.subscription))
            .map(|subscription| &subscription.index);
        let recalls: BTreeSet<String> = index.map(|i| i.recalls.iter().cloned().collect()).unwrap_or_default();
        look(&Occasion {
            identity: &self.identity,
            today: clock::today(),
            now: clock::now(),
            loopback: place.loopback,
            site: self.library.site(&place.site),
            recalls: &recalls,
            // A pack without an index cannot be; if it were, nothing of it would be valid.
            index_expires: index.map_or(Timestamp::MIN, |i| i.expires),
        })
    }
}
