//! A CSS selector for a set of elements: one that also finds the posts to come, where there is such a one.

use super::tree::{Tree, names_somebody};
use foldhash::HashMap;
use std::fmt;

/// Ancestors that a selector may name.
const HEIGHT: usize = 5;
/// What is looked at of all that is true of some elements.
const MOST: usize = 8;
/// Share of elements that a selector may find too many of, before they are named one by one.
const EXTRA: f32 = 0.05;

/// A selector that matches the elements, and no others if that can be said; `None` for no elements.
pub(super) fn of(tree: &Tree<'_>, nodes: &[usize]) -> Option<String> {
    let mut selectors = Vec::new();
    match one(tree, nodes, 0) {
        Some(selector) => selectors.push(selector.to_string()),
        None => {
            for group in by_kind(tree, nodes) {
                match one(tree, &group, extra(group.len())) {
                    Some(selector) => selectors.push(selector.to_string()),
                    None => selectors.extend(group.iter().map(|&at| path(tree, at))),
                }
            }
        }
    }
    selectors.dedup();
    (!selectors.is_empty()).then(|| selectors.join(", "))
}

/// One plain selector that matches the elements and no others; `None` if there is no such.
pub(super) fn exact(tree: &Tree<'_>, nodes: &[usize]) -> Option<String> {
    one(tree, nodes, 0).map(|selector| selector.to_string())
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn extra(count: usize) -> usize {
    (count as f32 * EXTRA) as usize
}

fn by_kind(tree: &Tree<'_>, nodes: &[usize]) -> Vec<Vec<usize>> {
    let mut kinds: Vec<((u32, u32), Vec<usize>)> = Vec::new();
    for &at in nodes {
        let kind = (tree.kind(at), tree.kind(tree.parent(at)));
        match kinds.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, group)) => group.push(at),
            None => kinds.push((kind, vec![at])),
        }
    }
    kinds.into_iter().map(|(_, group)| group).collect()
}

/// What can be said of an element by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Feature<'s> {
    Class(&'s str),
    Attribute(&'static str, &'s str),
    /// The beginning of an id that ends in a number.
    IdBegins(&'s str),
    /// An id that, against the rules, several elements have.
    Id(&'s str),
    Tag(&'s str),
}

/// What is said of one element.
type Compound<'s> = Vec<Feature<'s>>;

/// A compound, and if need be another one that an element around must match.
struct Selector<'s> {
    outer: Option<(Compound<'s>, usize)>,
    inner: Compound<'s>,
}

impl Feature<'_> {
    fn matches(&self, tree: &Tree<'_>, at: usize) -> bool {
        match self {
            Feature::Class(class) => tree.attribute(at, "class").split_ascii_whitespace().any(|c| c == *class),
            Feature::Attribute(name, value) => tree.attribute(at, name) == *value,
            Feature::IdBegins(start) => tree.attribute(at, "id").starts_with(start),
            Feature::Id(id) => tree.attribute(at, "id") == *id,
            Feature::Tag(tag) => tree.node(at).tag == *tag,
        }
    }
}

impl fmt::Display for Selector<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((outer, height)) = &self.outer {
            compound(f, outer)?;
            for _ in 1..*height {
                f.write_str(" > *")?;
            }
            f.write_str(" > ")?;
        }
        compound(f, &self.inner)
    }
}

fn compound(f: &mut fmt::Formatter<'_>, features: &[Feature<'_>]) -> fmt::Result {
    // A tag can only stand first.
    for feature in features {
        if let Feature::Tag(tag) = feature {
            f.write_str(tag)?;
        }
    }
    for feature in features {
        match feature {
            Feature::Tag(_) => {}
            Feature::Class(class) => write!(f, ".{class}")?,
            Feature::Attribute(name, value) => write!(f, "[{name}=\"{value}\"]")?,
            Feature::IdBegins(start) => write!(f, "[id^=\"{start}\"]")?,
            Feature::Id(id) => write!(f, "#{id}")?,
        }
    }
    Ok(())
}

fn matching(tree: &Tree<'_>, features: &[Feature<'_>]) -> Vec<usize> {
    (0..tree.len()).filter(|&at| tree.is_element(at) && features.iter().all(|f| f.matches(tree, at))).collect()
}

