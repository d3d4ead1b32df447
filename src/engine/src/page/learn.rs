//! What a person says of a page's posts.

use super::tree::Tree;
use super::{body, noise, selector};
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
    let (post, ad) = told_apart(&tree, &bodies, &no)?;
    let mut generation = Generation { id: "local".into(), detect: "body".into(), post, ad, ..body::furniture() };
    generation.drop.extend(noise::of(&tree, &bodies));
    Some(Site { id: "local".into(), generations: vec![generation], ..Site::default() })
}

/// A selector for the posts, and selectors for what it finds too many of.
fn told_apart(tree: &Tree<'_>, bodies: &[usize], no: &[usize]) -> Option<(String, Vec<String>)> {
    if let Some(post) = selector::exact(tree, bodies) {
        return Some((post, Vec::new()));
    }
    let mut all = [bodies, no].concat();
    all.sort_unstable();
    let marks: Vec<String> = no.iter().filter_map(|&at| mark(tree, at, bodies)).collect();
    match selector::exact(tree, &all) {
        Some(post) => Some((post, marks)),
        None => Some((selector::of(tree, bodies)?, marks)),
    }
}

/// Whether two elements are of one kind, in parents of one kind.
fn like(tree: &Tree<'_>, one: usize, other: usize) -> bool {
    tree.kind(one) == tree.kind(other) && tree.kind(tree.parent(one)) == tree.kind(tree.parent(other))
}

/// A selector for an element by a class that it, something in it or something around it has, and that is nowhere at the
/// others.
fn mark(tree: &Tree<'_>, at: usize, others: &[usize]) -> Option<String> {
    let holds = |node: usize| others.iter().any(|&other| tree.within(other, node));
    let around: Vec<usize> = tree.chain(at).take_while(|&node| !holds(node)).collect();
    let region = *around.last()?;
    let elsewhere = |class: &str| {
        let outside = (0..tree.len()).filter(|&node| !tree.within(node, region));
        outside.into_iter().any(|node| tree.classes(node).any(|c| c == class))
    };
    let own = |node: usize| tree.classes(node).find(|class| !elsewhere(class));
    if let Some(class) = own(at) {
        return Some(format!(".{class}"));
    }
    if let Some(class) = around.iter().find_map(|&node| own(node)) {
        return Some(format!(".{class} *"));
    }
    (at..tree.end(at)).find_map(own).map(|class| format!(":has(.{class})"))
}
