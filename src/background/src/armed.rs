//! Cards that wait for the manager to open a reply box.

use crate::clock;
use crate::composer::Document;
use crate::console::warn;
use crate::core::{Core, State, lost};
use crate::office;
use crate::page::Place;
use crate::reply::Choice;
use jiff::{SignedDuration, Timestamp};
use rejoinder_wire::{ArmedState, ArmedView, ComposerEvent, InsertAnswer, PageAnswer, PanelAnswer, Trouble};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Milliseconds that a card waits: longer, and the manager has forgotten it.
const PATIENCE: u32 = 120_000;

/// A card that waits. Kept in the session's memory, since the browser stops the worker before the wait is over, and never
/// on disk: the manager's words may name the person they are for. What goes in is composed when a box is opened, under the
/// rules of then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Arming {
    /// What is to go in.
    pub(crate) choice: Choice,
    ticket: u32,
    until: Timestamp,
    /// What the site calls the thing to click.
    opener: Option<String>,
    /// The frames that wait, the post's first.
    frames: Vec<i64>,
    /// The name of the post's document, if it has one.
    document: String,
}

/// A card that waits, or did.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    arming: Arming,
    state: ArmedState,
    /// A box was opened, and the insertion is under way.
    is_opened: bool,
}

impl Waiting {
    /// One that was kept.
    pub(crate) fn again(arming: Arming) -> Waiting {
        let state = ArmedState::Waiting { opener: arming.opener.clone(), until: arming.until.to_string() };
        Waiting { arming, state, is_opened: false }
    }

    /// Whether a box may still be opened for it.
    fn waits(&self) -> bool {
        !self.is_opened && !self.is_over()
    }

    fn is_over(&self) -> bool {
        !matches!(self.state, ArmedState::Waiting { .. } | ArmedState::OtherPost { .. })
    }

    fn view(&self, now: Timestamp) -> ArmedView {
        let Choice { post, claim, card, variant, .. } = self.arming.choice.clone();
        // A page that ended without a word.
        let lapsed = !self.is_over() && now > self.arming.until;
        let state = if lapsed { ArmedState::TimedOut } else { self.state.clone() };
        ArmedView { post, claim, card, variant, state }
    }
}

impl Arming {
    /// Whether it may still wait.
    pub(crate) fn is_current(&self, now: Timestamp) -> bool {
        // A clock that was set back must not make it wait for days.
        let left = self.until.duration_since(now);
        !left.is_negative() && left <= SignedDuration::from_millis(PATIENCE.into())
    }
}

impl Core {
    /// Loads in which tabs cards may still wait.
    pub(crate) async fn load_armed_tabs(&self) {
        let tabs = self.session.armed_tabs().await.unwrap_or_else(|why| lost("armed cards", &why));
        self.state.borrow_mut().armed_tabs = tabs;
    }

    /// Loads the cards that still wait: the browser stopped the worker meanwhile.
    pub(crate) async fn load_armed(&self) {
        let kept = self.session.armed().await.unwrap_or_else(|why| lost("armed cards", &why));
        self.state.borrow_mut().armed_tabs.clear();
        let (current, over): (BTreeMap<_, _>, BTreeMap<_, _>) =
            kept.into_iter().partition(|(_, arming)| arming.is_current(clock::now()));
        self.state.borrow_mut().armed.extend(current.into_iter().map(|(tab, arming)| (tab, Waiting::again(arming))));
        for tab in over.into_keys() {
            if let Err(why) = self.session.forget_armed(tab).await {
                warn(&format!("an armed card could not be forgotten: {why}"));
            }
        }
    }

