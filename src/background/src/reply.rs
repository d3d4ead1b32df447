//! Cards for a finding, and what is done with them.

use crate::address;
use crate::armed;
use crate::browser;
use crate::clock;
use crate::composer::Document;
use crate::core::{ANY_POST, Core, State};
use crate::journal::{self, CardUsed};
use crate::own::Own;
use crate::readings::Frame;
use crate::timeout::within;
use futures_channel::oneshot;
use jiff::Timestamp;
use rejoinder_engine::reply::{self, Composed, Likeness, Occasion, Offer, Past};
use rejoinder_wire::{
    Account, BackgroundToPage, BackgroundToPanel, Draft, Finding, FoundPost, InsertAnswer, InsertFailure, InsertReport,
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
    /// The manager's replies on the site, and on those of its frames.
    past: Vec<Past>,
    /// Where the reply box may be, the likeliest first.
    documents: Vec<Document>,
}

impl Core {
    /// The cards that fit.
    pub(crate) async fn cards(&self, post: FoundPost, claim: &str, stance: Stance) -> Result<PanelAnswer, Trouble> {
        let place = self.place(post, claim).await?;
        let held = Held::look(&place.documents, false).await.text;
        let state = self.state.borrow();
        let offers = reply::fitting(state.library.packs(), claim, stance);
        let cards = offers.iter().map(|offer| state.with_occasion(offer, &place, &held, |o| reply::view(offer, o)));
        Ok(PanelAnswer::Cards { cards: cards.collect() })
    }

    /// What a draft comes to.
    pub(crate) async fn review(&self, choice: &Choice) -> Result<PanelAnswer, Trouble> {
        let place = self.place(choice.post, &choice.claim).await?;
        let held = Held::look(&place.documents, false).await.text;
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
        // The newer wish counts, also over one that is about to be done.
        self.replace_armed(choice.post.tab).await;
        let _inserting = self.inserting.lock().await;
        let place = self.place(choice.post, &choice.claim).await?;
        let held = Held::look(&place.documents, there).await;
        let mut answer = self.insert_in(choice, &place, &held, there).await;
        let documents = if held.closed { place.documents.get(..1).unwrap_or_default() } else { &place.documents };
        if armed::wants_a_box(&answer) && self.arm(choice, documents).await {
            answer = InsertAnswer::Armed;
        } else {
            self.note_failure(choice, &place, &answer).await;
        }
        Ok(PanelAnswer::Inserted { answer })
    }

    /// The manager opened a reply box for an armed card, in one of the tab's frames. `None`: by now it is not `wanted`.
    pub(crate) async fn insert_when_opened(
        self: &Rc<Self>,
        choice: &Choice,
        frame: i64,
        wanted: impl Fn() -> bool,
    ) -> Result<Option<InsertAnswer>, Trouble> {
        let _inserting = self.inserting.lock().await;
        let mut place = self.place(choice.post, &choice.claim).await?;
        if !place.documents.iter().any(|document| document.post.frame == frame) {
            // The worker was stopped since: the other frames of the tab are still being read.
            let (done, heard) = oneshot::channel();
            self.waiting.borrow_mut().push((FoundPost { frame, post: ANY_POST, ..choice.post }, done));
            let _ = within(REREAD, heard).await;
            place = self.place(choice.post, &choice.claim).await?;
        }
        let there: Vec<Document> = place.documents.iter().filter(|d| d.post.frame == frame).cloned().collect();
        let held = Held::look(&there, false).await;
        if !wanted() {
            return Ok(None);
        }
        let answer = self.insert_in(choice, &place, &held, false).await;
        self.note_failure(choice, &place, &answer).await;
        Ok(Some(answer))
    }

    /// Composes and inserts in a document. The caller holds `inserting`: of two replies at once, neither would know of the
    /// other.
    async fn insert_in(self: &Rc<Self>, choice: &Choice, place: &Place, held: &Held<'_>, there: bool) -> InsertAnswer {
        let composed = self.compose(choice, place, &held.text);
        let Composed { text, changed } = match composed {
            Ok(composed) => composed,
            Err(refusal) => return InsertAnswer::Refused { refusal },
        };
        // A frame that would be right may not be used, by the rules of its site: no box here.
        let Some(document) = held.document.filter(|document| self.takes(document, place, &held.text, &text)) else {
            let failure = InsertFailure::NoComposer;
            return InsertAnswer::Reported { report: InsertReport::Failed { failure }, text };
        };
        let ticket = self.next_ticket();
        let (tab, frame) = (choice.post.tab, document.post.frame);
        // Before: a page may show at once what its box holds.
        self.state.borrow_mut().readings.holds(tab, frame, ticket);
        let report = document.put(ticket, &text, there).await;
        if matches!(report, InsertReport::Inserted { .. }) {
            let entry = self.journal(choice, place, JournalOutcome::Inserted, changed).await;
            self.keep_own(document, choice, &text, OwnState::Inserted, entry, ticket).await;
            self.touch(tab);
        } else {
            self.state.borrow_mut().readings.holds_no_more(tab, frame, ticket);
        }
        InsertAnswer::Reported { report, text }
    }

    /// Whether a text may go into a document: of one in a frame, the rules of its own site hold too.
    fn takes(&self, document: &Document, place: &Place, held: &str, text: &str) -> bool {
        let state = self.state.borrow();
        let site = state.library.site(&document.site).filter(|site| site.id != place.site);
        let whole = if held.trim().is_empty() { text.to_owned() } else { format!("{held}\n\n{text}") };
        site.is_none_or(|site| reply::refused_by(site, &whole).is_none())
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
        if let (Ok(Composed { text, .. }), Some(document)) = (composed, place.documents.first()) {
            self.keep_own(document, choice, &text, OwnState::Unknown, entry, self.next_ticket()).await;
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

    /// Keeps what is needed to know a reply again, where it went.
    async fn keep_own(
        &self,
        document: &Document,
        choice: &Choice,
        text: &str,
        state: OwnState,
        entry: Option<u64>,
        ticket: u32,
    ) {
        let own = Own {
            at: clock::minute(clock::now()),
            site: document.host.clone(),
            thread: document.thread.clone(),
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
        let documents = state.documents(post, frame, loopback);
        Ok(Place {
            finding,
            url: frame.url.clone(),
            account: state.account(frame),
            site: frame.site.clone(),
            loopback,
            past: state.past(&documents),
            documents,
        })
    }
}

/// What the reply box holds, and where it is.
#[derive(Debug)]
struct Held<'a> {
    /// The document with an open one, or the first one.
    document: Option<&'a Document>,
    /// What it holds.
    text: String,
    /// The first document has the one that is meant, and it is not open.
    closed: bool,
}

impl Held<'_> {
    /// Looks into some documents, one after the other. Those behind the first count only if that has no box at all.
    async fn look(documents: &[Document], there: bool) -> Held<'_> {
        let mut closed = false;
        for (at, document) in documents.iter().enumerate() {
            let view = document.look(there).await;
            if view.open {
                return Held { document: Some(document), text: view.text, closed };
            }
            if at == 0 && view.closed {
                closed = true;
                break;
            }
        }
        Held { document: documents.first(), text: String::new(), closed }
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
        let mut documents = vec![Document::of(post, frame, self)];
        if post.frame == 0 {
            // What may be used on this machine only does not leave it this way either.
            let allowed = |frame: &Frame| (frame.is_loopback() || !loopback) && self.account(frame).refusal().is_none();
            let below = self.readings.below(post.tab).filter(|(_, frame)| allowed(frame));
            documents.extend(below.map(|(number, frame)| Document::below(post, number, frame, self)));
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
