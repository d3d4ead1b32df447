use crate::own::{Own, Secret};
use crate::pattern::Pattern;
use crate::policy::Policy;
use crate::shelf::{Changes, Shelf, number_of};
use crate::subscription::Stored;
use rejoinder_wire::{ChangesView, Identity, JournalEntry, JournalOutcome, Site};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet};

const IDENTITY: &str = "identity";
const ACCOUNTS: &str = "accounts";
const SITES: &str = "sites";
const ADAPTERS: &str = "adapters";
const SUBSCRIPTION: &str = "subscription/";
const PACK: &str = "pack/";
const CHANGES: &str = "changes/";
const JOURNAL: &str = "journal/";
const ENGINE: &str = "engine";
const POLICY: &str = "policy";
const SECRET: &str = "secret";
const OWN: &str = "own/";

/// A subscription with its new packs, as it is to be kept.
#[derive(Clone, Debug)]
pub(crate) struct Update<'a> {
    /// The subscription.
    pub(crate) subscription: &'a Stored,
    /// The texts of its new packs, by hash.
    pub(crate) packs: Vec<(String, String)>,
    /// Hashes of all the packs that any subscription keeps; others are dropped.
    pub(crate) used: &'a BTreeSet<String>,
    /// It waits for consent: what is in use stays so.
    pub(crate) held: bool,
    /// What the update changes, if that is known.
    pub(crate) changes: Option<&'a ChangesView>,
}

/// What is kept between two starts: identity, sites, subscriptions with their last good packs, journal. Errors are
/// what the browser said, or what of a stored text could not be read.
#[derive(Debug)]
pub(crate) struct Store<S> {
    shelf: S,
    /// Number of the next journal entry, once known. Held while one is written.
    next: futures_util::lock::Mutex<Option<u64>>,
}

impl<S: Shelf> Store<S> {
    /// A store on a shelf.
    pub(crate) fn new(shelf: S) -> Self {
        Store { shelf, next: futures_util::lock::Mutex::new(None) }
    }

    /// Who replies; empty when never set.
    pub(crate) async fn identity(&self) -> Result<Identity, String> {
        self.read(IDENTITY).await.map(Option::unwrap_or_default)
    }

    /// Keeps who replies.
    pub(crate) async fn set_identity(&self, identity: &Identity) -> Result<(), String> {
        self.shelf.write(vec![text(IDENTITY, identity)?]).await
    }

    /// The names of the accounts that the manager has confirmed, by host.
    pub(crate) async fn accounts(&self) -> Result<BTreeMap<String, String>, String> {
        self.read(ACCOUNTS).await.map(Option::unwrap_or_default)
    }

    /// Keeps them.
    pub(crate) async fn set_accounts(&self, accounts: &BTreeMap<String, String>) -> Result<(), String> {
        self.shelf.write(vec![text(ACCOUNTS, accounts)?]).await
    }

    /// The enabled sites.
    pub(crate) async fn sites(&self) -> Result<Vec<Pattern>, String> {
        self.read(SITES).await.map(Option::unwrap_or_default)
    }

    /// Keeps the enabled sites.
    pub(crate) async fn set_sites(&self, sites: &[Pattern]) -> Result<(), String> {
        self.shelf.write(vec![text(SITES, &sites)?]).await
    }

    /// What the manager said of the posts of sites, by host.
    pub(crate) async fn adapters(&self) -> Result<BTreeMap<String, Site>, String> {
        self.read(ADAPTERS).await.map(Option::unwrap_or_default)
    }

    /// Keeps what the manager said of the posts of sites.
    pub(crate) async fn set_adapters(&self, adapters: &BTreeMap<String, Site>) -> Result<(), String> {
        self.shelf.write(vec![text(ADAPTERS, adapters)?]).await
    }

    /// The subscriptions, in the order of their addresses. One that cannot be read costs only itself.
    pub(crate) async fn subscriptions(&self) -> Result<Vec<Stored>, String> {
        let texts = self.shelf.all(SUBSCRIPTION).await?;
        Ok(texts.into_iter().filter_map(|(_, text)| Stored::read(&text)).collect())
    }

    /// The text of a pack, by its hash.
    pub(crate) async fn pack(&self, sha256: &str) -> Result<Option<String>, String> {
        self.shelf.get(&format!("{PACK}{sha256}")).await
    }

    /// Keeps what a check gave, without new packs.
    pub(crate) async fn set_checked(&self, subscription: &Stored) -> Result<(), String> {
        self.shelf.write(vec![text(&format!("{SUBSCRIPTION}{}", subscription.url), subscription)?]).await
    }

