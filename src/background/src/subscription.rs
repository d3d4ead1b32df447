use jiff::Timestamp;
use rejoinder_engine::trust::{self, Index, Opened, Period, Scope, State, Turn};
use rejoinder_wire::{HeldView, RotatedView, SubscriptionView, SyncOutcome, UrgentView};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// A subscription as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stored {
    /// Address of the index.
    pub(crate) url: String,
    /// Whom it trusts, and the last good files.
    pub(crate) state: State,
    /// When the index was and is to be asked for.
    pub(crate) index_turn: Turn,
    /// When the urgent list was and is to be asked for.
    pub(crate) urgent_turn: Turn,
    /// What the last check of the index gave.
    pub(crate) outcome: SyncOutcome,
    /// What the last check of the urgent list gave.
    pub(crate) urgent_outcome: SyncOutcome,
    /// Where in a period this client asks. Random, and told to nobody.
    pub(crate) spread: u32,
    /// Updates wait for the manager's consent.
    pub(crate) ask: bool,
}

/// A subscription in use.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    /// What is stored of it.
    pub(crate) stored: Stored,
    /// Its files, read.
    pub(crate) opened: Opened,
    /// Whether all packs of its newest index are there; else the next check fetches them again.
    pub(crate) complete: bool,
}

impl Stored {
    /// One that was never asked.
    pub(crate) fn new(url: &str, key: &str, spread: u32) -> Stored {
        Stored {
            url: url.to_owned(),
            state: State::pinned(key),
            index_turn: Turn::default(),
            urgent_turn: Turn::default(),
            outcome: SyncOutcome::Current,
            urgent_outcome: SyncOutcome::Current,
            spread,
            ask: false,
        }
    }

    /// The same subscription with a key that somebody has set, not the publisher: how far it had come counts no more, what
    /// the manager wants of it does.
    pub(crate) fn anew(&self, key: &str) -> Stored {
        Stored { ask: self.ask, ..Stored::new(&self.url, key, self.spread) }
    }

    /// Reads what was stored, field by field if need be: what is damaged, or of another version, costs itself only. Address
    /// and key are enough to begin anew.
    pub(crate) fn read(text: &str) -> Option<Stored> {
        if let Ok(stored) = serde_json::from_str(text) {
            return Some(stored);
        }
        let mut value: Value = serde_json::from_str(text).ok()?;
        let key = value.pointer("/state/key").or_else(|| value.get("key"))?.as_str()?.to_owned();
        let url = value.get("url")?.as_str()?.to_owned();
        let state = mended(State::pinned(&key), value.get("state"))?;
        if let Some(fields) = value.as_object_mut() {
            fields.insert("state".into(), serde_json::to_value(state).ok()?);
        }
        // Whoever may have wanted to be asked is asked.
        let ask = value.get("ask").is_some();
        mended(Stored { ask, ..Stored::new(&url, &key, 0) }, Some(&value))
    }

    /// When it is to be asked next; `None`: at once.
    pub(crate) fn next(&self, now: Timestamp) -> Option<Timestamp> {
        let index = self.index_turn.next(Period::Index, self.spread, now)?;
        Some(index.min(self.urgent_turn.next(Period::Urgent, self.spread, now)?))
    }
}

/// A value with every field of another that can be read.
fn mended<T: Serialize + DeserializeOwned>(blank: T, other: Option<&Value>) -> Option<T> {
    let mut good = serde_json::to_value(blank).ok()?;
    for (name, field) in other.and_then(Value::as_object).into_iter().flatten() {
        let mut better = good.clone();
        better[name] = field.clone();
        if T::deserialize(&better).is_ok() {
            good = better;
        }
    }
    serde_json::from_value(good).ok()
}

impl Subscription {
    /// Reads the files of a stored one. What of them is damaged is dropped, and fetched again by the next check.
    pub(crate) fn read(mut stored: Stored) -> Subscription {
        let opened = stored.state.open();
        for refusal in &opened.damaged {
            crate::console::warn(&format!("what was stored of {} is refused: {refusal:?}", stored.url));
        }
        let complete = opened.index.is_some() || opened.held.is_some();
        Subscription { stored, opened, complete }
    }

    /// What of it is due. What is not whole is asked for whole with each urgent list, as long as the server does not want
    /// to be left alone; not more often, since it may stay so for a reason that no download mends.
    pub(crate) fn due(&self, now: Timestamp) -> Option<Scope> {
        let Stored { index_turn, urgent_turn, spread, .. } = &self.stored;
        if index_turn.next(Period::Index, *spread, now).is_none() {
            return Some(Scope::Whole);
        }
        let is_due = urgent_turn.next(Period::Urgent, *spread, now).is_none();
        let scope = if self.complete || index_turn.wait.is_some() { Scope::Urgent } else { Scope::Whole };
        is_due.then_some(scope)
    }

    /// Cards that it has taken back, by whichever file.
    pub(crate) fn recalls(&self) -> BTreeSet<String> {
        self.opened.recalls(&self.stored.state)
    }

    /// Site adapters that it has switched off.
    pub(crate) fn sites_off(&self) -> BTreeSet<&str> {
        self.opened.sites_off()
    }

