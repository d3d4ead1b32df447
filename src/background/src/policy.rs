//! What the manager's organisation has set, by the browser's managed policy (`storage.managed`).

use crate::address;
use crate::browser;
use crate::clock;
use crate::console::warn;
use crate::core::{Core, State};
use crate::pattern::Pattern;
use jiff::Timestamp;
use rejoinder_engine::trust::{self, Period};
use rejoinder_wire::{BackgroundToPanel, Identity, PanelToBackground, PolicyView, Setting, Trouble};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::rc::Rc;
use url::Url;

/// Entries of a list that are looked at.
const MOST: usize = 200;

/// What is set. What was not understood is skipped and named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Policy {
    /// Subscriptions: address and key.
    pub(crate) subscriptions: Vec<(String, String)>,
    organisation: String,
    site: String,
    sites: Vec<Pattern>,
    locked: BTreeSet<Setting>,
    problems: Vec<String>,
    /// Those of the subscriptions that were set since another key was in use at their address, and are not followed yet.
    #[serde(default)]
    newer: Vec<(String, String)>,
    /// When what was missing was last tried.
    #[serde(default)]
    tried: Option<Timestamp>,
}

impl Policy {
    /// Reads what the browser gives. An entry that is unknown or wrong costs itself only.
    pub(crate) fn read(value: &Value) -> Policy {
        let mut policy = Policy::default();
        let Some(entries) = value.as_object() else {
            policy.problems.push("the policy is no object".into());
            return policy;
        };
        for (name, value) in entries {
            match name.as_str() {
                "subscriptions" => policy.each(name, value, |policy, entry| policy.subscription(entry)),
                "sites" => policy.each(name, value, |policy, entry| {
                    let pattern = Pattern::parse(entry.as_str().ok_or("no text")?)?;
                    policy.sites.push(pattern);
                    Ok(())
                }),
                "locked" => policy.each(name, value, |policy, entry| {
                    let setting = serde_json::from_value(entry.clone());
                    policy.locked.insert(setting.map_err(|_| format!("no setting {entry}"))?);
                    Ok(())
                }),
                "identity" => policy.identity_of(value),
                _ => policy.problems.push(format!("{name}: unknown")),
            }
        }
        policy
    }

    fn each(&mut self, name: &str, list: &Value, read: impl Fn(&mut Policy, &Value) -> Result<(), String>) {
        let Some(entries) = list.as_array() else {
            self.problems.push(format!("{name}: no list"));
            return;
        };
        for (at, entry) in entries.iter().take(MOST).enumerate() {
            if let Err(why) = read(self, entry) {
                self.problems.push(format!("{name}, {}: {why}", at + 1));
            }
        }
        if entries.len() > MOST {
            self.problems.push(format!("{name}: only the first {MOST} are taken"));
        }
    }

    fn subscription(&mut self, entry: &Value) -> Result<(), String> {
        let text = |name: &str| entry.get(name).and_then(Value::as_str).ok_or_else(|| format!("no {name}"));
        let url = address::subscription(text("url")?)?.to_string();
        let key = trust::read_key_file(text("key")?.as_bytes()).map_err(|_| "not a minisign key".to_owned())?;
        if self.subscriptions.iter().any(|(other, _)| *other == url) {
            return Err(format!("{url} stands twice"));
        }
        self.subscriptions.push((url, key));
        Ok(())
    }

    fn identity_of(&mut self, value: &Value) {
        let empty = Map::new();
        let entries = value.as_object().unwrap_or_else(|| {
            self.problems.push("identity: no object".into());
            &empty
        });
        for (name, value) in entries {
            let text = value.as_str().map(str::trim).filter(|text| !text.is_empty());
            match (name.as_str(), text) {
                ("organisation", Some(text)) => text.clone_into(&mut self.organisation),
                ("site", Some(text)) => text.clone_into(&mut self.site),
                ("organisation" | "site", None) => self.problems.push(format!("identity.{name}: no text")),
                _ => self.problems.push(format!("identity.{name}: unknown")),
            }
        }
    }

    /// The identity in force: what is set stands in for what the manager has left empty, and locked, for all.
    pub(crate) fn identity(&self, own: &Identity) -> Identity {
        let locked = self.locked.contains(&Setting::Organisation);
        let of = |set: &str, own: &str| {
            let set_wins = !set.is_empty() && (locked || own.trim().is_empty());
            if set_wins { set.to_owned() } else { own.to_owned() }
        };
        Identity {
            organisation: of(&self.organisation, &own.organisation),
            site: of(&self.site, &own.site),
            ..own.clone()
        }
    }