    /// What the last update of a subscription changed; `None`: there was none.
    pub(crate) async fn changes(&self, url: &str) -> Result<Option<ChangesView>, String> {
        self.read(&format!("{CHANGES}{url}")).await
    }

    /// Keeps a subscription with its new packs, and drops the packs that are not used any more, and the engine, which is of
    /// those before. All at once.
    pub(crate) async fn set_subscription(&self, update: Update<'_>) -> Result<(), String> {
        let url = &update.subscription.url;
        let mut changes = vec![text(&format!("{SUBSCRIPTION}{url}"), update.subscription)?];
        changes.extend(update.packs.into_iter().map(|(sha256, text)| (format!("{PACK}{sha256}"), Some(text))));
        if let Some(view) = update.changes {
            changes.push(text(&format!("{CHANGES}{url}"), view)?);
        }
        changes.extend(self.superfluous(update.used).await?);
        if !update.held {
            changes.push((ENGINE.to_owned(), None));
        }
        self.shelf.write(changes).await
    }

    /// Forgets a subscription, and drops the packs that are not `used` any more, and the engine. All at once.
    pub(crate) async fn remove_subscription(&self, url: &str, used: &BTreeSet<String>) -> Result<(), String> {
        let mut changes = vec![(format!("{SUBSCRIPTION}{url}"), None), (format!("{CHANGES}{url}"), None)];
        changes.extend(self.superfluous(used).await?);
        changes.push((ENGINE.to_owned(), None));
        self.shelf.write(changes).await
    }

    async fn superfluous(&self, used: &BTreeSet<String>) -> Result<Changes, String> {
        let stored = self.shelf.all(PACK).await?;
        let is_used = |key: &str| key.strip_prefix(PACK).is_some_and(|sha256| used.contains(sha256));
        Ok(stored.into_iter().filter(|(key, _)| !is_used(key)).map(|(key, _)| (key, None)).collect())
    }

    /// The engine as it was kept last.
    pub(crate) async fn engine(&self) -> Result<Option<Vec<u8>>, String> {
        self.shelf.get_bytes(ENGINE).await
    }

    /// Keeps an engine, or none, instead of the one before.
    pub(crate) async fn set_engine(&self, bytes: Option<&[u8]>) -> Result<(), String> {
        match bytes {
            Some(bytes) => self.shelf.put_bytes(ENGINE, bytes).await,
            None => self.shelf.write(vec![(ENGINE.to_owned(), None)]).await,
        }
    }

    /// Adds to the journal; gives the entry's number.
    pub(crate) async fn record(&self, entry: &JournalEntry) -> Result<u64, String> {
        let mut next = self.next.lock().await;
        let number = match *next {
            Some(number) => number,
            None => {
                let last = self.shelf.all(JOURNAL).await?.pop();
                last.and_then(|(key, _)| number_of(&key, JOURNAL)).map_or(0, |n: u64| n + 1)
            }
        };
        self.shelf.write(vec![text(&numbered(JOURNAL, number), entry)?]).await?;
        *next = Some(number + 1);
        Ok(number)
    }

    /// Says of an entry what became of it; `changed` are its words that differ, in percent. One that is not there any
    /// more stays so.
    pub(crate) async fn amend(&self, number: u64, outcome: JournalOutcome, changed: Option<u8>) -> Result<(), String> {
        let key = numbered(JOURNAL, number);
        let Some(entry) = self.read::<JournalEntry>(&key).await? else { return Ok(()) };
        let changed = changed.or(entry.changed);
        self.shelf.write(vec![text(&key, &JournalEntry { outcome, changed, ..entry })?]).await
    }

    /// The journal, newest first. An entry that cannot be read costs only itself.
    pub(crate) async fn journal(&self) -> Result<Vec<JournalEntry>, String> {
        let texts = self.shelf.all(JOURNAL).await?;
        Ok(texts.into_iter().rev().filter_map(|(_, text)| serde_json::from_str(&text).ok()).collect())
    }

    /// Deletes the whole journal, and what is kept to know replies again.
    pub(crate) async fn clear_journal(&self) -> Result<(), String> {
        let mut keys = self.shelf.all(JOURNAL).await?;
        keys.extend(self.shelf.all(OWN).await?);
        self.shelf.write(keys.into_iter().map(|(key, _)| (key, None)).collect()).await
    }

    /// What the organisation had set.
    pub(crate) async fn policy(&self) -> Result<Policy, String> {
        self.read(POLICY).await.map(Option::unwrap_or_default)
    }

    /// Keeps it.
    pub(crate) async fn set_policy(&self, policy: &Policy) -> Result<(), String> {
        self.shelf.write(vec![text(POLICY, policy)?]).await
    }

