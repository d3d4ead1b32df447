use crate::address;
use crate::age::Orders;
use crate::excerpt::excerpt;
use crate::follow::Seen;
use rejoinder_wire::{Finding, FoundPost, PlacedFinding, Post, Way};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use url::Url;

/// Posts that are kept of one frame: more than any page shows, so that no page can fill the memory.
const POSTS: usize = 20_000;

/// What was found in the pages that are open. In memory only: it dies with the worker, and the pages are read again.
#[derive(Debug, Default)]
pub(crate) struct Readings {
    tabs: HashMap<i32, BTreeMap<i64, Frame>>,
}

/// One document.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// Its address, or that of the page that made it (`about:blank`).
    pub(crate) url: Url,
    /// The browser's id of the document, where it gives one.
    pub(crate) document: Option<String>,
    /// A name that the document gave itself at random; empty until it said hello.
    pub(crate) name: String,
    /// Id of the adapter in use; empty until posts came.
    pub(crate) site: String,
    /// How the posts are found.
    pub(crate) way: Way,
    /// The style sheet of its highlights, until something is painted: a sheet that styles nothing costs a long page
    /// hundreds of milliseconds too.
    pub(crate) sheet: Option<String>,
    /// The account that it shows as the one in use.
    pub(crate) account: Option<String>,
    /// Addresses of the frames of other sites that it shows.
    pub(crate) embedded: Vec<Url>,
    /// In which order its dates are.
    pub(crate) orders: Orders,
    /// What is kept of the address of its thread, if that is known.
    pub(crate) thread: Option<String>,
    /// What is kept of its address.
    pub(crate) page: String,
    /// The address and adapter for which these two are true.
    pub(crate) located: Option<(Url, String)>,
    /// Posts that are replies of the manager.
    pub(crate) own: BTreeMap<u32, Seen>,
    /// Posts below these when the thread was visited before, by the replies' numbers.
    pub(crate) below_before: BTreeMap<u64, u32>,
    /// Reply boxes that hold a reply.
    pub(crate) tickets: BTreeSet<u32>,
    /// All posts of it are known.
    pub(crate) whole: bool,
    posts: BTreeMap<u32, Vec<Found>>,
}

#[derive(Clone, Debug)]
struct Found {
    finding: Finding,
    excerpt: String,
    cut: bool,
}

impl Frame {
    /// A document of which nothing was read yet.
    pub(crate) fn new(url: Url, document: Option<String>, name: &str) -> Frame {
        Frame {
            url,
            document,
            name: name.to_owned(),
            site: String::new(),
            way: Way::Adapter,
            sheet: None,
            account: None,
            embedded: Vec::new(),
            orders: Orders::default(),
            thread: None,
            page: String::new(),
            located: None,
            own: BTreeMap::new(),
            below_before: BTreeMap::new(),
            tickets: BTreeSet::new(),
            whole: false,
            posts: BTreeMap::new(),
        }
    }

    /// Whether the frame is of this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        address::is_loopback(&self.url)
    }

    /// Replaces what was found in a post. A post without parts is gone.
    pub(crate) fn record(&mut self, post: &Post, findings: Vec<Finding>) {
        if post.parts.is_empty() {
            self.posts.remove(&post.id);
        } else if self.posts.len() < POSTS || self.posts.contains_key(&post.id) {
            let found = findings.into_iter().map(|finding| {
                let excerpt = excerpt(post, finding.spans.first());
                Found { finding, excerpt, cut: post.cut }
            });
            self.posts.insert(post.id, found.collect());
        }
    }
}

impl Readings {
    /// A document begins, or begins anew: what was read there before is gone. Another document in the main frame ends
    /// those in the other frames too; returns these, since one of its own may have been quicker to begin.
    pub(crate) fn begin(&mut self, tab: i32, frame: i64, document: Frame) -> Vec<i64> {
        let frames = self.tabs.entry(tab).or_default();
        let mut ended = Vec::new();
        if frame == 0 && frames.get(&0).is_some_and(|old| !old.name.is_empty() && old.name != document.name) {
            ended.extend(frames.keys().copied().filter(|other| *other != 0));
            frames.clear();
        }
        let document = match frames.remove(&frame) {
            // The same one, read anew: its boxes hold what they held.
            Some(old) if !old.name.is_empty() && old.name == document.name => {
                Frame { tickets: old.tickets, below_before: old.below_before, ..document }
            }
            _ => document,
        };
        frames.insert(frame, document);
        ended
    }

    /// A frame, if it was heard since the worker started.
    pub(crate) fn frame(&self, tab: i32, frame: i64) -> Option<&Frame> {
        self.tabs.get(&tab)?.get(&frame)
    }

