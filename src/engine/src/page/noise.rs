//! What in the bodies of posts is the software's, not the poster's: who wrote it, when, what can be done with it.

use super::date;
use super::tree::Tree;
use foldhash::{HashMap, HashSet};
use regex::Regex;
use std::sync::LazyLock;

/// Share of the bodies in which a place must be taken for it to be the software's.
const OFTEN: f32 = 0.5;
/// Most of what stands at such a place that may read like a person's words.
const WORDS: f32 = 0.2;
/// Steps from the body to such a place.
const DEPTH: usize = 6;
/// UTF-16 units of what is written above a quotation at most.
const LABEL: u32 = 90;
/// Words of a date at most: "Posté le lundi 12 mars 2024 à 10:22".
const DATE: usize = 8;
/// Selectors of one adapter.
const MOST: usize = 40;

/// What software writes above a quotation, in French, English and German.
static SAID: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(citation|quote|zitat|originally posted by|envoyé par|.{1,40} (a écrit|a dit|wrote|said|schrieb))\b.{0,40}?\s?[:▸>]?$").ok()
});

/// The elements of the bodies that hold a quotation and say so in words.
pub(super) fn quotations(tree: &Tree<'_>, bodies: &[usize]) -> Vec<usize> {
    let mut found = Vec::new();
    for &body in bodies {
        let mut end = body;
        for at in body + 1..tree.end(body) {
            let says = || SAID.as_ref().is_some_and(|said| said.is_match(tree.node(at).text.trim()));
            if at < end || tree.is_element(at) || tree.node(at).length > LABEL || !says() {
                continue;
            }
            // The label alone is not what is quoted.
            let holds = |node: &usize| tree.size(*node) > tree.size(at) + 1.0;
            let quotation = tree.chain(at).skip(1).take_while(|&node| node != body).find(holds);
            if let Some(quotation) = quotation {
                end = tree.end(quotation);
                found.push(quotation);
            }
        }
    }
    found
}

/// Selectors, from the body, of what is named, says when something was written, and does so in most bodies.
#[expect(clippy::cast_precision_loss)]
pub(super) fn dates(tree: &Tree<'_>, bodies: &[usize]) -> Vec<String> {
    // For each kind of place: bodies in which a date stands there alone, and whether anything else ever does.
    let mut places: HashMap<String, (usize, bool)> = HashMap::default();
    for &body in bodies {
        let mut seen: HashSet<String> = HashSet::default();
        for at in (body + 1..tree.end(body)).filter(|&at| tree.is_element(at) && tree.classes(at).next().is_some()) {
            let Some(text) = tree.first_text(at) else { continue };
            let place = step(tree, at);
            let is_date = tree.size(at) <= tree.size(text) && is_date(tree, text);
            let (count, other) = places.entry(place.clone()).or_default();
            *other |= !is_date;
            *count += usize::from(is_date && seen.insert(place));
        }
    }
    let often = |count: usize| count as f32 >= OFTEN * bodies.len() as f32;
    let found = places.into_iter().filter(|(_, (count, other))| *count > 0 && often(*count) && !other);
    let mut selectors: Vec<String> = found.map(|(place, _)| place).collect();
    selectors.sort_unstable();
    selectors.truncate(MOST);
    selectors
}

/// Whether a text is a date with hardly a word around it.
fn is_date(tree: &Tree<'_>, text: usize) -> bool {
    let node = tree.node(text);
    let text = node.text.trim();
    node.length <= LABEL && text.split_whitespace().count() <= DATE && date::in_label(text)
}

/// Selectors, from the body, of what is not read in it.
#[expect(clippy::cast_precision_loss)]
pub(super) fn of(tree: &Tree<'_>, bodies: &[usize]) -> Vec<String> {
    #[derive(Default)]
    struct Sum {
        bodies: usize,
        content: f32,
        size: f32,
    }
    if bodies.len() < 2 {
        return Vec::new();
    }
    let mut places: HashMap<String, Sum> = HashMap::default();
    for &body in bodies {
        let mut seen: HashSet<String> = HashSet::default();
        let mut open: Vec<(usize, String)> = vec![(body, ":scope".to_owned())];
        while let Some((at, path)) = open.pop() {
            for &child in tree.children(at).iter().filter(|&&child| tree.size(child) > 0.0) {
                let path = format!("{path} > {}", step(tree, child));
                let sum = places.entry(path.clone()).or_default();
                sum.content += tree.content(child);
                sum.size += tree.size(child);
                sum.bodies += usize::from(seen.insert(path.clone()));
                if path.matches('>').count() < DEPTH {
                    open.push((child, path));
                }
            }
        }
    }
    let is_noise = |sum: &Sum| sum.bodies as f32 >= OFTEN * bodies.len() as f32 && sum.content <= WORDS * sum.size;
    let mut found: Vec<String> = places.into_iter().filter(|(_, sum)| is_noise(sum)).map(|(path, _)| path).collect();
    found.sort_unstable();
    // What stands in one that is left out is left out with it.
    let mut selectors: Vec<String> = Vec::new();
    for path in found {
        if !selectors.iter().any(|outer| path.starts_with(&format!("{outer} > "))) {
            selectors.push(path);
        }
    }
    selectors.truncate(MOST);
    selectors
}

/// An element as a step from its parent: by its classes, else by its place.
fn step(tree: &Tree<'_>, at: usize) -> String {
    let node = tree.node(at);
    let classes: String = tree.classes(at).take(2).map(|class| format!(".{class}")).collect();
    if classes.is_empty() { format!("{}:nth-child({})", node.tag, node.nth) } else { format!("{}{classes}", node.tag) }
}
