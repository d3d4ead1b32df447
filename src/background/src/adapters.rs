//! Where the posts are in pages that no pack has an adapter for, and what the manager said of them.

use crate::core::{Core, State};
use rejoinder_engine::page;
use rejoinder_wire::{BackgroundToPanel, LocalAdapter, PageAnswer, PanelAnswer, Site, Sketch, Trouble, Way};
use std::rc::Rc;
use url::Url;

/// Sites of which something may be said: each costs a few hundred bytes at every start.
const MOST: usize = 500;

/// As the options page shows it.
pub(crate) fn view(host: &str, site: &Site) -> LocalAdapter {
    LocalAdapter { host: host.to_owned(), json: serde_json::to_string_pretty(site).unwrap_or_default() }
}

impl State {
    /// Whether nothing may be drawn in pages of an address, whichever adapter reads them.
    pub(crate) fn is_discreet(&self, url: &Url, site: &str) -> bool {
        let mut known = self.library.packs().iter().flat_map(|pack| &pack.sites);
        known.any(|s| s.discreet && (s.id == site || !s.url.is_empty() && page::is_for(s, url.as_str())))
    }
}

impl Core {
    /// Finds the posts of a document that no adapter is for.
    pub(crate) fn find(&self, url: &Url, sketch: &Sketch) -> PageAnswer {
        if !self.state.borrow().is_enabled(url) {
            return PageAnswer::Refused { why: "this site is not enabled".into() };
        }
        match page::find(sketch) {
            Some(found) => PageAnswer::Found { site: Some(self.dressed(url, found.site)), way: found.way },
            None => PageAnswer::Found { site: None, way: Way::Generic },
        }
    }

    /// Takes what the manager says of a document's posts, keeps it for the site, and has its pages read anew.
    pub(crate) async fn learn(
        self: &Rc<Self>,
        tab: i32,
        url: &Url,
        sketch: &Sketch,
        posts: &[u32],
        yes: &[u32],
        no: &[u32],
    ) -> PageAnswer {
        let refused = |why: &str| PageAnswer::Refused { why: why.into() };
        if !self.state.borrow().is_enabled(url) {
            return refused("this site is not enabled");
        }
        let Some(host) = url.host_str() else { return refused("a page without a host") };
        let Some(site) = page::learn(sketch, posts, yes, no) else { return refused("nothing to learn from") };
        let mut site = self.dressed(url, site);
        let _changing = self.changing.lock().await;
        let mut adapters = self.state.borrow().adapters.clone();
        if adapters.len() >= MOST && !adapters.contains_key(host) {
            return refused("too many sites with posts of their own: forget some in the options");
        }
        // What was said to be none before is none still.
        let before = adapters.get(host).and_then(|site| site.generations.first()).map(|g| g.ad.clone());
        if let Some(generation) = site.generations.first_mut() {
            generation.ad.extend(before.unwrap_or_default());
            generation.ad.sort();
            generation.ad.dedup();
        }
        adapters.insert(host.to_owned(), site.clone());
        if let Err(why) = self.store.set_adapters(&adapters).await {
            return PageAnswer::Refused { why };
        }
        self.state.borrow_mut().adapters = adapters;
        self.tell_panels(BackgroundToPanel::Settings);
        self.touch(tab);
        PageAnswer::Found { site: Some(site), way: Way::Local }
    }

    /// Forgets what the manager said of a site.
    pub(crate) async fn forget_adapter(self: &Rc<Self>, host: &str) -> Result<PanelAnswer, Trouble> {
        {
            let _changing = self.changing.lock().await;
            let mut adapters = self.state.borrow().adapters.clone();
            adapters.remove(host);
            self.store.set_adapters(&adapters).await.map_err(|why| Trouble::Storage { why })?;
            self.state.borrow_mut().adapters = adapters;
        }
        self.reread().await;
        self.tell_panels(BackgroundToPanel::Settings);
        Ok(self.settings())
    }

    /// What is known of the site beside its posts goes on being true.
    fn dressed(&self, url: &Url, mut site: Site) -> Site {
        let state = self.state.borrow();
        let mut known = state.library.packs().iter().flat_map(|pack| &pack.sites);
        if let Some(known) = known.find(|s| !s.url.is_empty() && page::is_for(s, url.as_str())) {
            let generations = std::mem::take(&mut site.generations);
            site = Site { id: site.id, name: known.name.clone(), generations, ..known.clone() };
        }
        site
    }
}