    /// Has the pages wait for a reply box. Says whether one does.
    pub(crate) async fn arm(self: &Rc<Self>, choice: &Choice, documents: &[Document]) -> bool {
        let tab = choice.post.tab;
        let ticket = self.next_ticket();
        let until = clock::now() + SignedDuration::from_millis(PATIENCE.into());
        let frames = documents.iter().map(|document| document.post.frame).collect();
        let document = documents.first().map(|document| document.name.clone()).unwrap_or_default();
        let arming = Arming { choice: choice.clone(), ticket, until, opener: None, frames, document };
        // Before any page is asked: it may be quicker to tell of a box than another is to answer.
        self.state.borrow_mut().armed.insert(tab, Waiting::again(arming.clone()));
        self.keep_armed(tab, &arming).await;
        let mut waits = false;
        for document in documents {
            let Some(armed) = document.arm(ticket, PATIENCE).await else { continue };
            waits = true;
            let mut state = self.state.borrow_mut();
            let waiting = state.armed.get_mut(&tab).filter(|waiting| waiting.arming.ticket == ticket);
            if let Some(waiting) = waiting.filter(|waiting| waiting.arming.opener.is_none()) {
                waiting.arming.opener = armed.opener;
                if let ArmedState::Waiting { opener, .. } = &mut waiting.state {
                    opener.clone_from(&waiting.arming.opener);
                }
            }
        }
        let now = self.state.borrow().armed.get(&tab).filter(|w| w.arming.ticket == ticket && !w.is_over()).cloned();
        match now {
            // Taken back meanwhile, or done already.
            None => self.wait_no_more(tab, &arming.frames).await,
            Some(_) if !waits => {
                self.replace_armed(tab).await;
                self.touch(tab);
                return false;
            }
            // With what to click, which the page has told. Not once a box was opened: what is forgotten then must not come
            // back with the next worker, and go in twice.
            Some(waiting) if waiting.waits() => self.keep_armed(tab, &waiting.arming).await,
            Some(_) => {}
        }
        self.touch(tab);
        true
    }

    /// The armed card of a tab is not to go in any more; or what became of it has been seen, and is forgotten.
    pub(crate) async fn disarm(self: &Rc<Self>, tab: i32) -> Result<PanelAnswer, Trouble> {
        let ended = self.state.borrow_mut().disarm(tab);
        if let Some(ended) = ended {
            self.end_wait(tab, &ended).await;
        }
        self.touch(tab);
        Ok(PanelAnswer::Done)
    }

    /// Another card is wanted in a tab now.
    pub(crate) async fn replace_armed(self: &Rc<Self>, tab: i32) {
        let replaced = self.state.borrow_mut().armed.remove(&tab);
        if let Some(replaced) = replaced {
            self.end_wait(tab, &replaced).await;
            self.touch(tab);
        }
    }

    /// A page tells what happened while it waited.
    pub(crate) fn waited(self: &Rc<Self>, place: &Place, ticket: u32, event: ComposerEvent) -> PageAnswer {
        let (tab, frame) = (place.tab, place.frame);
        let mut state = self.state.borrow_mut();
        let armed = state.armed.get_mut(&tab);
        let is_it = |w: &&mut Waiting| w.arming.ticket == ticket && w.arming.frames.contains(&frame) && w.waits();
        // Of one that was replaced or taken back meanwhile, or for which another box was opened.
        let Some(waiting) = armed.filter(is_it) else { return PageAnswer::Noted };
        // A page's timer stands still while the machine sleeps.
        let event = if waiting.arming.is_current(clock::now()) { event } else { ComposerEvent::TimedOut };
        waiting.is_opened = event == ComposerEvent::Opened;
        waiting.state = match event {
            ComposerEvent::OpenedElsewhere => ArmedState::OtherPost { until: waiting.arming.until.to_string() },
            ComposerEvent::TimedOut => ArmedState::TimedOut,
            ComposerEvent::Escaped => ArmedState::Disarmed,
            ComposerEvent::Opened => waiting.state.clone(),
            ComposerEvent::Emptied => return PageAnswer::Noted,
        };
        let waiting = waiting.clone();
        drop(state);
        let core = Rc::clone(self);
        spawn_local(async move {
            if event == ComposerEvent::Opened {
                core.opened(tab, frame, waiting).await;
            } else if waiting.is_over() {
                core.end_wait(tab, &waiting).await;
            }
            core.touch(tab);
        });
        PageAnswer::Noted
    }

