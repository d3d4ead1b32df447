//! The manager's own wording beside the approved one.

use super::answer;
use super::text::Filled;
use super::token::{Token, tokens};
use rejoinder_wire::{Departure, Identity, Piece, PieceKind, ReplyRefusal, Room};
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::ops::Range;

/// UTF-16 units that are compared. No card has more.
const LENGTH: u32 = 10_000;

/// What the manager made of a card's words.
pub(super) struct Edited {
    /// The words, without the identity block.
    pub(super) words: String,
    /// Their pieces.
    pub(super) pieces: Vec<Piece>,
    /// How they differ.
    pub(super) departures: Vec<Departure>,
    /// Words that differ, those of answers left out, in percent; at least 1 when anything does.
    pub(super) changed: u8,
    /// Why they cannot stand, whatever the pack allows.
    pub(super) refusal: Option<ReplyRefusal>,
}

impl Edited {
    /// Compares a draft's words with the filled ones of the card.
    pub(super) fn of(filled: &Filled, words: &str, identity: &Identity) -> Edited {
        let pieces: Vec<Piece> = filled.pieces.iter().map(|p| Piece { text: lines(&p.text), kind: p.kind }).collect();
        let approved: String = pieces.iter().map(|p| p.text.as_str()).collect();
        let words = without_block(&lines(words), &approved, identity);
        if let Some(refusal) = unusable(&words, &approved) {
            let departures = match &refusal {
                ReplyRefusal::NotApproved { departures } => departures.clone(),
                _ => Vec::new(),
            };
            let pieces = vec![Piece { text: words.clone(), kind: PieceKind::Locked }];
            return Edited { words, pieces, departures, changed: 100, refusal: Some(refusal) };
        }
        let approved = Approved::new(&pieces, &approved);
        let now = tokens(&words);
        let steps = approved.steps(&now);
        let (pieces, bad) = approved.pieces(&steps, &now, &words);
        let asked = bad.and_then(|piece| filled.asked.get(piece).copied().flatten());
        let refusal = asked.map(|asked| ReplyRefusal::BadAnswer { question: filled.questions[asked].question.clone() });
        let departures = steps.iter().filter_map(|step| {
            let kind = step.changed?;
            Some(Departure {
                was: cut(approved.text, &approved.tokens[step.was.clone()]),
                now: cut(&words, &now[step.now.clone()]),
                locked: kind == PieceKind::Locked,
            })
        });
        Edited { departures: departures.collect(), changed: approved.changed(&steps, &now), pieces, refusal, words }
    }
}

/// The approved words, made ready to be compared.
struct Approved<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// What may be done with each token.
    kinds: Vec<PieceKind>,
    /// The piece that each token begins in.
    of: Vec<usize>,
    /// Where a free zone without words stands: the tokens before it.
    empty: Vec<usize>,
}

/// A run of tokens on both sides.
struct Step {
    was: Range<usize>,
    now: Range<usize>,
    /// Of what it is a change; `None`: both sides are the same.
    changed: Option<PieceKind>,
}

