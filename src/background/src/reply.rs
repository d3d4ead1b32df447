//! Cards for a finding, and what is done with them.

use crate::address;
use crate::armed;
use crate::browser;
use crate::clock;
use crate::composer::Document;
use crate::core::{Core, State};
use crate::journal::{self, CardUsed};
use crate::own::Own;
use crate::readings::Frame;
use crate::timeout::within;
use futures_channel::oneshot;
use jiff::Timestamp;
use rejoinder_engine::reply::{self, Composed, Likeness, Occasion, Offer, Past};
use rejoinder_wire::{
    Account, BackgroundToPage, BackgroundToPanel, Draft, Finding, FoundPost, InsertAnswer, InsertReport,
    JournalOutcome, OwnState, PanelAnswer, ReplyRefusal, Stance, Trouble,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::rc::Rc;
use url::Url;

/// Milliseconds that a page is given to be read again.
const REREAD: u32 = 5_000;

/// What the manager has chosen to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Choice {
    /// The post that is answered.
    pub(crate) post: FoundPost,
    /// Id of the claim.
    pub(crate) claim: String,
    /// Id of the card.
    pub(crate) card: String,
    /// Id of the variant.
    pub(crate) variant: String,
    /// What the manager made of it.
    pub(crate) draft: Draft,
}

/// The post that is answered, as the browser knows it now.
#[derive(Debug)]
struct Place {
    finding: Finding,
    url: Url,
    loopback: bool,
    /// Whose account the document shows.
    account: Account,
    /// Id of the adapter in use there.
    site: String,
    /// What is kept of the thread's address.
    thread: Option<String>,
    /// The manager's replies on the site.
    past: Vec<Past>,
    /// Where the reply box may be, the likeliest first.
    documents: Vec<Document>,
}

impl Core {
    /// The cards that fit.
    pub(crate) async fn cards(&self, post: FoundPost, claim: &str, stance: Stance) -> Result<PanelAnswer, Trouble> {
        let place = self.place(post, claim).await?;
        let held = self.held(&place.documents, false).await.1;
        let state = self.state.borrow();
        let offers = reply::fitting(state.library.packs(), claim, stance);
        let cards = offers.iter().map(|offer| state.with_occasion(offer, &place, &held, |o| reply::view(offer, o)));
        Ok(PanelAnswer::Cards { cards: cards.collect() })
    }

    /// What a draft comes to.
    pub(crate) async fn review(&self, choice: &Choice) -> Result<PanelAnswer, Trouble> {
        let place = self.place(choice.post, &choice.claim).await?;
        let held = self.held(&place.documents, false).await.1;
        let state = self.state.borrow();
        let variant = state.offer(&choice.claim, &choice.card).and_then(|offer| {
            state.with_occasion(&offer, &place, &held, |o| reply::review(&offer, &choice.variant, &choice.draft, o))
        });
        let variant = variant.ok_or_else(|| Trouble::Protocol { why: format!("no card `{}`", choice.card) })?;
        Ok(PanelAnswer::Reviewed { variant: Box::new(variant) })
    }

    /// Composes again and puts the text in the composer (`there`: in the one that had the focus last, whichever post
    /// that is for). If none is open, the card waits for one.
    pub(crate) async fn insert(self: &Rc<Self>, choice: &Choice, there: bool) -> Result<PanelAnswer, Trouble> {
        // The newer wish counts.
        self.replace_armed(choice.post.tab).await;
        let place = self.place(choice.post, &choice.claim).await?;
        let mut answer = self.insert_in(choice, &place, &place.documents, there).await;
        if armed::wants_a_box(&answer) && self.arm(choice, &place.documents).await {
            answer = InsertAnswer::Armed;
        } else {
            self.note_failure(choice, &place, &answer).await;
        }
        Ok(PanelAnswer::Inserted { answer })
    }

    /// The manager opened a reply box for an armed card, in one of the tab's frames.
    pub(crate) async fn insert_when_opened(
        self: &Rc<Self>,
        choice: &Choice,
        frame: i64,
    ) -> Result<InsertAnswer, Trouble> {
        let place = self.place(choice.post, &choice.claim).await?;
        let there: Vec<Document> = place.documents.iter().filter(|d| d.post.frame == frame).cloned().collect();
        let answer = self.insert_in(choice, &place, &there, false).await;
        self.note_failure(choice, &place, &answer).await;
        Ok(answer)
    }

