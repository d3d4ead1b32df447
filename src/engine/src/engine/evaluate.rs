use super::atoms::Hits;
use super::rule::Node;
use crate::text::Text;

/// Most matches that one node of a rule hands on. Together with [`MAX_PAIRS`] it bounds the time of a rule to a
/// constant times the hits of its words, whatever the text.
const MAX_MATCHES: usize = 512;

/// Most neighbours that `NEAR` tries for one match of its left side.
const MAX_PAIRS: usize = 32;

/// A place where a rule, or a part of it, holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// First token.
    pub(super) first: u32,
    /// Last token.
    pub(super) last: u32,
    /// The hits that carry it, as indexes in [`Hits::all`].
    pub(super) hits: Vec<u32>,
}

impl Match {
    fn join(parts: &[&Match]) -> Match {
        let mut hits: Vec<u32> = parts.iter().flat_map(|m| m.hits.iter().copied()).collect();
        hits.sort_unstable();
        hits.dedup();
        Match {
            first: parts.iter().map(|m| m.first).min().unwrap_or(0),
            last: parts.iter().map(|m| m.last).max().unwrap_or(0),
            hits,
        }
    }
}

/// The places where a rule holds: shortest first where they overlap, then in reading order, none overlapping.
pub(super) fn matches(node: &Node, text: &Text<'_>, hits: &Hits) -> Vec<Match> {
    let mut found = evaluate(node, text, hits);
    found.sort_by_key(|m| (m.last - m.first, m.first));
    let mut kept: Vec<Match> = Vec::new();
    for candidate in found {
        let clear = |other: &Match| candidate.last < other.first || other.last < candidate.first;
        if kept.iter().all(clear) {
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|m| m.first);
    kept
}

fn evaluate(node: &Node, text: &Text<'_>, hits: &Hits) -> Vec<Match> {
    let mut found = match node {
        Node::Set(set) => match hits.by_set.get(set) {
            None => return Vec::new(),
            Some(indexes) => indexes
                .iter()
                .map(|i| {
                    let hit = hits.all[*i as usize];
                    Match { first: hit.first, last: hit.last, hits: vec![*i] }
                })
                .collect(),
        },
        Node::Or(nodes) => {
            let mut all: Vec<Match> = nodes.iter().flat_map(|n| evaluate(n, text, hits)).collect();
            all.sort_by_key(|m| (m.first, m.last));
            all
        }
        Node::And { all, none } => and(all, none, text, hits),
        Node::Near { left, right, distance, ordered } => {
            let left = evaluate(left, text, hits);
            if left.is_empty() {
                return Vec::new();
            }
            near(&left, &evaluate(right, text, hits), *distance, *ordered, text, hits)
        }
    };
    found.truncate(MAX_MATCHES);
    found
}

/// One match per sentence in which everything is found; else, if everything is somewhere in the post, one that spans it.
fn and(all: &[Node], none: &[Node], text: &Text<'_>, hits: &Hits) -> Vec<Match> {
    let mut lists = Vec::with_capacity(all.len());
    for node in all {
        let list = evaluate(node, text, hits);
        if list.is_empty() {
            return Vec::new();
        }
        lists.push(list);
    }
    if none.iter().any(|node| !evaluate(node, text, hits).is_empty()) {
        return Vec::new();
    }
    let sentence = |m: &Match| {
        let (first, last) = (text.tokens[m.first as usize].sentence, text.tokens[m.last as usize].sentence);
        (first == last).then_some(first)
    };
    let Some((shortest, _)) = lists.iter().enumerate().min_by_key(|(_, l)| l.len()) else { return Vec::new() };
    let mut sentences: Vec<u32> = lists[shortest].iter().filter_map(sentence).collect();
    sentences.dedup();
    let mut found = Vec::new();
    for wanted in sentences {
        let first_in = |list: &'_ Vec<Match>| list.iter().position(|m| sentence(m) == Some(wanted));
        let places: Option<Vec<usize>> = lists.iter().map(first_in).collect();
        if let Some(places) = places {
            let parts: Vec<&Match> = places.iter().zip(&lists).map(|(p, list)| &list[*p]).collect();
            found.push(Match::join(&parts));
        }
    }
    if found.is_empty() {
        let parts: Vec<&Match> = lists.iter().map(|list| &list[0]).collect();
        found.push(Match::join(&parts));
    }
    found
}

/// Pairs whose nearest words are at most `distance` apart. The right match may lie between the words of the left one
/// (`a NEAR/8 b NEAR/5 c` finds `a c b`), but shares no word with it.
fn near(left: &[Match], right: &[Match], distance: u32, ordered: bool, text: &Text<'_>, hits: &Hits) -> Vec<Match> {
    let mut found = Vec::new();
    let longest = right.iter().map(|m| m.last - m.first).max().unwrap_or(0);
    for l in left {
        let from = if ordered { l.last } else { l.first.saturating_sub(distance + longest) };
        let begin = right.partition_point(|r| r.first < from);
        for r in right[begin..].iter().take_while(|r| r.first <= l.last.saturating_add(distance)).take(MAX_PAIRS) {
            if ordered && r.first <= l.last {
                continue;
            }
            let both = Match::join(&[l, r]);
            let one_sentence = text.tokens[both.first as usize].sentence == text.tokens[both.last as usize].sentence;
            if one_sentence && apart(l, r, hits).is_some_and(|apart| apart <= distance) {
                found.push(both);
            }
        }
        if found.len() >= MAX_MATCHES {
            break;
        }
    }
    found.sort_by_key(|m| (m.first, m.last));
    found
}

/// Words from the nearest word of one match to the nearest of the other; `None` when they share one.
fn apart(l: &Match, r: &Match, hits: &Hits) -> Option<u32> {
    let mut least = None;
    for a in l.hits.iter().map(|i| hits.all[*i as usize]) {
        for b in r.hits.iter().map(|i| hits.all[*i as usize]) {
            let gap = if b.first > a.last {
                b.first - a.last
            } else if a.first > b.last {
                a.first - b.last
            } else {
                return None;
            };
            least = Some(least.map_or(gap, |least: u32| least.min(gap)));
        }
    }
    least
}
