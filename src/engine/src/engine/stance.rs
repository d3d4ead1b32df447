//! The stance of a poster towards a claim, from the cues around it.
//!
//! After NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009): a cue has a kind, a direction and a reach; its
//! scope ends at the sentence, at a stop word (`mais`), and where its list says so at a comma. The cue lists are data of
//! the packs. What is ours: a cue inside the match (`ne rend pas autiste`), a judgement on the sentence beside it
//! (`… C'est faux.`, `Faux. …`), an answer to a question (`… ? Non.`), a rhetorical question, a cue that speaks of the
//! whole post (`fact-check`), and that words which the rule itself looks for (`"pas efficace"`) are no cue.

use super::atoms::SetId;
use super::evaluate::Match;
use super::hits::{Hit, Hits, Side};
use crate::pack::{CueKind, CueScope};
use crate::text::Text;
use rejoinder_wire as wire;
use rejoinder_wire::{PartKind, Stance};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many words into a sentence a judgement on the sentence before may begin (`Mais non, c'est faux`).
const OPENING: u32 = 4;

/// Words of a sentence that may be one judgement on the next (`C'est totalement faux !`).
const HEADING: usize = 4;

/// A cue list, compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    side: Side,
    hit: u32,
}

/// What decided a stance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// The stance it points to.
    pub(super) stance: Stance,
    /// The cue, as an index in [`Hits::all`]; `None`: a question mark or quotation marks.
    pub(super) cue: Option<u32>,
    /// Where the claim stands from it.
    pub(super) scope: wire::CueScope,
}

impl Reason {
    fn sentence(stance: Stance) -> Reason {
        Reason { stance, cue: None, scope: wire::CueScope::Sentence }
    }

    /// Words that are marked as somebody else's.
    pub(super) fn quoted() -> Reason {
        Reason::sentence(Stance::Quotes)
    }
}

/// The cues of one text.
#[derive(Debug)]
pub(super) struct Cues {
    cues: Vec<CueHit>,
    stops: Vec<(u32, u32)>,
    /// Sentences whose question mark asks nothing.
    rhetorical: Vec<u32>,
    /// Sentences whose question is answered with a no, and the hit that does it.
    answered: Vec<(u32, u32)>,
    /// Quoted parts that the poster rebuts right behind them, and the hit that does it.
    rebutted: Vec<(u32, u32)>,
}

impl Cues {
    /// Collects the cues of a text; those that overlap a look-alike do not count, but for those that hold it whole
    /// (`crois pas que` holds `pas que`).
    pub(super) fn of(lists: &BTreeMap<SetId, Vec<CueList>>, hits: &Hits, text: &Text<'_>) -> Cues {
        let mut all = Vec::new();
        for set in hits.sets() {
            for list in lists.get(&set).into_iter().flatten() {
                all.extend(hits.of(set).map(|hit| {
                    let Hit { first, last, side, .. } = hits.all[hit as usize];
                    CueHit { list: *list, first, last, side, hit }
                }));
            }
        }
        // What others wrote judges nothing here.
        all.retain(|c| is_own(text, c.first));
        all.sort_by_key(|c| (c.first, c.last));
        let alike: Vec<(u32, u32)> =
            all.iter().filter(|c| c.list.kind == CueKind::LookAlike).map(|c| (c.first, c.last)).collect();
        let overlaps = |c: &CueHit, with: &[(u32, u32)]| {
            with.iter().any(|(f, l)| {
                let holds = c.first <= *f && *l <= c.last && (c.first, c.last) != (*f, *l);
                c.first <= *l && *f <= c.last && !holds
            })
        };
        all.retain(|c| c.list.kind == CueKind::LookAlike || !overlaps(c, &alike));
        // A double negation eats the negations that it is made of.
        let double: Vec<(u32, u32)> =
            all.iter().filter(|c| c.list.kind == CueKind::Double).map(|c| (c.first, c.last)).collect();
        all.retain(|c| c.list.kind != CueKind::Negation || !overlaps(c, &double));
        let of_kind = |kind: CueKind| all.iter().filter(move |c| c.list.kind == kind);
        let stops = of_kind(CueKind::Stop).map(|c| (c.first, c.last)).collect();
        let rhetorical = of_kind(CueKind::Rhetorical).map(|c| text.tokens[c.first as usize].sentence).collect();
        let answered = of_kind(CueKind::Answer).filter_map(|c| answers(c, text)).collect();
        let denials = of_kind(CueKind::Answer).chain(of_kind(CueKind::Negation));
        let rebutted = denials.filter_map(|c| rebuts(c, text)).collect();
        all.retain(|c| {
            !matches!(c.list.kind, CueKind::LookAlike | CueKind::Stop | CueKind::Rhetorical | CueKind::Answer)
        });
        Cues { cues: all, stops, rhetorical, answered, rebutted }
    }