    /// What of an identity that was filled in over the one in force is the manager's own: what is set there, and was not
    /// theirs before, is not.
    pub(crate) fn own_identity(&self, given: Identity, before: &Identity) -> Identity {
        let of = |set: &str, given: String, before: &str| {
            if !set.is_empty() && given == set { before.to_owned() } else { given }
        };
        Identity {
            organisation: of(&self.organisation, given.organisation, &before.organisation),
            site: of(&self.site, given.site, &before.site),
            ..given
        }
    }

    /// The setting that keeps the manager from doing this; `None`: nothing does.
    pub(crate) fn forbids(&self, request: &PanelToBackground) -> Option<Setting> {
        let is_set = |url: &str| self.subscriptions.iter().any(|(set, _)| set == url);
        let is_site = |site: &str| self.sites.iter().any(|set| set.to_string() == site);
        let locked = |setting| self.locked.contains(&setting);
        match request {
            PanelToBackground::Offer { .. } | PanelToBackground::Subscribe { .. } => {
                locked(Setting::Subscriptions).then_some(Setting::Subscriptions)
            }
            // It would come back.
            PanelToBackground::Unsubscribe { url } => is_set(url).then_some(Setting::Subscriptions),
            PanelToBackground::EnableSite { pattern } => {
                (locked(Setting::Sites) && !is_site(pattern)).then_some(Setting::Sites)
            }
            PanelToBackground::DisableSite { pattern } => {
                (locked(Setting::Sites) && is_site(pattern)).then_some(Setting::Sites)
            }
            _ => None,
        }
    }

    /// This policy after another one. A publisher may have another key by now than the policy names: only an entry that was
    /// not there before is the newer word.
    fn after(self, before: &Policy) -> Policy {
        let is_newer =
            |entry: &&(String, String)| !before.subscriptions.contains(entry) || before.newer.contains(entry);
        let newer = self.subscriptions.iter().filter(is_newer).cloned().collect();
        Policy { newer, ..self }
    }

    /// Whether it says the same, followed or not.
    fn says_as(&self, other: &Policy) -> bool {
        let said = |policy: &Policy| Policy { newer: Vec::new(), tried: None, ..policy.clone() };
        said(self) == said(other)
    }

    /// What is to be subscribed to, given address and key of what is: what is missing, and what a newer word gives
    /// another key.
    fn missing(&self, stored: &[(String, String)]) -> Vec<(String, String)> {
        let is_missing = |entry: &&(String, String)| {
            let has_key = stored.contains(entry);
            !has_key && (self.newer.contains(entry) || stored.iter().all(|(url, _)| *url != entry.0))
        };
        self.subscriptions.iter().filter(is_missing).cloned().collect()
    }

    /// When what is missing is to be tried next, at most once an hour however often the worker starts; `None`: nothing is.
    fn next_try(&self, stored: &[(String, String)], now: Timestamp) -> Option<Timestamp> {
        if self.missing(stored).is_empty() {
            return None;
        }
        // A clock that was ahead must not keep it from being tried.
        let tried = self.tried.filter(|tried| *tried <= now);
        Some(tried.map_or(now, |tried| (tried + Period::Urgent.length()).max(now)))
    }

    /// Notes what is followed now: from then on the publisher's own changes of key count.
    fn note_followed(&mut self, stored: &[(String, String)]) -> bool {
        let before = self.newer.len();
        self.newer.retain(|entry| !stored.contains(entry));
        self.newer.len() != before
    }

    /// Whether a subscription may stay.
    fn allows(&self, url: &str) -> bool {
        !self.locked.contains(&Setting::Subscriptions) || self.subscriptions.iter().any(|(set, _)| set == url)
    }
}

impl Core {
    /// Asks the browser what is set now, and follows it. What was set before holds until it answers: Chromium takes
    /// seconds for that when it starts.
    pub(crate) async fn follow_policy(self: &Rc<Self>) {
        let policy = match browser::managed().await {
            Ok(Some(value)) => Policy::read(&value),
            // None is set: Firefox rejects then, Chromium gives an empty object.
            Ok(None) => Policy::default(),
            Err(why) => {
                warn(&format!("the organisation's policy could not be read: {why}"));
                return;
            }
        };
        for problem in &policy.problems {
            warn(&format!("the organisation's policy: {problem}"));
        }
        // What an unchanged one wants is seen to at every check.
        let before = self.state.borrow().policy.clone();
        if !before.says_as(&policy) {
            let policy = policy.after(&before);
            self.state.borrow_mut().policy = policy;
            self.obey(true).await;
        }
    }

