use super::date;
use super::naming::{self, Naming};
use foldhash::{HashMap, HashSet};
use regex::Regex;
use rejoinder_wire::{Sketch, SketchNode};
use std::sync::LazyLock;

/// A sketch with what is asked of it again and again.
pub(super) struct Tree<'s> {
    nodes: &'s [SketchNode],
    /// For each node the index after the last node in it.
    end: Vec<usize>,
    /// For each node the element children.
    children: Vec<Vec<usize>>,
    /// For each node how much in it reads like something that a person wrote, in UTF-16 units.
    content: Vec<f32>,
    /// For each node how much text is in it, in UTF-16 units.
    size: Vec<f32>,
    /// For each node the first text in it; the end for none.
    first_text: Vec<usize>,
    /// For each node whether it says by its class or id that it is about posts.
    named: Vec<bool>,
    /// For each node whether it says that it is, or is about, contributions.
    reply: Vec<bool>,
    /// For each node whether it says that it is an article, and whether a discussion.
    article: Vec<bool>,
    thread: Vec<bool>,
    /// For each node its tag and its lasting classes: like elements have the same.
    kind: Vec<u32>,
}

/// Words of what a site writes at every post; of longer texts that recur, somebody copied one.
const LABELS: usize = 4;

/// Elements called contributions that make a page's foot a place for them.
const REPLIES: usize = 5;

/// `Messages : 132`, `Inscrit le : …`: what a site says of a poster.
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[^\W\d_][\w' ’.-]{1,28}\s?:(\s.{0,24})?$").ok());
impl<'s> Tree<'s> {
    /// Reads a sketch; `None` if it is none (empty, not in document order, deeper or longer than one may be).
    pub(super) fn new(sketch: &'s Sketch) -> Option<Self> {
        let nodes = sketch.nodes.as_slice();
        let count = nodes.len();
        if count == 0 || count > Sketch::NODES {
            return None;
        }
        let mut children = vec![Vec::new(); count];
        let mut end = vec![count; count];
        let mut open = vec![0];
        for (i, node) in nodes.iter().enumerate().skip(1) {
            let parent = node.parent as usize;
            while open.last().is_some_and(|&last| last != parent) {
                end[open.pop()?] = i;
            }
            if open.is_empty() || open.len() > Sketch::DEPTH + 1 || nodes[parent].tag.is_empty() {
                return None;
            }
            open.push(i);
            if !node.tag.is_empty() {
                children[parent].push(i);
            }
        }
        let mut tree = Self {
            nodes,
            end,
            children,
            content: Vec::new(),
            size: Vec::new(),
            first_text: Vec::new(),
            named: Vec::new(),
            reply: Vec::new(),
            article: Vec::new(),
            thread: Vec::new(),
            kind: Vec::new(),
        };
        tree.kind = tree.kinds();
        tree.reply = (0..count).map(|at| tree.is_named(at, &naming::REPLY)).collect();
        tree.article = (0..count)
            .map(|at| tree.is_named(at, &naming::ARTICLE) || tree.attribute(at, "itemprop") == "articleBody")
            .collect();
        tree.thread = (0..count).map(|at| tree.is_named(at, &naming::THREAD)).collect();
        tree.content = tree.contents();
        tree.size = tree.sizes();
        tree.first_text = tree.first_texts();
        tree.named = (0..count).map(|at| tree.is_named(at, &naming::POST)).collect();
        Some(tree)
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn node(&self, at: usize) -> &'s SketchNode {
        &self.nodes[at]
    }

    pub(super) fn is_element(&self, at: usize) -> bool {
        !self.nodes[at].tag.is_empty()
    }

    pub(super) fn parent(&self, at: usize) -> usize {
        self.nodes[at].parent as usize
    }

    /// The elements in a node, as its children.
    pub(super) fn children(&self, at: usize) -> &[usize] {
        &self.children[at]
    }

    /// The index after the last node in a node.
    pub(super) fn end(&self, at: usize) -> usize {
        self.end[at]
    }

    /// Whether a node is, or lies in, another.
    pub(super) fn within(&self, at: usize, outer: usize) -> bool {
        (outer..self.end[outer]).contains(&at)
    }

    /// A node and those it lies in, innermost first.
    pub(super) fn chain(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |&node| (node != 0).then(|| self.parent(node)))
    }

    /// How much in a node reads like something that a person wrote, in UTF-16 units.
    pub(super) fn content(&self, at: usize) -> f32 {
        self.content[at]
    }

    /// How much text is in a node, in UTF-16 units, whatever it is.
    pub(super) fn size(&self, at: usize) -> f32 {
        self.size[at]
    }

    /// The first text in a node, or the node itself if it is one.
    pub(super) fn first_text(&self, at: usize) -> Option<usize> {
        Some(self.first_text[at]).filter(|&text| text < self.end[at])
    }

    /// Whether an element says by its class or id that it is about posts.
    pub(super) fn is_post_named(&self, at: usize) -> bool {
        self.named[at]
    }

    /// Whether an element says by its class or id that it is a contribution, or about them.
    pub(super) fn is_reply_named(&self, at: usize) -> bool {
        self.reply[at]
    }

    /// Whether an element says that it is an article.
    pub(super) fn is_article_named(&self, at: usize) -> bool {
        self.article[at]
    }

    /// Whether an element says by its class or id that it is a discussion.
    pub(super) fn is_thread_named(&self, at: usize) -> bool {
        self.thread[at]
    }

    /// A number that is the same for elements with the same tag and lasting classes.
    pub(super) fn kind(&self, at: usize) -> u32 {
        self.kind[at]
    }

    pub(super) fn attribute(&self, at: usize, name: &str) -> &'s str {
        self.nodes[at].attributes.get(name).map_or("", String::as_str)
    }

    /// The classes of an element that are names, not numbers of this one element.
    pub(super) fn classes(&self, at: usize) -> impl Iterator<Item = &'s str> + use<'s> {
        self.attribute(at, "class").split_ascii_whitespace().filter(|class| lasting(class))
    }

    /// Whether an element is called so by its class or id.
    pub(super) fn is_named(&self, at: usize, naming: &Naming) -> bool {
        naming.names(self.attribute(at, "class")) || naming.names(self.attribute(at, "id"))
    }

    /// Whether an element says by a class or its id that it holds no post's text.
    fn is_aside(&self, at: usize) -> bool {
        let names = self.attribute(at, "class").split_ascii_whitespace().chain([self.attribute(at, "id")]);
        names.into_iter().any(|name| naming::ASIDE.names(name))
    }

    /// Whether several elements in one are called contributions: the foot of an article can hold what is said of it.
    fn holds_replies(&self, at: usize) -> bool {
        self.reply[at..self.end[at]].iter().filter(|&&reply| reply).count() >= REPLIES
    }

    fn kinds(&self) -> Vec<u32> {
        let mut numbers: HashMap<(&str, Vec<&str>), u32> = HashMap::default();
        (0..self.nodes.len())
            .map(|at| {
                let mut classes: Vec<&str> = self.classes(at).collect();
                classes.sort_unstable();
                classes.dedup();
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                *numbers.entry((self.nodes[at].tag.as_str(), classes)).or_insert(next)
            })
            .collect()
    }

    fn first_texts(&self) -> Vec<usize> {
        let count = self.nodes.len();
        let mut first = vec![count; count];
        let mut next = count;
        for at in (0..count).rev() {
            if self.nodes[at].tag.is_empty() {
                next = at;
            }
            first[at] = next;
        }
        first
    }

    #[expect(clippy::cast_precision_loss)]
    fn sizes(&self) -> Vec<f32> {
        let mut size: Vec<f32> = self.nodes.iter().map(|node| node.length as f32).collect();
        for at in (1..size.len()).rev() {
            size[self.nodes[at].parent as usize] += size[at];
        }
        size
    }

    fn contents(&self) -> Vec<f32> {
        let count = self.nodes.len();
        // What stands again and again is the site's, not a person's; and so is what always stands at one kind of place.
        let mut times: HashMap<&str, u32> = HashMap::default();
        let mut places: HashMap<u32, (u32, HashSet<String>)> = HashMap::default();
        for node in self.nodes.iter().filter(|n| n.tag.is_empty()) {
            *times.entry(node.text.as_str()).or_default() += 1;
            let parent = node.parent as usize;
            if self.classes(parent).next().is_some() {
                let (count, texts) = places.entry(self.kind[parent]).or_default();
                *count += 1;
                texts.insert(plain(&node.text));
            }
        }
        let same = |parent: usize| {
            places
                .get(&self.kind[parent])
                .is_some_and(|(count, texts)| *count > 2 && 2 * texts.len() <= *count as usize)
        };
        let mut link = vec![false; count];
        let mut aside = vec![false; count];
        let mut content = vec![0.0; count];
        for (at, node) in self.nodes.iter().enumerate() {
            let parent = node.parent as usize;
            if node.tag.is_empty() {
                if !aside[parent] && !same(parent) {
                    content[at] = weight(node, link[parent], times.get(node.text.as_str()).copied().unwrap_or(0));
                }
            } else {
                // A title is the thread's more often than a post's.
                link[at] = link[parent]
                    || matches!(node.tag.as_str(), "a" | "h1" | "h2" | "h3")
                    || self.attribute(at, "role") == "button";
                // The whole page can be named like that; its parts then say what they are.
                aside[at] = at != 0
                    && (aside[parent]
                        || matches!(node.tag.as_str(), "nav" | "label" | "time")
                        || matches!(node.tag.as_str(), "aside" | "footer") && !self.holds_replies(at)
                        || self.is_aside(at) && self.end[at] - at < count / 3);
            }
        }
        for at in (1..count).rev() {
            content[self.nodes[at].parent as usize] += content[at];
        }
        content
    }
}

