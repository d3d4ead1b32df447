//! The accounts under which the manager writes on sites. Nothing is inserted under another one.

use crate::core::{Core, State};
use crate::page::Place;
use crate::readings::Frame;
use rejoinder_wire::{Account, BackgroundToPanel, ConfirmedAccount, PageAnswer, PanelAnswer, SiteAccount, Trouble};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// UTF-16 units of a name at most; what is longer is none.
const LONGEST: usize = 100;

impl Core {
    /// A document says which account it shows.
    pub(crate) fn shows_account(self: &Rc<Self>, place: &Place, shown: Option<String>) -> PageAnswer {
        let shown = shown.filter(|name| name.encode_utf16().count() <= LONGEST);
        let mut state = self.state.borrow_mut();
        if let Some(frame) = state.readings.frame_mut(place.tab, place.frame) {
            frame.account = shown;
        }
        drop(state);
        self.heard(place.tab, place.frame, &[]);
        self.touch(place.tab);
        PageAnswer::Noted
    }

    /// The manager says that the account in use is theirs.
    pub(crate) async fn confirm_account(
        self: &Rc<Self>,
        tab: i32,
        host: String,
        shown: Option<String>,
    ) -> Result<PanelAnswer, Trouble> {
        let _changing = self.changing.lock().await;
        let site = {
            let state = self.state.borrow();
            state.accounts(tab).into_iter().find(|site| site.host == host).ok_or(Trouble::Gone)?
        };
        // The panel was looked at; what it showed must be what is there.
        match site.account {
            Account::Unconfirmed { shown: now } if now == shown => {}
            _ => return Err(Trouble::Gone),
        }
        let mut accounts = self.state.borrow().accounts.clone();
        accounts.insert(host, shown.unwrap_or_default());
        self.keep_accounts(accounts).await
    }

    /// Forgets which account is the manager's on a site.
    pub(crate) async fn forget_account(self: &Rc<Self>, host: &str) -> Result<PanelAnswer, Trouble> {
        let _changing = self.changing.lock().await;
        let mut accounts = self.state.borrow().accounts.clone();
        accounts.remove(host);
        self.keep_accounts(accounts).await
    }

    /// The caller holds `changing`.
    async fn keep_accounts(self: &Rc<Self>, accounts: BTreeMap<String, String>) -> Result<PanelAnswer, Trouble> {
        self.store.set_accounts(&accounts).await.map_err(|why| Trouble::Storage { why })?;
        self.state.borrow_mut().accounts = accounts;
        self.tell_panels(BackgroundToPanel::Settings);
        Ok(self.settings())
    }
}

impl State {
    /// The account in use in a document.
    pub(crate) fn account(&self, frame: &Frame) -> Account {
        let expected = frame.url.host_str().and_then(|host| self.accounts.get(host));
        Account::of(expected.map(String::as_str), frame.account.as_deref())
    }

    /// The accounts in use in a tab, each site once.
    pub(crate) fn accounts(&self, tab: i32) -> Vec<SiteAccount> {
        let mut accounts: Vec<SiteAccount> = Vec::new();
        let mut shown: BTreeSet<String> = BTreeSet::new();
        for frame in self.readings.documents(tab) {
            let Some(host) = frame.url.host_str() else { continue };
            let account = self.account(frame);
            match accounts.iter_mut().find(|site| site.host == host) {
                // Of two documents of a site, one may show nothing of it; the first that does counts.
                Some(site) if !shown.contains(&site.host) => site.account = account,
                Some(_) => {}
                None => accounts.push(SiteAccount { host: host.to_owned(), account }),
            }
            if frame.account.is_some() {
                shown.insert(host.to_owned());
            }
        }
        accounts
    }

    /// As the options page shows them.
    pub(crate) fn confirmed_accounts(&self) -> Vec<ConfirmedAccount> {
        let of = |(host, name): (&String, &String)| ConfirmedAccount { host: host.clone(), name: name.clone() };
        self.accounts.iter().map(of).collect()
    }
}
