use super::atoms::{SetId, id};
use super::facts::Known;
use super::hits::{Hits, Side};
use super::rule::Node;
use super::stance::Cues;
use crate::query::{Field, Unit};
use crate::text::{Text, Token};
use rejoinder_wire::Stance;

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
    fn is_clear_of(&self, other: &Match) -> bool {
        self.last < other.first || other.last < self.first
    }

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

/// Where a node is looked for.
#[derive(Clone, Copy, Debug)]
struct Scope {
    field: Field,
    unit: Unit,
}

/// One text, ready to be asked for rules.
pub(super) struct Evaluation<'t> {
    pub(super) text: &'t Text<'t>,
    pub(super) hits: &'t Hits,
    pub(super) cues: &'t Cues,
    pub(super) known: &'t Known<'t>,
}

impl Evaluation<'_> {
    /// The places where a rule holds, read in a field where it says nothing else: where they overlap the shortest, but
    /// one that is denied only by words that another one beside it looks for itself (`arrêter … danger` in `n'arrêtez
    /// jamais … danger`) gives way to that; in reading order, none overlapping.
    pub(super) fn matches(&self, node: &Node, field: Field) -> Vec<Match> {
        let mut found = self.find(node, Scope { field, unit: Unit::Post });
        found.sort_by_key(|m| (m.last - m.first, m.first));
        let mut kept: Vec<Match> = Vec::new();
        for candidate in &found {
            if kept.iter().all(|other| candidate.is_clear_of(other)) {
                kept.push(candidate.clone());
            }
        }
        for index in 0..kept.len() {
            let others = |other: &Match| kept.iter().enumerate().all(|(i, m)| i == index || other.is_clear_of(m));
            if let Some(other) = self.saying_so(&kept[index], &found, others) {
                kept[index] = other.clone();
            }
        }
        kept.sort_by_key(|m| m.first);
        kept
    }

    /// The shortest match in the sentence of one that is denied, of which the denying words are its own.
    fn saying_so<'m>(&self, denied: &Match, found: &'m [Match], fits: impl Fn(&Match) -> bool) -> Option<&'m Match> {
        let (stance, reasons) = self.cues.stance(denied, self.text, self.hits);
        if stance != Stance::Denies {
            return None;
        }
        let sentence = |token: u32| self.text.tokens[token as usize].sentence;
        let tokens = |hit: u32| (self.hits.all[hit as usize].first, self.hits.all[hit as usize].last);
        let own = |other: &Match, cue: u32| {
            let (first, last) = tokens(cue);
            other.hits.iter().map(|hit| tokens(*hit)).any(|(f, l)| f <= last && first <= l)
        };
        found.iter().find(|other| {
            sentence(other.first) == sentence(denied.first)
                && reasons.iter().all(|reason| reason.cue.is_some_and(|cue| own(other, cue)))
                && fits(other)
                && self.cues.stance(other, self.text, self.hits).0 != Stance::Denies
        })
    }

    fn find(&self, node: &Node, scope: Scope) -> Vec<Match> {
        let mut found = match node {
            Node::Set(set) => self.set(*set, scope),
            Node::Or(nodes) => {
                let mut all: Vec<Match> = nodes.iter().flat_map(|n| self.find(n, scope)).collect();
                all.sort_by_key(|m| (m.first, m.last));
                all.dedup();
                all
            }
            Node::And { all, none, given } => {
                if !given.iter().all(|(condition, wanted)| self.known.holds(condition) == *wanted) {
                    return Vec::new();
                }
                self.and(all, none, scope)
            }
            Node::Near { left, right, distance, ordered } => {
                let left = self.find(left, scope);
                if left.is_empty() {
                    return Vec::new();
                }
                self.near(&left, &self.find(right, scope), *distance, *ordered)
            }
            Node::Away { left, right, distance } => {
                let left = self.find(left, scope);
                if left.is_empty() {
                    return Vec::new();
                }
                let right = self.find(right, scope);
                let near = |l: &Match| !self.near(std::slice::from_ref(l), &right, *distance, false).is_empty();
                left.into_iter().filter(|l| !near(l)).collect()
            }
            Node::Gaps { runs, gaps } => self.gaps(runs, gaps, scope),
            Node::Loose { words, slack } => self.loose(words, *slack, scope),
            Node::Within { unit, inner } => {
                let mut found = self.find(inner, Scope { unit: *unit, ..scope });
                found.retain(|m| self.unit_of(m, *unit).is_some());
                found
            }
            Node::AtLeast { least, items, given } => {
                let sure = given.iter().filter(|(condition, _)| self.known.holds(condition)).map(|(_, w)| w).sum();
                self.at_least(*least, items, sure, scope)
            }
            Node::In { field, inner } => self.find(inner, Scope { field: *field, ..scope }),
            Node::Stance { stance, inner } => {
                let mut found = self.find(inner, scope);
                found.retain(|m| {
                    let own = self.cues.stance(m, self.text, self.hits).0;
                    own == *stance || *stance == Stance::Asserts && own == Stance::Testifies
                });
                found
            }
        };
        found.truncate(MAX_MATCHES);
        found
    }

    fn set(&self, set: SetId, scope: Scope) -> Vec<Match> {
        let one_part = self.text.parts.len() == 1 && scope.field == Field::Own;
        let hits = self.hits.of(set).filter(|hit| one_part || self.hits.is_in(*hit, scope.field, self.text));
        hits.map(|hit| {
            let at = self.hits.all[hit as usize];
            Match { first: at.first, last: at.last, hits: vec![hit] }
        })
        .collect()
    }

    fn token(&self, token: u32) -> &Token {
        &self.text.tokens[token as usize]
    }

    /// The number of the unit in which a match lies as a whole.
    fn unit_of(&self, found: &Match, unit: Unit) -> Option<u32> {
        let of = |token: &Token| match unit {
            Unit::Post => 0,
            Unit::Paragraph => token.paragraph,
            Unit::Sentence => token.sentence,
        };
        let (first, last) = (of(self.token(found.first)), of(self.token(found.last)));
        (first == last).then_some(first)
    }

    /// One match per sentence in which everything is found; else, if everything is somewhere in the unit, one that
    /// spans it. What must not be there must not be in the unit.
    fn and(&self, all: &[Node], none: &[Node], scope: Scope) -> Vec<Match> {
        let mut lists = Vec::with_capacity(all.len());
        for node in all {
            let list = self.find(node, scope);
            if list.is_empty() {
                return Vec::new();
            }
            lists.push(list);
        }
        let unwanted: Vec<Match> = none.iter().flat_map(|node| self.find(node, scope)).collect();
        if scope.unit == Unit::Post && !unwanted.is_empty() {
            return Vec::new();
        }
        let banned = |found: &Match| {
            let own = self.unit_of(found, scope.unit);
            unwanted.iter().any(|u| self.unit_of(u, scope.unit) == own)
        };
        let mut found = self.together(&lists, Unit::Sentence);
        if found.is_empty() && scope.unit != Unit::Sentence && !lists.is_empty() {
            found = match scope.unit {
                Unit::Post => vec![Match::join(&lists.iter().map(|list| &list[0]).collect::<Vec<_>>())],
                unit => self.together(&lists, unit),
            };
        }
        found.retain(|m| !banned(m));
        found
    }

    /// One match for every unit in which each list has one: its first.
    fn together(&self, lists: &[Vec<Match>], unit: Unit) -> Vec<Match> {
        let Some(shortest) = lists.iter().min_by_key(|list| list.len()) else { return Vec::new() };
        let mut units: Vec<u32> = shortest.iter().filter_map(|m| self.unit_of(m, unit)).collect();
        units.dedup();
        let mut found = Vec::new();
        for wanted in units {
            let first = |list: &'_ Vec<Match>| list.iter().position(|m| self.unit_of(m, unit) == Some(wanted));
            let places: Option<Vec<usize>> = lists.iter().map(first).collect();
            if let Some(places) = places {
                let parts: Vec<&Match> = places.iter().zip(lists).map(|(p, list)| &list[*p]).collect();
                found.push(Match::join(&parts));
            }
        }
        found
    }

    /// For every unit in which the weights of what is found reach `least`: the first of each.
    fn at_least(&self, least: u32, items: &[(Node, u32)], sure: u32, scope: Scope) -> Vec<Match> {
        let lists: Vec<(Vec<Match>, u32)> =
            items.iter().map(|(node, weight)| (self.find(node, scope), *weight)).collect();
        let mut units: Vec<u32> =
            lists.iter().flat_map(|(list, _)| list.iter().filter_map(|m| self.unit_of(m, scope.unit))).collect();
        units.sort_unstable();
        units.dedup();
        let mut found = Vec::new();
        for unit in units.into_iter().take(MAX_MATCHES) {
            let first = |list: &'_ [Match]| list.iter().position(|m| self.unit_of(m, scope.unit) == Some(unit));
            let have: Vec<(&Match, u32)> =
                lists.iter().filter_map(|(list, weight)| first(list).map(|p| (&list[p], *weight))).collect();
            let sum: u32 = have.iter().map(|(_, weight)| weight).sum();
            if sum + sure >= least && !have.is_empty() {
                found.push(Match::join(&have.iter().map(|(m, _)| *m).collect::<Vec<_>>()));
            }
        }
        found
    }

    /// Pairs whose nearest words are at most `distance` apart. The right match may lie between the words of the left
    /// one (`a NEAR/8 b NEAR/5 c` finds `a c b`), but shares no word with it.
    fn near(&self, left: &[Match], right: &[Match], distance: u32, ordered: bool) -> Vec<Match> {
        let mut found = Vec::new();
        let longest = right.iter().map(|m| m.last - m.first).max().unwrap_or(0);
        for l in left {
            let from = if ordered { l.last } else { l.first.saturating_sub(distance.saturating_add(longest)) };
            let begin = right.partition_point(|r| r.first < from);
            let near_by = right[begin..].iter().take_while(|r| r.first <= l.last.saturating_add(distance));
            for r in near_by.take(MAX_PAIRS) {
                if ordered && !self.follows(l, r) {
                    continue;
                }
                let both = Match::join(&[l, r]);
                let one_sentence = self.unit_of(&both, Unit::Sentence).is_some();
                if one_sentence && self.apart(l, r).is_some_and(|apart| apart <= distance) {
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

    /// Whether a match lies behind another one; an emoji has no token of its own.
    fn follows(&self, before: &Match, behind: &Match) -> bool {
        let hit = |m: &Match, last: bool| {
            let index = if last { m.hits.last() } else { m.hits.first() };
            index.map(|i| self.hits.all[*i as usize])
        };
        behind.first > before.last
            || behind.first == before.last
                && matches!((hit(before, true), hit(behind, false)), (Some(b), Some(a)) if b.side < a.side)
    }

    /// Words from the nearest word of one match to the nearest of the other; `None` when they share one.
    fn apart(&self, l: &Match, r: &Match) -> Option<u32> {
        let mut least = None;
        for a in l.hits.iter().map(|i| self.hits.all[*i as usize]) {
            for b in r.hits.iter().map(|i| self.hits.all[*i as usize]) {
                let gap = if b.first > a.last {
                    b.first - a.last
                } else if a.first > b.last {
                    a.first - b.last
                } else if a.side != Side::On && a.original != b.original || b.side != Side::On && a.side != b.side {
                    1
                } else {
                    return None;
                };
                least = Some(least.map_or(gap, |least: u32| least.min(gap)));
            }
        }
        least
    }

    /// Runs in order, 1 to so many words between two.
    fn gaps(&self, runs: &[SetId], gaps: &[u32], scope: Scope) -> Vec<Match> {
        let Some((first, rest)) = runs.split_first() else { return Vec::new() };
        let mut found = self.set(*first, scope);
        for (run, gap) in rest.iter().zip(gaps) {
            if found.is_empty() {
                break;
            }
            found.sort_by_key(|m| (m.first, m.last));
            let next = self.set(*run, scope);
            let mut longer = Vec::new();
            for l in &found {
                let begin = next.partition_point(|r| r.first < l.last.saturating_add(2));
                let end = l.last.saturating_add(1).saturating_add(*gap);
                for r in next[begin..].iter().take_while(|r| r.first <= end).take(MAX_PAIRS) {
                    let both = Match::join(&[l, r]);
                    if self.unit_of(&both, Unit::Sentence).is_some() {
                        longer.push(both);
                    }
                }
                if longer.len() >= MAX_MATCHES {
                    break;
                }
            }
            found = longer;
        }
        found
    }

    /// Every word once, in any order, with at most `slack` other words from the first to the last.
    fn loose(&self, words: &[SetId], slack: u32, scope: Scope) -> Vec<Match> {
        let lists: Vec<Vec<Match>> = words.iter().map(|set| self.set(*set, scope)).collect();
        if lists.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        let mut starts: Vec<u32> = lists.iter().flatten().map(|m| m.first).collect();
        starts.sort_unstable();
        starts.dedup();
        let width = id(words.len()).saturating_add(slack);
        let mut found: Vec<Match> = Vec::new();
        for start in starts {
            let mut taken: Vec<&Match> = Vec::new();
            for list in &lists {
                let begin = list.partition_point(|m| m.first < start);
                let clear = |m: &&Match| taken.iter().all(|t| m.last < t.first || t.last < m.first);
                match list[begin..].iter().take_while(|m| m.last < start.saturating_add(width)).find(clear) {
                    Some(m) => taken.push(m),
                    None => break,
                }
            }
            if taken.len() == lists.len() {
                let whole = Match::join(&taken);
                if self.unit_of(&whole, Unit::Sentence).is_some() {
                    found.push(whole);
                }
            }
            if found.len() >= MAX_MATCHES {
                break;
            }
        }
        found.sort_by_key(|m| (m.first, m.last));
        found.dedup();
        found
    }
}
