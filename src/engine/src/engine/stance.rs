//! The stance of a poster towards a claim, from the cues around it.
//!
//! After NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009): a cue has a kind, a direction and a reach; its
//! scope ends at the sentence, at a stop word (`mais`), and where its list says so at a comma. The cue lists are data of
//! the packs. What is ours: a cue inside the match (`ne rend pas autiste`), a judgement that opens the next sentence
//! (`… C'est faux.`), and that words which the rule itself looks for (`"pas efficace"`) are no cue.

use super::atoms::{Hit, Hits, SetId};
use super::evaluate::Match;
use crate::pack::{CueKind, CueScope};
use crate::text::{Text, Token};
use rejoinder_wire::Stance;
use std::collections::HashMap;

/// How many words into a sentence a judgement on the sentence before may begin (`Mais non, c'est faux`).
const OPENING: u32 = 4;

/// A cue list, compiled.
#[derive(Clone, Copy, Debug)]
pub(super) struct CueList {
    pub(super) kind: CueKind,
    pub(super) scope: CueScope,
    pub(super) reach: u32,
    pub(super) clause: bool,
}

/// A cue found in a text.
#[derive(Clone, Copy, Debug)]
struct CueHit {
    list: CueList,
    first: u32,
    last: u32,
}

/// What decided a stance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// The stance it points to.
    pub(super) stance: Stance,
    /// First and last token of the cue; `None`: a question mark or quotation marks.
    pub(super) tokens: Option<(u32, u32)>,
}

/// The cues of one text.
#[derive(Debug)]
pub(super) struct Cues {
    cues: Vec<CueHit>,
    stops: Vec<(u32, u32)>,
}

impl Cues {
    /// Collects the cues of a text; those that overlap a look-alike do not count, but for
    /// those that hold it whole (`crois pas que` holds `pas que`).
    pub(super) fn of(lists: &HashMap<SetId, Vec<CueList>>, hits: &Hits) -> Cues {
        let mut all = Vec::new();
        for (set, indexes) in &hits.by_set {
            for list in lists.get(set).into_iter().flatten() {
                all.extend(indexes.iter().map(|i| {
                    let Hit { first, last, .. } = hits.all[*i as usize];
                    CueHit { list: *list, first, last }
                }));
            }
        }
        all.sort_by_key(|c| (c.first, c.last));
        let alike: Vec<(u32, u32)> =
            all.iter().filter(|c| c.list.kind == CueKind::LookAlike).map(|c| (c.first, c.last)).collect();
        let overlaps = |c: &CueHit, with: &[(u32, u32)]| {
            with.iter().any(|(f, l)| {
                let holds = c.first <= *f && *l <= c.last && (c.first, c.last) != (*f, *l);
                c.first <= *l && *f <= c.last && !holds
            })
        };
        let stops: Vec<(u32, u32)> = all
            .iter()
            .filter(|c| c.list.kind == CueKind::Stop && !overlaps(c, &alike))
            .map(|c| (c.first, c.last))
            .collect();
        all.retain(|c| !matches!(c.list.kind, CueKind::LookAlike | CueKind::Stop) && !overlaps(c, &alike));
        Cues { cues: all, stops }
    }

    /// The stance towards one match, and what decided it.
    pub(super) fn stance(&self, found: &Match, text: &Text<'_>, hits: &Hits) -> (Stance, Vec<Reason>) {
        let tokens = &text.tokens;
        let (first, last) = (&tokens[found.first as usize], &tokens[found.last as usize]);
        let mut reasons = Vec::new();
        if first.quotation != 0 && first.quotation == last.quotation {
            reasons.push(Reason { stance: Stance::Quotes, tokens: None });
        }
        if text.sentences[last.sentence as usize].question {
            reasons.push(Reason { stance: Stance::Asks, tokens: None });
        }
        for cue in &self.cues {
            let own = |i: &u32| {
                let hit = hits.all[*i as usize];
                hit.first <= cue.last && cue.first <= hit.last
            };
            if !found.hits.iter().any(own) && self.covers(cue, found, tokens, hits) {
                let stance = match cue.list.kind {
                    CueKind::Question => Stance::Asks,
                    CueKind::Report => Stance::Quotes,
                    _ => Stance::Denies,
                };
                reasons.push(Reason { stance, tokens: Some((cue.first, cue.last)) });
            }
        }
        // A quotation is nobody's own; a question outweighs the negation in it; a denial outweighs a report.
        let order = [Stance::Quotes, Stance::Asks, Stance::Denies];
        let marked = |r: &&Reason| r.stance != Stance::Quotes || r.tokens.is_none();
        let stance = order
            .into_iter()
            .find(|s| reasons.iter().filter(marked).any(|r| r.stance == *s))
            .or_else(|| reasons.first().map(|r| r.stance))
            .unwrap_or(Stance::Asserts);
        reasons.retain(|r| r.stance == stance);
        (stance, reasons)
    }

    fn covers(&self, cue: &CueHit, found: &Match, tokens: &[Token], hits: &Hits) -> bool {
        let CueHit { list, .. } = *cue;
        let sentence = |t: u32| tokens[t as usize].sentence;
        let clause = |t: u32| tokens[t as usize].clause;
        let forward = matches!(list.scope, CueScope::Forward | CueScope::Both);
        let backward = matches!(list.scope, CueScope::Backward | CueScope::Both);
        if cue.last < found.first {
            return forward
                && sentence(cue.last) == sentence(found.first)
                && within(found.first - cue.last, list.reach)
                && (!list.clause || clause(cue.last) == clause(found.first))
                && !self.stop_between(cue.last, found.first);
        }
        if cue.first > found.last {
            let apart = cue.first - found.last;
            if sentence(cue.first) == sentence(found.last) {
                return backward
                    && within(apart, list.reach)
                    && (!list.clause || clause(cue.first) == clause(found.last))
                    && !self.stop_between(found.last, cue.first);
            }
            // « Le ROR rend autiste. C'est faux. »
            let next = sentence(found.last) + 1 == sentence(cue.first);
            let opening = tokens[..cue.first as usize].iter().rev().take_while(|t| t.sentence == sentence(cue.first));
            return backward && list.kind == CueKind::Negation && next && opening.count() < OPENING as usize;
        }
        // Between the first and the last word of the match: what counts is the next word of the match on that side.
        if !(found.first < cue.first && cue.last < found.last) {
            return false;
        }
        let own = || found.hits.iter().map(|i| hits.all[*i as usize]);
        let next = own().map(|h| h.first).filter(|t| *t > cue.last).min();
        let previous = own().map(|h| h.last).filter(|t| *t < cue.first).max();
        let reaches = |from: u32, to: u32| {
            within(to - from, list.reach)
                && (!list.clause || clause(from) == clause(to))
                && !self.stop_between(from, to)
        };
        (forward && next.is_some_and(|t| reaches(cue.last, t)))
            || (backward && previous.is_some_and(|t| reaches(t, cue.first)))
    }

    fn stop_between(&self, from: u32, to: u32) -> bool {
        self.stops.iter().any(|(first, last)| from < *first && *last < to)
    }
}

fn within(distance: u32, reach: u32) -> bool {
    reach == 0 || distance <= reach
}