impl<'a> Approved<'a> {
    fn new(pieces: &[Piece], text: &'a str) -> Approved<'a> {
        let tokens = tokens(text);
        let mut starts = Vec::with_capacity(pieces.len());
        let mut end = 0;
        for piece in pieces {
            starts.push(end);
            end += piece.text.len();
        }
        let of: Vec<usize> =
            tokens.iter().map(|t| starts.partition_point(|&start| start <= t.at.start).saturating_sub(1)).collect();
        // A word that pieces share is as bound as the most bound of them.
        let shared = |t: &Token, first: usize| {
            let met = pieces.iter().zip(&starts).skip(first).take_while(|&(_, &start)| start < t.at.end);
            met.filter(|(p, _)| !p.text.is_empty()).map(|(p, _)| p.kind).min_by_key(|kind| bound(*kind))
        };
        let mut kinds: Vec<PieceKind> =
            tokens.iter().zip(&of).map(|(t, &first)| shared(t, first).unwrap_or(PieceKind::Locked)).collect();
        let empty: Vec<usize> = pieces
            .iter()
            .zip(&starts)
            .filter(|(p, _)| p.kind == PieceKind::Free && p.text.trim().is_empty())
            .map(|(_, &start)| tokens.partition_point(|t| t.at.start < start))
            .collect();
        // The line that a greeting stands on goes with it.
        for at in 0..tokens.len() {
            let touches = empty.contains(&at) || at > 0 && kinds[at - 1] == PieceKind::Free;
            if tokens[at].line && touches {
                kinds[at] = PieceKind::Free;
            }
        }
        for at in (0..tokens.len()).rev() {
            let touches = empty.contains(&(at + 1)) || kinds.get(at + 1) == Some(&PieceKind::Free);
            if tokens[at].line && touches {
                kinds[at] = PieceKind::Free;
            }
        }
        Approved { text, tokens, kinds, of, empty }
    }

    /// Of what a change of some tokens is; of none: of what something put there is.
    fn kind(&self, was: &Range<usize>) -> PieceKind {
        let mut kinds = self.kinds[was.clone()].iter().copied();
        let Some(first) = kinds.next() else {
            let before = was.start.checked_sub(1).map(|at| self.kinds[at]);
            let around = [before, self.kinds.get(was.start).copied()];
            if self.empty.contains(&was.start) || around.contains(&Some(PieceKind::Free)) {
                return PieceKind::Free;
            }
            let answer = around.contains(&Some(PieceKind::Answer));
            return if answer { PieceKind::Answer } else { PieceKind::Locked };
        };
        kinds.fold(first, |most, kind| if bound(kind) < bound(most) { kind } else { most })
    }

    /// How one text becomes the other. Where all bound words stand unchanged and in order, everything between them is
    /// the manager's; a bare comparison could take a word of a greeting for one of a fact.
    fn steps(&self, now: &[Token]) -> Vec<Step> {
        let Some(places) = self.places(now) else { return self.compare(0..self.tokens.len(), now, 0..now.len()) };
        let mut steps = Vec::new();
        let (mut was, mut is) = (0, 0);
        for (run, at) in places {
            steps.extend(self.compare(was..run.start, now, is..at));
            (was, is) = (run.end, at + run.len());
            steps.extend(
                self.compare(run, now, at..is)
                    .into_iter()
                    .map(|step| Step { changed: step.changed.map(|_| PieceKind::Free), ..step }),
            );
        }
        steps.extend(self.compare(was..self.tokens.len(), now, is..now.len()));
        steps
    }

    /// Where each run of bound tokens stands in the other text; `None`: not all do.
    fn places(&self, now: &[Token]) -> Option<Vec<(Range<usize>, usize)>> {
        let all = self.tokens.len();
        let opens = |at: usize| self.kind(&(at..at)) != PieceKind::Locked;
        let mut places = Vec::new();
        let mut rest = 0;
        let mut at = 0;
        while at < all {
            if self.kinds[at] != PieceKind::Locked {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < all && self.kinds[end] == PieceKind::Locked && !opens(end) {
                end += 1;
            }
            let run = &self.tokens[at..end];
            // After another greeting the sentence may begin with a capital, or no longer do so.
            let loose = self.kind(&(at..at)) == PieceKind::Free;
            let stands = |found: usize| {
                let there = now.get(found..found + run.len());
                there.is_some_and(|t| t[1..] == run[1..] && (t[0] == run[0] || loose && t[0].begins_like(&run[0])))
            };
            let found = match (at == 0 && !opens(0), end == all && !opens(all)) {
                (true, true) => (now.len() == run.len()).then_some(0),
                (true, false) => Some(0),
                (false, true) => now.len().checked_sub(run.len()).filter(|found| *found >= rest),
                (false, false) => (rest..(now.len() + 1).saturating_sub(run.len())).find(|&found| stands(found)),
            };
            let found = found.filter(|&found| stands(found))?;
            rest = found + run.len();
            places.push((at..end, found));
            at = end;
        }
        // Where nothing is bound, everything is free: also in a text of no words at all.
        (all > 0 || opens(0)).then_some(places)
    }

    fn compare(&self, was: Range<usize>, now: &[Token], is: Range<usize>) -> Vec<Step> {
        let ops = capture_diff_slices(Algorithm::Myers, &self.tokens[was.clone()], &now[is.clone()]);
        let steps = ops.into_iter().map(|op| {
            let (tag, old, new) = op.as_tag_tuple();
            let old = was.start + old.start..was.start + old.end;
            let changed = (tag != DiffTag::Equal).then(|| self.kind(&old));
            Step { now: is.start + new.start..is.start + new.end, was: old, changed }
        });
        steps.collect()
    }

    fn changed(&self, steps: &[Step], now: &[Token]) -> u8 {
        let words = |tokens: &[Token]| tokens.iter().filter(|t| t.word).count();
        let (mut all_was, mut all_now, mut differ, mut any) = (0, 0, 0, false);
        for step in steps {
            let own = self.tokens[step.was.clone()].iter().zip(&self.kinds[step.was.clone()]);
            let (was, is) = match step.changed {
                Some(PieceKind::Answer) => continue,
                Some(_) => (words(&self.tokens[step.was.clone()]), words(&now[step.now.clone()])),
                None => {
                    let kept = own.filter(|(t, kind)| t.word && **kind != PieceKind::Answer).count();
                    (kept, kept)
                }
            };
            all_was += was;
            all_now += is;
            if step.changed.is_some() {
                any = true;
                differ += was.max(is);
            }
        }
        if !any {
            return 0;
        }
        let percent = (100 * differ).div_ceil(all_was.max(all_now).max(1));
        u8::try_from(percent.clamp(1, 100)).unwrap_or(100)
    }

    /// The changed text in its pieces, and the first piece that was changed in place of an answer and is none that may
    /// stand, by the piece that it stands for.
    fn pieces(&self, steps: &[Step], now: &[Token], words: &str) -> (Vec<Piece>, Option<usize>) {
        let mut cuts: Vec<(usize, PieceKind)> = Vec::new();
        let mut touched = Vec::new();
        for step in steps {
            for (offset, token) in now[step.now.clone()].iter().enumerate() {
                let kind = step.changed.unwrap_or_else(|| self.kinds[step.was.start + offset]);
                if cuts.last().is_none_or(|(_, last)| *last != kind) {
                    cuts.push((token.at.start, kind));
                }
                if step.changed == Some(PieceKind::Answer) {
                    touched.push((cuts.len() - 1, step.was.start));
                }
            }
        }
        let ends = cuts.iter().skip(1).map(|(at, _)| *at).chain([words.len()]);
        let starts = cuts.iter().enumerate().map(|(i, (at, kind))| (if i == 0 { 0 } else { *at }, *kind));
        let pieces = starts.zip(ends).map(|((start, kind), end)| Piece { text: words[start..end].to_owned(), kind });
        let pieces: Vec<Piece> = pieces.collect();
        let blank = |c: char| c.is_whitespace() && c != '\n';
        let bad = touched.into_iter().find(|(piece, _)| !answer::fits(pieces[*piece].text.trim_matches(blank)));
        (pieces, bad.map(|(_, was)| self.answer(was)))
    }

    /// The piece of the answer at or before a token.
    fn answer(&self, token: usize) -> usize {
        let is_answer = |at: &usize| self.kinds.get(*at) == Some(&PieceKind::Answer);
        let at = [token, token.saturating_sub(1)].into_iter().find(is_answer);
        at.map_or(0, |at| self.of[at])
    }
}

/// Most bound first.
fn bound(kind: PieceKind) -> u8 {
    match kind {
        PieceKind::Locked => 0,
        PieceKind::Free => 1,
        PieceKind::Answer => 2,
    }
}

/// A run of tokens as it is written.
fn cut(text: &str, tokens: &[Token]) -> String {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return String::new() };
    text[first.at.start..last.at.end].to_owned()
}

/// With one kind of line break.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Trimmed, and without the block that is put below it anyway, should it stand there too.
fn without_block(words: &str, approved: &str, identity: &Identity) -> String {
    let words = words.trim();
    for block in [identity.block(), identity.short_block()] {
        if block.is_empty() || approved.trim_end().ends_with(&block) {
            continue;
        }
        if let Some(before) = words.strip_suffix(&block)
            && (before.is_empty() || before.trim_end_matches([' ', '\t']).ends_with('\n'))
        {
            return before.trim_end().to_owned();
        }
    }
    words.to_owned()
}

/// Why a text cannot even be compared.
fn unusable(words: &str, approved: &str) -> Option<ReplyRefusal> {
    let one = |was: &str, now: String| {
        let departures = vec![Departure { was: was.to_owned(), now, locked: true }];
        Some(ReplyRefusal::NotApproved { departures })
    };
    if words.is_empty() {
        return one(approved, String::new());
    }
    let length = u32::try_from(words.encode_utf16().count()).unwrap_or(u32::MAX);
    if length > LENGTH {
        return Some(ReplyRefusal::TooLong { room: Room { length, limit: LENGTH } });
    }
    let usual = |c: char| matches!(c, '\n' | '\t') || approved.contains(c);
    // By its number: as itself it could not be seen.
    answer::unseen(words, usual).next().and_then(|c| one("", format!("U+{:04X}", u32::from(c))))
}
