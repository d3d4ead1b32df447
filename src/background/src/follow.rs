//! What becomes of the manager's replies: whether they appear in the thread, are edited, answered, taken away.

use crate::clock;
use crate::composer::Document;
use crate::console::warn;
use crate::core::{Core, State, lost};
use crate::library::Library;
use crate::own::{self, Own, Secret};
use crate::page::Place;
use crate::readings::Frame;
use rejoinder_engine::reply::{self, Likeness, Past};
use rejoinder_engine::thread;
use rejoinder_wire::{BackgroundToPanel, FoundPost, OwnReply, OwnState, PageAnswer, Paging, Part, PartKind, Post};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Replies that are kept at most; nobody makes more in the time that they are kept.
const MOST: usize = 2_000;

/// A post that is a reply of the manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Which.
    pub(crate) own: u64,
    /// Its words that differ from those that were inserted, in percent.
    pub(crate) percent: u8,
}

impl Core {
    /// Loads where the manager has replied.
    pub(crate) async fn load_followed(&self) {
        let sites = self.store.own_sites().await.unwrap_or_else(|why| lost("earlier replies", &why));
        self.state.borrow_mut().followed = sites;
    }

    /// Loads what is kept of the manager's replies, and the secret that addresses are hidden with.
    pub(crate) async fn load_own(&self) {
        let secret = match self.store.secret().await {
            Ok(Some(secret)) => secret,
            Ok(None) => {
                let secret = own::Secret(crate::browser::random());
                if let Err(why) = self.store.set_secret(&secret).await {
                    warn(&format!("replies will not be known again: {why}"));
                }
                secret
            }
            // Another one would make all that is kept useless; without any, nothing is kept under it.
            Err(why) => {
                warn(&format!("replies are not known again: {why}"));
                return;
            }
        };
        self.state.borrow_mut().secret = secret;
        match self.store.own().await {
            Ok(own) => {
                let mut state = self.state.borrow_mut();
                state.own = own;
                state.followed.clear();
            }
            Err(why) => warn(&format!("earlier replies are not known: {why}")),
        }
        self.purge().await;
    }

    /// Drops what has been kept for long enough.
    async fn purge(&self) {
        let now = clock::now();
        let old: Vec<u64> = {
            let state = self.state.borrow();
            let many = state.own.len().saturating_sub(MOST);
            let old = state.own.iter().enumerate().filter(|(at, (_, own))| *at < many || !own.is_kept(now));
            old.map(|(_, (number, _))| *number).collect()
        };
        if !old.is_empty() {
            self.state.borrow_mut().own.retain(|number, _| !old.contains(number));
            self.store_own(old.into_iter().map(|number| (number, None)).collect()).await;
        }
    }

    /// Keeps a reply.
    pub(crate) async fn add_own(&self, own: Own) {
        if self.state.borrow().secret.0.is_empty() {
            return;
        }
        let number = {
            let mut state = self.state.borrow_mut();
            let number = state.own.last_key_value().map_or(0, |(last, _)| last + 1);
            state.own.insert(number, own.clone());
            number
        };
        self.store_own(vec![(number, Some(own))]).await;
        self.purge().await;
    }

    /// Posts were read: is one of them the manager's?
    pub(crate) fn look_for_own(self: &Rc<Self>, place: &Place, posts: &[Post]) {
        let mut state = self.state.borrow_mut();
        state.recognise(place.tab, place.frame, posts);
        let changes = state.settle(place.tab, place.frame);
        drop(state);
        self.became(changes);
    }

    /// A document has said all its posts.
    pub(crate) fn whole(self: &Rc<Self>, place: &Place, posts: Vec<u32>, folded: bool) -> PageAnswer {
        let mut state = self.state.borrow_mut();
        state.locate(place.tab, place.frame);
        let mut changes = state.count_below(place.tab, place.frame, posts);
        if !folded {
            changes.extend(state.miss(place.tab, place.frame));
        }
        drop(state);
        self.became(changes);
        self.touch(place.tab);
        PageAnswer::Noted
    }

