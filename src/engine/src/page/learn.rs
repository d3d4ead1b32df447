//! What a person says of a page's posts.

use super::tree::Tree;
use super::{body, selector};
use rejoinder_wire::{Generation, Site, Sketch};

/// An adapter for pages like this one, from the nodes that are taken for posts and what a person says of some: `yes` are
/// posts, `no` are none, and what is like them is neither. `None` if no post is left.
pub fn learn(sketch: &Sketch, posts: &[u32], yes: &[u32], no: &[u32]) -> Option<Site> {
    let tree = Tree::new(sketch)?;
    let nodes = |list: &[u32]| -> Vec<usize> {
        let known = list.iter().map(|&at| at as usize).filter(|&at| at != 0 && at < tree.len() && tree.is_element(at));
        known.collect()
    };
    let (yes, no) = (nodes(yes), nodes(no));
    let said_no = |at: usize| no.iter().any(|&none| like(&tree, at, none));
    // One that is like many that stay is an exception, not a kind.
    let odd: Vec<usize> = no
        .iter()
        .copied()
        .filter(|&none| yes.iter().any(|&one| like(&tree, one, none)) || no_others(&tree, none, posts))
        .collect();
    let mut bodies: Vec<usize> =
        nodes(posts).into_iter().filter(|&at| !no.contains(&at) && (!said_no(at) || !odd.is_empty())).collect();
    for &one in &yes {
        bodies.push(one);
        if tree.classes(one).next().is_some() {
            bodies.extend(
                (1..tree.len()).filter(|&at| tree.is_element(at) && like(&tree, at, one) && tree.content(at) > 0.0),
            );
        }
    }
    bodies.retain(|at| !no.contains(at));
    bodies.sort_unstable();
    bodies.dedup();
    let mut end = 0;
    bodies.retain(|&at| {
        at >= end && {
            end = tree.end(at);
            true
        }
    });
    let post = selector::of(&tree, &bodies)?;
    let ad = odd.iter().map(|&at| selector::path(&tree, at)).collect();
    let generation = Generation { id: "local".into(), detect: "body".into(), post, ad, ..body::furniture() };
    Some(Site { id: "local".into(), generations: vec![generation], ..Site::default() })
}

/// Whether two elements are of one kind, in parents of one kind.
fn like(tree: &Tree<'_>, one: usize, other: usize) -> bool {
    tree.kind(one) == tree.kind(other) && tree.kind(tree.parent(one)) == tree.kind(tree.parent(other))
}

/// Whether all posts are like this one: then it cannot be told by its kind.
fn no_others(tree: &Tree<'_>, none: usize, posts: &[u32]) -> bool {
    let others = posts.iter().map(|&at| at as usize).filter(|&at| at != none && at < tree.len());
    let mut any = false;
    for other in others {
        any = true;
        if !like(tree, other, none) {
            return false;
        }
    }
    any
}
