//! Posts, and what looks like one and is none.

use super::selector;
use super::tree::Tree;
use regex::Regex;
use std::sync::LazyLock;

/// What an advertisement in the clothes of a post must say that it is.
static PAID: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(publicités?|annonces?|(contenu |post |message )?(sponsorisée?s?|commercial)|(sponsored|promoted)( (post|content))?|advertisements?|ad|werbung|anzeige)\W*$").ok()
});

/// Whether something beside a body, in what it has to itself, says that it is paid for.
pub(super) fn is_paid(tree: &Tree<'_>, body: usize, bodies: &[usize]) -> bool {
    // Around the only post of a page is the page, with whatever it advertises.
    if bodies.len() < 2 {
        return false;
    }
    let own = own(tree, body, bodies);
    let Some(&region) = own.last() else { return false };
    (region..tree.end(region)).filter(|&at| !tree.is_element(at) && !tree.within(at, body)).any(|at| {
        let text = tree.node(at).text.as_str();
        text.len() < 40 && PAID.as_ref().is_some_and(|paid| paid.is_match(text))
    })
}

/// The elements around one that hold none of the others, innermost first.
fn own(tree: &Tree<'_>, at: usize, others: &[usize]) -> Vec<usize> {
    let holds = |node: usize| others.iter().any(|&other| other != at && tree.within(other, node));
    tree.chain(at).take_while(|&node| node != 0 && !holds(node)).collect()
}

/// A selector for the posts, and selectors for what it finds too many of.
pub(super) fn selectors(tree: &Tree<'_>, bodies: &[usize], no: &[usize]) -> Option<(String, Vec<String>)> {
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

/// A selector for an element by a class that it, something in it or something around it has, and that is nowhere at the
/// others.
fn mark(tree: &Tree<'_>, at: usize, others: &[usize]) -> Option<String> {
    let around = own(tree, at, others);
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
