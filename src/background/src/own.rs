//! The manager's own replies, as far as they are kept to know them again: never their text.

use jiff::{SignedDuration, Timestamp};
use rejoinder_engine::reply::{Likeness, Past};
use rejoinder_wire::{JournalOutcome, OwnState};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How long they are kept.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What sites make of a text by themselves (smileys, shortened addresses), in percent of its words.
const SITES_OWN: u8 = 3;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Own {
    /// When it was inserted, to the minute.
    pub(crate) at: Timestamp,
    /// Host of the site.
    pub(crate) site: String,
    /// [`Secret::hide`] of the thread, if it is known.
    pub(crate) thread: Option<String>,
    /// [`Secret::hide`] of the address where it was seen.
    pub(crate) page: Option<String>,
    /// Id of the card.
    pub(crate) card: String,
    /// What is kept of the text.
    pub(crate) likeness: Likeness,
    /// What is known of it.
    pub(crate) state: OwnState,
    /// Posts that stood below it when the thread was visited last.
    pub(crate) below: Option<u32>,
    /// Number of its entry in the journal.
    pub(crate) entry: Option<u64>,
    /// What its page tells of the reply box with.
    pub(crate) ticket: u32,
}

impl Own {
    /// Whether it is still kept. What a clock once set ahead has dated into the future goes too.
    pub(crate) fn is_kept(&self, now: Timestamp) -> bool {
        now.duration_since(self.at).abs() < KEPT
    }

    /// As the engine wants to know it, for a reply in a thread. Readers of the thread have seen it only if it went there.
    pub(crate) fn past(&self, thread: Option<&str>) -> Past {
        let there = matches!(self.state, OwnState::Inserted | OwnState::Posted | OwnState::Edited { .. });
        let same_thread = there && thread.is_some() && self.thread.as_deref() == thread;
        Past { at: self.at, same_thread, likeness: self.likeness.clone() }
    }

    /// It was seen in the thread, so much of it changed.
    pub(crate) fn seen(percent: u8) -> OwnState {
        if percent <= SITES_OWN { OwnState::Posted } else { OwnState::Edited { percent } }
    }

    /// Whether it was seen in the thread.
    pub(crate) fn was_seen(&self) -> bool {
        matches!(self.state, OwnState::Posted | OwnState::Edited { .. })
    }
}

/// What a state is in the journal, with the words that were changed, in percent.
pub(crate) fn outcome(state: OwnState) -> (JournalOutcome, Option<u8>) {
    match state {
        OwnState::Inserted => (JournalOutcome::Inserted, None),
        OwnState::Posted => (JournalOutcome::Posted, None),
        OwnState::Edited { percent } => (JournalOutcome::Edited, Some(percent)),
        OwnState::Unknown => (JournalOutcome::Unknown, None),
        OwnState::Gone => (JournalOutcome::Gone, None),
    }
}

/// Made at random once per installation: addresses are kept as what it makes of them, so that what is kept tells no
/// address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Secret(pub(crate) String);

impl Secret {
    /// What is kept of an address: half of SHA-256 over secret and address.
    pub(crate) fn hide(&self, address: &str) -> String {
        let digest = Sha256::new().chain_update(&self.0).chain_update([0]).chain_update(address).finalize();
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(state: OwnState, thread: Option<&str>) -> Own {
        Own {
            at: "2026-01-15T12:00:00Z".parse().unwrap(),
            site: "forum.example".into(),
            thread: thread.map(Into::into),
            page: None,
            card: "c".into(),
            likeness: Likeness::of("Bonjour"),
            state,
            below: None,
            entry: None,
            ticket: 1,
        }
    }

    #[test]
    fn kept_for_thirty_days() {
        for (now, want) in [
            ("2026-01-15T12:00:00Z", true),
            ("2026-02-14T11:59:00Z", true),
            ("2026-02-14T12:00:00Z", false),
            ("2025-12-16T12:01:00Z", true),
            ("2025-12-16T12:00:00Z", false),
        ] {
            assert_eq!(own(OwnState::Posted, None).is_kept(now.parse().unwrap()), want, "{now}");
        }
    }

    #[test]
    fn only_what_went_there_was_read_there() {
        for (state, kept, asked, want) in [
            (OwnState::Posted, Some("t"), Some("t"), true),
            (OwnState::Edited { percent: 20 }, Some("t"), Some("t"), true),
            (OwnState::Inserted, Some("t"), Some("t"), true),
            (OwnState::Unknown, Some("t"), Some("t"), false),
            (OwnState::Gone, Some("t"), Some("t"), false),
            (OwnState::Posted, Some("t"), Some("u"), false),
            (OwnState::Posted, None, None, false),
            (OwnState::Posted, Some("t"), None, false),
        ] {
            assert_eq!(own(state, kept).past(asked).same_thread, want, "{state:?} {kept:?} {asked:?}");
        }
    }

    #[test]
    fn what_sites_do_themselves_is_no_edit() {
        for (percent, want) in [
            (0, OwnState::Posted),
            (3, OwnState::Posted),
            (4, OwnState::Edited { percent: 4 }),
            (100, OwnState::Edited { percent: 100 }),
        ] {
            assert_eq!(Own::seen(percent), want);
        }
    }

    #[test]
    fn an_address_is_hidden_by_the_secret() {
        let (a, b) = (Secret("a".into()), Secret("b".into()));
        assert_eq!(a.hide("https://forum.example/t/1"), a.hide("https://forum.example/t/1"));
        assert_ne!(a.hide("https://forum.example/t/1"), a.hide("https://forum.example/t/2"));
        assert_ne!(a.hide("https://forum.example/t/1"), b.hide("https://forum.example/t/1"));
        assert_eq!(a.hide("").len(), 32);
    }
}