    /// A reply box was emptied: the reply was posted, or thrown away.
    pub(crate) fn emptied(self: &Rc<Self>, place: &Place, ticket: u32) -> PageAnswer {
        let mut state = self.state.borrow_mut();
        state.readings.holds_no_more(place.tab, place.frame, ticket);
        let mut changes = BTreeMap::new();
        if let Some((&number, own)) = state.own.iter_mut().find(|(_, own)| own.ticket == ticket)
            && own.state == OwnState::Inserted
        {
            own.state = OwnState::Unknown;
            changes.insert(number, own.clone());
        }
        // It may have been there first.
        let frames: Vec<i64> = state.readings.numbers(place.tab).collect();
        for frame in frames {
            changes.extend(state.settle(place.tab, frame));
        }
        drop(state);
        self.became(changes);
        self.touch(place.tab);
        PageAnswer::Noted
    }

    /// Keeps what became of replies, and tells the journal.
    fn became(self: &Rc<Self>, changes: BTreeMap<u64, Own>) {
        if changes.is_empty() {
            return;
        }
        let core = Rc::clone(self);
        spawn_local(async move {
            for own in changes.values() {
                let Some(entry) = own.entry else { continue };
                let (outcome, changed) = own::outcome(own.state);
                if let Err(why) = core.store.amend(entry, outcome, changed).await {
                    warn(&format!("the journal could not be told what became of a reply: {why}"));
                }
            }
            core.store_own(changes.into_iter().map(|(number, own)| (number, Some(own))).collect()).await;
            core.tell_panels(BackgroundToPanel::Journal);
        });
    }

    async fn store_own(&self, own: Vec<(u64, Option<Own>)>) {
        if let Err(why) = self.store.set_own(&own).await {
            warn(&format!("a reply will not be known again: {why}"));
        }
    }
}

impl State {
    /// The manager's replies on the sites of some documents, for one more in a thread that is theirs.
    pub(crate) fn past(&self, documents: &[Document]) -> Vec<Past> {
        let past = |own: &Own| {
            let here = documents.iter().filter(|document| document.host == own.site);
            // In the thread of one of them, or else on the site.
            here.map(|document| own.past(document.thread.as_deref())).max_by_key(|past| past.same_thread)
        };
        self.own.values().filter_map(past).collect()
    }

    /// Whether replies of the manager may stand on a site.
    pub(crate) fn follows(&self, site: &str) -> bool {
        self.followed.contains(site) || self.own.values().any(|own| own.site == site)
    }

    /// The replies in a tab's documents, oldest first.
    pub(crate) fn own_replies(&self, tab: i32) -> Vec<OwnReply> {
        let mut found: BTreeMap<u64, OwnReply> = BTreeMap::new();
        for number in self.readings.numbers(tab) {
            let Some(frame) = self.readings.frame(tab, number) else { continue };
            let site = frame.url.host_str().unwrap_or_default();
            let post_of = |own: u64| frame.own.iter().find(|(_, seen)| seen.own == own).map(|(post, _)| *post);
            for (&number_of_own, own) in self.own.iter().filter(|(_, own)| own.site == site) {
                let post = post_of(number_of_own);
                let here = post.is_some() || own.thread.is_some() && own.thread == self.thread_of(frame);
                if !here || found.get(&number_of_own).is_some_and(|f| f.post.is_some() || post.is_none()) {
                    continue;
                }
                let before = frame.below_before.get(&number_of_own).copied();
                let reply = OwnReply {
                    at: own.at.to_string(),
                    card: own.card.clone(),
                    title: reply::find(self.library.packs(), &own.card)
                        .map(|o| o.card.title.clone())
                        .unwrap_or_default(),
                    state: own.state,
                    post: post.map(|post| FoundPost { tab, frame: number, post }),
                    below: own.below,
                    new: before.map_or(0, |before| own.below.unwrap_or_default().saturating_sub(before)),
                };
                found.insert(number_of_own, reply);
            }
        }
        found.into_values().collect()
    }

