use crate::armed::Waiting;
use crate::browser::{self, Area};
use crate::console::warn;
use crate::fetch::Network;
use crate::library::Library;
use crate::load;
use crate::office;
use crate::own::{Own, Secret};
use crate::pattern::Pattern;
use crate::policy::Policy;
use crate::readings::Readings;
use crate::regexes;
use crate::session::Session;
use crate::shelf::{Disk, Kept, Local};
use crate::store::Store;
use crate::subscription::Subscription;
use futures_channel::oneshot;
use futures_util::future::{join3, join4, join5, poll_immediate};
use futures_util::lock::Mutex;
use gloo_timers::future::TimeoutFuture;
use rejoinder_wire::{BackgroundToPage, BackgroundToPanel, Envelope, FoundPost, Identity, Post, Site};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use url::Url;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// Waited for, any post of a document is meant, or its account.
pub(crate) const ANY_POST: u32 = u32::MAX;

/// Changes of a tab within so many milliseconds make one message to the panel.
const GATHER: u32 = 60;

/// Everything the background holds. One per worker; nothing of it is borrowed while anything is awaited.
#[derive(Debug)]
pub(crate) struct Core {
    /// What outlives the worker.
    pub(crate) store: Store<Disk>,
    /// What outlives it until the browser is closed.
    pub(crate) session: Session<Local>,
    /// The network.
    pub(crate) network: Network,
    /// What dies with the worker, or is also in the store.
    pub(crate) state: RefCell<State>,
    /// Whether everything is loaded. Held while it is.
    complete: Mutex<bool>,
    /// Held by whoever changes subscriptions or sites: each change reads, waits, and writes.
    pub(crate) changing: Mutex<()>,
    /// Held while a reply is put in a box: the next one must know of it.
    pub(crate) inserting: Mutex<()>,
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
#[derive(Debug, Default)]
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
    /// Ids of the adapters that they have switched off. Known before the subscriptions are loaded.
    pub(crate) sites_off: BTreeSet<String>,
    /// Their packs and the engine.
    pub(crate) library: Library,
    /// What was found.
    pub(crate) readings: Readings,
    /// Hosts of the manager's replies, until these are loaded.
    pub(crate) followed: BTreeSet<String>,
    /// The manager's replies, by number.
    pub(crate) own: BTreeMap<u64, Own>,
    /// What addresses are hidden with; empty: nothing is kept under it.
    pub(crate) secret: Secret,
    /// Tabs of the armed cards, until these are loaded.
    pub(crate) armed_tabs: BTreeSet<i32>,
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

    /// Puts subscriptions in use. Says whether other adapters are switched off by them.
    pub(crate) fn put_subscriptions(&mut self, subscriptions: Vec<Subscription>) -> bool {
        let off = subscriptions.iter().flat_map(|s| s.sites_off()).map(str::to_owned).collect();
        let has_changed = off != self.sites_off;
        (self.subscriptions, self.sites_off) = (subscriptions, off);
        has_changed
    }
}

impl Core {
    /// Loads of the last good state what it takes to read pages. Works offline: nothing is asked of the network here.
    ///
    /// # Errors
    /// When no engine was kept, and what builds one cannot be loaded.
    pub(crate) async fn load(found: Option<Kept>) -> Result<Rc<Core>, office::Closed> {
        let (disk, engine) = match found {
            Some(Kept { database, engine }) => (Disk::Indexed(database), Some(engine)),
            None => (Disk::open().await, None),
        };
        let core = Rc::new(Core {
            store: Store::new(disk),
            session: Session::new(Local(Area::Session)),
            network: Network,
            state: RefCell::default(),
            complete: Mutex::default(),
            changing: Mutex::default(),
            inserting: Mutex::default(),
            waiting: RefCell::default(),
            learning: RefCell::default(),
            touched: RefCell::default(),
        });
        // The engine last: the browser fetches the others while it is read.
        join5(
            core.load_sites(),
            core.load_adapters(),
            core.load_followed(),
            core.load_armed_tabs(),
            core.load_engine(engine),
        )
        .await;
        if !core.state.borrow().library.is_kept() {
            office::complete(Rc::clone(&core)).await?;
        }
        Ok(core)
    }

