use super::ReadPost;
use super::document::Document;
use super::text::{Special, Words, signature_line};
use ego_tree::NodeId;
use rejoinder_wire::{Generation, Site};
use scraper::{ElementRef, Selector};
use std::collections::{HashMap, HashSet};
use std::fmt;

/// Boxes in which the manager writes are never read, wherever they are.
const EDITABLE: &str = r#"[contenteditable]:not([contenteditable="false"])"#;

/// A selector of an adapter that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSelector {
    /// Id of the site and of its generation.
    pub of: String,
    /// The selector.
    pub selector: String,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for BadSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: `{}` is no selector: {}", self.of, self.selector, self.why)
    }
}

impl std::error::Error for BadSelector {}

/// One generation of a site, its selectors read.
pub struct Adapter {
    generation: String,
    detect: Selector,
    post: Selector,
    body: Option<Selector>,
    quote: Option<Selector>,
    drop: Selector,
    ad: Option<Selector>,
    parent: Option<Selector>,
    time: Option<Selector>,
}

impl Adapter {
    /// Reads the selectors of a generation.
    ///
    /// # Errors
    /// The first selector that is none.
    pub fn of(site: &str, generation: &Generation) -> Result<Self, BadSelector> {
        let read = |selector: &str| {
            Selector::parse(selector).map_err(|why| BadSelector {
                of: format!("{site}-{}", generation.id),
                selector: selector.to_owned(),
                why: why.to_string(),
            })
        };
        let some = |selector: &str| if selector.is_empty() { Ok(None) } else { read(selector).map(Some) };
        let list = |selectors: &[&[String]]| some(&selectors.concat().join(", "));
        let title = (!generation.title.is_empty()).then(|| generation.title.clone());
        let dropped = [&generation.drop, &generation.signature, &generation.parent];
        let mut drop: Vec<String> = dropped.into_iter().flatten().cloned().chain(title).collect();
        drop.push(EDITABLE.to_owned());
        for selector in [&generation.mine, &generation.permalink, &generation.reply, &generation.truncated] {
            some(selector)?;
        }
        for selector in generation.composer.iter().chain([&generation.opener, &generation.account]) {
            some(selector)?;
        }
        Ok(Self {
            generation: generation.id.clone(),
            detect: read(&generation.detect)?,
            post: read(&generation.post)?,
            body: some(&generation.body)?,
            quote: list(&[&generation.quote])?,
            drop: read(&drop.join(", "))?,
            ad: list(&[&generation.ad])?,
            parent: list(&[&generation.parent])?,
            time: some(&generation.time)?,
        })
    }

    /// The first adapter that is for a page, of those for its address.
    ///
    /// # Errors
    /// A selector of one that was tried is none.
    pub fn choose<'s>(document: &Document, sites: &'s [Site]) -> Result<Option<(Self, &'s Site)>, BadSelector> {
        for site in document.adapters(sites) {
            for generation in &site.generations {
                let adapter = Self::of(&site.id, generation)?;
                if document.html().select(&adapter.detect).next().is_some() {
                    return Ok(Some((adapter, site)));
                }
            }
        }
        Ok(None)
    }

    /// Id of the generation.
    pub fn generation(&self) -> &str {
        &self.generation
    }

    /// The posts that have words, in document order.
    pub fn posts(&self, document: &Document) -> Vec<ReadPost> {
        let elements: Vec<ElementRef<'_>> = document.html().select(&self.post).collect();
        let all: HashSet<NodeId> = elements.iter().map(|e| e.id()).collect();
        let bodies = self.bodies(&elements, &all);
        let ad = |element: &ElementRef<'_>| self.ad.as_ref().is_some_and(|ad| ad.matches(element));
        let posts = elements.iter().filter(|e| !ad(e)).map(|&element| {
            let mut words = Words::default();
            for &body in bodies.get(&element.id()).into_iter().flatten() {
                words.read(body, &self.special(body, &all));
            }
            let (text, quoted) = words.end();
            ReadPost { text, quoted, time: self.time(element, &all) }
        });
        posts.filter(|post| !post.text.is_empty() || !post.quoted.is_empty()).collect()
    }

    /// The bodies of each post: its outermost matches that lie in no nested post.
    fn bodies<'d>(&self, elements: &[ElementRef<'d>], all: &HashSet<NodeId>) -> HashMap<NodeId, Vec<ElementRef<'d>>> {
        let mut bodies: HashMap<NodeId, Vec<ElementRef<'d>>> = HashMap::new();
        for &element in elements {
            let own = bodies.entry(element.id()).or_default();
            let Some(body) = &self.body else {
                own.push(element);
                continue;
            };
            for candidate in element.select(body).filter(|c| owner(*c, all) == Some(element.id())) {
                let nested = own.iter().any(|outer| candidate.ancestors().any(|up| up.id() == outer.id()));
                let copied = self.parent.as_ref().is_some_and(|parent| {
                    let around =
                        candidate.ancestors().filter_map(ElementRef::wrap).take_while(|up| up.id() != element.id());
                    std::iter::once(candidate).chain(around).any(|up| parent.matches(&up))
                });
                if !nested && !copied {
                    own.push(candidate);
                }
            }
        }
        bodies
    }

    fn special(&self, body: ElementRef<'_>, posts: &HashSet<NodeId>) -> Special {
        let all = |selector: &Selector| -> HashSet<NodeId> {
            body.descendants()
                .filter_map(ElementRef::wrap)
                .filter(|e| e.id() != body.id() && selector.matches_with_scope(e, Some(body)))
                .map(|e| e.id())
                .collect()
        };
        let mut dropped = all(&self.drop);
        dropped.extend(posts.iter().filter(|&&post| post != body.id()));
        Special { quotes: self.quote.as_ref().map(all).unwrap_or_default(), dropped, signed: signature_line(body) }
    }

    fn time(&self, element: ElementRef<'_>, all: &HashSet<NodeId>) -> Option<String> {
        let time = element.select(self.time.as_ref()?).find(|e| owner(*e, all) == Some(element.id()))?;
        let said = ["datetime", "data-time", "title"].iter().find_map(|name| time.attr(name)).map(str::to_owned);
        Some(said.unwrap_or_else(|| time.text().collect::<String>().trim().to_owned())).filter(|said| !said.is_empty())
    }
}

/// The innermost post that holds an element, or is it.
fn owner(element: ElementRef<'_>, all: &HashSet<NodeId>) -> Option<NodeId> {
    let mut around = std::iter::once(element.id()).chain(element.ancestors().map(|up| up.id()));
    around.find(|id| all.contains(id))
}
