use super::automaton::{Automaton, SavedAutomaton};
use super::lookup::Lookup;
use super::originals::{self, Beginnings, Originals};
use crate::language::{Language, forms, stem};
use crate::pack::Limits;
use crate::query::{Form, Term, WordPattern, Words};
use crate::text::words_of;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Number of an atom: one distinct thing that is looked for, of all queries, lexicons and cues.
pub(super) type AtomId = u32;
/// Number of a set of atoms: one leaf of a rule (a term, or every word of a lexicon).
pub(super) type SetId = u32;

/// One thing that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Atom {
    /// How.
    pub(super) form: Form,
    /// As its query has it.
    pub(super) source: String,
}

/// Every distinct atom and every distinct set of them, collected while packs are compiled.
#[derive(Debug, Default)]
pub(super) struct AtomTable {
    atoms: Vec<Atom>,
    atom_ids: HashMap<Form, AtomId>,
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

    /// How many sets there are.
    pub(super) fn sets(&self) -> usize {
        self.sets.len()
    }

    /// How many regular expressions there are.
    pub(super) fn regexes(&self) -> usize {
        self.atoms.iter().filter(|a| matches!(a.form, Form::Regex(_))).count()
    }

    /// How many atoms a set has.
    pub(super) fn size(&self, set: SetId) -> usize {
        self.sets[set as usize].len()
    }

    /// The numbers of what a term looks for: itself, its other spellings, its inflected forms.
    pub(super) fn atoms(&mut self, term: &Term, language: Language, into: &mut Vec<AtomId>) {
        match &term.form {
            Form::Words(words) => {
                into.push(self.atom(term.form.clone(), &term.source));
                if let Some(joined) = joined(words, &term.source) {
                    into.push(self.atom(Form::Words(joined), &term.source));
                }
            }
            Form::Lemma(word) => {
                for (form, participle) in forms(word, language) {
                    let words = Words { participle, ..Words::of(vec![WordPattern::folding(&form)]) };
                    into.push(self.atom(Form::Words(words), &term.source));
                }
            }
            Form::Stem { word, language: own } => {
                let language = own.unwrap_or(language);
                let form = Form::Stem { word: stem(word, language), language: Some(language) };
                into.push(self.atom(form, &term.source));
            }
            form => into.push(self.atom(form.clone(), &term.source)),
        }
    }

    fn atom(&mut self, form: Form, source: &str) -> AtomId {
        let next = id(self.atoms.len());
        *self.atom_ids.entry(form).or_insert_with_key(|form| {
            self.atoms.push(Atom { form: form.clone(), source: source.to_owned() });
            next
        })
    }

    /// Builds what finds every atom.
    pub(super) fn build(self) -> Result<Atoms, String> {
        let mut literals: Vec<String> = Vec::new();
        let mut literal_ids: HashMap<String, usize> = HashMap::new();
        let mut by_literal: Vec<Vec<Anchor>> = Vec::new();
        let mut by_word: HashMap<String, Vec<Anchor>> = HashMap::new();
        for (atom, Atom { form, .. }) in self.atoms.iter().enumerate() {
            let Form::Words(words) = form else { continue };
            let whole = words.words.iter().enumerate().filter(|(_, w)| w.is_literal());
            if let Some((word, own)) = whole.max_by_key(|(_, w)| w.folded().len()) {
                by_word.entry(own.folded().to_owned()).or_default().push(Anchor { atom: id(atom), word: id(word) });
            } else if let Some((word, own)) = words.words.iter().enumerate().max_by_key(|(_, w)| w.anchor().len()) {
                let slot = *literal_ids.entry(own.anchor().to_owned()).or_insert_with_key(|literal| {
                    literals.push(literal.clone());
                    by_literal.push(Vec::new());
                    literals.len() - 1
                });
                by_literal[slot].push(Anchor { atom: id(atom), word: id(word) });
            }
        }
        let mut by_word: Vec<(String, Vec<Anchor>)> = by_word.into_iter().collect();
        by_word.sort();
        let mut sets_of = vec![Vec::new(); self.atoms.len()];
        for (set, atoms) in self.sets.iter().enumerate() {
            for atom in atoms {
                sets_of[*atom as usize].push(id(set));
            }
        }
        let automaton = Automaton::build(literals)?;
        let beginnings = originals::beginnings(&self.atoms)?;
        Atoms::of(self.atoms, sets_of, by_word, by_literal, automaton, beginnings)
    }
}

/// The other spelling of words that an apostrophe or hyphen joins: without it (`ecigarette`, `cest faux`).
fn joined(words: &Words, source: &str) -> Option<Words> {
    /// Fewest letters: `l'a` is not `la`.
    const LETTERS: usize = 4;
    if words.words.len() < 2 || !words.keep().nothing() || words.exact || !words.is_literal() {
        return None;
    }
    let mut out: Vec<String> = Vec::new();
    for chunk in source.split(|c: char| c.is_whitespace() || matches!(c, '"' | '«' | '»' | '“' | '”')) {
        let own = words_of(chunk);
        let whole = own.concat();
        if own.len() > 1 && whole.chars().count() >= LETTERS {
            out.push(whole);
        } else {
            out.extend(own);
        }
    }
    let changed = out.len() < words.words.len() && !out.is_empty();
    changed.then(|| Words::of(out.iter().map(|word| WordPattern::folding(word)).collect()))
}

