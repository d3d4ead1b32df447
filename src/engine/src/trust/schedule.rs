use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How often something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// An index: every six hours.
    Index,
    /// An urgent list: every hour.
    Urgent,
}

impl Period {
    /// The longest time that a server can put a client off.
    pub const LONGEST: SignedDuration = SignedDuration::from_hours(24);

    /// How long it is.
    pub const fn length(self) -> SignedDuration {
        match self {
            Period::Index => SignedDuration::from_hours(6),
            Period::Urgent => SignedDuration::from_hours(1),
        }
    }

    /// The next time after a moment. The times of one client are a period apart, and `spread` says where in the period
    /// they are: a random number that the client keeps for itself, so that all clients together ask evenly.
    pub fn after(self, moment: Timestamp, spread: u32) -> Timestamp {
        let length = self.length().as_secs();
        let own = (i128::from(length) * i128::from(spread)) >> 32;
        let own = i64::try_from(own).unwrap_or_default();
        let second = moment.as_second();
        let since = (second - own).rem_euclid(length);
        Timestamp::from_second(second - since + length).unwrap_or(Timestamp::MAX)
    }
}

/// Where a client is with one of the things that it asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// When it was last asked for.
    pub asked: Option<Timestamp>,
    /// Until when the server wants to be left alone.
    pub wait: Option<Timestamp>,
    /// How often in a row the server said so, or failed.
    pub failures: u32,
}

impl Turn {
    /// When it is to be asked for next; `None`: at once.
    pub fn next(&self, period: Period, spread: u32, now: Timestamp) -> Option<Timestamp> {
        let asked = self.asked?;
        // A clock that was ahead must not keep the client from asking until that time comes again.
        let wait = self.wait.filter(|wait| wait.duration_since(now) <= Period::LONGEST + period.length());
        if asked > now && wait.is_none() {
            return None;
        }
        let next = period.after(wait.unwrap_or(asked), spread);
        (next > now).then_some(next)
    }

    /// What it is after having asked now. `wait`: the server failed, or wants to be left alone for so long at least;
    /// each time in a row that doubles the period, up to [`Period::LONGEST`].
    #[must_use]
    pub fn asked(&self, period: Period, now: Timestamp, wait: Option<SignedDuration>) -> Turn {
        let Some(wait) = wait else { return Turn { asked: Some(now), wait: None, failures: 0 } };
        let failures = self.failures.saturating_add(1);
        let doubled = period.length() * (1 << failures.min(6));
        let wait = wait.max(doubled).min(Period::LONGEST);
        // The period itself is added by `next`.
        let wait = now.checked_add(wait - period.length()).ok();
        Turn { asked: Some(now), wait, failures }
    }
}