    /// The stance towards one match, and what decided it.
    pub(super) fn stance(&self, found: &Match, text: &Text<'_>, hits: &Hits) -> (Stance, Vec<Reason>) {
        let tokens = &text.tokens;
        let (first, last) = (&tokens[found.first as usize], &tokens[found.last as usize]);
        if !is_own(text, found.first) {
            let rebutted = self.rebutted.iter().find(|(part, _)| *part == last.part);
            return match rebutted {
                None => (Stance::Quotes, vec![Reason::quoted()]),
                Some((_, cue)) => {
                    let scope = wire::CueScope::LastSentence;
                    (Stance::Denies, vec![Reason { stance: Stance::Denies, cue: Some(*cue), scope }])
                }
            };
        }
        let rhetorical = self.rhetorical.contains(&last.sentence);
        let mut reasons = Vec::new();
        let mut double = false;
        let quotation = (first.quotation == last.quotation).then_some(first.quotation).filter(|q| *q != 0);
        if quotation.is_some() {
            reasons.push(Reason::quoted());
        }
        if text.sentences[last.sentence as usize].question && !rhetorical {
            reasons.push(Reason::sentence(Stance::Asks));
        }
        if let Some((_, cue)) = self.answered.iter().find(|(sentence, _)| *sentence == last.sentence) {
            let scope = wire::CueScope::LastSentence;
            reasons.push(Reason { stance: Stance::Denies, cue: Some(*cue), scope });
        }
        for cue in &self.cues {
            let own = |i: &u32| {
                let hit = hits.all[*i as usize];
                *i == cue.hit || cue.side == Side::On && hit.first <= cue.last && cue.first <= hit.last
            };
            // What a quotation says of its own words is not the poster's judgement either.
            let quoted = quotation.is_some() && quotation == Some(tokens[cue.first as usize].quotation);
            if quoted || found.hits.iter().any(own) {
                continue;
            }
            let Some(scope) = self.covers(cue, found, text, hits) else { continue };
            let stance = match cue.list.kind {
                CueKind::Question if rhetorical => continue,
                CueKind::Question => Stance::Asks,
                CueKind::Report => Stance::Quotes,
                CueKind::Testimony => Stance::Testifies,
                CueKind::Irony => Stance::Jokes,
                CueKind::Uncertain => Stance::Uncertain,
                CueKind::Double => {
                    double = true;
                    continue;
                }
                _ => Stance::Denies,
            };
            reasons.push(Reason { stance, cue: Some(cue.hit), scope });
        }
        if double {
            reasons.retain(|r| r.stance != Stance::Denies);
        }
        let stance = decide(&reasons);
        reasons.retain(|r| r.stance == stance);
        (stance, reasons)
    }