    async fn keep_policy(&self) {
        let policy = self.state.borrow().policy.clone();
        if let Err(why) = self.store.set_policy(&policy).await {
            warn(&format!("the organisation's policy could not be kept: {why}"));
        }
    }

    /// Makes subscriptions and sites what the policy says. What cannot be done now is tried at the next check. One that
    /// `changed` is kept, and shown, first.
    pub(crate) async fn obey(self: &Rc<Self>, changed: bool) {
        if changed {
            self.keep_policy().await;
            self.tell_panels(BackgroundToPanel::Settings);
        }
        let (policy, stored) = {
            let state = self.state.borrow();
            (state.policy.clone(), state.keys())
        };
        for (url, _) in stored.iter().filter(|(url, _)| !policy.allows(url)) {
            if let Err(trouble) = self.unsubscribe(url).await {
                warn(&format!("{url}, which the policy does not allow, could not be removed: {trouble:?}"));
            }
        }
        let missing = policy.missing(&stored);
        if !missing.is_empty() {
            self.state.borrow_mut().policy.tried = Some(clock::now());
            self.keep_policy().await;
        }
        for (url, key) in missing {
            if let Err(trouble) = self.subscribe(&url, &key).await {
                warn(&format!("{url}, which the policy sets, could not be subscribed to: {trouble:?}"));
            }
        }
        let followed = {
            let mut state = self.state.borrow_mut();
            let stored = state.keys();
            state.policy.note_followed(&stored)
        };
        if followed {
            self.keep_policy().await;
        }
        for site in &policy.sites {
            let missing = !self.state.borrow().sites.contains(site);
            if missing
                && browser::is_granted(&site.to_string()).await
                && let Err(trouble) = self.enable_site(&site.to_string()).await
            {
                warn(&format!("{site}, which the policy sets, could not be enabled: {trouble:?}"));
            }
        }
    }

    /// As [`Core::obey`], if something that is missing is due.
    pub(crate) async fn obey_due(self: &Rc<Self>) {
        let now = clock::now();
        let next = self.state.borrow().next_try(now);
        if next.is_some_and(|next| next <= now) {
            self.obey(false).await;
        }
    }

    /// Refuses what the organisation has locked.
    pub(crate) fn permit(&self, request: &PanelToBackground) -> Result<(), Trouble> {
        match self.state.borrow().policy.forbids(request) {
            Some(setting) => Err(Trouble::Locked { setting }),
            None => Ok(()),
        }
    }
}

impl State {
    /// Address and key of every subscription.
    fn keys(&self) -> Vec<(String, String)> {
        self.subscriptions.iter().map(|s| (s.stored.url.clone(), s.stored.state.key.clone())).collect()
    }

    /// When a subscription that the policy sets, and that is not there, is to be tried next.
    pub(crate) fn next_try(&self, now: Timestamp) -> Option<Timestamp> {
        self.policy.next_try(&self.keys(), now)
    }

    /// The identity in force.
    pub(crate) fn identity(&self) -> Identity {
        self.policy.identity(&self.identity)
    }