    /// What is kept of the address of a document's thread. It is found out when it is first wanted: on most sites the
    /// manager never replies.
    pub(crate) fn thread_of(&self, frame: &Frame) -> Option<String> {
        if frame.located.as_ref().is_some_and(|(url, site)| *url == frame.url && *site == frame.site) {
            return frame.thread.clone();
        }
        hidden_thread(frame, &self.library, &self.secret)
    }

    /// Finds out which thread a document is of, when it has another address or adapter than before.
    fn locate(&mut self, tab: i32, frame: i64) {
        let State { readings, library, secret, .. } = self;
        let Some(frame) = readings.frame_mut(tab, frame) else { return };
        let at = (frame.url.clone(), frame.site.clone());
        if frame.located.as_ref() == Some(&at) {
            return;
        }
        frame.thread = hidden_thread(frame, library, secret);
        let mut page = frame.url.clone();
        page.set_fragment(None);
        frame.page = secret.hide(page.as_str());
        frame.located = Some(at);
    }

    /// Knows the manager's replies among posts.
    fn recognise(&mut self, tab: i32, number: i64, posts: &[Post]) {
        self.locate(tab, number);
        let State { readings, own, .. } = self;
        let Some(frame) = readings.frame_mut(tab, number) else { return };
        let site = frame.url.host_str().unwrap_or_default().to_owned();
        let here: Vec<(u64, &Own)> = own
            .iter()
            .filter(|(_, own)| own.site == site && own.thread == frame.thread)
            .map(|(number, own)| (*number, own))
            .collect();
        if here.is_empty() {
            return;
        }
        for post in posts {
            frame.own.remove(&post.id);
            let likeness = Likeness::of(&words(post));
            let free = here.iter().filter(|(own, _)| !frame.own.values().any(|seen| seen.own == *own));
            let alike = free.filter(|(_, own)| own.likeness.is_like(&likeness));
            // Of two that are equal, the earlier one stands first in the thread.
            let best = alike.map(|(own, o)| Seen { own: *own, percent: o.likeness.changed(&likeness) });
            if let Some(seen) = best.min_by_key(|seen| (seen.percent, seen.own)) {
                frame.own.insert(post.id, seen);
            }
        }
    }

    /// What the replies that were seen in a document have become. What is still in a reply box of the tab, a preview may
    /// show.
    fn settle(&mut self, tab: i32, number: i64) -> BTreeMap<u64, Own> {
        let State { readings, own, .. } = self;
        let in_box = |ticket: u32| readings.documents(tab).any(|frame| frame.tickets.contains(&ticket));
        let mut changes = BTreeMap::new();
        let Some(frame) = readings.frame(tab, number) else { return changes };
        for seen in frame.own.values() {
            let Some(own) = own.get_mut(&seen.own).filter(|own| !in_box(own.ticket)) else { continue };
            let state = Own::seen(seen.percent);
            if own.state != state || own.page.as_ref() != Some(&frame.page) {
                own.state = state;
                own.page = Some(frame.page.clone());
                changes.insert(seen.own, own.clone());
            }
        }
        changes
    }

    /// Counts what stands below the replies of a document.
    fn count_below(&mut self, tab: i32, number: i64, posts: Vec<u32>) -> BTreeMap<u64, Own> {
        let State { readings, own, .. } = self;
        let mut changes = BTreeMap::new();
        let Some(frame) = readings.frame_mut(tab, number) else { return changes };
        for (at, post) in posts.iter().enumerate() {
            let Some(seen) = frame.own.get(post) else { continue };
            let Some(own) = own.get_mut(&seen.own) else { continue };
            let below = u32::try_from(posts.len() - at - 1).unwrap_or(u32::MAX);
            // What was there at the last visit stays the measure for the whole of this one.
            frame.below_before.entry(seen.own).or_insert(own.below.unwrap_or(below));
            if own.below != Some(below) {
                own.below = Some(below);
                changes.insert(seen.own, own.clone());
            }
        }
        frame.whole = !posts.is_empty();
        changes
    }