    /// What addresses are hidden with; `None`: none was made yet.
    pub(crate) async fn secret(&self) -> Result<Option<Secret>, String> {
        Ok(self.read(SECRET).await?.map(Secret))
    }

    /// Keeps it.
    pub(crate) async fn set_secret(&self, secret: &Secret) -> Result<(), String> {
        self.shelf.write(vec![text(SECRET, &secret.0)?]).await
    }

    /// The manager's own replies, by number.
    pub(crate) async fn own(&self) -> Result<BTreeMap<u64, Own>, String> {
        self.shelf.every(OWN).await
    }

    /// The sites where they are.
    pub(crate) async fn own_sites(&self) -> Result<BTreeSet<String>, String> {
        /// What of each it takes: a start of the worker has no time for the rest.
        #[derive(Deserialize)]
        struct Place {
            site: String,
        }
        let own: BTreeMap<u64, Place> = self.shelf.every(OWN).await?;
        Ok(own.into_values().map(|place| place.site).collect())
    }

    /// Keeps some of them, and drops others (`None`). All at once.
    pub(crate) async fn set_own(&self, own: &[(u64, Option<Own>)]) -> Result<(), String> {
        let change = |(number, own): &(u64, Option<Own>)| match own {
            Some(own) => text(&numbered(OWN, *number), own),
            None => Ok((numbered(OWN, *number), None)),
        };
        self.shelf.write(own.iter().map(change).collect::<Result<_, _>>()?).await
    }

    async fn read<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, String> {
        let text = self.shelf.get(key).await?;
        text.map(|text| serde_json::from_str(&text).map_err(|e| format!("{key}: {e}"))).transpose()
    }
}

/// Keys whose order is that of their numbers.
fn numbered(prefix: &str, number: u64) -> String {
    format!("{prefix}{number:016}")
}

