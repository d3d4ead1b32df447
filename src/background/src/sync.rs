//! Checks of a subscription: the engine decides ([`rejoinder_engine::trust`]), here it is fetched and stored. Nothing
//! of the browser is used, so that every step can be made to fail.
//!
//! What is new is written in one go, before it is used: a worker that is stopped anywhere has the state of before or
//! of after.

mod changed;
mod check;
#[cfg(test)]
mod tests;

pub(crate) use check::{Checked, Desk, accept, ask_first, check};

use crate::fetch::Fetch;
use jiff::Timestamp;
use rejoinder_engine::pack::Pack;
use rejoinder_engine::trust::{self, Answer, Done, File, IndexEntry, Request, Scope, State, Step, Update};
use rejoinder_wire::{SubscriptionOffer, SyncOutcome, SyncRefusal, Trouble};
use url::Url;

/// Why a check gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Not reached.
    Offline(String),
    /// What was received is refused.
    Refused(SyncRefusal),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        match failure {
            Failure::Offline(why) => Trouble::Offline { why },
            Failure::Refused(refusal) => Trouble::Refused { refusal },
        }
    }
}

impl From<SyncRefusal> for Failure {
    fn from(refusal: SyncRefusal) -> Failure {
        Failure::Refused(refusal)
    }
}

/// Whether an outcome is as it should be.
pub(crate) fn result(outcome: &SyncOutcome) -> Result<(), Failure> {
    match outcome {
        SyncOutcome::Updated | SyncOutcome::Current => Ok(()),
        SyncOutcome::Offline { why } => Err(Failure::Offline(why.clone())),
        SyncOutcome::Refused { refusal } => Err(Failure::Refused(refusal.clone())),
    }
}

/// Fetches until the update is done. Packs may take their time: what is known before the first of them is told `early`.
async fn run(
    fetch: &impl Fetch,
    index: &Url,
    mut step: Step,
    have: &dyn Fn(&IndexEntry) -> Option<Pack>,
    mut early: impl AsyncFnMut(&State),
) -> Done {
    let mut is_told = false;
    loop {
        match step {
            Step::Fetch(request, update) => {
                if request.file == File::Pack && !is_told {
                    is_told = true;
                    early(update.state()).await;
                }
                step = update.got(get(fetch, index, &request).await, have);
            }
            Step::Done(done) => return *done,
        }
    }
}

async fn get(fetch: &impl Fetch, index: &Url, request: &Request) -> Answer {
    match request.address(index) {
        Ok(url) => fetch.get(&url, request.limit, request.etag.as_deref()).await,
        Err(refusal) => Answer::Refused(refusal),
    }
}

/// What stands at an address, signed by the key beside it: for the manager to compare its fingerprint.
///
/// # Errors
/// Why it cannot be offered.
pub(crate) async fn offer(fetch: &impl Fetch, url: &Url, now: Timestamp) -> Result<SubscriptionOffer, Failure> {
    let key = match get(fetch, url, &Request::key()).await {
        Answer::Body { bytes, .. } => trust::read_key_file(&bytes)?,
        Answer::Refused(refusal) => return Err(refusal.into()),
        Answer::Failed { why, .. } | Answer::Unreached { why } => return Err(Failure::Offline(why)),
        Answer::Missing | Answer::Unchanged => {
            return Err(Failure::Offline(format!("no {} beside {url}", Request::key().name)));
        }
    };
    let step = Update::begin(State::pinned(&key), Scope::Offer, false, now);
    let done = run(fetch, url, step, &|_| None, async |_| {}).await;
    result(&done.index.unwrap_or(SyncOutcome::Current))?;
    let index = done.verified.ok_or_else(|| Failure::Offline(format!("nothing at {url}")))?;
    Ok(SubscriptionOffer {
        url: url.to_string(),
        publisher: index.publisher,
        fingerprint: trust::fingerprint(&key),
        key,
        packs: index.packs.into_iter().map(|p| format!("{} {}", p.id, p.version)).collect(),
    })
}
