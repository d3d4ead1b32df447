//! What pages ask.

use crate::adapters::Lesson;
use crate::address;
use crate::age;
use crate::browser::{self, Sender, Target};
use crate::clock;
use crate::console::warn;
use crate::core::Core;
use crate::marks;
use crate::office;
use crate::readings::Frame;
use crate::regexes;
use rejoinder_wire::{
    BackgroundToPage, ComposerEvent, Envelope, Mark, MarkNames, PageAnswer, PageToBackground, Post, Way,
};
use std::rc::Rc;
use url::Url;
use wasm_bindgen_futures::spawn_local;

/// Why what a document asked is not answered any more.
const OTHER_DOCUMENT: &str = "another document is there now";

/// Where a content script of ours runs, as the browser says; nothing of it is the page's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The tab.
    pub(crate) tab: i32,
    /// The frame in it.
    pub(crate) frame: i64,
    url: Url,
    document: Option<String>,
}

impl Place {
    /// The place of a sender; `None` unless it is a content script in a web page's tab.
    pub(crate) fn of(sender: &Sender, id: &str, home: &str) -> Option<Place> {
        let url = sender.url.as_deref()?;
        if sender.id.as_deref() != Some(id) || url.starts_with(home) {
            return None;
        }
        let tab = sender.tab.as_ref()?;
        // A document without an address of its own (`about:blank`, `srcdoc`, `blob:`) is of whoever made it.
        let addresses = [Some(url), sender.origin.as_deref(), tab.url.as_deref()];
        let url = addresses.into_iter().flatten().filter_map(|a| Url::parse(a).ok()).find(address::is_web)?;
        // The browser's numbers: whole ones.
        #[expect(clippy::cast_possible_truncation)]
        let frame = sender.frame_id? as i64;
        Some(Place { tab: tab.id?, frame, url, document: sender.document_id.clone() })
    }
}

impl Core {
    /// Answers a page.
    pub(crate) async fn page(self: &Rc<Self>, place: Place, json: &str) -> PageAnswer {
        match Envelope::<PageToBackground>::read(json) {
            Ok(PageToBackground::Hello { marks }) if !self.state.borrow().armed_tabs.contains(&place.tab) => {
                self.hello(place, &marks)
            }
            Ok(PageToBackground::Read { site, way, language, posts }) if !self.follows(&place) => {
                if let Err(answer) = self.prepare(&place, &posts).await {
                    return answer;
                }
                self.read(&place, site, way, language.as_deref(), &mut { posts })
            }
            Ok(message) => {
                let name = self.name(&place);
                let answer = office::page(Rc::clone(self), place, name, message).await;
                answer.unwrap_or_else(|why| PageAnswer::Later { why: why.to_string() })
            }
            Err(why) => PageAnswer::Refused { why: why.to_string() },
        }
    }

    /// Answers what pages seldom ask. `name` is the one that the document of the place had when it asked: while the office
    /// opened, another one may have begun there.
    pub(crate) async fn seldom(self: &Rc<Self>, place: Place, name: &str, message: PageToBackground) -> PageAnswer {
        // One that had no name then may have told it since.
        if !name.is_empty() && self.name(&place) != name {
            return PageAnswer::Refused { why: OTHER_DOCUMENT.into() };
        }
        match message {
            PageToBackground::Frames { origins } => self.embeds(&place, &origins),
            PageToBackground::Account { shown } => self.shows_account(&place, shown),
            PageToBackground::Whole { posts, folded } => self.whole(&place, posts, folded),
            PageToBackground::Composer { ticket, event: ComposerEvent::Emptied } => self.emptied(&place, ticket),
            PageToBackground::Composer { ticket, event } => self.waited(&place, ticket, event),
            PageToBackground::Find { sketch, named } => self.find(&place.url, &sketch, named),
            PageToBackground::Learn { sketch, posts, yes, no } => {
                let lesson = Lesson { sketch: &sketch, posts: &posts, yes: &yes, no: &no };
                self.learn(place.tab, &place.url, lesson).await
            }
            PageToBackground::Hello { marks } => self.hello(place, &marks),
            PageToBackground::Read { site, way, language, mut posts } => {
                let answer = self.read(&place, site, way, language.as_deref(), &mut posts);
                self.look_for_own(&place, &posts);
                answer
            }
        }
    }

    /// Has the engine ready for posts, or gives the answer without it.
    async fn prepare(self: &Rc<Self>, place: &Place, posts: &[Post]) -> Result<(), PageAnswer> {
        let can_read = |post| self.state.borrow().library.engine().can_read(post);
        if posts.iter().all(can_read) {
            return Ok(());
        }
        let name = self.name(place);
        regexes::add(Rc::clone(self)).await.map_err(|why| PageAnswer::Later { why: why.to_string() })?;
        // Whoever says hello meanwhile has all its posts read anew.
        if self.name(place) == name { Ok(()) } else { Err(PageAnswer::Refused { why: OTHER_DOCUMENT.into() }) }
    }

    /// The name of the document at a place; empty if it has told none.
    fn name(&self, place: &Place) -> String {
        let state = self.state.borrow();
        state.readings.frame(place.tab, place.frame).map(|frame| frame.name.clone()).unwrap_or_default()
    }

    /// Whether replies of the manager may be among the posts of a place: what knows them again is the office's.
    fn follows(&self, place: &Place) -> bool {
        self.state.borrow().follows(place.url.host_str().unwrap_or_default())
    }

