//! Subscriptions: offered, made, checked, ended.

use crate::address;
use crate::browser;
use crate::clock;
use crate::console::warn;
use crate::core::Core;
use crate::library::{Library, Origin};
use crate::pattern::Pattern;
use crate::subscription::{Stored, Subscription};
use crate::sync::{self, Checked, Failure, Known, Update};
use jiff::{SignedDuration, Timestamp};
use rejoinder_engine::pack::Pack;
use rejoinder_wire::{BackgroundToPanel, PanelAnswer, SyncOutcome, SyncRefusal, Trouble};
use std::rc::Rc;
use url::Url;

/// Name of the alarm.
pub(crate) const ALARM: &str = "sync";
/// Minutes between two checks.
const PERIOD: u32 = 6 * 60;

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
        let known = self.stored(url.as_str()).is_some_and(|s| s.key == key);
        if known {
            self.check(url.as_str()).await?;
        } else {
            self.take(&url, key, None).await?;
        }
        Ok(self.settings())
    }

    /// Forgets a subscription and its packs.
    pub(crate) async fn unsubscribe(self: &Rc<Self>, url: &str) -> Result<PanelAnswer, Trouble> {
        let _changing = self.changing.lock().await;
        let packs = self.state.borrow().library.without(url);
        let origins: Vec<Origin> = packs.iter().map(|(origin, _)| origin.clone()).collect();
        let library = Library::new(packs)
            .map_err(|(pack, why)| Trouble::Refused { refusal: SyncRefusal::BadPack { pack, why } })?;
        self.store.remove_subscription(url, &origins).await.map_err(|why| Trouble::Storage { why })?;
        {
            let mut state = self.state.borrow_mut();
            state.subscriptions.retain(|s| s.stored.url != url);
            state.library = library;
        }
        self.keep_engine();
        if let Some(pattern) = Url::parse(url).ok().as_ref().and_then(Pattern::of) {
            self.give_back(&pattern).await;
        }
        self.reread().await;
        self.tell_panels(BackgroundToPanel::Settings);
        Ok(self.settings())
    }

    /// Checks every subscription, one after the other.
    pub(crate) async fn sync_all(self: &Rc<Self>) {
        let _changing = self.changing.lock().await;
        let urls: Vec<String> = self.state.borrow().subscriptions.iter().map(|s| s.stored.url.clone()).collect();
        for url in urls {
            // The outcome is kept with the subscription, for the options page.
            let _ = self.check(&url).await;
        }
    }

    /// Checks those that were not asked for a period: the browser was closed when the alarm would have rung.
    pub(crate) async fn sync_stale(self: &Rc<Self>) {
        let is_stale = |s: &Subscription| {
            let checked = s.stored.checked.parse::<Timestamp>();
            let age = checked.map(|at| clock::now().duration_since(at));
            !s.complete || age.map_or(true, |age| age.is_negative() || age >= SignedDuration::from_mins(PERIOD.into()))
        };
        let stale = self.state.borrow().subscriptions.iter().any(is_stale);
        if stale {
            self.sync_all().await;
        }
    }

    /// Makes sure that the alarm rings.
    pub(crate) async fn keep_alarm(&self) {
        // Not all subscribers at the same minute.
        let jitter = js_sys::Math::random() * 30.0;
        let period = f64::from(PERIOD);
        if let Err(error) = browser::keep_alarm(ALARM, period, period + jitter).await {
            warn(&format!("no alarm: {}", browser::said(&error)));
        }
    }

    /// Checks one subscription and keeps what that gave. The caller holds `changing`.
    async fn check(self: &Rc<Self>, url: &str) -> Result<(), Failure> {
        let Some(stored) = self.stored(url) else { return Ok(()) };
        let parsed = address::subscription(url).map_err(Failure::Offline)?;
        let known = {
            let state = self.state.borrow();
            state.subscriptions.iter().find(|s| s.stored.url == url).map(|s| Known {
                serial: s.index.serial,
                expires: s.index.expires,
                etag: s.stored.etag.clone(),
                complete: s.complete,
            })
        };
        let taken = self.take(&parsed, &stored.key, known).await;
        let outcome = match &taken {
            // Kept with the update itself.
            Ok(true) => return Ok(()),
            Ok(false) => SyncOutcome::Current,
            Err(failure) => failure.clone().into(),
        };
        let stored = Stored { checked: clock::now().to_string(), outcome, ..stored };
        if let Err(why) = self.store.set_checked(&stored).await {
            warn(&format!("the outcome of a check could not be kept: {why}"));
        }
        if let Some(held) = self.state.borrow_mut().subscriptions.iter_mut().find(|s| s.stored.url == url) {
            held.stored = stored;
        }
        self.tell_panels(BackgroundToPanel::Settings);
        taken.map(drop)
    }

    /// Asks, and takes what is new: index and packs together, stored before they are used. Returns whether there was
    /// anything.
    async fn take(self: &Rc<Self>, url: &Url, key: &str, known: Option<Known>) -> Result<bool, Failure> {
        let in_use = |sha256: &str| self.state.borrow().library.by_hash(sha256).cloned();
        let update = match sync::check(&self.network, url, key, known, in_use, clock::now()).await? {
            Checked::Current => return Ok(false),
            Checked::Update(update) => *update,
        };
        let Update { index, text, signature, etag, packs } = update;
        let mut all: Vec<(Origin, Pack)> = self.state.borrow().library.without(url.as_str());
        let mut texts = Vec::new();
        for received in packs {
            let origin = Origin { subscription: url.to_string(), sha256: received.sha256.clone() };
            all.push((origin, received.pack));
            texts.extend(received.text.map(|text| (received.sha256, text)));
        }
        let origins: Vec<Origin> = all.iter().map(|(origin, _)| origin.clone()).collect();
        let library = Library::new(all).map_err(|(pack, why)| SyncRefusal::BadPack { pack, why })?;
        let stored = Stored {
            url: url.to_string(),
            key: key.to_owned(),
            etag,
            checked: clock::now().to_string(),
            outcome: SyncOutcome::Updated,
            index: text,
            signature,
        };
        let kept = self.store.set_subscription(&stored, texts, &origins).await;
        kept.map_err(|why| SyncRefusal::Storage { why })?;
        {
            let mut state = self.state.borrow_mut();
            state.subscriptions.retain(|s| s.stored.url != stored.url);
            state.subscriptions.push(Subscription { stored, index, complete: true });
            state.subscriptions.sort_by(|a, b| a.stored.url.cmp(&b.stored.url));
            state.library = library;
        }
        self.keep_engine();
        self.reread().await;
        self.tell_panels(BackgroundToPanel::Settings);
        Ok(true)
    }

    fn stored(&self, url: &str) -> Option<Stored> {
        let state = self.state.borrow();
        state.subscriptions.iter().find(|s| s.stored.url == url).map(|s| s.stored.clone())
    }
}