fn text<T: Serialize>(key: &str, value: &T) -> Result<(String, Option<String>), String> {
    Ok((key.to_owned(), Some(serde_json::to_string(value).map_err(|e| e.to_string())?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::Memory;
    use crate::testing::now_or_never;
    use jiff::Timestamp;
    use rejoinder_engine::reply::Likeness;
    use rejoinder_wire::{OwnState, RiskLevel, Stance};

    fn stored(url: &str) -> Stored {
        Stored::new(url, "k", 7)
    }

    fn used(hashes: &[&str]) -> BTreeSet<String> {
        hashes.iter().map(|hash| (*hash).into()).collect()
    }

    fn entry(card: &str) -> JournalEntry {
        JournalEntry {
            hour: "2026-01-15T23:00Z".into(),
            site: "forum.example".into(),
            topic: "t".into(),
            claim: "C".into(),
            stance: Stance::Asserts,
            risk: RiskLevel::High,
            card: card.into(),
            version: "1.0.0".into(),
            variant: "v".into(),
            outcome: JournalOutcome::Inserted,
            changed: None,
        }
    }

    fn own(state: OwnState) -> Own {
        Own {
            at: Timestamp::UNIX_EPOCH,
            site: "forum.example".into(),
            thread: None,
            page: None,
            card: "a".into(),
            likeness: Likeness::of("Bonjour"),
            state,
            below: None,
            entry: Some(0),
            ticket: 1,
        }
    }

    #[test]
    fn packs_that_no_subscription_uses_are_dropped() {
        let store = Store::new(Memory::default());
        let keep = |new: &[&str], all: &[&str], changes: Option<&ChangesView>| {
            let packs = new.iter().map(|n| ((*n).into(), "{}".into())).collect();
            let (subscription, used) = (stored("u"), used(all));
            let update = Update { subscription: &subscription, packs, used: &used, held: false, changes };
            now_or_never(store.set_subscription(update)).unwrap();
        };
        keep(&["a", "b"], &["a", "b"], None);
        assert_eq!(store.shelf.keys(), ["pack/a", "pack/b", "subscription/u"]);
        let changes = ChangesView { to: 8, ..ChangesView::default() };
        keep(&["c"], &["b", "c"], Some(&changes));
        assert_eq!(store.shelf.keys(), ["changes/u", "pack/b", "pack/c", "subscription/u"]);
        assert_eq!(now_or_never(store.changes("u")).unwrap(), Some(changes));
        now_or_never(store.remove_subscription("u", &used(&["c"]))).unwrap();
        assert_eq!(store.shelf.keys(), ["pack/c"]);
    }

    /// Stopped before the next one is kept, a worker must not begin with the rules of before.
    #[test]
    fn an_engine_goes_with_the_packs_that_it_is_of() {
        let (subscription, used) = (stored("u"), used(&[]));
        let after = |change: &dyn Fn(&Store<Memory>)| {
            let store = Store::new(Memory::default());
            now_or_never(store.shelf.write(vec![(ENGINE.into(), Some("kept".into()))])).unwrap();
            change(&store);
            store.shelf.keys().contains(&ENGINE.to_owned())
        };
        let update = |held| Update { subscription: &subscription, packs: vec![], used: &used, held, changes: None };
        assert!(!after(&|store| now_or_never(store.set_subscription(update(false))).unwrap()));
        assert!(!after(&|store| now_or_never(store.remove_subscription("u", &used)).unwrap()));
        assert!(
            after(&|store| now_or_never(store.set_subscription(update(true))).unwrap()),
            "what waits is not in use"
        );
        assert!(after(&|store| now_or_never(store.set_checked(&subscription)).unwrap()));
        assert!(!after(&|store| now_or_never(store.set_engine(None)).unwrap()));
    }

    /// As an older version, or half a write, may have left them: address and key are enough.
    #[test]
    fn a_subscription_that_cannot_be_read_begins_anew() {
        let whole = serde_json::to_value(stored("u")).unwrap();
        let mut other = whole.clone();
        other["state"]["recalls"] = "none".into();
        for (text, want) in [
            (whole.to_string(), Some(stored("u"))),
            (other.to_string(), Some(stored("u"))),
            (
                r#"{"url":"u","key":"k","etag":null,"index":"{}","signature":"s"}"#.into(),
                Some(Stored::new("u", "k", 0)),
            ),
            (r#"{"url":"u"}"#.into(), None),
            ("{".into(), None),
        ] {
            assert_eq!(Stored::read(&text), want, "{text}");
        }
    }

    #[test]
    fn what_was_kept_comes_back() {
        let store = Store::new(Memory::default());
        assert_eq!(now_or_never(store.identity()).unwrap(), Identity::default());
        let identity = Identity { first_name: "Ada".into(), ..Identity::default() };
        now_or_never(store.set_identity(&identity)).unwrap();
        assert_eq!(now_or_never(store.identity()).unwrap(), identity);
        let sites = vec![Pattern::parse("https://forum.example/*").unwrap()];
        now_or_never(store.set_sites(&sites)).unwrap();
        assert_eq!(now_or_never(store.sites()).unwrap(), sites);
        now_or_never(store.set_checked(&stored("u"))).unwrap();
        assert_eq!(now_or_never(store.subscriptions()).unwrap(), [stored("u")]);
        let adapters = BTreeMap::from([("forum.example".to_owned(), Site { id: "local".into(), ..Site::default() })]);
        now_or_never(store.set_adapters(&adapters)).unwrap();
        assert_eq!(now_or_never(store.adapters()).unwrap(), adapters);
        store.shelf.full.set(true);
        assert!(now_or_never(store.set_identity(&Identity::default())).is_err());
        assert_eq!(now_or_never(store.identity()).unwrap(), identity);
    }

    #[test]
    fn the_journal_is_newest_first_and_goes_on_after_a_restart() {
        let store = Store::new(Memory::default());
        for card in ["a", "b"] {
            now_or_never(store.record(&entry(card))).unwrap();
        }
        let store = Store::new(store.shelf);
        now_or_never(store.record(&entry("c"))).unwrap();
        let cards: Vec<String> = now_or_never(store.journal()).unwrap().into_iter().map(|e| e.card).collect();
        assert_eq!(cards, ["c", "b", "a"]);
        now_or_never(store.amend(1, JournalOutcome::Edited, Some(20))).unwrap();
        now_or_never(store.amend(1, JournalOutcome::Gone, None)).unwrap();
        now_or_never(store.amend(9, JournalOutcome::Posted, None)).unwrap();
        let entries = now_or_never(store.journal()).unwrap();
        assert_eq!(entries.len(), 3);
        assert_eq!(entries[1], JournalEntry { outcome: JournalOutcome::Gone, changed: Some(20), ..entry("b") });
        now_or_never(store.set_own(&[(0, Some(own(OwnState::Inserted)))])).unwrap();
        now_or_never(store.clear_journal()).unwrap();
        assert_eq!(store.shelf.keys(), Vec::<String>::new());
    }

    #[test]
    fn own_replies_come_back_by_number() {
        let store = Store::new(Memory::default());
        let (one, two) = (own(OwnState::Inserted), own(OwnState::Edited { percent: 20 }));
        now_or_never(store.set_own(&[(9, Some(one.clone())), (10, Some(two.clone()))])).unwrap();
        assert_eq!(now_or_never(store.own()).unwrap(), BTreeMap::from([(9, one), (10, two.clone())]));
        now_or_never(store.set_own(&[(9, None)])).unwrap();
        assert_eq!(now_or_never(store.own()).unwrap(), BTreeMap::from([(10, two)]));
    }
}
