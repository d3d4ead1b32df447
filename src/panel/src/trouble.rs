//! Every trouble between the pages, the background and the network, in words.

use crate::{background::AskError, calendar, messages};
use leptos::prelude::*;
use rejoinder_wire::{SyncOutcome, SyncRefusal, Trouble, WireError};

/// Why a request has no answer.
pub(crate) fn words(error: &AskError) -> String {
    match error {
        AskError::Trouble(trouble) => of_trouble(trouble),
        AskError::Wire(WireError::Version { .. }) => messages::TROUBLE_VERSION.text(),
        AskError::Wire(WireError::Malformed(why)) => messages::TROUBLE_PROTOCOL.with(&[why]),
        AskError::Unreachable(why) => messages::TROUBLE_UNREACHABLE.with(&[why]),
    }
}

fn of_trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::BadAddress { why } => messages::TROUBLE_BAD_ADDRESS.with(&[why]),
        Trouble::Offline { why } => messages::TROUBLE_OFFLINE.with(&[why]),
        Trouble::Refused { refusal } => of_refusal(refusal),
        Trouble::Gone => messages::TROUBLE_GONE.text(),
        Trouble::NothingLearnt { why: None } => messages::TROUBLE_NOTHING_SELECTED.text(),
        Trouble::NothingLearnt { why: Some(why) } => messages::TROUBLE_NOTHING_LEARNT.with(&[why]),
        Trouble::Locked { .. } => messages::TROUBLE_LOCKED.text(),
        Trouble::Storage { why } => messages::TROUBLE_STORAGE.with(&[why]),
        Trouble::Protocol { why } => messages::TROUBLE_PROTOCOL.with(&[why]),
    }
}

/// What a check of a subscription gave, and whether it is as it should be.
pub(crate) fn of_check(outcome: &SyncOutcome) -> (String, bool) {
    match outcome {
        SyncOutcome::Updated => (messages::SYNC_UPDATED.text(), true),
        SyncOutcome::Current => (messages::SYNC_CURRENT.text(), true),
        SyncOutcome::Offline { why } => (messages::SYNC_OFFLINE.with(&[why]), false),
        SyncOutcome::Refused { refusal } => (messages::SYNC_REFUSED.with(&[&of_refusal(refusal)]), false),
    }
}

fn of_refusal(refusal: &SyncRefusal) -> String {
    match refusal {
        SyncRefusal::Signature => messages::SYNC_SIGNATURE.text(),
        SyncRefusal::OtherKind { kind } => messages::SYNC_OTHER_KIND.with(&[kind]),
        SyncRefusal::TooNew { schema, reads } => {
            messages::SYNC_TOO_NEW.with(&[&schema.to_string(), &reads.to_string()])
        }
        SyncRefusal::Redirected => messages::SYNC_REDIRECTED.text(),
        SyncRefusal::Malformed { why } => messages::SYNC_MALFORMED.with(&[why]),
        SyncRefusal::TooLarge { limit } => messages::SYNC_TOO_LARGE.with(&[&messages::figure(*limit as f64)]),
        SyncRefusal::Rollback { have, got } => messages::SYNC_ROLLBACK.with(&[&got.to_string(), &have.to_string()]),
        SyncRefusal::Twice { serial } => messages::SYNC_TWICE.with(&[&serial.to_string()]),
        SyncRefusal::NotYet { at } => messages::SYNC_NOT_YET.with(&[&calendar::moment(at)]),
        SyncRefusal::Expired { at } => messages::SYNC_EXPIRED.with(&[&calendar::moment(at)]),
        SyncRefusal::Hash { pack } => messages::SYNC_HASH.with(&[pack]),
        SyncRefusal::BadPack { pack, why } => messages::SYNC_BAD_PACK.with(&[pack, why]),
        SyncRefusal::Storage { why } => messages::TROUBLE_STORAGE.with(&[why]),
    }
}

/// What is said to the user after an action, read out when it changes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    /// It went well.
    Good(String),
    /// It did not.
    Bad(String),
}

impl From<&AskError> for Said {
    fn from(error: &AskError) -> Said {
        Said::Bad(words(error))
    }
}

/// A place where the outcome of an action is said. It is there before it says anything, as live regions must be.
#[component]
pub(crate) fn Saying(#[prop(into)] said: Signal<Option<Said>>) -> impl IntoView {
    view! {
        <div class="saying" role="status" aria-live="polite">
            {move || {
                said.get()
                    .map(|said| match said {
                        Said::Good(words) => view! { <p class="notice good">{words}</p> },
                        Said::Bad(words) => view! { <p class="notice bad">{words}</p> },
                    })
            }}
        </div>
    }
}
