use crate::armed::Waiting;
use crate::browser;
use crate::console::warn;
use crate::fetch::Network;
use crate::library::{Library, Origin};
use crate::own::{Own, Secret};
use crate::pattern::Pattern;
use crate::policy::Policy;
use crate::readings::Readings;
use crate::shelf::Disk;
use crate::store::Store;
use crate::subscription::Subscription;
use futures_channel::oneshot;
use futures_util::future::{join, join5};
use futures_util::lock::Mutex;
use gloo_timers::future::TimeoutFuture;
use rejoinder_engine::pack::Pack;
use rejoinder_engine::trust;
use rejoinder_wire::{BackgroundToPage, BackgroundToPanel, Envelope, FoundPost, Identity, Site};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use url::Url;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// Changes of a tab within so many milliseconds make one message to the panel.
const GATHER: u32 = 60;

/// Everything the background holds. One per worker; nothing of it is borrowed while anything is awaited.
#[derive(Debug)]
pub(crate) struct Core {
    /// What outlives the worker.
    pub(crate) store: Store<Disk>,
    /// The network.
    pub(crate) network: Network,
    /// What dies with the worker, or is also in the store.
    pub(crate) state: RefCell<State>,
    /// Held by whoever changes subscriptions or sites: each change reads, waits, and writes.
    pub(crate) changing: Mutex<()>,
    /// Who waits for a post to be read.
    pub(crate) waiting: RefCell<Vec<(FoundPost, oneshot::Sender<()>)>>,
    /// Who waits for what a tab's page learns.
    pub(crate) learning: RefCell<Vec<(i32, Pupil)>>,
    /// Tabs of which the panel is about to be told.
    touched: RefCell<BTreeSet<i32>>,
}

/// Who waits for what is learnt, or for why it was not.
pub(crate) type Pupil = oneshot::Sender<Result<(), String>>;

/// What can be had at once.
#[derive(Debug)]
pub(crate) struct State {
    /// Who replies, as the manager has filled it in; [`State::identity`] is in force.
    pub(crate) identity: Identity,
    /// The names of the accounts that the manager has confirmed, by host.
    pub(crate) accounts: BTreeMap<String, String>,
    /// The enabled sites.
    pub(crate) sites: Vec<Pattern>,
    /// What the manager said of the posts of sites, by host.
    pub(crate) adapters: BTreeMap<String, Site>,
    /// The subscriptions.
    pub(crate) subscriptions: Vec<Subscription>,
    /// Their packs and the engine.
    pub(crate) library: Library,
    /// What was found.
    pub(crate) readings: Readings,
    /// The manager's replies, by number.
    pub(crate) own: BTreeMap<u64, Own>,
    /// What addresses are hidden with; empty: nothing is kept under it.
    pub(crate) secret: Secret,
    /// The armed cards, by tab.
    pub(crate) armed: BTreeMap<i32, Waiting>,
    /// What the organisation has set.
    pub(crate) policy: Policy,
    /// The last ticket that was given out.
    pub(crate) ticket: u32,
}

impl State {
    /// Whether pages of this address are to be read.
    pub(crate) fn is_enabled(&self, url: &Url) -> bool {
        self.sites.iter().any(|site| site.matches(url))
    }
}

impl Core {
    /// Loads the last good state. Works offline: nothing is asked of the network here.
    ///
    /// # Errors
    /// When not even an empty engine can be had.
    pub(crate) async fn load() -> Result<Rc<Core>, JsValue> {
        let store = Store::new(Disk::open().await);
        let (identity, accounts, sites, adapters, library) =
            join5(store.identity(), store.accounts(), store.sites(), store.adapters(), load_library(&store)).await;
        let identity = identity.unwrap_or_else(|why| lost("identity", &why));
        let accounts = accounts.unwrap_or_else(|why| lost("accounts", &why));
        let sites = sites.unwrap_or_else(|why| lost("sites", &why));
        let adapters = adapters.unwrap_or_else(|why| lost("adapters", &why));
        let policy = store.policy().await.unwrap_or_else(|why| lost("policy", &why));
        let (subscriptions, library) = library.map_err(|(_, why)| JsValue::from_str(&why))?;
        let state = State {
            identity,
            accounts,
            sites,
            adapters,
            subscriptions,
            library,
            readings: Readings::default(),
            own: BTreeMap::new(),
            secret: Secret::default(),
            armed: BTreeMap::new(),
            policy,
            ticket: 0,
        };
        let core = Rc::new(Core {
            store,
            network: Network,
            state: RefCell::new(state),
            changing: Mutex::new(()),
            waiting: RefCell::default(),
            learning: RefCell::default(),
            touched: RefCell::default(),
        });
        join(core.load_own(), core.load_armed()).await;
        core.keep_engine();
        Ok(core)
    }

    /// Keeps the engine for the next start, without waiting for it.
    pub(crate) fn keep_engine(self: &Rc<Self>) {
        let Some(bytes) = self.state.borrow().library.to_keep() else { return };
        let core = Rc::clone(self);
        spawn_local(async move {
            if let Err(why) = core.store.set_engine(&bytes).await {
                warn(&format!("the engine could not be kept, and is built again at every start: {why}"));
            }
        });
    }