    async fn load_sites(&self) {
        let sites = self.store.sites().await.unwrap_or_else(|why| lost("sites", &why));
        self.state.borrow_mut().sites = sites;
    }

    async fn load_adapters(&self) {
        let adapters = self.store.adapters().await.unwrap_or_else(|why| lost("adapters", &why));
        self.state.borrow_mut().adapters = adapters;
    }

    async fn load_engine(&self, found: Option<Vec<u8>>) {
        let kept = match found {
            Some(bytes) => Some(bytes),
            None => self.store.engine().await.unwrap_or_else(|why| lost("the kept engine", &why)),
        };
        let Some(bytes) = kept else { return };
        if Library::keeps_regexes(&bytes) {
            // Asked for at once: what they take comes while the engine is read. Whoever needs it sees whether it came.
            let mut fetching = Box::pin(regexes::fetch());
            if poll_immediate(&mut fetching).await.is_none() {
                spawn_local(async move { drop(fetching.await) });
            }
        }
        if let Some((library, off)) = Library::kept(&bytes) {
            let mut state = self.state.borrow_mut();
            (state.library, state.sites_off) = (library, off);
        }
    }

    /// Loads the rest of the last good state, once; whoever asks meanwhile waits.
    pub(crate) async fn complete(self: &Rc<Self>) {
        let mut complete = self.complete.lock().await;
        if *complete {
            return;
        }
        let mut subscriptions = load::subscriptions(&self.store).await;
        let rest = join4(
            load::packs(&self.store, &mut subscriptions),
            self.store.identity(),
            self.store.accounts(),
            self.store.policy(),
        );
        let ((packs, identity, accounts, policy), ..) = join3(rest, self.load_own(), self.load_armed()).await;
        let (was_kept, is_stale) = {
            let mut state = self.state.borrow_mut();
            state.identity = identity.unwrap_or_else(|why| lost("identity", &why));
            state.accounts = accounts.unwrap_or_else(|why| lost("accounts", &why));
            state.policy = policy.unwrap_or_else(|why| lost("policy", &why));
            let before = std::mem::take(&mut state.library);
            let was_kept = before.is_kept();
            state.library = load::fill(before, &mut subscriptions, packs);
            let has_changed = state.put_subscriptions(subscriptions);
            (was_kept, has_changed || !state.library.is_kept())
        };
        *complete = true;
        drop(complete);
        if is_stale {
            self.keep_engine();
        }
        if was_kept && is_stale {
            // Pages were read with rules of packs that are not whole, or not in use any more.
            self.reread().await;
        }
    }

    /// Keeps the engine for the next start, if there is one, without waiting for it.
    pub(crate) fn keep_engine(self: &Rc<Self>) {
        let bytes = {
            let state = self.state.borrow();
            state.library.to_keep(&state.sites_off)
        };
        let core = Rc::clone(self);
        spawn_local(async move {
            if let Err(why) = core.store.set_engine(bytes.as_deref()).await {
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

    /// A document was heard: who waited for one of these posts of it, or for anything, goes on.
    pub(crate) fn heard(&self, tab: i32, frame: i64, posts: &[Post]) {
        let is_heard = |at: &FoundPost| {
            at.tab == tab && at.frame == frame && (at.post == ANY_POST || posts.iter().any(|post| post.id == at.post))
        };
        let mut waiting = self.waiting.borrow_mut();
        for i in (0..waiting.len()).rev() {
            if is_heard(&waiting[i].0) {
                // Who does not wait any more does not mind.
                let _ = waiting.swap_remove(i).1.send(());
            }
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

/// What could not be read is empty, and the console says why.
pub(crate) fn lost<T: Default>(what: &str, why: &str) -> T {
    warn(&format!("{what} could not be read: {why}"));
    T::default()
}