    /// Composes and inserts in the first of some documents that has an open reply box.
    async fn insert_in(
        self: &Rc<Self>,
        choice: &Choice,
        place: &Place,
        documents: &[Document],
        there: bool,
    ) -> InsertAnswer {
        let (document, held) = self.held(documents, there).await;
        let composed = self.compose(choice, place, &held);
        let Composed { text, changed } = match composed {
            Ok(composed) => composed,
            Err(refusal) => return InsertAnswer::Refused { refusal },
        };
        // A frame that would be right may not be used (another account, another site's rules): no box here.
        let Some(document) = document.filter(|document| self.takes(document, place, &text)) else {
            let failure = rejoinder_wire::InsertFailure::NoComposer;
            return InsertAnswer::Reported { report: InsertReport::Failed { failure }, text };
        };
        let ticket = self.next_ticket();
        let report = document.put(ticket, &text, there).await;
        if matches!(report, InsertReport::Inserted { .. }) {
            let entry = self.journal(choice, place, JournalOutcome::Inserted, changed).await;
            self.keep_own(place, choice, &text, OwnState::Inserted, entry, ticket).await;
            if let Some(frame) = self.state.borrow_mut().readings.frame_mut(choice.post.tab, document.post.frame) {
                frame.tickets.insert(ticket);
            }
            self.touch(choice.post.tab);
        }
        InsertAnswer::Reported { report, text }
    }

    /// The document with an open reply box, or the first one, and what the box holds.
    async fn held<'a>(&self, documents: &'a [Document], there: bool) -> (Option<&'a Document>, String) {
        for document in documents {
            let view = document.look(there).await;
            if view.open {
                return (Some(document), view.text);
            }
        }
        (documents.first(), String::new())
    }

    /// Whether a text may go into a document: of one in a frame, the rules of its own site hold too.
    fn takes(&self, document: &Document, place: &Place, text: &str) -> bool {
        let state = self.state.borrow();
        let site = state.library.site(&document.site).filter(|site| site.id != place.site);
        site.is_none_or(|site| reply::refused_by(site, text).is_none())
    }

    fn compose(&self, choice: &Choice, place: &Place, held: &str) -> Result<Composed, ReplyRefusal> {
        let state = self.state.borrow();
        let offer = state.offer(&choice.claim, &choice.card).ok_or(ReplyRefusal::Unknown)?;
        if let Some(refusal) = place.account.refusal() {
            return Err(refusal);
        }
        state.with_occasion(&offer, place, held, |o| reply::compose(&offer, &choice.variant, &choice.draft, o))
    }

    /// The manager copied a card.
    pub(crate) async fn copied(&self, choice: &Choice) -> Result<PanelAnswer, Trouble> {
        let place = self.place(choice.post, &choice.claim).await?;
        if self.state.borrow().offer(&choice.claim, &choice.card).is_none() {
            return Err(Trouble::Protocol { why: format!("no card `{}`", choice.card) });
        }
        let composed = self.compose(choice, &place, "");
        let changed = composed.as_ref().map_or(0, |composed| composed.changed);
        let entry = self.journal(choice, &place, JournalOutcome::Copied, changed).await;
        if let Ok(Composed { text, .. }) = composed {
            self.keep_own(&place, choice, &text, OwnState::Unknown, entry, self.next_ticket()).await;
        }
        Ok(PanelAnswer::Done)
    }

    async fn note_failure(&self, choice: &Choice, place: &Place, answer: &InsertAnswer) {
        if matches!(answer, InsertAnswer::Reported { report: InsertReport::Failed { .. }, .. }) {
            self.journal(choice, place, JournalOutcome::Failed, 0).await;
        }
    }

    /// The entry is lost rather than the reply when the store fails; the console says so. Gives the entry's number.
    async fn journal(&self, choice: &Choice, place: &Place, outcome: JournalOutcome, changed: u8) -> Option<u64> {
        let version = {
            let state = self.state.borrow();
            state.offer(&choice.claim, &choice.card).map(|offer| offer.pack.version.clone()).unwrap_or_default()
        };
        let used = CardUsed { card: &choice.card, variant: &choice.variant, version: &version };
        let entry = journal::entry(clock::now(), host(&place.url), &place.finding, used, outcome, changed);
        match self.store.record(&entry).await {
            Ok(number) => {
                self.tell_panels(BackgroundToPanel::Journal);
                Some(number)
            }
            Err(why) => {
                crate::console::warn(&format!("the journal could not be written: {why}"));
                None
            }
        }
    }

    /// Keeps what is needed to know a reply again.
    async fn keep_own(
        &self,
        place: &Place,
        choice: &Choice,
        text: &str,
        state: OwnState,
        entry: Option<u64>,
        ticket: u32,
    ) {
        let own = Own {
            at: clock::minute(clock::now()),
            site: host(&place.url).to_owned(),
            thread: place.thread.clone(),
            page: None,
            card: choice.card.clone(),
            likeness: Likeness::of(text),
            state,
            below: None,
            entry,
            ticket,
        };
        self.add_own(own).await;
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
        let loopback = frame.is_loopback() && around.as_ref().is_none_or(address::is_loopback);
        Ok(Place {
            finding,
            url: frame.url.clone(),
            account: state.account(frame),
            site: frame.site.clone(),
            loopback,
            thread: frame.thread.clone(),
            past: state.past(host(&frame.url), frame.thread.as_deref()),
            documents: state.documents(post, frame, loopback),
        })
    }
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