    /// The documents in the frames of a tab's main one: each frame and its document.
    pub(crate) fn below(&self, tab: i32) -> impl Iterator<Item = (i64, &Frame)> {
        self.frames(tab).filter(|(frame, _)| **frame != 0).map(|(frame, document)| (*frame, document))
    }

    /// A reply is in a box of a document, or about to be.
    pub(crate) fn holds(&mut self, tab: i32, frame: i64, ticket: u32) {
        if let Some(frame) = self.frame_mut(tab, frame) {
            frame.tickets.insert(ticket);
        }
    }

    /// It is not, or not any more.
    pub(crate) fn holds_no_more(&mut self, tab: i32, frame: i64, ticket: u32) {
        if let Some(frame) = self.frame_mut(tab, frame) {
            frame.tickets.remove(&ticket);
        }
    }

    /// Forgets which posts are the manager's.
    pub(crate) fn forget_own(&mut self) {
        for frame in self.tabs.values_mut().flat_map(BTreeMap::values_mut) {
            frame.own.clear();
            frame.below_before.clear();
            frame.tickets.clear();
        }
    }

    /// The frames of a tab of which anything was heard, the main one first.
    pub(crate) fn numbers(&self, tab: i32) -> impl Iterator<Item = i64> {
        self.frames(tab).map(|(number, _)| *number)
    }

    /// The same, to record in.
    pub(crate) fn frame_mut(&mut self, tab: i32, frame: i64) -> Option<&mut Frame> {
        self.tabs.get_mut(&tab)?.get_mut(&frame)
    }

    /// Whether anything of a tab was heard.
    pub(crate) fn knows(&self, tab: i32) -> bool {
        self.tabs.contains_key(&tab)
    }

    /// The tabs of which anything was heard.
    pub(crate) fn tabs(&self) -> impl Iterator<Item = i32> {
        self.tabs.keys().copied()
    }

    /// A finding of a post, by its claim.
    pub(crate) fn finding(&self, post: FoundPost, claim: &str) -> Option<&Finding> {
        let found = self.frame(post.tab, post.frame)?.posts.get(&post.post)?;
        found.iter().map(|f| &f.finding).find(|f| f.claim == claim)
    }

    /// A tab was closed or left.
    pub(crate) fn forget(&mut self, tab: i32) {
        self.tabs.remove(&tab);
    }

    /// Forgets the frames that are not to be read any more; returns the tabs that had some.
    pub(crate) fn retain(&mut self, keep: impl Fn(&Url) -> bool) -> Vec<i32> {
        let mut touched = Vec::new();
        self.tabs.retain(|tab, frames| {
            let before = frames.len();
            frames.retain(|_, frame| keep(&frame.url));
            if frames.len() < before {
                touched.push(*tab);
            }
            !frames.is_empty()
        });
        touched
    }

    /// The rules changed: nothing that was found holds any more.
    pub(crate) fn forget_all(&mut self) {
        self.tabs.clear();
    }

    /// How many posts of a tab were read.
    pub(crate) fn posts(&self, tab: i32) -> u32 {
        let posts: usize = self.frames(tab).map(|(_, f)| f.posts.len()).sum();
        u32::try_from(posts).unwrap_or(u32::MAX)
    }

    /// Ids of the adapters in use in a tab and how each came to be, each once, main frame first.
    pub(crate) fn sites(&self, tab: i32) -> Vec<(&str, Way)> {
        let mut sites = Vec::new();
        for (_, frame) in self.frames(tab).filter(|(_, f)| !f.posts.is_empty()) {
            let site = (frame.site.as_str(), frame.way);
            if !sites.contains(&site) {
                sites.push(site);
            }
        }
        sites
    }

    /// The documents of a tab, main frame first.
    pub(crate) fn documents(&self, tab: i32) -> impl Iterator<Item = &Frame> {
        self.frames(tab).map(|(_, frame)| frame)
    }

    /// The findings of a tab, riskiest first, then in reading order.
    pub(crate) fn findings(&self, tab: i32) -> Vec<PlacedFinding> {
        let mut findings: Vec<PlacedFinding> = self
            .frames(tab)
            .flat_map(|(&frame, document)| document.posts.iter().map(move |(&post, found)| (frame, post, found)))
            .flat_map(|(frame, post, found)| {
                found.iter().map(move |f| PlacedFinding {
                    post: FoundPost { tab, frame, post },
                    finding: f.finding.clone(),
                    excerpt: f.excerpt.clone(),
                    cut: f.cut,
                })
            })
            .collect();
        findings.sort_by_key(|f| {
            let span = f.finding.spans.first().map(|s| (s.part, s.start));
            (Reverse(f.finding.risk), f.post.frame, f.post.post, span)
        });
        findings
    }

