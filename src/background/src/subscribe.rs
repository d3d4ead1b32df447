//! Subscriptions: offered, made, checked, ended.

use crate::address;
use crate::browser;
use crate::clock;
use crate::console::warn;
use crate::core::Core;
use crate::fetch::{CHECK, Until};
use crate::library::{Library, Origin};
use crate::pattern::Pattern;
use crate::subscription::{Stored, Subscription};
use crate::sync::{self, Checked, Desk, Failure};
use jiff::{SignedDuration, Timestamp};
use rejoinder_engine::pack::Pack;
use rejoinder_engine::trust::{Period, Scope};
use rejoinder_wire::{BackgroundToPanel, PanelAnswer, SyncRefusal, Trouble};
use std::collections::BTreeSet;
use std::rc::Rc;
use url::Url;
use wasm_bindgen_futures::spawn_local;

/// Name of the alarm.
pub(crate) const ALARM: &str = "sync";

impl Core {
    /// What stands at an address.
    pub(crate) async fn offer(&self, url: &str) -> Result<PanelAnswer, Trouble> {
        let url = address::subscription(url).map_err(|why| Trouble::BadAddress { why })?;
        Ok(PanelAnswer::Offer(sync::offer(&self.network, &url, clock::now()).await?))
    }

    /// Subscribes with the key that the manager accepted. Nothing is kept unless everything could be taken.
    pub(crate) async fn subscribe(self: &Rc<Self>, url: &str, key: &str) -> Result<PanelAnswer, Trouble> {
        let url = address::subscription(url).map_err(|why| Trouble::BadAddress { why })?;
        let _changing = self.changing.lock().await;
        let key = key.trim();
        let before = match self.subscription(url.as_str()) {
            Some(known) if known.stored.state.key == key => known,
            Some(other) => Subscription::read(other.stored.anew(key)),
            None => {
                // 32 random bits: below 2^32 by construction.
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let spread = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
                Subscription::read(Stored::new(url.as_str(), key, spread))
            }
        };
        self.check(&before, Scope::Whole).await?;
        self.keep_alarm();
        Ok(self.settings())
    }

    /// Forgets a subscription and its packs.
    pub(crate) async fn unsubscribe(self: &Rc<Self>, url: &str) -> Result<PanelAnswer, Trouble> {
        let _changing = self.changing.lock().await;
        let packs = self.state.borrow().library.without(url);
        let library = Library::new(packs)
            .map_err(|(pack, why)| Trouble::Refused { refusal: SyncRefusal::BadPack { pack, why } })?;
        let others = self.packs_of_others(url);
        self.store.remove_subscription(url, &others).await.map_err(|why| Trouble::Storage { why })?;
        {
            let mut state = self.state.borrow_mut();
            let mut subscriptions = std::mem::take(&mut state.subscriptions);
            subscriptions.retain(|s| s.stored.url != url);
            state.put_subscriptions(subscriptions);
            state.library = library;
        }
        self.keep_engine();
        if let Some(pattern) = Url::parse(url).ok().as_ref().and_then(Pattern::of) {
            self.give_back(&pattern).await;
        }
        self.reread().await;
        self.disarm_recalled().await;
        self.tell_panels(BackgroundToPanel::Settings);
        Ok(self.settings())
    }

    /// Checks every subscription wholly, one after the other.
    pub(crate) async fn sync_all(self: &Rc<Self>) {
        let _changing = self.changing.lock().await;
        self.sync(|_, _| Some(Scope::Whole)).await;
        self.keep_alarm();
    }

    /// Checks what is due: the alarm rang, or the browser was closed when it would have. Sets the alarm anew.
    pub(crate) async fn sync_due(self: &Rc<Self>) {
        let _changing = self.changing.lock().await;
        let is_idle = {
            let state = self.state.borrow();
            state.subscriptions.is_empty() && state.next_try(clock::now()).is_none()
        };
        if is_idle {
            return;
        }
        // Should the worker be stopped in between, it is woken again.
        self.set_alarm(clock::now() + Period::Urgent.length());
        self.sync(Subscription::due).await;
        self.keep_alarm();
    }

    async fn sync(self: &Rc<Self>, scope: impl Fn(&Subscription, Timestamp) -> Option<Scope>) {
        let urls: Vec<String> = self.state.borrow().subscriptions.iter().map(|s| s.stored.url.clone()).collect();
        for url in urls {
            let Some(subscription) = self.subscription(&url) else { continue };
            if let Some(scope) = scope(&subscription, clock::now()) {
                // The outcome is kept with the subscription, for the options page.
                let _ = self.check(&subscription, scope).await;
            }
        }
    }

    /// Sets the alarm for what is due next.
    pub(crate) fn keep_alarm(&self) {
        let now = clock::now();
        let next = |s: &Subscription| s.stored.next(now).unwrap_or(now);
        let next = {
            let state = self.state.borrow();
            // Also for what the policy sets and could not be had.
            state.subscriptions.iter().map(next).chain(state.next_try(now)).min()
        };
        if let Some(next) = next {
            // Never at once: what failed for a reason of this machine would be tried without end.
            self.set_alarm(next.max(now + SignedDuration::from_mins(1)));
        }
    }

    fn set_alarm(&self, at: Timestamp) {
        // Milliseconds of this age are exact in a double.
        #[expect(clippy::cast_precision_loss)]
        let when = at.as_millisecond() as f64;
        if let Err(error) = browser::set_alarm(ALARM, when) {
            warn(&format!("no alarm: {}", browser::said(&error)));
        }
    }

