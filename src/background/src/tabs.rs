use crate::browser;
use crate::core::Core;
use rejoinder_wire::BackgroundToPage;
use std::rc::Rc;
use url::Url;

impl Core {
    /// A tab loads something. What was read in it is forgotten when it has left the site; within the site, a new
    /// document says hello by itself, and an application that only changes its address says which posts are gone.
    pub(crate) async fn tab_moved(self: &Rc<Self>, tab: i32, status: &str) {
        let here = |core: &Core| core.state.borrow().readings.frame(tab, 0).map(|f| f.url.origin());
        if !self.state.borrow().readings.knows(tab) {
            // The panel may show it as a site that is not enabled, or another one.
            self.touch(tab);
            return;
        }
        let address = browser::tab(tab).await.and_then(|t| t.url);
        let url = address.as_deref().and_then(|a| Url::parse(a).ok());
        let stays = match (here(self), &url) {
            (Some(origin), Some(url)) => origin == url.origin(),
            // The browser does not tell the address: a site that is not granted.
            (Some(_), None) => false,
            // Only embedded frames were read; they end when the page around them does.
            (None, _) => status != "loading",
        };
        // Within the site, but what is shown now is no page (a feed, a picture): no script of ours will say so.
        let empty =
            async || status == "complete" && self.tell_page(tab, Some(0), &BackgroundToPage::Ping).await.is_err();
        if !stays || empty().await {
            self.left(tab);
        }
        self.touch(tab);
    }
}