    fn frames(&self, tab: i32) -> impl Iterator<Item = (&i64, &Frame)> {
        self.tabs.get(&tab).into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rejoinder_wire::{RiskLevel, Span, Stance, Why};

    fn finding(post: u32, claim: &str, risk: RiskLevel, start: u32) -> Finding {
        Finding {
            post,
            claim: claim.into(),
            title: claim.into(),
            topic: "t".into(),
            kind: rejoinder_wire::FindingKind::Claim,
            distress: false,
            stance: Stance::Asserts,
            risk,
            spans: vec![Span { part: 0, start, end: start + 1 }],
            why: Why { pack: "p".into(), version: "1.0.0".into(), words: vec![], distance: None, cues: vec![] },
        }
    }

    fn frame(url: &str) -> Frame {
        Frame::new(Url::parse(url).unwrap(), None, url)
    }

    fn readings() -> Readings {
        let mut readings = Readings::default();
        readings.begin(1, 0, frame("https://forum.example/"));
        readings.begin(1, 9, frame("https://comments.example/"));
        let main = readings.frame_mut(1, 0).unwrap();
        main.site = "flarum".into();
        main.record(&Post::own(3, "abc"), vec![finding(3, "C", RiskLevel::Low, 0)]);
        main.record(
            &Post::own(2, "abc"),
            vec![finding(2, "B2", RiskLevel::High, 2), finding(2, "B1", RiskLevel::High, 0)],
        );
        main.record(&Post::own(4, "abc"), vec![]);
        let comments = readings.frame_mut(1, 9).unwrap();
        comments.site = "isso".into();
        comments.record(&Post::own(1, "abc"), vec![finding(1, "D", RiskLevel::High, 0)]);
        readings
    }

    fn claims(readings: &Readings) -> Vec<String> {
        readings.findings(1).into_iter().map(|f| f.finding.claim).collect()
    }

    #[test]
    fn riskiest_first_then_in_reading_order() {
        let readings = readings();
        assert_eq!(claims(&readings), ["B1", "B2", "D", "C"]);
        assert_eq!(readings.posts(1), 4);
        assert_eq!(readings.sites(1), [("flarum", Way::Adapter), ("isso", Way::Adapter)]);
        assert_eq!(readings.posts(2), 0);
    }

    #[test]
    fn a_post_is_replaced_and_goes() {
        let mut readings = readings();
        let main = readings.frame_mut(1, 0).unwrap();
        main.record(&Post::own(2, "abc"), vec![finding(2, "E", RiskLevel::None, 0)]);
        main.record(&Post { id: 3, ..Post::default() }, vec![]);
        assert_eq!(claims(&readings), ["D", "E"]);
        let at = |post, claim| readings.finding(FoundPost { tab: 1, frame: 0, post }, claim).is_some();
        assert!(at(2, "E"));
        assert!(!at(2, "B1"), "replaced");
        assert!(!at(3, "C"), "gone");
    }

    #[test]
    fn the_same_document_read_anew_holds_what_it_held() {
        let mut readings = Readings::default();
        let frame = |name: &str| Frame::new("https://a.example/".parse().unwrap(), None, name);
        readings.begin(1, 0, frame("a"));
        readings.holds(1, 0, 7);
        readings.begin(1, 0, frame("a"));
        assert!(readings.frame(1, 0).unwrap().tickets.contains(&7));
        readings.holds_no_more(1, 0, 7);
        assert!(readings.frame(1, 0).unwrap().tickets.is_empty());
        readings.holds(1, 0, 8);
        readings.begin(1, 0, frame("b"));
        assert!(readings.frame(1, 0).unwrap().tickets.is_empty(), "another document");
    }

    #[test]
    fn a_new_document_forgets_the_old() {
        let mut in_frame = readings();
        in_frame.begin(1, 9, frame("https://comments.example/2"));
        assert_eq!(claims(&in_frame), ["B1", "B2", "C"]);
        let mut in_tab = readings();
        assert_eq!(in_tab.begin(1, 0, frame("https://forum.example/2")), [9]);
        assert_eq!(claims(&in_tab), Vec::<String>::new());
        assert!(in_tab.frame(1, 9).is_none());
        let mut the_same = readings();
        assert!(the_same.begin(1, 0, frame("https://forum.example/")).is_empty());
        assert_eq!(claims(&the_same), ["D"], "asked to begin anew, it says nothing about other frames");
    }

    #[test]
    fn a_site_is_switched_off() {
        let mut readings = readings();
        assert_eq!(readings.retain(|url| url.host_str() != Some("comments.example")), [1]);
        assert_eq!(claims(&readings), ["B1", "B2", "C"]);
        assert_eq!(readings.retain(|_| false), [1]);
        assert!(!readings.knows(1));
    }
}