/// A text without what differs from one answer to the next: numbers, and the mark of an answer.
fn plain(text: &str) -> String {
    let kept: String = text.chars().filter(|c| c.is_alphabetic() || *c == ' ').collect();
    let words = kept.to_lowercase();
    words.split_whitespace().filter(|word| !matches!(*word, "re" | "rép" | "tr" | "aw")).collect::<Vec<_>>().join(" ")
}

/// How much of a text reads like something that a person wrote.
#[expect(clippy::cast_precision_loss)]
fn weight(node: &SketchNode, link: bool, times: u32) -> f32 {
    let text = node.text.trim();
    let length = node.length as f32;
    let words = text.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    if words == 0 || times > 2 && words <= LABELS || (length < 80.0 && date::in_label(text)) {
        0.0
    } else if LABEL.as_ref().is_some_and(|label| label.is_match(text)) || link {
        0.1 * length
    } else if words < 3 {
        0.4 * length
    } else {
        length
    }
}

/// Whether a class or id can name who wrote something (`comment-author-NAME`): it is never made part of a selector, which
/// may be kept.
pub(super) fn names_somebody(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["author-", "author_", "user-", "user_", "member-", "member_", "profile-", "profile_"]
        .iter()
        .any(|who| name.contains(who))
}

/// Whether a class names a sort of element and not this one.
fn lasting(class: &str) -> bool {
    !names_somebody(class)
        && class.bytes().filter(u8::is_ascii_digit).count() < 3
        && !class.is_empty()
        && class.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        && !class.as_bytes()[0].is_ascii_digit()
}