    /// The manager opened a reply box for the post.
    async fn opened(self: &Rc<Self>, tab: i32, frame: i64, waiting: Waiting) {
        self.end_wait(tab, &waiting).await;
        let Arming { choice, ticket, .. } = waiting.arming;
        let answer = self.insert_when_opened(&choice, frame, || self.state.borrow().is_wanted(tab, ticket)).await;
        let mut state = self.state.borrow_mut();
        // The manager may have taken it back since, or armed another one.
        let armed = state.armed.get_mut(&tab).filter(|armed| armed.arming.ticket == ticket && !armed.is_over());
        if let Some(armed) = armed {
            armed.state = match answer {
                Ok(Some(answer)) => ArmedState::Done { answer },
                // The post is gone.
                Ok(None) | Err(_) => ArmedState::Disarmed,
            };
        }
    }

    /// The packs or their recalls changed: a card that was taken back waits no more.
    pub(crate) async fn disarm_recalled(self: &Rc<Self>) {
        let ended: Vec<(i32, Waiting)> = {
            let mut state = self.state.borrow_mut();
            let armed: Vec<(i32, Choice)> = state
                .armed
                .iter()
                .filter(|(_, waiting)| !waiting.is_over())
                .map(|(tab, waiting)| (*tab, waiting.arming.choice.clone()))
                .collect();
            let mut ended = Vec::new();
            for (tab, choice) in armed {
                let Some(refusal) = state.withdrawn(&choice) else { continue };
                if let Some(waiting) = state.armed.get_mut(&tab) {
                    waiting.state = ArmedState::Done { answer: InsertAnswer::Refused { refusal } };
                    ended.push((tab, waiting.clone()));
                }
            }
            ended
        };
        for (tab, waiting) in ended {
            self.end_wait(tab, &waiting).await;
            self.touch(tab);
        }
    }

    /// A document begins: what waited for a box in another one of its frame waits in vain.
    pub(crate) fn begins(self: &Rc<Self>, tab: i32, frame: i64, name: &str) {
        let mut state = self.state.borrow_mut();
        let Some(waiting) = state.armed.get_mut(&tab).filter(|w| !w.is_over()) else { return };
        let arming = &waiting.arming;
        if arming.choice.post.frame != frame || arming.document.is_empty() || arming.document == name {
            return;
        }
        waiting.state = ArmedState::Disarmed;
        let waiting = waiting.clone();
        drop(state);
        let core = Rc::clone(self);
        spawn_local(async move { core.end_wait(tab, &waiting).await });
    }

    /// A tab was closed, or has left the page.
    pub(crate) fn left(self: &Rc<Self>, tab: i32) {
        let mut state = self.state.borrow_mut();
        state.readings.forget(tab);
        let is_loaded = !state.armed_tabs.remove(&tab);
        let mut waited = state.armed.remove(&tab);
        drop(state);
        if waited.is_none() && is_loaded {
            return;
        }
        let core = Rc::clone(self);
        spawn_local(async move {
            if !is_loaded {
                if let Err(why) = office::complete(Rc::clone(&core)).await {
                    warn(&format!("an armed card still waits: {why}"));
                }
                waited = core.state.borrow_mut().armed.remove(&tab);
            }
            if let Some(waited) = waited {
                core.end_wait(tab, &waited).await;
            }
        });
    }

    async fn keep_armed(&self, tab: i32, arming: &Arming) {
        if let Err(why) = self.session.set_armed(tab, arming).await {
            warn(&format!("an armed card is forgotten when the worker is stopped: {why}"));
        }
    }

    async fn end_wait(&self, tab: i32, waited: &Waiting) {
        if let Err(why) = self.session.forget_armed(tab).await {
            warn(&format!("an armed card could not be forgotten: {why}"));
        }
        self.wait_no_more(tab, &waited.arming.frames).await;
    }

    /// A number that no reply box of before was told with, also by an earlier worker.
    pub(crate) fn next_ticket(&self) -> u32 {
        let mut state = self.state.borrow_mut();
        // What of the milliseconds fits: it comes round after seven weeks.
        let clock = u32::try_from(clock::now().as_millisecond() & i64::from(u32::MAX)).unwrap_or_default();
        state.ticket = if clock > state.ticket { clock } else { state.ticket.wrapping_add(1) };
        state.ticket
    }
}

impl State {
    /// Ends the wait of a tab, and gives it; one that is over is forgotten.
    fn disarm(&mut self, tab: i32) -> Option<Waiting> {
        let waiting = self.armed.get_mut(&tab)?;
        if waiting.is_over() {
            self.armed.remove(&tab);
            return None;
        }
        waiting.state = ArmedState::Disarmed;
        Some(waiting.clone())
    }

