use super::atoms::{Anchor, Atom, AtomId, Atoms, SetId, id};
use crate::query::{Field, Form, Words};
use crate::text::{Text, View};
use rejoinder_wire::Span;
use std::ops::Range;

/// An atom found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// First token.
    pub(super) first: u32,
    /// Last token.
    pub(super) last: u32,
    /// Where it lies from these tokens.
    pub(super) side: Side,
    /// Which atom.
    pub(super) atom: AtomId,
    /// The view it was found in; 0 is the plain one.
    pub(super) view: u8,
    /// Index in [`Hits::originals`] of what was found in the text as written.
    pub(super) original: Option<u32>,
}

/// Where a hit lies from its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// Right before its token: an emoji at the beginning.
    Before,
    /// It is its tokens.
    On,
    /// Right behind its token: an emoji.
    Behind,
}

/// Every hit in a text, by place and by set.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// Sorted by place.
    pub(super) all: Vec<Hit>,
    /// Sets, each with indexes in `all`; sorted.
    by_set: Vec<(SetId, u32)>,
    /// Where hits in the text as written are: part and bytes.
    originals: Vec<(u32, Range<usize>)>,
}

impl Hits {
    /// Finds every atom, in one pass over each view of the text.
    pub(super) fn find(atoms: &Atoms, text: &Text<'_>) -> Hits {
        let mut hits = Hits::default();
        if text.tokens.is_empty() {
            return hits;
        }
        for (number, view) in text.views.iter().enumerate() {
            let number = u8::try_from(number).unwrap_or(u8::MAX);
            let mut add = |anchor: Anchor, at: usize| {
                let Some(Atom { form: Form::Words(words), .. }) = atoms.atom(anchor.atom) else { return };
                if (number == 0 || words.reads_freely())
                    && let Some((first, last)) = confirm(words, at, anchor.word, text, view)
                {
                    let (side, original) = (Side::On, None);
                    hits.all.push(Hit { first, last, side, atom: anchor.atom, view: number, original });
                }
            };
            for at in 0..view.len() {
                atoms.of_word(view.word(at)).for_each(|anchor| add(anchor, at));
            }
            atoms.automaton().find(&view.text, |literal, start, _| {
                atoms.of_literal(literal).for_each(|anchor| add(anchor, view.word_at(start)));
            });
        }
        atoms.lookup().find(text, |atom, first, last| {
            hits.all.push(Hit { first, last, side: Side::On, atom, view: 0, original: None });
        });
        for part in 0..text.parts.len() {
            hits.find_originals(atoms, text, id(part));
        }
        hits.all.sort_unstable();
        // The same words in two views are one hit, in the plainer view.
        hits.all.dedup_by_key(|hit| (hit.first, hit.last, hit.side, hit.atom, hit.original));
        for (index, hit) in hits.all.iter().enumerate() {
            hits.by_set.extend(atoms.sets_of(hit.atom).iter().map(|set| (*set, id(index))));
        }
        hits.by_set.sort_unstable();
        hits
    }

    fn find_originals(&mut self, atoms: &Atoms, text: &Text<'_>, part: u32) {
        let first = text.tokens.partition_point(|t| t.part < part);
        let end = text.tokens.partition_point(|t| t.part <= part);
        if first == end {
            return;
        }
        let tokens = &text.tokens[first..end];
        atoms.originals().find(&text.parts[part as usize].text, |atom, bytes| {
            let from = tokens.partition_point(|t| t.bytes.end <= bytes.start);
            let to = tokens.partition_point(|t| t.bytes.start < bytes.end);
            let (from, to, side) = match (from < to, from) {
                (true, _) => (from, to - 1, Side::On),
                (false, 0) => (0, 0, Side::Before),
                (false, next) => (next - 1, next - 1, Side::Behind),
            };
            let original = Some(id(self.originals.len()));
            self.originals.push((part, bytes));
            self.all.push(Hit { first: id(first + from), last: id(first + to), side, atom, view: 0, original });
        });
    }

    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The hits of a set, as indexes in [`Hits::all`].
    pub(super) fn of(&self, set: SetId) -> impl Iterator<Item = u32> {
        let first = self.by_set.partition_point(|(s, _)| *s < set);
        self.by_set[first..].iter().take_while(move |(s, _)| *s == set).map(|(_, hit)| *hit)
    }