pub(super) fn id(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A word of an atom by which it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Anchor {
    /// The atom.
    pub(super) atom: AtomId,
    /// Which of its words.
    pub(super) word: u32,
}

/// The atoms of an engine, and what finds them. Whole words are looked up: a text is cut into words anyway, and a
/// lookup costs the same among a hundred thousand words as among a hundred, which no automaton does. What stands
/// within words (wildcards) is the automaton's.
#[derive(Debug, Default)]
pub(super) struct Atoms {
    atoms: Vec<Atom>,
    sets_of: Vec<Vec<SetId>>,
    by_word: HashMap<String, Vec<Anchor>, foldhash::fast::FixedState>,
    by_literal: Vec<Vec<Anchor>>,
    automaton: Automaton,
    lookup: Lookup,
    originals: Originals,
}

/// The atoms of an engine as they are kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SavedAtoms {
    atoms: Vec<Atom>,
    sets_of: Vec<Vec<SetId>>,
    by_word: Vec<(String, Vec<Anchor>)>,
    by_literal: Vec<Vec<Anchor>>,
    automaton: SavedAutomaton,
    beginnings: Beginnings,
}

impl Atoms {
    fn of(
        atoms: Vec<Atom>,
        sets_of: Vec<Vec<SetId>>,
        by_word: Vec<(String, Vec<Anchor>)>,
        by_literal: Vec<Vec<Anchor>>,
        automaton: Automaton,
        beginnings: Beginnings,
    ) -> Result<Atoms, String> {
        let regexes = atoms.iter().filter(|a| matches!(a.form, Form::Regex(_))).count();
        if regexes > Limits::REGEXES {
            return Err(format!("{regexes} regular expressions; at most {}", Limits::REGEXES));
        }
        // A query is refused for it; what was saved could ask for it, and every edit multiplies the neighbours.
        let wide = |atom: &Atom| match &atom.form {
            Form::Typo { word, edits } => {
                *edits > Limits::TYPO_EDITS || word.chars().count() > Limits::TYPO_LETTERS_MOST
            }
            _ => false,
        };
        if atoms.iter().any(wide) {
            return Err("a word with more letters or edits than a query may ask for".to_owned());
        }
        let lookup = Lookup::of(&atoms);
        let originals = Originals::of(&atoms, beginnings)?;
        let by_word = by_word.into_iter().collect();
        Ok(Atoms { atoms, sets_of, by_word, by_literal, automaton, lookup, originals })
    }

    /// As they are kept.
    pub(super) fn save(&self) -> SavedAtoms {
        let mut by_word: Vec<_> = self.by_word.iter().map(|(word, own)| (word.clone(), own.clone())).collect();
        by_word.sort();
        SavedAtoms {
            by_word,
            atoms: self.atoms.clone(),
            sets_of: self.sets_of.clone(),
            by_literal: self.by_literal.clone(),
            automaton: self.automaton.save(),
            beginnings: self.originals.beginnings().clone(),
        }
    }

    /// Reads them back.
    pub(super) fn load(saved: SavedAtoms) -> Result<Atoms, String> {
        let SavedAtoms { atoms, sets_of, by_word, by_literal, automaton, beginnings } = saved;
        let anchors = by_literal.iter().chain(by_word.iter().map(|(_, own)| own)).flatten();
        let known = |Anchor { atom, .. }: &Anchor| (*atom as usize) < atoms.len();
        if sets_of.len() != atoms.len() || !anchors.into_iter().all(known) {
            return Err("an atom that is not there".to_owned());
        }
        let automaton = Automaton::load(automaton, by_literal.len())?;
        Atoms::of(atoms, sets_of, by_word, by_literal, automaton, beginnings)
    }

    /// An atom.
    pub(super) fn atom(&self, atom: AtomId) -> &Atom {
        &self.atoms[atom as usize]
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// The sets that an atom belongs to.
    pub(super) fn sets_of(&self, atom: AtomId) -> &[SetId] {
        &self.sets_of[atom as usize]
    }

    /// The atoms that a whole word belongs to.
    pub(super) fn of_word(&self, word: &str) -> &[Anchor] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }

    /// The atoms that a literal of the automaton belongs to.
    pub(super) fn of_literal(&self, literal: usize) -> &[Anchor] {
        self.by_literal.get(literal).map_or(&[], Vec::as_slice)
    }

    pub(super) fn automaton(&self) -> &Automaton {
        &self.automaton
    }

    pub(super) fn lookup(&self) -> &Lookup {
        &self.lookup
    }

    pub(super) fn originals(&self) -> &Originals {
        &self.originals
    }
}
