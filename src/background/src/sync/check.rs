use super::changed::changed;
use super::{Failure, result, run};
use crate::address;
use crate::console::warn;
use crate::fetch::Fetch;
use crate::library::{Library, Origin};
use crate::shelf::Shelf;
use crate::store::{Store, Update as Written};
use crate::subscription::{Stored, Subscription};
use jiff::Timestamp;
use rejoinder_engine::pack::Pack;
use rejoinder_engine::trust::{self, Done, NewIndex, Period, Scope, State, Update};
use rejoinder_wire::{SyncOutcome, SyncRefusal};
use std::collections::BTreeSet;

/// What a check works with. Nothing of the core stays borrowed while anything is awaited.
pub(crate) struct Desk<'a, S, F> {
    /// What outlives the worker.
    pub(crate) store: &'a Store<S>,
    /// The network.
    pub(crate) network: &'a F,
    /// The pack in use whose text has this SHA-256.
    pub(crate) by_hash: &'a dyn Fn(&str) -> Option<Pack>,
    /// All packs in use.
    pub(crate) in_use: &'a dyn Fn() -> Vec<(Origin, Pack)>,
    /// Hashes of the packs that the other subscriptions keep.
    pub(crate) others: &'a dyn Fn() -> BTreeSet<String>,
    /// Puts in use what is stored before packs are fetched: what was taken back does not wait for them.
    pub(crate) early: &'a dyn Fn(Subscription),
}

/// What a check made of a subscription. It is stored already, or could not be.
#[derive(Debug)]
pub(crate) struct Checked {
    /// The subscription as it is now.
    pub(crate) subscription: Subscription,
    /// The library with its new packs, if it has new ones in use.
    pub(crate) library: Option<Library>,
}

impl Checked {
    /// What the check of the index gave.
    ///
    /// # Errors
    /// Why nothing could be taken.
    pub(crate) fn result(&self) -> Result<(), Failure> {
        result(&self.subscription.stored.outcome)
    }
}

/// Checks a subscription, and takes or holds what is new. One that has nothing yet is stored only once it has.
pub(crate) async fn check<S: Shelf, F: Fetch>(
    desk: &Desk<'_, S, F>,
    before: &Subscription,
    scope: Scope,
    now: Timestamp,
) -> Checked {
    let mut stored = before.stored.clone();
    let url = match address::subscription(&stored.url) {
        Ok(url) => url,
        Err(why) => {
            stored.outcome = SyncOutcome::Refused { refusal: SyncRefusal::Malformed { why } };
            return Checked { subscription: Subscription { stored, ..before.clone() }, library: None };
        }
    };
    let step = Update::begin(stored.state.clone(), scope, before.complete, now);
    let early = async |state: &State| {
        // Of one that has nothing yet, nothing is kept before it has.
        if before.stored.state.floor.is_some() {
            let mut early = stored.clone();
            early.state.clone_from(state);
            // A worker that is stopped while it fetches does not begin again with every start.
            early.urgent_turn = early.urgent_turn.asked(Period::Urgent, now, None);
            if scope == Scope::Whole {
                early.index_turn = early.index_turn.asked(Period::Index, now, None);
            }
            keep(desk, &early).await;
            (desk.early)(Subscription { complete: before.complete, ..Subscription::read(early) });
        }
    };
    let done = run(desk.network, &url, step, &|entry| (desk.by_hash)(&entry.sha256), early).await;
    note(&mut stored, &done, scope, now);
    stored.state = done.state;
    let Some(update) = done.update else {
        if before.stored.state.floor.is_some() {
            keep(desk, &stored).await;
        }
        let subscription = Subscription { complete: before.complete, ..Subscription::read(stored) };
        if !subscription.stored.ask
            && subscription.opened.held.is_some()
            && let Ok(checked) = accept(desk, &subscription, now).await
        {
            // It could not be used when the manager said that nobody is to be asked any more.
            return checked;
        }
        return Checked { subscription, library: None };
    };
    match take(desk, before, &stored, &update, now).await {
        Ok(checked) => checked,
        Err(refusal) => {
            // What was taken back is so, though the rest is refused.
            stored.outcome = SyncOutcome::Refused { refusal };
            if before.stored.state.floor.is_some() {
                keep(desk, &stored).await;
            }
            let complete = before.complete;
            Checked { subscription: Subscription { complete, ..Subscription::read(stored) }, library: None }
        }
    }
}

/// When what was asked, and what came of it.
fn note(stored: &mut Stored, done: &Done, scope: Scope, now: Timestamp) {
    if let Some(outcome) = &done.index {
        stored.outcome = outcome.clone();
        stored.index_turn = stored.index_turn.asked(Period::Index, now, done.wait);
    }
    // A network that is not there was not asked twice.
    let silence = if scope == Scope::Whole { &done.index } else { &None };
    if let Some(outcome) = done.urgent.as_ref().or(silence.as_ref()) {
        stored.urgent_outcome = outcome.clone();
        stored.urgent_turn = stored.urgent_turn.asked(Period::Urgent, now, done.wait);
    }
}

