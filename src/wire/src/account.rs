use crate::ReplyRefusal;
use serde::{Deserialize, Serialize};

/// Whether the account that a page shows is the manager's on that site. An official reply from another account would be
/// somebody else's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "account", rename_all = "snake_case")]
pub enum Account {
    /// It is.
    Confirmed {
        /// Its name.
        name: String,
    },
    /// The manager has confirmed one, and the page does not show which is in use.
    Unseen {
        /// Its name; empty when it was confirmed on a page that showed none.
        name: String,
    },
    /// Nobody has said whose it is.
    Unconfirmed {
        /// Its name, if the page shows one.
        shown: Option<String>,
    },
    /// It is another one.
    Other {
        /// The one that the page shows.
        shown: String,
        /// The manager's.
        expected: String,
    },
}

impl Account {
    /// What is to be thought of a page that shows an account, when the manager has confirmed one for its site (an empty
    /// name: one that the page did not show).
    pub fn of(expected: Option<&str>, shown: Option<&str>) -> Account {
        let shown = shown.map(str::trim).filter(|shown| !shown.is_empty());
        match (expected, shown) {
            (None, shown) => Account::Unconfirmed { shown: shown.map(str::to_owned) },
            (Some(name), None) => Account::Unseen { name: name.to_owned() },
            (Some(""), Some(shown)) => Account::Unconfirmed { shown: Some(shown.to_owned()) },
            (Some(name), Some(shown)) if plain(name) == plain(shown) => Account::Confirmed { name: name.to_owned() },
            (Some(name), Some(shown)) => Account::Other { shown: shown.to_owned(), expected: name.to_owned() },
        }
    }

    /// Why nothing may be inserted with it; `None`: it may.
    pub fn refusal(&self) -> Option<ReplyRefusal> {
        match self {
            Account::Confirmed { .. } | Account::Unseen { .. } => None,
            Account::Unconfirmed { shown } => Some(ReplyRefusal::AccountUnconfirmed { shown: shown.clone() }),
            Account::Other { shown, expected } => {
                Some(ReplyRefusal::OtherAccount { shown: shown.clone(), expected: expected.clone() })
            }
        }
    }
}

/// A name without what sites put around it: `@`, the number of unread messages, capitals.
fn plain(name: &str) -> String {
    let name = name.trim().trim_start_matches('@');
    let counted = name.rsplit_once('(').filter(|(name, count)| {
        !name.trim().is_empty()
            && count.strip_suffix(')').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    });
    counted.map_or(name, |(name, _)| name).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The account of one site, as the panel shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteAccount {
    /// The site's host.
    pub host: String,
    /// The account.
    pub account: Account,
}

/// An account that the manager has confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmedAccount {
    /// The site's host.
    pub host: String,
    /// Its name; empty when the page showed none.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_confirmed_may_be_used() {
        let of = |expected: Option<&str>, shown: Option<&str>| match Account::of(expected, shown) {
            Account::Confirmed { .. } => "confirmed",
            Account::Unseen { .. } => "unseen",
            Account::Unconfirmed { .. } => "unconfirmed",
            Account::Other { .. } => "other",
        };
        for (expected, shown, want) in [
            (None, None, "unconfirmed"),
            (None, Some("camille75"), "unconfirmed"),
            (Some("camille75"), Some("camille75"), "confirmed"),
            (Some("camille75"), Some("  @Camille75 (12)"), "confirmed"),
            (Some("Claire Delmas"), Some("Claire\u{a0}Delmas"), "confirmed"),
            (Some("Élodie"), Some("élodie"), "confirmed"),
            (Some("camille75"), Some("camille7"), "other"),
            (Some("camille75"), Some("camille75 (modo)"), "other"),
            (Some("camille75"), None, "unseen"),
            (Some("camille75"), Some(" "), "unseen"),
            (Some(""), None, "unseen"),
            (Some(""), Some("camille75"), "unconfirmed"),
            (Some("(12)"), Some("(13)"), "other"),
        ] {
            let account = Account::of(expected, shown);
            assert_eq!(of(expected, shown), want, "{expected:?} {shown:?}");
            assert_eq!(account.refusal().is_none(), matches!(want, "confirmed" | "unseen"), "{account:?}");
        }
    }
}
