//! The sites that the manager enabled: the only ones in which a script of ours runs.

use crate::browser::{self, ContentScript, Target};
use crate::console::warn;
use crate::core::Core;
use crate::pattern::Pattern;
use rejoinder_wire::{BackgroundToPage, BackgroundToPanel, PanelAnswer, Trouble};
use std::collections::BTreeSet;
use std::rc::Rc;
use url::Url;
use wasm_bindgen::JsValue;

/// The content script's file.
pub(crate) const SCRIPT: &str = "page.js";
/// Its id with the browser.
const ID: &str = "page";

impl Core {
    /// Reads pages of a host from now on, also in the tabs that are open.
    pub(crate) async fn enable_site(self: &Rc<Self>, pattern: &str) -> Result<PanelAnswer, Trouble> {
        let pattern = Pattern::parse(pattern).map_err(|why| Trouble::BadAddress { why })?;
        let _changing = self.changing.lock().await;
        if !browser::is_granted(&pattern.to_string()).await {
            return Err(Trouble::Protocol { why: format!("{pattern} was not granted") });
        }
        let mut sites = self.state.borrow().sites.clone();
        if !sites.contains(&pattern) {
            sites.push(pattern.clone());
            sites.sort();
        }
        self.set_sites(sites).await?;
        self.run_in_open_tabs(&[pattern], BTreeSet::new()).await;
        Ok(self.settings())
    }

    /// Stops reading pages of a host and leaves no trace in its tabs.
    pub(crate) async fn disable_site(self: &Rc<Self>, pattern: &str) -> Result<PanelAnswer, Trouble> {
        let pattern = Pattern::parse(pattern).map_err(|why| Trouble::BadAddress { why })?;
        let _changing = self.changing.lock().await;
        self.leave(&[pattern]).await?;
        Ok(self.settings())
    }

    /// The browser took hosts back: they are not enabled any more.
    pub(crate) async fn permissions_removed(self: &Rc<Self>) {
        let _changing = self.changing.lock().await;
        let sites = self.state.borrow().sites.clone();
        let mut gone = Vec::new();
        for site in sites {
            if !browser::is_granted(&site.to_string()).await {
                gone.push(site);
            }
        }
        if !gone.is_empty()
            && let Err(trouble) = self.leave(&gone).await
        {
            warn(&format!("a site could not be switched off: {trouble:?}"));
        }
    }

    /// Installed or updated: scripts of an earlier version are dead, and the browser may have dropped the registration.
    pub(crate) async fn installed(self: &Rc<Self>) {
        let _changing = self.changing.lock().await;
        self.keep_registered().await;
        let sites = self.state.borrow().sites.clone();
        self.run_in_open_tabs(&sites, BTreeSet::new()).await;
    }

    /// Has the browser start the script in the enabled sites and nowhere else.
    pub(crate) async fn keep_registered(&self) {
        if let Err(error) = self.register().await {
            warn(&format!("the page's script could not be registered: {}", browser::said(&error)));
        }
    }

    /// Forgets hosts. The caller holds `changing`.
    async fn leave(self: &Rc<Self>, patterns: &[Pattern]) -> Result<(), Trouble> {
        // Asked before the permission goes: afterwards the browser would not tell which tabs they are.
        let tabs = self.read_tabs().await;
        let sites = self.state.borrow().sites.iter().filter(|s| !patterns.contains(s)).cloned().collect();
        self.set_sites(sites).await?;
        let enabled = self.state.borrow().sites.clone();
        let is_enabled = |url: &Url| enabled.iter().any(|site| site.matches(url));
        for &tab in &tabs {
            // Every script of the tab leaves; those of sites that stay enabled are started again below.
            let _ = self.tell_page(tab, None, &BackgroundToPage::Leave).await;
            self.touch(tab);
        }
        self.state.borrow_mut().readings.retain(is_enabled);
        self.run_in_open_tabs(&enabled, tabs).await;
        for pattern in patterns {
            self.give_back(pattern).await;
        }
        Ok(())
    }

    /// Gives a host back, unless a site or a subscription needs it.
    pub(crate) async fn give_back(&self, pattern: &Pattern) {
        let needed = {
            let state = self.state.borrow();
            let subscribed = |s: &crate::subscription::Subscription| {
                Url::parse(&s.stored.url).is_ok_and(|url| pattern.matches(&url))
            };
            state.sites.contains(pattern) || state.subscriptions.iter().any(subscribed)
        };
        let pattern = pattern.to_string();
        if !needed
            && browser::is_granted(&pattern).await
            && let Err(error) = browser::give_back(&pattern).await
        {
            warn(&format!("{pattern} could not be given back: {}", browser::said(&error)));
        }
    }

    async fn set_sites(&self, sites: Vec<Pattern>) -> Result<(), Trouble> {
        self.store.set_sites(&sites).await.map_err(|why| Trouble::Storage { why })?;
        self.state.borrow_mut().sites = sites;
        self.keep_registered().await;
        self.tell_panels(BackgroundToPanel::Settings);
        Ok(())
    }

    async fn register(&self) -> Result<(), JsValue> {
        let matches: Vec<String> = self.state.borrow().sites.iter().map(ToString::to_string).collect();
        let mut registered = browser::registered(ID).await?;
        if let Some(registered) = &mut registered {
            registered.sort();
        }
        let mut wanted = matches.clone();
        wanted.sort();
        if registered.as_ref() == Some(&wanted) || (registered.is_none() && wanted.is_empty()) {
            return Ok(());
        }
        if registered.is_some() {
            browser::unregister(ID).await?;
        }
        if matches.is_empty() {
            return Ok(());
        }
        browser::register(ContentScript {
            id: ID,
            js: vec![SCRIPT],
            matches,
            all_frames: true,
            match_origin_as_fallback: true,
            run_at: "document_idle",
            persist_across_sessions: true,
        })
        .await
    }

    /// Starts the script in the tabs of some sites, and in further ones: an enabled site's frame can be anywhere.
    async fn run_in_open_tabs(&self, sites: &[Pattern], mut tabs: BTreeSet<i32>) {
        let patterns: Vec<String> = sites.iter().map(ToString::to_string).collect();
        tabs.extend(browser::tabs_of(&patterns).await);
        // The browser only knows tabs by their main frame.
        tabs.extend(self.state.borrow().embedding(sites));
        for tab in tabs {
            let target = Target { tab_id: tab, all_frames: Some(true), frame_ids: None };
            if let Err(error) = browser::run_script(target, SCRIPT).await {
                warn(&format!("no script in an open tab: {}", browser::said(&error)));
            }
        }
    }
}