/// Puts an update in use, or holds it: index and packs together, written before they are used.
async fn take<S: Shelf, F: Fetch>(
    desk: &Desk<'_, S, F>,
    before: &Subscription,
    stored: &Stored,
    update: &NewIndex,
    now: Timestamp,
) -> Result<Checked, SyncRefusal> {
    let mut stored = stored.clone();
    let mut packs = (desk.in_use)();
    let old: Vec<Pack> = own(&packs, &stored.url);
    packs.retain(|(origin, _)| origin.subscription != stored.url);
    let new: Vec<Pack> = update.packs.iter().map(|received| received.pack.clone()).collect();
    packs.extend(update.packs.iter().map(|received| {
        (Origin { subscription: stored.url.clone(), sha256: received.sha256.clone() }, received.pack.clone())
    }));
    // Of an update that is to wait, too: what could not be used is not offered.
    let library = Library::new(packs).map_err(|(pack, why)| SyncRefusal::BadPack { pack, why })?;
    let held = is_to_wait(before, update);
    if held {
        stored.state.hold(update, now);
    } else {
        stored.state.take(update, now);
    }
    let from = before.opened.index.as_ref().map_or(0, |index| index.serial);
    // Of an update that is to wait always, so that nobody consents to it by the list of another.
    let changes = (held || !old.is_empty()).then(|| changed((from, &old), (update.index.serial, &new), held, now));
    let subscription = Subscription::read(stored);
    let mut used = (desk.others)();
    used.extend(subscription.packs().map(str::to_owned));
    let texts = update.packs.iter().filter_map(|r| Some((r.sha256.clone(), r.text.clone()?))).collect();
    let written =
        Written { subscription: &subscription.stored, packs: texts, used: &used, held, changes: changes.as_ref() };
    desk.store.set_subscription(written).await.map_err(|why| SyncRefusal::Storage { why })?;
    Ok(Checked { subscription, library: (!held).then_some(library) })
}

/// Whether an update waits for the manager's consent. One that only prolongs the validity of the packs in use, or
/// brings back what was lost, has nothing in it to consent to.
fn is_to_wait(before: &Subscription, update: &NewIndex) -> bool {
    let state = &before.stored.state;
    let Some(floor) = &state.floor else { return false };
    let brings_back = match &before.opened.index {
        Some(_) => false,
        None => state.held.is_none() && floor.serial == update.index.serial && update.kept.key == state.key,
    };
    let prolongs = before.opened.index.as_ref().is_some_and(|index| update.has_packs_of(index));
    before.stored.ask && !prolongs && !brings_back
}

/// Has updates wait for consent, or not. Without asking, what waits comes into use in the same write. The result says whether
/// it could.
///
/// # Errors
/// What the manager wants could not be stored.
pub(crate) async fn ask_first<S: Shelf, F: Fetch>(
    desk: &Desk<'_, S, F>,
    before: &Subscription,
    ask: bool,
    now: Timestamp,
) -> Result<(Checked, Result<(), Failure>), String> {
    let stored = Stored { ask, ..before.stored.clone() };
    let mut subscription = Subscription { stored, ..before.clone() };
    let mut result = Ok(());
    if !ask && subscription.opened.held.is_some() {
        match accept(desk, &subscription, now).await {
            Ok(checked) => return Ok((checked, Ok(()))),
            Err(failure) => result = Err(failure),
        }
        // The next check fetches it again.
        subscription.complete = false;
    }
    desk.store.set_checked(&subscription.stored).await?;
    Ok((Checked { subscription, library: None }, result))
}

/// Puts the held update in use: the manager consents.
///
/// # Errors
/// Why it cannot be used. If it is not whole any more it is fetched again by the next check.
pub(crate) async fn accept<S: Shelf, F: Fetch>(
    desk: &Desk<'_, S, F>,
    before: &Subscription,
    now: Timestamp,
) -> Result<Checked, Failure> {
    let mut stored = before.stored.clone();
    let Some(index) = &before.opened.held else {
        return Ok(Checked { subscription: before.clone(), library: None });
    };
    let mut packs = (desk.in_use)();
    packs.retain(|(origin, _)| origin.subscription != stored.url);
    for entry in &index.packs {
        let text = desk.store.pack(&entry.sha256).await.map_err(|why| SyncRefusal::Storage { why })?;
        let pack = trust::read_pack(entry, text.unwrap_or_default().as_bytes())?;
        packs.push((Origin { subscription: stored.url.clone(), sha256: entry.sha256.clone() }, pack));
    }
    let library = Library::new(packs).map_err(|(pack, why)| SyncRefusal::BadPack { pack, why })?;
    stored.state.consent(now);
    let changes = match desk.store.changes(&stored.url).await {
        Ok(Some(changes)) => Some(rejoinder_wire::ChangesView { held: false, ..changes }),
        _ => None,
    };
    let subscription = Subscription::read(stored);
    let mut used = (desk.others)();
    used.extend(subscription.packs().map(str::to_owned));
    let written = Written {
        subscription: &subscription.stored,
        packs: Vec::new(),
        used: &used,
        held: false,
        changes: changes.as_ref(),
    };
    desk.store.set_subscription(written).await.map_err(|why| SyncRefusal::Storage { why })?;
    Ok(Checked { subscription, library: Some(library) })
}

fn own(packs: &[(Origin, Pack)], url: &str) -> Vec<Pack> {
    packs.iter().filter(|(origin, _)| origin.subscription == url).map(|(_, pack)| pack.clone()).collect()
}

/// Keeps what a check gave, if it can.
async fn keep<S: Shelf, F: Fetch>(desk: &Desk<'_, S, F>, stored: &Stored) {
    if let Err(why) = desk.store.set_checked(stored).await {
        warn(&format!("the outcome of a check could not be kept: {why}"));
    }
}
