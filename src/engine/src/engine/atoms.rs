use crate::query::Term;
use crate::text::{Keep, Text, View};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::HashMap;

/// Number of an atom: one distinct term of all queries, lexicons and cues.
pub(super) type AtomId = u32;
/// Number of a set of atoms: one leaf of a rule (a term, or every word of a lexicon).
pub(super) type SetId = u32;

/// Every distinct term and every distinct set of them, collected while packs are compiled.
#[derive(Debug, Default)]
pub(super) struct AtomTable {
    atoms: Vec<Term>,
    atom_ids: HashMap<(Vec<String>, bool, bool), AtomId>,
    sets: Vec<Vec<AtomId>>,
    set_ids: HashMap<Vec<AtomId>, SetId>,
}

impl AtomTable {
    /// The number of a set of atoms.
    pub(super) fn set(&mut self, mut atoms: Vec<AtomId>) -> SetId {
        atoms.sort_unstable();
        atoms.dedup();
        let next = id(self.sets.len());
        *self.set_ids.entry(atoms).or_insert_with_key(|atoms| {
            self.sets.push(atoms.clone());
            next
        })
    }

    /// The number of a term.
    pub(super) fn atom(&mut self, term: &Term) -> AtomId {
        let kept = term.case || term.accent;
        let words = term.words.iter().map(|w| if kept { w.source() } else { w.folded() }.to_owned()).collect();
        let next = id(self.atoms.len());
        *self.atom_ids.entry((words, term.case, term.accent)).or_insert_with(|| {
            self.atoms.push(term.clone());
            next
        })
    }

    /// Builds the automaton over every atom's anchor.
    pub(super) fn build(self) -> Result<Atoms, aho_corasick::BuildError> {
        let mut literals: Vec<String> = Vec::new();
        let mut literal_ids: HashMap<String, usize> = HashMap::new();
        let mut by_literal: Vec<Vec<AtomId>> = Vec::new();
        let mut anchors = Vec::with_capacity(self.atoms.len());
        for (atom, term) in self.atoms.iter().enumerate() {
            let (anchor, literal) = Anchor::of(term);
            anchors.push(anchor);
            let slot = *literal_ids.entry(literal.clone()).or_insert_with(|| {
                literals.push(literal);
                by_literal.push(Vec::new());
                literals.len() - 1
            });
            by_literal[slot].push(id(atom));
        }
        // The contiguous NFA: beyond a thousand literals a DFA is slower and ten times larger.
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .build(&literals)?;
        let mut sets_of = vec![Vec::new(); self.atoms.len()];
        for (set, atoms) in self.sets.iter().enumerate() {
            for atom in atoms {
                sets_of[*atom as usize].push(id(set));
            }
        }
        Ok(Atoms { terms: self.atoms, anchors, automaton, by_literal, sets_of })
    }
}

fn id(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Where in a term the literal stands that the automaton looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Anchor {
    /// The whole term is literal.
    Whole,
    /// The longest fixed run lies in this word.
    Word(u32),
}

impl Anchor {
    fn of(term: &Term) -> (Anchor, String) {
        if term.words.iter().all(|w| w.is_literal()) {
            let words: Vec<&str> = term.words.iter().map(|w| w.folded()).collect();
            return (Anchor::Whole, words.join(" "));
        }
        let longest = term.words.iter().enumerate().max_by_key(|(_, w)| w.anchor().len());
        longest.map_or((Anchor::Word(0), String::new()), |(i, w)| (Anchor::Word(id(i)), w.anchor().to_owned()))
    }
}

/// The atoms of an engine and their automaton.
#[derive(Debug)]
pub(super) struct Atoms {
    terms: Vec<Term>,
    anchors: Vec<Anchor>,
    automaton: AhoCorasick,
    by_literal: Vec<Vec<AtomId>>,
    sets_of: Vec<Vec<SetId>>,
}

/// An atom found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// First token.
    pub(super) first: u32,
    /// Last token.
    pub(super) last: u32,
    /// Which atom.
    pub(super) atom: AtomId,
    /// The view it was found in; 0 is the plain one.
    pub(super) view: u8,
}

/// Every hit in a text, by place and by set.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// Sorted by place.
    pub(super) all: Vec<Hit>,
    /// Indexes in `all`, for each set that was hit.
    pub(super) by_set: HashMap<SetId, Vec<u32>>,
}

impl Atoms {
    /// The term of an atom.
    pub(super) fn term(&self, atom: AtomId) -> &Term {
        &self.terms[atom as usize]
    }

    /// Bytes held by the automaton.
    pub(super) fn memory(&self) -> usize {
        self.automaton.memory_usage()
    }

    /// Finds every atom, in one pass over each view of the text.
    pub(super) fn find(&self, text: &Text<'_>) -> Hits {
        let mut all = Vec::new();
        if !text.tokens.is_empty() {
            for (number, view) in text.views.iter().enumerate() {
                let number = u8::try_from(number).unwrap_or(u8::MAX);
                for found in self.automaton.find_overlapping_iter(&view.text) {
                    for atom in &self.by_literal[found.pattern().as_usize()] {
                        all.extend(self.confirm(*atom, found.start(), found.end(), text, view, number));
                    }
                }
            }
        }
        all.sort_unstable();
        // The same words in two views are one hit, in the plainer view.
        all.dedup_by_key(|hit| (hit.first, hit.last, hit.atom));
        let mut by_set: HashMap<SetId, Vec<u32>> = HashMap::new();
        for (index, hit) in all.iter().enumerate() {
            for set in &self.sets_of[hit.atom as usize] {
                by_set.entry(*set).or_default().push(id(index));
            }
        }
        Hits { all, by_set }
    }

    fn confirm(&self, atom: AtomId, start: usize, end: usize, text: &Text<'_>, view: &View, number: u8) -> Option<Hit> {
        let term = &self.terms[atom as usize];
        let at = view.token_at(start);
        let (first, last) = match self.anchors[atom as usize] {
            Anchor::Whole => {
                let last = at + term.words.len() - 1;
                let whole = view.starts[at] as usize == start
                    && view.starts.get(last + 1).is_some_and(|next| *next as usize == end + 1);
                whole.then_some((at, last))?
            }
            Anchor::Word(word) => {
                let first = at.checked_sub(word as usize)?;
                let last = first + term.words.len() - 1;
                let sentence = text.tokens.get(last)?.sentence == text.tokens[first].sentence;
                let matches = sentence && term.words.iter().enumerate().all(|(i, w)| w.matches(view.word(first + i)));
                matches.then_some((first, last))?
            }
        };
        let keep = Keep { case: term.case, accents: term.accent };
        if !keep.nothing() {
            let same = term.words.iter().enumerate().all(|(i, w)| {
                let token = id(first + i);
                w.matches_kept(text.original(token, token), keep)
            });
            same.then_some(())?;
        }
        Some(Hit { first: id(first), last: id(last), atom, view: number })
    }
}