    /// Finds that replies which stood in a document do not any more. Where more posts come when one scrolls, that cannot
    /// be told.
    fn miss(&mut self, tab: i32, number: i64) -> BTreeMap<u64, Own> {
        let State { readings, own, library, .. } = self;
        let mut changes = BTreeMap::new();
        let Some(frame) = readings.frame(tab, number).filter(|frame| frame.whole) else { return changes };
        let paged = library.site(&frame.site).is_some_and(|site| site.paging == Paging::Pages);
        let site = frame.url.host_str().unwrap_or_default();
        for (&number, own) in own.iter_mut().filter(|(_, own)| own.site == site && own.was_seen()) {
            let here = own.page.as_ref() == Some(&frame.page);
            if paged && here && !frame.own.values().any(|seen| seen.own == number) {
                own.state = OwnState::Gone;
                changes.insert(number, own.clone());
            }
        }
        changes
    }
}

fn hidden_thread(frame: &Frame, library: &Library, secret: &Secret) -> Option<String> {
    thread(&frame.url, library.site(&frame.site)).map(|thread| secret.hide(&thread))
}

/// The poster's own words of a post.
fn words(post: &Post) -> String {
    let own = post.parts.iter().filter(|part| part.kind == PartKind::Own);
    own.map(|Part { text, .. }| text.as_str()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Library, Origin};
    use crate::own::Secret;
    use crate::readings::Frame;
    use rejoinder_engine::pack::Pack;
    use rejoinder_wire::Site;

    const PAGE: &str = "https://forum.example/t/1";
    const TEXT: &str = "Bonjour, les vaccins contre la rougeole ont été étudiés chez des millions d’enfants : aucun lien \
        avec l’autisme n’a été trouvé. Claire Delmas, Santé publique";
    const EDITED: &str = "Bonsoir Zoé, les vaccins contre la rougeole ont été étudiés chez des millions d’enfants : aucun \
        lien avec l’autisme n’a été trouvé. Claire Delmas, Santé publique";

    /// A tab with one document, in which a reply was inserted.
    fn state(paging: Paging) -> State {
        let site = Site { id: "forum".into(), paging, ..Site::default() };
        let pack = Pack { schema: 1, id: "p".into(), version: "1.0.0".into(), sites: vec![site], ..Pack::default() };
        let origin = Origin { subscription: "u".into(), sha256: "h".into() };
        let mut state = State {
            library: Library::new(vec![(origin, pack)]).unwrap(),
            secret: Secret("s".into()),
            ..State::default()
        };
        visit(&mut state, PAGE);
        state.locate(1, 0);
        let own = Own {
            at: clock_of("2026-01-15T12:00:00Z"),
            site: "forum.example".into(),
            thread: state.readings.frame(1, 0).unwrap().thread.clone(),
            page: None,
            card: "c".into(),
            likeness: Likeness::of(TEXT),
            state: OwnState::Inserted,
            below: None,
            entry: None,
            ticket: 7,
        };
        state.own.insert(0, own);
        state.readings.frame_mut(1, 0).unwrap().tickets.insert(7);
        state
    }

    fn clock_of(at: &str) -> jiff::Timestamp {
        at.parse().unwrap()
    }

    /// A new document in the tab.
    fn visit(state: &mut State, url: &str) {
        // Each document names itself.
        state.ticket += 1;
        let mut frame = Frame::new(url.parse().unwrap(), None, &state.ticket.to_string());
        frame.site = "forum".into();
        state.readings.begin(1, 0, frame);
    }

    fn read(state: &mut State, posts: &[(u32, &str)]) {
        let posts: Vec<Post> = posts.iter().map(|(id, text)| Post::own(*id, *text)).collect();
        state.recognise(1, 0, &posts);
        state.settle(1, 0);
    }

    fn whole(state: &mut State, posts: &[u32]) {
        state.count_below(1, 0, posts.to_vec());
        state.miss(1, 0);
    }

    #[test]
    fn it_is_posted_when_it_stands_in_the_thread() {
        let mut s = state(Paging::Pages);
        // The page shows what the box holds.
        read(&mut s, &[(1, "Le ROR rend autiste."), (2, TEXT)]);
        assert_eq!(s.own[&0].state, OwnState::Inserted);
        s.readings.frame_mut(1, 0).unwrap().tickets.clear();
        s.settle(1, 0);
        assert_eq!(s.own[&0].state, OwnState::Posted);

        let mut s = state(Paging::Pages);
        visit(&mut s, PAGE);
        read(&mut s, &[(1, "Le ROR rend autiste."), (2, EDITED)]);
        assert!(matches!(s.own[&0].state, OwnState::Edited { percent: 4..=40 }), "{:?}", s.own[&0].state);

        let mut s = state(Paging::Pages);
        visit(&mut s, "https://forum.example/t/2");
        read(&mut s, &[(1, TEXT)]);
        assert_eq!(s.own[&0].state, OwnState::Inserted, "another thread");
    }

    #[test]
    fn one_post_is_one_reply() {
        let mut s = state(Paging::Pages);
        let twin = s.own[&0].clone();
        s.own.insert(1, twin);
        visit(&mut s, PAGE);
        read(&mut s, &[(5, TEXT)]);
        assert_eq!([s.own[&0].state, s.own[&1].state], [OwnState::Posted, OwnState::Inserted]);
        read(&mut s, &[(6, TEXT)]);
        assert_eq!([s.own[&0].state, s.own[&1].state], [OwnState::Posted, OwnState::Posted]);
        // Read again, each stays what it is.
        read(&mut s, &[(5, TEXT), (6, TEXT)]);
        let own = &s.readings.frame(1, 0).unwrap().own;
        assert_eq!([own[&5].own, own[&6].own], [0, 1]);
    }

    #[test]
    fn what_came_below_since_the_last_visit() {
        let new = |s: &State| s.own_replies(1).iter().map(|own| (own.below.unwrap(), own.new)).collect::<Vec<_>>();
        let mut s = state(Paging::Pages);
        visit(&mut s, PAGE);
        read(&mut s, &[(1, "a"), (2, TEXT), (3, "b")]);
        whole(&mut s, &[1, 2, 3]);
        assert_eq!(new(&s), [(1, 0)]);
        visit(&mut s, PAGE);
        read(&mut s, &[(1, "a"), (2, TEXT), (3, "b"), (4, "c")]);
        whole(&mut s, &[1, 2, 3, 4]);
        assert_eq!(new(&s), [(2, 1)]);
        whole(&mut s, &[1, 2, 3, 4, 5]);
        assert_eq!(new(&s), [(3, 2)]);
    }

    #[test]
    fn it_is_gone_when_it_stood_there() {
        for (paging, page, want) in [
            (Paging::Pages, PAGE, OwnState::Gone),
            // It may be further down.
            (Paging::Scroll, PAGE, OwnState::Posted),
            (Paging::Virtual, PAGE, OwnState::Posted),
            (Paging::Pages, "https://forum.example/t/2", OwnState::Posted),
        ] {
            let mut s = state(paging);
            visit(&mut s, PAGE);
            read(&mut s, &[(1, "a"), (2, TEXT)]);
            visit(&mut s, page);
            read(&mut s, &[(1, "a")]);
            assert_eq!(s.own[&0].state, OwnState::Posted, "not before all is known");
            whole(&mut s, &[1]);
            assert_eq!(s.own[&0].state, want, "{paging:?} {page}");
        }
        let mut s = state(Paging::Pages);
        visit(&mut s, PAGE);
        read(&mut s, &[(2, TEXT)]);
        visit(&mut s, PAGE);
        whole(&mut s, &[]);
        assert_eq!(s.own[&0].state, OwnState::Posted, "a page without posts says nothing");
    }
}
