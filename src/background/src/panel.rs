//! What the panel and the options page ask.

use crate::adapters;
use crate::address;
use crate::browser::{self, Sender, Target};
use crate::clock;
use crate::core::Core;
use crate::reply::Choice;
use crate::sites::SCRIPT;
use rejoinder_wire::{
    BackgroundToPage, BackgroundToPanel, Envelope, FoundPost, Identity, PanelAnswer, PanelToBackground, SettingsView,
    SiteInUse, TabState, TabView, Trouble, Way, WireError,
};
use std::rc::Rc;
use url::Url;
use wasm_bindgen_futures::spawn_local;

/// Whether a message comes from a page of this extension.
pub(crate) fn is_ours(sender: &Sender, id: &str, home: &str) -> bool {
    sender.id.as_deref() == Some(id) && sender.url.as_deref().is_some_and(|url| url.starts_with(home))
}

impl Core {
    /// Answers the panel or the options page.
    pub(crate) async fn panel(self: &Rc<Self>, json: &str) -> PanelAnswer {
        let answer = match Envelope::<PanelToBackground>::read(json) {
            Ok(request) => self.do_for_panel(request).await,
            Err(why @ (WireError::Version { .. } | WireError::Malformed(_))) => {
                Err(Trouble::Protocol { why: why.to_string() })
            }
        };
        answer.unwrap_or_else(|trouble| PanelAnswer::Trouble { trouble })
    }

    async fn do_for_panel(self: &Rc<Self>, request: PanelToBackground) -> Result<PanelAnswer, Trouble> {
        self.permit(&request)?;
        match request {
            PanelToBackground::Tab { tab } => Ok(PanelAnswer::Tab(self.tab(tab).await)),
            PanelToBackground::Show { post } => self.show(post).await,
            PanelToBackground::ReadSelection { tab } => self.read_selection(tab).await,
            PanelToBackground::NotAPost { post } => self.not_a_post(post).await,
            PanelToBackground::ConfirmAccount { tab, host, shown } => self.confirm_account(tab, host, shown).await,
            PanelToBackground::ForgetAccount { host } => self.forget_account(&host).await,
            PanelToBackground::ForgetLocal { host } => self.forget_adapter(&host).await,
            PanelToBackground::Cards { post, claim, stance } => self.cards(post, &claim, stance).await,
            PanelToBackground::Review { post, claim, card, variant, draft } => {
                self.review(&Choice { post, claim, card, variant, draft }).await
            }
            PanelToBackground::Insert { post, claim, card, variant, draft, there } => {
                self.insert(&Choice { post, claim, card, variant, draft }, there).await
            }
            PanelToBackground::Copied { post, claim, card, variant, draft } => {
                self.copied(&Choice { post, claim, card, variant, draft }).await
            }
            PanelToBackground::Disarm { tab } => self.disarm(tab).await,
            PanelToBackground::Settings => Ok(self.settings()),
            PanelToBackground::SetIdentity { identity } => self.set_identity(identity).await,
            PanelToBackground::Offer { url } => self.offer(&url).await,
            PanelToBackground::Subscribe { url, key } => self.subscribe(&url, &key).await,
            PanelToBackground::Unsubscribe { url } => self.unsubscribe(&url).await,
            PanelToBackground::SetUpdates { url, ask } => self.set_updates(&url, ask).await,
            PanelToBackground::AcceptUpdate { url, serial } => self.accept_update(&url, serial).await,
            PanelToBackground::Changes { url } => self.changes(&url).await,
            PanelToBackground::EnableSite { pattern } => self.enable_site(&pattern).await,
            PanelToBackground::DisableSite { pattern } => self.disable_site(&pattern).await,
            PanelToBackground::Sync => {
                self.obey(false).await;
                self.sync_all().await;
                Ok(self.settings())
            }
            PanelToBackground::Journal => {
                let entries = self.store.journal().await.map_err(|why| Trouble::Storage { why })?;
                Ok(PanelAnswer::Journal { entries })
            }
            PanelToBackground::ClearJournal => {
                self.store.clear_journal().await.map_err(|why| Trouble::Storage { why })?;
                let mut state = self.state.borrow_mut();
                state.own.clear();
                state.readings.forget_own();
                drop(state);
                self.tell_panels(BackgroundToPanel::Journal);
                Ok(PanelAnswer::Done)
            }
        }
    }

