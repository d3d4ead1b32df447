//! What a person says of a page's posts.

use super::tree::Tree;
use super::{apart, body, noise};
use rejoinder_wire::{Generation, Site, Sketch};

/// An adapter for pages like this one, from the nodes that are taken for posts and what a person says of some: `yes` are
/// posts, and so is what is like them; `no` are none. One that is like the others is told apart by a class of its own; where
/// it has none, it cannot be told apart on other pages, and nothing is learnt of it. `None` if no post is left.
pub fn learn(sketch: &Sketch, posts: &[u32], yes: &[u32], no: &[u32]) -> Option<Site> {
    let tree = Tree::new(sketch)?;
    let nodes = |list: &[u32]| -> Vec<usize> {
        let known = list.iter().map(|&at| at as usize);
        known.filter(|&at| at != 0 && at < tree.len() && tree.is_element(at)).collect()
    };
    let (posts, yes, no) = (nodes(posts), nodes(yes), nodes(no));
    let mut bodies: Vec<usize> = posts.iter().copied().filter(|at| !no.contains(at)).collect();
    for &one in &yes {
        bodies.push(one);
        if tree.classes(one).next().is_some() {
            let alike = (1..tree.len()).filter(|&at| tree.is_element(at) && like(&tree, at, one));
            bodies.extend(alike.filter(|&at| tree.content(at) > 0.0 && !no.contains(&at)));
        }
    }
    bodies.sort_unstable();
    let mut end = 0;
    bodies.retain(|&at| {
        let apart = at >= end;
        end = end.max(tree.end(at));
        apart
    });
    if bodies.is_empty() {
        return None;
    }
    let (post, ad) = apart::selectors(&tree, &bodies, &no)?;
    let mut generation = Generation { id: "local".into(), detect: "body".into(), post, ad, ..body::furniture() };
    generation.drop.extend(noise::of(&tree, &bodies));
    Some(Site { id: "local".into(), generations: vec![generation], ..Site::default() })
}

/// Whether two elements are of one kind, in parents of one kind.
fn like(tree: &Tree<'_>, one: usize, other: usize) -> bool {
    tree.kind(one) == tree.kind(other) && tree.kind(tree.parent(one)) == tree.kind(tree.parent(other))
}