impl State {
    /// The documents in which the reply box of a post may be: its own. If that is the tab's main document, those in
    /// frames too, since comment services have theirs on another site; of a post in a frame it is not known that others
    /// are in it. Only documents of enabled sites are known here.
    fn documents(&self, post: FoundPost, frame: &Frame, loopback: bool) -> Vec<Document> {
        let mut documents = vec![Document::of(post, frame)];
        if post.frame == 0 {
            // What may be used on this machine only does not leave it this way either.
            let allowed = |frame: &Frame| (frame.is_loopback() || !loopback) && self.account(frame).refusal().is_none();
            let below = self.readings.below(post.tab).filter(|(_, frame)| allowed(frame));
            documents.extend(below.map(|(number, frame)| Document::below(post, number, frame)));
        }
        documents
    }

    /// The card of an id that answers a claim.
    fn offer(&self, claim: &str, card: &str) -> Option<Offer<'_>> {
        let cards =
            self.library.packs().iter().flat_map(|pack| pack.cards.iter().map(move |card| Offer { card, pack }));
        cards.into_iter().find(|o| o.card.id == card && o.card.claims.iter().any(|c| c == claim))
    }

    /// Why a card cannot be used any more, wherever that would be: it was taken back, or its pack has it no more.
    pub(crate) fn withdrawn(&self, choice: &Choice) -> Option<ReplyRefusal> {
        let Some(offer) = self.offer(&choice.claim, &choice.card) else { return Some(ReplyRefusal::Unknown) };
        let origin = self.library.origin(offer.pack)?;
        let subscription = self.subscriptions.iter().find(|s| s.stored.url == origin.subscription)?;
        subscription.recalls().contains(&choice.card).then_some(ReplyRefusal::Recalled)
    }

    /// Looks at a card on the occasion of now: validity and recalls are those of the index that brought its pack.
    fn with_occasion<T>(
        &self,
        offer: &Offer<'_>,
        place: &Place,
        held: &str,
        look: impl FnOnce(&Occasion<'_>) -> T,
    ) -> T {
        let origin = self.library.origin(offer.pack);
        let subscription = origin.and_then(|o| self.subscriptions.iter().find(|s| s.stored.url == o.subscription));
        let recalls: BTreeSet<String> = subscription.map(|s| s.recalls()).unwrap_or_default();
        look(&Occasion {
            identity: &self.identity(),
            today: clock::today(),
            now: clock::now(),
            loopback: place.loopback,
            site: self.library.site(&place.site),
            recalls: &recalls,
            // A pack without an index cannot be; if it were, nothing of it would be valid.
            index_expires: subscription.map_or(Timestamp::MIN, |s| s.valid_until(clock::now())),
            held,
            past: &place.past,
        })
    }
}