    /// Until when the index in use may be relied on. A clock that was set back does not prolong it.
    pub(crate) fn valid_until(&self, now: Timestamp) -> Timestamp {
        match &self.opened.index {
            Some(index) if index.expires <= self.stored.state.clock(now) => index.expires.min(now),
            Some(index) => index.expires,
            None => Timestamp::MIN,
        }
    }

    /// Hashes of the packs that it uses, or will use once the manager consents.
    pub(crate) fn packs(&self) -> impl Iterator<Item = &str> {
        let indexes = self.opened.index.iter().chain(&self.opened.held);
        indexes.flat_map(|index| &index.packs).map(|entry| entry.sha256.as_str())
    }

    /// As the options page shows it.
    pub(crate) fn view(&self, now: Timestamp) -> SubscriptionView {
        let Stored { state, .. } = &self.stored;
        let index = self.opened.index.as_ref().or(self.opened.held.as_ref());
        let moment = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        let held = |index: &Index| HeldView {
            serial: index.serial,
            issued: index.issued.to_string(),
            packs: index.packs.iter().map(|pack| format!("{} {}", pack.id, pack.version)).collect(),
        };
        SubscriptionView {
            url: self.stored.url.clone(),
            publisher: index.map(|index| index.publisher.clone()).unwrap_or_default(),
            fingerprint: trust::fingerprint(&state.key),
            serial: self.opened.index.as_ref().map_or(0, |index| index.serial),
            expires: moment(self.opened.index.as_ref().map(|index| index.expires)),
            checked: moment(self.stored.index_turn.asked),
            outcome: self.stored.outcome.clone(),
            next_check: self.stored.next(now).unwrap_or(now).to_string(),
            urgent: UrgentView {
                serial: self.opened.urgent.as_ref().map(|list| list.serial),
                expires: moment(self.opened.urgent.as_ref().map(|list| list.expires)),
                checked: moment(self.stored.urgent_turn.asked),
                outcome: self.stored.urgent_outcome.clone(),
            },
            rotated: state.rotated.as_ref().map(|rotated| RotatedView {
                from: trust::fingerprint(&rotated.from),
                to: trust::fingerprint(&rotated.to),
                at: rotated.at.to_string(),
            }),
            recalls: u32::try_from(self.recalls().len()).unwrap_or(u32::MAX),
            ask: self.stored.ask,
            held: self.opened.held.as_ref().map(held),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_whole_is_asked_for_once_an_hour() {
        let now: Timestamp = "2026-01-15T10:00:00Z".parse().unwrap();
        let zero = Some(jiff::SignedDuration::ZERO);
        for (index, urgent, wait, whole, broken) in [
            (7, 2, None, Some(Scope::Whole), Some(Scope::Whole)),
            (2, 2, None, Some(Scope::Urgent), Some(Scope::Whole)),
            (2, 2, zero, Some(Scope::Urgent), Some(Scope::Urgent)),
            (2, 0, None, None, None),
            (0, 0, None, None, None),
        ] {
            let before = |hours: i64| now - jiff::SignedDuration::from_hours(hours);
            let mut stored = Stored::new("https://a.example/index.json", "k", 0);
            stored.index_turn = Turn::default().asked(Period::Index, before(index), wait);
            stored.urgent_turn = Turn::default().asked(Period::Urgent, before(urgent), None);
            let of = |complete| Subscription { stored: stored.clone(), opened: Opened::default(), complete };
            assert_eq!((of(true).due(now), of(false).due(now)), (whole, broken), "{index} {urgent} {wait:?}");
        }
    }

    /// A field costs itself only: neither how far the client had come nor the consent goes with an outcome.
    #[test]
    fn fields_are_read_one_by_one() {
        let mut stored = Stored { ask: true, ..Stored::new("https://a.example/index.json", "k", 7) };
        stored.state.recalls.insert("card".into());
        stored.state.announced.push("next".into());
        let text = |path: &str| {
            let mut value = serde_json::to_value(&stored).unwrap();
            *value.pointer_mut(path).unwrap() = serde_json::json!({ "of": "another version" });
            Stored::read(&value.to_string()).unwrap()
        };
        for path in ["/outcome", "/urgent_outcome", "/index_turn", "/urgent_turn/asked", "/ask"] {
            assert_eq!(text(path), stored, "{path}");
        }
        assert_eq!(text("/spread"), Stored { spread: 0, ..stored.clone() });
        let mut without = stored.clone();
        without.state.recalls.clear();
        assert_eq!(text("/state/recalls"), without);
        let mut fields = serde_json::to_value(&stored).unwrap();
        fields.as_object_mut().unwrap().remove("outcome");
        assert_eq!(Stored::read(&fields.to_string()), Some(stored), "one that is not there");
    }

    #[test]
    fn another_key_keeps_what_the_manager_wants() {
        for ask in [false, true] {
            let mut stored = Stored { ask, ..Stored::new("https://a.example/index.json", "one", 7) };
            stored.state.recalls.insert("card".into());
            let anew = stored.anew("two");
            assert_eq!((anew.ask, anew.spread, anew.url.as_str()), (ask, 7, "https://a.example/index.json"));
            assert_eq!(anew.state, State::pinned("two"));
        }
    }
}