    fn covers(&self, cue: &CueHit, found: &Match, text: &Text<'_>, hits: &Hits) -> Option<wire::CueScope> {
        let tokens = &text.tokens;
        use wire::CueScope::{After, Before, Inside, LastSentence, NextSentence, Post};
        let CueHit { list, .. } = *cue;
        if list.scope == CueScope::Post {
            return Some(Post);
        }
        let sentence = |t: u32| tokens[t as usize].sentence;
        let clause = |t: u32| tokens[t as usize].clause;
        let forward = matches!(list.scope, CueScope::Forward | CueScope::Both);
        let backward = matches!(list.scope, CueScope::Backward | CueScope::Both);
        let judges = matches!(list.kind, CueKind::Negation | CueKind::Irony);
        // An emoji has no place among the words: it lies before or behind one.
        let before = cue.last < found.first || cue.side == Side::Before && cue.first == found.first;
        let behind = cue.first > found.last || cue.side == Side::Behind && cue.first == found.last;
        if before {
            if sentence(cue.last) == sentence(found.first) {
                let reaches = forward
                    && within(found.first - cue.last, list.reach)
                    && (!list.clause || clause(cue.last) == clause(found.first))
                    && !self.stop_between(cue.last, found.first);
                return reaches.then_some(Before);
            }
            // « C'est faux ! Le ROR ne … », « Intox. Le vaccin … »: a sentence that is a judgement and no more.
            let next = judges && !list.clause && sentence(cue.last) + 1 == sentence(found.first);
            let heading = || {
                let whole = text.sentence(sentence(cue.last)).len();
                whole <= HEADING && sentence(cue.first) == 0
            };
            return (next && heading()).then_some(NextSentence);
        }
        if behind {
            let apart = cue.first - found.last;
            if sentence(cue.first) == sentence(found.last) {
                let reaches = backward
                    && within(apart, list.reach)
                    && (!list.clause || clause(cue.first) == clause(found.last))
                    && (!self.stop_between(found.last, cue.first) || judges && self.opens_after_stop(cue));
                return reaches.then_some(After);
            }
            // « Le ROR rend autiste. C'est faux. »
            let next = sentence(found.last) + 1 == sentence(cue.first);
            let opening = cue.first as usize - text.sentence(sentence(cue.first)).start;
            // A cue that a comma stops is stopped by a full stop too.
            return (backward && !list.clause && judges && next && opening < OPENING as usize).then_some(LastSentence);
        }
        // Between the first and the last word of the match: what counts is the next word of the match on that side.
        if !(found.first < cue.first && cue.last < found.last) {
            return None;
        }
        let own = || found.hits.iter().map(|i| hits.all[*i as usize]);
        let next = own().map(|h| h.first).filter(|t| *t > cue.last).min();
        let previous = own().map(|h| h.last).filter(|t| *t < cue.first).max();
        let reaches = |from: u32, to: u32| {
            within(to - from, list.reach)
                && (!list.clause || clause(from) == clause(to))
                && !self.stop_between(from, to)
        };
        let inside = (forward && next.is_some_and(|t| reaches(cue.last, t)))
            || (backward && previous.is_some_and(|t| reaches(t, cue.first)));
        inside.then_some(Inside)
    }

    fn stop_between(&self, from: u32, to: u32) -> bool {
        self.stops.iter().any(|(first, last)| from < *first && *last < to)
    }

    /// A judgement right behind a stop word speaks of what stands before that word (`… mais en fait c'est faux`).
    fn opens_after_stop(&self, cue: &CueHit) -> bool {
        self.stops.iter().any(|(_, last)| *last < cue.first && cue.first - last <= OPENING)
    }
}

/// The stance that some reasons amount to.
fn decide(reasons: &[Reason]) -> Stance {
    let has = |stance: Stance| reasons.iter().any(|r| r.stance == stance);
    let answered = reasons.iter().any(|r| r.stance == Stance::Denies && r.scope == wire::CueScope::LastSentence);
    let quoted = reasons.iter().any(|r| r.stance == Stance::Quotes && r.cue.is_none());
    // A quotation is nobody's own, and a question outweighs the negation in it, unless what follows judges them. A
    // denial outweighs a report; jest, doubt and testimony speak only where nothing else does.
    if answered {
        return Stance::Denies;
    }
    if quoted && !has(Stance::Denies) {
        return Stance::Quotes;
    }
    let order = [Stance::Asks, Stance::Denies, Stance::Quotes, Stance::Jokes, Stance::Uncertain, Stance::Testifies];
    order.into_iter().find(|s| has(*s)).unwrap_or(Stance::Asserts)
}

/// The question that a `no` answers: it opens the next sentence, or closes it when that is short.
fn answers(cue: &CueHit, text: &Text<'_>) -> Option<(u32, u32)> {
    /// Words of a sentence that answers with its last word (`Réponse de notre oncologue : non`).
    const SHORT: usize = 9;
    let tokens = &text.tokens;
    let own = tokens[cue.first as usize].sentence;
    let first = text.sentences[own as usize].first;
    let words = text.sentence(own).len();
    let opens = cue.first - first < OPENING;
    let closes = words <= SHORT && cue.last as usize == first as usize + words - 1;
    let asked = own.checked_sub(1)?;
    (text.sentences[asked as usize].question && (opens || closes)).then_some((asked, cue.hit))
}

/// The quoted part right before the cue's own, when the cue opens that.
fn rebuts(cue: &CueHit, text: &Text<'_>) -> Option<(u32, u32)> {
    let part = text.tokens[cue.first as usize].part;
    let first = text.tokens.partition_point(|t| t.part < part);
    let quoted = part.checked_sub(1)?;
    let before = text.parts.get(quoted as usize)?.kind == PartKind::Quote;
    (before && cue.first as usize - first < OPENING as usize).then_some((quoted, cue.hit))
}

/// Whether a token is the poster's own word.
fn is_own(text: &Text<'_>, token: u32) -> bool {
    matches!(text.kind(token), PartKind::Own | PartKind::Title)
}

fn within(distance: u32, reach: u32) -> bool {
    reach == 0 || distance <= reach
}