    /// Whether updates of a subscription wait for consent.
    pub(crate) async fn set_updates(self: &Rc<Self>, url: &str, ask: bool) -> Result<PanelAnswer, Trouble> {
        let _changing = self.changing.lock().await;
        let Some(before) = self.subscription(url) else { return Ok(self.settings()) };
        let set = {
            let (by_hash, in_use, others) = (self.by_hash(), self.in_use(), || self.packs_of_others(url));
            let desk = Desk {
                store: &self.store,
                network: &self.network,
                by_hash: &by_hash,
                in_use: &in_use,
                others: &others,
                early: &|_| {},
            };
            sync::ask_first(&desk, &before, ask, clock::now()).await
        };
        let (checked, accepted) = set.map_err(|why| Trouble::Storage { why })?;
        self.swap(checked).await;
        accepted?;
        Ok(self.settings())
    }

    /// The manager consents to the update that waits.
    pub(crate) async fn accept_update(self: &Rc<Self>, url: &str, serial: u64) -> Result<PanelAnswer, Trouble> {
        let _changing = self.changing.lock().await;
        // The changes of another one were not seen.
        let is_shown =
            |subscription: &Subscription| subscription.opened.held.as_ref().is_some_and(|held| held.serial == serial);
        if !self.subscription(url).as_ref().is_some_and(is_shown) {
            return Err(Trouble::Gone);
        }
        self.accept(url).await?;
        Ok(self.settings())
    }

    /// What the last update of a subscription changed.
    pub(crate) async fn changes(&self, url: &str) -> Result<PanelAnswer, Trouble> {
        let changes = self.store.changes(url).await.map_err(|why| Trouble::Storage { why })?;
        Ok(PanelAnswer::Changes(changes.unwrap_or_default()))
    }

    async fn accept(self: &Rc<Self>, url: &str) -> Result<(), Failure> {
        let Some(before) = self.subscription(url) else { return Ok(()) };
        let accepted = {
            let (by_hash, in_use, others) = (self.by_hash(), self.in_use(), || self.packs_of_others(url));
            let desk = Desk {
                store: &self.store,
                network: &self.network,
                by_hash: &by_hash,
                in_use: &in_use,
                others: &others,
                early: &|_| {},
            };
            sync::accept(&desk, &before, clock::now()).await
        };
        match accepted {
            Ok(checked) => {
                self.swap(checked).await;
                Ok(())
            }
            Err(failure) => {
                // The next check fetches it again.
                if let Some(held) = self.state.borrow_mut().subscriptions.iter_mut().find(|s| s.stored.url == url) {
                    held.complete = false;
                }
                Err(failure)
            }
        }
    }

    /// Checks one subscription and keeps what that gave. The caller holds `changing`.
    async fn check(self: &Rc<Self>, before: &Subscription, scope: Scope) -> Result<(), Failure> {
        let url = before.stored.url.clone();
        let checked = {
            let (by_hash, in_use, others) = (self.by_hash(), self.in_use(), || self.packs_of_others(&url));
            let network = Until { network: &self.network, end: clock::now() + CHECK, clock: clock::now };
            let early = |subscription| {
                // At once: what ends the check comes later.
                let changed = self.put(Checked { subscription, library: None });
                let core = Rc::clone(self);
                spawn_local(async move { core.show_change(changed).await });
            };
            let desk = Desk {
                store: &self.store,
                network: &network,
                by_hash: &by_hash,
                in_use: &in_use,
                others: &others,
                early: &early,
            };
            sync::check(&desk, before, scope, clock::now()).await
        };
        let result = checked.result();
        let is_new = !self
            .state
            .borrow()
            .subscriptions
            .iter()
            .any(|s| s.stored.state.key == before.stored.state.key && s.stored.url == url);
        if result.is_err() && is_new {
            // Nothing is kept of what was never whole.
            return result;
        }
        self.swap(checked).await;
        result
    }

    /// Puts what is stored in use, and shows it.
    async fn swap(self: &Rc<Self>, checked: Checked) {
        let changed = self.put(checked);
        self.show_change(changed).await;
    }

    /// Puts what is stored in use; whether pages are to be read again.
    fn put(&self, checked: Checked) -> bool {
        let Checked { subscription, library } = checked;
        let mut state = self.state.borrow_mut();
        let mut subscriptions = std::mem::take(&mut state.subscriptions);
        subscriptions.retain(|s| s.stored.url != subscription.stored.url);
        subscriptions.push(subscription);
        subscriptions.sort_by(|a, b| a.stored.url.cmp(&b.stored.url));
        let has_changed = state.put_subscriptions(subscriptions);
        let is_new = library.is_some();
        if let Some(library) = library {
            state.library = library;
        }
        is_new || has_changed
    }

    /// Shows what was put in use.
    async fn show_change(self: &Rc<Self>, changed: bool) {
        if changed {
            self.keep_engine();
            self.reread().await;
        }
        self.disarm_recalled().await;
        self.tell_panels(BackgroundToPanel::Settings);
    }

    fn subscription(&self, url: &str) -> Option<Subscription> {
        self.state.borrow().subscriptions.iter().find(|s| s.stored.url == url).cloned()
    }

    fn by_hash(&self) -> impl Fn(&str) -> Option<Pack> {
        |sha256| self.state.borrow().library.by_hash(sha256).cloned()
    }

    fn in_use(&self) -> impl Fn() -> Vec<(Origin, Pack)> {
        || self.state.borrow().library.without("")
    }

    /// Hashes of the packs that all subscriptions but one keep.
    fn packs_of_others(&self, url: &str) -> BTreeSet<String> {
        let state = self.state.borrow();
        let others = state.subscriptions.iter().filter(|s| s.stored.url != url);
        others.flat_map(Subscription::packs).map(str::to_owned).collect()
    }
}