    /// As the options page shows it; `None`: nothing is set.
    pub(crate) fn policy_view(&self) -> Option<PolicyView> {
        let Policy { subscriptions, sites, locked, problems, .. } = &self.policy;
        if self.policy == Policy::default() {
            return None;
        }
        let subscribed = |url: &str| self.subscriptions.iter().any(|s| s.stored.url == url);
        let unheard = subscriptions.iter().filter(|(url, _)| !subscribed(url));
        let mut wanted: Vec<Pattern> =
            unheard.filter_map(|(url, _)| Url::parse(url).ok().as_ref().and_then(Pattern::of)).collect();
        wanted.extend(sites.iter().filter(|site| !self.sites.contains(site)).cloned());
        wanted.sort();
        wanted.dedup();
        Some(PolicyView {
            locked: locked.iter().copied().collect(),
            subscriptions: subscriptions.iter().map(|(url, _)| url.clone()).collect(),
            sites: sites.iter().map(ToString::to_string).collect(),
            wanted: wanted.iter().map(ToString::to_string).collect(),
            problems: problems.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// minisign's own example key.
    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    #[test]
    fn what_is_wrong_costs_itself_only() {
        for (value, problems) in [
            (json!({}), vec![]),
            (json!(null), vec!["the policy is no object"]),
            (json!({ "colour": 1 }), vec!["colour: unknown"]),
            (json!({ "sites": "https://a.example/*" }), vec!["sites: no list"]),
            (
                json!({ "sites": [7, "https://*/*", "https://a.example/*"] }),
                vec!["sites, 1: no text", "sites, 2: `https://*/*` is not a match pattern of one host"],
            ),
            (json!({ "locked": ["sites", "weather"] }), vec!["locked, 2: no setting \"weather\""]),
            (json!({ "identity": [] }), vec!["identity: no object"]),
            (
                json!({ "identity": { "organisation": " ", "name": "x", "site": 3 } }),
                vec!["identity.name: unknown", "identity.organisation: no text", "identity.site: no text"],
            ),
            (
                json!({ "subscriptions": [
                    {},
                    { "url": "http://a.example/index.json", "key": KEY },
                    { "url": "https://a.example/index.json", "key": "x" },
                    { "url": "https://a.example/index.json", "key": KEY, "note": "" },
                    { "url": "https://a.example/index.json", "key": KEY },
                ] }),
                vec![
                    "subscriptions, 1: no url",
                    "subscriptions, 2: https is needed, but on this machine",
                    "subscriptions, 3: not a minisign key",
                    "subscriptions, 5: https://a.example/index.json stands twice",
                ],
            ),
        ] {
            let mut found = Policy::read(&value).problems;
            found.sort();
            assert_eq!(found, problems, "{value}");
        }
    }

    #[test]
    fn what_is_right_is_taken_all_the_same() {
        let policy = Policy::read(&json!({
            "subscriptions": [{ "url": "https://a.example/index.json", "key": KEY }],
            "identity": { "organisation": "Agence" },
            "sites": [0, "https://a.example/*"],
            "locked": ["sites", "?"],
            "other": {},
        }));
        assert_eq!(policy.subscriptions, [("https://a.example/index.json".to_owned(), KEY.to_owned())]);
        assert_eq!((policy.organisation.as_str(), policy.sites.len(), policy.locked.len()), ("Agence", 1, 1));
        let many: Vec<_> = (0..=MOST).map(|n| json!(format!("https://a{n}.example/*"))).collect();
        let policy = Policy::read(&json!({ "sites": many }));
        assert_eq!((policy.sites.len(), policy.problems.len()), (MOST, 1));
    }

    #[test]
    fn the_organisation_has_the_last_word_where_it_locks() {
        let set =
            |locked: &[&str]| Policy::read(&json!({ "identity": { "organisation": "Agence" }, "locked": locked }));
        let own = |organisation: &str| Identity {
            first_name: "Claire".into(),
            organisation: organisation.into(),
            site: "https://moi.example".into(),
            ..Identity::default()
        };
        for (locked, have, want) in [
            (&[][..], "", "Agence"),
            (&[], "Autre", "Autre"),
            (&["organisation"], "", "Agence"),
            (&["organisation"], "Autre", "Agence"),
        ] {
            let identity = set(locked).identity(&own(have));
            assert_eq!(identity, Identity { organisation: want.into(), ..own("") }, "{locked:?} {have}");
        }
        assert_eq!(Policy::default().identity(&own("Autre")), own("Autre"));
    }

    /// The publisher has changed its key since the policy was set: only another entry is a newer word than that, until it
    /// was followed.
    #[test]
    fn a_change_of_policy_brings_no_old_key_back() {
        let url = "https://a.example/index.json";
        let next = "RWRepAeyzJs/4ZWTLpl5eUFJJGBtqiGrKR7mSBuRhQcwDfLu5gYjAm0A";
        let set = |key: &str, sites: &[&str]| {
            Policy::read(&json!({ "subscriptions": [{ "url": url, "key": key }], "sites": sites }))
        };
        let entry = |key: &str| (url.to_owned(), key.to_owned());
        let mut policy = set(KEY, &[]).after(&Policy::default());
        assert_eq!(policy.problems, Vec::<String>::new());
        assert_eq!(policy.missing(&[]), [entry(KEY)]);
        assert_eq!(policy.missing(&[entry("of the manager")]), [entry(KEY)], "tried until it is followed");
        assert!(policy.note_followed(&[entry(KEY)]) && !policy.note_followed(&[entry(KEY)]));
        assert_eq!(policy.missing(&[]), [entry(KEY)], "it is missing");
        assert!(policy.says_as(&set(KEY, &[])));

        let rotated = [entry(next)];
        assert_eq!(policy.missing(&rotated), []);
        let more = set(KEY, &["https://a.example/*"]);
        assert!(!policy.says_as(&more));
        let policy = more.after(&policy);
        assert_eq!(policy.missing(&rotated), [], "a site more");
        let mut policy = set(next, &[]).after(&policy);
        assert_eq!(policy.missing(&[entry(KEY)]), [entry(next)]);
        let unfollowed = set(next, &["https://a.example/*"]).after(&policy);
        assert_eq!(unfollowed.missing(&[entry(KEY)]), [entry(next)], "not forgotten by another change");
        policy.note_followed(&rotated);
        assert_eq!(policy.missing(&[entry("the one after")]), []);
    }

    /// What could not be had is tried again, once an hour.
    #[test]
    fn what_is_missing_is_tried_again() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let url = "https://a.example/index.json";
        let mut policy = Policy::read(&json!({ "subscriptions": [{ "url": url, "key": KEY }] }));
        let now = at("2026-01-15T10:00:00Z");
        let there = [(url.to_owned(), "another, by now".to_owned())];
        for (tried, stored, want) in [
            (None, &[][..], Some("2026-01-15T10:00:00Z")),
            (Some("2026-01-15T09:30:00Z"), &[], Some("2026-01-15T10:30:00Z")),
            (Some("2026-01-14T09:30:00Z"), &[], Some("2026-01-15T10:00:00Z")),
            (Some("2030-01-01T00:00:00Z"), &[], Some("2026-01-15T10:00:00Z")),
            (None, &there, None),
        ] {
            policy.tried = tried.map(at);
            assert_eq!(policy.next_try(stored, now), want.map(at), "{tried:?}");
        }
        assert_eq!(Policy::default().next_try(&[], now), None);
        policy.tried = None;
        assert!(policy.says_as(&Policy { tried: Some(now), ..policy.clone() }), "to try is no change");
    }

    #[test]
    fn what_is_set_does_not_become_the_managers_own() {
        let policy = Policy::read(&json!({ "identity": { "organisation": "Agence" } }));
        for (given, before, want) in
            [("Agence", "", ""), ("Agence", "Autre", "Autre"), ("Autre", "", "Autre"), ("", "x", "")]
        {
            let of = |organisation: &str| Identity { organisation: organisation.into(), ..Identity::default() };
            assert_eq!(policy.own_identity(of(given), &of(before)), of(want), "{given} {before}");
        }
    }

    #[test]
    fn locked_settings() {
        let policy = Policy::read(&json!({
            "subscriptions": [{ "url": "https://a.example/index.json", "key": KEY }],
            "sites": ["https://a.example/*"],
            "locked": ["subscriptions", "sites"],
        }));
        let open = Policy { locked: BTreeSet::new(), ..policy.clone() };
        let subscribe = PanelToBackground::Subscribe { url: "https://b.example/index.json".into(), key: KEY.into() };
        let unsubscribe = |url: &str| PanelToBackground::Unsubscribe { url: url.into() };
        let enable = |site: &str| PanelToBackground::EnableSite { pattern: site.into() };
        let disable = |site: &str| PanelToBackground::DisableSite { pattern: site.into() };
        let (set, other) = ("https://a.example/*", "https://b.example/*");
        for (request, when_locked, when_open) in [
            (subscribe, Some(Setting::Subscriptions), None),
            (PanelToBackground::Offer { url: String::new() }, Some(Setting::Subscriptions), None),
            (unsubscribe("https://a.example/index.json"), Some(Setting::Subscriptions), Some(Setting::Subscriptions)),
            (unsubscribe("https://b.example/index.json"), None, None),
            (enable(set), None, None),
            (enable(other), Some(Setting::Sites), None),
            (disable(set), Some(Setting::Sites), None),
            (disable(other), None, None),
            (PanelToBackground::Sync, None, None),
        ] {
            assert_eq!(policy.forbids(&request), when_locked, "{request:?}");
            assert_eq!(open.forbids(&request), when_open, "{request:?}");
        }
    }
}
