//! Where the posts are in pages that no pack has an adapter for, and what the manager said of them.

use crate::core::{Core, State};
use crate::timeout::within;
use futures_channel::oneshot;
use rejoinder_engine::page;
use rejoinder_wire::{
    BackgroundToPage, BackgroundToPanel, FoundPost, LocalAdapter, PageAnswer, PanelAnswer, Site, Sketch, Trouble, Way,
};
use std::rc::Rc;
use url::Url;

/// Sites of which something may be said: each costs a few hundred bytes at every start.
const MOST: usize = 500;

/// How long a page may take to draw itself and be learnt from, in milliseconds.
const PATIENCE: u32 = 3_000;

/// What the manager says of the posts of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lesson<'a> {
    /// The document.
    pub(crate) sketch: &'a Sketch,
    /// Nodes that are taken for posts now.
    pub(crate) posts: &'a [u32],
    /// Nodes that are posts.
    pub(crate) yes: &'a [u32],
    /// Nodes that are none.
    pub(crate) no: &'a [u32],
}

/// As the options page shows it.
pub(crate) fn view(host: &str, site: &Site) -> LocalAdapter {
    LocalAdapter { host: host.to_owned(), json: serde_json::to_string_pretty(site).unwrap_or_default() }
}

impl State {
    /// Whether nothing may be drawn in pages of an address, whichever adapter reads them.
    pub(crate) fn is_discreet(&self, url: &Url, site: &str) -> bool {
        self.library
            .adapters()
            .any(|s| s.discreet && (s.id == site || !s.url.is_empty() && page::is_for(s, url.as_str())))
    }
}

impl Core {
    /// Finds the posts of a document that no adapter is for, or only those that it calls so.
    pub(crate) fn find(&self, url: &Url, sketch: &Sketch, named: bool) -> PageAnswer {
        if !self.state.borrow().is_enabled(url) {
            return PageAnswer::Refused { why: "this site is not enabled".into() };
        }
        match page::find(sketch).filter(|found| found.named || !named) {
            Some(found) => PageAnswer::Found { site: Some(self.dressed(url, found.site)), way: found.way },
            None => PageAnswer::Found { site: None, way: Way::Generic },
        }
    }

    /// Has a tab's pages take what is selected for posts.
    pub(crate) async fn read_selection(&self, tab: i32) -> Result<PanelAnswer, Trouble> {
        self.teach(tab, None, &BackgroundToPage::ReadSelection).await
    }

    /// Has a page take something for no post.
    pub(crate) async fn not_a_post(&self, post: FoundPost) -> Result<PanelAnswer, Trouble> {
        self.teach(post.tab, Some(post.frame), &BackgroundToPage::NotAPost { post: post.post }).await
    }

    /// Tells pages what the manager says of posts, and waits for what is learnt of it. A frame in which nothing is
    /// selected keeps silent.
    async fn teach(&self, tab: i32, frame: Option<i64>, message: &BackgroundToPage) -> Result<PanelAnswer, Trouble> {
        let (done, learnt) = oneshot::channel();
        self.learning.borrow_mut().push((tab, done));
        self.tell_page(tab, frame, message).await.map_err(|_| Trouble::Gone)?;
        let answer = within(PATIENCE, learnt).await;
        self.learning.borrow_mut().retain(|(_, waiting)| !waiting.is_canceled());
        match answer {
            Some(Ok(Ok(()))) => Ok(PanelAnswer::Done),
            Some(Ok(Err(why))) => Err(Trouble::NothingLearnt { why: Some(why) }),
            Some(Err(_)) | None => Err(Trouble::NothingLearnt { why: None }),
        }
    }

    /// Takes what the manager says of a document's posts, and keeps it for the site. Only when the panel asked this tab
    /// for it: a page's script changes no setting by itself.
    pub(crate) async fn learn(self: &Rc<Self>, tab: i32, url: &Url, lesson: Lesson<'_>) -> PageAnswer {
        let asked = {
            let mut learning = self.learning.borrow_mut();
            let at = learning.iter().position(|(waiting, _)| *waiting == tab);
            at.map(|at| learning.swap_remove(at).1)
        };
        let Some(asked) = asked.filter(|asked| !asked.is_canceled()) else {
            return PageAnswer::Refused { why: "the manager said nothing of this page".into() };
        };
        let learnt = self.keep(tab, url, lesson).await;
        // Who does not wait any more does not mind.
        let _ = asked.send(learnt.as_ref().map(|_| ()).map_err(Clone::clone));
        match learnt {
            Ok(site) => PageAnswer::Found { site: Some(site), way: Way::Local },
            Err(why) => PageAnswer::Refused { why },
        }
    }

    async fn keep(self: &Rc<Self>, tab: i32, url: &Url, lesson: Lesson<'_>) -> Result<Site, String> {
        if !self.state.borrow().is_enabled(url) {
            return Err("this site is not enabled".into());
        }
        let host = url.host_str().ok_or("a page without a host")?;
        let Lesson { sketch, posts, yes, no } = lesson;
        if yes.is_empty() && no.is_empty() {
            return Err("the selection is no part of the page's text".into());
        }
        let site = page::learn(sketch, posts, yes, no).ok_or("no post is left")?;
        let mut site = self.dressed(url, site);
        let _changing = self.changing.lock().await;
        let mut adapters = self.state.borrow().adapters.clone();
        if adapters.len() >= MOST && !adapters.contains_key(host) {
            return Err(format!("{MOST} sites are kept already"));
        }
        // What was said to be none before is none still.
        let before = adapters.get(host).and_then(|site| site.generations.first()).map(|g| g.ad.clone());
        if let Some(generation) = site.generations.first_mut() {
            generation.ad.extend(before.unwrap_or_default());
            generation.ad.sort();
            generation.ad.dedup();
        }
        adapters.insert(host.to_owned(), site.clone());
        self.store.set_adapters(&adapters).await?;
        self.state.borrow_mut().adapters = adapters;
        self.tell_panels(BackgroundToPanel::Settings);
        self.touch(tab);
        Ok(site)
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
        if let Some(known) = state.library.adapters().find(|s| !s.url.is_empty() && page::is_for(s, url.as_str())) {
            let generations = std::mem::take(&mut site.generations);
            site = Site { id: site.id, name: known.name.clone(), generations, ..known.clone() };
        }
        site
    }
}