    /// Whether the card that a box was opened for is still to go in.
    fn is_wanted(&self, tab: i32, ticket: u32) -> bool {
        self.armed.get(&tab).is_some_and(|armed| armed.arming.ticket == ticket && !armed.is_over())
    }

    /// The armed card of a tab.
    pub(crate) fn armed(&self, tab: i32) -> Option<ArmedView> {
        self.armed.get(&tab).map(|waiting| waiting.view(clock::now()))
    }
}

/// Whether an insertion failed for want of an open box, which the manager can mend with a click.
pub(crate) fn wants_a_box(answer: &InsertAnswer) -> bool {
    use rejoinder_wire::{InsertFailure as Failure, InsertReport as Report};
    let InsertAnswer::Reported { report: Report::Failed { failure }, .. } = answer else { return false };
    matches!(failure, Failure::NoComposer | Failure::Hidden | Failure::Several)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;
    use crate::shelf::Memory;
    use crate::testing::now_or_never;
    use rejoinder_wire::{Draft, FoundPost, InsertFailure, InsertReport, ReplyRefusal};

    fn arming(until: &str) -> Arming {
        let post = FoundPost { tab: 1, frame: 0, post: 2 };
        let choice = Choice { post, claim: "C".into(), card: "c".into(), variant: "v".into(), draft: Draft::default() };
        let document = String::new();
        Arming { choice, ticket: 7, until: until.parse().unwrap(), opener: None, frames: vec![0], document }
    }

    #[test]
    fn it_waits_for_two_minutes_whatever_the_clock_does() {
        for (now, want) in [
            ("2026-01-15T12:00:00Z", true),
            ("2026-01-15T12:02:00Z", true),
            ("2026-01-15T12:02:01Z", false),
            ("2026-01-15T11:59:59Z", false),
        ] {
            assert_eq!(arming("2026-01-15T12:02:00Z").is_current(now.parse().unwrap()), want, "{now}");
        }
    }

    #[test]
    fn one_with_the_managers_words_is_kept_whole() {
        let session = Session::new(Memory::default());
        let mut kept = arming("2026-01-15T12:02:00Z");
        kept.opener = Some("Répondre".into());
        kept.choice.draft.words = Some("Bonjour Camille".into());
        kept.choice.draft.answers = [("Prénom".to_owned(), "Camille".to_owned())].into();
        now_or_never(session.set_armed(1, &kept)).unwrap();
        now_or_never(session.set_armed(2, &arming("2026-01-15T12:02:00Z"))).unwrap();
        now_or_never(session.forget_armed(2)).unwrap();
        assert_eq!(now_or_never(session.armed()).unwrap(), [(1, kept)].into());
    }

    #[test]
    fn a_page_that_ended_without_a_word_waits_no_more() {
        let now = |now: &str| now.parse().unwrap();
        let mut waiting = Waiting::again(arming("2026-01-15T12:02:00Z"));
        assert!(matches!(waiting.view(now("2026-01-15T12:02:00Z")).state, ArmedState::Waiting { .. }));
        assert_eq!(waiting.view(now("2026-01-15T12:02:01Z")).state, ArmedState::TimedOut);
        waiting.state = ArmedState::Disarmed;
        assert_eq!(waiting.view(now("2026-01-15T12:02:01Z")).state, ArmedState::Disarmed);
    }

    #[test]
    fn only_a_box_that_can_be_opened_is_waited_for() {
        let failed = |failure| InsertAnswer::Reported { report: InsertReport::Failed { failure }, text: "t".into() };
        for (answer, want) in [
            (failed(InsertFailure::NoComposer), true),
            (failed(InsertFailure::Hidden), true),
            (failed(InsertFailure::Several), true),
            (failed(InsertFailure::OtherPost), false),
            (failed(InsertFailure::ReadOnly), false),
            (failed(InsertFailure::Dirty), false),
            (failed(InsertFailure::Unreachable), false),
            (InsertAnswer::Refused { refusal: ReplyRefusal::Recalled }, false),
        ] {
            assert_eq!(wants_a_box(&answer), want, "{answer:?}");
        }
    }
}
