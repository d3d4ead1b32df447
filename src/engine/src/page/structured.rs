//! What a page says of its own posts: microdata, JSON-LD; and which parts it calls articles.

use super::data;
use super::record::Record;
use super::tree::Tree;

/// What schema.org calls a contribution, at the end of an `itemtype`.
pub(super) const TYPES: &[&str] = &[
    "Comment",
    "UserComments",
    "Answer",
    "Question",
    "DiscussionForumPosting",
    "SocialMediaPosting",
    "Review",
    "UserReview",
];
/// Properties whose value is one, if it says no type.
const ITEMS: &[&str] = &["comment", "suggestedAnswer", "acceptedAnswer", "review"];
/// Properties that hold its text, best first.
const TEXTS: &[&str] = &["text", "commentText", "articleBody", "reviewBody", "description"];
/// Fewest articles that can be the posts.
const FEWEST: usize = 2;

/// The bodies of the posts, in document order; `None` if the page says nothing of them.
pub(super) fn find(tree: &Tree<'_>, blocks: &[String]) -> Option<Vec<usize>> {
    let found = [microdata(tree), data::find(tree, blocks)];
    // Each way can know of one post only where another knows of all.
    found.into_iter().rev().filter(|bodies| !bodies.is_empty()).max_by_key(Vec::len)
}

fn microdata(tree: &Tree<'_>) -> Vec<usize> {
    let is_item = |at: usize| {
        let kind = tree.attribute(at, "itemtype").rsplit(['/', '#']).next().unwrap_or_default();
        let property = tree.attribute(at, "itemprop");
        TYPES.contains(&kind) || (kind.is_empty() && ITEMS.contains(&property) && tree.end(at) > at + 1)
    };
    let items: Vec<usize> = (0..tree.len()).filter(|&at| tree.is_element(at) && is_item(at)).collect();
    let owner = |at: usize| tree.chain(at).skip(1).find(|node| items.binary_search(node).is_ok());
    let mut bodies = Vec::new();
    for &item in &items {
        let has = |name: &str| {
            let properties = (item + 1..tree.end(item)).filter(move |&at| {
                tree.attribute(at, "itemprop").split_ascii_whitespace().any(|property| property == name)
            });
            properties.filter(|&at| owner(at) == Some(item)).find(|&at| tree.content(at) > 0.0)
        };
        bodies.extend(TEXTS.iter().find_map(|name| has(name)));
    }
    bodies.sort_unstable();
    bodies.dedup();
    bodies
}

/// What ARIA or HTML calls articles: posts, or whatever else a page puts side by side. Empty if they are too few.
pub(super) fn articles(tree: &Tree<'_>) -> Vec<Record> {
    let says = |at: usize| tree.attribute(at, "role") == "article" || !tree.attribute(at, "aria-posinset").is_empty();
    let named: Vec<usize> = (1..tree.len()).filter(|&at| tree.is_element(at) && says(at)).collect();
    let tagged = || (1..tree.len()).filter(|&at| tree.node(at).tag == "article" && tree.content(at) > 0.0).collect();
    let articles: Vec<usize> = if named.len() >= FEWEST { named } else { tagged() };
    if articles.len() < FEWEST { Vec::new() } else { articles.into_iter().map(|at| vec![at]).collect() }
}