    fn hello(self: &Rc<Self>, place: Place, names: &MarkNames) -> PageAnswer {
        let mut state = self.state.borrow_mut();
        if !state.is_enabled(&place.url) {
            return PageAnswer::Orders { enabled: false, sites: Vec::new(), follow: false, local: None };
        }
        let Some(css) = marks::style(names) else {
            return PageAnswer::Refused { why: "the names of the highlights are no names".into() };
        };
        let sites = state.library.sites(&state.sites_off, place.url.as_str());
        let local = place.url.host_str().and_then(|host| state.adapters.get(host)).cloned();
        let follow = state.follows(place.url.host_str().unwrap_or_default());
        let Place { tab, frame, url, document } = place;
        let mut begun = Frame::new(url, document, &names.none);
        begun.sheet = Some(css);
        let ended = state.readings.begin(tab, frame, begun);
        drop(state);
        self.begins(tab, frame, &names.none);
        self.touch(tab);
        let core = self.clone();
        spawn_local(async move {
            for frame in ended {
                // Those of the document before are nowhere any more; the others say hello again.
                let _ = core.tell_page(tab, Some(frame), &BackgroundToPage::Reread).await;
            }
        });
        PageAnswer::Orders { enabled: true, sites, follow, local }
    }

    fn read(
        self: &Rc<Self>,
        place: &Place,
        site: String,
        way: Way,
        language: Option<&str>,
        posts: &mut [Post],
    ) -> PageAnswer {
        let mut guard = self.state.borrow_mut();
        if !guard.is_enabled(&place.url) {
            return PageAnswer::Refused { why: "this site is not enabled".into() };
        }
        let &Place { tab, frame, .. } = place;
        // The worker was stopped since this page said hello: all its other posts are forgotten.
        let forgotten = if guard.readings.knows(tab) {
            guard.readings.frame(tab, frame).is_none().then_some(Some(frame))
        } else {
            Some(None)
        };
        if forgotten.is_some() {
            guard.readings.begin(tab, frame, Frame::new(place.url.clone(), place.document.clone(), ""));
        }
        let discreet = guard.is_discreet(&place.url, &site);
        let state = &mut *guard;
        let mut marks = Vec::new();
        if let Some(read) = state.readings.frame_mut(tab, frame) {
            // An application has changed its address, perhaps.
            read.url = place.url.clone();
            read.site = site;
            read.way = way;
            age::reckon(posts, &mut read.orders, language, clock::here());
            for post in &*posts {
                let findings = if post.mine { Vec::new() } else { state.library.engine().read(post) };
                if !discreet {
                    let painted = findings.iter().flat_map(|f| f.spans.iter().map(|&span| (span, f.risk)));
                    marks.extend(painted.map(|(span, risk)| Mark { post: post.id, span, risk }));
                }
                read.record(post, findings);
            }
            if !marks.is_empty()
                && let Some(css) = read.sheet.take()
            {
                spawn_local(Rc::clone(self).style(tab, frame, css));
            }
        }
        drop(guard);
        self.heard(tab, frame, posts);
        self.touch(tab);
        if let Some(frame) = forgotten {
            let core = Rc::clone(self);
            spawn_local(async move { drop(core.tell_page(tab, frame, &BackgroundToPage::Reread).await) });
        }
        PageAnswer::Reading { marks }
    }

    /// Styles the highlights of a document.
    async fn style(self: Rc<Self>, tab: i32, frame: i64, css: String) {
        let target = Target { tab_id: tab, frame_ids: Some(vec![browser::frame_number(frame)]), all_frames: None };
        if let Err(error) = browser::insert_css(target, &css).await {
            warn(&format!("highlights stay unstyled: {}", browser::said(&error)));
            // Tried again with the next that is painted.
            if let Some(frame) = self.state.borrow_mut().readings.frame_mut(tab, frame) {
                frame.sheet = Some(css);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::browser::Tab;

    fn sender(url: &str, origin: Option<&str>) -> Sender {
        Sender {
            id: Some("me".into()),
            url: Some(url.into()),
            origin: origin.map(Into::into),
            tab: Some(Tab { id: Some(7), url: Some("https://forum.example/t/1".into()) }),
            frame_id: Some(0.0),
            document_id: None,
        }
    }

    #[test]
    fn only_our_script_in_a_web_page_is_a_page() {
        let place = |sender: &Sender| Place::of(sender, "me", "chrome-extension://me/").map(|p| p.url.to_string());
        let cases = [
            ("https://forum.example/t/1", None, Some("https://forum.example/t/1")),
            ("https://comments.example/", Some("https://comments.example"), Some("https://comments.example/")),
            ("about:blank", Some("https://comments.example"), Some("https://comments.example/")),
            ("about:srcdoc", Some("null"), Some("https://forum.example/t/1")),
            ("data:text/html,x", None, Some("https://forum.example/t/1")),
            ("chrome-extension://me/panel.html", None, None),
        ];
        for (url, origin, want) in cases {
            assert_eq!(place(&sender(url, origin)).as_deref(), want, "{url}");
        }
        assert_eq!(place(&Sender { id: Some("other".into()), ..sender("https://forum.example/", None) }), None);
        assert_eq!(place(&Sender { id: None, ..sender("https://forum.example/", None) }), None);
        assert_eq!(place(&Sender { tab: None, ..sender("https://forum.example/", None) }), None);
        assert_eq!(place(&Sender { frame_id: None, ..sender("https://forum.example/", None) }), None);
    }
}