/// The plainest selector that finds all the nodes and at most so many others.
fn one<'s>(tree: &Tree<'s>, nodes: &[usize], extra: usize) -> Option<Selector<'s>> {
    let sorted: Vec<usize> = {
        let mut n = nodes.to_vec();
        n.sort_unstable();
        n
    };
    let fits =
        |found: &[usize]| found.len() <= sorted.len() + extra && sorted.iter().all(|n| found.binary_search(n).is_ok());
    let inner = compounds(tree, &sorted);
    for compound in &inner {
        if fits(&matching(tree, compound)) {
            return Some(Selector { outer: None, inner: compound.clone() });
        }
    }
    let inner = inner.into_iter().last()?;
    let candidates = matching(tree, &inner);
    let mut outer: Vec<usize> = sorted.clone();
    for height in 1..=HEIGHT {
        if outer.contains(&0) {
            break;
        }
        outer = outer.iter().map(|&at| tree.parent(at)).collect();
        for around in compounds(tree, &outer) {
            let around_matches =
                |&at: &usize| tree.chain(at).nth(height).is_some_and(|up| around.iter().all(|f| f.matches(tree, up)));
            let found: Vec<usize> = candidates.iter().copied().filter(around_matches).collect();
            if fits(&found) {
                return Some(Selector { outer: Some((around, height)), inner });
            }
        }
    }
    None
}

/// What is true of all the nodes, plainest first; the last says everything.
fn compounds<'s>(tree: &Tree<'s>, nodes: &[usize]) -> Vec<Compound<'s>> {
    let mut counts: HashMap<Feature<'s>, usize> = HashMap::default();
    let mut order = Vec::new();
    for (i, &at) in nodes.iter().enumerate() {
        for feature in features(tree, at) {
            let count = counts.entry(feature.clone()).or_default();
            // A class can be named twice.
            if *count == i {
                *count += 1;
            }
            if i == 0 {
                order.push(feature);
            }
        }
    }
    let mut shared: Vec<Feature<'s>> = order.into_iter().filter(|f| counts[f] == nodes.len()).collect();
    // Every two of them are tried together. The tag, which stands last, stays.
    if shared.len() > MOST {
        shared.drain(MOST - 1..shared.len() - 1);
    }
    let tag: Vec<Feature<'s>> = shared.iter().filter(|f| matches!(f, Feature::Tag(_))).cloned().collect();
    let named: Vec<Feature<'s>> = shared.iter().filter(|f| !matches!(f, Feature::Tag(_))).cloned().collect();
    let mut compounds: Vec<Compound<'s>> = named.iter().map(|f| vec![f.clone()]).collect();
    compounds.extend(named.iter().map(|f| [tag.as_slice(), std::slice::from_ref(f)].concat()));
    for (i, one) in named.iter().enumerate() {
        compounds.extend(named[i + 1..].iter().map(|other| vec![one.clone(), other.clone()]));
    }
    if !shared.is_empty() {
        compounds.push(shared);
    }
    compounds
}

fn features<'s>(tree: &Tree<'s>, at: usize) -> Vec<Feature<'s>> {
    let mut features: Vec<Feature<'s>> = tree.classes(at).map(Feature::Class).collect();
    for name in ["itemprop", "role", "name"] {
        let value = tree.attribute(at, name);
        if plain(value) {
            features.push(Feature::Attribute(name, value));
        }
    }
    let id = tree.attribute(at, "id");
    let start = id.trim_end_matches(|c: char| c.is_ascii_digit());
    if start.len() < id.len() && start.len() > 2 && plain(start) {
        features.push(Feature::IdBegins(start));
    } else if plain(id) && !id.as_bytes()[0].is_ascii_digit() {
        features.push(Feature::Id(id));
    }
    features.push(Feature::Tag(&tree.node(at).tag));
    features
}

/// The way to one element, from the nearest one with an id of its own.
fn path(tree: &Tree<'_>, at: usize) -> String {
    let mut steps = Vec::new();
    for node in tree.chain(at) {
        let id = tree.attribute(node, "id");
        if node != at && plain(id) && !id.as_bytes()[0].is_ascii_digit() {
            steps.push(format!("#{id}"));
            break;
        }
        let step = tree.node(node);
        steps.push(if node == 0 { "body".to_owned() } else { format!("{}:nth-child({})", step.tag, step.nth) });
    }
    steps.reverse();
    steps.join(" > ")
}

/// Whether a value can stand in a selector as it is.
fn plain(value: &str) -> bool {
    !value.is_empty()
        && !names_somebody(value)
        && value.len() < 60
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}
