//! What stands once at every post: its date.

use super::date;
use super::tree::Tree;
use foldhash::{HashMap, HashSet};

/// Groups looked at, those with the most anchors first.
const GROUPS: usize = 60;
/// Steps from an anchor to the root that are compared.
const PATH: usize = 4;

/// The elements that say when something was written, in document order; none lies in another.
pub(super) fn all(tree: &Tree<'_>) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for at in 0..tree.len() {
        if found.last().is_some_and(|&last| tree.within(at, last)) {
            continue;
        }
        if tree.is_element(at) {
            let moments = ["datetime", "data-time", "data-timestamp", "title"].map(|name| tree.attribute(at, name));
            let machine = moments[..3].iter().any(|value| date::for_machines(value));
            if machine || date::for_machines(moments[3]) || date::in_label(moments[3]) {
                found.push(at);
            }
        } else if date::in_label(tree.node(at).text.trim()) && tree.node(at).length as usize <= tree.node(at).text.len()
        {
            let parent = tree.parent(at);
            if found.last() != Some(&parent) {
                found.push(parent);
            }
        }
    }
    found
}

/// Sets of anchors that may each be those of the posts: anchors at like places.
pub(super) fn groups(tree: &Tree<'_>, anchors: &[usize]) -> Vec<Vec<usize>> {
    // By any one class, too: an edited post's date has one more.
    let mut by_class: HashMap<&str, Vec<usize>> = HashMap::default();
    for &anchor in anchors {
        for class in tree.classes(anchor) {
            let group = by_class.entry(class).or_default();
            if group.last() != Some(&anchor) {
                group.push(anchor);
            }
        }
    }
    let places: [fn(&Tree<'_>, usize) -> Vec<u32>; 5] = [
        |tree, at| vec![tree.kind(at), tree.kind(tree.parent(at))],
        |tree, at| vec![tree.kind(at)],
        |tree, at| tree.chain(at).take(PATH).map(|node| tag(tree, node)).collect(),
        |tree, at| tree.chain(at).map(|node| tag(tree, node)).collect(),
        |tree, at| vec![tag(tree, at)],
    ];
    let mut seen: HashSet<Vec<usize>> = HashSet::default();
    let mut groups: Vec<Vec<usize>> = by_class.into_values().filter(|group| seen.insert(group.clone())).collect();
    for place in places {
        let mut by_place: HashMap<Vec<u32>, Vec<usize>> = HashMap::default();
        for &anchor in anchors {
            by_place.entry(place(tree, anchor)).or_default().push(anchor);
        }
        groups.extend(by_place.into_values().filter(|group| seen.insert(group.clone())));
    }
    // Hashing has no order: the same page must give the same posts.
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    groups.truncate(GROUPS);
    groups
}

/// A number for the tag of an element.
fn tag(tree: &Tree<'_>, at: usize) -> u32 {
    tree.node(at).tag.bytes().fold(5381, |hash: u32, byte| hash.wrapping_mul(33) ^ u32::from(byte))
}