    /// A tab as the panel shows it. A page that should have been heard and was not is asked to begin anew.
    async fn tab(self: &Rc<Self>, tab: i32) -> TabView {
        let address = browser::tab(tab).await.and_then(|t| t.url);
        let url = address.as_deref().and_then(|a| Url::parse(a).ok());
        let state = self.state.borrow();
        let heard = state.readings.knows(tab);
        let enabled = url.as_ref().is_some_and(|url| state.is_enabled(url));
        let reading = match &url {
            Some(url) if !address::is_web(url) => TabState::NotAPage,
            _ if !heard && !enabled => TabState::NotEnabled,
            _ if state.library.packs().is_empty() => TabState::NoPack,
            _ if heard => TabState::Read,
            _ => TabState::Waiting,
        };
        if enabled && state.readings.frame(tab, 0).is_none() {
            let core = Rc::clone(self);
            spawn_local(async move { core.wake_page(tab).await });
        }
        let in_use = |(id, way): (&str, Way)| {
            let known = if way == Way::Adapter { state.library.site(id) } else { None };
            SiteInUse { name: known.map(|site| site.name.clone()).unwrap_or_default(), way }
        };
        TabView {
            tab,
            origin: url.filter(address::is_web).map(|u| u.origin().ascii_serialization()).unwrap_or_default(),
            state: reading,
            posts: state.readings.posts(tab),
            sites: state.readings.sites(tab).into_iter().map(in_use).collect(),
            frames: state.offered(tab).iter().map(ToString::to_string).collect(),
            findings: state.readings.findings(tab),
            identity: state.identity(),
            accounts: state.accounts(tab),
            armed: state.armed(tab),
            own: state.own_replies(tab),
        }
    }

    /// Has a page of an enabled site begin anew, with a new script if none is there any more.
    async fn wake_page(&self, tab: i32) {
        if self.tell_page(tab, None, &BackgroundToPage::Reread).await.is_err() {
            let target = Target { tab_id: tab, all_frames: Some(true), frame_ids: None };
            // Not every page lets a script in (an error page of the browser); it then stays unheard.
            let _ = browser::run_script(target, SCRIPT).await;
        }
    }

    async fn show(&self, post: FoundPost) -> Result<PanelAnswer, Trouble> {
        let message = BackgroundToPage::Show { post: post.post };
        self.tell_page(post.tab, Some(post.frame), &message).await.map_err(|_| Trouble::Gone)?;
        Ok(PanelAnswer::Done)
    }

    /// Everything the options page shows.
    pub(crate) fn settings(&self) -> PanelAnswer {
        let state = self.state.borrow();
        PanelAnswer::Settings(SettingsView {
            identity: state.identity(),
            subscriptions: state.subscriptions.iter().map(|s| s.view(clock::now())).collect(),
            packs: state.library.views(),
            sites: state.sites.iter().map(ToString::to_string).collect(),
            adapters: state.adapters.iter().map(|(host, site)| adapters::view(host, site)).collect(),
            accounts: state.confirmed_accounts(),
            policy: state.policy_view(),
        })
    }

    async fn set_identity(&self, identity: Identity) -> Result<PanelAnswer, Trouble> {
        let identity = {
            let state = self.state.borrow();
            state.policy.own_identity(identity, &state.identity)
        };
        self.store.set_identity(&identity).await.map_err(|why| Trouble::Storage { why })?;
        self.state.borrow_mut().identity = identity;
        self.tell_panels(BackgroundToPanel::Settings);
        Ok(self.settings())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_ours() {
        let home = "chrome-extension://me/";
        let sender = |id: &str, url: &str| Sender {
            id: Some(id.into()),
            url: Some(url.into()),
            origin: None,
            tab: None,
            frame_id: None,
            document_id: None,
        };
        for (id, url, want) in [
            ("me", "chrome-extension://me/panel.html", true),
            ("me", "https://forum.example/?chrome-extension://me/", false),
            ("other", "chrome-extension://me/panel.html", false),
            ("me", "chrome-extension://me.evil/panel.html", false),
        ] {
            assert_eq!(is_ours(&sender(id, url), "me", home), want, "{id} {url}");
        }
    }
}
