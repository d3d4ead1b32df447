//! The post that begins a thread, which is often built in another way than the replies.

use super::record::Record;
use super::tree::Tree;
use super::{body, naming};

/// Least text of an opening post, in UTF-16 units.
const LEAST: f32 = 40.0;

/// Least share of an opening post that reads like a person's words; a title with its line of facts has less.
const WORDS: f32 = 0.5;

/// Adds what stands before the posts, or elsewhere, and is one of them.
pub(super) fn add(tree: &Tree<'_>, anchors: &[usize], records: &[Record], bodies: &mut Vec<usize>) {
    let usual = body::usual(tree, bodies);
    if let Some(usual) = usual {
        // Another of this kind in a record that has its body is a signature, or a preview.
        let read = |at: usize| records.iter().flatten().any(|&root| tree.within(at, root));
        let apart = |at: usize, bodies: &[usize]| {
            !read(at) && bodies.iter().all(|&b| !tree.within(at, b) && !tree.within(b, at))
        };
        for at in 0..tree.len() {
            if tree.is_element(at) && tree.kind(at) == usual && tree.content(at) > 0.0 && apart(at, bodies) {
                bodies.push(at);
            }
        }
        bodies.sort_unstable();
    }
    // Of one with the comments on it, by its date.
    if let Some(usual) = usual
        && let Some(comment) = bodies.iter().copied().find(|&at| tree.kind(at) == usual)
    {
        bodies.retain(|&at| tree.kind(at) == usual || !is_article(tree, at, comment));
    }
    let Some(&first) = bodies.first() else { return };
    let holds = |at: usize| bodies.iter().any(|&body| tree.within(body, at));
    let mut best: Option<usize> = None;
    for &anchor in anchors.iter().filter(|&&anchor| anchor < first) {
        let Some(region) = tree.chain(anchor).take_while(|&node| !holds(node)).last() else { continue };
        // The text can stand under the line with the date, before what holds the replies.
        let siblings = tree.children(tree.parent(region));
        let record: Vec<usize> =
            siblings.iter().copied().skip_while(|&s| s != region).take_while(|&s| !holds(s)).collect();
        let Some(found) = body::alone(tree, &record, usual) else { continue };
        if best.is_none_or(|best| tree.content(found) > tree.content(best)) {
            best = Some(found);
        }
    }
    let is_one = |at: usize| {
        tree.content(at) >= LEAST
            && tree.content(at) >= WORDS * tree.size(at)
            && tree.chain(at).take(4).any(|node| tree.is_named(node, &naming::OPENING))
            && !is_article(tree, at, first)
    };
    if let Some(found) = best.filter(|&at| is_one(at)) {
        bodies.insert(0, found);
    }
}

/// Whether something is called an article by what it lies in.
pub(super) fn is_called_article(tree: &Tree<'_>, at: usize) -> bool {
    tree.chain(at).take_while(|&node| node != 0).any(|node| tree.is_article_named(node))
}

/// Whether a text is an article by its name, and nothing around it speaks of a discussion.
pub(super) fn is_only_article(tree: &Tree<'_>, at: usize) -> bool {
    let discussed = |node| tree.is_reply_named(node) || tree.is_thread_named(node);
    is_called_article(tree, at) && !tree.chain(at).take_while(|&node| node != 0).any(discussed)
}

/// Whether a text is what the posts are comments on: an article is not a contribution to the discussion of it.
fn is_article(tree: &Tree<'_>, at: usize, post: usize) -> bool {
    let named = |at: usize, naming: &naming::Naming| {
        tree.chain(at).take_while(|&node| node != 0).any(|node| tree.is_named(node, naming))
    };
    let is_post = tree.chain(at).any(|node| node != 0 && tree.is_post_named(node));
    let tag = tree.chain(at).any(|node| tree.node(node).tag == "article");
    if named(at, &naming::COMMENT) {
        return false;
    }
    let article = named(at, &naming::ARTICLE);
    named(post, &naming::COMMENT) && (article || tag || !is_post)
        || article && !named(post, &naming::ARTICLE) && !named(at, &naming::THREAD)
}