    /// Every set that was hit.
    pub(super) fn sets(&self) -> impl Iterator<Item = SetId> {
        self.by_set.chunk_by(|a, b| a.0 == b.0).map(|of_set| of_set[0].0)
    }

    /// Whether a hit lies in a field.
    pub(super) fn is_in(&self, hit: u32, field: Field, text: &Text<'_>) -> bool {
        field.holds(text.kind(self.all[hit as usize].first))
    }

    /// Where a hit is in the post.
    pub(super) fn span(&self, hit: &Hit, text: &Text<'_>) -> Span {
        match hit.original {
            None => span(text, hit.first, hit.last),
            Some(index) => {
                let (part, bytes) = &self.originals[index as usize];
                let original = &text.parts[*part as usize].text;
                let units = |bytes: Range<usize>| id(original.get(bytes).map_or(0, |t| t.encode_utf16().count()));
                // From a token near by: a part may be long.
                let token = &text.tokens[hit.first as usize];
                let start = if token.bytes.start <= bytes.start {
                    token.start + units(token.bytes.start..bytes.start)
                } else {
                    token.start - units(bytes.start..token.bytes.start)
                };
                Span { part: *part, start, end: start + units(bytes.clone()) }
            }
        }
    }

    /// The text of a hit as written.
    pub(super) fn original<'t>(&self, hit: &Hit, text: &Text<'t>) -> &'t str {
        match hit.original {
            None => text.original(hit.first, hit.last),
            Some(index) => {
                let (part, bytes) = &self.originals[index as usize];
                text.parts[*part as usize].text.get(bytes.clone()).unwrap_or("")
            }
        }
    }
}

/// The span of a run of tokens.
pub(super) fn span(text: &Text<'_>, first: u32, last: u32) -> Span {
    let (first, last) = (&text.tokens[first as usize], &text.tokens[last as usize]);
    Span { part: first.part, start: first.start, end: last.end }
}

/// The tokens of an occurrence of words of which one stands at a word of the view, if it is one.
fn confirm(words: &Words, at: usize, word: u32, text: &Text<'_>, view: &View) -> Option<(u32, u32)> {
    let first = at.checked_sub(word as usize)?;
    let range = first..first + words.words.len();
    if range.end > view.len() {
        return None;
    }
    let matches = words.words.iter().zip(range.clone()).all(|(pattern, i)| pattern.matches(view.word(i)));
    (matches && range.clone().skip(1).all(|i| view.follows(i))).then_some(())?;
    let (first, last) = view.tokens(range);
    let keep = words.keep();
    if !keep.nothing() {
        let same = words.words.iter().zip(first..).all(|(w, token)| w.matches_kept(text.original(token, token), keep));
        same.then_some(())?;
    }
    (!words.participle || is_verb(text, first)).then_some((first, last))
}

/// Whether a word that may be a past participle is a verb here: written without its accent it is the present
/// (`arrete`), with it an auxiliary must stand before it.
fn is_verb(text: &Text<'_>, token: u32) -> bool {
    /// Words between an auxiliary and its participle, itself counted (`j'ai bien pu fumer`).
    const REACH: u32 = 3;
    const AUXILIARIES: &[&str] = &[
        "ai", "as", "a", "avons", "avez", "ont", "avais", "avait", "avions", "aviez", "avaient", "aurai", "aura",
        "auront", "aurais", "aurait", "auraient", "avoir", "ayant", "eu", "suis", "es", "est", "sommes", "etes",
        "sont", "etais", "etait", "etions", "etiez", "etaient", "sera", "serai", "seront", "serait", "seraient",
        "etre", "ete", "soit", "soient", "fut",
    ];
    let original = text.original(token, token).to_lowercase();
    let accented = original.trim_end_matches('s').ends_with(['é', '\u{301}']);
    let present = !accented && !text.word(token).trim_end_matches('s').ends_with("ee");
    let sentence = text.tokens[token as usize].sentence;
    let auxiliary = (token.saturating_sub(REACH)..token)
        .any(|t| text.tokens[t as usize].sentence == sentence && AUXILIARIES.contains(&text.word(t)));
    present || auxiliary
}