    /// Tells the panels, without waiting for them.
    pub(crate) fn tell_panels(&self, message: BackgroundToPanel) {
        match Envelope::new(message).to_json() {
            Ok(json) => spawn_local(async move { browser::tell_panels(&json).await }),
            Err(why) => warn(&why.to_string()),
        }
    }

    /// The findings of a tab changed: the panels are told soon, once for many changes.
    pub(crate) fn touch(self: &Rc<Self>, tab: i32) {
        if !self.touched.borrow_mut().insert(tab) {
            return;
        }
        let core = Rc::clone(self);
        spawn_local(async move {
            TimeoutFuture::new(GATHER).await;
            core.touched.borrow_mut().remove(&tab);
            core.tell_panels(BackgroundToPanel::Tab { tab });
        });
    }

    /// Tells the scripts of a tab, in one frame or in all.
    ///
    /// # Errors
    /// When none is there.
    pub(crate) async fn tell_page(
        &self,
        tab: i32,
        frame: Option<i64>,
        message: &BackgroundToPage,
    ) -> Result<(), JsValue> {
        let json = Envelope::new(message).to_json().map_err(|e| JsValue::from_str(&e.to_string()))?;
        match browser::ask_page(tab, frame, None, &json).await {
            Err(error) if browser::is_nobody_there(&error) => Err(error),
            // A script that has nothing to answer is there nevertheless.
            _ => Ok(()),
        }
    }

    /// The rules changed: what was found is forgotten, and every page that is read is read again.
    pub(crate) async fn reread(self: &Rc<Self>) {
        let tabs = self.read_tabs().await;
        self.state.borrow_mut().readings.forget_all();
        for tab in tabs {
            self.touch(tab);
            let core = Rc::clone(self);
            spawn_local(async move { drop(core.tell_page(tab, None, &BackgroundToPage::Reread).await) });
        }
    }

    /// The tabs that are read, or that may be.
    pub(crate) async fn read_tabs(&self) -> BTreeSet<i32> {
        let (mut tabs, patterns) = {
            let state = self.state.borrow();
            let tabs: BTreeSet<i32> = state.readings.tabs().collect();
            (tabs, state.sites.iter().map(Pattern::to_string).collect::<Vec<_>>())
        };
        tabs.extend(browser::tabs_of(&patterns).await);
        tabs
    }
}

fn lost<T: Default>(what: &str, why: &str) -> T {
    warn(&format!("{what} could not be read: {why}"));
    T::default()
}

/// The subscriptions as stored, and the library of their packs. What is damaged costs its own subscription only, which
/// is then fetched again at the next check.
async fn load_library(store: &Store<Disk>) -> Result<(Vec<Subscription>, Library), (String, String)> {
    let (stored, kept) = join(store.subscriptions(), store.engine()).await;
    let stored = stored.unwrap_or_else(|why| lost("subscriptions", &why));
    let kept = kept.unwrap_or_else(|why| lost("the kept engine", &why));
    let mut subscriptions = Vec::new();
    let mut packs: Vec<Vec<(Origin, Pack)>> = Vec::new();
    for stored in stored {
        let url = stored.url.clone();
        match Subscription::read(stored) {
            Ok(mut subscription) => {
                let own = load_packs(store, &subscription).await;
                subscription.complete = own.is_some();
                packs.push(own.unwrap_or_default());
                subscriptions.push(subscription);
            }
            Err(refusal) => warn(&format!("the stored index of {url} is refused: {refusal:?}")),
        }
    }
    if let Ok(library) = Library::with_kept(packs.iter().flatten().cloned().collect(), kept.as_deref()) {
        return Ok((subscriptions, library));
    }
    // Packs that did go together when they were taken do not any more: an update of the extension. Keep what does.
    let mut together = Vec::new();
    let mut library = Library::empty()?;
    for (subscription, own) in subscriptions.iter_mut().zip(packs) {
        let candidate: Vec<(Origin, Pack)> = together.iter().cloned().chain(own).collect();
        match Library::new(candidate.clone()) {
            Ok(larger) => (together, library) = (candidate, larger),
            Err((pack, why)) => {
                warn(&format!("pack {pack} is not used: {why}"));
                subscription.complete = false;
            }
        }
    }
    Ok((subscriptions, library))
}

/// All packs of a subscription, or none.
async fn load_packs(store: &Store<Disk>, subscription: &Subscription) -> Option<Vec<(Origin, Pack)>> {
    let mut packs = Vec::new();
    for entry in &subscription.index.packs {
        let text = match store.pack(&entry.sha256).await {
            Ok(text) => text?,
            Err(why) => {
                warn(&format!("pack {} could not be read: {why}", entry.id));
                return None;
            }
        };
        let pack = match trust::read_pack(entry, text.as_bytes()) {
            Ok(pack) => pack,
            Err(refusal) => {
                warn(&format!("pack {} as it was kept is refused: {refusal:?}", entry.id));
                return None;
            }
        };
        let origin = Origin { subscription: subscription.stored.url.clone(), sha256: entry.sha256.clone() };
        packs.push((origin, pack));
    }
    Some(packs)
}
